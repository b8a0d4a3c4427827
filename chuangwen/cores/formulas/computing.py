"""The exact value of a formula, or the reason why there is none. Missing is never zero; nothing raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from chuangwen.cores.formulas.model import (
    DECIMAL_PLACES,
    RATES,
    SIGNIFICANT_DIGITS,
    WHOLE_DIGITS,
    BadFormula,
    Call,
    Expression,
    Function,
    Input,
    Measure,
    Missing,
    Negative,
    Number,
    Operation,
    Outcome,
    Reference,
    Sign,
    UsedInput,
    Value,
    references_in_order,
    scaled,
)
from chuangwen.cores.formulas.text import to_text
from chuangwen.cores.formulas.units import check


def evaluate(expression: Expression, look_up: Callable[[Reference], Input]) -> Outcome:
    """The value with everything it was computed from, or the first reason from the left why there is none.

    Units are those stored with the inputs: where they no longer go together, that is the reason.
    """
    inputs = {reference: look_up(reference) for reference in references_in_order(expression)}
    used = tuple(UsedInput(reference, found) for reference, found in inputs.items())
    computation = _Computation(inputs)
    try:
        numerator, denominator = computation.ratio(expression)
        unit = check(expression, {key: Measure(found.unit) for key, found in inputs.items()}).unit
    except (_NoValue, BadFormula) as why:
        return Missing(why.code, why.params, used)
    if denominator is not None and not (_kept_exactly(numerator) and _kept_exactly(denominator)):
        numerator, denominator = numerator / denominator, None
    if denominator is None:
        numerator *= RATES.get(unit, 1)
    days = [found.as_of for found in inputs.values() if found.numerator is not None and found.as_of]
    value = Value(numerator, denominator, unit, min(days, default=None), used, computation.known)
    if not _fits(value.amount):
        return Missing("formulas.too_many_digits", {"most": SIGNIFICANT_DIGITS}, used)
    return value


ZERO = Fraction(0)


class _NoValue(Exception):
    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


class _Computation:
    """Amounts are plain numbers here: 75 % is 3/4. `known` counts the members of every 已报合计."""

    def __init__(self, inputs: Mapping[Reference, Input]) -> None:
        self.inputs = inputs
        self.known: tuple[int, int] | None = None

    def ratio(self, expression: Expression) -> tuple[Fraction, Fraction | None]:
        """Numerator and denominator of a 占比, or of a ratio that is taken as it is; else the amount and
        None.
        """
        if isinstance(expression, Reference):
            amount, found = self.stored(expression), self.inputs[expression]
            if found.denominator is None:
                return amount, None
            return found.numerator or ZERO, found.denominator
        if not isinstance(expression, Call) or expression.function is not Function.SHARE:
            return self.amount(expression), None
        part, whole = expression.arguments
        return self.amount(part), self.divisor(whole)

    def amount(self, expression: Expression) -> Fraction:
        match expression:
            case Number(value, unit):
                return Fraction(value) / RATES.get(unit, 1)
            case Reference():
                return self.stored(expression)
            case Negative(of):
                return -self.amount(of)
            case Operation(Sign.PLUS, left, right):
                return self.amount(left) + self.amount(right)
            case Operation(Sign.MINUS, left, right):
                return self.amount(left) - self.amount(right)
            case Operation(Sign.TIMES, left, right):
                return self.amount(left) * self.amount(right)
            case Operation(_, left, right) | Call(Function.SHARE, (left, right)):
                return self.amount(left) / self.divisor(right)
            case Call(Function.CHANGE, (new, base)):
                return self.change(new, base)
            case Call(Function.SUM_KNOWN, arguments):
                return self.sum_known(arguments)
            case Call(function, arguments):
                return _of_several(function, [self.amount(argument) for argument in arguments])

    def stored(self, reference: Reference) -> Fraction:
        found = self.inputs[reference]
        if found.numerator is None:
            raise _NoValue("formulas.input_missing", reference=to_text(reference), reason=found.reason)
        if found.denominator is None:
            return found.numerator / RATES.get(found.unit, 1)
        if not found.denominator:
            raise _NoValue("formulas.divided_by_zero", by=to_text(reference))
        return found.numerator / found.denominator

    def divisor(self, expression: Expression) -> Fraction:
        amount = self.amount(expression)
        if not amount:
            raise _NoValue("formulas.divided_by_zero", by=to_text(expression))
        return amount

    def change(self, new: Expression, base: Expression) -> Fraction:
        now = self.amount(new)
        try:
            before = self.amount(base)
        except _NoValue as why:
            reason = why.params.get("reason") or why.code
            raise _NoValue("formulas.base_missing", base=to_text(base), reason=reason) from why
        if not before:
            raise _NoValue("formulas.base_zero", base=to_text(base))
        return (now - before) / before

    def sum_known(self, arguments: Sequence[Expression]) -> Fraction:
        amounts = []
        for argument in arguments:
            try:
                amounts.append(self.amount(argument))
            except _NoValue:
                continue
        if not amounts:
            raise _NoValue("formulas.none_known", of=len(arguments))
        known, of = self.known or (0, 0)
        self.known = known + len(amounts), of + len(arguments)
        return sum(amounts, Fraction(0))


def _of_several(function: Function, amounts: Sequence[Fraction]) -> Fraction:
    if function is Function.MIN:
        return min(amounts)
    if function is Function.MAX:
        return max(amounts)
    total = sum(amounts, Fraction(0))
    return total / len(amounts) if function is Function.MEAN else total


def _fits(amount: Fraction) -> bool:
    """Whether a column keeps the amount, once rounded to its decimals, exactly on both databases."""
    millionths = abs(scaled(amount))
    return (
        millionths < 10 ** (WHOLE_DIGITS + DECIMAL_PLACES)
        and len(str(millionths).rstrip("0")) <= SIGNIFICANT_DIGITS
    )


def _kept_exactly(amount: Fraction) -> bool:
    return _fits(amount) and scaled(amount) == amount * 10**DECIMAL_PLACES
