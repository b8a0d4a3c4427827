"""Doubts while a number is typed. None of them refuses it: who types may know better, and goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from statistics import median

from .kinds import Accrual
from .standing import total

WHOLES = {"%": 100, "％": 100, "‰": 1000}
FEWEST_STEPS, MOST_STEPS = 5, 12
STEADY = 3
TOTALS = {Accrual.YEAR_TO_DATE, Accrual.PLAN_TO_DATE}

Known = tuple[date, Fraction]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A value as reported for the period that ends `on`; of a share also what it is a share of."""

    on: date
    value: Fraction | None
    denominator: Fraction | None = None


@dataclass(frozen=True)
class Warning:
    """`beyond_whole` (value, most), `below_zero` (value), `total_shrank` (value, before, on),
    `total_exceeds_later` (value, after, on), `jumped` (step, usual), `denominator_changed` (denominator,
    before, on).
    """

    code: str
    params: dict[str, Fraction | date] = field(default_factory=dict)


def warnings(unit_of_measure: str, accrual: Accrual, history: Iterable[Entry], new: Entry) -> list[Warning]:
    """What is doubtful about a new value, or a corrected one, among the others that are reported.

    `history` comes in any order; what stands there for the day of the new one is what it replaces.
    """
    by_day = {entry.on: entry for entry in history if entry.on != new.on}
    others = [by_day[on] for on in sorted(by_day)]
    known = [(entry.on, entry.value) for entry in others if entry.value is not None]
    earlier = [(on, value) for on, value in known if on < new.on]
    found: list[Warning] = []
    if new.value is not None:
        found += _beyond(unit_of_measure, new.value)
        found += _below_zero(known, new.value)
        found += _shrinking(accrual, known, new.on, new.value)
        found += _jump(accrual, earlier, new.on, new.value)
    found += _denominator([entry for entry in others if entry.on < new.on], new)
    return found


def _beyond(unit: str, value: Fraction) -> Iterable[Warning]:
    most = WHOLES.get(unit)
    if most is not None and value > most:
        yield Warning("beyond_whole", {"value": value, "most": Fraction(most)})


def _below_zero(known: Sequence[Known], value: Fraction) -> Iterable[Warning]:
    """Less than nothing, where nothing ever was."""
    if value < 0 and all(before >= 0 for _, before in known):
        yield Warning("below_zero", {"value": value})


def _shrinking(accrual: Accrual, known: Sequence[Known], on: date, value: Fraction) -> Iterable[Warning]:
    """A running total that is less than an earlier one, or, corrected, more than a later one."""
    if accrual not in TOTALS:
        return
    mine = [each for each in known if accrual is Accrual.PLAN_TO_DATE or each[0].year == on.year]
    before = max((each for each in mine if each[0] < on), key=lambda each: each[1], default=None)
    after = min((each for each in mine if each[0] > on), key=lambda each: each[1], default=None)
    if before is not None and value < before[1]:
        yield Warning("total_shrank", {"value": value, "before": before[1], "on": before[0]})
    if after is not None and value > after[1]:
        yield Warning("total_exceeds_later", {"value": value, "after": after[1], "on": after[0]})


def _jump(accrual: Accrual, earlier: Sequence[Known], on: date, value: Fraction) -> Iterable[Warning]:
    """A step unlike those before: its modified z-score is above 3.5.

    B. Iglewicz, D. Hoaglin, How to Detect and Handle Outliers, 1993: the distance from the median by 1.4826
    times the median distance; where more than half of the steps are equal, by 1.2533 times the mean distance.
    Steps that hardly differ do not make a small difference a jump: the spread counts as a quarter of the
    usual step at least, of a level as a fiftieth of the level.
    """
    if not earlier:
        return
    *before, step = _steps(accrual, [*earlier, (on, value)])
    before = before[-MOST_STEPS:]
    if len(before) < FEWEST_STEPS:
        return
    usual = median(before)
    distances = [abs(each - usual) for each in before]
    spread = median(distances) * Fraction(14826, 10000)
    if not spread:
        spread = total(distances) / len(distances) * Fraction(12533, 10000)
    least = abs(earlier[-1][1]) / 50 if accrual is Accrual.LEVEL else abs(usual) / 4
    if abs(step - usual) > max(spread, least) * Fraction(7, 2):
        yield Warning("jumped", {"step": step, "usual": usual})


def _steps(accrual: Accrual, known: Sequence[Known]) -> list[Fraction]:
    """How each value differs from the one before: a flow itself, a level by how much, a total by day."""
    if accrual is Accrual.FLOW:
        return [value for _, value in known]
    if accrual is Accrual.LEVEL:
        return [after - before for (_, before), (_, after) in pairwise(known)]
    steps = []
    for (day, before), (on, after) in pairwise(known):
        if accrual is Accrual.YEAR_TO_DATE and day.year != on.year:
            day, before = date(on.year - 1, 12, 31), Fraction(0)
        steps.append((after - before) / (on - day).days)
    return steps


def _denominator(earlier: Sequence[Entry], new: Entry) -> Iterable[Warning]:
    """Another denominator than the last ones, which were all the same."""
    last = [(entry.denominator, entry.on) for entry in earlier if entry.denominator is not None][-STEADY:]
    if new.denominator is None or len({each for each, _ in last}) != 1:
        return
    before, on = last[-1]
    if new.denominator != before:
        yield Warning("denominator_changed", {"denominator": new.denominator, "before": before, "on": on})
