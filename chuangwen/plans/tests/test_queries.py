from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.testing import Cast

from .. import actions, exchange, queries
from ..models import PlanVersion
from ..queries import Filter
from ..queries.document import Mark, segments
from .world import LATER, NOW, TEXT, indicator_row, make_document, reading, task_row

TODAY = date(2022, 3, 1)


def test_the_text_is_cut_at_every_mark_and_nothing_is_lost(draft: PlanVersion, cast: Cast) -> None:
    found = queries.review(cast.office, draft.pk)
    assert "".join(segment.text for segment in found.segments) == TEXT
    starts = [segment.start for segment in found.segments]
    assert starts == sorted(set(starts))
    houses = next(segment for segment in found.segments if segment.text == "改造旧房4.5万户")
    row = indicator_row(draft, "I2")
    assert houses.kind == "target"
    assert f"indicator-{row.pk}" in houses.refs
    assert f"task-{task_row(draft, 'T2').pk}" in houses.refs
    kinds = {segment.text: segment.kind for segment in found.segments}
    assert (kinds["广告位招租"], kinds["年底前"], kinds["市奇石办"]) == ("left_out", "doubt", "assignment")


def test_of_marks_inside_each_other_the_shortest_names_the_kind() -> None:
    cut = segments(
        "甲乙丙丁",
        [Mark(0, 4, "row", "task-1"), Mark(1, 3, "target", "indicator-1"), Mark(1, 3, "doubt", "d")],
    )
    assert [(s.text, s.kind, s.refs) for s in cut] == [
        ("甲", "row", ("task-1",)),
        ("乙丙", "doubt", ("d", "indicator-1", "task-1")),
        ("丁", "row", ("task-1",)),
    ]


def test_an_empty_text_has_no_segments() -> None:
    assert segments("", []) == []


def test_the_review_lists_rows_in_the_order_of_the_document(draft: PlanVersion, cast: Cast) -> None:
    found = queries.review(cast.office, draft.pk)
    assert [(item.subject, str(item.row)) for item in found.items] == [
        ("goal", "争创示范城市"),
        ("goal", "推动先行一步"),
        ("program", "宜居行动"),
        ("task", "整修道路"),
        ("indicator", "整修小路"),
        ("task", "改造旧房"),
        ("indicator", "改造旧房"),
        ("indicator", "新建驿站"),
        ("program", "清洁行动"),
        ("task", "管好旧房"),
        ("indicator", "旧房改造"),
        ("indicator", "满意率"),
        ("result", "改造旧房"),
        ("stage", "第一阶段"),
        ("rhythm", "调度"),
        ("mechanism", "红黑榜"),
    ]
    assert (found.checked, found.left, found.open_doubts, found.blocking) == (0, 16, 2, 0)
    assert found.left_out == 1
    assert found.announced[0]["found"] == 1


def test_names_that_nobody_knows_are_listed_once_with_suggestions(draft: PlanVersion, cast: Cast) -> None:
    (unknown,) = queries.review(cast.office, draft.pk).unmatched
    assert (unknown.printed, unknown.count) == ("市奇石办", 1)


def test_doubts_come_in_words_with_answers_to_choose(draft: PlanVersion, cast: Cast) -> None:
    draft.doubts.create(position=9, code="lost_year", start=0, end=2)
    damaged, time, same = queries.review(cast.office, draft.pk).doubts
    assert damaged.blocking
    assert damaged.quote is not None
    assert damaged.quote.text == TEXT[:2]
    assert "年底前" in time.why
    assert time.options == [("2021", "2021 年底"), ("2022", "2022 年底"), ("不设时限", "不设时限")]
    assert [value for value, _ in same.options] == ["merge", "keep"]


def test_the_overview_counts_and_names_who_leads_what(plan: PlanVersion, cast: Cast) -> None:
    found = queries.overview(cast.urban_staff, plan.pk)
    figures = found.figures
    assert (figures.programs, figures.tasks, figures.indicators, figures.targets) == (2, 3, 5, 6)
    assert [(line.row.title if line.row else "", line.tasks, line.leads) for line in found.programs] == [
        ("宜居行动", 2, ["市城管局", "市住建局"]),
        ("清洁行动", 1, ["市住建局"]),
    ]
    units = {str(line.unit or line.printed): (line.led, line.helped) for line in found.units}
    assert units == {
        "市住建局": (2, 1),
        "市城管局": (1, 0),
        "东浦区": (0, 1),
        "云河区": (0, 1),
        "市奇石办": (0, 1),
    }
    assert [(line.deadline, line.indicators) for line in found.due] == [("2021", 1), ("2022", 3), ("", 2)]
    assert [(line.name, line.tasks) for line in found.leaders] == [("高市", 1)]


