"""What stands in a text and is no part of the document: page furniture, credits, notices, markup, spam.

A line is judged by its words first; weak evidence counts only before the first or after the last real
paragraph. Dates on credit lines stay, so that the day of publication can be read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain

from chuangwen.cores.reading import furniture_words as words
from chuangwen.cores.reading.furniture_spam import spam
from chuangwen.cores.reading.layout_lines import line_spans
from chuangwen.cores.reading.model import LeftOut, Span
from chuangwen.cores.reading.view import plain_line

_SEPARATORS = re.compile(r"[\s|/\\>»›<«【】\[\]()·•*+\-_,、;:…~0-9↓↑→←▼▲◀▶►]+")
_KEPT = re.compile(r"[:\t|]|^[一二三四五六七八九十(第\d]")  # a repeated line that is no running head
_HAN = re.compile(r"[^\W\d_]")
_BARRED = re.compile(r"\|.*\d|\d.*\|")  # a row of numbers
_SIGN = re.compile(r"^[\W_\d]*$")
_DATE = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_CONTENTS_WITHIN = 100  # lines in which a table of contents begins, and ends
_REPEATED = 12  # characters of a line that is printed again and again; a shorter one may be a heading
_SHOWN = 600  # characters of a line that are looked at
_FURNITURE_AT_MOST, _SHORT = 160, 60  # characters of a line that is no text
_REAL = 40  # characters of a line that is surely text, if it holds a full stop


@dataclass(slots=True)
class _Line:
    span: Span
    text: str  # half-width, without markup and white space around it


def left_out(text: str) -> list[LeftOut]:
    """Places to leave out, sorted and not overlapping."""
    lines = _lines(text)
    repeated = _running_heads(lines)
    real = [i for i, line in enumerate(lines) if _is_text(line.text)]
    first, last = (real[0], real[-1]) if real else (len(lines), -1)
    found = [LeftOut(lines[i].span, "contents") for i in _contents(lines)]
    listing = False  # below 热门推荐 and the like
    for i, line in enumerate(lines):
        code = _line_code(line.text, head=i < first, tail=i > last, repeated=line.text in repeated)
        if code and i + 1 < len(lines) and words.ASIDE.match(line.text) and lines[i + 1].text.endswith("。"):
            continue
        listing = i > last and (listing or bool(words.LISTING.match(line.text)))
        if code or (listing and not line.text.endswith("。") and len(line.text) <= 60):
            found += _without_date(text, line, code or "furniture")
    inline = chain(
        (LeftOut(Span(*m.span()), "markup") for m in words.MARKUP.finditer(text)),
        (LeftOut(Span(*m.span()), "address") for m in words.ADDRESS.finditer(text)),
        spam(text),
    )
    return _merged([*found, *inline])


def _lines(text: str) -> list[_Line]:
    """The lines that hold something, without markup."""
    found = []
    for begin, end in line_spans(text):
        shown = words.MARKUP.sub(" ", text[begin : min(end, begin + _SHOWN)])
        plain = plain_line(shown, text).strip()
        if plain:
            found.append(_Line(Span(begin, end), plain))
    return found


def _running_heads(lines: list[_Line]) -> set[str]:
    """Short lines printed three times, or twice beside a page number, as a page's head or foot is."""
    counts = Counter(line.text for line in lines if 4 <= len(line.text) <= 60)
    beside = Counter(
        line.text
        for i, line in enumerate(lines)
        if any(words.PAGE.search(near.text) for near in lines[max(0, i - 1) : i + 2] if near is not line)
    )
    return {
        text
        for text, n in counts.items()
        if ((n >= 3 and len(text) >= _REPEATED) or (n >= 2 and beside[text] >= 2))
        and not text.endswith(("。", ";", ":"))
        and not _KEPT.search(text)
    }


