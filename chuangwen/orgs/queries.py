from datetime import date

from .models import Person, Seat


def seats_of(person: Person, day: date) -> list[Seat]:
    """Seats that `person` holds on `day`, each with its unit. One query."""
    return list(Seat.objects.on(day).filter(person=person).select_related("unit"))
