"""What pages make of lights, by examples."""

from datetime import date
from fractions import Fraction

import pytest

from chuangwen.cores.series.course import Course
from chuangwen.cores.series.forecasts import NoForecast, forecast
from chuangwen.cores.series.kinds import Lamp
from chuangwen.cores.series.lights import Light, light
from chuangwen.cores.series.tests.examples import course, day, reports
from chuangwen.progress.rules.rhythm import Every, every_of
from chuangwen.progress.rules.seen import Tally, Way, moved, outlook, spread, tally, trace, urgency, way

LANES = course("cumulative", "plan_to_date", "2023 120")
PER_YEAR = course("per_year", "year_to_date", "2021 73; 2022 146; 2023 73")
HELD = course("held_floor", "level", "2023 90")
FROM_80 = course("", "level", "2023 90", baseline="80")
DUST = course("", "level", "2023 <= 10", baseline="20")
CEILING = course("yearly_anew", "year_to_date", "2023 <= 10")


@pytest.mark.parametrize(
    ("promised", "given", "today", "reached_pct", "due_pct"),
    [
        (LANES, "2022-06 30", "2022-06", 25, Fraction(54600, 1095)),  # 546 of 1095 days are over
        (PER_YEAR, "2022-06 73", "2022-06", 50, Fraction(18100, 365)),  # of the year's 146, not of all years
        (HELD, "2022-06 45", "2022-06", 50, 100),
        (FROM_80, "2023 85", "2023", 50, 100),  # half the way from 80 to 90
        (FROM_80, "2023 75", "2023", -50, 100),  # behind where it began; the bar is then empty
        (DUST, "2023 15", "2023", 50, 100),  # half the way from 20 down to 10
        (CEILING, "2021-12 12", "2021-12", 120, 100),  # more than allowed
    ],
)
def test_how_far_along_its_way(
    promised: Course, given: str, today: str, reached_pct: int, due_pct: int | Fraction
) -> None:
    found = way(promised, light(promised, reports(given), day(today)))
    assert found is not None
    assert found == Way(Fraction(reached_pct), Fraction(due_pct))


@pytest.mark.parametrize(
    ("promised", "given"),
    [
        (LANES, ""),
        (course("milestone", "level", "2022-06 -"), '2022-05 "done'),
        (course("yearly_anew", "year_to_date", "2023 <= 0"), "2021-06 1"),
        (course("", "level", ""), "2021-06 1"),
    ],
)
def test_what_has_no_way_has_no_bar(promised: Course, given: str) -> None:
    assert way(promised, light(promised, reports(given), day("2022-06"))) is None


def test_the_trace_counts_as_the_light_does() -> None:
    flows = course("cumulative", "flow", "2023 120")
    found = trace(flows, reports("2021-01 3; 2021-02 4; 2021-03 -; 2021-04 2"), day("2021-05"))
    # After the gap the sum is a lower bound only, which is no number to draw.
    assert [one.reached for one in found] == [3, 7, None, None]
    assert found[0].due == Fraction(120 * 31, 1095)


def test_the_trace_of_areas_is_the_worst_of_them_and_nothing_where_one_is_missing() -> None:
    areas = course("per_area", "level", "2021 86")
    given = reports("2021-01 90 东区=88,西区=92; 2021-02 91 东区=89,西区=-")
    assert [one.reached for one in trace(areas, given, day("2021-03"))] == [88, None]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([1, 2, 3], None),
        ([1, None, 3, 4, None], None),
        ([4, 1, 3, 2], (Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))),
        ([1, 2, 3, 4, None, 5], (2, 3, 4)),
    ],
)
def test_the_spread_of_peers(values: list[int | None], found: tuple[Fraction, ...] | None) -> None:
    one = spread(None if value is None else Fraction(value) for value in values)
    assert (one and (one.low, one.median, one.high)) == found
    assert one is None or one.peers == sum(value is not None for value in values)


@pytest.mark.parametrize(
    ("lamp", "code", "chance", "rank"),
    [
        (Lamp.LATE, "breach", "unlikely", 0),
        (Lamp.LATE, "behind", "unlikely", 1),
        (Lamp.LATE, "behind", "unknown", 2),
        (Lamp.NEAR, "behind", "unlikely", 3),
        (Lamp.NEAR, "due_soon", "unknown", 4),
        (Lamp.GO, "on_course", "unlikely", 5),
        (Lamp.GO, "on_course", "at_risk", None),
        (Lamp.NONE, "no_data", "unknown", 6),
        (Lamp.NONE, "not_due", "unknown", None),
    ],
)
def test_what_comes_first(lamp: Lamp, code: str, chance: str, rank: int | None) -> None:
    assert urgency(Light(lamp=lamp, code=code), chance) == rank


def test_what_is_settled_needs_no_forecast() -> None:
    none = NoForecast("past_deadline")
    assert outlook(Light(lamp=Lamp.GO, code="reached"), none) == "likely"
    assert outlook(Light(lamp=Lamp.NEAR, code="not_reached"), none) == "unlikely"
    assert outlook(Light(lamp=Lamp.NONE, code="no_data"), none) == "unknown"
    slow = reports("2022-04 25; 2022-05 27; 2022-06 29")
    found = forecast(LANES, slow, day("2022-06"))
    assert outlook(light(LANES, slow, day("2022-06")), found) == "unlikely"


def test_lamps_are_counted_and_none_is_not_among_those_judged() -> None:
    found = tally(
        [(Lamp.GO, "likely"), (Lamp.GO, "at_risk"), (Lamp.LATE, "unlikely"), (Lamp.NONE, "unknown")]
    )
    assert found == Tally(go=2, late=1, none=1, likely=1, at_risk=1, unlikely=1, unknown=1)
    assert (found.total, found.judged, found.perhaps, found.worst) == (4, 3, 2, Lamp.LATE)
    assert (Tally().worst, Tally(none=3).worst) == (Lamp.NONE, Lamp.NONE)


@pytest.mark.parametrize(
    ("before", "now", "step"),
    [
        (Lamp.GO, Lamp.LATE, -1),
        (Lamp.LATE, Lamp.NEAR, 1),
        (Lamp.GO, Lamp.GO, 0),
        (Lamp.NONE, Lamp.LATE, 0),
        (Lamp.GO, Lamp.NONE, 0),
    ],
)
def test_what_moved(before: Lamp, now: Lamp, step: int) -> None:
    assert moved(Light(lamp=before, code="x"), Light(lamp=now, code="x")) == step


@pytest.mark.parametrize(
    ("first", "last", "every"),
    [
        ("2021-05-01", "2021-05-31", Every.MONTH),
        ("2021-04-01", "2021-06-30", Every.QUARTER),
        ("2021-01-01", "2021-12-31", Every.YEAR),
        ("2021-05-03", "2021-05-09", Every.WEEK),
        ("2021-05-03", "2021-05-03", Every.DAY),
        ("2021-04-16", "2021-12-31", Every.STAGE),
    ],
)
def test_what_a_period_is_by_its_days(first: str, last: str, every: Every) -> None:
    assert every_of(date.fromisoformat(first), date.fromisoformat(last)) is every
