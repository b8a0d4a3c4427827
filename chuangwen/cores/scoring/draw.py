"""The draw: which points are visited, so that anyone can draw again from the published files and get the
same.

**Frame.** One row for each point: `number`, `unit`, `type`, `certain` (0 or 1: it is visited in any case),
`name`. Its canonical bytes are, in UTF-8 without a byte order mark:

    chuangwen-frame-1 LF
    number TAB unit TAB type TAB certain TAB name LF        for each row, ordered by the bytes of number

No field holds a control character, and neither unit nor type a `|`; only names may be empty, and numbers are
unique. The frame's hash is the SHA-256 of these bytes. The published file is `frame.csv` (UTF-8, with a
heading); the order of its rows and the way it quotes do not matter.

**Commitment.** Before the draw these are published: the frame's hash, the design, and the SHA-256 of the
seed (32 bytes, written as 64 hexadecimal digits; the hash is of the bytes). After the visits the seed is
published.

**Strata.** Points that are certain are their unit's and type's own stratum `unit|type|certain`, all drawn,
weight 1. The others are in `unit|type`. Strata are ordered by the bytes of (unit, type).

**Allocation.** Each stratum of N points gets at least min(`least`, N), at most N. `fixed`: min(size, N), of
which `size` is that of its type in `sizes`, else `size`. `proportional` and `optimal`: of each unit `size`
points in all (certain ones counted; `sizes` may name another number for a unit). After the least of each
stratum, one point after the other goes to the stratum with the largest (N·S)² / (n·(n + 1)), n what it has
so far, a stratum with none first; of equal ones to the first. S is 1 for `proportional`; for `optimal` the
standard deviation in thousandths that `sd_milli` names for the type (else 1000). This is the allocation
with the least variance (Neyman 1934; in whole numbers Wright 2012).

**Selection.** In each stratum the points are ranked by

    SHA-256( seed bytes · frame hash, 64 hexadecimal digits in ASCII · 0x00 · beacon in UTF-8 · 0x00 ·
    number in UTF-8 )

as bytes, smallest first; the first n are drawn. Every sample of n is equally likely for a seed that nobody
chose. `beacon` is a text that nobody can know when the seed is committed (the winning numbers of a lottery
on a named day): without one, whoever makes the seed could try many and commit the one that they like.

**Weights.** N / n in millionths, rounded half up.

Only the standard library is needed: `python -m chuangwen.cores.scoring.draw frame.csv draw.json` draws
again and says whether the list is the same. Refusals are BadInput: `scoring.frame_row` (row, field),
`scoring.frame_number_twice` (number), `scoring.frame_empty`, `scoring.frame_columns` (missing),
`scoring.frame_tampered` (expected, found), `scoring.design_field` (field), `scoring.seed_not_hex`,
`scoring.seed_not_committed`, `scoring.draw_not_readable`, `scoring.draw_sealed`, `scoring.draw_differs`
(missing, added).
"""

from __future__ import annotations

import csv
import hashlib
import heapq
import io
import json
import secrets
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from chuangwen.cores.errors import BadInput

from .scale import MICRO, MILLI, half_up

FRAME_FORMAT, DRAW_FORMAT = "chuangwen-frame-1", "chuangwen-draw-1"
COLUMNS = ("number", "unit", "type", "certain", "name")
Place = TypeVar("Place")
ALLOCATIONS = ("proportional", "fixed", "optimal")


