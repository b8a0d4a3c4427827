"""A normalised string beside the text it came from: grammars match on the one and answer in places of the other."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache

from chuangwen.cores.reading.model import Span

# Punctuation that means one thing however it is typed; everything else follows NFKC where that is one character.
_SAME = str.maketrans({"︰": ":", "∶": ":", "﹔": ";", "﹕": ":", "﹐": ",", "〇": "零", "﹪": "%", "–": "-"})


@cache
def _plain(char: str) -> str:
    """One character as the grammars see it, or "" for white space and invisible characters."""
    category = unicodedata.category(char)
    if char.isspace() or category in {"Cf", "Cc", "Co"}:  # private use: what a font drew as a space
        return ""
    if category in {"No", "Nl"}:  # ① and Ⅲ are marks, not 1 and III
        return char
    wide = unicodedata.normalize("NFKC", char)
    return (wide if len(wide) == 1 else char).translate(_SAME)


class View:
    """A stretch of the text as the grammars see it.

    `text` has full-width letters, digits and punctuation made half-width (：is `:`, ，is `,`), white space and masked
    places dropped; `at[i]` is the offset in the canonical text of its i-th character.
    """

    __slots__ = ("at", "source", "text")

    def __init__(self, text: str, at: list[int], source: str = "") -> None:
        self.text = text
        self.at = at
        self.source = source  # the canonical text

    def __len__(self) -> int:
        return len(self.text)

    def span(self, i: int, j: int) -> Span:
        """Place in the canonical text of `view.text[i:j]`, which must not be empty."""
        return Span(self.at[i], self.at[j - 1] + 1)

    def part(self, i: int, j: int) -> View:
        """The view of `view.text[i:j]`."""
        return View(self.text[i:j], self.at[i:j], self.source)

    def printed(self, i: int = 0, j: int | None = None) -> str:
        """`view.text[i:j]` with its characters as printed: full-width and traditional ones kept, white space left out."""
        if not self.source:
            return self.text[i:j]
        return "".join(self.source[place] for place in self.at[i:j])

    def within(self, span: Span) -> View:
        """The view of what stands between two places of the canonical text."""
        return self.part(bisect_left(self.at, span.start), bisect_right(self.at, span.end - 1))


def view_of(text: str, start: int = 0, end: int | None = None, masked: Iterable[Span] = ()) -> View:
    """The view of `text[start:end]` without the `masked` places (sorted, not overlapping)."""
    chars: list[str] = []
    at: list[int] = []
    stop = len(text) if end is None else end
    position = start
    for mask in [*masked, Span(stop, stop)]:
        for i in range(position, min(max(mask.start, position), stop)):
            plain = _plain(text[i])
            if plain:
                chars.append(plain)
                at.append(i)
        position = max(position, mask.end)
    return View("".join(chars), at, text)
