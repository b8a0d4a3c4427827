from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, ChuangwenError, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.kit.models import AuditEntry, OutboxRow
from chuangwen.orgs.models import Unit
from chuangwen.orgs.testing import Cast

from .. import actions
from ..actions import AssignmentFields, IndicatorFields, TargetFields, TaskFields, TaskPart
from ..models import AssignedUnit, Citation, Plan, PlanVersion, Result, Subject, TaskVersion
from ..queries.content import content_of
from .world import LATER, NOW, TEXT, indicator_row, place, task_row

ROAD = IndicatorFields(
    "整修小路",
    "条",
    targets=[TargetFields(Decimal(25), deadline="2021"), TargetFields(Decimal(45), deadline="2022")],
)


def cited(version: PlanVersion, subject: Subject, row_id: int) -> list[str]:
    rows = Citation.objects.filter(plan_version=version, subject=subject, row_id=row_id)
    return [TEXT[row.start : row.end] for row in rows]


def test_a_row_is_accepted_left_out_and_taken_back(draft: PlanVersion, cast: Cast) -> None:
    goal = draft.goal_rows.first()
    assert goal is not None
    for act, version, state in (
        (actions.accept_row, 1, "accepted"),
        (actions.drop_row, 2, "dropped"),
        (actions.restore_row, 3, "proposed"),
    ):
        act(actor=cast.office, subject="goal", row_id=goal.pk, version=version)
        goal.refresh_from_db()
        assert (goal.state, goal.version) == (state, version + 1)


def test_two_reviewers_do_not_overwrite_each_other(draft: PlanVersion, cast: Cast) -> None:
    row = indicator_row(draft, "I1")
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=ROAD)
    with pytest.raises(Stale):
        actions.correct_indicator(
            actor=cast.office, row_id=row.pk, version=1, fields=replace(ROAD, name="整修大路")
        )
    assert indicator_row(draft, "I1").name == "整修小路"


def test_correcting_an_indicator_keeps_the_words_of_targets_that_stay(draft: PlanVersion, cast: Cast) -> None:
    row = indicator_row(draft, "I1")
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=ROAD)
    row.refresh_from_db()
    assert row.state == "accepted"
    values = {target.deadline: target.value for target in row.targets.all()}
    assert values == {"2021": Decimal(25), "2022": Decimal(45)}
    assert [cited(draft, Subject.TARGET, t.pk) for t in row.targets.all()] == [["20条"], ["40条"]]
    entry = AuditEntry.objects.get(action="plans.row_corrected")
    assert entry.before["targets"] == ["2021 >= 20", "2022 >= 40"]


def test_how_it_adds_up_follows_what_an_indicator_is_corrected_to(draft: PlanVersion, cast: Cast) -> None:
    row = indicator_row(draft, "I3")
    assert (row.accrual, row.roll_up) == ("plan_to_date", "sum")
    fields = IndicatorFields("驿站覆盖率", "%", targets=[TargetFields(Decimal(90))])
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=fields)
    row.refresh_from_db()
    assert (row.accrual, row.roll_up) == ("level", "ratio_of_sums")


def test_a_target_that_is_removed_takes_its_citation_along(draft: PlanVersion, cast: Cast) -> None:
    row = indicator_row(draft, "I1")
    gone = row.targets.get(deadline="2022").pk
    fields = replace(ROAD, targets=list(ROAD.targets)[:1])
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=fields)
    assert cited(draft, Subject.TARGET, gone) == []


NO_INDICATORS = [
    (replace(ROAD, name=" "), "plans.required"),
    (replace(ROAD, targets=[]), "plans.no_target"),
    (replace(ROAD, targets=[TargetFields(Decimal("1e15"))]), "plans.too_many_digits"),
    (replace(ROAD, targets=[TargetFields(Decimal(1), comparator="~")]), "plans.bad_choice"),
    (replace(ROAD, targets=[TargetFields(Decimal(1), deadline="明年")]), "plans.bad_deadline"),
    (replace(ROAD, targets=[TargetFields(Decimal(1), unit_id=0)]), "plans.bad_choice"),
    (replace(ROAD, strength="strong"), "plans.bad_choice"),
    (replace(ROAD, scope="大" * 51), "plans.too_long"),
]


