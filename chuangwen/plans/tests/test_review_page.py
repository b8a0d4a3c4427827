"""The review of a draft through its page: with htmx and without, on fresh forms and stale ones."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.testing import Cast, sign_in
from chuangwen.plans.models import Assignment, PlanVersion

from .world import TEXT, indicator_row, task_row

HTMX = {"HX-Request": "true"}


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.office)
    return client


def row_url(verb: str, subject: str, row: Any) -> str:
    return reverse(f"plans:{verb}", args=[row.plan_version_id, subject, row.pk])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_shows_every_character_of_the_document_and_marks_what_was_read(
    office: Client, draft: PlanVersion
) -> None:
    page = words(office.get(reverse("plans:review", args=[draft.pk])))
    row = indicator_row(draft, "I1")
    assert f'data-refs="indicator-{row.pk}' in page
    assert '<span class="out" data-at="' in page
    assert len(TEXT) == sum(len(piece.text) for piece in _segments(office, draft))


def _segments(office: Client, draft: PlanVersion) -> list[Any]:
    found: list[Any] = office.get(reverse("plans:review", args=[draft.pk])).context["review"].segments
    return found


def test_accepting_a_row_gives_its_card_back_with_the_counts(office: Client, draft: PlanVersion) -> None:
    row = indicator_row(draft, "I1")
    left = office.get(reverse("plans:review", args=[draft.pk])).context["counts"].left
    answer = office.post(row_url("accept_row", "indicator", row), {"version": row.version}, headers=HTMX)
    assert answer.status_code == 200
    assert f'id="indicator-{row.pk}"' in words(answer)
    assert 'hx-swap-oob="true"' in words(answer)
    assert answer.context["counts"].left == left - 1
    assert "<html" not in words(answer)


def test_without_htmx_the_page_comes_back_at_the_row(office: Client, draft: PlanVersion) -> None:
    row = task_row(draft, "T1")
    answer = office.post(row_url("drop_row", "task", row), {"version": row.version})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("plans:review", args=[draft.pk]) + f"#task-{row.pk}"


def test_the_second_of_two_reviewers_is_told_and_nothing_is_overwritten(
    office: Client, draft: PlanVersion
) -> None:
    row = task_row(draft, "T1")
    form = {"version": row.version, "title": "整修小路", "number": "1"}
    assert office.post(row_url("correct", "task", row), form, headers=HTMX).status_code == 200
    late = office.post(row_url("correct", "task", row), form | {"title": "修路"}, headers=HTMX)
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.title == "整修小路"


def test_a_correction_keeps_what_was_typed_when_it_cannot_be_taken(
    office: Client, draft: PlanVersion
) -> None:
    row = indicator_row(draft, "I1")
    answer = office.post(
        row_url("correct", "indicator", row),
        {
            "version": row.version,
            "name": "整修的小路",
            "target-TOTAL_FORMS": "1",
            "target-INITIAL_FORMS": "0",
            "target-0-comparator": ">=",
            "target-0-value": "二十",
            "target-0-deadline": "去年",
        },
        headers=HTMX,
    )
    assert answer.status_code == 422
    assert 'value="整修的小路"' in words(answer)
    assert "2023-06" in words(answer)
    row.refresh_from_db()
    assert row.name != "整修的小路"


def test_an_indicator_is_corrected_with_its_targets(office: Client, draft: PlanVersion) -> None:
    row = indicator_row(draft, "I1")
    form = {
        "version": row.version,
        "name": "整修小路",
        "unit_of_measure": "条",
        "strength": "mandatory",
        "target-TOTAL_FORMS": "2",
        "target-INITIAL_FORMS": "0",
        "target-0-comparator": ">=",
        "target-0-value": "25",
        "target-0-deadline": "2021",
        "target-1-comparator": ">=",
        "target-1-value": "38.75",
        "target-1-deadline": "2022-06",
        "target-1-unit": "东浦区",
    }
    assert office.post(row_url("correct", "indicator", row), form, headers=HTMX).status_code == 200
    row.refresh_from_db()
    assert row.strength == "mandatory"
    assert row.state == "accepted"
    assert [(str(t.value.normalize()), t.deadline, t.unit and t.unit.name) for t in row.targets.all()] == [
        ("25", "2021", None),
        ("38.75", "2022-06", "东浦区"),
    ]


def test_words_selected_in_the_document_become_an_indicator_with_its_source(
    office: Client, draft: PlanVersion
) -> None:
    start = TEXT.index("新建驿站30个")
    form = {
        "start": start,
        "end": start + len("新建驿站30个"),
        "quote": "新建驿站30个",
        "subject": "indicator",
        "name": "驿站开放数",
        "comparator": ">=",
        "value": "30",
        "unit_of_measure": "个",
        "task": task_row(draft, "T2").pk,
    }
    answer = office.post(reverse("plans:add", args=[draft.pk]), form)
    assert answer.status_code == 302
    row = draft.indicatorversion_rows.get(name="驿站开放数")
    cited = draft.citations.get(subject="indicator", row_id=row.pk)
    assert TEXT[cited.start : cited.end] == "新建驿站30个"


def test_words_that_do_not_stand_in_the_document_are_refused(office: Client, draft: PlanVersion) -> None:
    form = {"quote": "新建机场三座", "subject": "goal", "name": "机场"}
    answer = office.post(reverse("plans:add", args=[draft.pk]), form)
    assert answer.status_code == 422
    assert 'value="机场"' in words(answer)


def tick(*rows: Any) -> dict[str, list[str]]:
    return {"rows": [f"indicator-{row.pk}-{row.version}" for row in rows]}


def test_two_indicators_ticked_become_one_and_no_target_is_lost(office: Client, draft: PlanVersion) -> None:
    first, second = (indicator_row(draft, key) for key in ("I2", "I4"))
    second.targets.update(value=9000, deadline="2023")
    assert office.post(reverse("plans:merge", args=[draft.pk]), tick(first, second)).status_code == 302
    assert not draft.indicatorversion_rows.filter(pk=second.pk).exists()
    assert [(t.deadline, int(t.value or 0)) for t in first.targets.all()] == [("2022", 45000), ("2023", 9000)]


def test_indicators_in_different_units_are_not_merged(office: Client, draft: PlanVersion) -> None:
    first, second = (indicator_row(draft, key) for key in ("I1", "I2"))
    refused = office.post(reverse("plans:merge", args=[draft.pk]), tick(first, second))
    assert refused.status_code == 422
    assert "条、户" in words(refused)
    assert draft.indicatorversion_rows.filter(pk=second.pk).exists()


def test_a_task_and_an_indicator_cannot_be_merged(office: Client, draft: PlanVersion) -> None:
    task, indicator = task_row(draft, "T1"), indicator_row(draft, "I1")
    ticked = [f"task-{task.pk}-{task.version}", f"indicator-{indicator.pk}-{indicator.version}"]
    assert office.post(reverse("plans:merge", args=[draft.pk]), {"rows": ticked}).status_code == 422


def test_an_unknown_name_is_matched_with_a_unit_typed_by_name(
    office: Client, cast: Cast, draft: PlanVersion
) -> None:
    [unknown] = office.get(reverse("plans:review", args=[draft.pk])).context["review"].unmatched
    place = [draft.pk, unknown.assignment_ids[0]]
    wrong = {"version": draft.version, "unit": "没有这个局"}
    assert office.post(reverse("plans:match_assignment", args=place), wrong).status_code == 422
    right = {"version": draft.version, "unit": "市城管局"}
    assert office.post(reverse("plans:match_assignment", args=place), right).status_code == 302
    assert not office.get(reverse("plans:review", args=[draft.pk])).context["review"].unmatched


def test_confirming_asks_for_what_is_left_first(office: Client, draft: PlanVersion) -> None:
    page = office.get(reverse("plans:confirm", args=[draft.pk]))
    assert page.status_code == 200
    assert "<textarea" not in words(page)
    refused = office.post(reverse("plans:confirm", args=[draft.pk]), {"version": draft.version})
    assert refused.status_code == 409
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_checked_draft_is_confirmed_and_then_only_read(office: Client, draft: PlanVersion) -> None:
    office.post(reverse("plans:accept_rest", args=[draft.pk]), {"version": draft.version})
    draft.refresh_from_db()
    done = office.post(reverse("plans:confirm", args=[draft.pk]), {"version": draft.version})
    assert done.headers["Location"] == reverse("plans:overview", args=[draft.plan_id])
    review = reverse("plans:review", args=[draft.pk])
    assert office.get(review).headers["Location"] == reverse("plans:overview", args=[draft.plan_id])
    row = task_row(draft, "T1")
    assert office.post(row_url("drop_row", "task", row), {"version": row.version}).status_code == 409


def test_an_unknown_name_becomes_a_unit_by_the_button_beside_it(office: Client, draft: PlanVersion) -> None:
    page = office.get(reverse("plans:review", args=[draft.pk])).content.decode()
    [(action, fields)] = re.findall(r'action="([^"]+/unit/)">(.*?)</form>', page, re.DOTALL)
    answer = office.post(action, dict(re.findall(r'name="(version|name|kind)" value="([^"]*)"', fields)))
    assert answer.status_code == 302
    made = draft.plan.jurisdiction.children.get(name="市奇石办")
    assert Assignment.objects.filter(printed="市奇石办", unit=made).exists()
