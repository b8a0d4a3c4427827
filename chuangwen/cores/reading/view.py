"""A normalised string beside its text: grammars match on the one and answer in places of the other."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from chuangwen.cores.reading.model import Span

# Punctuation that means one thing however it is typed; the rest follows NFKC where that is one character.
_SAME = str.maketrans({"︰": ":", "∶": ":", "﹔": ";", "﹕": ":", "﹐": ",", "〇": "零", "﹪": "%", "–": "-"})


# Frequent characters that only a text in traditional writing has.
_TRADITIONAL = re.compile(
    "[國會業爲為個們來發務動區進實設積極與條質黨導標準關產學習經濟體與總時長創環單責員開據層擴廣電網戰應]"
)
_LEAST_TRADITIONAL = 5


@lru_cache(maxsize=4)
def _is_traditional(text: str) -> bool:
    return len(_TRADITIONAL.findall(text[:20_000])) >= _LEAST_TRADITIONAL


@cache
def _simplify() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _plain(char: str) -> str:
    """One character as the grammars see it, or "" for white space and invisible characters."""
    category = unicodedata.category(char)
    if char.isspace() or category in {"Cf", "Cc", "Co"}:  # private use: what a font drew as a space
        return ""
    if category in {"No", "Nl"}:  # ① and Ⅲ are marks, not 1 and III; 〇 is a digit
        return char.translate(_SAME)
    wide = unicodedata.normalize("NFKC", char)
    return (wide if len(wide) == 1 else char).translate(_SAME)


@cache
def _plain_simplified(char: str) -> str:
    """As `_plain`, and a traditional character in its simplified form (character by character)."""
    plain = _plain(char)
    simple = _simplify()(plain) if plain > "\u2e7f" else plain
    return simple if len(simple) == 1 else plain


def plain_line(line: str, text: str) -> str:
    """A line of `text` half-width and simplified as the grammars see it, but with its white space."""
    plain = unicodedata.normalize("NFKC", line)
    return "".join(map(_plain_or_space, plain)) if _is_traditional(text) else plain


def _plain_or_space(char: str) -> str:
    return char if char.isspace() else _plain_simplified(char)


class View:
    """A stretch of the text as the grammars see it.

    `text` has full-width letters, digits and punctuation made half-width (：is `:`, ，is `,`), traditional
    characters simplified, white space and masked places dropped; `at[i]` is the offset in the canonical text
    of its i-th character.
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
        """`view.text[i:j]` as printed: full-width and traditional characters kept, white space left out."""
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
    plain_form = _plain_simplified if _is_traditional(text) else _plain
    position = start
    for mask in [*masked, Span(stop, stop)]:
        for i in range(position, min(max(mask.start, position), stop)):
            plain = plain_form(text[i])
            if plain:
                chars.append(plain)
                at.append(i)
        position = max(position, mask.end)
    return View("".join(chars), at, text)
