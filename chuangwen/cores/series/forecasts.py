"""What will be true at the deadline if it goes on as it went: a robust trend over the last reports.

The trend is the Theil–Sen slope, the median of the slopes between all pairs of the last twelve reports at
most (H. Theil, A rank-invariant method of linear and polynomial regression analysis, 1950; P. K. Sen,
Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1968): one wrong or lucky report in
four does not turn it, and the reports need no equal distances. What follows depends on whether values add up.

`theil_sen_level`, what is there on a day. The line runs through the median of the reports. The interval is
Sen's for the slope, by the exact distribution of Kendall's statistic; each end has a line of its own, and is
widened by the largest distance of a report from the trend, for the value at the deadline will scatter too.

`theil_sen_count`, what adds up. It starts from what is counted, which is a fact, and goes on at the pace.
Sen's interval would be far too narrow here, since running totals are no independent readings. What is added
in a stretch of days is taken to scatter with the number of days (a random walk with drift); the interval is
Student's for what is still to come, from how the stretches between reports differ from the pace. Nothing
that is counted is taken back. Counts that restart each year are joined to one running total, so that in
January the pace of the year before still counts; the count of this year goes on from where it stands.

The interval is to hold 95 times in 100, 91 with four reports and 66 with three, which is all that so few can
say; benchmarks/series.py measures it. Below three reports there is no forecast. Seasons are not modelled:
what is always finished in December looks late until then.

Everything is exact but for one square root, which is rounded outwards to a millionth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise
from math import isqrt, lcm
from typing import NamedTuple

from .course import USUAL, Aim, Course, Reading, Thresholds, slackened
from .kinds import Accrual, Change, Kind
from .legs import aims_of_year
from .standing import history, in_order, standing

MOST_POINTS = 12
FEWEST_POINTS = 3
# By number of reports: how many pair slopes are cut at each end (of all orders of so many reports at most one
# in 40 has no more inversions); Student's quantile in thousandths, with two degrees of freedom less; for what
# confidence both are.
_CUT = {3: 0, 4: 0, 5: 0, 6: 1, 7: 3, 8: 5, 9: 8, 10: 11, 11: 14, 12: 18}
_STUDENT = {3: 1732, 4: 3244, 5: 3182, 6: 2776, 7: 2571, 8: 2447, 9: 2365, 10: 2306, 11: 2262, 12: 2228}
_CONFIDENCE_PCT = {3: 66, 4: 91}
_MILLION = 10**6
ZERO = Fraction(0)

Point = tuple[int, Fraction]


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The value `by` the deadline with its interval, and what that means for the aim.

    `chance`: "likely" where even the worse end of the interval is there, "unlikely" where not even the better
    one is, else "at_risk". `reaches_on`: the day on which the trend is there, that of the last report where
    it is already; None where it never is, and for a ceiling. `months_late`: calendar months after the
    deadline, None where it is in time.
    """

    by: date
    value: Fraction
    low: Fraction
    high: Fraction
    chance: str
    reaches_on: date | None
    months_late: int | None
    method: str
    points: int
    confidence_pct: int


@dataclass(frozen=True)
class NoForecast:
    """Why there is none: `not_begun`, `past_deadline`, `no_number`, `not_entered`, `base_missing`, `gaps`,
    `parts_missing`, `too_few_points` (with `points` and `needed`)."""

    code: str
    params: dict[str, object] = field(default_factory=dict)


class _Trend(NamedTuple):
    """`value`, `low` and `high` at the deadline; the trend is at `now` on day `at` and gains `pace` a day."""

    value: Fraction
    low: Fraction
    high: Fraction
    at: int
    now: Fraction
    pace: Fraction


