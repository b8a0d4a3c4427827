"""Writes: each is one transaction with one audit row."""

from .answering import batch, finish, finish_by_hand, hand_on, return_to_asker, withdraw, withdraw_all
from .asking import ask
from .burden import approve, ask_freely, refuse, set_cap, set_duties
from .calendar import remove_city_day, set_city_day, set_city_hours
from .delaying import ask_for_delay, decide_delay, resume
from .escalating import escalate_overdue
from .feeds import make_feed
from .hand_over import (
    accept_hand_over,
    change_hand_over,
    draft_hand_over,
    offer_hand_over,
    withdraw_hand_over,
)
from .settling import settle_due_times
from .slips import discard_slip, draft_slips, issue_slip

__all__ = [
    "accept_hand_over",
    "approve",
    "ask",
    "ask_for_delay",
    "ask_freely",
    "batch",
    "change_hand_over",
    "decide_delay",
    "discard_slip",
    "draft_hand_over",
    "draft_slips",
    "escalate_overdue",
    "finish",
    "finish_by_hand",
    "hand_on",
    "issue_slip",
    "make_feed",
    "offer_hand_over",
    "refuse",
    "remove_city_day",
    "resume",
    "return_to_asker",
    "set_cap",
    "set_city_day",
    "set_city_hours",
    "set_duties",
    "settle_due_times",
    "withdraw",
    "withdraw_all",
    "withdraw_hand_over",
]
