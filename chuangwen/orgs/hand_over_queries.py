"""Reads for handing a seat over."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Person, Seat, Unit, UnitContact
from .rules import ADMINISTRATORS, path_range


def successor_called(unit: Unit, username: str) -> Person | None:
    """Somebody with an open account that a unit of the same city keeps, or who sits or sat in one."""
    first, end = path_range(unit.jurisdiction_path)
    seats = Seat.objects.filter(unit__path__gte=first, unit__path__lt=end, person=OuterRef("pk"))
    near = Q(home__path__gte=first, home__path__lt=end) | Exists(seats)
    return Person.objects.filter(near, username=username, is_active=True).first()


def seat_like(seat: Seat, person: Person, day: date) -> Seat | None:
    """The seat that `person` holds on the day in the same unit and role."""
    return Seat.objects.on(day).filter(person=person, unit=seat.unit_id, role=seat.role).first()


def desk_seat(person: Person, unit: Unit, day: date) -> Seat | None:
    """From where the person works in the city of `unit` on the day; administrators have no desk."""
    seats = Seat.objects.on(day).filter(person=person, unit__in=Unit.objects.below(unit.jurisdiction_path))
    return seats.exclude(role__in=ADMINISTRATORS).select_related("unit").first()


def contacts_named(unit: Unit, name: str, day: date) -> QuerySet[UnitContact]:
    """Contacts of the unit, of the day or to come, that still name somebody."""
    return unit.contacts.filter(Q(ends_on=None) | Q(ends_on__gt=day), name=name)