def forecast(
    course: Course, readings: Sequence[Reading], today: date, thresholds: Thresholds = USUAL
) -> Forecast | NoForecast:
    """The forecast for the last aim; of what is owed yearly, for this year's. Readings come in any order."""
    found = _aim(course, today)
    if isinstance(found, NoForecast):
        return found
    aim, goal = found
    kept = in_order(course, readings, today)
    if course.accrues and any(reading.parts for reading in kept):
        kept = _of_the_worst(course, kept, today)
        if not kept:
            return NoForecast("parts_missing")
    points = (_running(course, kept) if course.accrues else _levels(course, kept, today))[-MOST_POINTS:]
    stand = standing(course, kept, today)
    if stand.gaps:
        return NoForecast("gaps", {"gaps": stand.gaps})
    if len(points) < FEWEST_POINTS:
        return NoForecast("too_few_points", {"points": len(points), "needed": FEWEST_POINTS})
    deadline = aim.by.toordinal()
    if course.accrues:
        at, now = points[-1][0], stand.value
        if now is None:  # nothing yet this year
            at, now = max(at, date(today.year - 1, 12, 31).toordinal()), ZERO
        trend = _of_count(points, at, now, deadline)
    else:
        trend = _of_level(points, deadline)
    trend = _bounded(course, points, trend)
    reaches_on = _reached(course, trend, goal, thresholds.about_pct)
    return Forecast(
        by=aim.by,
        value=trend.value,
        low=trend.low,
        high=trend.high,
        chance=_chance(course, aim, goal, trend, thresholds.about_pct),
        reaches_on=reaches_on,
        months_late=_months_late(aim.by, reaches_on),
        method="theil_sen_count" if course.accrues else "theil_sen_level",
        points=len(points),
        confidence_pct=_CONFIDENCE_PCT.get(len(points), 95),
    )


def _of_the_worst(course: Course, kept: list[Reading], today: date) -> list[Reading]:
    """Where parts are judged, the reports of the one that is worst today; none where any is not known."""
    parts = standing(course, kept, today).parts
    if not parts:
        return kept
    known = [(-value if course.sinks else value, name) for name, value in parts.items() if value is not None]
    if len(known) < len(parts):
        return []
    name = min(known)[1]
    return [Reading(on=reading.on, value=reading.parts.get(name)) for reading in kept]


def _aim(course: Course, today: date) -> tuple[Aim, Fraction] | NoForecast:
    """What the forecast is for; of what may not grow, that it does not until the end."""
    if today < course.begins:
        return NoForecast("not_begun")
    if not course.numbered:
        return NoForecast("no_number")
    if Kind.AGAINST_BASE in course.kinds and course.baseline is None:
        return NoForecast("base_missing")
    aims: Sequence[Aim] = aims_of_year(course, today.year) if course.yearly else course.ordered
    if Kind.NO_GROWTH in course.kinds:
        if not course.legs:
            return NoForecast("base_missing")
        by = min(date(today.year, 12, 31), course.close) if course.yearly else course.close
        aims = [Aim(by=by, value=course.legs[0].end)]
    if not aims:
        return NoForecast("past_deadline" if today > course.close else "no_number")
    if today > aims[-1].by:
        return NoForecast("past_deadline")
    value = aims[-1].value
    if value is None:
        return NoForecast("not_entered" if Kind.FROM_ABOVE in course.kinds else "no_number")
    return aims[-1], value


def _levels(course: Course, kept: Sequence[Reading], today: date) -> list[Point]:
    """What was there on each day; of what is owed yearly, this year."""
    values = history(course, kept)
    return [(on.toordinal(), value) for on, value in values if not course.yearly or on.year == today.year]


def _running(course: Course, kept: Sequence[Reading]) -> list[Point]:
    """One running total, without a restart, since the last gap in what was reported."""
    known = [(reading.on, reading.value) for reading in kept]
    while known and known[-1][1] is None:
        known.pop()
    points: list[Point] = []
    closed = ZERO  # what the years before add to
    last: tuple[date, Fraction] | None = None
    for on, value in known:
        if course.accrual is Accrual.PLAN_TO_DATE:
            if value is not None:
                points.append((on.toordinal(), value))
            continue
        if value is None:
            if course.accrual is Accrual.FLOW or on.month == 12:
                points, last = [], None
            continue
        if course.accrual is Accrual.FLOW:
            closed += value
            points.append((on.toordinal(), closed))
            continue
        if last is not None and last[0].year != on.year:
            if last[0].year == on.year - 1 and last[0].month == 12:
                closed += last[1]
            else:
                points = []
        points.append((on.toordinal(), closed + value))
        last = on, value
    return points


