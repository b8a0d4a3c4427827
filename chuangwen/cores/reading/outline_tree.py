"""Paragraphs into a tree of headings: levels follow from the order in which marks appear and count on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.model import Span
from chuangwen.cores.reading.outline_levels import Levels, series
from chuangwen.cores.reading.outline_marks import Mark, inside_marks, is_box, leading_marks
from chuangwen.cores.reading.outline_node import BOX, PLAIN, ROW, SPOKEN, TEXT, Node
from chuangwen.cores.reading.outline_table import read_rows
from chuangwen.cores.reading.outline_titles import title_end
from chuangwen.cores.reading.outline_words import (
    is_farewell,
    is_frame,
    is_group_like,
    is_remark,
    is_stamp,
    is_wrapper,
    run_on_heading,
    turns,
)
from chuangwen.cores.reading.responsibility import lists_units, read_duties
from chuangwen.cores.reading.view import View

_HIGH = {"cn", "cn_paren"}
_PLAIN_AT_MOST = 28  # characters of an unnumbered heading
_ENDS = tuple("。;:!?…,、")
_BRACKETED = re.compile(r"^【([^【】]{2,24})】$")
_AHEAD = 40  # marks among which the second of a series inside a paragraph is looked for


def build(paragraphs: Sequence[Paragraph], title: Span | None) -> Node:
    """The tree of a document; its root is no heading, and the paragraph of its own `title` heads nothing."""
    return _Builder(paragraphs, title).levels.root


class _Builder:
    def __init__(self, paragraphs: Sequence[Paragraph], title: Span | None) -> None:
        self.title = title
        self.paragraphs = paragraphs
        self.marks = [[] if paragraph.cells else leading_marks(paragraph.view) for paragraph in paragraphs]
        self._unmark_subtitle()
        self.levels = Levels(self.marks)
        self.last_marked = max((i for i, marks in enumerate(self.marks) if marks), default=-1)
        self.rows = read_rows(paragraphs)
        for i, paragraph in enumerate(paragraphs):
            self._take(i, paragraph)

    def _unmark_subtitle(self) -> None:
        """A dash before a line above the first sentence sets off a subtitle, no heading."""
        for i, paragraph in enumerate(self.paragraphs):
            if "。" in paragraph.view.text or paragraph.cells:
                break
            if any(mark.kind == "dash" for mark in self.marks[i]):
                self.marks[i] = []

    def _take(self, i: int, paragraph: Paragraph) -> None:
        view = paragraph.view
        if paragraph.cells:
            self._row(i, view)
        elif is_box(view):
            self._open_line(view, BOX, self._depth_of_open(BOX))
        elif is_remark(view.text):
            self.levels.open.clear()
            self.levels.add(Node(TEXT, view, view.at[0]))
        else:
            self._cut(i, view)

    def _row(self, i: int, view: View) -> None:
        row = self.rows.get(i)
        node = Node(ROW, view, view.at[0], row=row)
        if row is not None:
            node.printed = row.number
        self.levels.add(node)

    def _cut(self, i: int, view: View) -> None:
        """Part a paragraph at its marks."""
        first = self._leading(i, view)
        cuts = self._inside(i, view, first)
        ends = [*(mark.start for mark in cuts), len(view)]
        if first:
            self._head(i, view, first, ends[0])
        elif ends[0]:
            self._plain_or_text(i, view.part(0, ends[0]))
        kinds = {mark.kind for mark in cuts}
        flat = len(kinds) > 1 and bool(kinds & _HIGH)  # a whole outline without line breaks
        for mark, end in zip(cuts, ends[1:], strict=True):
            self._head(i, view, mark, end, own_line=flat)

    def _leading(self, i: int, view: View) -> Mark | None:
        """The mark that opens this paragraph, if it fits the sequence."""
        for mark in self.marks[i]:
            if mark.end < len(view) and self.levels.depth(i, mark) is not None:
                return mark
        return None

    def _inside(self, i: int, view: View, first: Mark | None) -> list[Mark]:
        """The marks inside a paragraph that make up a series 1, 2, …"""
        candidates = list(inside_marks(view))
        last = {first.kind: first.number} if first else {}
        innermost = self.levels.open[-1] if self.levels.open else None
        found = []
        for k, mark in enumerate(candidates):
            number = mark.number or 0
            if number == 1:
                ahead = candidates[k + 1 : k + 1 + _AHEAD]
                following = next((each.number for each in ahead if each.kind == mark.kind), None)
                fits = following == 2 or (following is None and self.levels.follows(i, mark.kind, 2))
            else:
                fits = last.get(mark.kind) == number - 1 or (
                    innermost is not None and (innermost.kind, innermost.number) == (mark.kind, number - 1)
                )
            if fits:
                last[mark.kind] = number
                found.append(mark)
        return found

    def _head(self, i: int, view: View, mark: Mark, end: int, *, own_line: bool = True) -> None:
        """Open the heading of a mark that was found to fit."""
        depth = self.levels.depth(i, mark)
        block = view.part(mark.end, end)
        if depth is None or not len(block):
            self.levels.add(Node(TEXT, view.part(mark.start, end), view.at[mark.start], own_line=own_line))
            return
        kind = series(mark.kind)
        title, body = title_end(block, article=kind == "article", whole_line=end == len(view))
        node = Node(kind, block, view.at[mark.start], mark.number, mark.printed, title, body, own_line)
        node.before = self._lead_in(view, mark, depth)
        node.duties = read_duties(block)
        if node.duties and 0 < node.duties[0].start < node.title_end:
            node.title_end = node.body = node.duties[0].start
        if not self._printed_twice(node, depth):
            self.levels.push(node, depth)

    def _lead_in(self, view: View, mark: Mark, depth: int) -> str:
        """The last sentence before a series: in its paragraph, else of the paragraph above."""
        if mark.start:
            if mark.number != 1 and self.levels.open:
                return self.levels.open[-1].before
            return view.text[max(0, view.text.rfind("。", 0, mark.start - 1)) : mark.start]
        parent = self.levels.open[depth - 1] if depth else self.levels.root
        above = parent.children[-1] if parent.children else None
        if above is None or above.kind != TEXT:
            return ""
        text = above.view.text
        return text[text.rfind("。", 0, len(text) - 1) + 1 :]

    def _printed_twice(self, node: Node, depth: int) -> bool:
        """Whether the heading only repeats the one that is open."""
        if depth >= len(self.levels.open) or node.body < len(node.view):
            return False
        before = self.levels.open[depth]
        return (before.number, before.title) == (node.number, node.title)

    def _plain_or_text(self, i: int, view: View) -> None:
        """A paragraph without a mark: an unnumbered heading, or text that may end in the next heading."""
        if bracketed := _BRACKETED.match(view.text):
            self._open_line(view.part(*bracketed.span(1)), PLAIN, self._plain_depth(i) or 0)
            return
        behind = i > self.last_marked and _short(self.paragraphs[i]) and not read_duties(view)
        signed = behind and is_stamp(view.text)
        if is_farewell(view.text) or signed:
            self.levels.open.clear()
        elif turns(view.text):
            self.levels.end_told()
        elif len(view) == len(self.paragraphs[i].view) and self._stands_out(i):
            depth = self._plain_depth(i)
            if depth is not None:
                self._open_line(view, PLAIN, depth)
                return
        self.levels.end_paragraph(i)
        heading = run_on_heading(view.text)
        text = view.part(0, heading)
        self.levels.add(Node(TEXT, text, view.at[0], duties=read_duties(text)))
        if heading < len(view):
            self._open_line(view.part(heading, len(view)), PLAIN, 0)

    def _open_line(self, view: View, kind: str, depth: int) -> None:
        self.levels.push(Node(kind, view, view.at[0], title_end=len(view), body=len(view)), depth)

    def _depth_of_open(self, kind: str) -> int:
        kinds = [node.kind for node in self.levels.open]
        return kinds.index(kind) if kind in kinds else len(kinds)

    def _stands_out(self, i: int) -> bool:
        """Whether a paragraph without a mark looks like a heading: short, unended, with text under it."""
        paragraph = self.paragraphs[i]
        text = paragraph.view.text
        if not _short(paragraph) or self._is_title(paragraph) or is_stamp(text):
            return False
        if text[0] in "—-―─(" or ":" in text or read_duties(paragraph.view) or lists_units(text):
            return False
        for following in range(i + 1, min(i + 3, len(self.paragraphs))):
            if self.marks[following]:
                return True
            if not _short(self.paragraphs[following]):
                return not self.paragraphs[following].cells
        return False

    def _is_title(self, paragraph: Paragraph) -> bool:
        span = paragraph.span
        return self.title is not None and self.title.start < span.end and self.title.end > span.start

    def _plain_depth(self, i: int) -> int | None:
        """Depth for an unnumbered heading; None if it is a line inside what is open."""
        kinds = [node.kind for node in self.levels.open]
        for mark in self.marks[i + 1] if i + 1 < len(self.marks) else []:
            kind = series(mark.kind)
            if kind in kinds:
                depth = kinds.index(kind)
                return depth - 1 if depth and kinds[depth - 1] == PLAIN else depth
            if mark.number in (None, 1) and kind not in SPOKEN:
                return self._depth_of_open(PLAIN)
        if PLAIN in kinds:
            return kinds.index(PLAIN)
        title = self.paragraphs[i].view.text
        return 0 if not kinds or is_frame(title) or is_wrapper(title) or is_group_like(title) else None


def _short(paragraph: Paragraph) -> bool:
    text = paragraph.view.text
    ended = text.endswith(_ENDS) or "。" in text
    return not paragraph.cells and 2 <= len(text) <= _PLAIN_AT_MOST and not ended
