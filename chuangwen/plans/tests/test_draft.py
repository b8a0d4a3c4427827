from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.cores.errors import Denied
from chuangwen.kit.models import AuditEntry
from chuangwen.orgs.testing import Cast

from .. import actions
from ..models import Citation, PlanVersion, Subject
from ..queries.content import content_of
from ..rules.from_reading import content_of as content_of_reading
from .world import NOW, TEXT, indicator_row, make_document, reading, task_row


def test_a_draft_holds_everything_that_was_read(draft: PlanVersion) -> None:
    assert (draft.title, draft.city, draft.first_year, draft.last_year) == (
        "云浦市三年行动计划",
        "云浦",
        2021,
        2023,
    )
    assert str(draft.issued_on) == "2021-04-16"
    assert [row.title for row in draft.taskversion_rows.all()] == ["整修道路", "改造旧房", "管好旧房"]
    assert [row.name for row in draft.indicatorversion_rows.all()] == [
        "整修小路",
        "改造旧房",
        "新建驿站",
        "旧房改造",
        "满意率",
    ]
    assert [(row.name, row.value) for row in draft.result_rows.all()] == [("改造旧房", Decimal(9000))]
    assert {row.state for row in draft.taskversion_rows.all()} == {"proposed"}
    assert draft.announced[0]["count"] == 2


def test_stored_content_reads_back_as_it_was(draft: PlanVersion, cast: Cast) -> None:
    stored = content_of(draft)
    read = content_of_reading(reading(), draft.document_id or 0)
    actions.draft.match_units(read, cast.city, NOW.date())
    assert stored == read


def test_every_row_cites_its_words(draft: PlanVersion) -> None:
    road = indicator_row(draft, "I1")
    cited = Citation.objects.filter(subject=Subject.INDICATOR, row_id=road.pk)
    assert [TEXT[c.start : c.end] for c in cited] == ["20条", "40条"]
    for subject in (
        Subject.PROGRAM,
        Subject.TASK,
        Subject.GOAL,
        Subject.STAGE,
        Subject.RHYTHM,
        Subject.MECHANISM,
    ):
        assert Citation.objects.filter(plan_version=draft, subject=subject).exists()


def test_names_are_matched_to_units_groups_and_posts_and_unknown_ones_stay(
    draft: PlanVersion, cast: Cast
) -> None:
    road = {one.printed: one for one in task_row(draft, "T1").assignments.all()}
    assert road["市城管局"].unit == cast.urban
    assert road["各区政府"].group == cast.districts
    houses = {one.printed: one for one in task_row(draft, "T2").assignments.all()}
    assert (houses["市奇石办"].unit, houses["市奇石办"].group) == (None, None)


def test_a_goal_for_a_county_is_tied_to_it(draft: PlanVersion, cast: Cast) -> None:
    city, county = draft.goal_rows.all()
    assert list(city.jurisdictions.all()) == []
    assert list(county.jurisdictions.all()) == [cast.east]


def test_a_draft_is_written_down_in_one_audit_row(draft: PlanVersion) -> None:
    (entry,) = AuditEntry.objects.filter(action__startswith="plans.")
    assert (entry.action, entry.subject_id, entry.after["tasks"]) == ("plans.drafted", draft.pk, 3)


def test_only_the_campaign_office_drafts(cast: Cast) -> None:
    document = make_document(cast.city)
    with pytest.raises(Denied):
        actions.draft_from_reading(actor=cast.urban_staff, document=document, reading=reading(), now=NOW)
    assert not PlanVersion.objects.exists()


def test_storing_costs_the_same_number_of_queries_for_any_number_of_rows(cast: Cast) -> None:
    costs = []
    for times in (1, 2, 3):  # the first also makes the key under which the audit keeps the actor's name
        many = reading()
        many.tasks = many.tasks * times
        many.indicators = many.indicators * times
        document = make_document(cast.city, TEXT + " " * times)
        with CaptureQueriesContext(connection) as stored:
            draft = actions.draft_from_reading(actor=cast.office, document=document, reading=many, now=NOW)
        with CaptureQueriesContext(connection) as read:
            content_of(draft)
        costs.append((len(stored), len(read)))
    assert costs[1] == costs[2]
