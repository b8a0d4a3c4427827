"""What is found on the points of the demo city: the same each time, worse in some districts than others."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from chuangwen.cores.scoring.kinds import Kind, Rule

from ..actions import Given

if TYPE_CHECKING:
    from chuangwen.standards.rules.tree import ItemRow

    from ..models import Visit

# Of a hundred items of a point so many are met.
MET_PCT = {"东浦区": 92, "云河区": 84, "北塘区": 82, "青坞县": 80, "石桥市": 76}
NA_PCT, CHANGED_PCT, CRITICAL_PCT = 4, 7, 2
BAD = ("现场未达到要求。", "抽看两处，一处未达到。", "管理人员称正在整改，现场仍可见。")
NA = "现场无此项设施"
LITTER, LITTERED = "无大面积垃圾堆积", "青坞大道"  # what caps a point, and where it was found at first


def marks_of(visit: Visit, items: Iterable[ItemRow], *, plus: int = 0) -> dict[str, Given]:
    """`plus`: how much better the city is than in its first round, per cent."""
    point = visit.point
    own = MET_PCT.get(str(point.stratum_unit), 80) + plus + _of(21, point.number, "point") - 10
    littered = plus == 0 and point.name == LITTERED
    return {one.key: _given(visit, one, own, littered=littered) for one in items}


def _given(visit: Visit, item: ItemRow, met_pct: int, *, littered: bool) -> Given:
    point = visit.point
    seed = (str(visit.round_id), point.number, item.key)
    photos = [(f"{point.name}-{n + 1}.png", picture(_of(8, *seed), n)) for n in range(item.photos_least)]
    good = _of(100, *seed) < met_pct
    if item.critical:
        good = _of(100, *seed) >= CRITICAL_PCT
    if item.title == LITTER:
        good = not littered
    elif visit.second and _of(100, *seed, "second") < CHANGED_PCT:
        good = not good
    if _of(100, *seed, "na") < NA_PCT and not item.critical:
        return Given({"na": NA}, photos=photos)
    return Given(answer(item.marking, good=good), "" if good else BAD[_of(len(BAD), *seed)], photos=photos)


def _of(most: int, *words: str) -> int:
    """A number from 0 to below `most` that follows from the words."""
    return int.from_bytes(hashlib.sha256("/".join(words).encode()).digest()[:6]) % most


def answer(rule: Rule, *, good: bool) -> Mapping[str, Any]:
    """An answer to an item: all that is asked, or something short of it."""
    keys = [one.key for one in rule.choices]
    if rule.kind == Kind.YES_NO:
        return {"met": good}
    if rule.kind == Kind.K_OF_N:
        return {"k": rule.n if good else rule.n // 2}
    if rule.kind == Kind.DEDUCTIONS:
        return {"counts": dict.fromkeys(keys, 0 if good else 1)}
    if rule.kind == Kind.GRADES:
        best = max(rule.choices, key=lambda one: one.milli)
        return {"grade": best.key if good else keys[-1]}
    if rule.kind == Kind.MEASURED:
        up = rule.comparator in (">=", ">")
        bound = rule.choices[0].bound
        step = 0 if rule.comparator in (">=", "<=", "=") else 1
        value = bound + (step if up else -step) if good else bound + (-1 if up else 1)
        return {"value": str(value)}
    if rule.kind == Kind.OBSERVED:
        return {"seen": rule.least * 2, "compliant": rule.least * 2 if good else rule.least}
    return {"met": {key: good or at > 0 for at, key in enumerate(keys)}}


def picture(*numbers: int) -> bytes:
    """A plain PNG of a colour that the numbers give: a photo of nothing."""
    colour = bytes(90 + (number * 37) % 120 for number in (*numbers, 1, 2, 3)[:3])
    rows = b"".join(b"\0" + colour * 32 for _row in range(24))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 32, 24, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
