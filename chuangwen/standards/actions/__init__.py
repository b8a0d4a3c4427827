"""Writes: each is one transaction with one audit row."""

from .items import add_item, change_item, move_item, remove_item
from .negative import (
    NegativeValues,
    add_negative,
    ask_for_reports,
    change_negative,
    report_nothing,
    tell_occurrence,
    withdraw_occurrence,
)
from .nodes import add_node, change_node, move_node, remove_node
from .sample import take_over_sample, take_over_types
from .systems import add_system, begin_draft, change_head, change_system, discard_draft, publish
from .tables import bring_in
from .types import add_type, change_type, remove_type

__all__ = [
    "NegativeValues",
    "add_item",
    "add_negative",
    "add_node",
    "add_system",
    "add_type",
    "ask_for_reports",
    "begin_draft",
    "bring_in",
    "change_head",
    "change_item",
    "change_negative",
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
    "report_nothing",
    "take_over_sample",
    "take_over_types",
    "tell_occurrence",
    "withdraw_occurrence",
]
