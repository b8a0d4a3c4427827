"""Printed lines put back together into the paragraphs that were wrapped to the width of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from chuangwen.cores.reading.files.pdf_page import Line, joined

_MARK = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,3}(?:[、)）]|[.．](?!\d))|"
    r"第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳■●◆▪•▶➢【]|——|附件|附表"
)
_DECIMAL_MARK = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s?[^\d.%％‰]")  # 1.2 and the like; also 8.5公里
_ENDS = tuple("。！？；：")
_LEAST_RIGHT = 0.75  # of the width of the page: no block of text ends left of this
# What a line break does not divide: figures and words with their marks, a character and those after it.
_UNIT = re.compile(r"[!-~、，；：％]*[^!-~]?[、，。；：！？％）”’》…]*")


@dataclass(frozen=True, slots=True)
class Measure:
    """The text block of a document, in points: its edges, and how far apart its lines are."""

    left: float
    right: float
    pitch: float


def measure_of(pages: Iterable[Sequence[Line]], width: float) -> Measure:
    """The measure of the lines of pages of this width, all zero if there are none."""
    pairs = [pair for page in pages for pair in pairwise(page)]
    if not pairs:
        return Measure(0.0, 0.0, 0.0)
    rights = sorted((line.right for pair in pairs for line in pair), reverse=True)
    right = max(rights[min(4, len(rights) - 1)], _LEAST_RIGHT * width)
    # Where a sentence goes on from a full line, the next line shows the left edge and the distance of lines.
    going_on = [
        (one, two) for one, two in pairs if _is_full(one, right) and not one.text.endswith(_ENDS)
    ] or pairs
    left = Counter(round(two.left / 4) for _, two in going_on).most_common(1)[0][0] * 4.0
    return Measure(left, right, median(one.bottom - two.bottom for one, two in going_on))


def paragraphs_of(lines: Iterable[tuple[int, Line]], measure: Measure) -> list[str]:
    """The paragraphs of lines, each with the number of its page; one may run on over pages."""
    groups: list[list[Line]] = []
    page_before = -1
    for page, line in lines:
        if groups and _runs_on(groups[-1][-1], line, measure, turned=page != page_before):
            groups[-1].append(line)
        else:
            groups.append([line])
        page_before = page
    return [joined(line.text for line in group) for group in groups]


def _is_full(line: Line, right: float, following: float = 0.0) -> bool:
    """Whether a line reaches the right edge, or would with what follows, which is so many points wide."""
    return line.right + max(following, line.size) + line.size > right


def _width(line: Line) -> float:
    """About how wide the beginning of a line is that could not stay on the line before."""
    unit = _UNIT.match(line.text)
    return sum(0.6 if char.isascii() else 1.0 for char in unit[0]) * line.size if unit else 0.0


def _runs_on(before: Line, line: Line, measure: Measure, turned: bool) -> bool:
    """Whether a paragraph goes on from one line to the next, which may be on a page that was `turned` to."""
    if _MARK.match(line.text) or not 0.8 < line.size / before.size < 1.25:
        return False
    ended = before.text.endswith(_ENDS)
    if ended and _DECIMAL_MARK.match(line.text):
        return False
    if line.left > measure.left + 1.2 * line.size:
        return False
    if not turned and before.bottom - line.bottom > 1.28 * measure.pitch:
        return False
    broken_off = 0 if ended else 4 * before.size
    return _is_full(before, measure.right, max(_width(line), broken_off))
