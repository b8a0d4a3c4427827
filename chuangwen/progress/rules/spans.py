"""Periods of values that overlap: weeks of a key project inside the months of everybody's reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """A value over a period; `answered` unless it is missing."""

    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def answered(self) -> bool: ...


One = TypeVar("One", bound=Spanned)


def without_overlaps(points: Iterable[One]) -> list[One]:
    """Each day once, in order: of periods that share a day the one that has a value stays, then the longer,
    then the earlier. What adds up would else be counted twice.
    """
    ordered = sorted(points, key=attrgetter("first_day", "last_day"))
    if all(before.last_day < after.first_day for before, after in pairwise(ordered)):
        return ordered
    kept: list[One] = []
    for point in sorted(ordered, key=lambda one: (not one.answered, one.first_day - one.last_day)):
        if all(point.last_day < other.first_day or other.last_day < point.first_day for other in kept):
            kept.append(point)
    return sorted(kept, key=attrgetter("first_day"))
