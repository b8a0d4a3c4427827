"""Lines of the canonical text put together into paragraphs and table rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chuangwen.cores.reading.model import Span
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


def paragraphs(text: str, masked: Sequence[Span]) -> list[Paragraph]:
    """The paragraphs of a text without its masked places; empty ones are left out."""
    found = []
    breaks = [-1, *(i for i, char in enumerate(text) if char == "\n"), len(text)]
    for before, after in pairwise(breaks):
        view = view_of(text, before + 1, after, [m for m in masked if m.start < after and m.end > before])
        if len(view):
            found.append(Paragraph(Span(before + 1, after), view))
    return found
