"""How many points must be drawn so that the score of a unit is known within a margin, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from .draw import allocate
from .scale import MICRO, MILLI
from .variance import t_quantile


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedStratum:
    """Of one unit: `population` points of a type, `certain` of them visited in any case.

    `sd` is the standard deviation of point rates, as a share of 1: assumed (0.5 is the worst there is) or
    from a former round (`sd_from`). `weight_milli`: that of the type.
    """

    type: str
    population: int
    weight_milli: int
    sd: float = 0.3
    certain: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`points` of each type, certain ones with them; `half_width` that they reach, as a share of 1.

    `reached` is False where even a visit to every point would not do, which cannot be with a margin above
    0; it then holds every point.
    """

    points: Mapping[str, int]
    half_width: float
    visits: int
    person_days: float

    @property
    def total(self) -> int:
        return sum(self.points.values())


def plan(
    strata: Sequence[PlannedStratum],
    half_width: float,
    *,
    level: float = 0.95,
    least: int = 2,
    visits_per_point: int = 1,
    visits_per_day: float = 8,
    team: int = 2,
) -> Plan:
    """The fewest points of a unit with which its score is known within ± `half_width` (a share: 0.03 is 3
    of 100).

    Drawn by optimal allocation. A team of `team` persons makes `visits_per_day`. Raises ValueError for a
    margin that is not above zero.
    """
    if half_width <= 0:
        raise ValueError("The margin is above zero.")
    free = {one.type: one.population - one.certain for one in strata}
    start = {one.type: min(least, free[one.type]) for one in strata}
    low, high = sum(start.values()), sum(free.values())
    while low < high:
        middle = (low + high) // 2
        if _half_width(strata, _allocated(strata, start, free, middle), level) <= half_width:
            high = middle
        else:
            low = middle + 1
    counts = _allocated(strata, start, free, low)
    points = {one.type: counts[one.type] + one.certain for one in strata}
    visits = sum(points.values()) * visits_per_point
    return Plan(
        points=points,
        half_width=_half_width(strata, counts, level),
        visits=visits,
        person_days=visits / visits_per_day * team,
    )


def _allocated(
    strata: Iterable[PlannedStratum], start: Mapping[str, int], free: Mapping[str, int], size: int
) -> dict[str, int]:
    counts = dict(start)
    pull = {}
    for one in strata:
        share = free[one.type] / one.population if one.population else 0.0
        pull[one.type] = max(round(one.weight_milli * share * one.sd * MICRO), 1)
    allocate(counts, free, pull, size - sum(start.values()))
    return counts


def _half_width(strata: Sequence[PlannedStratum], counts: Mapping[str, int], level: float) -> float:
    whole = sum(one.weight_milli for one in strata if one.population)
    variance, df = 0.0, 0
    for one in strata:
        n, free = counts[one.type], one.population - one.certain
        if n >= free or not whole:
            continue
        if not n:
            return float("inf")
        share = one.weight_milli / whole * free / one.population
        variance += share * share * one.sd * one.sd * (1 / n - 1 / free)
        df += n - 1
    if not variance:
        return 0.0
    return t_quantile(level, max(df, 1)) * sqrt(variance)


def sd_from(nanos: Sequence[int]) -> float | None:
    """The standard deviation of the point rates of a former round; None below two points."""
    if len(nanos) < 2:
        return None
    mean = sum(nanos) / len(nanos)
    return sqrt(sum((nano - mean) ** 2 for nano in nanos) / (len(nanos) - 1)) / (MILLI * MICRO)
