"""The rail on the left: rooms name their pages in `apps.py`, each under one of the parts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTS = {
    "mine": _("Mine"),
    "plans": _("Plans"),
    "assessments": _("Assessments"),
    "settings": _("Settings"),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`url` is a URL name; `lit` tells by how their names begin for which views it is lit ("plans:")."""

    part: str
    title: str | Promise
    url: str
    lit: tuple[str, ...]
    shown: Callable[[Any], bool]  # asked with the actor
    badge: str = ""  # URL name of a fragment with a count, fetched after the page

    @property
    def href(self) -> str:
        return reverse(self.url)

    @property
    def badge_href(self) -> str:
        return reverse(self.badge)

    def nearness(self, view: str) -> int:
        """How many characters of the view's name the entry is lit for; 0 for none."""
        return max((len(start) for start in self.lit if view.startswith(start)), default=0)


_ENTRIES: list[Entry] = []


def add(*entries: Entry) -> None:
    """Rooms of lower floors are ready later and stand first: one's desk before one's letter."""
    _ENTRIES[:0] = entries


def parts_for(actor: object, view: str) -> Iterable[tuple[str | Promise, list[tuple[Entry, bool]]]]:
    """Title of each part that is not empty, with the entries this actor is shown, and which one is lit."""
    shown = [entry for entry in _ENTRIES if entry.shown(actor)]
    nearest = max(shown, key=lambda entry: entry.nearness(view), default=None)
    for part, title in PARTS.items():
        own = [entry for entry in shown if entry.part == part]
        entries = [(entry, entry is nearest and entry.nearness(view) > 0) for entry in own]
        if entries:
            yield title, entries
