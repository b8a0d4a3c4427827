"""The headings open at a place, and at which depth a further mark fits by the order of kinds and numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from chuangwen.cores.reading.outline_marks import Mark
from chuangwen.cores.reading.outline_node import SPOKEN, Node, rank_of
from chuangwen.cores.reading.view import View

_LOST = 3  # numbers that a series may lack before it counts as broken off
_REPEATS = 3  # times that one number may be printed


def series(kind: str) -> str:
    """The series to which a kind of mark belongs: 三以… is (三)以… with its brackets lost."""
    return "cn_paren" if kind == "bare" else kind


class Levels:
    """The tree as far as it is built. `open` holds the open headings, the outermost first.

    `marks` are those that may open each paragraph: what comes decides whether a number begins a series.
    """

    def __init__(self, marks: Sequence[Sequence[Mark]]) -> None:
        self.root = Node("root", View("", [], ""), 0)
        self.open: list[Node] = []
        self._under: dict[str, str] = {}  # kind of heading under which a kind was last opened
        self._last: dict[str, int] = {}  # last number of a kind
        self._coming: dict[str, list[tuple[int, int]]] = defaultdict(list)  # kind -> (paragraph, number)
        for i, found in enumerate(marks):
            for mark in found:
                self._coming[series(mark.kind)].append((i, mark.number or 0))

    def add(self, node: Node) -> None:
        """Put a node under the innermost open heading."""
        (self.open[-1] if self.open else self.root).children.append(node)

    def push(self, node: Node, depth: int) -> None:
        """Open a heading around which `depth` headings stay open."""
        del self.open[depth:]
        self._under[node.kind] = self.open[-1].kind if self.open else "root"
        if node.number is not None:
            self._last[node.kind] = node.number
        self.add(node)
        self.open.append(node)

    def end_told(self) -> None:
        """Close the headings whose text stands on their own line: what turns away from them is not theirs."""
        while self.open and self.open[-1].body < len(self.open[-1].view):
            self.open.pop()

    def end_paragraph(self, i: int) -> None:
        """Close what reaches no further than its paragraph, unless its series goes on behind the i-th."""
        while self.open and (self.open[-1].kind in SPOKEN or not self.open[-1].own_line):
            if self.goes_on(i, self.open[-1]):
                return
            self.open.pop()

    def depth(self, i: int, mark: Mark) -> int | None:
        """How many headings stay open around one with this mark in the i-th paragraph; None if none."""
        kind, number = series(mark.kind), mark.number
        for depth in reversed(range(len(self.open))):
            if self.open[depth].kind == kind:
                return depth if self._counts_on(i, self.open[depth].number, mark) else None
        if mark.kind == "bare":
            return self._nested(i, kind) if number == 1 and self._run_follows(i, kind) else None
        last = self._last.get(kind)
        if number is None or number == 1 or (last is not None and last < number <= last + _LOST):
            return self._nested(i, kind)
        if last is None and (not self.open or self.follows(i, kind, number + 1)):
            return self._nested(i, kind)  # the first ones were lost
        return None

    def _counts_on(self, i: int, last: int | None, mark: Mark) -> bool:
        if mark.number is None or last is None or mark.number == last + 1:
            return True
        if mark.kind == "bare":
            return mark.number == 1 and self._run_follows(i, "cn_paren")
        return mark.number == 1 or last <= mark.number <= last + _LOST

    def _nested(self, i: int, kind: str) -> int:
        """Depth for a kind of mark that is not open: under the kind it stood under before, else by rank."""
        depth = len(self.open)
        while depth:
            node = self.open[depth - 1]
            if node.height < rank_of(kind) or node.kind == self._under.get(kind) or self.goes_on(i, node):
                break
            depth -= 1
        return depth

    def goes_on(self, i: int, node: Node) -> bool:
        """Whether the series of an open heading goes on behind the i-th paragraph."""
        return node.number is not None and self.follows(i, node.kind, node.number + 1)

    def follows(self, i: int, kind: str, number: int) -> bool:
        """Whether the next mark of this kind that opens a paragraph behind the i-th has this number."""
        places = self._coming.get(kind, [])
        k = bisect_right(places, (i, 1_000))
        for _, found in places[k : k + _REPEATS]:
            if found == number:
                return True
            if found != number - 1 or number <= 2:
                return False
        return False

    def _run_follows(self, i: int, kind: str) -> bool:
        """Whether 2 and 3 of a kind that is easily mistaken come next."""
        if not self.follows(i, kind, 2):
            return False
        places = self._coming[kind]
        return self.follows(places[bisect_right(places, (i, 1_000))][0], kind, 3)
