"""Lines of the canonical text put together into paragraphs and table rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

from chuangwen.cores.reading.furniture import LINE_BREAK
from chuangwen.cores.reading.model import Span
from chuangwen.cores.reading.outline_marks import leading_marks
from chuangwen.cores.reading.view import View, view_of


@dataclass(slots=True)
class Paragraph:
    """One paragraph; or one table row, whose `cells` are then the views of its cells."""

    span: Span
    view: View
    cells: list[View] | None = None


@dataclass(slots=True)
class Part:
    """A stretch of one paragraph and where it stands in the outline.

    `kind` is heading (a title), text, duty (who leads and helps) or row (a table row). `program` and `task` are
    indices into the outline, None outside. `deadline` is that of a row's own 完成时限 cell. `reports` is True where
    the outline shows that past work is told (工作总结, 取得的成绩), False where what is to come is, None if unknown.
    """

    view: View
    kind: str = "text"
    program: int | None = None
    task: int | None = None
    deadline: str | None = None
    reports: bool | None = None


_CELLS = re.compile(r"[\t|│┃｜]")
_ENDS = tuple("。;:!?…”)》】.")
_UNFINISHED = tuple(",、(《“〔[-—·")
_PAIRS = (("《", "》"), ("“", "”"), ("(", ")"), ("〔", "〕"))
_INDENT = re.compile(r"[ \t]*(?:　|\xa0\xa0|  )")


@dataclass(slots=True)
class _Line:
    span: Span
    view: View
    after_blank: bool
    indented: bool
    masks: list[Span]


def paragraphs(text: str, masked: Sequence[Span]) -> list[Paragraph]:
    """The paragraphs of a text without its masked places; empty ones are left out."""
    lines = list(_lines(text, masked))
    width = _wrapped_width(lines)
    found: list[Paragraph] = []
    held: list[_Line] = []
    for line in lines:
        cells = _cells(text, line)
        if held and (cells or not _goes_on(held[-1], line, width)):
            found.append(_joined(text, held))
            held = []
        if cells:
            found.append(Paragraph(line.span, line.view, cells))
        else:
            held.append(line)
    if held:
        found.append(_joined(text, held))
    return found


def _lines(text: str, masked: Sequence[Span]) -> Iterator[_Line]:
    """The lines that hold something."""
    starts = [mask.start for mask in masked]
    begin, blank = 0, True
    for end, following in [*(match.span() for match in LINE_BREAK.finditer(text)), (len(text), len(text))]:
        first = max(0, bisect_left(starts, begin) - 1)
        masks = [mask for mask in masked[first : bisect_left(starts, end)] if mask.end > begin]
        view = view_of(text, begin, end, masks)
        if len(view):
            yield _Line(Span(begin, end), view, blank, bool(_INDENT.match(text, begin)), masks)
        blank = not len(view)
        begin = following


def _wrapped_width(lines: list[_Line]) -> int | None:
    """The width at which lines were broken, if the text has hard line breaks as from a page; else None."""
    widths = sorted(len(line.view) for line in lines if len(line.view) >= 12)
    if len(widths) < 8:
        return None
    width = round(quantiles(widths, n=20)[-2])
    full = sum(width - 3 <= each <= width + 3 for each in widths)
    open_ends = sum(not line.view.text.endswith(_ENDS) for line in lines if abs(len(line.view) - width) <= 3)
    return width if width <= 70 and full >= 0.4 * len(widths) and open_ends >= 0.6 * full else None


def _goes_on(line: _Line, following: _Line, width: int | None) -> bool:
    """Whether `following` continues the paragraph of `line`."""
    text = line.view.text
    if leading_marks(following.view):
        return False
    if text.endswith(_UNFINISHED) or any(text.count(left) > text.count(right) for left, right in _PAIRS):
        return True
    if following.after_blank:
        return False
    if width is not None and not following.indented:
        return len(text) >= width - 3
    return len(text) >= 30 and not text.endswith(_ENDS) and not following.indented and "," in text


def _cells(text: str, line: _Line) -> list[View] | None:
    """The cells of a table row; None if the line is none."""
    row = text[line.span.start : line.span.end]
    if len(row.strip("　 ").split("\t")) < 2 and len(re.findall(r"[|│┃｜]", row)) < 2:
        return None
    cells, begin = [], line.span.start
    for match in [*_CELLS.finditer(text, line.span.start, line.span.end), None]:
        end = match.start() if match else line.span.end
        cells.append(view_of(text, begin, end, line.masks))
        begin = end + 1
    if "\t" not in row.strip():  # a row drawn with bars has one at each side
        cells = cells[not len(cells[0]) : len(cells) - (not len(cells[-1]))]
    return cells if sum(len(cell) > 0 for cell in cells) >= 2 else None


def _joined(text: str, lines: list[_Line]) -> Paragraph:
    if len(lines) == 1:
        return Paragraph(lines[0].span, lines[0].view)
    chars = "".join(line.view.text for line in lines)
    at = [place for line in lines for place in line.view.at]
    return Paragraph(Span(lines[0].span.start, lines[-1].span.end), View(chars, at, text))
