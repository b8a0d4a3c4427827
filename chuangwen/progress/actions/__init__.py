"""Writes: each is one transaction with one audit row."""

from .computing import recompute, recompute_after, recompute_sources
from .following import follow, remove_beat, set_beat, set_course, set_weights, settle_rhythm
from .milestones import (
    File,
    add_milestone,
    decide_gate,
    reach_milestone,
    remove_milestone,
    set_budget,
)
from .opening import open_due_periods, open_period
from .reporting import (
    TypedItem,
    confirm_items,
    correct_value,
    fill_item,
    grant_late,
    hand_in,
    item_gaps,
    return_item,
    review_item,
    say_not_due,
    say_unchanged,
)
from .values import Typed

__all__ = [
    "File",
    "Typed",
    "TypedItem",
    "add_milestone",
    "confirm_items",
    "correct_value",
    "decide_gate",
    "fill_item",
    "follow",
    "grant_late",
    "hand_in",
    "item_gaps",
    "open_due_periods",
    "open_period",
    "reach_milestone",
    "recompute",
    "recompute_after",
    "recompute_sources",
    "remove_beat",
    "remove_milestone",
    "return_item",
    "review_item",
    "say_not_due",
    "say_unchanged",
    "set_beat",
    "set_budget",
    "set_course",
    "set_weights",
    "settle_rhythm",
]
