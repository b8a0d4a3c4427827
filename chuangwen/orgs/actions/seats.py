"""Giving and ending seats, and deputies while a holder is absent."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit

from .. import seat_access
from ..actors import Actor
from ..models import Deputy, Person, Seat
from ..rules import Role, go_together


@transaction.atomic
def seat_person(
    *,
    actor: Actor,
    person: Person,
    unit_id: int,
    role: Role,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Seat:
    """A seat for the period; None is open.

    Raises Hidden, Denied; BadInput for an empty period, a seat that is held already, and where an
    administrator's seat would stand beside another kind of seat.
    """
    unit = seat_access.unit_for_seat(actor, role, unit_id)
    _require_period(starts_on, ends_on)
    Person.objects.select_for_update().get(pk=person.pk)
    held = _held(person, starts_on, ends_on)
    if any(seat.unit_id == unit.pk and seat.role == role and seat.person_id == person.pk for seat in held):
        raise BadInput("orgs.seat_held", name=person.name)
    _require_together(person, held, role)
    seat = Seat.objects.create(person=person, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on)
    audit.record(
        actor, "orgs.person_seated", unit, about=person.pk, personal={"person": person.name}, role=role
    )
    return seat


@transaction.atomic
def end_seat(*, actor: Actor, seat_id: int, on: date) -> Seat:
    """The seat ends before the day. Raises Hidden, Denied; BadInput if it has ended by then."""
    seat = seat_access.seat_for_change(actor, seat_id)
    if seat.ends_on is not None and seat.ends_on <= on:
        raise BadInput("orgs.seat_over", on=seat.ends_on)
    before = {"ends_on": seat.ends_on}
    seat.ends_on = max(on, seat.starts_on or on)
    seat.save(update_fields=["ends_on"])
    audit.record(
        actor,
        "orgs.seat_ended",
        seat.unit,
        before=before,
        about=seat.person_id,
        personal={"person": seat.person.name},
        role=seat.role,
        on=seat.ends_on,
    )
    return seat


@transaction.atomic
def name_deputy(*, actor: Actor, seat_id: int, person: Person, starts_on: date, ends_on: date) -> Deputy:
    """`person` acts from the seat too, from the first day until before the last.

    Raises Hidden, Denied; BadInput for an empty period, the holder, and as `seat_person` does.
    """
    seat = seat_access.seat_for_deputy(actor, seat_id)
    _require_period(starts_on, ends_on)
    if person.pk == seat.person_id:
        raise BadInput("orgs.own_deputy", name=person.name)
    Person.objects.select_for_update().get(pk=person.pk)
    _require_together(person, _held(person, starts_on, ends_on), Role(seat.role))
    deputy = Deputy.objects.create(seat=seat, person=person, starts_on=starts_on, ends_on=ends_on)
    audit.record(
        actor,
        "orgs.deputy_named",
        seat.unit,
        about=person.pk,
        personal={"person": person.name},
        role=seat.role,
        on=starts_on,
        until=ends_on,
    )
    return deputy


def _require_period(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        raise BadInput("orgs.period_empty")


def _require_together(person: Person, held: list[Seat], role: Role) -> None:
    for seat in held:
        if not go_together(Role(seat.role), role):
            raise BadInput("orgs.seats_apart", name=person.name, seat=str(seat))


def _held(person: Person, starts_on: date | None, ends_on: date | None) -> list[Seat]:
    """Seats from which the person acts on some day of the period, as holder or as deputy."""
    own = _overlap(starts_on, ends_on) & Q(person=person)
    stood_in = Deputy.objects.filter(_overlap(starts_on, ends_on), person=person).values("seat")
    return list(Seat.objects.filter(own | Q(pk__in=stood_in)).select_related("unit"))


def _overlap(starts_on: date | None, ends_on: date | None) -> Q:
    begun = Q(starts_on=None) | Q(starts_on__lt=ends_on) if ends_on else Q()
    return begun & (Q(ends_on=None) | Q(ends_on__gt=starts_on) if starts_on else Q())
