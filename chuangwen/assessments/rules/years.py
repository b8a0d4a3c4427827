"""From rounds to quarters, years and the cycle. Scores are nano-points of 100; what is missing is left out,
never zero, and said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.scale import half_up

MILLI = 1000
MOST_YEARS = 10


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What a round gave a unit. A round belongs to the quarter in which it ends."""

    last_day: date
    weighs_milli: int
    nano: int | None


@dataclass(frozen=True)
class Year:
    """`nano` None: nothing was scored. `quarters` hold the four, None where nothing was; `rounds` counts."""

    nano: int | None
    quarters: tuple[int | None, ...]
    rounds: int


def quarter_of(day: date) -> int:
    """0 to 3"""
    return (day.month - 1) // 3


def year_of(scored: Iterable[Scored], year: int, weights: Sequence[int] = ()) -> Year:
    """A quarter is the mean of its rounds by what they weigh; a year that of its quarters by `weights`."""
    found: dict[int, list[Scored]] = defaultdict(list)
    for one in scored:
        if one.last_day.year == year and one.nano is not None and one.weighs_milli:
            found[quarter_of(one.last_day)].append(one)
    quarters = tuple(
        mean([(one.weighs_milli, one.nano or 0) for one in found[at]]) if found[at] else None
        for at in range(4)
    )
    shares = list(weights) or [1, 1, 1, 1]
    known = [(shares[at], nano) for at, nano in enumerate(quarters) if nano is not None]
    return Year(mean(known), quarters, sum(len(rows) for rows in found.values()))


def mean(weighed: Sequence[tuple[int, int]]) -> int | None:
    whole = sum(weight for weight, _ in weighed)
    return half_up(sum(weight * nano for weight, nano in weighed), whole) if whole else None


def check_years(first_year: int, years: Sequence[int], quarters: Sequence[int]) -> None:
    """Raises BadInput: assessments.cycle_years, assessments.cycle_quarters."""
    if not 2000 <= first_year <= 2100 or not 1 <= len(years) <= MOST_YEARS:
        raise BadInput("assessments.cycle_years")
    if min(years) < 0 or sum(years) != MILLI:
        raise BadInput("assessments.cycle_years")
    if quarters and (len(quarters) != 4 or min(quarters) < 0 or sum(quarters) != MILLI):
        raise BadInput("assessments.cycle_quarters")
