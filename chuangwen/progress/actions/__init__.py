"""Writes: each is one transaction with one audit row."""

from .computing import recompute, recompute_after, recompute_open, recompute_sources
from .evidence import add_evidence, remove_evidence
from .exchange import bring_in_sheet
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
    fill_item,
    hand_in,
    say_not_due,
    say_unchanged,
    take_over_words,
)
from .reviewing import confirm_items, correct_value, grant_late, return_item, review_items
from .values import Typed

__all__ = [
    "File",
    "Typed",
    "TypedItem",
    "add_evidence",
    "add_milestone",
    "bring_in_sheet",
    "confirm_items",
    "correct_value",
    "decide_gate",
    "fill_item",
    "follow",
    "grant_late",
    "hand_in",
    "open_due_periods",
    "open_period",
    "reach_milestone",
    "recompute",
    "recompute_after",
    "recompute_open",
    "recompute_sources",
    "remove_beat",
    "remove_evidence",
    "remove_milestone",
    "return_item",
    "review_items",
    "say_not_due",
    "say_unchanged",
    "set_beat",
    "set_budget",
    "set_course",
    "set_weights",
    "settle_rhythm",
    "take_over_words",
]
