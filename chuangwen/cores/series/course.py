"""All that is needed to judge one indicator of one unit: what was promised, and what was reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from .kinds import Accrual, Change, Kind, Shape
from .legs import Leg, legs_of

_LEVELS = frozenset({Kind.MEAN, Kind.PER_HEAD, Kind.AGAINST_BASE})
_WITHOUT_NUMBER = frozenset({Kind.MILESTONE, Kind.JUDGED, Kind.ORDERED_CLASS})


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A value promised for a last day. `value` is None where it is stated in words, or issued from above and
    not entered yet. `upper` is the upper end of a range, `word` the class to reach.
    """

    by: date
    comparator: str = ">="
    value: Fraction | None
    upper: Fraction | None = None
    word: str = ""

    @property
    def strict(self) -> bool:
        return self.comparator in {">", "<"}


@dataclass(frozen=True, kw_only=True)
class Course:
    """One indicator of one unit, as promised. Days are inclusive: `begins` is the first, `ends` the last.

    `aims` in any order; `baseline` is the value before the plan and `baseline_on` its day (None: the eve of
    `begins`). `drawn` are the corners of a path drawn by a person, between the aims. `falls`: less is better.
    `classes` run from the best. `most` bounds a forecast (100 for a share), None where nothing does.
    """

    kinds: frozenset[Kind]
    accrual: Accrual
    begins: date
    ends: date
    aims: tuple[Aim, ...]
    baseline: Fraction | None = None
    baseline_on: date | None = None
    shape: Shape = Shape.LINEAR
    drawn: tuple[tuple[date, Fraction], ...] = ()
    strength: str = ""  # "mandatory" | "stretch" | ""
    falls: bool = False
    classes: tuple[str, ...] = ()
    change: Change = Change.NONE
    most: Fraction | None = None

    @cached_property
    def ordered(self) -> tuple[Aim, ...]:
        return tuple(sorted(self.aims, key=lambda aim: aim.by))

    @cached_property
    def close(self) -> date:
        """The last day on which anything is owed."""
        return max([self.ends, *(aim.by for aim in self.aims)])

    @cached_property
    def numbered(self) -> bool:
        """Whether it is judged by a number at all."""
        return not self.kinds & _WITHOUT_NUMBER

    @cached_property
    def accrues(self) -> bool:
        """Whether what counts adds up from nothing; otherwise it is what is there on the day."""
        if self.accrual is Accrual.LEVEL or self.kinds & _LEVELS:
            return False
        return not (self.accrual is Accrual.FLOW and Kind.HELD_FLOOR in self.kinds)

    @cached_property
    def yearly(self) -> bool:
        """Whether it is owed for each calendar year on its own, so that counting restarts on 1 January."""
        if self.held:
            return False
        if Kind.YEARLY_ANEW in self.kinds:
            return True
        if not self.accrues or self.accrual is Accrual.PLAN_TO_DATE:
            return False
        return Kind.PER_YEAR in self.kinds or Kind.CUMULATIVE not in self.kinds

    @cached_property
    def held(self) -> bool:
        """Whether it is owed on every day."""
        return Kind.HELD_FLOOR in self.kinds and not self.accrues

    @cached_property
    def sinks(self) -> bool:
        """Whether less is better: so it was promised, or nothing is to be added."""
        return self.falls or Kind.NO_GROWTH in self.kinds

    def meets(self, value: Fraction, goal: Fraction, *, strict: bool = False, about_pct: int) -> bool:
        """Whether a value is as good as a goal; about (左右) allows for some per cent less."""
        if self.about:
            goal = slackened(goal, about_pct if self.sinks else -about_pct)
        ours, theirs = value.numerator * goal.denominator, goal.numerator * value.denominator
        if ours == theirs:  # over integers: half the time
            return not strict
        return (ours < theirs) is self.sinks

    @cached_property
    def about(self) -> bool:
        return Kind.ABOUT in self.kinds

    def upper_end(self, aim: Aim, about_pct: int) -> Fraction | None:
        """What is more than was promised: the end of a range, or of about. None where more is only better."""
        if self.sinks or aim.value is None:
            return None
        return slackened(aim.value, about_pct) if aim.upper is None and self.about else aim.upper

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        return legs_of(self)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was reported for the period that ends `on`. One for each day; of several the last given stands.

    `value` None: asked and not answered. `parts` are the values of each area or each one by name. `word` is
    the class reached, the state of a milestone ("done" or "open"), or what a person judged (a `Lamp`).
    """

    on: date
    value: Fraction | None
    parts: Mapping[str, Fraction | None] = field(default_factory=dict)
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Where the lamps change, for each plan."""

    near_pct: int = 90  # share attained of what is due from which it is near, not late
    near_days: int = 31  # days before a deadline without a path from which it is near
    about_pct: int = 10  # how far 左右 reaches
    lag_days: int = 0  # a report no older than this is judged on its own day (统计滞后)


USUAL = Thresholds()


def slackened(goal: Fraction, pct: int) -> Fraction:
    return goal + abs(goal) * pct / 100
