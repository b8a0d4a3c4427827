"""A table of people into accounts and seats, and out again."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from chuangwen.cores.errors import Denied

from .. import import_queries
from ..actors import Actor
from ..models import Import, ImportedRow, Person, Seat, Unit
from ..rules.people_sheet import PersonLine

AT_ONCE = 500


def store(one: Import, lines: Sequence[PersonLine], _now: datetime) -> list[Model]:
    """Opens the accounts, without passwords, and gives the seats."""
    people = {line.account: _person(line) for line in lines if line.opens}
    Person.objects.bulk_create(people.values(), batch_size=AT_ONCE)
    seats = [(line, _seat(line, people)) for line in lines if line.seats]
    Seat.objects.bulk_create([seat for _line, seat in seats], batch_size=AT_ONCE)
    rows = [_row(one, line, people[line.account]) for line in lines if line.opens]
    rows += [_row(one, line, seat, import_queries.seat_state(seat)) for line, seat in seats]
    ImportedRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    units = Unit.objects.filter(pk__in={seat.unit_id for _line, seat in seats})
    known = Person.objects.filter(pk__in={seat.person_id for _line, seat in seats})
    return [*people.values(), *known.exclude(pk__in=[person.pk for person in people.values()]), *units]


def _person(line: PersonLine) -> Person:
    person = Person(username=line.username, name=line.name, phone=line.phone, email=line.email)
    person.home_id = line.unit
    person.set_password(None)
    return person


def _seat(line: PersonLine, people: dict[str, Person]) -> Seat:
    person_id = line.person or people[line.account].pk
    seat = Seat(person_id=person_id, unit_id=line.unit or 0, role=line.role or "")
    seat.starts_on, seat.ends_on = line.starts_on, line.ends_on
    return seat


def _row(
    one: Import, line: PersonLine, subject: Person | Seat, after: dict[str, object] | None = None
) -> ImportedRow:
    kind = "person" if isinstance(subject, Person) else "seat"
    return ImportedRow(of=one, number=line.number, subject=kind, subject_id=subject.pk, after=after or {})


def remove(actor: Actor, one: Import) -> list[Model]:
    """Takes the seats back and removes the accounts. Raises Denied for what the actor could not have done."""
    seats = Seat.objects.filter(pk__in=import_queries.rows_of(one, "seat").values("subject_id"))
    opened = Person.objects.filter(pk__in=import_queries.rows_of(one, "person").values("subject_id"))
    if not import_queries.may_undo(actor, one):
        raise Denied
    people = Person.objects.filter(pk__in=[*seats.values_list("person", flat=True)])
    units = Unit.objects.filter(pk__in=[*seats.values_list("unit", flat=True)])
    touched: list[Model] = list({*people, *opened, *units})
    seats.delete()
    opened.delete()
    return touched
