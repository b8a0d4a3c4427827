"""Asking."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import BadInput, Denied
from chuangwen.kit import audit
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import PATH_STEP

from .. import queries, registry
from ..access import LOOKERS
from ..models import Todo

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat


@transaction.atomic
def ask(
    *,
    actor: Actor,
    kind: str,
    subject_id: int,
    unit_id: int,
    now: datetime,
    seat: "Seat | None" = None,
    role: str = "",
    key: str | None = None,
    allowance: int | None = None,
    due_at: datetime | None = None,
    minutes: int | None = None,
) -> Todo:
    """Ask it of the unit, of one seat there, or of a role in it and below; the same `key` again asks nothing.

    `allowance` and `minutes` None are the kind's own; `due_at` goes before an allowance. Raises Hidden;
    Denied for seats that only look; BadInput for a seat of another unit.
    """
    if actor.role in LOOKERS:
        raise Denied
    unit = one_unit(actor, unit_id)
    if seat is not None and seat.unit_id != unit.pk:
        raise BadInput("desk.seat_elsewhere")
    asked = registry.kind(kind)
    allowance = asked.allowance if allowance is None else allowance
    root_id = int(unit.path[:PATH_STEP], 16)
    due = None
    if allowance is not None and due_at is None:
        due = queries.calendar_of(root_id).due(now, allowance, asked.time_unit)
    todo = Todo(
        jurisdiction_id=root_id,
        unit=unit,
        seat=seat,
        role=role,
        kind=kind,
        subject_id=subject_id,
        key=key,
        asker_unit_id=actor.unit_id,
        asker=actor.person,
        asked_at=now,
        time_unit=asked.time_unit,
        allowance=allowance,
        due_at=due.at if due else due_at,
        provisional=due.provisional if due else False,
        minutes=asked.minutes if minutes is None else minutes,
        photos=asked.photos,
    )
    return _stored_once(actor, todo)


def _stored_once(actor: Actor, todo: Todo) -> Todo:
    try:
        with transaction.atomic():
            todo.save(force_insert=True)
    except IntegrityError:
        before = Todo.objects.filter(key=todo.key).first() if todo.key else None
        if before is None:
            raise
        return before
    audit.record(actor, "desk.asked", todo, kind=todo.kind, unit=str(todo.unit), role=todo.role)
    return todo
