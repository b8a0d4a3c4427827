"""Who sees how much is asked, who asks freely, and who lets through what is above a cap."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import seats_asked
from chuangwen.orgs.rules import Role, Scope

from . import access
from .models import FreeAsk, Todo
from .rules import TodoState
from .rules.kinds import FREE_ASK

ROOM, ASKS = "desk.burden", "desk.asks"
OF_THE_CITY = (Role.CAMPAIGN_OFFICE, Role.LEADER, Role.SECRETARY)
# Leaders see what is asked in the city, managers what is asked below them, everybody else the own unit.
SCOPES = (
    dict.fromkeys(access.SCOPES, Scope.UNIT)
    | dict.fromkeys(OF_THE_CITY, Scope.CITY)
    | {Role.MANAGER: Scope.SUBTREE}
)
ASK_SCOPES = dict.fromkeys((*OF_THE_CITY, Role.WORK_GROUP), Scope.CITY) | {Role.MANAGER: Scope.SUBTREE}
APPROVERS = {Role.CAMPAIGN_OFFICE, Role.LEADER}


def sees_burden(actor: Actor) -> bool:
    return actor.seat is not None and scopes.sees(actor, ROOM)


def require_burden(actor: Actor) -> None:
    """Raises Denied."""
    if not sees_burden(actor):
        raise Denied


def sees_city(actor: Actor) -> bool:
    return actor.role in OF_THE_CITY


def asked_within(actor: Actor) -> QuerySet[Todo]:
    """What was or was to be asked of the units whose burden the actor sees."""
    of_city = Todo.objects.filter(jurisdiction__path=actor.jurisdiction_path)
    return of_city.filter(scopes.within(actor, ROOM, "unit"))


def asked_by_own(actor: Actor) -> QuerySet[Todo]:
    """What the actor's own unit asked of other units."""
    return Todo.objects.filter(asker_unit=actor.unit_id or 0).exclude(unit=actor.unit_id)


def asks_freely(actor: Actor) -> bool:
    """Whether the actor may ask units in a sentence of their own."""
    return actor.seat is not None and scopes.sees(actor, ASKS)


def require_free_asker(actor: Actor) -> None:
    """Raises Denied."""
    if not asks_freely(actor):
        raise Denied


def approves(actor: Actor) -> bool:
    """Whether held asks are decided by seats like the actor's."""
    return actor.seat is not None and actor.role in APPROVERS


def held_todos(actor: Actor) -> QuerySet[Todo]:
    """Held asks of the city for those who decide on them, else those of the own unit."""
    return access.visible_todos(actor).filter(state=TodoState.HELD)


def office_people(actor: Actor, day: date) -> set[int]:
    """Who sits in the campaign office of the actor's city on the day."""
    if actor.seat is None:
        return set()
    city = type(actor.seat.unit).objects.get(path=actor.jurisdiction_path)
    seats = seats_asked(unit=city, seat_id=None, role=Role.CAMPAIGN_OFFICE, day=day)
    return set(seats.values_list("person_id", flat=True))


def may_approve(actor: Actor, todo: Todo, office: Collection[int]) -> bool:
    """Four eyes: another person of the campaign office (`office`) than the asker; a leader where none is.

    A named person decides, never a job.
    """
    if not approves(actor) or actor.person_id == todo.asker_id:
        return False
    return actor.role == Role.CAMPAIGN_OFFICE or not set(office) - {todo.asker_id}


def todo_to_approve(actor: Actor, todo_id: int, day: date) -> Todo:
    """Raises Hidden, Denied."""
    todo = access.one_todo(actor, todo_id)
    if not may_approve(actor, todo, office_people(actor, day)):
        raise Denied
    return todo


def visible_free_asks(actor: Actor) -> QuerySet[FreeAsk]:
    """For those who see one of their to-dos: asked, asker's unit, office, and who decides on a held one."""
    seen = access.visible_todos(actor).filter(kind=FREE_ASK).values("subject_id")
    return FreeAsk.objects.filter(pk__in=seen)


def one_free_ask(actor: Actor, ask_id: int) -> FreeAsk:
    """Raises Hidden."""
    asks = visible_free_asks(actor).select_related("asker_unit", "asked_by")
    found = asks.filter(pk=ask_id).first()
    if found is None:
        raise Hidden
    return found
