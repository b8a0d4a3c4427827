"""How an indicator is likely to get its values, before the office says so."""

from __future__ import annotations

from typing import Protocol

from .states import Mode


class Promised(Protocol):
    """What matters here of an indicator of a plan."""

    @property
    def unit_of_measure(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def traits(self) -> list[str]: ...


def mode_of(indicator: Promised, has_areas: bool) -> Mode:
    """By areas where areas have targets of their own; judged where it is stated in words alone."""
    if has_areas:
        return Mode.AREAS
    in_words = indicator.words and not indicator.unit_of_measure and not indicator.traits
    return Mode.JUDGED if in_words else Mode.LEAD
