"""Whose accounts an actor may open, unlock and give new passwords."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from chuangwen.cores.errors import Denied, Hidden

from .actors import Actor
from .models import Person, Seat
from .rules import ADMINISTRATORS, PATH_STEP, Role

OFFICE = ADMINISTRATORS | {Role.CAMPAIGN_OFFICE}
KEEPERS_OF_ACCOUNTS = {
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.CAMPAIGN_OFFICE,
    Role.MANAGER,
}


def keeps_accounts(actor: Actor) -> bool:
    return actor.is_system or actor.role in KEEPERS_OF_ACCOUNTS


def visible_accounts(actor: Actor, on: date) -> QuerySet[Person]:
    """People seated on the day in the actor's city, a manager's in the own unit and below; else none."""
    if actor.is_system:
        return Person.objects.all()
    if actor.seat is None or not keeps_accounts(actor):
        return Person.objects.none()
    path = actor.seat.unit.path if actor.role == Role.MANAGER else actor.jurisdiction_path
    seats = Seat.objects.on(on).filter(person=OuterRef("pk"), unit__path__startswith=path)
    return Person.objects.filter(Exists(seats))


def account(actor: Actor, person_id: int, on: date) -> Person:
    """Raises Denied for a seat that keeps no accounts; Hidden for a person out of its reach."""
    if not keeps_accounts(actor):
        raise Denied
    person = visible_accounts(actor, on).filter(pk=person_id).first()
    if person is None:
        raise Hidden
    return person


def account_to_invite(actor: Actor, person_id: int, on: date) -> Person:
    """The system administrator reaches all of the city; the campaign office who has business roles only;
    a manager who is seated nowhere but in the own unit and below, and is none of the office.

    Raises Hidden, Denied.
    """
    person = account(actor, person_id, on)
    if not (
        actor.is_system
        or may_invite(actor, list(Seat.objects.on(on).filter(person=person).select_related("unit")))
    ):
        raise Denied
    return person


def may_invite(actor: Actor, seats: list[Seat]) -> bool:
    """Whether the actor gives the person who holds these seats a new password."""
    roles = {Role(seat.role) for seat in seats}
    if actor.seat is None:
        return False
    if actor.role == Role.SYSTEM_ADMINISTRATOR:
        return all(seat.unit.path[:PATH_STEP] == actor.jurisdiction_path for seat in seats)
    if actor.role == Role.CAMPAIGN_OFFICE:
        return not roles & ADMINISTRATORS and all(
            seat.unit.path[:PATH_STEP] == actor.jurisdiction_path for seat in seats
        )
    own = actor.seat.unit.path
    return (
        actor.role == Role.MANAGER
        and not roles & OFFICE
        and all(seat.unit.path.startswith(own) for seat in seats)
    )


def require_security(actor: Actor) -> None:
    """Raises Denied for all but the security administrator."""
    if not (actor.is_system or actor.role == Role.SECURITY_ADMINISTRATOR):
        raise Denied
