"""Paragraphs into a tree of headings: levels follow from the order in which marks appear and count on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.model import Span
from chuangwen.cores.reading.outline_marks import RANK, Mark, inside_marks, is_box, leading_marks
from chuangwen.cores.reading.outline_table import Row, read_rows
from chuangwen.cores.reading.outline_titles import title_end
from chuangwen.cores.reading.outline_words import (
    is_farewell,
    is_frame,
    is_group_like,
    is_remark,
    is_stamp,
    is_wrapper,
    run_on_heading,
)
from chuangwen.cores.reading.responsibility import Duty, read_duties
from chuangwen.cores.reading.view import View

PLAIN = "plain"  # an unnumbered heading
TEXT = "text"  # a paragraph without a heading
ROW = "row"  # a table row
BOX = "box"  # a box with details (专栏1 …)

_BOLD_RANK = 1  # a heading that is a line of its own counts as a high one
_PLAIN_AT_MOST = 28
_ENDS = tuple("。;:!?…,、")
_SPOKEN = {"is", "ordinal"}  # 一是 …: a series told in running text
_HIGH = {"cn", "cn_paren"}


@dataclass(slots=True, eq=False)
class Node:
    """A heading with what stands under it, or a paragraph without one (`kind` text or row).

    `view` is its own stretch of one paragraph without the mark: a title up to `title_end`, text from `body`
    on. `before` holds the words that lead in to a series inside a paragraph, `duties` who is responsible.
    """

    kind: str
    view: View
    start: int
    number: int | None = None
    printed: str | None = None
    title_end: int = 0
    body: int = 0
    own_line: bool = True
    before: str = ""
    duties: list[Duty] = field(default_factory=list)
    row: Row | None = None  # of a table row
    past: bool = False  # whether the section reports what was done
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title as the grammars see it."""
        return self.view.text[: self.title_end]

    @property
    def end(self) -> int:
        """Offset in the canonical text behind all that stands under this node."""
        node = self
        while node.children:
            node = node.children[-1]
        return max(node.view.at[-1] + 1 if node.view.at else node.start, node.start)


def build(paragraphs: Sequence[Paragraph], title: Span | None) -> Node:
    """The tree of a document; its root is no heading, and the paragraph of its own `title` heads nothing."""
    return _Builder(paragraphs, title).root


