"""Reads for the pages of people and seats."""

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise

from chuangwen.kit.vault import blind_indexes

from . import scopes, seat_access
from .actors import Actor
from .models import ROLES, Deputy, Person, Seat
from .personal_access import reachable_people
from .rules import ADMINISTRATORS, SEATED, Role
from .rules.personal import plain_phone


def people_like(actor: Actor, text: str, day: date) -> QuerySet[Person]:
    """People of the actor's reach, by name, account or whole phone; `sitting` are the seats on the day."""
    people = seat_access.visible_people(actor)
    if phone := plain_phone(text):
        whose = reachable_people(actor, day).filter(phone_index__in=blind_indexes(phone))
        people, text = people.filter(pk__in=whose), ""
    for word in text.split():
        people = people.filter(Q(name__icontains=word) | Q(username__icontains=word))
    sitting = Seat.objects.on(day).select_related("unit")
    today = Prefetch("seats", sitting.order_by("pk"), to_attr="sitting")
    return people.select_related("home").prefetch_related(today).order_by("name", "pk")


def seats_ever(actor: Actor, person: Person) -> list[Seat]:
    """The person's seats that the actor may see, the latest first; `may_end` where the actor may end one."""
    seats = Seat.objects.filter(scopes.within(actor, seat_access.ROOM, "unit"), person=person)
    found = list(
        seats.select_related("unit", "person")
        .prefetch_related("deputies__person")
        .order_by("-starts_on", "-pk")
    )
    given = seat_access.roles_given(actor)
    for seat in found:
        own = actor.role == Role.MANAGER == seat.role and actor.unit_id == seat.unit_id
        seat.may_end = Role(seat.role) in given and not own  # type: ignore[attr-defined]
    return found


def stood_in(person: Person, day: date) -> QuerySet[Deputy]:
    """For whom the person stands in on the day or later."""
    deputies = Deputy.objects.filter(person=person, ends_on__gt=day)
    return deputies.select_related("seat__unit", "seat__person")


def person_called(actor: Actor, username: str, day: date) -> Person | None:
    """Somebody with an open account and a seat in the actor's city, by the account's name."""
    seats = Seat.objects.on(day).filter(scopes.within(actor, "orgs", "unit"), person=OuterRef("pk"))
    return Person.objects.filter(Exists(seats), username=username, is_active=True).first()


def role_names() -> dict[Role, str | Promise]:
    """What each role that has a seat and sees business is called, for the choices of other rooms."""
    return {role: ROLES[role] for role in SEATED if role not in ADMINISTRATORS}


def roles_and_rooms() -> list[tuple[Role, str, list[str]]]:
    """Each role with its name and how far it sees in each declared room, in the order of `scopes.rooms`."""
    rooms = scopes.rooms()
    return [
        (role, str(name), [scopes.scope_of(role, room) for room in rooms]) for role, name in ROLES.items()
    ]
