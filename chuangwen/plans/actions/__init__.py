"""Writes: each is one transaction with one audit row. A confirmed version is never edited: all refuse it."""

from .add import add_from_selection
from .asks import acknowledge_letter, send_back, submit
from .assign import create_unit_for_assignment, match_assignment, set_assignments
from .changes import accept_change, reject_change
from .correct import (
    AssignmentFields,
    IndicatorFields,
    TargetFields,
    TaskFields,
    correct_goal,
    correct_indicator,
    correct_mechanism,
    correct_program,
    correct_result,
    correct_rhythm,
    correct_stage,
    correct_task,
)
from .doubts import answer_doubt, attach_result_as_baseline
from .draft import draft_from_reading
from .exchange import bring_in_json, bring_in_table
from .intake import import_document, keep_document, read_intake, receive
from .reissuing import reissue
from .reshape import TaskPart, merge_indicators, merge_tasks, split_indicator, split_task
from .rows import accept_rest, accept_row, drop_row, restore_row
from .versions import amend, confirm, discard_draft

__all__ = [
    "AssignmentFields",
    "IndicatorFields",
    "TargetFields",
    "TaskFields",
    "TaskPart",
    "accept_change",
    "accept_rest",
    "accept_row",
    "acknowledge_letter",
    "add_from_selection",
    "amend",
    "answer_doubt",
    "attach_result_as_baseline",
    "bring_in_json",
    "bring_in_table",
    "confirm",
    "correct_goal",
    "correct_indicator",
    "correct_mechanism",
    "correct_program",
    "correct_result",
    "correct_rhythm",
    "correct_stage",
    "correct_task",
    "create_unit_for_assignment",
    "discard_draft",
    "draft_from_reading",
    "drop_row",
    "import_document",
    "keep_document",
    "match_assignment",
    "merge_indicators",
    "merge_tasks",
    "read_intake",
    "receive",
    "reissue",
    "reject_change",
    "restore_row",
    "send_back",
    "set_assignments",
    "split_indicator",
    "split_task",
    "submit",
]
