"""What a file brings: a tree that is not stored yet, or its faults, each by its cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from chuangwen.cores.errors import BadInput

from ..rules.tree import ItemRow, NodeRow, Tree

Units = Callable[[Collection[str]], Mapping[str, tuple[int, ...]]]


@dataclass(frozen=True)
class CellError:
    """`place` is sheet and cell, as a spreadsheet program writes them: 测评体系!F37."""

    place: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, place: str, error: BadInput) -> CellError:
        return cls(place, error.code, dict(error.params))


@dataclass(frozen=True)
class Incoming:
    """Rows of a tree whose ids count from 1; `left_out` are words for what means nothing here."""

    nodes: list[NodeRow]
    items: list[ItemRow]
    errors: list[CellError]
    left_out: tuple[str, ...] = ()

    def tree(self, like: Tree) -> Tree:
        """As the version `like` would be with it."""
        return replace(like, nodes=tuple(self.nodes), items=tuple(self.items), loops=())


class Keys:
    """Gives rows their keys: those that the file holds, those of the same row in the system, or new ones."""

    def __init__(self, known: Tree | None) -> None:
        self.used: set[str] = set()
        self.nodes: dict[tuple[str, str], str] = {}
        self.items: dict[tuple[str, str], str] = {}
        if known is None:
            return
        key = {one.id: one.key for one in known.nodes}
        for one in known.nodes:
            self.nodes.setdefault((key.get(one.parent_id or 0, ""), one.title), one.key)
        for item in known.items:
            self.items.setdefault((key[item.node_id], item.title), item.key)

    def of_node(self, told: str, parent: str, title: str) -> str:
        return self._take(told, self.nodes.get((parent, title), ""))

    def of_item(self, told: str, node: str, title: str) -> str:
        return self._take(told, self.items.get((node, title), ""))

    def _take(self, *wanted: str) -> str:
        found = next((key for key in wanted if key and len(key) <= 32 and key not in self.used), "")
        found = found or uuid4().hex[:16]
        self.used.add(found)
        return found
