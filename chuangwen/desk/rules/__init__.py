"""States of a to-do and of what is asked about it; lamps, steps of escalation and colours of slips."""

from datetime import datetime, timedelta
from enum import StrEnum

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.cores.worktime import TimeUnit


class TodoState(StrEnum):
    OPEN = "open"
    HELD = "held"  # above the burden cap: not yet asked
    DONE = "done"
    RETURNED = "returned"  # "not mine", with a reason
    WITHDRAWN = "withdrawn"


class Delay(StrEnum):
    """What the asked may ask for."""

    PAUSE = "pause"
    EXTENSION = "extension"


class SlipState(StrEnum):
    DRAFTED = "drafted"
    ISSUED = "issued"
    DISCARDED = "discarded"


MOVES = {
    (TodoState.OPEN, "finish"): TodoState.DONE,
    (TodoState.OPEN, "return"): TodoState.RETURNED,
    (TodoState.OPEN, "withdraw"): TodoState.WITHDRAWN,
    (TodoState.OPEN, "change"): TodoState.OPEN,
    (TodoState.HELD, "approve"): TodoState.OPEN,
    (TodoState.HELD, "withdraw"): TodoState.WITHDRAWN,
    (TodoState.RETURNED, "ask_again"): TodoState.OPEN,
    (TodoState.RETURNED, "withdraw"): TodoState.WITHDRAWN,
}
NEAR = {
    TimeUnit.WORKING_HOURS: timedelta(hours=2),
    TimeUnit.WORKING_DAYS: timedelta(days=3),
    TimeUnit.NATURAL_DAYS: timedelta(days=3),
}
STEPS = (timedelta(0), timedelta(days=3))  # past due: first to the unit's manager, then to the leaders
LONG_OVERDUE = timedelta(days=7)


def next_state(state: str, move: str) -> TodoState:
    """State of a to-do after `move`. Raises NotAllowedNow."""
    to = MOVES.get((TodoState(state), move))
    if to is None:
        raise NotAllowedNow("desk.todo_state", state=state, move=move)
    return to


def lamp(due_at: datetime | None, time_unit: str, paused: bool, now: datetime) -> str:
    """late (red) only when past due, near (yellow) close to it, else go (green); none while nothing runs."""
    if due_at is None or paused:
        return "none"
    if now > due_at:
        return "late"
    return "near" if due_at - now <= NEAR[TimeUnit(time_unit)] else "go"


def escalation_step(due_at: datetime, now: datetime) -> int:
    """How far up it goes: 0 stays, 1 to the manager of the unit, 2 to the leaders."""
    return sum(now > due_at + after for after in STEPS)


def slip_colour(due_at: datetime, time_unit: str, now: datetime) -> str | None:
    """blue: due soon; yellow: past due; red: past due for long. None: no slip."""
    state = lamp(due_at, time_unit, False, now)
    if state == "late":
        return "red" if now - due_at > LONG_OVERDUE else "yellow"
    return "blue" if state == "near" else None
