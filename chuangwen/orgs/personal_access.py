"""Whose phone and identity number an actor may unmask and change."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from chuangwen.cores.errors import Hidden

from .actors import Actor
from .models import Person, Seat, Unit
from .rules import PATH_STEP, Role

IN_THE_CITY = {Role.SYSTEM_ADMINISTRATOR, Role.CAMPAIGN_OFFICE}


def reachable_people(actor: Actor, on: date) -> QuerySet[Person]:
    """Oneself; for the office and the system administrator all of the city, for a manager the own subtree."""
    if actor.is_system:
        return Person.objects.all()
    people = Person.objects.filter(pk__in=[actor.person_id] if actor.person_id else [])
    if actor.seat is None or actor.role not in {*IN_THE_CITY, Role.MANAGER}:
        return people
    path = actor.seat.unit.path if actor.role == Role.MANAGER else actor.seat.unit.path[:PATH_STEP]
    seats = Seat.objects.on(on).filter(person=OuterRef("pk"), unit__in=Unit.objects.below(path))
    return people | Person.objects.filter(Exists(seats))


def reachable_person(actor: Actor, person_id: int, on: date) -> Person:
    """Raises Hidden."""
    person = reachable_people(actor, on).filter(pk=person_id).first()
    if person is None:
        raise Hidden
    return person
