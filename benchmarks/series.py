"""Measures `cores.series`: what a light and a forecast cost, and how often the interval of a forecast holds.

`python -m benchmarks.series` draws series whose truth is known (seeded, so that every run says the same) and
counts how often the value at the deadline lies in the interval that was given before.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from chuangwen.cores.series.course import Aim, Course, Reading
from chuangwen.cores.series.forecasts import Forecast, forecast
from chuangwen.cores.series.kinds import Accrual, Kind
from chuangwen.cores.series.lights import light

BEGINS, ENDS = date(2021, 1, 1), date(2023, 12, 31)
DAY, MONTH = timedelta(1), timedelta(30)
LIGHT_AT_MOST, FORECAST_AT_MOST = 50, 300  # millionths of a second
TIMES, SERIES = 300, 1000


def course(*kinds: Kind, accrual: Accrual, by: date = ENDS) -> Course:
    return Course(
        kinds=frozenset(kinds),
        accrual=accrual,
        begins=BEGINS,
        ends=ENDS,
        aims=(Aim(by=by, value=Fraction(120)),),
        baseline=Fraction(3),
    )


def reported(values: list[Fraction]) -> list[Reading]:
    """One a month, from the end of the first month of the plan."""
    return [Reading(on=BEGINS - DAY + MONTH * n, value=value) for n, value in enumerate(values, 1)]


def costs() -> None:
    values = [Fraction(value) for value in (5, 6, 8, 11, 13, 16, 18, 19, 21, 22, 26, 29)]
    today = BEGINS - DAY + MONTH * 12
    for name, kind, accrual in [
        ("a total since the plan began", Kind.CUMULATIVE, Accrual.PLAN_TO_DATE),
        ("flows of months", Kind.CUMULATIVE, Accrual.FLOW),
        ("a level against its base", Kind.AGAINST_BASE, Accrual.LEVEL),
        ("a floor to be held", Kind.HELD_FLOOR, Accrual.LEVEL),
    ]:
        subject, kept = course(kind, accrual=accrual), reported(values)
        lamp = _millionths(lambda s=subject, k=kept: light(s, k, today))  # type: ignore[misc]
        trend = _millionths(lambda s=subject, k=kept: forecast(s, k, today))  # type: ignore[misc]
        print(f"{name}, 12 reports: light {lamp:.0f} µs ({_verdict(lamp, LIGHT_AT_MOST)}), ", end="")
        print(f"forecast {trend:.0f} µs ({_verdict(trend, FORECAST_AT_MOST)})")


def _millionths(work: Callable[[], object]) -> float:
    """The shortest of several rounds: what else the machine does only ever adds."""
    rounds = []
    for _ in range(7):
        begun = time.process_time()
        for _ in range(TIMES):
            work()
        rounds.append((time.process_time() - begun) / TIMES)
    return min(rounds) * 1_000_000


def _verdict(value: float, most: float) -> str:
    return f"{'within' if value <= most else 'OVER'} {most:g}"


def monthly(chance: Random) -> Iterator[Fraction]:
    """A total to which 3 a month are added, give or take, as many small works are finished."""
    total = 0
    while True:
        total += sum(chance.random() < 0.03 for _ in range(100))
        yield Fraction(total)


def lumpy(chance: Random) -> Iterator[Fraction]:
    """A total to which every third month adds up to a dozen."""
    total = 0
    while True:
        total += chance.randint(0, 12) if chance.random() < 0.35 else 0
        yield Fraction(total)


def measured(chance: Random) -> Iterator[Fraction]:
    """A level that gains half a point a month, measured with an error of one."""
    month = 0
    while True:
        month += 1
        yield Fraction(round(1000 * (50 + month / 2 + chance.gauss(0, 1))), 1000)


def drifting(chance: Random) -> Iterator[Fraction]:
    """The same, where what disturbs one month is still felt in the next."""
    month, error = 0, 0.0
    while True:
        month, error = month + 1, 0.7 * error + chance.gauss(0, 0.7)
        yield Fraction(round(1000 * (50 + month / 2 + error)), 1000)


def coverage() -> None:
    for name, accrual, drawn in [
        ("totals, small works", Accrual.PLAN_TO_DATE, monthly),
        ("totals, in lumps", Accrual.PLAN_TO_DATE, lumpy),
        ("levels, measured", Accrual.LEVEL, measured),
        ("levels, drifting", Accrual.LEVEL, drifting),
    ]:
        for known, ahead in [(3, 9), (6, 6), (6, 18), (12, 6), (12, 24)]:
            share, promised = _held(accrual, drawn, known, ahead)
            print(f"{name}: {known} reports, {ahead} months on: holds {share:.0%} (meant: {promised} %)")


def _held(
    accrual: Accrual, drawn: Callable[[Random], Iterator[Fraction]], known: int, ahead: int
) -> tuple[float, int]:
    chance, held, promised = Random(20211231), 0, 0  # noqa: S311
    by = BEGINS - DAY + MONTH * (known + ahead)
    subject = course(Kind.CUMULATIVE, accrual=accrual, by=by)
    for _ in range(SERIES):
        series = drawn(chance)
        values = [next(series) for _ in range(known + ahead)]
        found = forecast(subject, reported(values[:known]), BEGINS - DAY + MONTH * known)
        if isinstance(found, Forecast):
            held += found.low <= values[-1] <= found.high
            promised = found.confidence_pct
    return held / SERIES, promised


def measure_series() -> None:
    costs()
    coverage()


if __name__ == "__main__":
    measure_series()