def test_what_cannot_be_an_indicator_is_refused_and_changes_nothing(draft: PlanVersion, cast: Cast) -> None:
    row = indicator_row(draft, "I1")
    for fields, code in NO_INDICATORS:
        with pytest.raises(BadInput, match=code):
            actions.correct_indicator(actor=cast.office, row_id=row.pk, version=1, fields=fields)
    row.refresh_from_db()
    assert (row.version, row.targets.count()) == (1, 2)


def test_a_task_is_corrected_with_its_measures_and_units(draft: PlanVersion, cast: Cast) -> None:
    row = task_row(draft, "T1")
    fields = TaskFields("修好道路", "1", "全文", "2022-06", row.program_id, ["突出抓好两项工作", "铺沥青"])
    names = [AssignmentFields("lead", "市住建局"), AssignmentFields("leader", "高市")]
    actions.correct_task(actor=cast.office, row_id=row.pk, version=1, fields=fields, assignments=names)
    row = task_row(draft, "T1")
    assert (row.title, row.deadline, row.state) == ("修好道路", "2022-06", "accepted")
    first, second = row.measures.all()
    assert (cited(draft, Subject.MEASURE, first.pk), second.title) == (["突出抓好两项工作"], "铺沥青")
    lead, leader = row.assignments.all()
    assert lead.unit == cast.housing
    assert cited(draft, Subject.ASSIGNMENT, leader.pk) == ["高市"]


def test_a_row_of_each_plain_kind_is_corrected(draft: PlanVersion, cast: Cast) -> None:
    def first(kind: str) -> Any:
        return getattr(draft, f"{kind}_rows").first()

    office: dict[str, Any] = {"actor": cast.office, "version": 1}
    actions.correct_program(**office, row_id=first("program").pk, number="1", title="宜居工程")
    actions.correct_goal(
        **office,
        row_id=first("goal").pk,
        title="创成",
        strength="mandatory",
        year=2023,
        unit_ids=[cast.river.pk],
    )
    actions.correct_stage(
        **office, row_id=first("stage").pk, title="起步", deadline="2022", goals=["打底", " "]
    )
    actions.correct_rhythm(**office, row_id=first("rhythm").pk, period="week", duty="巡查")
    actions.correct_mechanism(**office, row_id=first("mechanism").pk, name="通报")
    actions.correct_result(
        **office,
        row_id=first("result").pk,
        name="改旧房",
        comparator="=",
        value=Decimal(9001),
        unit_of_measure="户",
        period="2020",
    )
    assert first("program").title == "宜居工程"
    assert list(first("goal").jurisdictions.all()) == [cast.river]
    assert first("stage").goals == ["打底"]
    assert (first("rhythm").period, first("mechanism").name) == ("week", "通报")
    assert first("result").value == Decimal(9001)
    assert {first(kind).state for kind in ("program", "goal", "stage", "rhythm", "result")} == {"accepted"}


def test_an_unknown_name_is_matched_everywhere_at_once(draft: PlanVersion, cast: Cast) -> None:
    actions.set_assignments(
        actor=cast.office,
        row_id=task_row(draft, "T3").pk,
        version=1,
        assignments=[AssignmentFields("lead", "市奇石办")],
    )
    one = task_row(draft, "T2").assignments.get(printed="市奇石办")
    count = actions.match_assignment(
        actor=cast.office, assignment_id=one.pk, version=draft.version, unit_id=cast.urban.pk
    )
    assert count == 2
    assert task_row(draft, "T3").assignments.get().unit == cast.urban


def test_a_match_needs_exactly_one_unit_that_the_actor_sees(draft: PlanVersion, cast: Cast) -> None:
    one = task_row(draft, "T2").assignments.get(printed="市奇石办")
    foreign = cast.stranger.unit_id
    for given in ({}, {"unit_id": foreign}, {"unit_id": cast.urban.pk, "group_id": cast.districts.pk}):
        with pytest.raises(BadInput):
            actions.match_assignment(actor=cast.office, assignment_id=one.pk, version=draft.version, **given)


def test_a_unit_is_made_for_an_unknown_name(draft: PlanVersion, cast: Cast) -> None:
    one = task_row(draft, "T2").assignments.get(printed="市奇石办")
    unit = actions.create_unit_for_assignment(
        actor=cast.office,
        assignment_id=one.pk,
        version=draft.version,
        name="云浦市奇石办公室",
        kind="department",
        parent_id=cast.city.pk,
    )
    one.refresh_from_db()
    assert (one.unit, Unit.objects.get(pk=unit.pk).parent) == (unit, cast.city)


