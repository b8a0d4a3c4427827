"""The facts of the document as a whole: title, city, kind, day of issue, period."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.heading_city import city_of
from chuangwen.cores.reading.heading_dates import issued_on, period_of
from chuangwen.cores.reading.heading_title import kind_of, reproduced_name, title_of
from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.model import Heading


def read_heading(paragraphs: Sequence[Paragraph]) -> Heading:
    """The heading facts; what the document does not say is None."""
    title = title_of(paragraphs)
    kind = kind_of(paragraphs, title)
    if kind in {"action_plan", "implementation_opinions"}:
        title = reproduced_name(paragraphs, title) or title
    name = title.text if title else ""
    issued = issued_on(paragraphs)
    return Heading(
        title=title.printed() if title else "",
        title_span=title.span(0, len(title)) if title else None,
        city=city_of(paragraphs, name),
        kind=kind,
        issued=issued,
        period=period_of(paragraphs, name, kind, issued),
    )
