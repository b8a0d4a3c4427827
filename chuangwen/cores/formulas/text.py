"""A formula written out: in its own language, and in parts that a page words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from chuangwen.cores.formulas.model import (
    Call,
    Expression,
    Function,
    Negative,
    Number,
    Operation,
    Period,
    Reference,
    Sign,
)

FUNCTION_NAMES = {
    Function.SHARE: "占比",
    Function.CHANGE: "变化",
    Function.MIN: "最小",
    Function.MAX: "最大",
    Function.MEAN: "平均",
    Function.SUM: "合计",
    Function.SUM_KNOWN: "已报合计",
}
PERIOD_NAMES = {Period.PREVIOUS: "上期", Period.YEAR_BEFORE: "去年同期"}
SOURCE = "来源"

ADDING = {Sign.PLUS, Sign.MINUS}
_SUM, _PRODUCT, _ATOM = 1, 2, 3  # how tightly a part holds together


class Part(NamedTuple):
    """A piece of a formula in words. `text` is set for `name` and `number`; `code` is one of PART_CODES."""

    code: str
    text: str = ""


_AROUND = ("open", "and", "close")
PART_CODES = frozenset(
    ["name", "number", "open", "close", "negative"]
    + [sign.name.lower() for sign in Sign]
    + [f"{function}.{place}" for function, place in product(Function, _AROUND)]
    + [f"{period}.{place}" for period in PERIOD_NAMES for place in ("open", "close")]
)


def to_text(expression: Expression) -> str:
    """The formula as the language writes it; `parse` gives the same expression back."""
    return _text(expression, _SUM)


def _text(expression: Expression, least: int) -> str:
    match expression:
        case Number():
            return _number(expression)
        case Reference():
            return _reference(expression)
        case Negative(of):
            text, holds = f"-{_text(of, _PRODUCT)}", _SUM
        case Operation(sign, left, right):
            holds = _SUM if sign in ADDING else _PRODUCT
            text = f"{_text(left, holds)}{sign}{_text(right, holds + 1)}"
        case Call(function, arguments):
            inside = "、".join(_text(argument, _SUM) for argument in arguments)
            text, holds = f"{FUNCTION_NAMES[function]}({inside})", _ATOM
    return text if holds >= least else f"({text})"


def _number(number: Number) -> str:
    digits = format(number.value, "f")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + number.unit


def _reference(reference: Reference) -> str:
    text = reference.name
    if reference.is_source:
        text = f"{SOURCE}:{text}" + ("" if reference.subject is None else f"#{reference.subject}")
    return text if reference.period is Period.THIS else f"{PERIOD_NAMES[reference.period]}({text})"


def in_words(expression: Expression, names: Mapping[Reference, str]) -> list[Part]:
    """The formula from left to right with names for keys; a page words each part in its language.

    A name given for this period also serves the others; without one the key stands. Every part of a part is
    in brackets, except that sums and products of several run on.
    """
    match expression:
        case Number():
            return [Part("number", _number(expression))]
        case Reference():
            return _reference_in_words(expression, names)
        case Negative(of):
            return [Part("negative"), *_operand(of, names)]
        case Operation(sign, left, right):
            runs_on = isinstance(left, Operation) and (left.sign in ADDING) == (sign in ADDING)
            first = in_words(left, names) if runs_on else _operand(left, names)
            return [*first, Part(sign.name.lower()), *_operand(right, names)]
        case Call(function, arguments):
            parts = [Part(f"{function}.open"), *_operand(arguments[0], names)]
            for argument in arguments[1:]:
                parts += [Part(f"{function}.and"), *_operand(argument, names)]
            return [*parts, Part(f"{function}.close")]


def _operand(expression: Expression, names: Mapping[Reference, str]) -> list[Part]:
    words = in_words(expression, names)
    if isinstance(expression, Number | Reference):
        return words
    return [Part("open"), *words, Part("close")]


def _reference_in_words(reference: Reference, names: Mapping[Reference, str]) -> list[Part]:
    now = reference.of_this_period
    part = Part("name", names.get(reference) or names.get(now) or _reference(now))
    if reference.period is Period.THIS:
        return [part]
    return [Part(f"{reference.period}.open"), part, Part(f"{reference.period}.close")]
