"""How a report passes from hand to hand, and what a task may be said to be."""

from __future__ import annotations

from enum import StrEnum

from chuangwen.cores.errors import NotAllowedNow


class ItemState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"  # by the lead unit of the task
    CONFIRMED = "confirmed"  # by the campaign office
    RETURNED = "returned"  # with a remark on a field


class Part(StrEnum):
    """What a unit is to a task."""

    LEAD = "lead"
    MEMBER = "member"


class Progress(StrEnum):
    """How a task stands, as its unit says."""

    NOT_STARTED = "not_started"
    GOING = "going"
    DONE = "done"
    STUCK = "stuck"
    NOT_DUE = "not_due"


class Mode(StrEnum):
    """How an indicator gets its values."""

    LEAD = "lead"  # the lead unit gives the city's
    AREAS = "areas"  # each area gives its own, the city's follows
    FORMULA = "formula"
    MILESTONE = "milestone"  # number, date and file of a document
    JUDGED = "judged"  # a person says in words whether it is reached


class Origin(StrEnum):
    REPORTED = "reported"
    COMPUTED = "computed"
    CORRECTED = "corrected"


MOVES = {
    (ItemState.DRAFT, "fill"): ItemState.DRAFT,
    (ItemState.RETURNED, "fill"): ItemState.RETURNED,
    (ItemState.DRAFT, "submit"): ItemState.SUBMITTED,
    (ItemState.RETURNED, "submit"): ItemState.SUBMITTED,
    (ItemState.SUBMITTED, "review"): ItemState.REVIEWED,
    (ItemState.SUBMITTED, "return"): ItemState.RETURNED,
    (ItemState.REVIEWED, "return"): ItemState.RETURNED,
    (ItemState.REVIEWED, "confirm"): ItemState.CONFIRMED,
    (ItemState.CONFIRMED, "return"): ItemState.RETURNED,
}
HANDED_IN = (ItemState.SUBMITTED, ItemState.REVIEWED, ItemState.CONFIRMED)


def next_state(state: str, move: str, part: str) -> ItemState:
    """State of an item after `move`. The lead unit's own item goes to the office without a review of its own.

    Raises NotAllowedNow.
    """
    if part == Part.LEAD and (state, move) == (ItemState.SUBMITTED, "confirm"):
        return ItemState.CONFIRMED
    to = MOVES.get((ItemState(state), move))
    if to is None or (part == Part.LEAD and move == "review"):
        raise NotAllowedNow("progress.item_state", state=state, move=move)
    return to
