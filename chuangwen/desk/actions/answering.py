"""How a to-do ends or changes hands."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit import audit, outbox
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import seats_in

from .. import access, queries, registry
from ..models import Todo
from ..rules import TodoState, next_state

CLOSED = ["state", "closed_at", "reason"]


@transaction.atomic
def finish(*, actor: Actor, kind: str, subject_id: int, now: datetime, unit_id: int | None = None) -> int:
    """For the room that asked: what was asked about the subject was done by doing it. How many were open.

    `unit_id`: only what was asked of that unit.
    """
    todos = queries.open_of(kind, subject_id)
    return _close_all(actor, todos if unit_id is None else todos.filter(unit=unit_id), "finish", now)


@transaction.atomic
def withdraw_all(*, actor: Actor, kind: str, subject_id: int, now: datetime) -> int:
    """For the room that asked: the subject needs nothing any more. How many were open or held."""
    return _close_all(actor, queries.open_or_held_of(kind, subject_id), "withdraw", now)


def _close_all(actor: Actor, todos: QuerySet[Todo], move: str, now: datetime) -> int:
    found = list(todos)
    for todo in found:
        _close(actor, todo, todo.version, move, now)
    return len(found)


@transaction.atomic
def finish_by_hand(*, actor: Actor, todo_id: int, version: int, now: datetime) -> Todo:
    """Say that it is done, where the kind allows it. Raises Hidden, Denied, Stale, NotAllowedNow."""
    todo = access.todo_to_do(actor, todo_id)
    check_current(todo, version)
    if not registry.kind(todo.kind).by_hand:
        raise NotAllowedNow("desk.done_by_doing")
    return _close(actor, todo, version, "finish", now)


@transaction.atomic
def return_to_asker(*, actor: Actor, todo_id: int, version: int, reason: str, now: datetime) -> Todo:
    """ "Not mine": back to who asked, with the reason.

    Raises Hidden, Denied, Stale, BadInput (no reason), NotAllowedNow.
    """
    todo = access.todo_to_do(actor, todo_id)
    check_current(todo, version)
    if not reason.strip():
        raise BadInput("desk.reason_missing")
    _close(actor, todo, version, "return", now, reason.strip()[:500])
    outbox.post_once("desk.returned", key=f"desk.returned:{todo.pk}:{todo.version}", todo=todo.pk)
    return todo


@transaction.atomic
def withdraw(*, actor: Actor, todo_id: int, version: int, now: datetime) -> Todo:
    """Ask for it no longer. Raises Hidden, Denied, Stale, NotAllowedNow."""
    todo = access.todo_to_decide(actor, todo_id)
    check_current(todo, version)
    return _close(actor, todo, version, "withdraw", now)


@transaction.atomic
def hand_on(*, actor: Actor, todo_id: int, version: int, seat_id: int, now: datetime, today: date) -> Todo:
    """Give it to a colleague of the unit.

    Raises Hidden, Denied, Stale, NotAllowedNow, BadInput (no such seat).
    """
    todo = access.todo_to_hand_on(actor, todo_id)
    check_current(todo, version)
    next_state(todo.state, "change")
    seat = seats_in(todo.unit, today).filter(pk=seat_id).first()
    if seat is None:
        raise BadInput("desk.seat_elsewhere")
    before = {"seat": todo.seat_id}
    todo.seat, todo.answered_at = seat, todo.answered_at or now
    save_if_current(todo, version, fields=["seat", "answered_at"])
    audit.record(
        actor,
        "desk.handed_on",
        todo,
        before=before,
        about=seat.person_id,
        personal={"person": seat.person.name},
        seat=seat.pk,
    )
    return todo


@transaction.atomic
def batch(
    *, actor: Actor, todos: list[tuple[int, int]], seat_id: int | None, now: datetime, today: date
) -> None:
    """Take one step with several (id, version): mark done, or with `seat_id` give to that colleague.

    All or none. Raises what one of them raises.
    """
    for todo_id, version in todos:
        if seat_id is None:
            finish_by_hand(actor=actor, todo_id=todo_id, version=version, now=now)
        else:
            hand_on(actor=actor, todo_id=todo_id, version=version, seat_id=seat_id, now=now, today=today)


def _close(actor: Actor, todo: Todo, version: int, move: str, now: datetime, reason: str = "") -> Todo:
    before = {"state": todo.state}
    todo.state = next_state(todo.state, move)
    todo.closed_at, todo.reason = now, reason
    todo.answered_at = todo.answered_at or now
    by_asked = [] if move == "withdraw" else ["answered_at"]
    save_if_current(todo, version, fields=CLOSED + by_asked)
    audit.record(actor, DONE_WORDS[todo.state], todo, before=before, kind=todo.kind, reason=reason)
    return todo


DONE_WORDS = {
    TodoState.DONE: "desk.finished",
    TodoState.RETURNED: "desk.returned",
    TodoState.WITHDRAWN: "desk.withdrawn",
}
