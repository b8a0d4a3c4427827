"""A heading with what stands under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from chuangwen.cores.reading.outline_marks import RANK, SPOKEN
from chuangwen.cores.reading.outline_table import Row
from chuangwen.cores.reading.responsibility import Duty
from chuangwen.cores.reading.view import View

# Kinds of nodes beside those of marks.
PLAIN = "plain"  # an unnumbered heading
TEXT = "text"  # a paragraph without a heading
ROW = "row"  # a table row
BOX = "box"  # a box with details (专栏1 …)

__all__ = ["BOX", "PLAIN", "ROW", "SPOKEN", "TEXT", "Node", "rank_of"]

_BOLD_RANK = 1  # a heading that is a line of its own counts as a high one


@dataclass(slots=True, eq=False)
class Node:
    """A heading with what stands under it, or a paragraph without one (`kind` text or row).

    `view` is its own stretch of one paragraph without the mark: a title up to `title_end`, text from `body`
    on. `before` holds the sentence that leads in to its series, `duties` who is responsible.
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

    @property
    def height(self) -> int:
        """Its rank as an open heading; a bullet makes a high one of a short line, a low one of a sentence."""
        if self.kind == BOX:
            return -1
        bold = self.kind.startswith("bullet:") and self.body >= len(self.view) and self.own_line
        return _BOLD_RANK if bold else rank_of(self.kind)


def rank_of(kind: str) -> int:
    """How high a kind of heading usually stands; 0 is the highest."""
    if kind == PLAIN or kind.startswith("word:"):
        return _BOLD_RANK
    return RANK.get(kind.partition(":")[0], len(RANK))
