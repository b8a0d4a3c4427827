"""What pages make of lights: how far a bar reaches, how many are where, what comes first, how peers are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chuangwen.cores.series.course import Course, Reading
from chuangwen.cores.series.forecasts import Forecast, NoForecast
from chuangwen.cores.series.kinds import Lamp
from chuangwen.cores.series.lights import Light
from chuangwen.cores.series.paths import due_on
from chuangwen.cores.series.standing import history, in_order, standing

ZERO = Fraction(0)
FEWEST_PEERS = 4
GOOD, BAD = {"reached", "done", "done_late"}, {"breach", "not_reached", "missed"}
DATA = 6  # the urgency of what cannot be judged for want of a number
NOBODY_S_FAULT = {"not_begun", "not_due", "no_number"}  # no light, and nothing to look after


@dataclass(frozen=True)
class Way:
    """How far along its way an indicator is, and should be today, in per cent of the way to its target."""

    reached_pct: Fraction
    due_pct: Fraction | None


def way(course: Course, light: Light) -> Way | None:
    """None where there is no number, no target, or no way to it (a ceiling of nothing)."""
    if light.reached is None or not course.numbered:
        return None
    values = [aim.value for aim in course.ordered if aim.value is not None]
    of_today = light.params.get("aim")
    goal = values[-1] if values else light.due
    if (course.yearly or course.held) and isinstance(of_today, Fraction):
        goal = of_today
    start = ZERO
    if course.baseline is not None and course.legs and not (course.accrues or course.held):
        start = course.legs[0].start
    if goal is None or goal == start:
        return None
    return Way(
        (light.reached - start) * 100 / (goal - start),
        None if light.due is None else (light.due - start) * 100 / (goal - start),
    )


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What counted on the day of a report, and what was due; `reached` None where that cannot be told."""

    on: date
    reached: Fraction | None
    due: Fraction | None


def trace(course: Course, readings: Sequence[Reading], today: date) -> list[Trace]:
    """What the light went by, over time: totals where values add up, the worst where parts are judged."""
    kept = in_order(course, readings, today)
    if not course.numbered:
        return []
    levels = {} if course.accrues else dict(history(course, kept))
    found = []
    for place, reading in enumerate(kept, 1):
        reached = levels.get(reading.on)
        if course.accrues and reading.value is not None:
            stand = standing(course, kept[:place], reading.on)
            reached = None if stand.gaps else stand.value
        found.append(Trace(on=reading.on, reached=reached, due=due_on(course, reading.on)))
    return found


def outlook(light: Light, forecast: Forecast | NoForecast) -> str:
    """`likely`, `at_risk`, `unlikely` or `unknown` to be there in time; what is settled is settled."""
    if light.code in GOOD:
        return "likely"
    if light.code in BAD:
        return "unlikely"
    return forecast.chance if isinstance(forecast, Forecast) else "unknown"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many indicators have which lamp, and which outlook."""

    go: int = 0
    near: int = 0
    late: int = 0
    none: int = 0
    likely: int = 0
    at_risk: int = 0
    unlikely: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.go + self.near + self.late + self.none

    @property
    def judged(self) -> int:
        """Those that have a light today."""
        return self.go + self.near + self.late

    @property
    def perhaps(self) -> int:
        """Those that may still be there at the deadline."""
        return self.likely + self.at_risk

    @property
    def worst(self) -> Lamp:
        return next((lamp for lamp in (Lamp.LATE, Lamp.NEAR, Lamp.GO) if getattr(self, lamp)), Lamp.NONE)


def tally(seen: Iterable[tuple[Lamp, str]]) -> Tally:
    """Of (lamp, outlook)."""
    counts: dict[str, int] = {}
    for lamp, chance in seen:
        for name in (lamp.value, chance):
            counts[name] = counts.get(name, 0) + 1
    return Tally(**counts)


def urgency(light: Light, chance: str) -> int | None:
    """What must be looked at first, from 0; None for what need not be looked at."""
    if light.code == "breach":
        return 0
    if light.lamp is Lamp.LATE:
        return 1 if chance == "unlikely" else 2
    if light.lamp is Lamp.NEAR:
        return 3 if chance == "unlikely" else 4
    if light.lamp is Lamp.GO:
        return 5 if chance == "unlikely" else None
    return None if light.code in NOBODY_S_FAULT else DATA


def moved(before: Light, now: Light) -> int:
    """1 where the lamp got better, -1 where it got worse, 0 where it is the same or cannot be compared."""
    order = (Lamp.LATE, Lamp.NEAR, Lamp.GO)
    if before.lamp is Lamp.NONE or now.lamp is Lamp.NONE:
        return 0
    step = order.index(now.lamp) - order.index(before.lamp)
    return (step > 0) - (step < 0)


@dataclass(frozen=True)
class Spread:
    """The median of the others of a group, and the quartiles around it; `peers` of them gave a number."""

    low: Fraction
    median: Fraction
    high: Fraction
    peers: int


def spread(values: Iterable[Fraction | None]) -> Spread | None:
    """None where fewer than four gave a number: so few would be recognised. Quartiles as R's type 7."""
    known = sorted(value for value in values if value is not None)
    if len(known) < FEWEST_PEERS:
        return None
    low, middle, high = (_quantile(known, quarter) for quarter in (1, 2, 3))
    return Spread(low, middle, high, len(known))


def _quantile(known: Sequence[Fraction], quarters: int) -> Fraction:
    place, rest = divmod(quarters * (len(known) - 1), 4)
    if not rest:
        return known[place]
    return known[place] + (known[place + 1] - known[place]) * Fraction(rest, 4)