def _contents(lines: list[_Line]) -> range:
    """The lines of a table of contents: from 目录 up to where its first entry stands again."""
    for i, line in enumerate(lines[:_CONTENTS_WITHIN]):
        if words.CONTENTS.match(line.text) and i + 1 < len(lines):
            first = words.PAGE_LEADER.sub("", lines[i + 1].text)
            for k in range(i + 2, min(i + _CONTENTS_WITHIN, len(lines))):
                if lines[k].text.startswith(first):
                    return range(i, k)
    return range(0)


def _is_text(text: str) -> bool:
    """Whether a line surely belongs to the text: a sentence of some length, or a row of a table."""
    return (len(text) >= _REAL and "。" in text and not words.NOTICE_WORDS.search(text)) or "\t" in text


def _line_code(text: str, *, head: bool, tail: bool, repeated: bool) -> str | None:
    """Why a whole line is left out; None if it stays."""
    if words.NOTICE.match(text) and len(words.NOTICE_WORDS.findall(text)) >= 2:
        return "notice"
    if len(text) > _FURNITURE_AT_MOST:
        return None
    if words.PAGE_LEADER.search(text):
        return "contents"
    if len(text) <= _REAL and words.PAGE.search(text):
        return "page_number"
    if repeated and not _DATE.search(text):
        return "running_head"
    if _SIGN.match(text) and not _HAN.search(text) and not _DATE.search(text) and not _BARRED.search(text):
        return "sign"
    if words.RECORD.match(text) or words.ORIGINAL_TITLE.match(text):
        return "credit"
    if words.LICENCE.search(text) and not text.endswith("。"):
        return "licence"
    return _short_code(text, head=head, tail=tail) if len(text) <= _SHORT else None


def _short_code(text: str, *, head: bool, tail: bool) -> str | None:
    """Codes that need a short line, and some of them a place outside of the text proper."""
    if _only_ui(text) or words.POINTER.match(text):
        return "furniture"
    if text.endswith("。"):
        told = words.NOTICE_VOICE.search(text) and len(words.NOTICE_WORDS.findall(text)) >= 2
        return "notice" if tail and told else None
    if words.LOGO.match(text) or words.BREADCRUMB.search(text):
        return "furniture"
    if words.CREDIT.match(text) or words.REPORTER.match(text):
        return "credit"
    if len(text) <= 30 and (words.SCAN.search(text) or (words.PHOTO.match(text) and "," not in text)):
        return "credit"
    pieces = list(words.CREDIT_PIECE.finditer(text))
    dated = sum(len(date[0]) for date in _DATE.finditer(text))
    if pieces and 2 * (sum(len(piece[0]) for piece in pieces) + dated) >= len(text):
        return "credit"
    outside = (words.ADDRESS, words.SCAN, words.MENU, words.MASTHEAD)
    if (head or tail) and any(pattern.search(text) for pattern in outside):
        return "furniture"
    return "licence" if tail and words.FOOT.search(text) else None


def _only_ui(text: str) -> bool:
    """Whether a line is made of words of a page's controls alone."""
    found = [word for word in _SEPARATORS.split(text) if word]
    return bool(found) and not _DATE.search(text) and all(word in words.CONTROLS for word in found)


def _without_date(text: str, line: _Line, code: str) -> list[LeftOut]:
    """The line as one or two places: a date on a credit line stays."""
    start, end = line.span
    date = _DATE.search(text, start, end) if code == "credit" else None
    if not date:
        return [LeftOut(Span(start, end), code)]
    spans = (Span(start, date.start()), Span(date.end(), end))
    return [LeftOut(span, code) for span in spans if text[span.start : span.end].strip()]


def _merged(pieces: list[LeftOut]) -> list[LeftOut]:
    """Sorted, overlapping pieces cut off behind the earlier one."""
    found: list[LeftOut] = []
    for piece in sorted(pieces, key=lambda each: (each.span.start, -each.span.end)):
        start = max(piece.span.start, found[-1].span.end if found else 0)
        if start < piece.span.end:
            found.append(LeftOut(Span(start, piece.span.end), piece.code))
    return found
