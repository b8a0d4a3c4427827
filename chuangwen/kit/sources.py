"""Figures go up: a room counts what it keeps, and rooms above read it for indicators and bulletins.

A room registers its sources in `apps.py`. Whenever a row changes that a source counts, the action says so by
`changed`; an upper room subscribes to the topic CHANGED of the outbox, and reads the source again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise

from . import outbox

CHANGED = "sources.changed"
NAMED_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a source says of one unit and all below it.

    `numerator` None: there is no number, and `reason` is the code that says why; never a zero instead.
    `denominator` None: no share. Of the denominator nothing certain is known about `unknown`: these count as
    not there. `as_of` is the latest day for which anything in the number was said; None: no day is kept.
    `missing` names what lacks, in words, at most NAMED_AT_MOST. `url` opens the list behind the number.
    """

    numerator: Fraction | None
    denominator: Fraction | None = None
    unknown: int = 0
    as_of: date | None = None
    url: str = ""
    missing: tuple[str, ...] = ()
    reason: str = ""


Read = Callable[[int, Collection[int], date, date], Mapping[int, Figure]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One thing that a room can count, for each of its subjects (a register, a list).

    `subjects` is asked with the actor: id and name of those from which the actor may choose.
    `measure` of a subject is "%" for a share, else the word that is counted, such as 村.
    `read(subject, units, first, last)` gives a figure for each of the units (ids; the jurisdiction too) as
    things stood at the end of `last`; only what is a flow asks when the period begins. It sees what a system
    sees: who shows a figure checks who looks. Where the subject is not there, each figure has a reason.
    """

    code: str  # "registers.coverage"
    title: str | Promise
    measure: Callable[[int], str]
    subjects: Callable[[Any], Iterable[tuple[int, str]]]
    read: Read


_SOURCES: dict[str, Source] = {}


def register(*found: Source) -> None:
    for one in found:
        _SOURCES[one.code] = one


def source(code: str) -> Source:
    """Raises LookupError for a source that no room has registered."""
    return _SOURCES[code]


def sources() -> list[Source]:
    """All sources, in the order in which the rooms registered them."""
    return list(_SOURCES.values())


def changed(code: str, subject: int, *, change: int) -> None:
    """Say above that what the source counts of `subject` changed; in the transaction that changed it.

    `change` is the number of the audit row: one change is told once.
    """
    outbox.post_once(CHANGED, key=f"{CHANGED}:{code}:{subject}:{change}", source=code, subject=subject)