def test_a_task_is_split_and_its_identity_is_replaced(draft: PlanVersion, cast: Cast) -> None:
    row = task_row(draft, "T2")
    houses, stations = row.indicators.all()
    parts = [TaskPart("改造旧房", "改造"), TaskPart("新建驿站", "新建", [stations.pk])]
    made = actions.split_task(actor=cast.office, row_id=row.pk, version=1, parts=parts)
    assert [one.task.key for one in made] == ["T4", "T5"]
    assert list(made[1].indicators.all()) == [stations]
    assert list(made[0].indicators.all()) == [houses]
    assert {task.key for task in row.task.replaced_by.all()} == {"T4", "T5"}
    assert [one.title for one in draft.taskversion_rows.all()] == [
        "整修道路",
        "改造旧房",
        "新建驿站",
        "管好旧房",
    ]
    assert [a.printed for a in made[1].assignments.all()] == ["市住建局", "市奇石办"]
    assert cited(draft, Subject.ASSIGNMENT, made[1].assignments.all()[1].pk) == ["市奇石办"]
    assert cited(draft, Subject.TASK, made[0].pk) == cited(draft, Subject.TASK, made[1].pk) != []


def test_an_indicator_is_split_and_keeps_its_tasks_and_words(draft: PlanVersion, cast: Cast) -> None:
    row = indicator_row(draft, "I1")
    parts = [replace(ROAD, name="整修东路"), replace(ROAD, name="整修西路")]
    made = actions.split_indicator(actor=cast.office, row_id=row.pk, version=1, parts=parts)
    assert [one.indicator.key for one in made] == ["I6", "I7"]
    assert [task.title for task in made[1].tasks.all()] == ["整修道路"]
    assert cited(draft, Subject.INDICATOR, made[1].pk) == ["20条", "40条"]
    assert {one.key for one in row.indicator.replaced_by.all()} == {"I6", "I7"}


def test_merged_tasks_unite_units_indicators_and_words(draft: PlanVersion, cast: Cast) -> None:
    one, other = task_row(draft, "T2"), task_row(draft, "T3")
    kept = actions.merge_tasks(actor=cast.office, row_ids=[one.pk, other.pk], versions=[1, 1])
    assert kept.task.key == "T2"
    assert [a.printed for a in kept.assignments.all()] == ["市住建局", "市奇石办"]
    assert {i.indicator.key for i in kept.indicators.all()} == {"I2", "I3", "I4", "I5"}
    assert Result.objects.get().task_version == kept
    assert len(cited(draft, Subject.TASK, kept.pk)) == 2
    assert [task.key for task in other.task.replaced_by.all()] == ["T2"]
    assert not TaskVersion.objects.filter(pk=other.pk).exists()


def test_the_same_target_under_two_tasks_becomes_one_indicator_with_two_tasks(
    draft: PlanVersion, cast: Cast
) -> None:
    doubt = draft.doubts.get(code="plans.same_target")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="merge", now=LATER)
    houses = indicator_row(draft, "I2")
    assert {task.task.key for task in houses.tasks.all()} == {"T2", "T3"}
    assert not draft.indicatorversion_rows.filter(indicator__key="I4").exists()
    in_houses = draft.indicatorversion_rows.filter(unit_of_measure="户")
    assert [row.targets.get().value for row in in_houses] == [Decimal(45000)]
    assert cited(draft, Subject.INDICATOR, houses.pk) == ["改造旧房4.5万户", "改造旧房4.5万户"]


def test_what_was_left_out_is_not_merged(draft: PlanVersion, cast: Cast) -> None:
    row = indicator_row(draft, "I2")
    actions.drop_row(actor=cast.office, subject="indicator", row_id=row.pk, version=1)
    doubt = draft.doubts.get(code="plans.same_target")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="merge", now=LATER)
    assert indicator_row(draft, "I4").state == "proposed"


def test_keeping_them_apart_changes_nothing_else(draft: PlanVersion, cast: Cast) -> None:
    doubt = draft.doubts.get(code="plans.same_target")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="keep", now=LATER)
    assert draft.indicatorversion_rows.count() == 5


