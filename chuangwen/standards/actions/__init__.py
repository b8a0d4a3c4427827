"""Writes: each is one transaction with one audit row."""

from .items import add_item, change_item, move_item, remove_item
from .nodes import add_node, change_node, move_node, remove_node
from .systems import add_system, begin_draft, change_head, change_system, discard_draft, publish
from .tables import bring_in
from .types import add_type, change_type, remove_type

__all__ = [
    "add_item",
    "add_node",
    "add_system",
    "add_type",
    "begin_draft",
    "bring_in",
    "change_head",
    "change_item",
    "change_node",
    "change_system",
    "change_type",
    "discard_draft",
    "move_item",
    "move_node",
    "publish",
    "remove_item",
    "remove_node",
    "remove_type",
]
