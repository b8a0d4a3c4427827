"""Reads: the desk of a seat, one to-do, the city's calendar, slips."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from chuangwen.cores.worktime import WorkCalendar
from chuangwen.orgs.actors import Actor

from . import access, registry
from .models import CityDay, CityHours, DelayRequest, Feed, Slip, Todo
from .rules import TodoState, lamp

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat, Unit

PARTS = ("mine", "unit", "waiting", "raised")


@dataclass(frozen=True)
class Line:
    """A to-do as the actor may know it: `title` is "" where its subject is not for them."""

    todo: Todo
    words: str | Promise
    title: str
    url: str
    lamp: str
    by_hand: bool


def part(actor: Actor, name: str) -> QuerySet[Todo]:
    """Open to-dos of one part of the desk, by due time. `name` is one of PARTS.

    What the actor's unit waits for may also be held or returned.
    """
    which = {
        "mine": access.asked_of_me(actor),
        "unit": access.asked_of_my_unit(actor) & ~Q(seat=actor.seat),
        "waiting": Q(asker_unit=actor.unit_id) if actor.seat else Q(pk__in=[]),
        "raised": access.raised_to_me(actor),
    }[name]
    states = [TodoState.OPEN, TodoState.HELD, TodoState.RETURNED] if name == "waiting" else [TodoState.OPEN]
    todos = access.visible_todos(actor).filter(which, state__in=states)
    return todos.select_related("unit", "asker_unit", "seat__person", "asker")


def asked_of_firm(actor: Actor) -> QuerySet[Todo]:
    """What is open for the firm of the actor's link, by due time."""
    return access.visible_todos(actor).filter(state=TodoState.OPEN).select_related("asker_unit")


def count_mine(actor: Actor) -> int:
    """How many open to-dos the actor's seat or unit has."""
    mine = access.asked_of_me(actor) | access.asked_of_my_unit(actor)
    return access.visible_todos(actor).filter(mine, state=TodoState.OPEN).count()


def lines(actor: Actor, todos: Iterable[Todo], now: datetime) -> list[Line]:
    """Each to-do with its title for this actor: as many reads as there are kinds, whatever the rows."""
    rows = list(todos)
    subjects: dict[str, set[int]] = defaultdict(set)
    for todo in rows:
        subjects[todo.kind].add(todo.subject_id)
    titles = {code: registry.kind(code).titles(actor, ids) for code, ids in subjects.items()}
    return [_line(todo, titles[todo.kind].get(todo.subject_id, ""), now) for todo in rows]


def _line(todo: Todo, title: str, now: datetime) -> Line:
    kind = registry.kind(todo.kind)
    return Line(
        todo=todo,
        words=kind.words,
        title=title,
        url=kind.url(todo.subject_id) if title else "",
        lamp=lamp(todo.due_at, todo.time_unit, todo.paused_at is not None, now),
        by_hand=kind.by_hand,
    )


def open_delay(todo: Todo) -> DelayRequest | None:
    return todo.delays.filter(granted=None).select_related("asked_by").first()


def open_of(kind: str, subject_id: int) -> QuerySet[Todo]:
    """Open to-dos about one subject, for the room that asked."""
    return Todo.objects.filter(kind=kind, subject_id=subject_id, state=TodoState.OPEN)


def open_or_held_of(kind: str, subject_id: int) -> QuerySet[Todo]:
    """The same, with those that wait to be let through."""
    return Todo.objects.filter(kind=kind, subject_id=subject_id, state__in=[TodoState.OPEN, TodoState.HELD])


def open_or_held_among(kind: str, subjects: "QuerySet[Any, Any]") -> QuerySet[Todo]:
    """The same, about any of several subjects: ids, or a query for them."""
    return Todo.objects.filter(
        kind=kind, subject_id__in=subjects, state__in=[TodoState.OPEN, TodoState.HELD]
    ).order_by("pk")


def open_subjects(kind: str) -> "QuerySet[Todo, int]":
    """Ids of the subjects of which this is asked now."""
    return Todo.objects.filter(kind=kind, state=TodoState.OPEN).values_list("subject_id", flat=True)


def calendar_of(jurisdiction_id: int) -> WorkCalendar:
    """The city's working time: its own days and hours over the country's."""
    days = dict(CityDay.objects.filter(jurisdiction=jurisdiction_id).values_list("day", "is_worked"))
    own = CityHours.objects.filter(jurisdiction=jurisdiction_id).first()
    if own is None:
        return WorkCalendar(days=days)
    return WorkCalendar(((own.opens_at, own.lunch_from), (own.lunch_to, own.closes_at)), days)


def city_days(jurisdiction: "Unit", year: int) -> QuerySet[CityDay]:
    return CityDay.objects.filter(jurisdiction=jurisdiction, day__year=year)


def city_hours(jurisdiction: "Unit") -> CityHours | None:
    return CityHours.objects.filter(jurisdiction=jurisdiction).first()


def slips(actor: Actor) -> QuerySet[Slip]:
    return access.visible_slips(actor).select_related("todo__unit", "issued_by")


def feed_seat(token: str, on: date) -> "Seat | None":
    """The seat whose desk the token opens; None once it has ended or its person has left."""
    feed = Feed.objects.filter(digest=digest(token)).select_related("seat__unit", "seat__person").first()
    if feed is None or not feed.seat.person.is_active:
        return None
    return feed.seat if type(feed.seat).objects.on(on).filter(pk=feed.seat_id).exists() else None


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