@pytest.mark.parametrize(("answer", "deadline"), [("2022", "2022"), ("不设时限", ""), ("再问市里", "")])
def test_an_answer_about_time_sets_the_deadline_of_the_words_it_governs(
    draft: PlanVersion, cast: Cast, answer: str, deadline: str
) -> None:
    doubt = draft.doubts.get(code="year_end")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer=answer, now=LATER)
    assert indicator_row(draft, "I3").targets.get().deadline == deadline
    assert indicator_row(draft, "I2").targets.get().deadline == "2022"
    assert indicator_row(draft, "I5").targets.get().deadline == ""


def test_a_result_becomes_a_baseline(draft: PlanVersion, cast: Cast) -> None:
    result = draft.result_rows.get()
    houses = indicator_row(draft, "I2")
    assert result.indicator_version == houses
    actions.attach_result_as_baseline(
        actor=cast.office, result_id=result.pk, version=1, indicator_id=houses.pk
    )
    houses.refresh_from_db()
    assert (houses.baseline_value, houses.baseline_year, houses.version) == (Decimal(9000), 2020, 2)


def test_what_the_reader_missed_is_added_from_the_text(draft: PlanVersion, cast: Cast) -> None:
    start, end = place("广告位招租")
    task = task_row(draft, "T1")
    row = actions.add_from_selection(
        actor=cast.office,
        version_id=draft.pk,
        subject="indicator",
        start=start,
        end=end,
        fields={
            "fields": IndicatorFields("广告位", "处", targets=[TargetFields(Decimal(3))]),
            "task_id": task.pk,
        },
    )
    assert (row.state, row.origin, row.indicator.key) == ("accepted", "person", "I6")  # type: ignore[attr-defined]
    assert cited(draft, Subject.INDICATOR, row.pk) == ["广告位招租"]
    names = [one.name for one in draft.indicatorversion_rows.all()]
    assert names == ["整修小路", "广告位", "改造旧房", "新建驿站", "旧房改造", "满意率"]


ADDED: list[tuple[str, dict[str, Any]]] = [
    ("program", {"number": "三", "title": "文化行动"}),
    ("task", {"fields": TaskFields("新任务")}),
    ("goal", {"title": "新目标", "strength": "", "year": None, "unit_ids": []}),
    ("stage", {"title": "第二阶段", "deadline": "2022", "goals": []}),
    ("rhythm", {"period": "week", "duty": "巡查"}),
    ("mechanism", {"name": "约谈"}),
    (
        "result",
        {
            "name": "驿站",
            "comparator": "=",
            "value": Decimal(2),
            "unit_of_measure": "个",
            "period": "2020",
        },
    ),
]


def test_every_kind_of_row_can_be_added(draft: PlanVersion, cast: Cast) -> None:
    for subject, fields in ADDED:
        row = actions.add_from_selection(
            actor=cast.office, version_id=draft.pk, subject=subject, start=0, end=3, fields=fields
        )
        assert cited(draft, Subject(subject), row.pk) == [TEXT[:3]]


def test_leaving_a_task_out_leaves_out_what_stands_under_it_alone(draft: PlanVersion, cast: Cast) -> None:
    doubt = draft.doubts.get(code="plans.same_target")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="merge", now=LATER)
    row = task_row(draft, "T3")
    actions.drop_row(actor=cast.office, subject="task", row_id=row.pk, version=row.version)
    states = {one.indicator.key: one.state for one in draft.indicatorversion_rows.all()}
    assert states == {"I1": "proposed", "I2": "proposed", "I3": "proposed", "I5": "dropped"}
    row.refresh_from_db()
    actions.restore_row(actor=cast.office, subject="task", row_id=row.pk, version=row.version)
    assert indicator_row(draft, "I5").state == "proposed"


