"""How an indicator is likely to get its values, before the office says so."""

from __future__ import annotations

import re
from typing import Protocol

from .states import Mode


class Promised(Protocol):
    """What matters here of an indicator of a plan."""

    @property
    def name(self) -> str: ...
    @property
    def unit_of_measure(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def traits(self) -> list[str]: ...


_ISSUED = re.compile(
    r"(出台|颁布|印发|制定|编制|修订)[^，。；、《》]{0,12}《[^《》]{2,60}》|(出台|颁布|印发)\S"
)
_DOCUMENT = re.compile(r"(出台|颁布|印发|制定|编制|修订)[^，。；、《》]{0,12}(《[^《》]{2,60}》)")


def mode_of(indicator: Promised, has_areas: bool) -> Mode:
    """By areas where areas have targets of their own; stated in words alone, a milestone where a document is
    to be issued, else judged.
    """
    if has_areas:
        return Mode.AREAS
    if not indicator.words or indicator.unit_of_measure or indicator.traits:
        return Mode.LEAD
    return Mode.MILESTONE if _ISSUED.search(f"{indicator.name}{indicator.words}") else Mode.JUDGED


def documents_in(text: str) -> list[str]:
    """Documents that a task says are to be issued (出台《…条例》), as it says it, each once."""
    return list(dict.fromkeys(f"{verb}{name}" for verb, name in _DOCUMENT.findall(text)))
