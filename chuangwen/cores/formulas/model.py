"""What a formula is made of, what goes into it and what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chuangwen.cores.errors import BadInput

SIGNIFICANT_DIGITS = 15  # what a column keeps exactly on both databases
DECIMAL_PLACES = 6
WHOLE_DIGITS = 14
RATES = {"%": 100, "‰": 1000}  # how much of the unit is a whole


class BadFormula(BadInput):
    """The formula cannot be taken. `params` name the place (`position`, from 1) or the part that is wrong."""

    default_code = "formulas.bad"


class Period(StrEnum):
    """Of which period a referenced value is, seen from the one that is computed."""

    THIS = "this"
    PREVIOUS = "previous"
    YEAR_BEFORE = "year_before"


class Sign(StrEnum):
    PLUS = "+"
    MINUS = "-"
    TIMES = "×"
    DIVIDED = "÷"


class Function(StrEnum):
    SHARE = "share"
    CHANGE = "change"
    MIN = "min"
    MAX = "max"
    MEAN = "mean"
    SUM = "sum"
    SUM_KNOWN = "sum_known"


@dataclass(frozen=True)
class Number:
    """A number as written, never negative; `unit` as written after it ("%", "座"), "" for a pure number."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Reference:
    """An indicator of the same plan by its key (I3), or a source by its code, which has a dot.

    `subject` is the number of the thing that a source is asked about, None where it needs none.
    """

    name: str
    subject: int | None = None
    period: Period = Period.THIS

    @property
    def is_source(self) -> bool:
        return "." in self.name

    @property
    def of_this_period(self) -> Reference:
        return replace(self, period=Period.THIS)


@dataclass(frozen=True)
class Negative:
    of: Expression


@dataclass(frozen=True)
class Operation:
    sign: Sign
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Call:
    function: Function
    arguments: tuple[Expression, ...]


Expression = Number | Reference | Negative | Operation | Call


@dataclass(frozen=True)
class Measure:
    """What a quantity is counted in: 座, 公里, 万元, 人/平方公里, "%"; "" for a pure number."""

    unit: str = ""


@dataclass(frozen=True)
class Input:
    """What is stored for a reference: an amount in `unit`, or a ratio of two amounts.

    A numerator of None means missing, and `reason` is the code that says why; `unit` is given all the same.
    With a `denominator` the value is numerator ÷ denominator: 30 of 40 in "%" is 75 %. Without, the numerator
    is the amount as printed: 75 in "%" is 75 %.
    """

    numerator: Fraction | None
    denominator: Fraction | None = None
    unit: str = ""
    as_of: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class UsedInput:
    reference: Reference
    input: Input


@dataclass(frozen=True)
class Value:
    """An exact result, to be read like an Input: with a denominator (占比) as a ratio, without as an amount.

    A ratio is given where a column keeps both its parts exactly; 占比 of a third is an amount.
    `as_of` is the oldest of the inputs, None if none has a day. `known` is set where 已报合计 stands in the
    formula: how many of how many members had a value.
    """

    numerator: Fraction
    denominator: Fraction | None
    unit: str
    as_of: date | None
    inputs: tuple[UsedInput, ...]
    known: tuple[int, int] | None = None

    @property
    def amount(self) -> Fraction:
        """The exact amount in `unit`: 75 for 75 %."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator * RATES.get(self.unit, 1)

    @property
    def kept(self) -> Decimal:
        """The amount as a column keeps it: rounded half up to 6 decimals."""
        return Decimal(scaled(self.amount)).scaleb(-DECIMAL_PLACES)


@dataclass(frozen=True)
class Missing:
    """No value, and why: `code` and `params` are worded where it is shown."""

    code: str
    params: Mapping[str, object]
    inputs: tuple[UsedInput, ...]


Outcome = Value | Missing


def scaled(amount: Fraction) -> int:
    """`amount` in millionths, rounded half up (away from zero)."""
    size = int(abs(amount) * 10**DECIMAL_PLACES + Fraction(1, 2))
    return -size if amount < 0 else size


def references(expression: Expression) -> frozenset[Reference]:
    """Every indicator and source that the formula reads, each with its period."""
    return frozenset(references_in_order(expression))


def references_in_order(expression: Expression) -> Iterator[Reference]:
    """As they stand in the formula, from left to right, with repeats."""
    match expression:
        case Reference():
            yield expression
        case Negative(of):
            yield from references_in_order(of)
        case Operation(_, left, right):
            yield from references_in_order(left)
            yield from references_in_order(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from references_in_order(argument)