def test_one_target_under_two_tasks_counts_once(draft: PlanVersion, cast: Cast) -> None:
    doubt = draft.doubts.get(code="plans.same_target")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="merge", now=LATER)
    found = queries.overview(cast.office, draft.pk)
    assert found.figures.indicators == 4
    assert [line.indicators for line in found.programs] == [3, 2]


def test_a_task_shows_its_words_units_and_indicators(plan: PlanVersion, cast: Cast) -> None:
    page = queries.task_page(cast.observer, plan.pk, "T1")
    assert page.program is not None
    assert (page.program.title, [m.title for m in page.line.measures]) == ("宜居行动", ["突出抓好两项工作"])
    assert [one.printed for one in page.line.members] == ["市住建局", "各区政府"]
    assert page.quotes[0].text.startswith("1.整修道路")
    assert [line.key for line in page.line.indicators] == ["I1"]
    with pytest.raises(Hidden):
        queries.task_page(cast.observer, plan.pk, "T9")


def test_an_indicator_shows_its_words_and_what_it_was_in_other_versions(
    plan: PlanVersion, cast: Cast
) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="甲", now=LATER)
    page = queries.indicator_page(cast.office, draft.pk, "I2")
    assert [past.version for past in page.history] == [draft, plan]
    assert [past.version for past in queries.indicator_page(cast.observer, plan.pk, "I2").history] == [plan]
    (quote,) = page.quotes
    assert (quote.before, quote.text) == ("2.改造旧房。到2022年", "改造旧房4.5万户")
    assert [result.value for result in page.results] == [9000]


def test_a_program_lists_its_tasks(plan: PlanVersion, cast: Cast) -> None:
    assert [line.key for line in queries.program_page(cast.office, plan.pk, "P1").tasks] == ["T1", "T2"]


def test_a_task_letter_has_what_a_unit_leads_and_helps_itself_or_through_a_group(
    plan: PlanVersion, cast: Cast
) -> None:
    letter = queries.unit_letter(cast.housing_staff, plan.pk, cast.housing.pk)
    assert [(task.line.key, task.through) for task in letter.led] == [("T2", ""), ("T3", "")]
    assert [(task.line.key, task.role) for task in letter.helped] == [("T1", "member")]
    assert letter.indicators == 4
    east = queries.unit_letter(cast.east_staff, plan.pk, cast.east.pk)
    assert [(task.line.key, task.through) for task in east.helped] == [("T1", "各区政府")]


def test_in_a_draft_a_group_binds_its_members_of_today(draft: PlanVersion, cast: Cast) -> None:
    east = queries.unit_letter(cast.office, draft.pk, cast.east.pk)
    assert [task.line.key for task in east.helped] == ["T1"]


def test_a_leader_has_a_page(plan: PlanVersion, cast: Cast) -> None:
    assert [line.key for line in queries.leader_page(cast.leader, plan.pk, "高市").tasks] == ["T1"]
    with pytest.raises(Hidden):
        queries.leader_page(cast.leader, plan.pk, "无此人")


def test_the_calendar_lists_deadlines_in_order_and_says_which_are_past(plan: PlanVersion, cast: Cast) -> None:
    months = queries.calendar(cast.office, plan.pk, TODAY)
    assert [(m.deadline, m.past, len(m.indicators), len(m.stages)) for m in months] == [
        ("2021", True, 1, 1),
        ("2022", False, 3, 0),
        ("", False, 2, 0),
    ]


def test_the_timeline_has_a_column_for_each_year_of_the_plan(plan: PlanVersion, cast: Cast) -> None:
    found = queries.timeline(cast.office, plan.pk)
    assert [(c.year, len(c.whole_year), len(c.stages), len(c.goals)) for c in found.years] == [
        (2021, 1, 1, 0),
        (2022, 3, 0, 0),
        (2023, 0, 0, 1),
    ]
    assert [line.key for line in found.undated] == ["I3", "I5"]


def test_goals_are_listed_for_the_city_and_each_county(plan: PlanVersion, cast: Cast) -> None:
    found = queries.county_goals(cast.office, plan.pk)
    assert [(line.unit, line.county, len(line.goals)) for line in found] == [
        (None, "", 1),
        (cast.east, "东浦区", 1),
    ]


SEARCHES: list[tuple[dict[str, str], list[str], list[str]]] = [
    ({}, ["T1", "T2", "T3"], ["I1", "I2", "I3", "I4", "I5"]),
    ({"text": "旧房"}, ["T2", "T3"], ["I2", "I4"]),
    ({"text": "旧房 管好"}, ["T3"], []),
    ({"program": "P2"}, ["T3"], ["I4", "I5"]),
    ({"role": "lead", "unit": "housing"}, ["T2", "T3"], ["I2", "I3", "I4", "I5"]),
    ({"unit": "east"}, ["T1"], ["I1"]),
    ({"year": "2021"}, ["T1"], ["I1"]),
    ({"strength": "mandatory"}, ["T2"], ["I3"]),
    ({"kind": "task", "year": "2022"}, ["T1", "T2", "T3"], []),
    ({"kind": "indicator", "text": "率"}, [], ["I5"]),
    (
        {"year": "soon", "role": "king", "kind": "x", "unit": "-1"},
        ["T1", "T2", "T3"],
        ["I1", "I2", "I3", "I4", "I5"],
    ),
]


