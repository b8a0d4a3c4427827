"""A seat passes to a successor, who accepts its open work."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs import actions as orgs
from chuangwen.orgs.actors import Actor, system_actor
from chuangwen.orgs.hand_over_queries import desk_seat, seat_like
from chuangwen.orgs.rules import Role
from chuangwen.orgs.seat_access import seat_for_hand_over

from .. import hand_over_access, hand_over_queries
from ..access import LOOKERS
from ..models import HandedTodo, HandOver, Todo
from ..rules.hand_over import next_state
from ..rules.kinds import TAKE_OVER
from .answering import finish, withdraw_all
from .asking import ask

if TYPE_CHECKING:
    from chuangwen.orgs.models import Person, Seat

# Ends the old seat and begins the new one: the giver gave it away, and the successor took it.
HOUSE = system_actor("desk.hand_over", via="web")
DAYS_TO_ACCEPT = 3


@transaction.atomic
def draft_hand_over(
    *, actor: Actor, seat_id: int, successor: "Person", on: date, note: str, now: datetime, today: date
) -> HandOver:
    """Name who takes the seat over, and from which day; nobody is told yet.

    Raises Hidden, Denied; BadInput for the holder, and for a day that is past or outside the seat;
    NotAllowedNow while another hand-over of the seat is open.
    """
    seat = seat_for_hand_over(actor, seat_id)
    _require_fit(seat, successor, on, today)
    row = HandOver(seat=seat, successor=successor, on=on, note=note.strip()[:500], drafted_at=now)
    row.drafted_by = actor.person
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotAllowedNow("desk.hand_over_open") from None
    _record(actor, "desk.hand_over_drafted", row)
    return row


@transaction.atomic
def change_hand_over(
    *,
    actor: Actor,
    hand_over_id: int,
    version: int,
    successor: "Person",
    on: date,
    note: str,
    today: date,
) -> HandOver:
    """Another successor, day or note of a draft. Raises as `draft_hand_over` does, and Stale."""
    row = hand_over_access.hand_over_to_give(actor, hand_over_id)
    check_current(row, version)
    next_state(row.state, "change")
    _require_fit(row.seat, successor, on, today)
    before: dict[str, object] = {"successor": row.successor_id, "on": row.on}
    row.successor, row.on, row.note = successor, on, note.strip()[:500]
    save_if_current(row, version, fields=["successor", "on", "note"])
    _record(actor, "desk.hand_over_changed", row, before)
    return row


@transaction.atomic
def offer_hand_over(*, actor: Actor, hand_over_id: int, version: int, now: datetime, today: date) -> HandOver:
    """Show it to the successor: as a to-do for one with a desk, else on the page of their account.

    Raises Hidden, Denied, Stale, NotAllowedNow; BadInput once the day is past or the seat has ended.
    """
    row = hand_over_access.hand_over_to_give(actor, hand_over_id)
    check_current(row, version)
    row.state = next_state(row.state, "offer")
    _require_fit(row.seat, row.successor, row.on, today)
    row.offered_at = now
    save_if_current(row, version, fields=["state", "offered_at"])
    _record(actor, "desk.hand_over_offered", row)
    if seat := desk_seat(row.successor, row.seat.unit, today):
        ask(
            actor=HOUSE if actor.role in LOOKERS or actor.seat is None else actor,
            kind=TAKE_OVER,
            subject_id=row.pk,
            unit_id=seat.unit_id,
            seat=seat,
            allowance=(row.on - today).days + DAYS_TO_ACCEPT,
            now=now,
        )
    return row


@transaction.atomic
def withdraw_hand_over(*, actor: Actor, hand_over_id: int, version: int, now: datetime) -> HandOver:
    """The seat stays with its holder. Raises Hidden, Denied, Stale; NotAllowedNow once it was accepted."""
    row = hand_over_access.hand_over_to_give(actor, hand_over_id)
    check_current(row, version)
    row.state, row.ended_at = next_state(row.state, "withdraw"), now
    save_if_current(row, version, fields=["state", "ended_at"])
    _record(actor, "desk.hand_over_withdrawn", row)
    withdraw_all(actor=actor, kind=TAKE_OVER, subject_id=row.pk, now=now)
    return row


@transaction.atomic
def accept_hand_over(
    *, actor: Actor, hand_over_id: int, version: int, remark: str, now: datetime, today: date
) -> HandOver:
    """The old seat ends today, the successor's begins in the same role and unit; its open to-dos move there.

    A successor who holds such a seat already goes on in that one. Raises Hidden, Denied, Stale; NotAllowedNow
    before the day, and where the seat has ended; BadInput as `orgs.seat_person` does.
    """
    row = hand_over_access.hand_over_to_take(actor, hand_over_id)
    check_current(row, version)
    row.state = next_state(row.state, "accept")
    if today < row.on:
        raise NotAllowedNow("desk.hand_over_early", on=row.on)
    if row.seat.ends_on is not None and row.seat.ends_on <= today:
        raise NotAllowedNow("desk.hand_over_seat_over", on=row.seat.ends_on)
    row.remark, row.ended_at = remark.strip()[:500], now
    save_if_current(row, version, fields=["state", "remark", "ended_at"])  # from here on nobody withdraws it
    row.new_seat = _pass_on(row.seat, row.successor, today)
    HandOver.objects.filter(pk=row.pk).update(new_seat=row.new_seat)
    moved = _move_work(row)
    finish(actor=actor, kind=TAKE_OVER, subject_id=row.pk, now=now)
    withdraw_all(actor=actor, kind=TAKE_OVER, subject_id=row.pk, now=now)
    audit.record_bulk(
        actor,
        "desk.hand_over_accepted",
        row,
        moved,
        about=row.successor_id,
        personal={"person": row.successor.name},
        todos=len(moved),
        remark=row.remark,
    )
    return row


def _pass_on(seat: "Seat", successor: "Person", today: date) -> "Seat":
    ends_on = seat.ends_on
    orgs.end_seat(actor=HOUSE, seat_id=seat.pk, on=today)
    held = seat_like(seat, successor, today)
    return held or orgs.seat_person(
        actor=HOUSE,
        person=successor,
        unit_id=seat.unit_id,
        role=Role(seat.role),
        starts_on=today,
        ends_on=ends_on,
    )


def _move_work(row: HandOver) -> list[Todo]:
    """The open to-dos of the old seat are the new one's; the list that was accepted is kept."""
    moved = list(hand_over_queries.todos_of_seat(row.seat).select_for_update(of=("self",)))
    told = list(hand_over_queries.todos_of_unit(row.seat))
    HandedTodo.objects.bulk_create(
        [HandedTodo(hand_over=row, todo=todo, moved=True) for todo in moved]
        + [HandedTodo(hand_over=row, todo=todo, moved=False) for todo in told]
    )
    rows = Todo.objects.filter(pk__in=[todo.pk for todo in moved])
    rows.update(seat=row.new_seat, version=F("version") + 1)
    return moved


def _require_fit(seat: "Seat", successor: "Person", on: date, today: date) -> None:
    if successor.pk == seat.person_id:
        raise BadInput("desk.own_successor", name=successor.name)
    begins, ends = seat.starts_on, seat.ends_on
    if on < today or (begins is not None and on < begins) or (ends is not None and on >= ends):
        raise BadInput("desk.hand_over_day", on=on)


def _record(actor: Actor, code: str, row: HandOver, before: dict[str, object] | None = None) -> None:
    personal = {"person": row.successor.name}
    audit.record(actor, code, row, before=before, about=row.successor_id, personal=personal, on=row.on)
