"""Quantified targets and results: numbers with what they count, by when, how firmly."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Indicator


def read_indicators(parts: Sequence[Part], heading: Heading) -> list[Indicator]:
    """The indicators of all parts, in the order of the text."""
    return []
