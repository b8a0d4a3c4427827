"""What changes when something else does: later periods, modes, leads, documents, time that passes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.series.kinds import Lamp
from chuangwen.orgs.testing import SYSTEM
from chuangwen.plans import actions as plans
from chuangwen.plans.actions.correct import AssignmentFields
from chuangwen.plans.models import IndicatorVersion, Plan, Target
from chuangwen.plans.tests.world import make_plan
from chuangwen.progress import actions
from chuangwen.progress.actions.computing import SYSTEM as COMPUTER
from chuangwen.progress.actions.values import write_value
from chuangwen.progress.models import Beat, Course, Following, Milestone, Period, Rollup, Value
from chuangwen.progress.queries.judging import Judge, Judged
from chuangwen.progress.rules.amounts import MICRO, MOST
from chuangwen.progress.rules.states import Mode
from chuangwen.registers import actions as registers

from .test_computing import by_areas, rolled, set_course, write
from .world import JUNE, MAY, NOW, Followed, at, given

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def put(followed: Followed, name: str, first: date, last: date, number: float) -> Value:
    """A value of the city over a period, with all that follows from it."""
    value = write_value(
        COMPUTER,
        indicator_id=followed.indicator(name).pk,
        unit_id=followed.cast.city.pk,
        first_day=first,
        last_day=last,
        typed=given(number),
        now=NOW,
    )
    actions.recompute_after([(value.indicator_id, first, last)], now=at("2021-07-10T09:00"))
    return value


def judged(followed: Followed, name: str, today: date) -> Judged:
    following = Following.objects.select_related("plan", "plan_version").get(pk=followed.following.pk)
    return Judge(following, today).city()[followed.indicator(name).pk]


def current(followed: Followed, name: str, last: date) -> int | None:
    return Value.objects.get(indicator=followed.indicator(name), last_day=last, current=True).numerator


def test_weeks_inside_a_month_are_not_counted_twice(followed: Followed) -> None:
    IndicatorVersion.objects.filter(name="整修小路").update(accrual="flow")
    for week in range(4):
        first = date(2021, 5, 3) + timedelta(weeks=week)
        put(followed, "整修小路", first, first + timedelta(days=6), 1)
    assert judged(followed, "整修小路", date(2021, 6, 5)).reached == 4
    put(followed, "整修小路", date(2021, 5, 1), MAY, 4)
    assert judged(followed, "整修小路", date(2021, 6, 5)).reached == 4


def test_areas_that_together_are_more_than_can_be_kept_have_no_sum(followed: Followed) -> None:
    east, river, north = by_areas(followed, "改造旧房", "sum")
    for area in (east, river, north):
        write(followed, "改造旧房", area, MOST)
    assert rolled(followed, "改造旧房") == (None, None, 3, 3)
    write(followed, "改造旧房", north, MOST - 10)
    write(followed, "改造旧房", east, -1)
    write(followed, "改造旧房", river, 2.25)
    assert rolled(followed, "改造旧房") == ((MOST - 9) * MICRO + 250_000, None, 3, 3)


def test_what_reads_the_period_before_follows_its_correction(followed: Followed) -> None:
    key = followed.indicator("新建驿站").key
    put(followed, "新建驿站", date(2021, 5, 1), MAY, 3)
    put(followed, "新建驿站", date(2021, 6, 1), JUNE, 9)
    set_course(followed, "整修小路", mode=Mode.FORMULA, formula=f"({key} − 上期({key})) ÷ 1个 × 1条")
    actions.recompute(Following.objects.get(pk=followed.following.pk), now=at("2021-07-10T09:00"))
    assert current(followed, "整修小路", JUNE) == 6 * MICRO
    put(followed, "新建驿站", date(2021, 5, 1), MAY, 7)
    assert current(followed, "整修小路", JUNE) == 2 * MICRO


def test_a_plan_by_stages_computes_too(followed: Followed) -> None:
    Beat.objects.filter(following=followed.following).exclude(asks="all").delete()
    Beat.objects.filter(following=followed.following, asks="all").update(every="stage")
    key = followed.indicator("新建驿站").key
    set_course(followed, "整修小路", mode=Mode.FORMULA, formula=f"{key} ÷ 1个 × 1条")
    computed = Value.objects.filter(indicator=followed.indicator("整修小路"), current=True)
    assert [value.last_day for value in computed] == [
        gate.last_day for gate in followed.following.gates.all()
    ]
    assert computed


def test_each_day_brings_the_new_period_of_what_is_computed(followed: Followed) -> None:
    key = followed.indicator("新建驿站").key
    set_course(followed, "整修小路", mode=Mode.FORMULA, formula=f"{key} ÷ 1个 × 1条")
    computed = Value.objects.filter(indicator=followed.indicator("整修小路"))
    assert computed.latest("last_day").last_day == JUNE
    actions.recompute_open(now=at("2021-08-02T06:05"))
    assert computed.latest("last_day").last_day == date(2021, 8, 31)


def test_values_that_were_there_before_add_to_the_plan_above(followed: Followed) -> None:
    east, river, north = by_areas(followed, "改造旧房", "sum")
    write(followed, "改造旧房", river, 150)
    write(followed, "改造旧房", north, 80)
    county = make_plan(east, followed.cast.office)
    Plan.objects.filter(pk=county.plan_id).update(parent=followed.version.plan_id)
    actions.follow(actor=SYSTEM, version_id=county.pk, now=NOW)
    row = county.indicatorversion_rows.get(name="改造旧房")
    write_value(
        COMPUTER,
        indicator_id=row.indicator_id,
        unit_id=east.pk,
        first_day=date(2021, 5, 1),
        last_day=MAY,
        typed=given(40),
        now=NOW,
    )
    course = Course.objects.get(indicator=row.indicator)
    actions.set_course(
        actor=followed.cast.office,
        course_id=course.pk,
        version=course.version,
        mode=Mode.LEAD,
        reporter=None,
        areas=[],
        formula="",
        shape="linear",
        drawn=[],
        weight=1,
        parent_id=followed.indicator("改造旧房").pk,
        now=NOW,
    )
    assert rolled(followed, "改造旧房") == (270 * MICRO, None, 3, 3)


@pytest.mark.parametrize(
    ("own", "counted"),
    [
        ({}, (1, 2)),  # 90 % is asked of each: 92 reaches it, 85 does not, the third gave nothing
        ({"east": 80, "river": 95}, (1, 2)),  # each by its own: 85 reaches 80, 92 misses 95
    ],
)
def test_areas_that_reach_what_is_asked_of_each_are_counted(
    followed: Followed, own: dict[str, int], counted: tuple[int, int]
) -> None:
    east, river, _north = by_areas(followed, "满意率", "count_reaching")
    row = IndicatorVersion.objects.get(indicator=followed.indicator("满意率"))
    for name, value in own.items():
        unit = {"east": east, "river": river}[name]
        Target.objects.create(
            indicator_version=row, position=9, unit=unit, deadline="2023", comparator=">=", value=value
        )
    write(followed, "满意率", east, 85, 100)
    write(followed, "满意率", river, 92, 100)
    reaching, known = counted
    assert rolled(followed, "满意率") == (reaching * MICRO, known * MICRO, 2, 3)


def test_areas_that_give_their_own_go_before_what_the_lead_gave(followed: Followed) -> None:
    put(followed, "改造旧房", date(2021, 5, 1), MAY, 7)
    assert judged(followed, "改造旧房", date(2021, 6, 5)).reached == 7
    areas = by_areas(followed, "改造旧房", "sum")
    assert judged(followed, "改造旧房", date(2021, 6, 5)).reached == 7  # until one gives something
    for area in areas:
        write(followed, "改造旧房", area, 1)
    assert judged(followed, "改造旧房", date(2021, 6, 5)).reached == 3


def test_what_was_computed_can_be_corrected_once_it_is_computed_no_more(followed: Followed) -> None:
    key = followed.indicator("新建驿站").key
    set_course(followed, "整修小路", mode=Mode.FORMULA, formula=f"{key} ÷ 1个 × 1条")
    put(followed, "新建驿站", date(2021, 5, 1), MAY, 3)
    value = Value.objects.get(indicator=followed.indicator("整修小路"), last_day=MAY, current=True)
    correction = {"actor": followed.cast.office, "value_id": value.pk, "reason": "公式停用", "now": NOW}
    with pytest.raises(NotAllowedNow):
        actions.correct_value(typed=given(4), **correction)  # type: ignore[arg-type]
    set_course(followed, "整修小路", mode=Mode.LEAD)
    actions.correct_value(typed=given(-4), **correction)  # type: ignore[arg-type]
    corrected = Value.objects.get(indicator=followed.indicator("整修小路"), last_day=MAY, current=True)
    assert (corrected.numerator, corrected.reason) == (-4 * MICRO, "公式停用")
    assert corrected.warned and corrected.warned[0]["code"] == "below_zero"


def test_a_share_of_less_than_nothing_is_refused(followed: Followed) -> None:
    value = put(followed, "满意率", date(2021, 5, 1), MAY, 90)
    with pytest.raises(BadInput) as told:
        actions.correct_value(
            actor=followed.cast.office, value_id=value.pk, typed=given(-300, -100), reason="误报", now=NOW
        )
    assert told.value.code == "progress.share_of_nothing"


def test_a_list_of_another_city_cannot_be_read(followed: Followed) -> None:
    cast = followed.cast
    own = registers.add_register(
        actor=cast.office, jurisdiction_id=cast.city.pk, keeper_id=cast.urban.pk, name="名录", noun="村"
    )
    abroad = cast.stranger.unit_id or 0
    other = registers.add_register(
        actor=SYSTEM, jurisdiction_id=abroad, keeper_id=abroad, name="名录", noun="村"
    )
    set_course(followed, "满意率", mode=Mode.FORMULA, formula=f"来源:registers.coverage#{own.pk}")
    for subject in (other.pk, 9999):
        with pytest.raises(BadInput) as told:
            set_course(followed, "满意率", mode=Mode.FORMULA, formula=f"来源:registers.coverage#{subject}")
        assert told.value.code == "formulas.unknown_reference"


def test_no_period_is_lost_while_no_worker_ran(followed: Followed) -> None:
    actions.open_due_periods(actor=SYSTEM, now=at("2021-06-01T06:05"))
    asked = Period.objects.filter(beat=followed.month).order_by("first_day")
    assert asked.get().last_day == MAY
    actions.open_due_periods(actor=SYSTEM, now=at("2021-09-01T06:05"))
    assert [period.last_day.month for period in asked] == [5, 6, 7, 8]
    assert actions.open_due_periods(actor=SYSTEM, now=at("2021-09-01T06:10")) == 0
    assert not Period.objects.exclude(beat=followed.month).exists()  # what asks nobody needs no period


def test_nothing_is_asked_after_the_plan(followed: Followed) -> None:
    after = datetime(2030, 2, 1, 9).astimezone()
    with pytest.raises(NotAllowedNow):
        actions.open_period(
            actor=followed.cast.office, beat_id=followed.month.pk, day=date(2030, 1, 1), now=after
        )


def test_who_leads_in_the_new_version_is_asked_from_now_on(followed: Followed) -> None:
    def reporter(name: str) -> str:
        return str(Course.objects.get(indicator=followed.indicator(name)).reporter)

    set_course(followed, "满意率", reporter=followed.cast.river)  # the office says so
    assert (reporter("整修小路"), reporter("新建驿站")) == ("市城管局", "市住建局")
    office, plan = followed.cast.office, followed.version.plan
    draft = plans.amend(actor=office, plan_id=plan.pk, reason="换届", now=NOW)
    for row in draft.taskversion_rows.all():
        other = followed.cast.housing if row.title == "整修道路" else followed.cast.urban
        lead = AssignmentFields("lead", other.name, other.pk)
        plans.set_assignments(actor=office, row_id=row.pk, version=row.version, assignments=[lead])
    draft.refresh_from_db()
    plans.accept_rest(actor=office, version_id=draft.pk, version=draft.version)
    draft.refresh_from_db()
    second = plans.confirm(actor=office, version_id=draft.pk, version=draft.version, now=NOW)
    actions.follow(actor=SYSTEM, version_id=second.pk, now=NOW)
    assert (reporter("整修小路"), reporter("新建驿站")) == ("市住建局", "市城管局")
    assert reporter("满意率") == str(followed.cast.river)


def test_a_document_that_is_issued_makes_its_indicator_done(followed: Followed) -> None:
    set_course(followed, "新建驿站", mode=Mode.MILESTONE)
    milestone = Milestone.objects.get(indicator=followed.indicator("新建驿站"))
    assert milestone.due_on is not None
    past = milestone.due_on + timedelta(days=1)
    assert judged(followed, "新建驿站", past).light.lamp is Lamp.LATE
    entered = {
        "actor": followed.cast.office,
        "milestone_id": milestone.pk,
        "version": milestone.version,
        "document_number": "云发〔2021〕3号",
        "file": actions.File("条例.pdf", PDF),
    }
    with pytest.raises(BadInput):
        actions.reach_milestone(issued_on=date(2999, 1, 1), now=NOW, **entered)  # type: ignore[arg-type]
    actions.reach_milestone(issued_on=date(2021, 5, 20), now=NOW, **entered)  # type: ignore[arg-type]
    done = judged(followed, "新建驿站", past)
    assert (done.light.lamp, done.light.code, done.light.params["as_of"]) == (
        Lamp.GO,
        "done",
        date(2021, 5, 20),
    )
    assert Rollup.objects.filter(indicator=milestone.indicator).count() == 0