def test_confirming_says_what_is_left(draft: PlanVersion, cast: Cast) -> None:
    draft.doubts.create(position=9, code="lost_year", start=0, end=1)
    with pytest.raises(NotAllowedNow) as refusal:
        actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=NOW)
    assert (refusal.value.code, refusal.value.params) == ("plans.doubts_left", {"left": 1})
    doubt = draft.doubts.get(code="lost_year")
    actions.answer_doubt(actor=cast.office, doubt_id=doubt.pk, version=1, answer="原件也没有", now=LATER)
    with pytest.raises(NotAllowedNow) as refusal:
        actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=NOW)
    assert (refusal.value.code, refusal.value.params) == ("plans.rows_left", {"left": 16})
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_confirming_freezes_groups_deletes_what_was_left_out_and_tells_the_rooms_above(
    draft: PlanVersion, cast: Cast
) -> None:
    goal = draft.goal_rows.first()
    assert goal is not None
    actions.drop_row(actor=cast.office, subject="goal", row_id=goal.pk, version=1)
    actions.accept_rest(actor=cast.office, version_id=draft.pk, version=1)
    version = actions.confirm(actor=cast.office, version_id=draft.pk, version=2, now=NOW)
    assert (version.state, version.number, version.confirmed_by) == ("confirmed", 1, cast.office.person)
    assert version.goal_rows.count() == 1
    group = AssignedUnit.objects.filter(assignment__printed="各区政府").values_list("unit__name", flat=True)
    assert set(group) == {"东浦区", "云河区"}
    assert [row.topic for row in OutboxRow.objects.filter(topic__startswith="plans.")] == ["plans.confirmed"]


def test_an_amendment_copies_everything_and_supersedes_when_confirmed(plan: PlanVersion, cast: Cast) -> None:
    with pytest.raises(BadInput, match=r"plans\.reason_missing"):
        actions.amend(actor=cast.office, plan_id=plan.plan_id, reason=" ", now=LATER)
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="财力变化", now=LATER)
    for key in ("I1", "I5"):
        old, new = indicator_row(plan, key), indicator_row(draft, key)
        assert old.indicator == new.indicator
        assert cited(plan, Subject.INDICATOR, old.pk) == cited(draft, Subject.INDICATOR, new.pk)
    second = actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=LATER)
    plan.refresh_from_db()
    assert (plan.state, second.number, second.state) == ("superseded", 2, "confirmed")


def test_one_plan_has_one_open_draft(plan: PlanVersion, cast: Cast) -> None:
    actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="甲", now=LATER)
    with pytest.raises(NotAllowedNow, match=r"plans\.draft_open"):
        actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="乙", now=LATER)
    assert PlanVersion.objects.count() == 2


def test_a_discarded_draft_makes_room_for_another(plan: PlanVersion, cast: Cast) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="甲", now=LATER)
    actions.discard_draft(actor=cast.office, version_id=draft.pk, version=1, now=LATER)
    actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="乙", now=LATER)


def test_an_empty_draft_is_not_confirmed(cast: Cast) -> None:
    plan = Plan.objects.create(jurisdiction=cast.city, title="空")
    draft = PlanVersion.objects.create(plan=plan, created_at=NOW)
    with pytest.raises(NotAllowedNow, match=r"plans\.empty_plan"):
        actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=NOW)


