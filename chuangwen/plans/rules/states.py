"""Moves of a plan version and of the rows under review. What a table does not name is not allowed."""

from __future__ import annotations

from enum import StrEnum

from chuangwen.cores.errors import NotAllowedNow


class VersionState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"  # in force
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


class RowState(StrEnum):
    """What the review has said of a row."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class ChangeState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


VERSION_MOVES = {
    (VersionState.DRAFT, "edit"): VersionState.DRAFT,
    (VersionState.DRAFT, "confirm"): VersionState.CONFIRMED,
    (VersionState.DRAFT, "discard"): VersionState.DISCARDED,
    (VersionState.CONFIRMED, "supersede"): VersionState.SUPERSEDED,
}
ROW_MOVES = {
    (RowState.PROPOSED, "accept"): RowState.ACCEPTED,
    (RowState.ACCEPTED, "accept"): RowState.ACCEPTED,
    (RowState.PROPOSED, "drop"): RowState.DROPPED,
    (RowState.ACCEPTED, "drop"): RowState.DROPPED,
    (RowState.DROPPED, "restore"): RowState.PROPOSED,
    (RowState.PROPOSED, "correct"): RowState.ACCEPTED,  # who corrects a row has looked at it
    (RowState.ACCEPTED, "correct"): RowState.ACCEPTED,
}
CHANGE_MOVES = {
    (ChangeState.OPEN, "accept"): ChangeState.ACCEPTED,
    (ChangeState.OPEN, "reject"): ChangeState.REJECTED,
}


def next_version_state(state: str, move: str) -> VersionState:
    """State of a plan version after `move`. Raises NotAllowedNow: a confirmed version is never edited."""
    to = VERSION_MOVES.get((VersionState(state), move))
    if to is None:
        raise NotAllowedNow("plans.version_state", state=state, move=move)
    return to


def next_row_state(state: str, move: str) -> RowState:
    """State of a row after `move`. Raises NotAllowedNow."""
    to = ROW_MOVES.get((RowState(state), move))
    if to is None:
        raise NotAllowedNow("plans.row_state", state=state, move=move)
    return to


def next_change_state(state: str, move: str) -> ChangeState:
    """State of a proposed change after `move`. Raises NotAllowedNow: it is decided once."""
    to = CHANGE_MOVES.get((ChangeState(state), move))
    if to is None:
        raise NotAllowedNow("plans.change_state", state=state, move=move)
    return to
