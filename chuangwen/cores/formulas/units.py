"""What a formula's result is counted in, or which two units do not go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chuangwen.cores.formulas.model import (
    RATES,
    BadFormula,
    Call,
    Expression,
    Function,
    Measure,
    Negative,
    Number,
    Operation,
    Reference,
    Sign,
)
from chuangwen.cores.formulas.text import ADDING, to_text

IN_PERCENT = {Function.SHARE, Function.CHANGE}


def check(expression: Expression, measures: Mapping[Reference, Measure]) -> Measure:
    """The measure of the result. A measure given for this period also holds for the periods before.

    Raises BadFormula: formulas.unknown_reference, or the part and both units that do not go together.
    """
    match expression:
        case Number():
            return Measure(expression.unit)
        case Reference():
            measure = measures.get(expression) or measures.get(expression.of_this_period)
            if measure is None:
                raise BadFormula("formulas.unknown_reference", reference=to_text(expression))
            return measure
        case Negative(of):
            return check(of, measures)
        case Operation(sign, left, right):
            units = [check(left, measures).unit, check(right, measures).unit]
            if sign in ADDING:
                return Measure(_same(expression, units))
            if sign is Sign.TIMES:
                unit, code = _times(*units), "formulas.units_not_multiplied"
            else:
                unit, code = _divided(*units), "formulas.units_not_divided"
            if unit is None:
                raise _refused(code, expression, *units)
            return Measure(unit)
        case Call(function, arguments):
            unit = _same(expression, [check(argument, measures).unit for argument in arguments])
            return Measure("%" if function in IN_PERCENT else unit)


def _same(expression: Expression, units: Sequence[str]) -> str:
    other = next((unit for unit in units if unit != units[0]), None)
    if other is not None:
        raise _refused("formulas.units_differ", expression, units[0], other)
    return units[0]


def _times(left: str, right: str) -> str | None:
    """Twice a unit and 40 % of a unit are that unit; 人/平方公里 × 平方公里 is 人."""
    for factor, unit in ((left, right), (right, left)):
        if not factor:
            return unit
    for factor, unit in ((left, right), (right, left)):
        if factor in RATES:
            return unit
    for ratio, unit in ((left, right), (right, left)):
        above, _, below = ratio.partition("/")
        if below == unit:
            return "" if above == "1" else above
    return None


def _divided(left: str, right: str) -> str | None:
    if left == right:
        return ""
    if not right or right in RATES:
        return left
    return None if "/" in left + right else f"{left or 1}/{right}"


def _refused(code: str, expression: Expression, left: str, right: str) -> BadFormula:
    return BadFormula(code, part=to_text(expression), left=left, right=right)
