"""Asking."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import BadInput, Denied
from chuangwen.cores.worktime import TimeUnit
from chuangwen.kit import audit
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import PATH_STEP

from .. import burden_queries, queries, registry
from ..access import LOOKERS
from ..models import Todo
from ..rules import TodoState
from ..rules.burden import WITH_DUTIES, Limit, Load, over, week_of

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
    photos: int | None = None,
    duty: str = "",
) -> Todo:
    """Ask it of the unit, of one seat there, or of a role in it and below; the same `key` again asks nothing.

    Above the cap of the unit it is held until a named person lets it through, whoever asks: see its state.
    `allowance`, `minutes` and `photos` None are the kind's own; `due_at` goes before an allowance; `duty` is
    a line of the unit's duty list. Raises Hidden; Denied for seats that only look; BadInput for a seat of
    another unit.
    """
    if actor.role in LOOKERS:
        raise Denied
    unit = one_unit(actor, unit_id)
    if seat is not None and seat.unit_id != unit.pk:
        raise BadInput("desk.seat_elsewhere")
    asked = registry.kind(kind)
    root_id = int(unit.path[:PATH_STEP], 16)
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
        allowance=None if due_at else asked.allowance if allowance is None else allowance,
        due_at=due_at,
        minutes=asked.minutes if minutes is None else minutes,
        photos=asked.photos if photos is None else photos,
    )
    if unit.kind in WITH_DUTIES:
        lists = burden_queries.duty_lists(root_id)
        todo.outside_duties = burden_queries.is_outside(lists, unit.kind, kind, duty)
    if _hold(todo):
        todo.state = TodoState.HELD
    else:
        start(todo, now)
    return _stored_once(actor, todo)


def start(todo: Todo, now: datetime) -> None:
    """It is asked now, and its time runs."""
    todo.asked_at = now
    if todo.allowance is not None:
        due = queries.calendar_of(todo.jurisdiction_id).due(now, todo.allowance, TimeUnit(todo.time_unit))
        todo.due_at, todo.provisional = due.at, due.provisional


def _hold(todo: Todo) -> bool:
    """Whether it would pass a cap of its unit in this week. From here on others who ask the unit wait."""
    limit = burden_queries.limits(todo.jurisdiction_id).get(todo.unit.kind, Limit())
    if not limit:
        return False
    type(todo.unit).objects.select_for_update(no_key=True).get(pk=todo.unit_id)
    before = burden_queries.loads([todo.unit_id], week_of(todo.asked_at)).get(todo.unit_id, Load())
    todo.held_over = over(limit, before + Load(1, todo.minutes, todo.photos)) or ""
    return bool(todo.held_over)


def _stored_once(actor: Actor, todo: Todo) -> Todo:
    try:
        with transaction.atomic():
            todo.save(force_insert=True)
    except IntegrityError:
        before = Todo.objects.filter(key=todo.key).first() if todo.key else None
        if before is None:
            raise
        return before
    code = "desk.held" if todo.state == TodoState.HELD else "desk.asked"
    audit.record(actor, code, todo, kind=todo.kind, unit=str(todo.unit), role=todo.role)
    return todo
