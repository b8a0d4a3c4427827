"""One version of a system as it is read by the rooms above: frozen, ordered, without a database."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chuangwen.cores.scoring.kinds import Rule, parse_rule

from .words import Level


@dataclass(frozen=True)
class TypeRow:
    """A point type. Weights are thousandths."""

    id: int
    code: str
    name: str
    weight_milli: int


@dataclass(frozen=True)
class NodeRow:
    """A category, content, standard or group. `key` is the same in every version of the system.

    `method` is said by standards alone, else "". `unit_ids` are the responsible units. `weight_milli` weighs
    the node among those under the same parent.
    """

    id: int
    key: str
    parent_id: int | None
    level: str
    number: str
    title: str
    weight_milli: int
    position: int
    method: str = ""
    evidence: str = ""
    unit_ids: tuple[int, ...] = ()
    version: int = 1


@dataclass(frozen=True)
class ItemRow:
    """A line of a checklist. `rule` is the JSON of the rule, or None: nobody wrote it yet.

    `cap_nano`: what the point has at most where a critical item (`critical` "cap") is not met. `photos_least`
    0: no photo is asked for. `requires_reason`: who says "does not apply" says why.
    """

    id: int
    key: str
    node_id: int
    number: str
    title: str
    kind: str
    rule: Any
    weight_milli: int
    position: int
    critical: str = ""
    cap_nano: int | None = None
    photos_least: int = 0
    severity: str = ""
    deadline_class: str = ""
    requires_reason: bool = True
    type_ids: tuple[int, ...] = ()
    version: int = 1

    @cached_property
    def marking(self) -> Rule:
        """The rule as `cores.scoring` reads it. Raises BadInput, but never for a published version."""
        return parse_rule(self.kind, self.rule)


@dataclass(frozen=True)
class Tree:
    """Nodes in the order in which they are read (each before those below it), items in the order of nodes."""

    version_id: int
    system_id: int
    purpose: str
    number: int | None
    sums: str
    total_milli: int
    nodes: tuple[NodeRow, ...]
    items: tuple[ItemRow, ...]
    types: tuple[TypeRow, ...]
    loops: tuple[NodeRow, ...] = field(default=())  # that are below themselves, and so in no order

    @cached_property
    def node(self) -> dict[int, NodeRow]:
        return {one.id: one for one in (*self.nodes, *self.loops)}

    @cached_property
    def type(self) -> dict[int, TypeRow]:
        return {one.id: one for one in self.types}

    @cached_property
    def children(self) -> dict[int | None, list[NodeRow]]:
        found: dict[int | None, list[NodeRow]] = defaultdict(list)
        for one in self.nodes:
            found[one.parent_id].append(one)
        return found

    @cached_property
    def items_of(self) -> dict[int, list[ItemRow]]:
        found: dict[int, list[ItemRow]] = defaultdict(list)
        for one in self.items:
            found[one.node_id].append(one)
        return found

    def above(self, node: NodeRow) -> Iterator[NodeRow]:
        """The node itself, then what it stands under, up to the first level."""
        seen: set[int] = set()
        here: NodeRow | None = node
        while here is not None and here.id not in seen:
            seen.add(here.id)
            yield here
            here = self.node.get(here.parent_id) if here.parent_id is not None else None

    def standard_of(self, node: NodeRow) -> NodeRow | None:
        """The standard that the node is or stands in; None above the standards."""
        return next((one for one in self.above(node) if one.level == Level.STANDARD), None)

    @cached_property
    def standard_at(self) -> dict[int, int]:
        """Of each node that is or stands in a standard, that standard."""
        found: dict[int, int] = {}
        for one in self.nodes:  # what stands above comes before
            if one.level == Level.STANDARD:
                found[one.id] = one.id
            elif one.parent_id in found:
                found[one.id] = found[one.parent_id]
        return found

    @cached_property
    def items_in(self) -> dict[int, list[ItemRow]]:
        """Items by the standard in which they stand, also in groups of it."""
        found: dict[int, list[ItemRow]] = defaultdict(list)
        for one in self.items:
            if (standard := self.standard_at.get(one.node_id)) is not None:
                found[standard].append(one)
        return found

    def checklist(self, type_id: int) -> list[ItemRow]:
        """Items that are looked at on a point of the type, in the order of the tree."""
        return [one for one in self.items if type_id in one.type_ids]

    @property
    def standards(self) -> list[NodeRow]:
        return [one for one in self.nodes if one.level == Level.STANDARD]

    def digest(self) -> str:
        """SHA-256 over everything that counts: the same for the same system, on whatever database."""
        key = {one.id: one.key for one in (*self.nodes, *self.loops)}
        code = {one.id: one.code for one in self.types}
        told = {
            "purpose": self.purpose,
            "sums": self.sums,
            "total_milli": self.total_milli,
            "types": [[one.code, one.name, one.weight_milli] for one in self.types],
            "nodes": [
                [
                    *(one.key, key.get(one.parent_id or 0, ""), one.level, one.number, one.title),
                    *(one.weight_milli, one.method, one.evidence, sorted(one.unit_ids)),
                ]
                for one in self.nodes
            ],
            "items": [
                [
                    *(one.key, key[one.node_id], one.number, one.title, one.kind, one.rule),
                    *(one.weight_milli, one.critical, one.cap_nano, one.photos_least, one.severity),
                    *(one.deadline_class, one.requires_reason, sorted(code[type_] for type_ in one.type_ids)),
                ]
                for one in self.items
            ],
        }
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def ordered(nodes: Iterable[NodeRow]) -> tuple[list[NodeRow], list[NodeRow]]:
    """Nodes as they are read, and those that no way from the top leads to: they are below themselves."""
    rows = list(nodes)
    below: dict[int | None, list[NodeRow]] = defaultdict(list)
    for one in rows:
        below[one.parent_id].append(one)
    for children in below.values():
        children.sort(key=lambda one: (one.position, one.id))
    found: list[NodeRow] = []
    waiting = list(reversed(below[None]))
    while waiting:
        found.append(waiting.pop())
        waiting += reversed(below.get(found[-1].id, []))
    reached = {one.id for one in found}
    return found, [one for one in rows if one.id not in reached]
