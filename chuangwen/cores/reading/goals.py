"""Finds the goals of a document."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Goal, Heading


def read_goals(parts: Sequence[Part], heading: Heading) -> list[Goal]:
    """The goals, in the order of the text."""
    return []
