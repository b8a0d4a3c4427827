"""Where a title ends in the paragraph that it opens."""

from __future__ import annotations

import re

from chuangwen.cores.reading.outline_words import glued_title
from chuangwen.cores.reading.view import View

_TITLE_AT_MOST = 45
_STOPS = re.compile("[。:;!?]")
_OPENERS, _CLOSERS = "“‘《(【", "”’》)】"
_QUOTE_ENDS = re.compile("[”’》)】]")
_QUOTE = 30  # characters in which a quotation ends whose full stop ends no title
_TRIM = "。:;,、.—-· "
# 在…上: no phrase of its own; the title goes on to the next comma.
_ONLY_LEAD_IN = re.compile(r"^(?:在|从|针对|对于?).{1,20}(?:上|中|下|方面|领域|环节)$")


def title_end(view: View, *, article: bool, whole_line: bool) -> tuple[int, int]:
    """Where the title of a heading ends in `view`, and where its text begins (the same if it runs on).

    `article`: the heading is a 第…条, which may have no title; `whole_line`: the view ends its paragraph.
    """
    text = view.text
    if glued := glued_title(text):
        return glued, glued
    stop = _first_stop(text)
    gap = _gap(view, plain=not 0 <= stop <= _TITLE_AT_MOST) if whole_line else None
    if gap and not 0 <= stop < gap:
        return gap, gap
    if stop < 0:
        if len(text) <= _TITLE_AT_MOST:
            return _trimmed(text, len(text)), len(text)
        stop = len(text)
    alone = stop >= len(text) - 1  # one sentence, no text after it
    clauses = "," in text[:stop]
    if stop <= _TITLE_AT_MOST and text[stop : stop + 1] != ";" and not ((alone or article) and clauses):
        return _trimmed(text, stop), min(stop + 1, len(text))
    end = opening_phrase(text[: max(stop, 1)])
    if end >= stop:
        return _trimmed(text, stop), min(stop + 1, len(text))
    return _trimmed(text, end), _trimmed(text, end)


def _first_stop(text: str) -> int:
    """Place of the first sentence end or colon outside of quotes and brackets; -1 if there is none."""
    depth = 0
    for i, char in enumerate(text[:400]):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif _STOPS.match(char) and (
            depth == 0 or (char == "。" and not _QUOTE_ENDS.search(text, i, i + _QUOTE))
        ):
            return i
    return -1


def opening_phrase(text: str) -> int:
    """Where the opening phrase ends: the first clause, with the next one if that only leads in."""
    depth = 0
    for i, char in enumerate(text):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in ",。;:!?" and depth == 0 and not _ONLY_LEAD_IN.match(text[:i]):
            return i
    return len(text)


def _gap(view: View, *, plain: bool) -> int | None:
    """Where a short title is set off from its text by white space alone: wide, or any if `plain`."""
    for i in range(2, min(len(view), 31)):
        if view.text[i - 1] in ",。":
            return None
        between = view.source[view.at[i - 1] + 1 : view.at[i]]
        wide = len(between) > 1 or between in {"\u3000", "\t"}
        if between and not between.strip(" \u3000\xa0\t") and (wide or plain) and len(view) - i >= 30:
            return i
    return None


def _trimmed(text: str, end: int) -> int:
    while end > 1 and text[end - 1] in _TRIM:
        end -= 1
    return end
