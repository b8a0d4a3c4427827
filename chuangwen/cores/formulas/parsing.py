"""Text to expression, by recursive descent. A formula has one reading, or it is refused with the place.

sum      = ["-"] product (("+" | "-") product)*
product  = value (("×" | "÷") value)*
value    = number [unit] | reference | period "(" reference ")" | "(" sum ")"
         | function "(" sum ("," sum)* ")"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from chuangwen.cores.formulas.model import (
    SIGNIFICANT_DIGITS,
    BadFormula,
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
from chuangwen.cores.formulas.text import FUNCTION_NAMES, PERIOD_NAMES, SOURCE

MOST_CHARACTERS = 500
MOST_DEPTH = 20  # of brackets in brackets
MOST_NODES = 100  # numbers, references, operations and functions
FEWEST_OF_SEVERAL = 2

FUNCTIONS = {name: function for function, name in FUNCTION_NAMES.items()} | {
    function.value: function for function in Function
}
PERIODS = {name: period for period, name in PERIOD_NAMES.items()} | {
    "prev": Period.PREVIOUS,
    "year_ago": Period.YEAR_BEFORE,
}
OF_TWO = {Function.SHARE, Function.CHANGE}
_SOURCES = {SOURCE, "source"}

# One character for one, so that places are those of the text as written.
_HALF_WIDTH = {0xFF00 + code: 0x20 + code for code in range(1, 95)} | {0x3000: " "}
_ONE_WAY = _HALF_WIDTH | {
    ord(written): read
    for read, all_written in {"-": "−–", "×": "*＊", "÷": "/／", ";": "、"}.items()
    for written in all_written
}
_HAN = "\u3400-\u9fff"
_TOKEN = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    rf"(?:\s*(?P<unit>[%‰]|[A-Za-z{_HAN}㎡㎞㎢℃°²³]++(?![0-9_(])))?"
    r"|(?P<source>(?i:来源|source):(?P<code>[a-z_]+(?:\.[a-z_]+)+)(?:\#(?P<subject>[0-9]{1,15}))?)"
    r"|(?P<name>[^\W\d]+[0-9]*)"
    r"|(?P<other>\S)"
)
_KEY = re.compile(r"I[1-9][0-9]{0,8}")


class Expected(StrEnum):
    """What could have stood at the place."""

    VALUE = "value"  # a number, an indicator, a source, a function or an opening bracket
    OPENING = "opening"  # the opening bracket after the name of a function
    SOURCE = "source"  # a code with a dot, and a number after #
    OPERATOR_OR_END = "operator_or_end"
    OPERATOR_OR_CLOSING = "operator_or_closing"
    OPERATOR_COMMA_OR_CLOSING = "operator_comma_or_closing"


class Token(NamedTuple):
    kind: str
    text: str  # with half-width signs
    written: str
    position: int  # from 1
    match: re.Match[str] | None = None


def parse(text: str) -> Expression:
    """The expression that `text` writes. Raises BadFormula with the place and what was expected there."""
    if not text.strip():
        raise BadFormula("formulas.empty")
    if len(text) > MOST_CHARACTERS:
        raise BadFormula("formulas.too_long", characters=len(text), most=MOST_CHARACTERS)
    return _Parser(text).whole()


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text.translate(_ONE_WAY)):
        kind = next(kind for kind in ("number", "source", "name", "other") if match[kind])
        yield Token(kind, match[0], text[slice(*match.span())], match.start() + 1, match)
    yield Token("end", "", "", len(text) + 1)


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.index = 0
        self.depth = 0
        self.nodes = 0
        self.listing = False  # directly inside the brackets of a function

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def whole(self) -> Expression:
        expression = self.sum()
        if self.token.kind != "end":
            raise self.unexpected(Expected.OPERATOR_OR_END)
        return expression

    def sum(self) -> Expression:
        negative = self.taken("-")
        left = self.product()
        if negative:
            left = self.counted(Negative(left))
        while sign := self.taken("+", "-"):
            left = self.counted(Operation(Sign(sign), left, self.product()))
        return left

    def product(self) -> Expression:
        left = self.value()
        while sign := self.taken("×", "÷"):
            left = self.counted(Operation(Sign(sign), left, self.value()))
        return left

    def value(self) -> Expression:
        token = self.token
        self.index += 1
        if token.match is None:
            raise self.unexpected(Expected.VALUE, token)
        if token.kind == "number":
            return self.counted(self.number(token, token.match))
        if token.kind == "source":
            subject = token.match["subject"]
            return self.counted(Reference(token.match["code"], int(subject) if subject else None))
        if token.kind == "name":
            return self.named(token)
        if token.text == "(":
            return self.bracket()
        raise self.unexpected(Expected.VALUE, token)

    def number(self, token: Token, match: re.Match[str]) -> Number:
        if self.listing and "," in match["number"]:
            raise BadFormula(
                "formulas.ambiguous_comma",
                position=token.position,
                found=match["number"],
                number=match["number"].replace(",", ""),
                several=match["number"].replace(",", "、"),
            )
        digits = match["number"].replace(",", "")
        if len(digits.replace(".", "")) > SIGNIFICANT_DIGITS:
            raise BadFormula(
                "formulas.number_too_long", position=token.position, found=digits, most=SIGNIFICANT_DIGITS
            )
        return Number(Decimal(digits), match["unit"] or "")

    def named(self, token: Token) -> Expression:
        name = token.text.lower()
        if _KEY.fullmatch(token.text.upper()):
            return self.counted(Reference(token.text.upper()))
        if name in PERIODS:
            return self.of_period(PERIODS[name], token)
        if name in FUNCTIONS:
            return self.call(FUNCTIONS[name], token)
        if name in _SOURCES:
            raise self.unexpected(Expected.SOURCE)
        raise BadFormula("formulas.unknown_name", position=token.position, name=token.written)

    def of_period(self, period: Period, token: Token) -> Expression:
        of, *more = self.arguments()
        if more or not isinstance(of, Reference) or of.period is not Period.THIS:
            raise BadFormula("formulas.period_of", position=token.position, function=token.written)
        return replace(of, period=period)

    def call(self, function: Function, token: Token) -> Expression:
        arguments = self.arguments()
        given = len(arguments)
        if given != FEWEST_OF_SEVERAL if function in OF_TWO else given < FEWEST_OF_SEVERAL:
            code = "formulas.needs_two" if function in OF_TWO else "formulas.needs_several"
            raise BadFormula(code, position=token.position, function=token.written, given=given)
        return self.counted(Call(function, tuple(arguments)))

    def arguments(self) -> list[Expression]:
        if not self.taken("("):
            raise self.unexpected(Expected.OPENING)
        outside = self.deeper(listing=True)
        found = [self.sum()]
        while self.taken(",", ";"):
            found.append(self.sum())
        self.close(Expected.OPERATOR_COMMA_OR_CLOSING, outside)
        return found

    def bracket(self) -> Expression:
        outside = self.deeper(listing=False)
        inside = self.sum()
        self.close(Expected.OPERATOR_OR_CLOSING, outside)
        return inside

    def deeper(self, *, listing: bool) -> bool:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise BadFormula(
                "formulas.too_deep", position=self.tokens[self.index - 1].position, most=MOST_DEPTH
            )
        outside, self.listing = self.listing, listing
        return outside

    def close(self, expected: Expected, outside: bool) -> None:
        if not self.taken(")"):
            raise self.unexpected(expected)
        self.depth -= 1
        self.listing = outside

    def taken(self, *texts: str) -> str:
        """The next sign if it is one of `texts`, stepped over; else ""."""
        token = self.token
        if token.kind != "other" or token.text not in texts:
            return ""
        self.index += 1
        return token.text

    def counted(self, node: Expression) -> Expression:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise BadFormula("formulas.too_many_parts", most=MOST_NODES)
        return node

    def unexpected(self, expected: Expected, token: Token | None = None) -> BadFormula:
        token = token or self.token
        code = "formulas.unexpected" if token.written else "formulas.unexpected_end"
        return BadFormula(code, position=token.position, found=token.written, expected=expected)
