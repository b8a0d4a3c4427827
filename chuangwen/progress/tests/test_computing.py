"""The city's value from its areas', a plan's from the plan below it, and formulas."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.kit import sources
from chuangwen.kit.sources import Figure, Source
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import SYSTEM, make_unit
from chuangwen.plans.models import IndicatorVersion, Plan
from chuangwen.plans.tests.world import make_plan
from chuangwen.progress import actions
from chuangwen.progress.actions.computing import SYSTEM as COMPUTER
from chuangwen.progress.actions.values import write_value
from chuangwen.progress.models import Course, Following, ReportItem, Rollup, Value
from chuangwen.progress.rules.amounts import MICRO
from chuangwen.progress.rules.states import Mode

from .world import JUNE, MAY, NOW, Followed, at, given

FIRST = date(2021, 5, 1)
LATER = at("2021-06-03T10:00")


def set_course(followed: Followed, name: str, **values: Any) -> Course:
    course = Course.objects.get(indicator=followed.indicator(name))
    usual: dict[str, Any] = {
        "mode": Mode.LEAD,
        "reporter": None,
        "areas": [],
        "formula": "",
        "shape": "linear",
        "drawn": [],
        "weight": 1,
    }
    return actions.set_course(
        actor=followed.cast.office, course_id=course.pk, version=course.version, now=LATER, **usual | values
    )


def write(followed: Followed, name: str, unit: Unit, number: float | None, of: float | None = None) -> None:
    indicator = followed.indicator(name).pk
    write_value(
        COMPUTER,
        indicator_id=indicator,
        unit_id=unit.pk,
        first_day=FIRST,
        last_day=MAY,
        typed=given(number, of),
        now=NOW,
    )
    actions.recompute_after([(indicator, FIRST, MAY)], now=LATER)


def by_areas(followed: Followed, name: str, roll_up: str) -> list[Unit]:
    north = make_unit(followed.cast.city, "北塘区", kind=UnitKind.DISTRICT)
    areas = [followed.cast.east, followed.cast.river, north]
    IndicatorVersion.objects.filter(indicator=followed.indicator(name)).update(roll_up=roll_up)
    set_course(followed, name, mode=Mode.AREAS, areas=areas)
    return areas


def rolled(followed: Followed, name: str) -> tuple[int | None, int | None, int, int]:
    row = Rollup.objects.get(indicator=followed.indicator(name), last_day=MAY)
    return row.numerator, row.denominator, row.have, row.expected


def test_a_sum_of_areas_never_counts_a_missing_one_as_zero(followed: Followed) -> None:
    east, river, north = by_areas(followed, "改造旧房", "sum")
    write(followed, "改造旧房", east, 120)
    write(followed, "改造旧房", river, 0)
    assert rolled(followed, "改造旧房") == (120 * MICRO, None, 2, 3)
    write(followed, "改造旧房", north, None)
    assert rolled(followed, "改造旧房") == (120 * MICRO, None, 2, 3)
    write(followed, "改造旧房", north, 30.5)
    assert rolled(followed, "改造旧房") == (150_500_000, None, 3, 3)


def test_a_ratio_is_of_sums_and_not_a_mean_of_ratios(followed: Followed) -> None:
    east, river, north = by_areas(followed, "满意率", "ratio_of_sums")
    write(followed, "满意率", east, 90, 100)
    write(followed, "满意率", river, 10, 20)
    write(followed, "满意率", north, 95)  # a bare rate has no parts to add
    assert rolled(followed, "满意率") == (100 * MICRO, 120 * MICRO, 2, 3)


def test_the_worst_area_stands_for_the_city(followed: Followed) -> None:
    east, river, north = by_areas(followed, "满意率", "worst")
    for area, number, of in [(east, 90, 100), (river, 170, 200), (north, None, None)]:
        write(followed, "满意率", area, number, of)
    assert rolled(followed, "满意率") == (170 * MICRO, 200 * MICRO, 2, 3)


def test_the_order_in_which_values_come_makes_no_difference(followed: Followed) -> None:
    areas = by_areas(followed, "改造旧房", "sum")
    found = set()
    for order in list(permutations(zip(areas, [1.5, None, 7], strict=True)))[::2]:
        Value.objects.all().delete()
        for area, number in order:
            write(followed, "改造旧房", area, number)
        found.add(rolled(followed, "改造旧房"))
    actions.recompute(followed.following, now=LATER)
    found.add(rolled(followed, "改造旧房"))
    assert found == {(8_500_000, None, 2, 3)}


def test_a_formula_follows_its_inputs_and_keeps_them(followed: Followed) -> None:
    key = followed.indicator("新建驿站").key
    set_course(followed, "整修小路", mode=Mode.FORMULA, formula=f"{key} ÷ 1个 × 2条")
    write(followed, "新建驿站", followed.cast.city, 4)
    value = Value.objects.get(indicator=followed.indicator("整修小路"), last_day=MAY, current=True)
    assert (value.numerator, value.origin) == (8 * MICRO, "computed")
    assert value.inputs is not None
    assert value.inputs[0][0] == key
    write(followed, "新建驿站", followed.cast.city, 5)
    found = Value.objects.filter(indicator=followed.indicator("整修小路"), last_day=MAY)
    assert [(one.numerator, one.current) for one in found] == [
        (None, False),
        (8 * MICRO, False),
        (10 * MICRO, True),
    ]
    actions.recompute(followed.following, now=LATER)
    assert found.count() == 3


def test_a_formula_of_another_unit_or_of_nothing_known_is_refused(followed: Followed) -> None:
    key = followed.indicator("新建驿站").key
    for formula, code in [
        (f"占比({key}、{key})", "progress.other_unit"),  # a share, and the indicator is counted in 条
        (f"{key} + 1", "formulas.units_differ"),
        ("I99", "formulas.unknown_reference"),
        ("来源:nobody.offers#1", "formulas.unknown_reference"),
    ]:
        with pytest.raises(BadInput) as told:
            set_course(followed, "整修小路", mode=Mode.FORMULA, formula=formula)
        assert told.value.code == code


def test_a_circle_is_refused_with_its_path(followed: Followed) -> None:
    one, two = followed.indicator("新建驿站").key, followed.indicator("整修小路").key
    set_course(followed, "整修小路", mode=Mode.FORMULA, formula=f"{one} ÷ 1个 × 1条")
    with pytest.raises(BadInput) as told:
        set_course(followed, "新建驿站", mode=Mode.FORMULA, formula=f"{two} ÷ 1条 × 1个")
    assert told.value.code == "formulas.cycle"
    assert one in str(told.value.params) and two in str(told.value.params)
    assert Course.objects.get(indicator=followed.indicator("新建驿站")).formula == ""


@pytest.fixture
def villages(monkeypatch: pytest.MonkeyPatch) -> dict[str, Fraction | None]:
    """A source that a test changes."""
    state: dict[str, Fraction | None] = {"covered": Fraction(9)}

    def read(subject: int, units: Any, first: date, last: date) -> dict[int, Figure]:
        figure = Figure(
            numerator=state["covered"], denominator=Fraction(10), as_of=last, reason="registers.empty"
        )
        return dict.fromkeys(units, figure)

    source = Source(
        code="test.coverage", title="覆盖", measure=lambda _: "%", subjects=lambda _: [(7, "村")], read=read
    )
    monkeypatch.setitem(sources._SOURCES, source.code, source)
    return state


def test_a_source_that_changes_changes_what_reads_it(
    followed: Followed, villages: dict[str, Fraction | None]
) -> None:
    set_course(followed, "满意率", mode=Mode.FORMULA, formula="来源:test.coverage#7")
    running = Value.objects.filter(indicator=followed.indicator("满意率"), last_day=JUNE, current=True)
    assert [(value.numerator, value.denominator) for value in running] == [(9 * MICRO, 10 * MICRO)]
    villages["covered"] = Fraction(10)
    actions.recompute_sources("test.coverage", 8, now=LATER)
    assert running.get().numerator == 9 * MICRO
    actions.recompute_sources("test.coverage", 7, now=LATER + timedelta(days=1))
    assert running.get().numerator == 10 * MICRO
    villages["covered"] = None
    actions.recompute_sources("test.coverage", 7, now=LATER + timedelta(days=2))
    assert (running.get().numerator, bool(running.get().missing)) == (None, True)


def test_a_county_adds_to_the_city_once(followed: Followed) -> None:
    """The county's 40 in its own plan add 40 to the city's 230, and it is not asked a second time."""
    east, river, north = by_areas(followed, "改造旧房", "sum")
    write(followed, "改造旧房", river, 150)
    write(followed, "改造旧房", north, 80)
    county = make_plan(east, followed.cast.office)
    Plan.objects.filter(pk=county.plan_id).update(parent=followed.version.plan_id)
    below = actions.follow(actor=SYSTEM, version_id=county.pk, now=NOW)
    row = county.indicatorversion_rows.get(name="改造旧房")
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
        now=LATER,
    )
    for _again in range(2):
        write_value(
            COMPUTER,
            indicator_id=row.indicator_id,
            unit_id=east.pk,
            first_day=FIRST,
            last_day=MAY,
            typed=given(40),
            now=NOW,
        )
        actions.recompute_after([(row.indicator_id, FIRST, MAY)], now=LATER)
    assert rolled(followed, "改造旧房") == (270 * MICRO, None, 3, 3)
    actions.recompute(Following.objects.get(pk=below.pk), now=LATER)
    assert rolled(followed, "改造旧房") == (270 * MICRO, None, 3, 3)


def test_an_area_that_the_plan_does_not_name_is_asked_for_its_value(followed: Followed) -> None:
    _east, _river, north = by_areas(followed, "改造旧房", "sum")
    period = actions.open_period(actor=followed.cast.office, beat_id=followed.month.pk, day=MAY, now=NOW)
    items = ReportItem.objects.filter(report__period=period, report__unit=north)
    assert list(items.values_list("task__key", "part", "entries__unit")) == [("T2", "member", north.pk)]


def test_an_indicator_without_a_task_is_asked_of_its_reporter(followed: Followed) -> None:
    IndicatorVersion.objects.get(indicator=followed.indicator("新建驿站")).tasks.clear()
    set_course(followed, "新建驿站", reporter=None)
    period = actions.open_period(actor=followed.cast.office, beat_id=followed.month.pk, day=MAY, now=NOW)
    assert not ReportItem.objects.filter(report__period=period, task=None).exists()
    set_course(followed, "新建驿站", reporter=followed.cast.river)
    june = actions.open_period(
        actor=followed.cast.office, beat_id=followed.month.pk, day=JUNE, now=at("2021-07-01T09:00")
    )
    item = ReportItem.objects.get(report__period=june, task=None)
    assert (item.report.unit, item.part) == (followed.cast.river, "lead")
    assert [entry.indicator for entry in item.entries.all()] == [followed.indicator("新建驿站")]
