"""Reads: hand-overs, and the open work that goes with a seat."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from chuangwen.orgs.actors import Actor
from chuangwen.orgs.hand_over_queries import contacts_named

from . import hand_over_access
from .models import DelayRequest, HandOver, Slip, Todo
from .queries import Line, lines
from .rules import SlipState, TodoState
from .rules.hand_over import OPEN, HandOverState
from .rules.kinds import TAKE_OVER

if TYPE_CHECKING:
    from chuangwen.orgs.models import Deputy, Person, Seat, UnitContact

UNIT_ROWS = 50


@dataclass(frozen=True)
class Work:
    """What is open around a seat, or was when it passed; `of_unit` are the first UNIT_ROWS of its number."""

    of_seat: list[Line]
    of_seat_count: int
    of_unit: list[Line]
    of_unit_count: int
    slips: list[Slip]
    delays: list[DelayRequest]
    deputies: "list[Deputy]"
    contacts: "list[UnitContact]"


def hand_overs(actor: Actor) -> QuerySet[HandOver]:
    return hand_over_access.visible_hand_overs(actor).select_related(
        "seat__unit", "seat__person", "successor"
    )


def about(actor: Actor, person: "Person") -> list[HandOver]:
    """Open hand-overs that the actor sees, from or to the person."""
    rows = hand_overs(actor).filter(Q(seat__person=person) | Q(successor=person), state__in=OPEN)
    return list(rows)


def todos_of_seat(seat: "Seat") -> QuerySet[Todo]:
    """What is asked of the seat alone, and held for it; not another seat that its holder is to take."""
    todos = Todo.objects.filter(seat=seat, state__in=[TodoState.OPEN, TodoState.HELD])
    return todos.exclude(kind=TAKE_OVER)


def todos_of_unit(seat: "Seat") -> QuerySet[Todo]:
    """What is asked of all seats of its unit: it stays there."""
    return Todo.objects.filter(unit=seat.unit_id, seat=None, role="", state=TodoState.OPEN)


def work_of(actor: Actor, row: HandOver, now: datetime, today: date) -> Work:
    """Of an accepted hand-over what was open then, as it stands today; counts alone for those who look on."""
    of_seat, of_unit = _todos(row)
    numbers = of_seat.count(), of_unit.count()
    contacts = list(contacts_named(row.seat.unit, row.seat.person.name, today))
    deputies = list(row.seat.deputies.filter(ends_on__gt=_day(row, today)).select_related("person"))
    if not hand_over_access.sees_work(actor, row):
        return Work([], numbers[0], [], numbers[1], [], [], deputies, contacts)
    both = Q(todo__in=of_seat.values("pk")) | Q(todo__in=of_unit.values("pk"))
    slips = Slip.objects.filter(both, state=SlipState.ISSUED).select_related("todo__unit")
    delays = DelayRequest.objects.filter(both).select_related("todo", "asked_by")
    if row.state == HandOverState.ACCEPTED:
        slips = slips.filter(issued_at__lte=row.ended_at)
        delays = delays.filter(asked_at__lte=row.ended_at).exclude(decided_at__lte=row.ended_at)
    else:
        delays = delays.filter(granted=None)
    join = ("unit", "asker_unit", "asker")
    return Work(
        of_seat=lines(actor, of_seat.select_related(*join), now),
        of_seat_count=numbers[0],
        of_unit=lines(actor, of_unit.select_related(*join)[:UNIT_ROWS], now),
        of_unit_count=numbers[1],
        slips=list(slips),
        delays=list(delays),
        deputies=deputies,
        contacts=contacts,
    )


def _todos(row: HandOver) -> tuple[QuerySet[Todo], QuerySet[Todo]]:
    if row.state != HandOverState.ACCEPTED:
        return todos_of_seat(row.seat), todos_of_unit(row.seat)
    moved, told = (row.handed.filter(moved=moved).values("todo") for moved in (True, False))
    return Todo.objects.filter(pk__in=moved), Todo.objects.filter(pk__in=told)


def _day(row: HandOver, today: date) -> date:
    return timezone.localdate(row.ended_at) if row.state == HandOverState.ACCEPTED else today


def titles_of_hand_overs(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    rows = hand_overs(actor).filter(pk__in=ids)
    return {row.pk: f"{row.seat} · {row.seat.person.name}" for row in rows}
