"""The supervision rhythm: what is observed, reported or appraised at which beat (周观察, 月分析 …)."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Beat


def read_rhythm(parts: Sequence[Part]) -> list[Beat]:
    """The beats, each once, in the order of the text."""
    return []
