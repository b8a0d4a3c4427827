"""Finds the stages of a document."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Stage, Heading


def read_stages(parts: Sequence[Part], heading: Heading) -> list[Stage]:
    """The stages, in the order of the text."""
    return []
