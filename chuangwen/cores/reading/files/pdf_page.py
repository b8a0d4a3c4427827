"""One page of a PDF: its characters as printed lines, and as tables where lines are ruled around them."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import add
from statistics import median
from typing import Any, NamedTuple

from chuangwen.cores.reading.files.grid import Grid, Stroke, grids_of
from chuangwen.cores.reading.files.numbering import sign
from chuangwen.cores.reading.files.rows import Cell

_MAX_SEGMENTS = (
    20_000  # of the drawings on a page; one with more is a map or a chart, whose lines are no table
)
_MAX_DRAWINGS = 50_000
_FAR = 100_000.0  # points; no page is as large
_GAP = "gap"
_MAX_REST = 12  # lines of a table row that go over to the next page
_UNKNOWN = re.compile("[\0\ufffd\ufffe\uffff\ue000-\uf8ff]")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\ufffe\uffff]")
_WESTERN = re.compile("[!-~\u00c0-\u024f]")


class Glyph(NamedTuple):
    """A character as printed; places in points from the bottom left of the page, `bottom` its base line.

    `before` is a space if one is drawn before it, _GAP if a gap is left there, else "".
    """

    char: str
    left: float
    bottom: float
    right: float
    top: float
    before: str


@dataclass(slots=True)
class Line:
    """A printed line. `size` is the usual size of its characters in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


@dataclass(slots=True)
class Table:
    """A ruled table."""

    rows: list[list[Cell]]
    top: float


@dataclass(slots=True)
class Printed:
    """What a page shows, from the top; how many characters, and how many of them without a meaning."""

    parts: list[Line | Table]
    width: float
    height: float
    characters: int
    unknown: int
    pictures: bool


def read_page(page: Any) -> Printed:
    """What a page (of pypdfium2) shows."""
    from pypdfium2 import raw

    glyphs = list(_glyphs(page, raw))
    strokes, pictures = _drawings(page, raw)
    characters = len(glyphs)
    unknown = sum(1 for glyph in glyphs if _UNKNOWN.match(glyph.char))
    parts: list[Line | Table] = []
    for grid in grids_of(strokes):
        table, glyphs = _taken_out(grid, glyphs)
        if table:
            parts.append(table)
    parts += lines_of(glyphs)
    parts.sort(key=lambda part: -part.top)
    return Printed(parts, page.get_width(), page.get_height(), characters, unknown, pictures)


def _glyphs(page: Any, raw: Any) -> Iterator[Glyph]:
    """The upright characters of a page in the order in which it draws them."""
    text = page.get_textpage()
    turns = page.get_rotation() // 90
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    before = ""
    for i in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, i))
        if char.isspace():
            generated = raw.FPDFText_IsGenerated(text, i) == 1
            before = before or (_GAP if generated else " ")
            continue
        known = raw.FPDFText_GetLooseCharBox(text, i, box) and raw.FPDFText_GetCharOrigin(text, i, x, y)
        if known and _is_upright(raw.FPDFText_GetCharAngle(text, i), turns):
            place = _turned(Stroke(box.left, box.bottom, box.right, box.top), page, turns)
            base = _turned(Stroke(x.value, y.value, x.value, y.value), page, turns).bottom
            if all(-_FAR < side < _FAR for side in (*place, base)):
                top = base + max(place.top - place.bottom, 1)
                yield Glyph(char, place.left, base, max(place.right, place.left), top, before)
        before = ""


def _is_upright(angle: float, turns: int) -> bool:
    """Whether a character drawn at an angle (radians) stands upright on a page of so many quarter turns."""
    return not 0.1 < (angle + turns * math.pi / 2) % (2 * math.pi) < 2 * math.pi - 0.1


def _turned(place: Stroke, page: Any, turns: int) -> Stroke:
    """A place on the page as it is shown, after so many quarter turns clockwise."""
    left, bottom, right, top = place
    if turns == 1:
        return Stroke(bottom, page.get_height() - right, top, page.get_height() - left)
    if turns == 2:
        wide, high = page.get_size()
        return Stroke(wide - right, high - top, wide - left, high - bottom)
    if turns == 3:
        return Stroke(page.get_width() - top, left, page.get_width() - bottom, right)
    return place


