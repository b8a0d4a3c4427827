"""What another version of a system changes, by the keys that stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .tree import ItemRow, NodeRow, Tree

NODE_FIELDS = ("level", "number", "title", "weight_milli", "method", "evidence", "unit_ids")
ITEM_FIELDS = (
    *("number", "title", "kind", "rule", "weight_milli", "critical", "cap_nano", "photos_least"),
    *("severity", "deadline_class", "requires_reason"),
)


@dataclass(frozen=True)
class Change:
    """`how`: added, removed or changed. `fields` name what changed with before and after.

    Beside the fields of rows there are "under" (where it stands, by numbers and titles), "types" (codes of
    point types) and, at neither node nor item, "sums" and "total_milli".
    """

    how: str
    node: NodeRow | None = None
    item: ItemRow | None = None
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def differences(old: Tree, new: Tree) -> list[Change]:
    """In the order of the new tree; what was removed stands last."""
    found = []
    head = {
        name: (getattr(old, name), getattr(new, name))
        for name in ("sums", "total_milli")
        if getattr(old, name) != getattr(new, name)
    }
    if head:
        found.append(Change("changed", fields=head))
    nodes = {one.key: one for one in old.nodes}
    items = {one.key: one for one in old.items}
    for node in new.nodes:
        found += _node(old, new, nodes.pop(node.key, None), node)
        for item in new.items_of.get(node.id, []):
            found += _item(old, new, items.pop(item.key, None), item)
    found += [Change("removed", node=one) for one in nodes.values()]
    found += [Change("removed", item=one) for one in items.values()]
    return found


def _node(old: Tree, new: Tree, before: NodeRow | None, after: NodeRow) -> list[Change]:
    if before is None:
        return [Change("added", node=after)]
    fields = _changed(before, after, NODE_FIELDS)
    was, now = _key_above(old, before.parent_id), _key_above(new, after.parent_id)
    if was != now:
        fields["under"] = (_place(old, before.parent_id), _place(new, after.parent_id))
    return [Change("changed", node=after, fields=fields)] if fields else []


def _item(old: Tree, new: Tree, before: ItemRow | None, after: ItemRow) -> list[Change]:
    if before is None:
        return [Change("added", item=after)]
    fields = _changed(before, after, ITEM_FIELDS)
    if _key_above(old, before.node_id) != _key_above(new, after.node_id):
        fields["under"] = (_place(old, before.node_id), _place(new, after.node_id))
    if (was := _types(old, before)) != (now := _types(new, after)):
        fields["types"] = (was, now)
    return [Change("changed", item=after, fields=fields)] if fields else []


def _changed(before: object, after: object, names: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _types(tree: Tree, item: ItemRow) -> tuple[str, ...]:
    return tuple(sorted(tree.type[one].code for one in item.type_ids if one in tree.type))


def _key_above(tree: Tree, node_id: int | None) -> str:
    return tree.node[node_id].key if node_id is not None else ""


def _place(tree: Tree, node_id: int | None) -> str:
    node = tree.node.get(node_id) if node_id is not None else None
    return f"{node.number} {node.title}".strip() if node else ""
