"""What was handed in and waits to be looked at: by the lead unit of a task, then by the campaign office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Following, Period, ReportItem
from ..rules.states import HANDED_IN, ItemState, Part
from .cards import Card, cards_of, with_before

CONFIRM, REVIEW = "confirm", "review"
STATES: dict[str, tuple[ItemState, ...]] = {
    "waits": (),  # see `_waits`
    "handed_in": HANDED_IN,
    "returned": (ItemState.RETURNED,),
    "confirmed": (ItemState.CONFIRMED,),
}


@dataclass(frozen=True)
class Choice:
    """What the list is narrowed to; None and "" narrow nothing."""

    state: str = "waits"
    period: int | None = None
    unit: int | None = None
    task: str = ""
    by: str = "unit"


@dataclass(frozen=True)
class Row:
    """A task as it was handed in, and what this actor may do with it: CONFIRM, REVIEW or ""."""

    card: Card
    may: str


def led_by(unit_id: int | None) -> Exists:
    """Whether the unit leads the task in the period of the item."""
    led = ReportItem.objects.filter(
        part=Part.LEAD,
        task=OuterRef("task"),
        report__period=OuterRef("report__period"),
        report__unit=unit_id,
    )
    return Exists(led)


def _has_lead() -> Exists:
    led = ReportItem.objects.filter(
        part=Part.LEAD, task=OuterRef("task"), report__period=OuterRef("report__period")
    )
    return Exists(led)


def _waits(actor: Actor) -> Q:
    """Items on which this actor has the next word."""
    if access.keeps_progress(actor):
        ready = Q(state=ItemState.REVIEWED) | Q(state=ItemState.SUBMITTED, part=Part.LEAD)
        return ready | (Q(state=ItemState.SUBMITTED, part=Part.MEMBER) & ~Q(_has_lead()))
    return Q(led_by(actor.unit_id), state=ItemState.SUBMITTED, part=Part.MEMBER)


def items_of(actor: Actor, following: Following) -> QuerySet[ReportItem]:
    """Items that the actor looks over: whoever sees all units all of them, else those of its members."""
    items = access.visible_items(actor).filter(report__period__beat__following=following)
    if access.names_units(actor):
        return items
    return items.filter(Q(led_by(actor.unit_id)), part=Part.MEMBER)


def chosen(actor: Actor, following: Following, choice: Choice) -> QuerySet[ReportItem]:
    """The items of one choice, the latest period first."""
    items = items_of(actor, following)
    states = STATES.get(choice.state, ())
    items = items.filter(state__in=states) if states else items.filter(_waits(actor))
    if choice.period is not None:
        items = items.filter(report__period=choice.period)
    if choice.unit is not None:
        items = items.filter(report__unit=choice.unit)
    if choice.task:
        items = items.filter(task__key=choice.task)
    order = (
        ("report__unit__path", "task_id")
        if choice.by == "unit"
        else ("task_id", "part", "report__unit__path")
    )
    return with_before(items.order_by("-report__period__last_day", *order))  # type: ignore[no-any-return]


def rows(actor: Actor, following: Following, items: Sequence[ReportItem], now: datetime) -> list[Row]:
    """Cards of the items, each with what the actor may do. As many queries for one as for fifty."""
    waiting = set(
        ReportItem.objects.filter(_waits(actor), pk__in=[item.pk for item in items]).values_list(
            "pk", flat=True
        )
    )
    may = CONFIRM if access.keeps_progress(actor) else REVIEW
    cards = cards_of(actor, following, items, now)
    return [Row(card, may if card.item.pk in waiting else "") for card in cards]


def may(actor: Actor, item: ReportItem) -> str:
    """CONFIRM, REVIEW or "": what the actor may do with the item now."""
    if not ReportItem.objects.filter(_waits(actor), pk=item.pk).exists():
        return ""
    return CONFIRM if access.keeps_progress(actor) else REVIEW


def may_return(actor: Actor, item: ReportItem) -> bool:
    """Whether the actor may send the item back now."""
    if access.keeps_progress(actor):
        return item.state in HANDED_IN
    return item.state in {ItemState.SUBMITTED, ItemState.REVIEWED} and access.may_review(actor, item)


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed to, and how much waits."""

    periods: list[Period]
    units: list[tuple[int, str]]
    tasks: list[tuple[str, str]]
    waiting: int


def choices(actor: Actor, following: Following) -> Choices:
    """Four queries."""
    items = items_of(actor, following).order_by().exclude(state=ItemState.DRAFT)
    units = items.values_list("report__unit", "report__unit__name", "report__unit__path").distinct()
    rows = following.plan_version.taskversion_rows.filter(task__in=items.values("task"))
    return Choices(
        periods=list(
            Period.objects.filter(pk__in=items.values("report__period")).select_related("beat")[:24]
        ),
        units=[(pk, name) for pk, name, path in sorted(units, key=lambda unit: unit[2])],
        tasks=[
            (key, f"{number} {title}".strip())
            for key, number, title in rows.values_list("task__key", "number", "title")
        ],
        waiting=items.filter(_waits(actor)).count(),
    )


def waiting_count(actor: Actor) -> int:
    """How many tasks wait for this actor's word, of all plans."""
    return access.visible_items(actor).filter(_waits(actor)).count()


def waiting_by_plan(actor: Actor) -> list[tuple[Following, int]]:
    """The plans that are followed, each with how many tasks wait for this actor's word. Two queries."""
    waiting = access.visible_items(actor).filter(_waits(actor)).order_by()
    counts = dict(
        waiting.values_list("report__period__beat__following").annotate(count=Count("pk", distinct=True))
    )
    return [(one, counts.get(one.pk, 0)) for one in access.visible_followings(actor)]
