"""Which headings a part stands under, and how a part falls into sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading

# A character of a word. (A range of Chinese characters says the same and takes 2 ms to compile.)
LETTER = r"[^\W\d_]"
# A clause ends at a mark that does not stand inside brackets or quotation marks.
_CLAUSE = re.compile(r"(?:“[^“”。]{0,60}”|《[^《》。]{0,60}》|\([^()。]{0,40}\)|[^,;。!?:])+")
_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
_NUMBER = re.compile(
    r"^(?:[■●◆▲★·•—-]+|第[一二三四五六七八九十百\d]{1,3}[章节条]|\(?[一二三四五六七八九十]{1,3}\)?[、.]?|"
    r"\(?\d{1,3}(?:\)|[.、])|[①-⑳])+"
)
_LABELLED = re.compile(r"[^,。:]{1,8}目标:[^,;。:]+")
_OPENING = re.compile(r"[^。:]{1,40}[。:]")
_LONGEST_HEADING = 40


@dataclass(slots=True)
class Placed:
    """A part with the headings in force, the outermost first, and the words that it opens with.

    `heading` joins the program's and the task's heading and the nearest other one; `opening` is the part's
    own first words where they name its subject ("目标要求。…", "工作目标:…"), else "".
    """

    part: Part
    heading: str
    opening: str

    @property
    def text(self) -> str:
        """The part's words as the grammars see them."""
        return self.part.view.text


def placed(parts: Sequence[Part], headings: bool = False) -> Iterator[Placed]:
    """Every part with the headings over it: texts, and headings that are sentences; all if asked for."""
    program = task = other = ""
    before: tuple[int | None, int | None] = (None, None)
    titled = False
    for part in parts:
        text, at = part.view.text, (part.program, part.task)
        if at != before:
            task = other = ""
            if part.program != before[0]:
                program = text if part.task is None and _short(text) else ""
            before = at
        is_heading = part.kind == "heading"
        if not is_heading or headings or "," in text:
            yield Placed(part, f"{program} {task} {other}", "" if titled or is_heading else _opening(text))
        if is_heading and part.task is not None:
            task = text
        elif is_heading or is_title_like(text) or is_labelled(text):
            other = text if text != program else ""
        titled = is_heading and part.task is not None


def _short(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and "。" not in text


def in_title(place: Placed, heading: Heading) -> bool:
    """Whether a part stands in the document's title."""
    title, at = heading.title_span, place.part.view.at
    return title is not None and bool(at) and at[0] < title.end and at[-1] >= title.start


def is_title_like(text: str) -> bool:
    """Whether a paragraph is a short line without a mark, as a heading is that has no number."""
    return len(text) <= _LONGEST_HEADING and not re.search(r"[,;。:!?]", text)


def is_labelled(text: str) -> bool:
    """Whether a paragraph is a short heading of two parts (总目标:冲刺…)."""
    return len(text) <= _LONGEST_HEADING and bool(_LABELLED.fullmatch(text))


def _opening(text: str) -> str:
    number = _NUMBER.match(text)
    found = _OPENING.match(text, number.end() if number else 0)
    return found.group() if found else ""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Places of the sentences, their last mark included; a semicolon ends one too."""
    for found in _SENTENCE.finditer(text):
        yield found.span()


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the clauses of `text[start:end]`, without the marks between them."""
    return [found.span() for found in _CLAUSE.finditer(text, start, end)]
