"""When two names mean the same thing, and how like two sentences are."""

from __future__ import annotations

import unicodedata

PUNCTUATION = frozenset("的之,.;:、。；：“”\"'‘’()（）《》〈〉<>-—·!?！？…和与及")


def normal(text: str) -> str:
    """Without white space, punctuation, width and the small words between two names."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(char for char in wide if not char.isspace() and char not in PUNCTUATION)


def same_name(one: str, other: str) -> bool:
    """改造老旧小区 and 老旧小区改造 are one name: the same characters in any order."""
    return sorted(normal(one)) == sorted(normal(other))


def bigrams(text: str) -> frozenset[str]:
    plain = normal(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of bigrams in common, 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
