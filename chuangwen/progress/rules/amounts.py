"""Amounts as whole millionths: exact on both databases, and summed there as integers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from chuangwen.cores.errors import BadInput

MICRO = 1_000_000
_PARTS = {"%": 100, "％": 100, "‰": 1000}
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
    return numerator / denominator * _PARTS.get(unit_of_measure, 1) if denominator else None


def decimal(value: Fraction | int | None, places: int = 6) -> Decimal | None:
    """For print: rounded half up to `places`, zeros at the end dropped. None stays None."""
    if value is None:
        return None
    scaled = Fraction(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    found = Decimal(whole).scaleb(-places).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def number(text: str) -> Decimal:
    """A number as people type it: full-width digits, thousands separated or not. Raises BadInput."""
    plain = "".join(_HALF.get(sign, sign) for sign in text.strip() if sign not in ",， \u00a0\u202f")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadInput("progress.not_a_number", value=text) from None
    if not value.is_finite():
        raise BadInput("progress.not_a_number", value=text)
    micro(value)
    return value


_HALF = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)} | {"。": "."}
