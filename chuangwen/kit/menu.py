"""The rail on the left: rooms name their pages in `apps.py`, each under one of the parts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTS = {"mine": _("Mine"), "plans": _("Plans"), "settings": _("Settings")}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`url` is a URL name; the entry is lit on every page whose view lies under one of `lit` ("plans:")."""

    part: str
    title: str | Promise
    url: str
    lit: tuple[str, ...]
    shown: Callable[[Any], bool]  # asked with the actor


_ENTRIES: list[Entry] = []


def add(*entries: Entry) -> None:
    _ENTRIES.extend(entries)


def parts_for(actor: object) -> Iterable[tuple[str | Promise, list[Entry]]]:
    """Title of each part, with the entries that this actor is shown; empty parts are left out."""
    for part, title in PARTS.items():
        shown = [entry for entry in _ENTRIES if entry.part == part and entry.shown(actor)]
        if shown:
            yield title, shown
