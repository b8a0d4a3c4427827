"""A cycle of years: yearly scores by the weights of the years, the rank, and what the last year must bring.

三年分值按比例累计: 15/25/60 is one real set. Scores are nano-points of a hundred; weights are whole numbers
(15, 25, 60), and their sum is the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chuangwen.cores.errors import BadInput

from .rollup import Key
from .scale import NANO

FULL = 100 * NANO


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """Of one unit: `gathered` = Σ weight·score over the years that have one, exact, in nano-points of a
    hundred.

    `so_far` is the mean over the weights of those years; `complete`: every year has a score. `rank` among
    those with the same years, equal ones share it; None for a unit that lacks a year that others have.
    """

    gathered: Fraction
    so_far: Fraction | None
    complete: bool
    rank: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Needed:
    """What the last year must bring for a goal. `nano` is the least score that reaches it, rounded up to
    nano.

    `code`: "reachable"; "certain" (any score does, `nano` is 0); "out_of_reach" (more than a hundred:
    `nano` says how much); "years_missing" (`nano` None).
    """

    nano: int | None
    code: str


def checked(weights: Sequence[int]) -> int:
    """The sum of the weights. Raises BadInput `scoring.year_weights`: none, below zero, or nothing at all."""
    if not weights or min(weights) < 0 or not sum(weights):
        raise BadInput("scoring.year_weights")
    return sum(weights)


def accumulate(weights: Sequence[int], scores: Mapping[Key, Sequence[int | None]]) -> dict[Key, Cycle]:
    """Every unit with what it gathered. A year without a score is None, which is not zero.

    Ranked are only those units that have a score in the same years as the units with the most years.
    """
    whole = checked(weights)
    for key, row in scores.items():
        if len(row) != len(weights):
            raise BadInput("scoring.year_count", key=key, expected=len(weights), found=len(row))
    known = {
        key: tuple(year for year, score in enumerate(row) if score is not None) for key, row in scores.items()
    }
    sums = {
        key: Fraction(
            sum(weight * score for weight, score in zip(weights, row, strict=True) if score is not None),
            whole,
        )
        for key, row in scores.items()
    }
    most = max(known.values(), key=lambda years: (len(years), years), default=())
    found = {}
    for key in scores:
        weight = sum(weights[year] for year in known[key])
        rivals = [sums[other] for other in scores if known[other] == most]
        ranked = known[key] == most and bool(most)
        found[key] = Cycle(
            gathered=sums[key],
            so_far=sums[key] * whole / weight if weight else None,
            complete=len(known[key]) == len(weights),
            rank=1 + sum(other > sums[key] for other in rivals) if ranked else None,
        )
    return found


def needed(weights: Sequence[int], before: Sequence[int | None], goal: Fraction | int) -> Needed:
    """What the last year must bring so that the whole cycle reaches `goal` (nano-points of a hundred).

    `before`: the scores of all years but the last.
    """
    whole = checked(weights)
    if len(before) != len(weights) - 1:
        raise BadInput("scoring.year_count", expected=len(weights) - 1, found=len(before))
    given = [score for score in before if score is not None]
    if len(given) < len(before):
        return Needed(nano=None, code="years_missing")
    lacking = Fraction(goal) * whole - sum(
        weight * score for weight, score in zip(weights, given, strict=False)
    )
    if lacking <= 0:
        return Needed(nano=0, code="certain")
    if not weights[-1]:
        return Needed(nano=None, code="out_of_reach")
    nano = -((-lacking / weights[-1]) // 1)
    return Needed(nano=int(nano), code="reachable" if nano <= FULL else "out_of_reach")
