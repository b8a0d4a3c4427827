"""What stands in a text and is no part of the document: page furniture, credits, adverts, injected spam."""

from __future__ import annotations

from chuangwen.cores.reading.model import LeftOut


def left_out(text: str) -> list[LeftOut]:
    """Places to leave out, sorted and not overlapping."""
    return []
