"""Finds the mechanisms of a document."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Mechanism, Heading


def read_mechanisms(parts: Sequence[Part], heading: Heading) -> list[Mechanism]:
    """The mechanisms, in the order of the text."""
    return []
