"""Nodes of a draft: added, changed, moved, removed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from chuangwen.cores.errors import BadInput, Hidden, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Item, Node, SystemVersion
from ..rules.drafting import NodeValues, check_node
from ..rules.words import Level
from .writing import checked_units, held_draft, new_key

FIELDS = ("level", "number", "title", "weight_milli", "method", "evidence")


@transaction.atomic
def add_node(*, actor: Actor, version_id: int, parent_id: int | None, values: NodeValues) -> Node:
    """One more under `parent_id`, the last there; None is the top.

    Raises Hidden, Denied, NotAllowedNow; BadInput: see `rules.drafting.check_node`, a unit elsewhere.
    """
    draft = held_draft(actor, version_id)
    parent = _one_in(draft, parent_id)
    check_node(values, _levels(parent))
    units = checked_units(actor, draft, values.unit_ids)
    node = Node(system_version=draft, key=new_key(), parent=parent, position=_end(draft, parent))
    _fill(node, values)
    node.save(force_insert=True)
    node.units.set(units)
    audit.record(actor, "standards.node_added", draft, title=str(node), node=node.key)
    return node


@transaction.atomic
def change_node(*, actor: Actor, node_id: int, version: int, values: NodeValues) -> Node:
    """Raises Hidden, Denied, NotAllowedNow, Stale; BadInput as `add_node`.

    What stands below keeps its place.
    """
    node = access.node_for_change(actor, node_id)
    draft = held_draft(actor, node.system_version_id)
    check_current(node, version)
    check_node(values, _levels(node.parent))
    units = checked_units(actor, draft, values.unit_ids)
    before = {name: getattr(node, name) for name in FIELDS}
    were = sorted(node.units.values_list("pk", flat=True))
    _fill(node, values)
    save_if_current(node, version, fields=FIELDS)
    node.units.set(units)
    was: dict[str, Any] = {name: value for name, value in before.items() if getattr(node, name) != value}
    after: dict[str, Any] = {name: getattr(node, name) for name in was}
    if were != units:
        was["units"], after["units"] = were, units
    audit.record(
        actor, "standards.node_changed", draft, before=was, node=node.key, **{"title": str(node), **after}
    )
    return node


@transaction.atomic
def move_node(*, actor: Actor, node_id: int, version: int, parent_id: int | None, step: int = 0) -> Node:
    """Under another parent, the last there; or with `step` -1 or 1 a place up or down where it stands.

    Raises Hidden, Denied, NotAllowedNow, Stale; BadInput: under itself, a level that may not stand there.
    """
    node = access.node_for_change(actor, node_id)
    draft = held_draft(actor, node.system_version_id)
    check_current(node, version)
    if step:
        shift(list(Node.objects.filter(system_version=draft, parent=node.parent)), node, step)
    else:
        _put_under(draft, node, _one_in(draft, parent_id))
    save_if_current(node, version, fields=["parent", "position"])
    audit.record(actor, "standards.node_moved", draft, title=str(node), node=node.key)
    return node


@transaction.atomic
def remove_node(*, actor: Actor, node_id: int, version: int) -> SystemVersion:
    """With all that stands below it. Raises Hidden, Denied, NotAllowedNow, Stale."""
    node = access.node_for_change(actor, node_id)
    draft = held_draft(actor, node.system_version_id)
    check_current(node, version)
    below = _below(draft, node)
    items = Item.objects.filter(node__in=below).count()
    audit.record(
        actor, "standards.node_removed", draft, title=str(node), nodes=len(below), items=items, node=node.key
    )
    node.delete()
    return draft


def shift(siblings: list[Any], row: Any, step: int) -> None:
    """Number `siblings` anew so that `row` stands `step` places on; the others are written.

    Raises NotAllowedNow at either end.
    """
    order = [one.pk for one in siblings]
    at = order.index(row.pk)
    if not 0 <= at + step < len(order):
        raise NotAllowedNow("standards.at_the_end")
    order.insert(at + step, order.pop(at))
    row.position = order.index(row.pk)
    others = [one for one in siblings if one.pk != row.pk]
    for one in others:
        one.position = order.index(one.pk)
    type(row).objects.bulk_update(others, ["position"])


def _put_under(draft: SystemVersion, node: Node, parent: Node | None) -> None:
    if parent is not None and parent.pk in _below(draft, node):
        raise BadInput("standards.under_itself")
    levels = _levels(parent)
    check_node(NodeValues(level=Level(node.level), title=node.title), levels)
    node.position = _end(draft, parent)
    node.parent = parent


def _below(draft: SystemVersion, node: Node) -> set[int]:
    """The node and all below it, by id."""
    parents = dict(Node.objects.filter(system_version=draft).values_list("pk", "parent"))
    found, grew = {node.pk}, True
    while grew:
        more = {one for one, parent in parents.items() if parent in found} - found
        found |= more
        grew = bool(more)
    return found


def _one_in(draft: SystemVersion, node_id: int | None) -> Node | None:
    """Raises Hidden for a node of another version."""
    if node_id is None:
        return None
    node = Node.objects.filter(system_version=draft, pk=node_id).first()
    if node is None:
        raise Hidden
    return node


def _levels(node: Node | None) -> list[Level]:
    """Of the node and of what it stands under, the first level first."""
    found: list[Level] = []
    while node is not None:
        found.insert(0, Level(node.level))
        node = node.parent
    return found


def _end(draft: SystemVersion, parent: Node | None) -> int:
    last = Node.objects.filter(system_version=draft, parent=parent).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _fill(node: Node, values: NodeValues) -> None:
    node.level, node.number, node.title = values.level, values.number.strip(), values.title.strip()
    node.weight_milli = values.weight_milli
    of_standard = values.level == Level.STANDARD
    node.method = values.method if of_standard else ""
    node.evidence = values.evidence.strip() if of_standard else ""
