"""Items of a draft: added, changed, moved, removed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.cores.scoring.kinds import parse_rule
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Item, Node, SystemVersion
from ..rules.drafting import ItemValues, check_item
from ..rules.words import Level
from .nodes import shift
from .writing import checked_types, held_draft, new_key

FIELDS = (
    *("number", "title", "kind", "rule", "weight_milli", "critical", "cap_nano", "photos_least"),
    *("severity", "deadline_class", "requires_reason"),
)


@transaction.atomic
def add_item(*, actor: Actor, node_id: int, values: ItemValues) -> Item:
    """One more, the last in the standard or group.

    Raises Hidden, Denied, NotAllowedNow; BadInput: see `rules.drafting.check_item`, a point type elsewhere, a
    node outside the standards, a code of `cores.scoring` for the rule.
    """
    node = access.node_for_change(actor, node_id)
    draft = held_draft(actor, node.system_version_id)
    types = _checked(draft, node, values)
    last = node.items.aggregate(last=Max("position"))["last"]
    item = Item(system_version=draft, key=new_key(), node=node, position=0 if last is None else last + 1)
    _fill(item, values)
    item.save(force_insert=True)
    item.point_types.set(types)
    audit.record(actor, "standards.item_added", draft, title=str(item), item=item.key)
    return item


@transaction.atomic
def change_item(*, actor: Actor, item_id: int, version: int, values: ItemValues) -> Item:
    """Raises Hidden, Denied, NotAllowedNow, Stale; BadInput as `add_item`."""
    item = access.item_for_change(actor, item_id)
    draft = held_draft(actor, item.system_version_id)
    check_current(item, version)
    types = _checked(draft, item.node, values)
    before = {name: getattr(item, name) for name in FIELDS}
    were = sorted(item.point_types.values_list("pk", flat=True))
    _fill(item, values)
    save_if_current(item, version, fields=FIELDS)
    item.point_types.set(types)
    was: dict[str, Any] = {name: value for name, value in before.items() if getattr(item, name) != value}
    after: dict[str, Any] = {name: getattr(item, name) for name in was}
    if were != types:
        was["types"], after["types"] = were, types
    audit.record(
        actor, "standards.item_changed", draft, before=was, item=item.key, **{"title": str(item), **after}
    )
    return item


@transaction.atomic
def move_item(*, actor: Actor, item_id: int, version: int, node_id: int | None = None, step: int = 0) -> Item:
    """Into another standard or group, the last there; or with `step` -1 or 1 a place up or down.

    Raises Hidden, Denied, NotAllowedNow, Stale; BadInput: a node outside the standards.
    """
    item = access.item_for_change(actor, item_id)
    draft = held_draft(actor, item.system_version_id)
    check_current(item, version)
    if step:
        shift(list(item.node.items.all()), item, step)
    else:
        node = Node.objects.filter(system_version=draft, pk=node_id or 0).first()
        if node is None:
            raise Hidden
        _require_in_standard(node)
        last = node.items.aggregate(last=Max("position"))["last"]
        item.node, item.position = node, 0 if last is None else last + 1
    save_if_current(item, version, fields=["node", "position"])
    audit.record(actor, "standards.item_moved", draft, title=str(item), item=item.key)
    return item


@transaction.atomic
def remove_item(*, actor: Actor, item_id: int, version: int) -> SystemVersion:
    """Raises Hidden, Denied, NotAllowedNow, Stale."""
    item = access.item_for_change(actor, item_id)
    draft = held_draft(actor, item.system_version_id)
    check_current(item, version)
    audit.record(actor, "standards.item_removed", draft, title=str(item), item=item.key)
    item.delete()
    return draft


def _checked(draft: SystemVersion, node: Node, values: ItemValues) -> list[int]:
    """The point types."""
    check_item(values)
    _require_in_standard(node)
    if values.rule is not None:
        parse_rule(values.kind, values.rule)
    return checked_types(draft, values.type_ids)


def _require_in_standard(node: Node) -> None:
    here: Node | None = node
    while here is not None and here.level != Level.STANDARD:
        here = here.parent
    if here is None:
        raise BadInput("standards.outside_standard")


def _fill(item: Item, values: ItemValues) -> None:
    item.number, item.title, item.kind = values.number.strip(), values.title.strip(), values.kind
    item.rule = None if values.rule is None else dict(parse_rule(values.kind, values.rule).data)
    item.weight_milli, item.photos_least = values.weight_milli, values.photos_least
    item.critical, item.cap_nano = values.critical, values.cap_nano
    item.severity, item.deadline_class = values.severity, values.deadline_class
    item.requires_reason = values.requires_reason
