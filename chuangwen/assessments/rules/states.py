"""States and moves of what a round is made of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from chuangwen.cores.errors import NotAllowedNow


class RoundState(StrEnum):
    PLANNED = "planned"
    DRAWN = "drawn"  # the frame is frozen, the seed sealed
    MARKING = "marking"  # points are opened and visited
    REPLYING = "replying"  # units see their own findings, and answer
    LOCKED = "locked"
    CANCELLED = "cancelled"


class VisitState(StrEnum):
    ASSIGNED = "assigned"
    MARKED = "marked"
    RETURNED = "returned"  # by quality control, with what is wrong
    ACCEPTED = "accepted"  # counts
    CANCELLED = "cancelled"


class ObjectionState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"  # the mark was changed
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class FilingState(StrEnum):
    ASKED = "asked"
    FILED = "filed"
    RETURNED = "returned"  # with what is wrong; to be filed again
    ACCEPTED = "accepted"  # with its marks


State = TypeVar("State", bound=StrEnum)
ROUND: Mapping[tuple[RoundState, str], RoundState] = {
    (RoundState.PLANNED, "draw"): RoundState.DRAWN,
    (RoundState.PLANNED, "open"): RoundState.MARKING,  # without field points
    (RoundState.DRAWN, "open"): RoundState.MARKING,
    (RoundState.MARKING, "open"): RoundState.MARKING,
    (RoundState.MARKING, "complete"): RoundState.REPLYING,
    (RoundState.REPLYING, "lock"): RoundState.LOCKED,
    (RoundState.PLANNED, "cancel"): RoundState.CANCELLED,
    (RoundState.DRAWN, "cancel"): RoundState.CANCELLED,
    (RoundState.MARKING, "cancel"): RoundState.CANCELLED,
}
VISIT: Mapping[tuple[VisitState, str], VisitState] = {
    (VisitState.ASSIGNED, "mark"): VisitState.MARKED,
    (VisitState.MARKED, "mark"): VisitState.MARKED,
    (VisitState.RETURNED, "mark"): VisitState.MARKED,
    (VisitState.MARKED, "return"): VisitState.RETURNED,
    (VisitState.MARKED, "accept"): VisitState.ACCEPTED,
    (VisitState.ASSIGNED, "cancel"): VisitState.CANCELLED,
    (VisitState.RETURNED, "cancel"): VisitState.CANCELLED,
}
OBJECTION: Mapping[tuple[ObjectionState, str], ObjectionState] = {
    (ObjectionState.OPEN, "uphold"): ObjectionState.UPHELD,
    (ObjectionState.OPEN, "reject"): ObjectionState.REJECTED,
    (ObjectionState.OPEN, "withdraw"): ObjectionState.WITHDRAWN,
}
FILING: Mapping[tuple[FilingState, str], FilingState] = {
    (FilingState.ASKED, "file"): FilingState.FILED,
    (FilingState.FILED, "file"): FilingState.FILED,
    (FilingState.RETURNED, "file"): FilingState.FILED,
    (FilingState.FILED, "return"): FilingState.RETURNED,
    (FilingState.FILED, "accept"): FilingState.ACCEPTED,
    (FilingState.ACCEPTED, "return"): FilingState.RETURNED,
}


def next_state(moves: Mapping[tuple[State, str], State], state: State, move: str) -> State:
    """Raises NotAllowedNow."""
    to = moves.get((state, move))
    if to is None:
        raise NotAllowedNow("assessments.not_this_step", state=str(state), move=move)
    return to