def test_search_and_filters_meet_every_condition(plan: PlanVersion, cast: Cast) -> None:
    for wanted, tasks, indicators in SEARCHES:
        unit = wanted.get("unit", "")
        number = {"unit": str(getattr(cast, unit).pk)} if hasattr(cast, unit) else {}
        found = queries.find(cast.office, plan.pk, Filter.from_query(wanted | number))
        assert [line.key for line in found.tasks] == tasks
        assert [line.key for line in found.indicators] == indicators
        assert found.years == [2021, 2022]


def test_a_filter_is_read_from_the_url_and_what_is_wrong_passed_over() -> None:
    query = {"text": " 道路 ", "unit": "7", "year": "2022", "kind": "task", "role": "chief", "page": "3"}
    assert Filter.from_query(query) == Filter(text="道路", unit=7, year=2022, kind="task")


def test_plans_and_versions_are_listed_for_those_who_may_see_them(plan: PlanVersion, cast: Cast) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="甲", now=LATER)
    (line,) = queries.plan_list(cast.office)
    assert (line.in_force, line.draft, line.tasks, line.indicators) == (plan, draft, 3, 5)
    (line,) = queries.plan_list(cast.urban_staff)
    assert (line.in_force, line.draft) == (plan, None)
    assert [v.version for v in queries.versions_of(cast.office, plan.plan_id)] == [draft, plan]
    assert queries.version_of(cast.office, plan.plan_id) == plan
    for actor in (cast.stranger, cast.administrator, cast.seatless):
        assert queries.plan_list(actor) == []
        with pytest.raises(Hidden):
            queries.version_of(actor, plan.plan_id)


def test_a_plan_whose_only_draft_was_discarded_is_not_listed(draft: PlanVersion, cast: Cast) -> None:
    actions.discard_draft(actor=cast.office, version_id=draft.pk, version=1, now=LATER)
    assert queries.plan_list(cast.office) == []


def test_what_was_left_out_of_a_draft_is_on_no_page_but_the_review(draft: PlanVersion, cast: Cast) -> None:
    row = task_row(draft, "T3")
    actions.drop_row(actor=cast.office, subject="task", row_id=row.pk, version=1)
    assert queries.overview(cast.office, draft.pk).figures.tasks == 2
    assert queries.find(cast.office, draft.pk, Filter()).indicators[-1].key == "I3"
    assert queries.plan_list(cast.office)[0].indicators == 3
    dropped = [item for item in queries.review(cast.office, draft.pk).items if item.dropped]
    assert len(dropped) == 4


PAGES: dict[str, Callable[[Any, PlanVersion], Any]] = {
    "review": lambda who, v: queries.review(who, v.pk),
    "overview": lambda who, v: queries.overview(who, v.pk),
    "program": lambda who, v: queries.program_page(who, v.pk, "P1"),
    "task": lambda who, v: queries.task_page(who, v.pk, "T1"),
    "indicator": lambda who, v: queries.indicator_page(who, v.pk, "I1"),
    "letter": lambda who, v: queries.unit_letter(who, v.pk, who.unit_id),
    "leader": lambda who, v: queries.leader_page(who, v.pk, "高市"),
    "calendar": lambda who, v: queries.calendar(who, v.pk, TODAY),
    "timeline": lambda who, v: queries.timeline(who, v.pk),
    "goals": lambda who, v: queries.county_goals(who, v.pk),
    "find": lambda who, v: queries.find(who, v.pk, Filter()),
    "document": lambda who, v: queries.document_page(who, v.pk),
    "plans": lambda who, v: queries.plan_list(who),
    "versions": lambda who, v: queries.versions_of(who, v.plan_id),
    "table": lambda who, v: exchange.table_out(who, v.pk),
    "json": lambda who, v: exchange.json_out(who, v.plan_id),
}


def test_every_page_costs_the_same_number_of_queries_for_any_number_of_rows(cast: Cast) -> None:
    costs: list[dict[str, int]] = []
    for times in (1, 10):
        many = reading()
        many.tasks = [*many.tasks, *many.tasks * times]
        many.indicators = many.indicators * times
        many.goals = many.goals * times
        many.stages = many.stages * times
        document = make_document(cast.city, TEXT + " " * times)
        draft = actions.draft_from_reading(actor=cast.office, document=document, reading=many, now=NOW)
        actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
        version = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=NOW)
        costs.append({})
        for name, page in PAGES.items():
            with CaptureQueriesContext(connection) as captured:
                page(cast.office, version)
            costs[-1][name] = len(captured)
    assert costs[0] == costs[1]