def _slopes(points: Sequence[tuple[int, int]]) -> tuple[list[int], int]:
    """The slopes of all pairs in order, as whole numbers of 1 / the second answer."""
    runs = [(b[0] - a[0], b[1] - a[1]) for a, b in combinations(points, 2)]
    common = lcm(*{days for days, _ in runs})
    return sorted(rise * (common // days) for days, rise in runs), common


def _twice_median(values: Sequence[int]) -> int:
    """Twice the median of what is in order, which is a whole number."""
    half = len(values) // 2
    return 2 * values[half] if len(values) % 2 else values[half - 1] + values[half]


def _whole(points: Sequence[Point]) -> tuple[list[tuple[int, int]], int]:
    """Days since the last point and values as whole numbers of 1 / the second answer."""
    scale = lcm(*(value.denominator for _, value in points))
    last = points[-1][0]
    return [(day - last, value.numerator * (scale // value.denominator)) for day, value in points], scale


def _of_level(points: Sequence[Point], deadline: int) -> _Trend:
    plain, scale = _whole(points)
    slopes, common = _slopes(plain)
    ahead = deadline - points[-1][0]
    cut = _CUT[len(points)]
    unit = 4 * scale * common  # of every whole number below
    twice = _twice_median(slopes)

    def line(slope: int) -> tuple[int, list[int]]:
        """Where the line with twice a slope stands on the last day, and how far each report is from it."""
        rests = sorted(2 * common * value - slope * day for day, value in plain)
        middle = _twice_median(rests)
        return middle, [2 * rest - middle for rest in rests]

    now, rests = line(twice)
    scatter = max(abs(rest) for rest in rests)
    low, high = 2 * slopes[cut], 2 * slopes[-1 - cut]
    return _Trend(
        value=Fraction(now + 2 * twice * ahead, unit),
        low=Fraction(line(low)[0] + 2 * low * ahead - scatter, unit),
        high=Fraction(line(high)[0] + 2 * high * ahead + scatter, unit),
        at=points[-1][0],
        now=Fraction(now, unit),
        pace=Fraction(2 * twice, unit),
    )


def _of_count(points: Sequence[Point], at: int, now: Fraction, deadline: int) -> _Trend:
    plain, scale = _whole(points)
    slopes, common = _slopes(plain)
    twice = max(_twice_median(slopes), 0)
    unit = 2 * scale * common  # of the pace
    ahead, span = deadline - at, -plain[0][0]
    squares = 0  # of what each stretch differs from the pace, by its days; in units² / common
    for (day, before), (later, after) in pairwise(plain):
        days = later - day
        squares += (2 * common * (after - before) - twice * days) ** 2 * (common // days)
    student = _STUDENT[len(points)]
    above = squares * student**2 * ahead * (span + ahead) * _MILLION**2
    below = (unit * 1000) ** 2 * common * (len(points) - 2) * span
    root = isqrt(above // below)
    half = Fraction(root + (root * root * below != above), _MILLION)
    value = now + Fraction(twice * ahead, unit)
    return _Trend(
        value=value,
        low=max(value - half, now),
        high=value + half,
        at=at,
        now=now,
        pace=Fraction(twice, unit),
    )


def _bounded(course: Course, points: Sequence[Point], trend: _Trend) -> _Trend:
    """Nothing above the most that there can be, nor below nothing where nothing ever was."""
    most = course.most
    floor = course.change is Change.NONE and all(value >= 0 for _, value in points)

    def within(value: Fraction) -> Fraction:
        if floor:
            value = max(value, ZERO)
        return value if most is None else min(value, most)

    return trend._replace(value=within(trend.value), low=within(trend.low), high=within(trend.high))


def _chance(course: Course, aim: Aim, goal: Fraction, trend: _Trend, about_pct: int) -> str:
    upper = course.upper_end(aim, about_pct)

    def there(value: Fraction) -> bool:
        return course.meets(value, goal, strict=aim.strict, about_pct=about_pct)

    worse, better = (trend.high, trend.low) if course.sinks else (trend.low, trend.high)
    if there(worse) and (upper is None or better <= upper):
        return "likely"
    return "unlikely" if not there(better) or (upper is not None and worse > upper) else "at_risk"


def _reached(course: Course, trend: _Trend, goal: Fraction, about_pct: int) -> date | None:
    """The first day on which the trend is there."""
    if course.sinks and course.accrues:
        return None
    if course.meets(trend.now, goal, about_pct=about_pct):
        return date.fromordinal(trend.at)
    if course.about:
        goal = slackened(goal, about_pct if course.sinks else -about_pct)
    if trend.pace == 0 or (trend.pace < 0) is not course.sinks:
        return None
    days = -((trend.now - goal) // trend.pace)
    at = trend.at + days
    return date.fromordinal(at) if at <= date.max.toordinal() else None


def _months_late(by: date, reaches_on: date | None) -> int | None:
    if reaches_on is None or reaches_on <= by:
        return None
    return (reaches_on.year - by.year) * 12 + reaches_on.month - by.month
