"""A file that was handed in, read for a draft: a table or a form; units and point types by their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chuangwen.orgs.queries import group_members, match_names

from ..queries.trees import tree_of, types_of
from ..rules.tree import Tree
from ..rules.words import Level, Method
from . import table, xlsform
from .incoming import Incoming

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

    from ..models import SystemVersion


def incoming(
    draft: SystemVersion,
    name: str,
    data: bytes,
    *,
    today: date,
    method: Method | str = "",
    type_ids: Collection[int] = (),
) -> Incoming:
    """What the file brings. `method` and `type_ids` stand where it says nothing of a standard or an item.

    Rows keep the keys of the draft, and of the version from which it was drafted. Raises BadInput where
    nothing can be read; what is wrong in cells stands in `errors`.
    """
    known = known_tree(draft)
    if xlsform.is_form(name, data):
        found = xlsform.read(name, data, known)
    else:
        types = table.types_by_name([(one.id, one.code, one.name) for one in known.types])
        city = draft.system.jurisdiction
        found = table.read(
            name, data, types=types, units=lambda names: units_named(city, names, today), known=known
        )
    return _with_usual(found, method, tuple(sorted(type_ids)))


def known_tree(draft: SystemVersion) -> Tree:
    """The draft; where it is empty, what it is based on."""
    tree = tree_of(draft)
    if not tree.nodes and draft.based_on is not None:
        return replace(tree_of(draft.based_on), types=tuple(types_of(draft.system.jurisdiction_id)))
    return tree


def units_named(city: Unit, names: Collection[str], today: date) -> Mapping[str, tuple[int, ...]]:
    """Units by printed name; a group stands for its members of today. What nobody is called is left out."""
    found: dict[str, tuple[int, ...]] = {}
    for name, match in match_names(city, names, today, suggest=False).items():
        if match.unit is not None:
            found[name] = (match.unit.pk,)
        elif match.group is not None:
            found[name] = tuple(unit.pk for unit in group_members(match.group, today))
    return found


def _with_usual(found: Incoming, method: Method | str, type_ids: tuple[int, ...]) -> Incoming:
    if not method and not type_ids:
        return found
    nodes = [
        replace(one, method=method) if one.level == Level.STANDARD and not one.method else one
        for one in found.nodes
    ]
    parent = {one.id: one.parent_id for one in nodes}
    field: dict[int, bool] = {}
    for one in nodes:  # what stands above comes before
        above = field.get(parent[one.id] or 0, False)
        field[one.id] = one.method == Method.FIELD if one.level == Level.STANDARD else above
    items = [
        replace(one, type_ids=type_ids) if field[one.node_id] and not one.type_ids else one
        for one in found.items
    ]
    return replace(found, nodes=nodes, items=items)
