"""What is wrong with a version before it may be published: each fault by its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import parse_rule

from .drafting import may_stand
from .tree import ItemRow, NodeRow, Tree
from .words import Level, Method, Sums


@dataclass(frozen=True)
class Fault:
    """`code` is "standards.fault_…", or one of `cores.scoring` for a rule. At a node, an item, or neither."""

    code: str
    node: NodeRow | None = None
    item: ItemRow | None = None
    params: dict[str, Any] = field(default_factory=dict, compare=False)


def faults(tree: Tree) -> list[Fault]:
    """In the order of the tree; [] for one that may be published."""
    if not tree.nodes and not tree.loops:
        return [Fault("standards.fault_empty")]
    found = [Fault("standards.fault_cycle", node) for node in tree.loops]
    found += _of_children(tree, None)
    for node in tree.nodes:
        found += _of_node(tree, node)
        found += _of_children(tree, node)
        for item in tree.items_of.get(node.id, []):
            found += _of_item(tree, node, item)
    return found


def _of_children(tree: Tree, parent: NodeRow | None) -> Iterator[Fault]:
    """Weights and numbers of what stands under the same."""
    children = tree.children.get(parent.id if parent else None, [])
    total = sum(one.weight_milli for one in children)
    if children and total == 0:
        yield Fault("standards.fault_no_weight", parent)
    elif children and (wanted := _wanted(tree, parent)) is not None and total != wanted:
        yield Fault("standards.fault_sum", parent, params={"total": total, "wanted": wanted})
    yield from (
        Fault("standards.fault_number_twice", node=one, params={"number": one.number})
        for one in _twice(children)
    )


def _wanted(tree: Tree, parent: NodeRow | None) -> int | None:
    """What the weights under `parent` must add up to; None where they need not."""
    if tree.sums == Sums.NOWHERE:
        return None
    if parent is None:
        return tree.total_milli
    return parent.weight_milli if tree.sums == Sums.EACH and parent.level != Level.STANDARD else None


def _twice(rows: Iterable[Any]) -> list[Any]:
    """Rows whose number another one before them has."""
    seen: Counter[str] = Counter()
    found = []
    for one in rows:
        seen[one.number] += 1
        if one.number and seen[one.number] > 1:
            found.append(one)
    return found


def _of_node(tree: Tree, node: NodeRow) -> Iterator[Fault]:
    above = [Level(one.level) for one in reversed(list(tree.above(node))[1:])]
    if not may_stand(Level(node.level), above):
        yield Fault("standards.fault_level", node)
    if node.level != Level.STANDARD:
        return
    if not node.method:
        yield Fault("standards.fault_no_method", node)
    inside = tree.items_in.get(node.id, [])
    if node.method == Method.FIELD and not inside:
        yield Fault("standards.fault_no_items", node)
    if inside and sum(item.weight_milli for item in inside) == 0:
        yield Fault("standards.fault_no_weight", node)
    yield from (
        Fault("standards.fault_number_twice", item=one, params={"number": one.number})
        for one in _twice(inside)
    )


def _of_item(tree: Tree, node: NodeRow, item: ItemRow) -> Iterator[Fault]:
    standard = tree.standard_of(node)
    if standard is None:
        yield Fault("standards.fault_outside", item=item)
    elif standard.method == Method.FIELD and not item.type_ids:
        yield Fault("standards.fault_no_type", item=item)
    if item.rule is None:
        yield Fault("standards.fault_no_rule", item=item)
        return
    try:
        parse_rule(item.kind, item.rule)
    except BadInput as error:
        yield Fault(error.code, item=item, params=dict(error.params))
