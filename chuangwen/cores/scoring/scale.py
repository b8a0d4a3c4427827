"""The integers that scores are made of, and the only division there is.

A rate is a whole number of nano-points from 0 to NANO. Weights of items, nodes, types and methods are
thousandths (MILLI), design weights of drawn points are millionths (MICRO). Sums are sums of integers; each
`/` of the formulas is one call of `half_up`.
"""

from __future__ import annotations

NANO = 10**9
MICRO = 10**6
MILLI = 1000


def half_up(numerator: int, denominator: int) -> int:
    """`numerator` / `denominator` to the nearest whole number; a half goes away from zero."""
    if denominator <= 0:
        raise ValueError("A denominator is above zero.")
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def printed(nano: int, digits: int = 2) -> str:
    """Nano-points of a hundred-point score as text, rounded once: printed(81_234_500_000) is "81.23"."""
    scaled = half_up(nano, 10 ** (9 - digits))
    sign, whole = ("-", -scaled) if scaled < 0 else ("", scaled)
    if not digits:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}}"
