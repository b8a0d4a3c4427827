"""Land that does not exist: towns in a lattice of crooked lines, in the sea."""

from __future__ import annotations

from math import sin

Ring = list[list[float]]
WEST, SOUTH = 123.2, 29.6  # the corner of the lattice, some hundred kilometres off any coast
WIDE, HIGH = 0.12, 0.1
STEPS = 6  # corners of one side of a cell

# Town → its cell in the lattice (from the west, from the south).
CELLS = {
    "云河街道": (0, 0),
    "春桥街道": (1, 0),
    "枫林镇": (3, 0),
    "钟楼街道": (0, 1),
    "望江街道": (1, 1),
    "柳荫街道": (2, 1),
    "石桥街道": (3, 1),
    "北塘街道": (0, 2),
    "荷塘街道": (1, 2),
    "青坞镇": (2, 2),
    "竹溪镇": (3, 2),
}
DISTRICTS = {
    "东浦区": ["春桥街道", "望江街道", "柳荫街道"],
    "云河区": ["云河街道", "钟楼街道"],
    "北塘区": ["北塘街道", "荷塘街道"],
    "青坞县": ["青坞镇", "竹溪镇"],
    "石桥市": ["石桥街道", "枫林镇"],
}


def ring_of(town: str) -> Ring:
    """The border of a town, round and closed; neighbours share their corners to the digit."""
    x, y = CELLS[town]
    around = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
    sides = zip(around, [*around[1:], around[0]], strict=True)
    ring = [corner for start, end in sides for corner in _side(start, end)]
    return [*ring, ring[0]]


def rings_of(towns: list[str]) -> list[Ring]:
    """What is read as one district."""
    return [ring_of(town) for town in towns]


def spot(unit: str, right_pct: int, up_pct: int) -> tuple[str, str]:
    """Longitude and latitude of a place, so far from the south-western corner of the town."""
    x, y = CELLS[unit]
    return (
        f"{WEST + (x + right_pct / 100) * WIDE:.6f}",
        f"{SOUTH + (y + up_pct / 100) * HIGH:.6f}",
    )


def _side(start: tuple[int, int], end: tuple[int, int]) -> Ring:
    """Corners from `start` to before `end`, the same ones whichever way it is walked."""
    first, last = sorted((start, end))
    corners = [_corner(first, last, step / STEPS) for step in range(STEPS + 1)]
    return (corners if start == first else corners[::-1])[:-1]


def _corner(first: tuple[int, int], last: tuple[int, int], share: float) -> list[float]:
    """A place on the way, pushed aside a little; the ends stay where four towns meet."""
    x = first[0] + (last[0] - first[0]) * share
    y = first[1] + (last[1] - first[1]) * share
    aside = 0.07 * sin(share * 3.14159265) * sin(7 * x + 11 * y + 5 * share)
    if first[0] == last[0]:
        x += aside
    else:
        y += aside
    return [round(WEST + x * WIDE, 6), round(SOUTH + y * HIGH, 6)]
