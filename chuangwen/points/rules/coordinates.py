"""Places on the earth: WGS-84 inside, the shifted systems of Chinese maps at the edge.

CGCS2000 differs from WGS-84 by centimetres and counts as the same here. GCJ-02 is what AMap and Tencent draw,
BD-09 what Baidu draws. Both are shifted by some hundred metres, by formulas that are published nowhere and
known everywhere; the way back is found by iteration, to less than a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import atan2, cos, hypot, pi, sin, sqrt

Degrees = tuple[float, float]  # longitude, latitude
E7 = 10_000_000  # stored integers are ten-millionths of a degree, about a centimetre


class Crs(StrEnum):
    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


SHIFTED = frozenset({Crs.GCJ02, Crs.BD09})

_AXIS = 6378245.0  # of the Krasovsky ellipsoid, which the shift is computed on
_ECCENTRICITY2 = 0.00669342162296594323
_BAIDU = pi * 3000 / 180
_CLOSE = 1e-10  # degrees: 0.01 mm
_ROUNDS = 30


def in_shifted_area(lon: float, lat: float) -> bool:
    """Whether maps are shifted there: the rectangle around China that every maker of maps uses."""
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def to_wgs84(crs: Crs, lon: float, lat: float) -> Degrees:
    """Degrees of a place that a map with the system `crs` gives as `lon`, `lat`."""
    match crs:
        case Crs.GCJ02:
            return _back(_gcj02, lon, lat)
        case Crs.BD09:
            return _back(_bd09, lon, lat)
    return lon, lat


def from_wgs84(crs: Crs, lon: float, lat: float) -> Degrees:
    """Where a map with the system `crs` draws the place."""
    match crs:
        case Crs.GCJ02:
            return _gcj02(lon, lat)
        case Crs.BD09:
            return _bd09(lon, lat)
    return lon, lat


def e7(degrees: float | Decimal) -> int:
    """As it is stored, rounded half up once."""
    exact = degrees if isinstance(degrees, Decimal) else Decimal(repr(degrees))
    return int((exact * E7).quantize(Decimal(1), ROUND_HALF_UP))


def degrees(stored: int) -> float:
    return stored / E7


def shown(stored: int | None) -> str:
    """Degrees with six decimals at least and seven at most, which say what is stored: 120.1234567."""
    if stored is None:
        return ""
    text = f"{Decimal(stored).scaleb(-7):.7f}"
    return text[:-1] if text.endswith("0") else text


def _gcj02(lon: float, lat: float) -> Degrees:
    if not in_shifted_area(lon, lat):
        return lon, lat
    east, north = _metres_east(lon - 105, lat - 35), _metres_north(lon - 105, lat - 35)
    phi = lat / 180 * pi
    bulge = 1 - _ECCENTRICITY2 * sin(phi) ** 2
    along = _AXIS * (1 - _ECCENTRICITY2) / (bulge * sqrt(bulge))
    across = _AXIS / sqrt(bulge) * cos(phi)
    return lon + east * 180 / (across * pi), lat + north * 180 / (along * pi)


def _metres_north(x: float, y: float) -> float:
    found = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    found += (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    found += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    return found + (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3


def _metres_east(x: float, y: float) -> float:
    found = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    found += (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    found += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    return found + (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3


def _bd09(lon: float, lat: float) -> Degrees:
    """Baidu shifts what is shifted already."""
    if not in_shifted_area(lon, lat):
        return lon, lat
    x, y = _gcj02(lon, lat)
    far = hypot(x, y) + 0.00002 * sin(y * _BAIDU)
    turn = atan2(y, x) + 0.000003 * cos(x * _BAIDU)
    return far * cos(turn) + 0.0065, far * sin(turn) + 0.006


def _back(forward: Callable[[float, float], Degrees], lon: float, lat: float) -> Degrees:
    """The place that `forward` brings to `lon`, `lat`: a guess is corrected by how far it misses.

    Where the map is not shifted, or at the edge of the area where no place leads there, it stays as it is.
    """
    if not in_shifted_area(lon, lat):
        return lon, lat
    x, y = lon, lat
    for _round in range(_ROUNDS):
        drawn = forward(x, y)
        missed_x, missed_y = lon - drawn[0], lat - drawn[1]
        x, y = x + missed_x, y + missed_y
        if abs(missed_x) < _CLOSE and abs(missed_y) < _CLOSE:
            return x, y
    return lon, lat