def _drawings(page: Any, raw: Any) -> tuple[list[Stroke], bool]:
    """The straight lines drawn on a page, and whether it has pictures."""
    strokes: list[Stroke] = []
    pictures = False
    left = _MAX_SEGMENTS
    for drawn in islice(page.get_objects(), _MAX_DRAWINGS):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures = True
        elif drawn.type == raw.FPDF_PAGEOBJ_PATH and left > 0:
            left -= max(raw.FPDFPath_CountSegments(drawn), 1)
            strokes += _strokes(drawn, raw) if left > 0 else []
    turns = page.get_rotation() // 90
    return [_turned(stroke, page, turns) for stroke in strokes if left > 0], pictures


def _strokes(path: Any, raw: Any) -> Iterator[Stroke]:
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for i in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield _stroke(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield _stroke(last, begin)


def _stroke(one: tuple[float, float], other: tuple[float, float]) -> Stroke:
    return Stroke(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _taken_out(grid: Grid, glyphs: list[Glyph]) -> tuple[Table | None, list[Glyph]]:
    """The table in a grid and the characters outside it; None and all of them if it only frames text."""
    inside: dict[tuple[int, int], list[Glyph]] = {}
    outside = []
    cells = list(grid.cells())
    for glyph in glyphs:
        place = grid.field_at((glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2)
        if place is None:
            outside.append(glyph)
        else:
            inside.setdefault(place, []).append(glyph)
    rows: list[list[Cell]] = [[] for _ in grid.ys[1:]]
    for row, column, wide, high in cells:
        texts = [line.text for line in lines_of(inside.get((row, column), []))]
        rows[row].append(Cell(texts, wide, high))
    if _only_frames(rows):
        return None, glyphs
    for cell in (cell for row in rows for cell in row):
        cell.lines = [joined(cell.lines)]
    return Table(rows, grid.ys[-1]), outside


def _only_frames(rows: list[list[Cell]]) -> bool:
    """Whether no row has cells side by side, and it is no end of a row that began on the page before."""
    if any(sum(bool(cell.lines) for cell in row) > 1 for row in rows):
        return False
    return len(rows) > 1 or bool(rows[0][0].lines) or sum(len(cell.lines) for cell in rows[0]) > _MAX_REST


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Printed lines, from the top, of characters given in any order."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.bottom):
        if lines and _is_level(lines[-1][0], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [line for line in map(_line, lines) if line.text]


def _is_level(one: Glyph, lower: Glyph) -> bool:
    """Whether two characters stand on one line, of which one may be raised or lowered a little."""
    return one.bottom - lower.bottom < 0.45 * max(one.top - one.bottom, lower.top - lower.bottom)


def _line(glyphs: list[Glyph]) -> Line:
    glyphs.sort(key=lambda glyph: glyph.left)
    size = median(max(glyph.top - glyph.bottom, glyph.right - glyph.left) for glyph in glyphs)
    parted = (" " if _parted(one, other, size) else "" for one, other in pairwise(glyphs))
    words = glyphs[0].char + "".join(map(add, parted, (glyph.char for glyph in glyphs[1:])))
    return Line(
        text=_INVISIBLE.sub("", sign(words)),
        left=glyphs[0].left,
        right=max(glyph.right for glyph in glyphs),
        bottom=min(glyph.bottom for glyph in glyphs),
        top=max(glyph.top for glyph in glyphs),
        size=size,
    )


def _parted(one: Glyph, other: Glyph, size: float) -> bool:
    """Whether there is a space between two characters: one that is drawn, or a gap of the width of one."""
    gap = other.left - one.right
    western = [bool(_WESTERN.match(glyph.char)) for glyph in (one, other)]
    if all(western):
        return bool(other.before) or gap > 0.25 * size
    if any(western):  # typesetters leave a little room between the scripts
        return other.before == " " or gap > 0.9 * size
    return other.before == " " or gap > 0.2 * size


def joined(lines: Iterable[str]) -> str:
    """Lines of one paragraph as one line, with a space only between Western words."""
    text = ""
    parts: list[str] = []
    for line in lines:
        if text and text[-1].isascii() and text[-1].isalpha() and line[:1].isascii() and line[:1].isalpha():
            parts.append(" ")
        parts.append(line)
        text = line or text
    return "".join(parts)
