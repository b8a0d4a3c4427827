"""Lines of the canonical text put together into paragraphs and table rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chuangwen.cores.reading.layout_lines import line_spans
from chuangwen.cores.reading.model import Span
from chuangwen.cores.reading.outline_marks import leading_marks
from chuangwen.cores.reading.outline_words import is_stamp
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

    `kind` is heading (a title), text, duty (who leads and helps) or row (a cell of a table row). `program`
    and `task` are indices into the outline, None outside. `deadline` is that of its task's own 完成时限.
    `reports` is True where past work is told (工作总结, 取得的成绩), False where what is to come is, None if
    unknown.
    """

    view: View
    kind: str = "text"
    program: int | None = None
    task: int | None = None
    deadline: str | None = None
    reports: bool | None = None


_TAB, _BAR, _SPACES = re.compile(r"\t"), re.compile(r"[|│┃｜]"), re.compile(r"[ 　]{2,}")
# A number or a label that a tab sets off from its text: no row of a table.
_MARK_AND_TEXT = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|第[一二三四五六七八九十]{1,3}[条章节]|[^\t]{1,12}[:：])\t+[^\t]+$"
)
_SPACED_HEADER = re.compile(r"\s*(?:序号|编号)(?:[ 　]{2,}\S{2,12}){2,}\s*$")
_ENDS = tuple("。;:!?…”)》】.")
_UNFINISHED = tuple(",、(《“〔[-—·")
_PAIRS = (("《", "》"), ("“", "”"), ("(", ")"), ("〔", "〕"))
_LEAST_WIDTH, _LEAST_LINES = 12, 8  # of lines that can tell how a text was broken
_SLACK = 3  # characters by which a full line may be shorter
_LONG = 30  # characters of a line that is no heading
_STRONG = {"part", "chapter", "section", "article", "cn", "cn_paren"}  # marks that no broken line begins with
_REST = 14  # characters of the broken-off rest of a heading, at most
_PUNCTUATION = re.compile("[,、。;:]")
_LABEL = re.compile(r"[^\W\d_]{2,8}:")  # 责任单位:
_INDENT = re.compile(r"[ \t]*(?:　|\xa0\xa0|  )")


@dataclass(slots=True)
class _Line:
    span: Span
    view: View
    after_blank: bool
    indented: bool
    in_body: bool  # behind the first line that ends a sentence
    masks: list[Span]

    @property
    def ended(self) -> bool:
        """Whether it ends like a sentence, a lead-in or a title in brackets."""
        return self.view.text.endswith(_ENDS)

    @property
    def cut_off(self) -> bool:
        """Whether it surely goes on below: it ends in a comma, or a bracket or quotation is still open."""
        text = self.view.text
        if text.endswith(("。", ";", "!", "?")):
            return False
        return text.endswith(_UNFINISHED) or any(
            text.count(left) > text.count(right) for left, right in _PAIRS
        )


@dataclass(slots=True)
class _Style:
    """How the text shows where a paragraph begins.

    `width` is the number of characters at which lines were broken, None if they were not; `indented` and
    `separated` say whether most paragraphs begin with an indent, or behind a blank line.
    """

    width: int | None
    indented: bool
    separated: bool


def paragraphs(text: str, masked: Sequence[Span]) -> list[Paragraph]:
    """The paragraphs of a text without its masked places; empty ones are left out."""
    lines = list(_lines(text, masked))
    style = _style(lines)
    found: list[Paragraph] = []
    held: list[_Line] = []
    in_table = False
    for line in lines:
        cells = _cells(text, line, in_table=in_table)
        in_table = cells is not None
        if held and (cells or not _goes_on(held[-1], line, style, alone=len(held) == 1)):
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
    """The lines that hold something. One that is left out whole (a page number) parts nothing."""
    starts = [mask.start for mask in masked]
    blank, body = True, False
    for begin, end in line_spans(text):
        first = max(0, bisect_left(starts, begin) - 1)
        masks = [mask for mask in masked[first : bisect_left(starts, end)] if mask.end > begin]
        view = view_of(text, begin, end, masks)
        if len(view):
            yield _Line(Span(begin, end), view, blank, bool(_INDENT.match(text, begin)), body, masks)
            blank, body = False, body or view.text.endswith("。")
        elif not masks:
            blank = True


