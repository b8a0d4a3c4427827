"""Reads of the tree: its levels, and what a few typed letters may mean."""

import re
import unicodedata
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from . import access
from .actors import Actor
from .models import Unit, UnitMove, UnitName
from .queries import match_names

FOUND_AT_MOST = 12
CHILDREN_AT_MOST = 200


def branch(actor: Actor, at: Unit) -> list[Unit]:
    """Units directly below `at`, at most CHILDREN_AT_MOST, each with how many are `below`. One query."""
    units = access.visible_units(actor).filter(parent=at).annotate(below=Count("children"))
    return list(units.order_by("path")[:CHILDREN_AT_MOST])


def found_by(actor: Actor, text: str) -> list[Unit]:
    """Visible units with `text` in a name, or at the start of a code or of initials; at most FOUND_AT_MOST.

    Empty for an empty text. One query.
    """
    if not text:
        return []
    other = UnitName.objects.filter(unit=OuterRef("pk")).filter(
        Q(name__icontains=text) | Q(initials__startswith=text.lower())
    )
    codes = Q(code__istartswith=text) | Q(division_code__startswith=text)
    letters = Q(initials__startswith=text.lower()) | Q(initials__contains=f" {text.lower()}")
    found = Q(name__icontains=text) | Q(short_name__icontains=text) | codes | letters | Exists(other)
    return list(access.visible_units(actor).filter(found).select_related("parent")[:FOUND_AT_MOST])


def label(unit: Unit) -> str:
    """What the picker writes into its field: the full name, with what it belongs to."""
    return f"{unit.name}（{unit.parent.name}）" if unit.parent else unit.name


def picked(actor: Actor, text: str) -> list[Unit]:
    """Visible units that `text` names whole: a name, a code, initials, or a label of the picker."""
    visible = access.visible_units(actor)
    whole = Q(name=text) | Q(short_name=text) | Q(code=text) | Q(division_code=text)
    named = visible.filter(whole | Q(names__name=text)).distinct()
    labelled = re.fullmatch(r"(.+)（(.+)）", text)
    if labelled:
        named = named | visible.filter(name=labelled[1], parent__name=labelled[2]).distinct()
    return list(named[:2]) or list(visible.filter(initials=text.lower())[:2])


def called(actor: Actor, city: Unit, names: set[str], on: date) -> dict[str, Unit]:
    """Units of `city` by what cells of a table call them: a label of the picker, or any of their names.

    A name that no single unit has is left out. Four queries for any number of names, none for none.
    """
    rest = names - {""}
    units = access.visible_units(actor).filter(path__startswith=city.path).select_related("parent")
    labels = {_folded(label(unit)): unit for unit in units} if rest else {}
    found = {name: labels[_folded(name)] for name in rest if _folded(name) in labels}
    rest -= found.keys()
    matches = match_names(city, rest, on, suggest=False) if rest else {}
    return found | {name: match.unit for name, match in matches.items() if match.unit is not None}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def moves_of(unit: Unit) -> list[UnitMove]:
    return list(unit.moves.select_related("from_parent"))


def merged_into(unit: Unit) -> list[Unit]:
    """Units that became part of `unit`."""
    return list(unit.merged.all())
