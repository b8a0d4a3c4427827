"""Reads for imports: what a table would do to the register today, and what stands against undoing it."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from chuangwen.cores import sheets
from chuangwen.cores.sheets import Column, Row, Table
from chuangwen.kit import audit

from . import access, account_access, import_access, queries, scopes, seat_access
from .actors import Actor
from .models import (
    Deputy,
    Import,
    ImportedRow,
    Invitation,
    Lockout,
    Person,
    Seat,
    Unit,
    UnitContact,
    UnitMove,
    UnitName,
)
from .rules import Role, UnitKind, people_sheet, unit_sheet
from .rules.imports import ImportKind, Line, code_in
from .rules.people_sheet import HeldSeat, KnownAccount, Reach
from .rules.unit_sheet import KnownUnit, Register

COLUMNS: dict[ImportKind, Sequence[Column]] = {
    ImportKind.UNITS: unit_sheet.COLUMNS,
    ImportKind.PEOPLE: people_sheet.COLUMNS,
}
Lines = Sequence[Line]


def imports_of(actor: Actor, kind: ImportKind) -> QuerySet[Import]:
    return import_access.visible_imports(actor, kind).order_by("-pk")


def planned(actor: Actor, one: Import, today: date, *, lock: bool = False) -> tuple[Lines, Table]:
    """What each row of the table would do today if the actor took it over.

    With `lock`, nobody else gives these people seats until the transaction ends. The same number of queries
    for any number of rows.
    """
    kind = ImportKind(one.kind)
    table = sheets.read(one.name, b64decode(one.file), COLUMNS[kind])
    if kind == ImportKind.UNITS:
        return unit_sheet.plan_units(table.rows, _register(one.unit, table.rows, today)), table
    return people_sheet.plan_people(table.rows, _reach(actor, table.rows, today, lock)), table


def _register(city: Unit, rows: Iterable[Row], today: date) -> Register:
    names: dict[int, set[str]] = defaultdict(set)
    units = Unit.objects.below(city.path).filter(Q(closed_on=None) | Q(closed_on__gt=today))
    for unit_id, name in UnitName.objects.filter(unit__in=units.values("pk")).values_list("unit_id", "name"):
        names[unit_id].add(name)
    columns = ("pk", "parent_id", "version", *unit_sheet.FIELDS)
    known = {}
    for pk, parent_id, version, name, short, kind, code, division, opened, closed in units.values_list(
        *columns
    ):
        known[pk] = KnownUnit(
            id=pk,
            parent_id=parent_id,
            name=name,
            short_name=short,
            kind=UnitKind(kind),
            code=code,
            division_code=division,
            opened_on=opened,
            closed_on=closed,
            names=frozenset(names[pk]),
            version=version,
        )
    codes = {code_in(row.cells["code"]) for row in rows} - {""} - {unit.code for unit in known.values()}
    elsewhere = Unit.objects.filter(code__in=codes).values_list("code", flat=True)
    return Register(known, city.pk, frozenset(elsewhere))


def _reach(actor: Actor, rows: Sequence[Row], today: date, lock: bool) -> Reach:
    accounts, taken = _accounts(actor, rows, today, lock)
    within = scopes.units_in_scope(actor, seat_access.ROOM).values_list("pk", flat=True)
    return Reach(
        units=_units_meant(access.jurisdiction(actor), {row.cells["unit"] for row in rows} - {""}, today),
        within=frozenset(within),
        accounts=accounts,
        taken=taken,
        opens=seat_access.opens_accounts(actor),
        gives=(lambda role, unit_id: seat_access.gives_within(actor, role, unit_id))
        if seat_access.roles_given(actor)
        else None,
    )


def _units_meant(city: Unit, texts: set[str], today: date) -> dict[str, tuple[int, ...]]:
    """By a code of an open unit, else by any of its names."""
    coded: dict[str, list[int]] = defaultdict(list)
    codes = {code_in(text) for text in texts}
    units = Unit.objects.below(city.path).open_on(today)
    for unit in units.filter(Q(code__in=codes) | Q(division_code__in=codes)):
        for code in {unit.code, unit.division_code} & codes:
            coded[code].append(unit.pk)
    meant = {text: tuple(coded[code_in(text)]) for text in texts if code_in(text) in coded}
    named = queries.match_names(city, texts - meant.keys(), today, suggest=False)
    for text, match in named.items():
        found = (match.unit,) if match.unit else match.candidates
        meant[text] = tuple(unit.pk for unit in found)
    return meant


def _accounts(
    actor: Actor, rows: Iterable[Row], today: date, lock: bool
) -> tuple[dict[str, KnownAccount], frozenset[str]]:
    """By their folded names: those that the actor sees, with their seats, and those of others."""
    names = {code_in(row.cells["username"]) for row in rows} - {""}
    folded = {name.casefold() for name in names}
    people = Person.objects.annotate(low=Lower("username")).filter(Q(low__in=folded) | Q(username__in=names))
    if lock:
        list(people.select_for_update())
    visible = set(seat_access.visible_people(actor).values_list("pk", flat=True))
    lasting = Q(ends_on=None) | Q(ends_on__gt=today)
    seats = Prefetch("seats", Seat.objects.filter(lasting).select_related("unit"), to_attr="lasting")
    deputed: dict[int, list[Deputy]] = defaultdict(list)
    for deputy in Deputy.objects.filter(ends_on__gt=today, person__in=people).select_related("seat__unit"):
        deputed[deputy.person_id].append(deputy)
    known, taken = {}, set()
    for person in people.prefetch_related(seats):
        if person.pk not in visible:
            taken.add(person.username.casefold())
            continue
        held = [_held(seat, seat) for seat in person.lasting]
        held += [_held(deputy.seat, deputy, own=False) for deputy in deputed[person.pk]]
        known[person.username.casefold()] = KnownAccount(
            person.pk, person.name, person.phone, person.email, tuple(held)
        )
    return known, frozenset(taken)


def _held(seat: Seat, period: Seat | Deputy, *, own: bool = True) -> HeldSeat:
    return HeldSeat(seat.unit_id, Role(seat.role), period.starts_on, period.ends_on, str(seat), own)


# What was taken over


def rows_of(one: Import, subject: str) -> QuerySet[ImportedRow]:
    return ImportedRow.objects.filter(of=one, subject=subject).order_by("number", "pk")


def with_units(rows: Iterable[ImportedRow]) -> list[tuple[ImportedRow, Unit | None]]:
    """Rows with their units; None where the unit is gone. One query."""
    rows = list(rows)
    units = Unit.objects.select_related("parent").in_bulk([row.subject_id for row in rows])
    return [(row, units.get(row.subject_id)) for row in rows]


def people_in(actor: Actor, one: Import, today: date) -> QuerySet[Person]:
    """Whose accounts the import `opened` or to whom it gave seats, of those that the actor sees.

    `sitting` are the seats of the day.
    """
    seats = Seat.objects.filter(pk__in=rows_of(one, "seat").values("subject_id"))
    opened = Exists(rows_of(one, "person").filter(subject_id=OuterRef("pk")))
    people = seat_access.visible_people(actor).annotate(opened=opened)
    found = people.filter(Q(opened=True) | Q(pk__in=seats.values("person")))
    sitting = Seat.objects.on(today).select_related("unit")
    today_seats = Prefetch("seats", sitting.order_by("pk"), to_attr="sitting")
    return found.select_related("home").prefetch_related(today_seats).order_by("pk")


def may_be_invited(actor: Actor, person: Person) -> bool:
    """`person` is one of `people_in`: new, without a password yet, and seated where the actor may invite."""
    seats: list[Seat] = person.sitting  # type: ignore[attr-defined]
    new: bool = person.opened  # type: ignore[attr-defined]
    waits = new and person.is_active and not person.has_usable_password()
    return waits and bool(seats) and account_access.may_invite(actor, seats)


def may_undo(actor: Actor, one: Import) -> bool:
    """Whether the actor could have done what the import did."""
    if one.kind == ImportKind.UNITS:
        return access.keeps_units(actor)
    if rows_of(one, "person").exists() and not seat_access.opens_accounts(actor):
        return False
    seats = Seat.objects.filter(pk__in=rows_of(one, "seat").values("subject_id"))
    given = seats.values_list("role", "unit_id").distinct()
    return all(seat_access.gives_within(actor, Role(role), unit_id) for role, unit_id in given)


# What stands against undoing


@dataclass(frozen=True)
class Stop:
    """Why an import cannot be undone: `what` it is about, and the code of the reason."""

    what: str
    why: str


def stops(one: Import) -> list[Stop]:
    """What has been used or changed since; none if the import can be undone.

    The same number of queries for any number of rows.
    """
    if one.kind == ImportKind.UNITS:
        return list(_unit_stops(one))
    return list(_people_stops(one))


def _unit_stops(one: Import) -> Iterator[Stop]:
    rows = list(rows_of(one, "unit"))
    units = Unit.objects.in_bulk([row.subject_id for row in rows])
    for row in rows:
        if unit_state(units[row.subject_id]) != row.after["state"]:
            yield Stop(units[row.subject_id].name, "changed")
    added = {row.subject_id for row in rows if row.before is None}
    known: dict[type[Model], set[int]] = {
        Unit: added | {row.subject_id for row in rows if row.before and "parent_id" in row.before},
        UnitName: {number for row in rows for number in row.after["names"]},
        UnitMove: {row.after["move"] for row in rows if row.after.get("move")},
    }
    for unit_id, why in _uses(Unit, added, known):
        yield Stop(units[unit_id].name, why)


def _people_stops(one: Import) -> Iterator[Stop]:
    opened = [row.subject_id for row in rows_of(one, "person")]
    given = list(rows_of(one, "seat"))
    seats = Seat.objects.select_related("person", "unit").in_bulk([row.subject_id for row in given])
    people = Person.objects.in_bulk({*opened, *(seat.person_id for seat in seats.values())})
    if one.taken_at is not None:
        acted = audit.who_acted(people, one.taken_at)
        acted |= {pk for pk, who in people.items() if who.last_login and who.last_login > one.taken_at}
        for person_id in sorted(acted):
            yield Stop(people[person_id].name, "acted")
    for row in given:
        seat = seats[row.subject_id]
        if row.after != seat_state(seat):
            yield Stop(f"{seat.person.name} · {seat}", "changed")
    for seat_id, why in _uses(Seat, set(seats), {}):
        yield Stop(f"{seats[seat_id].person.name} · {seats[seat_id]}", why)
    for person_id, why in _uses(Person, set(opened), {Seat: set(seats)}):
        yield Stop(people[person_id].name, why)


def unit_state(unit: Unit) -> dict[str, Any]:
    """All that people say of a unit, as JSON holds it."""
    columns = {field.attname for field in Unit._meta.concrete_fields} - {"id", "path", "initials", "version"}
    values = {column: getattr(unit, column) for column in columns}
    return {
        column: value.isoformat() if isinstance(value, date) else value for column, value in values.items()
    }


def seat_state(seat: Seat) -> dict[str, Any]:
    """What of a seat may change: when it ends, and after a merger where it is."""
    return {"unit": seat.unit_id, "ends_on": seat.ends_on.isoformat() if seat.ends_on else None}


_WHY: dict[type[Model], str] = {
    Unit: "units_below",
    Seat: "seats",
    UnitName: "names",
    UnitContact: "contacts",
}
_FREE = (Invitation, Lockout)  # a link that nobody used yet, a door closed after wrong tries


def _uses(to: type[Model], ids: set[int], known: dict[type[Model], set[int]]) -> Iterator[tuple[int, str]]:
    """Which of `ids` rows of any table refer to, other than the `known` ones, and why that matters.

    Rooms above hold on to units, people and seats by foreign keys, which Django lists; so this room need not
    know them.
    """
    found: set[tuple[int, str]] = set()
    for model in apps.get_models(include_auto_created=True) if ids else ():
        for field in model._meta.local_fields:
            if field.related_model is not to or model in _FREE:
                continue
            rows = model._base_manager.filter(**{f"{field.name}__in": ids})
            for pk, used in rows.values_list("pk", field.attname):
                if pk not in known.get(model, ()):
                    found.add((used, _WHY.get(model, "used")))
    yield from sorted(found)
