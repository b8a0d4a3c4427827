"""What holds for whatever is reported."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from chuangwen.cores.series.checks import Entry, warnings
from chuangwen.cores.series.course import Aim, Course, Reading
from chuangwen.cores.series.forecasts import Forecast, forecast
from chuangwen.cores.series.kinds import Accrual, Change, Kind, Lamp, RollUp, Shape
from chuangwen.cores.series.lights import attained, light
from chuangwen.cores.series.paths import due_on, over_the_plan, path
from chuangwen.cores.series.rollup import rolled_up, weighted

BEGINS, ENDS = date(2021, 1, 1), date(2023, 12, 31)
small = settings(max_examples=60, derandomize=True, deadline=None)

numbers = st.one_of(
    st.integers(-5, 300).map(Fraction), st.fractions(-5, 300, max_denominator=1000), st.just(Fraction(0))
)
maybe = st.one_of(st.none(), numbers)
days = st.integers(-60, 1200).map(lambda n: BEGINS + timedelta(n))
names = st.sampled_from(["东区", "西区", "南区"])
readings = st.lists(
    st.builds(
        Reading,
        on=days,
        value=maybe,
        parts=st.dictionaries(names, maybe, max_size=3),
        word=st.sampled_from(["", "done", "open", "go", "late", "A", "C", "?"]),
    ),
    max_size=16,
    unique_by=lambda reading: reading.on,
)
comparators = st.sampled_from([">=", ">", "=", "<=", "<"])
aims = st.lists(
    st.builds(
        Aim,
        by=st.integers(0, 1094).map(lambda n: BEGINS + timedelta(n)),
        comparator=comparators,
        value=maybe,
        upper=maybe,
        word=st.sampled_from(["", "B"]),
    ),
    max_size=4,
).map(tuple)
courses = st.builds(
    Course,
    kinds=st.frozensets(st.sampled_from(Kind), max_size=3),
    accrual=st.sampled_from(Accrual),
    begins=st.just(BEGINS),
    ends=st.just(ENDS),
    aims=aims,
    baseline=maybe,
    baseline_on=st.one_of(st.none(), days),
    shape=st.sampled_from(Shape),
    drawn=st.lists(st.tuples(days, numbers), max_size=3).map(tuple),
    strength=st.sampled_from(["mandatory", "stretch", ""]),
    falls=st.booleans(),
    classes=st.sampled_from([(), ("A", "B", "C")]),
    change=st.sampled_from(Change),
    most=st.one_of(st.none(), st.just(Fraction(100))),
)
parts = st.lists(st.tuples(names, maybe, maybe), max_size=8)


@small
@given(courses, readings, days)
def test_a_light_always_says_something_and_never_calls_unknown_green(
    course: Course, reported: list[Reading], today: date
) -> None:
    found = light(course, reported, today)
    assert found.code
    if course.numbered and found.reached is None:
        assert found.lamp is Lamp.NONE
    if course.strength == "stretch" and found.code != "judged":
        assert found.lamp is not Lamp.LATE
    share = attained(found)
    assert share is None or 0 <= share <= 1


@small
@given(courses, readings, days)
def test_the_order_of_reports_changes_nothing(course: Course, reported: list[Reading], today: date) -> None:
    turned = list(reversed(reported))
    assert light(course, turned, today) == light(course, reported, today)
    assert forecast(course, turned, today) == forecast(course, reported, today)


@small
@given(courses, readings, days)
def test_a_forecast_lies_within_its_interval(course: Course, reported: list[Reading], today: date) -> None:
    found = forecast(course, reported, today)
    if isinstance(found, Forecast):
        assert found.low <= found.value <= found.high
        assert found.points >= 3
        assert course.most is None or found.high <= course.most


@small
@given(courses, days)
def test_every_path_can_be_drawn_and_walked(course: Course, today: date) -> None:
    corners = path(course)
    assert [on for on, _ in corners] == sorted(on for on, _ in corners)
    assert all(on <= today for on, _ in path(course, today))
    due_on(course, today)
    path(over_the_plan(course))


@small
@given(st.sampled_from(RollUp), parts, st.booleans(), numbers)
def test_what_is_missing_is_never_counted_as_zero(
    roll_up: RollUp,
    given_parts: list[tuple[str, Fraction | None, Fraction | None]],
    falls: bool,
    due: Fraction,
) -> None:
    whole = rolled_up(roll_up, given_parts, falls=falls, due=due)
    known = [part for part in given_parts if part[1] is not None]
    without = rolled_up(roll_up, known, falls=falls, due=due)
    assert whole.value == without.value
    assert whole.have == without.have <= whole.expected == len(given_parts)
    turned = rolled_up(roll_up, given_parts[::-1], falls=falls, due=due)
    assert turned == whole


@small
@given(st.lists(st.tuples(st.integers(0, 9), maybe), max_size=8))
def test_a_weighted_share_rests_on_what_is_known(given_parts: list[tuple[int, Fraction | None]]) -> None:
    share = weighted(given_parts)
    known = [part for part in given_parts if part[1] is not None]
    assert share.value == weighted(known[::-1]).value
    assert (share.covered, share.total) == (len(known), len(given_parts))


@small
@given(
    st.sampled_from(["%", "处"]),
    st.sampled_from(Accrual),
    st.lists(st.builds(Entry, on=days, value=maybe, denominator=maybe), max_size=15),
    st.builds(Entry, on=days, value=maybe, denominator=maybe),
)
def test_doubts_come_in_any_order_of_reports(
    unit: str, accrual: Accrual, history: list[Entry], new: Entry
) -> None:
    unique = list({entry.on: entry for entry in history}.values())
    assert warnings(unit, accrual, unique[::-1], new) == warnings(unit, accrual, unique, new)
