"""The lines that a reader of the page would see."""

from __future__ import annotations

import re

# Tags that end a line in a text that still holds its markup.
_BREAK = re.compile(
    r"\n|</?(?:p|div|br|li|tr|h[1-6]|center|table|ul|ol|section)\b[^<>\n]{0,300}>", re.IGNORECASE
)
# White space in a text without line breaks, but not between Latin letters or digits.
_GAP = re.compile(
    r"(?<![\x21-\x7e０-９Ａ-ｚ条章节])[ \u3000\xa0]+(?=\S)"
    r"|[ \u3000\xa0]+(?=[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．])"
)
_FLAT = 1500  # characters of a line that holds most of a text, of which the line breaks were lost
_LEAST_SEGMENT = 12  # characters between two gaps, on the mean; with more gaps than that they mean nothing


def line_spans(text: str) -> list[tuple[int, int]]:
    """Where each line begins and ends, without the break itself.

    Where one line holds most of the text, its line breaks were lost: then white space stands for them.
    """
    spans, begin = [], 0
    for stop in _BREAK.finditer(text):
        spans.append((begin, stop.start()))
        begin = stop.end()
    spans.append((begin, len(text)))
    longest = max(spans, key=lambda span: span[1] - span[0])
    length = longest[1] - longest[0]
    if length < _FLAT or 2 * length < len(text):
        return spans
    at = spans.index(longest)
    return spans[:at] + _parted(text, *longest) + spans[at + 1 :]


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    stop = start + len(text[start:end].rstrip())  # a gap is followed by something
    gaps = [gap.span() for gap in _GAP.finditer(text, start, stop)]
    if len(gaps) * _LEAST_SEGMENT > end - start:
        return [(start, end)]
    starts = [start, *(after for _, after in gaps)]
    ends = [*(before for before, _ in gaps), end]
    return list(zip(starts, ends, strict=True))