@dataclass(frozen=True, kw_only=True, slots=True)
class FramePoint:
    number: str
    unit: str
    type: str
    certain: bool = False
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Design:
    """How many are drawn where. `sizes`: of `fixed` by type, otherwise by unit; where none, `size`."""

    allocation: str
    size: int
    least: int = 2
    sizes: Mapping[str, int] = field(default_factory=dict)
    sd_milli: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        checks = {
            "allocation": self.allocation in ALLOCATIONS,
            "size": _whole(self.size, 0),
            "least": _whole(self.least, 0),
            "sizes": all(_whole(size, 0) for size in self.sizes.values()),
            "sd_milli": all(_whole(sd, 1) for sd in self.sd_milli.values()),
        }
        for name, good in checks.items():
            if not good:
                raise BadInput("scoring.design_field", field=name)

    def data(self) -> dict[str, Any]:
        return {
            "allocation": self.allocation,
            "size": self.size,
            "least": self.least,
            "sizes": dict(sorted(self.sizes.items())),
            "sd_milli": dict(sorted(self.sd_milli.items())),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnStratum:
    key: str
    unit: str
    type: str
    certain: bool
    position: int  # inside its unit
    population: int
    drawn: int

    @property
    def weight_micro(self) -> int:
        return half_up(self.population * MICRO, self.drawn)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    number: str
    stratum: str
    weight_micro: int


@dataclass(frozen=True, kw_only=True)
class Draw:
    """`points` by number. `strata` hold also those of which nothing is drawn."""

    frame_sha256: str
    seed_sha256: str
    beacon: str
    design: Design
    strata: Sequence[DrawnStratum]
    points: Sequence[Drawn]


def frame_bytes(frame: Iterable[FramePoint]) -> bytes:
    """The canonical bytes of a frame, which are hashed. Raises BadInput."""
    rows = sorted(frame, key=lambda point: point.number.encode())
    lines, before = [FRAME_FORMAT], None
    for row, point in enumerate(rows, 1):
        values = (point.number, point.unit, point.type, str(int(point.certain)), point.name)
        for name, value in zip(COLUMNS, values, strict=True):
            control = any(unicodedata.category(sign) == "Cc" for sign in value)
            if control or (name != "name" and not value) or (name in {"unit", "type"} and "|" in value):
                raise BadInput("scoring.frame_row", row=row, field=name)
        if point.number == before:
            raise BadInput("scoring.frame_number_twice", number=point.number)
        before = point.number
        lines.append("\t".join(values))
    if not rows:
        raise BadInput("scoring.frame_empty")
    return ("\n".join(lines) + "\n").encode()


def frame_sha256(frame: Iterable[FramePoint]) -> str:
    return hashlib.sha256(frame_bytes(frame)).hexdigest()


def new_seed() -> str:
    """A seed that nobody chose, as 64 hexadecimal digits. To be sealed until it is revealed."""
    return secrets.token_hex(32)


def commitment(seed: str) -> str:
    """What is published of a seed before the draw."""
    return hashlib.sha256(_seed_bytes(seed)).hexdigest()


def strata_of_frame(frame: Iterable[FramePoint], design: Design) -> list[DrawnStratum]:
    """How many points are drawn in each stratum."""
    sizes: dict[tuple[str, str, bool], int] = {}
    for point in frame:
        key = point.unit, point.type, point.certain
        sizes[key] = sizes.get(key, 0) + 1
    ordered = sorted(sizes, key=lambda key: (key[0].encode(), key[1].encode(), key[2]))
    counts = {key: sizes[key] for key in ordered if key[2]}
    for unit in dict.fromkeys(key[0] for key in ordered):
        counts |= _allocated({key: sizes[key] for key in ordered if key[0] == unit}, unit, design)
    position: dict[str, int] = {}
    found = []
    for key in ordered:
        unit, kind, certain = key
        position[unit] = position.get(unit, 0) + 1
        found.append(
            DrawnStratum(
                key=stratum_key(unit, kind, certain),
                unit=unit,
                type=kind,
                certain=certain,
                position=position[unit],
                population=sizes[key],
                drawn=counts[key],
            )
        )
    return found


def stratum_key(unit: str, kind: str, certain: bool) -> str:
    return f"{unit}|{kind}|certain" if certain else f"{unit}|{kind}"


def _allocated(
    sizes: Mapping[tuple[str, str, bool], int], unit: str, design: Design
) -> dict[tuple[str, str, bool], int]:
    free = {key: size for key, size in sizes.items() if not key[2]}
    if design.allocation == "fixed":
        return {
            key: min(max(design.sizes.get(key[1], design.size), design.least), size)
            for key, size in free.items()
        }
    counts = {key: min(design.least, size) for key, size in free.items()}
    spread = {key: design.sd_milli.get(key[1], MILLI) for key in free}
    weights = {
        key: size * (spread[key] if design.allocation == "optimal" else 1) for key, size in free.items()
    }
    certain = sum(size for key, size in sizes.items() if key[2])
    left = design.sizes.get(unit, design.size) - certain - sum(counts.values())
    allocate(counts, free, weights, left)
    return counts


def allocate(
    counts: dict[Place, int], most: Mapping[Place, int], weights: Mapping[Place, int], left: int
) -> None:
    """Add `left` points to `counts`, one after the other, up to `most`: see the head of this module."""

    def turn(key: Place) -> tuple[int, Fraction]:
        n = counts[key]
        if n == 0:
            return 0, Fraction(-weights[key])
        return 1, -Fraction(weights[key] ** 2, n * (n + 1))

    queue = [(turn(key), place, key) for place, key in enumerate(counts) if counts[key] < most[key]]
    heapq.heapify(queue)
    while left > 0 and queue:
        _, place, key = heapq.heappop(queue)
        counts[key] += 1
        left -= 1
        if counts[key] < most[key]:
            heapq.heappush(queue, (turn(key), place, key))


def redraw(
    frame: Iterable[FramePoint],
    design: Design,
    seed: str,
    beacon: str = "",
    *,
    frame_hash: str | None = None,
    seed_hash: str | None = None,
) -> Draw:
    """The draw of a frame by a seed: the same for everybody.

    `frame_hash`, `seed_hash`: what was published before. A frame or a seed that is not that one is refused
    (BadInput `scoring.frame_tampered`, `scoring.seed_not_committed`).
    """
    points = list(frame)
    found, secret = frame_sha256(points), _seed_bytes(seed)
    if frame_hash is not None and found != frame_hash:
        raise BadInput("scoring.frame_tampered", expected=frame_hash, found=found)
    if seed_hash is not None and commitment(seed) != seed_hash:
        raise BadInput("scoring.seed_not_committed")
    before = secret + found.encode() + b"\0" + beacon.encode() + b"\0"
    members: dict[str, list[tuple[bytes, str]]] = {}
    for point in points:
        rank = hashlib.sha256(before + point.number.encode()).digest()
        key = stratum_key(point.unit, point.type, point.certain)
        members.setdefault(key, []).append((rank, point.number))
    strata = strata_of_frame(points, design)
    drawn = [
        Drawn(number=number, stratum=stratum.key, weight_micro=stratum.weight_micro)
        for stratum in strata
        if stratum.drawn
        for _, number in sorted(members[stratum.key])[: stratum.drawn]
    ]
    return Draw(
        frame_sha256=found,
        seed_sha256=commitment(seed),
        beacon=beacon,
        design=design,
        strata=strata,
        points=sorted(drawn, key=lambda one: one.number.encode()),
    )


def _seed_bytes(seed: str) -> bytes:
    if len(seed) == 64 and all(sign in "0123456789abcdef" for sign in seed):
        return bytes.fromhex(seed)
    raise BadInput("scoring.seed_not_hex")


def frame_csv(frame: Iterable[FramePoint]) -> str:
    """The file that is published; rows by number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for point in sorted(frame, key=lambda point: point.number.encode()):
        writer.writerow([point.number, point.unit, point.type, int(point.certain), point.name])
    return out.getvalue()


def read_frame(text: str) -> list[FramePoint]:
    """The frame from its file. Raises BadInput, naming the row (the heading is row 1) and the field."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadInput("scoring.frame_columns", missing=", ".join(missing))
    frame = []
    for number, row in enumerate(reader, 2):
        for name in COLUMNS:
            if row[name] is None or (name == "certain" and row[name] not in {"0", "1"}):
                raise BadInput("scoring.frame_row", row=number, field=name)
        frame.append(
            FramePoint(
                number=row["number"],
                unit=row["unit"],
                type=row["type"],
                certain=row["certain"] == "1",
                name=row["name"],
            )
        )
    return frame


def draw_json(draw: Draw, seed: str | None = None) -> str:
    """The file that is published: sealed without the seed and the list (`seed` None), or revealed."""
    data: dict[str, Any] = {
        "format": DRAW_FORMAT,
        "frame_sha256": draw.frame_sha256,
        "seed_sha256": draw.seed_sha256,
        "beacon": draw.beacon,
        "design": draw.design.data(),
        "seed": seed,
        "strata": [
            {"stratum": one.key, "population": one.population, "drawn": one.drawn} for one in draw.strata
        ],
        "points": None
        if seed is None
        else [
            {"number": one.number, "stratum": one.stratum, "weight_micro": one.weight_micro}
            for one in draw.points
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def verify(frame_text: str, draw_text: str) -> Draw:
    """Draws again from the published files. Raises BadInput where anything is not as it was published."""
    try:
        data = json.loads(draw_text)
        if data["format"] != DRAW_FORMAT:
            raise BadInput("scoring.draw_not_readable")
        given, seed, beacon = data["design"], data["seed"], str(data["beacon"])
        fields = ("allocation", "size", "least", "sizes", "sd_milli")
        design = Design(**{name: given[name] for name in fields})
        rows = data["points"] or []
        listed = [(str(row["number"]), str(row["stratum"]), int(row["weight_micro"])) for row in rows]
        hashes = str(data["frame_sha256"]), str(data["seed_sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput("scoring.draw_not_readable") from error
    frame = read_frame(frame_text)
    if seed is None or data["points"] is None:
        raise BadInput("scoring.draw_sealed")
    draw = redraw(frame, design, str(seed), beacon, frame_hash=hashes[0], seed_hash=hashes[1])
    found = {(one.number, one.stratum, one.weight_micro) for one in draw.points}
    if found != set(listed) or len(found) != len(listed):
        raise BadInput(
            "scoring.draw_differs",
            missing=", ".join(sorted(row[0] for row in found - set(listed))),
            added=", ".join(sorted(row[0] for row in set(listed) - found)),
        )
    return draw


def _whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


SAID = {  # for whoever draws again, who may have nothing but Python and these files
    "frame_tampered": "frame.csv 与公布的校验码不符：公布的是 {expected}，这份文件是 {found}。"
    "请取用抽样前公布的那一份。",
    "seed_not_committed": "公开的种子不是抽样前承诺的那一个，抽样结果不能采信。",
    "draw_differs": "名单与重新抽取的结果不同。应有而缺：{missing}；不应有而有：{added}。",
    "draw_sealed": "种子尚未公开，现在还不能重新抽取。请在测评结束、种子公开后再取一份 draw.json。",
    "draw_not_readable": "draw.json 无法读取。请重新下载，不要改动。",
    "frame_columns": "frame.csv 缺少这些列：{missing}。请重新下载，不要改动。",
    "frame_row": "frame.csv 第 {row} 行的 {field} 无法读取。请重新下载，不要改动。",
    "frame_number_twice": "frame.csv 中点位编号 {number} 出现了两次。请重新下载，不要改动。",
    "frame_empty": "frame.csv 里没有点位。请重新下载，不要改动。",
}
USAGE = "用法：python -m chuangwen.cores.scoring.draw frame.csv draw.json"


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        draw = verify(*(Path(name).read_text(encoding="utf-8-sig") for name in arguments))
    except BadInput as refused:
        code = refused.code.removeprefix("scoring.")
        params = {name: value or "无" for name, value in refused.params.items()}
        words = SAID.get(code, "draw.json 的抽样设计有误，请重新下载，不要改动。").format(**params)
        print(f"不一致：{words}（{code}）", file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError):
        print(f"文件打不开：没有这个文件，或者它不是 UTF-8 文本。{USAGE}", file=sys.stderr)
        return 2
    whole = sum(one.population for one in draw.strata)
    print(f"一致：{whole} 个点位中抽出 {len(draw.points)} 个，与公布的名单相同。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
