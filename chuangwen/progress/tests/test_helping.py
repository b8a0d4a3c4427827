"""Whoever must help where a task is stuck finds it on the desk once, until it is stuck no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chuangwen.cores.errors import Hidden
from chuangwen.desk import queries as desk
from chuangwen.desk.models import Todo
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import sign_in
from chuangwen.progress import access, actions
from chuangwen.progress.models import Period, UnitReport
from chuangwen.progress.rules.asks import HELP

from .reporting_world import Reporting
from .test_report_page import text
from .world import JULY, given

pytestmark = pytest.mark.django_db
STUCK: dict[str, Any] = {"progress": "stuck", "stuck_words": "征地手续未办结"}


def hand_in(june: Reporting, period: Period, **first: Any) -> None:
    """市城管局 hands in a report: of the first task what is said, the rest as it was."""
    staff = june.cast.urban_staff
    for number in range(1, 9):
        item = june.item(number, period=period)
        said: dict[str, Any] = {
            "actor": staff,
            "item_id": item.pk,
            "version": item.version,
            "now": timezone.now(),
        }
        if number == 1:
            typed = {entry.indicator_id: given(24) for entry in item.entries.all()}
            actions.fill_item(**said, typed=actions.TypedItem(**first, entries=typed))
        else:
            actions.say_unchanged(**said)
    report = UnitReport.objects.get(period=period, unit=staff.unit_id)
    actions.hand_in(actor=staff, report_id=report.pk, version=report.version, now=timezone.now())


def next_month(june: Reporting) -> Period:
    return actions.open_period(
        actor=june.cast.office,
        beat_id=june.june.beat_id,
        day=JULY,
        now=timezone.now() + timedelta(minutes=2),
    )


def asked(actor: Actor) -> list[Todo]:
    return list(Todo.objects.filter(kind=HELP, unit=actor.unit_id, state="open"))


def test_the_helper_is_asked_once_and_reads_what_is_stuck(june: Reporting, client: Client) -> None:
    helper, item = june.cast.housing_staff, june.item(1)
    with pytest.raises(Hidden):
        access.one_item(helper, item.pk)
    hand_in(june, june.june, **STUCK, helper=june.cast.housing)
    (todo,) = asked(helper)
    (line,) = desk.lines(helper, [todo], timezone.now())
    assert (line.title, line.url) == ("市城管局 · 征地手续未办结", f"/progress/items/{item.pk}/")
    sign_in(client, helper)
    assert "征地手续未办结" in text(client.get(line.url))
    with pytest.raises(Hidden):
        access.one_item(june.cast.east_staff, june.item(2).pk)
    hand_in(june, next_month(june), **STUCK, helper=june.cast.housing)
    assert asked(helper) == [todo]


def test_the_helper_is_asked_no_more_once_it_is_stuck_no_more(june: Reporting) -> None:
    hand_in(june, june.june, **STUCK, helper=june.cast.housing)
    hand_in(june, next_month(june), progress="going", done_words="手续已办结")
    assert not asked(june.cast.housing_staff)


def test_another_helper_is_asked_instead_and_the_unit_itself_never(june: Reporting) -> None:
    hand_in(june, june.june, **STUCK, helper=june.cast.housing)
    july = next_month(june)
    hand_in(june, july, **STUCK, helper=june.cast.east)
    assert not asked(june.cast.housing_staff)
    assert len(asked(june.cast.east_staff)) == 1
    report = UnitReport.objects.get(period=july, unit=june.cast.urban)
    item = june.item(1, period=july)
    actions.return_item(
        actor=june.cast.office,
        item_id=item.pk,
        version=item.version,
        remarks={"stuck_words": "请写明"},
        now=timezone.now(),
    )
    item.refresh_from_db()
    actions.fill_item(
        actor=june.cast.urban_staff,
        item_id=item.pk,
        version=item.version,
        typed=actions.TypedItem(
            **STUCK,
            helper=june.cast.urban,
            entries={entry.indicator_id: given(24) for entry in item.entries.all()},
        ),
        now=timezone.now(),
    )
    report.refresh_from_db()
    actions.hand_in(
        actor=june.cast.urban_staff, report_id=report.pk, version=report.version, now=timezone.now()
    )
    assert not Todo.objects.filter(kind=HELP, state="open").exists()
