"""Who sees people and their seats, and who gives and ends seats.

The three administrators hold each other: the system administrator opens accounts and gives no seat, the
security administrator gives seats and opens no account, the audit administrator does neither.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden

from . import scopes
from .actors import Actor
from .models import Person, Seat, Unit
from .rules import ADMINISTRATORS, GIVEN_BY_MANAGERS, SEATED, Role

ROOM = "orgs.people"
OPENERS = {Role.SYSTEM_ADMINISTRATOR, Role.CAMPAIGN_OFFICE, Role.MANAGER}


def visible_people(actor: Actor) -> QuerySet[Person]:
    """People whose account a unit in scope keeps, and those who have or had a seat there."""
    seats = Seat.objects.filter(scopes.within(actor, ROOM, "unit"), person=OuterRef("pk"))
    return Person.objects.filter(scopes.within(actor, ROOM, "home") | Q(Exists(seats)))


def require_people(actor: Actor) -> None:
    """Raises Denied for a seat that has nothing to do with other people's accounts."""
    if not scopes.sees(actor, ROOM):
        raise Denied


def one_person(actor: Actor, person_id: int) -> Person:
    """Raises Denied, Hidden."""
    require_people(actor)
    person = visible_people(actor).filter(pk=person_id).first()
    if person is None:
        raise Hidden
    return person


def opens_accounts(actor: Actor) -> bool:
    return actor.is_system or actor.role in OPENERS


def person_for_change(actor: Actor, person_id: int) -> Person:
    """An account to close or open again: a manager's reach ends at people who sit elsewhere too.

    Raises Denied, Hidden.
    """
    person = one_person(actor, person_id)
    if not opens_accounts(actor) or person.pk == actor.person_id or not _reaches_all_of(actor, person):
        raise Denied
    return person


def _reaches_all_of(actor: Actor, person: Person) -> bool:
    seats = Seat.objects.filter(person=person)
    if actor.role != Role.SYSTEM_ADMINISTRATOR and not actor.is_system:
        seats = seats.exclude(~Q(role__in=ADMINISTRATORS) & scopes.within(actor, ROOM, "unit"))
        return not seats.exists()
    return not seats.exclude(scopes.within(actor, ROOM, "unit")).exists()


def home_for(actor: Actor, unit_id: int) -> Unit:
    """The unit that is to keep an account. Raises Denied, Hidden."""
    if not opens_accounts(actor):
        raise Denied
    unit = scopes.units_in_scope(actor, ROOM).filter(pk=unit_id).first()
    if unit is None:
        raise Hidden
    return unit


def gives(actor: Actor, role: Role, unit: Unit) -> bool:
    """Whether the actor gives and ends seats in `role` of `unit`."""
    if role not in SEATED or not scopes.units_in_scope(actor, ROOM).filter(pk=unit.pk).exists():
        return False
    return role in roles_given(actor) and not (
        actor.role == Role.MANAGER == role and actor.unit_id == unit.pk
    )


def roles_given(actor: Actor) -> list[Role]:
    """Roles of the seats that the actor may give, somewhere."""
    if actor.is_system or actor.role == Role.SECURITY_ADMINISTRATOR:
        return list(SEATED)
    if actor.role == Role.CAMPAIGN_OFFICE:
        return [role for role in SEATED if role not in ADMINISTRATORS]
    return [role for role in SEATED if role in GIVEN_BY_MANAGERS] if actor.role == Role.MANAGER else []


def unit_for_seat(actor: Actor, role: Role, unit_id: int) -> Unit:
    """Raises Hidden; Denied for a role that the actor does not give there."""
    unit = scopes.units_in_scope(actor, "orgs").filter(pk=unit_id).first()
    if unit is None:
        raise Hidden
    if not gives(actor, role, unit):
        raise Denied
    return unit


def seat_for_change(actor: Actor, seat_id: int) -> Seat:
    """Raises Hidden, Denied."""
    seat = _seat(Q(scopes.within(actor, ROOM, "unit")), seat_id)
    if not gives(actor, Role(seat.role), seat.unit):
        raise Denied
    return seat


def seat_for_deputy(actor: Actor, seat_id: int) -> Seat:
    """The holder names a deputy too. Raises Hidden, Denied."""
    seat = _seat(scopes.within(actor, ROOM, "unit") | Q(person=actor.person_id or 0), seat_id)
    if seat.person_id != actor.person_id and not gives(actor, Role(seat.role), seat.unit):
        raise Denied
    return seat


def seat_for_hand_over(actor: Actor, seat_id: int) -> Seat:
    """Raises Hidden, Denied."""
    seat = _seat(scopes.within(actor, ROOM, "unit") | Q(person=actor.person_id or 0), seat_id)
    if not hands_over(actor, seat):
        raise Denied
    return seat


def hands_over(actor: Actor, seat: Seat) -> bool:
    """The holder, unless the seat is an administrator's, and who ends the seat."""
    return hands_over_own(actor, seat) or gives(actor, Role(seat.role), seat.unit)


def hands_over_own(actor: Actor, seat: Seat) -> bool:
    return seat.person_id == actor.person_id and seat.role not in ADMINISTRATORS


def _seat(within: Q, seat_id: int) -> Seat:
    seat = Seat.objects.filter(within, pk=seat_id).select_related("unit", "person").first()
    if seat is None:
        raise Hidden
    return seat
