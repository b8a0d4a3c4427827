"""Amounts as whole millionths: exact on both databases, and summed there as integers."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from chuangwen.cores.errors import BadInput

MICRO = 1_000_000
RATES = {"%": 100, "％": 100, "‰": 1000}
MOST = 9_000_000_000_000  # whole units: what a 64-bit integer holds in millionths


def micro(value: Decimal | int | Fraction) -> int:
    """`value` in millionths. Raises BadInput for more than six decimals, or more than nine million
    million.
    """
    scaled = Fraction(value) * MICRO
    if scaled.denominator != 1:
        raise BadInput("progress.too_many_decimals", value=str(value))
    if abs(scaled) > MOST * MICRO:
        raise BadInput("progress.too_large", value=str(value))
    return int(scaled)


def rounded(value: Fraction) -> int:
    """A computed value in millionths, half up: the one rounding that storing it takes. Raises BadInput."""
    scaled = value * MICRO
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if abs(whole) > MOST * MICRO:
        raise BadInput("progress.too_large", value=str(float(value)))
    return whole


def value_of(numerator: int | None, denominator: int | None, unit_of_measure: str = "") -> Fraction | None:
    """The value of stored millionths, in its unit: a ratio in hundredths for %, in thousandths for ‰.

    None where it is missing or the denominator is nothing. Without a denominator the numerator is the value.
    """
    if numerator is None or denominator == 0:
        return None
    if denominator is None:
        return Fraction(numerator, MICRO)
    return ratio(Fraction(numerator), Fraction(denominator), unit_of_measure)


def ratio(numerator: Fraction, denominator: Fraction | None, unit_of_measure: str) -> Fraction | None:
    """A value of exact parts in its unit; the numerator itself where there is no denominator."""
    if denominator is None:
        return numerator
    return numerator / denominator * RATES.get(unit_of_measure, 1) if denominator else None


def decimal(value: Fraction | int | None, places: int = 6) -> Decimal | None:
    """For print: rounded half up to `places`, zeros at the end dropped. None stays None."""
    if value is None:
        return None
    scaled = Fraction(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    found = Decimal(whole).scaleb(-places).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def number(text: str) -> Decimal:
    """A number as people type it: full-width digits, thousands separated or not.

    Raises BadInput; also for 1,5, which is neither fifteen nor surely one and a half.
    """
    plain = "".join(_HALF.get(sign, sign) for sign in text.strip())
    if not _NUMBER.fullmatch(plain):
        raise BadInput("progress.not_a_number", value=text)
    value = Decimal(_BETWEEN.sub("", plain))
    micro(value)
    return value


_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}([, ]\d{3})+)(\.\d*)?|[+-]?\.\d+", re.ASCII)
_BETWEEN = re.compile(r"[, ]")
_HALF = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)}
_HALF |= {"\u00a0": " ", "\u202f": " ", "−": "-", "。": "."}