Edit = Callable[[PlanVersion, Any], Any]
EDITS: dict[str, Edit] = {
    "accept_row": lambda v, who: actions.accept_row(
        actor=who, subject="task", row_id=task_row(v, "T1").pk, version=2
    ),
    "accept_rest": lambda v, who: actions.accept_rest(actor=who, version_id=v.pk, version=v.version),
    "drop_row": lambda v, who: actions.drop_row(
        actor=who, subject="task", row_id=task_row(v, "T1").pk, version=2
    ),
    "restore_row": lambda v, who: actions.restore_row(
        actor=who, subject="task", row_id=task_row(v, "T1").pk, version=2
    ),
    "correct_program": lambda v, who: actions.correct_program(
        actor=who, row_id=v.program_rows.all()[0].pk, version=2, number="", title="别名"
    ),
    "correct_task": lambda v, who: actions.correct_task(
        actor=who, row_id=task_row(v, "T1").pk, version=2, fields=TaskFields("别名")
    ),
    "correct_indicator": lambda v, who: actions.correct_indicator(
        actor=who, row_id=indicator_row(v, "I1").pk, version=2, fields=ROAD
    ),
    "correct_result": lambda v, who: actions.correct_result(
        actor=who,
        row_id=v.result_rows.all()[0].pk,
        version=2,
        name="别名",
        comparator="=",
        value=Decimal(1),
        unit_of_measure="",
        period="",
    ),
    "correct_goal": lambda v, who: actions.correct_goal(
        actor=who, row_id=v.goal_rows.all()[0].pk, version=2, title="别", strength="", year=None, unit_ids=[]
    ),
    "correct_stage": lambda v, who: actions.correct_stage(
        actor=who, row_id=v.stage_rows.all()[0].pk, version=2, title="别名", deadline="", goals=[]
    ),
    "correct_rhythm": lambda v, who: actions.correct_rhythm(
        actor=who, row_id=v.rhythm_rows.all()[0].pk, version=2, period="day", duty="别"
    ),
    "correct_mechanism": lambda v, who: actions.correct_mechanism(
        actor=who, row_id=v.mechanism_rows.all()[0].pk, version=2, name="别名"
    ),
    "set_assignments": lambda v, who: actions.set_assignments(
        actor=who, row_id=task_row(v, "T1").pk, version=2, assignments=[]
    ),
    "match_assignment": lambda v, who: actions.match_assignment(
        actor=who,
        assignment_id=task_row(v, "T2").assignments.all()[1].pk,
        version=v.version,
        unit_id=Unit.objects.get(name="云河区").pk,
    ),
    "create_unit_for_assignment": lambda v, who: actions.create_unit_for_assignment(
        actor=who,
        assignment_id=task_row(v, "T2").assignments.all()[1].pk,
        version=v.version,
        name="新局",
        kind="department",
        parent_id=v.plan.jurisdiction_id,
    ),
    "split_task": lambda v, who: actions.split_task(
        actor=who, row_id=task_row(v, "T1").pk, version=2, parts=[TaskPart("甲"), TaskPart("乙")]
    ),
    "split_indicator": lambda v, who: actions.split_indicator(
        actor=who, row_id=indicator_row(v, "I1").pk, version=2, parts=[ROAD, ROAD]
    ),
    "merge_tasks": lambda v, who: actions.merge_tasks(
        actor=who, row_ids=[task_row(v, "T1").pk, task_row(v, "T2").pk], versions=[2, 2]
    ),
    "merge_indicators": lambda v, who: actions.merge_indicators(
        actor=who, row_ids=[indicator_row(v, "I2").pk, indicator_row(v, "I4").pk], versions=[2, 2]
    ),
    "add_from_selection": lambda v, who: actions.add_from_selection(
        actor=who, version_id=v.pk, subject="mechanism", start=0, end=2, fields={"name": "别"}
    ),
    "answer_doubt": lambda v, who: actions.answer_doubt(
        actor=who, doubt_id=v.doubts.all()[0].pk, version=1, answer="2022", now=LATER
    ),
    "attach_result_as_baseline": lambda v, who: actions.attach_result_as_baseline(
        actor=who,
        result_id=v.result_rows.all()[0].pk,
        version=2,
        indicator_id=indicator_row(v, "I1").pk,
    ),
    "confirm": lambda v, who: actions.confirm(actor=who, version_id=v.pk, version=v.version, now=LATER),
    "discard_draft": lambda v, who: actions.discard_draft(
        actor=who, version_id=v.pk, version=v.version, now=LATER
    ),
}


def test_a_confirmed_version_is_never_edited(plan: PlanVersion, cast: Cast) -> None:
    before = content_of(plan)
    for name, edit in EDITS.items():
        with pytest.raises(NotAllowedNow):
            edit(plan, cast.office)
        assert content_of(plan) == before, name


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("urban_staff", Denied),
        ("leader", Denied),
        ("observer", Denied),
        ("administrator", Hidden),
        ("stranger", Hidden),
        ("seatless", Hidden),
    ],
)
def test_only_the_campaign_office_edits(
    plan: PlanVersion, cast: Cast, who: str, refusal: type[ChuangwenError]
) -> None:
    for edit in EDITS.values():
        with pytest.raises(refusal):
            edit(plan, cast.by_name()[who])


def test_a_draft_is_hidden_from_everybody_else(plan: PlanVersion, cast: Cast) -> None:
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="甲", now=LATER)
    for edit in EDITS.values():
        with pytest.raises(Hidden):
            edit(draft, cast.urban_staff)


def test_every_edit_is_in_the_table() -> None:
    others = {
        "amend",
        "draft_from_reading",
        "import_document",
        "keep_document",
        "read_intake",
        "receive",
        "reissue",
    }
    others |= {"submit", "send_back", "acknowledge_letter"}  # test_asks.py
    others |= {"bring_in_table", "bring_in_json", "accept_change", "reject_change"}
    functions = {name for name in actions.__all__ if name[0].islower()}
    assert functions - others == set(EDITS)