class _Builder:
    def __init__(self, paragraphs: Sequence[Paragraph], title: Span | None) -> None:
        self.title = title
        self.root = Node("root", View("", [], ""), 0)
        self.open: list[Node] = []  # the headings open at this place, outermost first
        self.parent_kind: dict[str, str] = {}  # kind of heading under which a kind was last opened
        self.last: dict[str, int] = {}  # last number of a kind
        self.paragraphs = paragraphs
        self.marks = [[] if paragraph.cells else leading_marks(paragraph.view) for paragraph in paragraphs]
        self._unmark_subtitle()
        self.coming = self._positions()
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

    def _positions(self) -> dict[str, list[tuple[int, int]]]:
        """Where each kind of mark opens a paragraph: (paragraph, number)."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i, marks in enumerate(self.marks):
            for mark in marks:
                found[_series(mark.kind)].append((i, mark.number or 0))
        return found

    def _next(self, i: int, kind: str, number: int) -> bool:
        """Whether the next mark of this kind that opens a paragraph after the i-th has this number."""
        places = self.coming.get(kind, [])
        k = bisect_right(places, (i, 1_000))
        while k < len(places) and places[k][1] == number - 1 and number > 2:  # printed twice
            k += 1
        return k < len(places) and places[k][1] == number

    def _take(self, i: int, paragraph: Paragraph) -> None:
        view = paragraph.view
        if paragraph.cells:
            self._add_row(i, view)
            return
        if is_box(view):
            self._open(Node(BOX, view, view.at[0], title_end=len(view), body=len(view)), self._box_depth())
            return
        first = self._leading(i, view)
        if is_remark(view.text):
            self.open.clear()
            self._add(Node(TEXT, view, view.at[0]))
            return
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
            if mark.end < len(view) and self._depth(i, mark, own_line=True) is not None:
                return mark
        return None

    def _inside(self, i: int, view: View, first: Mark | None) -> list[Mark]:
        """The marks inside a paragraph that make up a series 1, 2, …"""
        candidates = list(inside_marks(view))
        last: dict[str, int] = {}
        if first and first.number is not None:
            last[first.kind] = first.number
        found = []
        for k, mark in enumerate(candidates):
            number = mark.number or 0
            following = next((m.number for m in candidates[k + 1 : k + 41] if m.kind == mark.kind), None)
            begins = number == 1 and (following == 2 or (following is None and self._next(i, mark.kind, 2)))
            if begins or last.get(mark.kind) == number - 1 or (number > 1 and self._continues_open(mark)):
                last[mark.kind] = number
                found.append(mark)
        return found

    def _continues_open(self, mark: Mark) -> bool:
        return any(
            node.kind == mark.kind and node.number == (mark.number or 0) - 1 for node in self.open[-1:]
        )

    def _depth(self, i: int, mark: Mark, *, own_line: bool) -> int | None:
        """How many open headings stay open around a heading with this mark; None if it fits nowhere."""
        kind, number = _series(mark.kind), mark.number
        for depth in reversed(range(len(self.open))):
            if self.open[depth].kind == kind:
                return depth if self._counts_on(i, self.open[depth].number, mark, own_line) else None
        if mark.kind == "bare":
            return self._nested(i, kind) if number == 1 and self._run_follows(i, kind) else None
        last = self.last.get(kind)
        if number in (None, 1) or (own_line and last is not None and last < (number or 0) <= last + 3):
            return self._nested(i, kind)
        if own_line and last is None and (not self.open or self._next(i, kind, (number or 0) + 1)):
            return self._nested(i, kind)
        return None

    def _counts_on(self, i: int, last: int | None, mark: Mark, own_line: bool) -> bool:
        if mark.number is None or last is None:
            return True
        if mark.number == last + 1:
            return True
        if mark.kind == "bare":
            return mark.number == 1 and self._run_follows(i, "cn_paren")
        return mark.number == 1 or (own_line and last <= mark.number <= last + 3)

    def _run_follows(self, i: int, kind: str) -> bool:
        """Whether 2 and 3 of a kind that is easily mistaken come next."""
        return self._next(i, kind, 2) and self._next(self._place(i, kind), kind, 3)

    def _place(self, i: int, kind: str) -> int:
        places = self.coming[kind]
        return places[bisect_right(places, (i, 1_000))][0]

    def _nested(self, i: int, kind: str) -> int:
        """Depth for a kind of mark that is not open: under the kind it stood under before, else by rank."""
        known = self.parent_kind.get(kind)
        depth = len(self.open)
        while depth:
            node = self.open[depth - 1]
            if _height(node) < _rank(kind) or node.kind == known or self._goes_on(i, node):
                break
            depth -= 1
        return depth

    def _goes_on(self, i: int, node: Node) -> bool:
        return node.number is not None and self._next(i, node.kind, node.number + 1)

    def _head(self, i: int, view: View, mark: Mark, end: int, *, own_line: bool = True) -> None:
        """Open the heading of a mark that was found to fit."""
        before = ""
        if mark.start:
            before = view.text[max(0, view.text.rfind("。", 0, mark.start - 1)) : mark.start]
            if mark.number != 1 and self.open:
                before = self.open[-1].before
        depth = self._depth(i, mark, own_line=True)
        block = view.part(mark.end, end)
        if depth is None or not len(block):
            self._add(Node(TEXT, view.part(mark.start, end), view.at[mark.start], own_line=own_line))
            return
        kind = _series(mark.kind)
        title, body = title_end(block, article=kind == "article", whole_line=end == len(view))
        node = Node(
            kind, block, view.at[mark.start], mark.number, mark.printed, title, body, own_line, before
        )
        node.duties = read_duties(block)
        if node.duties and 0 < node.duties[0].start < node.title_end:
            node.title_end = node.body = node.duties[0].start
        if not self._printed_twice(node, depth):
            self._open(node, depth)

    def _printed_twice(self, node: Node, depth: int) -> bool:
        """Whether the heading only repeats the one that is open."""
        before = self.open[depth] if depth < len(self.open) else None
        return (
            before is not None
            and (before.number, before.title) == (node.number, node.title)
            and node.body >= len(node.view)
        )

    def _open(self, node: Node, depth: int) -> None:
        del self.open[depth:]
        self.parent_kind[node.kind] = self.open[-1].kind if self.open else "root"
        if node.number is not None:
            self.last[node.kind] = node.number
        self._add(node)
        self.open.append(node)

    def _add(self, node: Node) -> None:
        node.parent = self.open[-1] if self.open else self.root
        node.parent.children.append(node)

    def _add_row(self, i: int, view: View) -> None:
        row = self.rows.get(i)
        node = Node(ROW, view, view.at[0], row=row)
        if row is not None and row.title is not None:
            node.number, node.printed = 0, row.number
        self._add(node)

    def _box_depth(self) -> int:
        kinds = [node.kind for node in self.open]
        return kinds.index(BOX) if BOX in kinds else len(kinds)

    def _plain_or_text(self, i: int, view: View) -> None:
        if is_farewell(view.text):
            self.open.clear()
        elif bracketed := _BRACKETED.match(view.text):
            self._open_plain(view.part(*bracketed.span(1)), self._plain_depth(i) or 0)
            return
        elif len(view) == len(self.paragraphs[i].view) and self._stands_out(i):
            depth = self._plain_depth(i)
            if depth is not None:
                self._open_plain(view, depth)
                return
        while self.open and _ends_with_paragraph(self.open[-1]) and not self._goes_on(i, self.open[-1]):
            self.open.pop()
        heading = run_on_heading(view.text)
        self._add(Node(TEXT, view.part(0, heading), view.at[0], duties=read_duties(view.part(0, heading))))
        if heading < len(view):
            self._open_plain(view.part(heading, len(view)), 0)

    def _open_plain(self, view: View, depth: int) -> None:
        self._open(Node(PLAIN, view, view.at[0], title_end=len(view), body=len(view)), depth)

    def _stands_out(self, i: int) -> bool:
        """Whether a paragraph without a mark looks like a heading: short, unended, with text under it."""
        if not _short(self.paragraphs[i]) or self._is_title(i):
            return False
        if is_stamp(self.paragraphs[i].view.text) or self.paragraphs[i].view.text[0] in "—-―─(":
            return False
        if ":" in self.paragraphs[i].view.text or read_duties(self.paragraphs[i].view):
            return False
        for following in range(i + 1, min(i + 3, len(self.paragraphs))):
            if self.marks[following]:
                return True
            if not _short(self.paragraphs[following]):
                return not self.paragraphs[following].cells
        return False

    def _is_title(self, i: int) -> bool:
        span = self.paragraphs[i].span
        return self.title is not None and self.title.start < span.end and self.title.end > span.start

    def _plain_depth(self, i: int) -> int | None:
        """Depth for an unnumbered heading; None if it is a line inside what is open."""
        kinds = [node.kind for node in self.open]
        title = self.paragraphs[i].view.text
        if i + 1 < len(self.marks):
            for mark in self.marks[i + 1]:
                kind = _series(mark.kind)
                if kind in kinds:
                    depth = kinds.index(kind)
                    return depth - 1 if depth and kinds[depth - 1] == PLAIN else depth
                if mark.number in (None, 1) and kind not in _SPOKEN:
                    return kinds.index(PLAIN) if PLAIN in kinds else len(kinds)
        if PLAIN in kinds:
            return kinds.index(PLAIN)
        if not kinds or is_frame(title) or is_wrapper(title) or is_group_like(title):
            return 0
        return None


_BRACKETED = re.compile(r"^【([^【】]{2,24})】$")


def _short(paragraph: Paragraph) -> bool:
    text = paragraph.view.text
    return (
        not paragraph.cells
        and 2 <= len(text) <= _PLAIN_AT_MOST
        and not text.endswith(_ENDS)
        and "。" not in text
    )


def _ends_with_paragraph(node: Node) -> bool:
    """Whether a heading reaches no further than its paragraph unless its series goes on."""
    return node.kind in _SPOKEN or not node.own_line


def _series(kind: str) -> str:
    return "cn_paren" if kind == "bare" else kind  # brackets lost


def _rank(kind: str) -> int:
    if kind == PLAIN or kind.startswith("word:"):
        return _BOLD_RANK
    return RANK.get(kind.partition(":")[0], len(RANK))


def _height(node: Node) -> int:
    """The rank of an open heading; a bullet makes a high one of a short line, a low one of a sentence."""
    bold = node.kind.startswith("bullet:") and node.body >= len(node.view) and node.own_line
    if node.kind == BOX:
        return -1
    return _BOLD_RANK if bold else _rank(node.kind)
