"""From districts to the city, and from indicators to task and program. What is missing is never a zero.

The order in which parts come never matters. Coverage is a part of every result, to be shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from .kinds import RollUp
from .standing import total

ONE = Fraction(1)

Part = tuple[str, Fraction | None, Fraction | None]


@dataclass(frozen=True, kw_only=True)
class Rolled:
    """The whole as `numerator` of `denominator`, None where nothing is known or nothing is rolled up.

    `have` of `expected` parts are in it; `missing` names the others. A sum that lacks parts is the sum of
    those known. `worst_name` is the worst part; of several, the first by name.
    """

    numerator: Fraction | None = None
    denominator: Fraction | None = None
    have: int
    expected: int
    worst_name: str = ""
    missing: tuple[str, ...] = ()

    @property
    def value(self) -> Fraction | None:
        """The number itself, a share from 0 to 1; None where there is none."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True, kw_only=True)
class Share:
    """A weighted mean: `numerator` by `denominator`, the weight known; `covered` of `total` parts are."""

    numerator: Fraction
    denominator: Fraction
    covered: int
    total: int

    @property
    def value(self) -> Fraction | None:
        """None where nothing with a weight is known."""
        return self.numerator / self.denominator if self.denominator else None


def rolled_up(
    roll_up: RollUp, parts: Iterable[Part], *, falls: bool = False, due: Fraction | None = None
) -> Rolled:
    """Parts (name, numerator, denominator) as one. A part that is a plain number has the denominator None.

    `falls`: less is better, so that the worst is the largest. `due` is what each has to reach to be counted
    among those that do (COUNT_REACHING): so many of those known. A part of a ratio without a denominator, or
    with one that is not above zero, is missing.
    """
    ratio = roll_up is RollUp.RATIO_OF_SUMS
    known: list[tuple[str, Fraction, Fraction]] = []
    missing: list[str] = []
    for name, numerator, denominator in parts:
        below = ONE if denominator is None and not ratio else denominator
        if numerator is None or below is None or below <= 0:
            missing.append(name)
        else:
            known.append((name, numerator, below))
    have, expected = len(known), len(known) + len(missing)
    coverage = Rolled(have=have, expected=expected, missing=tuple(sorted(missing)))
    if not known or roll_up is RollUp.NONE:
        return coverage
    values = sorted((above / below, name, above, below) for name, above, below in known)
    worst = min(values, key=lambda part: (-part[0] if falls else part[0], part[1]))
    numerator, denominator = worst[2:]
    if roll_up is RollUp.SUM:
        numerator, denominator = total(part[0] for part in values), ONE
    elif ratio:
        numerator, denominator = total(part[2] for part in values), total(part[3] for part in values)
    elif roll_up is RollUp.COUNT_REACHING:
        if due is None:
            return coverage
        reaching = sum(part[0] <= due if falls else part[0] >= due for part in values)
        numerator, denominator = Fraction(reaching), Fraction(have)
    return replace(coverage, numerator=numerator, denominator=denominator, worst_name=worst[1])


def weighted(parts: Iterable[tuple[Fraction | int, Fraction | None]]) -> Share:
    """The mean of attainments by declared weights: (weight, attainment or None). Raises ValueError for less
    than no weight."""
    given = list(parts)
    if any(weight < 0 for weight, _ in given):
        raise ValueError("A weight is not below zero.")
    known = [(Fraction(weight), value) for weight, value in given if value is not None]
    return Share(
        numerator=total(weight * value for weight, value in known),
        denominator=total(weight for weight, _ in known),
        covered=len(known),
        total=len(given),
    )
