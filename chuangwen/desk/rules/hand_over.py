"""States of a hand-over."""

from enum import StrEnum

from chuangwen.cores.errors import NotAllowedNow


class HandOverState(StrEnum):
    DRAFTED = "drafted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


OPEN = (HandOverState.DRAFTED, HandOverState.OFFERED)
MOVES = {
    (HandOverState.DRAFTED, "change"): HandOverState.DRAFTED,
    (HandOverState.DRAFTED, "offer"): HandOverState.OFFERED,
    (HandOverState.DRAFTED, "withdraw"): HandOverState.WITHDRAWN,
    (HandOverState.OFFERED, "withdraw"): HandOverState.WITHDRAWN,
    (HandOverState.OFFERED, "accept"): HandOverState.ACCEPTED,
}


def next_state(state: str, move: str) -> HandOverState:
    """Raises NotAllowedNow."""
    to = MOVES.get((HandOverState(state), move))
    if to is None:
        raise NotAllowedNow("desk.hand_over_state")
    return to
