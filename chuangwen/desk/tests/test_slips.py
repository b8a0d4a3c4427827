"""Slips: drafted by rule, issued and numbered by a person."""

from datetime import timedelta

import pytest

from chuangwen.cores.errors import Denied, NotAllowedNow
from chuangwen.desk import access, actions
from chuangwen.desk.models import Slip
from chuangwen.orgs.testing import SYSTEM, Cast

from .world import NOW, ask


def test_the_rule_drafts_each_colour_once(cast: Cast) -> None:
    todo = ask(cast, allowance=10)
    assert todo.due_at is not None
    found = []
    for days in (-9, -2, -2, 1, 3, 8, 9):
        actions.draft_slips(actor=SYSTEM, now=todo.due_at + timedelta(days=days))
        found.append([slip.colour for slip in Slip.objects.order_by("pk")])
    assert found == [
        [],
        ["blue"],
        ["blue"],
        ["blue", "yellow"],
        ["blue", "yellow"],
        ["blue", "yellow", "red"],
        ["blue", "yellow", "red"],
    ]


def test_issued_slips_are_numbered_by_city_and_year(cast: Cast) -> None:
    for number in range(2):
        ask(cast, subject_id=number)
    late = NOW + timedelta(days=20)
    actions.draft_slips(actor=SYSTEM, now=late)
    for slip in Slip.objects.order_by("pk"):
        assert slip not in access.visible_slips(cast.urban_staff)
        actions.issue_slip(actor=cast.office, slip_id=slip.pk, version=1, now=late)
        assert slip in access.visible_slips(cast.urban_staff)
    assert [str(slip) for slip in Slip.objects.order_by("pk")] == ["〔2021〕1号", "〔2021〕2号"]
    with pytest.raises(NotAllowedNow):
        actions.discard_slip(actor=cast.office, slip_id=Slip.objects.all()[0].pk, version=2)


def test_only_the_campaign_office_issues(cast: Cast) -> None:
    ask(cast, by=cast.housing_staff)
    actions.draft_slips(actor=SYSTEM, now=NOW + timedelta(days=20))
    slip = Slip.objects.get()
    actions.issue_slip(actor=cast.office, slip_id=slip.pk, version=1, now=NOW)
    with pytest.raises(Denied):
        actions.discard_slip(actor=cast.housing_staff, slip_id=slip.pk, version=2)
