"""What the document says that it contains against what was found."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Announced, Reading


def read_announced(parts: Sequence[Part], reading: Reading) -> list[Announced]:
    """Announced counts of programs, tasks, measures and indicators, with what `reading` holds of each."""
    return []
