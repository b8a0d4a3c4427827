"""Writes: each is one transaction with one audit row."""

from .cycles import add_cycle, add_lost_point, change_cycle, decide_lost, record_official, reply_to_lost
from .filing import (
    accept_filing,
    add_filing_file,
    ask_for_filings,
    file_material,
    remove_filing_file,
    return_filing,
)
from .locking import lock_round
from .parts import add_adjustment, bring_in_parts, remove_adjustment, remove_part, set_part
from .replying import (
    accept_findings,
    ask_for_replies,
    object_to,
    reject_objection,
    uphold_objection,
    withdraw_objection,
)
from .scoring import score_round

__all__ = [
    "accept_filing",
    "accept_findings",
    "add_adjustment",
    "add_cycle",
    "add_filing_file",
    "add_lost_point",
    "ask_for_filings",
    "ask_for_replies",
    "bring_in_parts",
    "change_cycle",
    "decide_lost",
    "file_material",
    "lock_round",
    "object_to",
    "record_official",
    "reject_objection",
    "remove_adjustment",
    "remove_filing_file",
    "remove_part",
    "reply_to_lost",
    "return_filing",
    "score_round",
    "set_part",
    "uphold_objection",
    "withdraw_objection",
]
