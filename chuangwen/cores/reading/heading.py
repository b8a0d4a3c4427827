"""The facts of the document as a whole: title, city, kind, day of issue, period."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.model import Heading


def read_heading(paragraphs: Sequence[Paragraph]) -> Heading:
    """The heading facts; what the document does not say is None."""
    return Heading()
