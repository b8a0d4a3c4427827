"""Places that a person should look at: damaged, contradictory or unclear. Said in words, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Doubt, Reading

# code -> sentence in Chinese with the parameters of the doubt
WORDS: dict[str, str] = {}


def read_doubts(parts: Sequence[Part], reading: Reading) -> list[Doubt]:
    """The doubts about a text and about what was read from it, in the order of the text."""
    return []
