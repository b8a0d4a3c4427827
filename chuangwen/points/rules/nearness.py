"""How far places are from each other, how alike their names are, and which two may be one place twice."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from .coordinates import E7

EARTH_M = 6_371_008.8  # mean radius
NEAR_M = 200  # what lies further apart is not proposed
ALIKE = 0.6  # least share of pairs of characters
_CELL = 20_000  # ten-millionths of a degree: 222 m from south to north, less from west to east
_SIGNS = re.compile(r"[^\w]|_")
_TELLING = re.compile("[0-9一二三四五六七八九十甲乙丙丁东西南北]")  # 第一小学 is not 第二小学


@dataclass(frozen=True)
class Spot:
    """One place: `key` tells it from others; `type_code` and name; where it is, None if that is not known."""

    key: str
    type_code: str
    name: str
    unit_id: int | None
    lon_e7: int | None = None
    lat_e7: int | None = None


@dataclass(frozen=True)
class Pair:
    """Two that may be one: `one` came first. `metres` None: where they are is not known of both."""

    one: Spot
    other: Spot
    metres: int | None
    alike_pct: int


def metres(lon_e7: int, lat_e7: int, other_lon_e7: int, other_lat_e7: int) -> float:
    """Along the great circle of a sphere: wrong by half a percent at most."""
    one_lat, other_lat = radians(lat_e7 / E7), radians(other_lat_e7 / E7)
    up, along = other_lat - one_lat, radians((other_lon_e7 - lon_e7) / E7)
    half = sin(up / 2) ** 2 + cos(one_lat) * cos(other_lat) * sin(along / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def folded(name: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", name)).lower()


def likeness(name: str, other: str) -> float:
    """1 for the same name, also where one is the other with something before or after it; 0 for unlike ones.

    Names that differ in a number or a direction are those of two places.
    """
    one, two = folded(name), folded(other)
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) >= 3 and (longer.startswith(shorter) or longer.endswith(shorter)):
        return 0.9
    if _TELLING.findall(one) != _TELLING.findall(two):
        return 0.0
    pairs, others = _pairs(one), _pairs(two)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}


def duplicates(spots: Iterable[Spot], *, near_m: int = NEAR_M) -> list[Pair]:
    """Pairs of one type, near by, with names alike; of those without a place, of one name in one unit.

    Near ones are found through a grid, so that a city of ten thousand points takes no second.
    """
    found: dict[tuple[str, str], Pair] = {}
    grid: dict[tuple[str, int, int], list[Spot]] = defaultdict(list)
    by_name: dict[tuple[str, int | None, str], list[Spot]] = defaultdict(list)
    for spot in spots:
        named = by_name[spot.type_code, spot.unit_id, folded(spot.name)]
        for before in [*_around(grid, spot), *named]:
            pair = _pair(before, spot, near_m)
            if pair is not None:
                found.setdefault((before.key, spot.key), pair)
        named.append(spot)
        if spot.lon_e7 is not None and spot.lat_e7 is not None:
            grid[spot.type_code, spot.lon_e7 // _CELL, spot.lat_e7 // _CELL].append(spot)
    return sorted(found.values(), key=lambda pair: (-pair.alike_pct, pair.metres or 0, pair.one.key))


def _around(grid: dict[tuple[str, int, int], list[Spot]], spot: Spot) -> Iterator[Spot]:
    """Those of the cells around; two to the sides, where cells are narrow."""
    if spot.lon_e7 is None or spot.lat_e7 is None:
        return
    x, y = spot.lon_e7 // _CELL, spot.lat_e7 // _CELL
    for right in (-2, -1, 0, 1, 2):
        for up in (-1, 0, 1):
            yield from grid.get((spot.type_code, x + right, y + up), ())


def _pair(one: Spot, other: Spot, near_m: int) -> Pair | None:
    alike = likeness(one.name, other.name)
    if alike < ALIKE:
        return None
    apart = apart_m(one, other)
    if apart is None:
        same = one.unit_id == other.unit_id and alike == 1.0
        return Pair(one, other, None, 100) if same else None
    return Pair(one, other, round(apart), round(100 * alike)) if apart <= near_m else None


def apart_m(one: Spot, other: Spot) -> float | None:
    if one.lon_e7 is None or one.lat_e7 is None or other.lon_e7 is None or other.lat_e7 is None:
        return None
    return metres(one.lon_e7, one.lat_e7, other.lon_e7, other.lat_e7)