def _style(lines: Sequence[_Line]) -> _Style:
    width = _wrapped_width(lines)
    ended = [after for before, after in pairwise(lines) if before.view.text.endswith("。")]
    most = max(3, 0.8 * len(ended))
    return _Style(
        width,
        indented=sum(line.indented for line in ended) >= most,
        separated=sum(line.after_blank for line in ended) >= most,
    )


def _wrapped_width(lines: Sequence[_Line]) -> int | None:
    """The width at which lines were broken, if the text has hard line breaks as from a page; else None."""
    lengths = [len(line.view) for line in lines if len(line.view) >= _LEAST_WIDTH]
    if len(lengths) < _LEAST_LINES:
        return None
    counts = Counter(lengths)
    width = max(counts, key=lambda each: (sum(counts[each + k] for k in (-2, -1, 0, 1)), each))
    full = [line for line in lines if width - _SLACK <= len(line.view) <= 1.5 * width]
    few = len(full) < 0.35 * len(lengths) or sum(each > 1.5 * width for each in lengths) > 0.05 * len(lengths)
    return None if few or sum(not line.ended for line in full) < 0.6 * len(full) else width


def _goes_on(line: _Line, following: _Line, style: _Style, *, alone: bool) -> bool:
    """Whether `following` continues the paragraph of `line`; `alone`: the paragraph so far is this line."""
    begins = following.after_blank or (following.indented and style.indented)
    kinds = {mark.kind for mark in leading_marks(following.view)} - {"bare"}
    if kinds & _STRONG:
        return False
    marked = bool(kinds)
    full = style.width is not None and len(line.view) >= style.width - _SLACK
    if full and not begins:
        return not (marked and line.ended)
    if marked:
        return False
    if line.cut_off:
        return True
    if begins or line.ended or _LABEL.match(following.view.text):
        return False
    if style.separated or style.indented:
        stamped = is_stamp(line.view.text) or is_stamp(following.view.text)
        return line.in_body and not stamped and (not alone or _heads_nothing(line, following))
    return len(line.view) >= _LONG and "," in line.view.text and not following.indented


def _heads_nothing(line: _Line, following: _Line) -> bool:
    """Whether a line is no heading over `following`: it is running text, or its own rest follows."""
    running = len(line.view) > _LONG or bool(_PUNCTUATION.search(line.view.text))
    return running or (len(following.view) <= _REST and not _PUNCTUATION.search(following.view.text))


def _cells(text: str, line: _Line, *, in_table: bool) -> list[View] | None:
    """The cells of a table row; None if the line is none. `in_table`: below a row, where gaps part cells."""
    row = text[line.span.start : line.span.end]
    if "\t" in row.strip("　 ") and (in_table or not _MARK_AND_TEXT.match(row)):
        parted = _TAB
    elif len(_BAR.findall(row)) >= 2:
        parted = _BAR
    elif in_table or _SPACED_HEADER.match(row):
        parted = _SPACES
    else:
        return None
    cells, begin = [], line.span.start
    for match in [*parted.finditer(text, line.span.start, line.span.end), None]:
        end = match.start() if match else line.span.end
        cells.append(line.view.within(Span(begin, end)))
        begin = match.end() if match else end
    if parted is not _TAB:  # a row drawn with bars has one at each side
        cells = cells[not len(cells[0]) : len(cells) - (not len(cells[-1]))]
    return cells if sum(len(cell) > 0 for cell in cells) >= (3 if parted is _SPACES else 2) else None


def _joined(text: str, lines: list[_Line]) -> Paragraph:
    if len(lines) == 1:
        return Paragraph(lines[0].span, lines[0].view)
    chars = "".join(line.view.text for line in lines)
    at = [place for line in lines for place in line.view.at]
    return Paragraph(Span(lines[0].span.start, lines[-1].span.end), View(chars, at, text))
