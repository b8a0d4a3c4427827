"""Who sees and does what is asked.

Seen by the seats it is asked of, by the unit that asked and by the campaign office; by the managers of the
unit and by leaders once it was passed up to them. What is held was not asked yet: the asked do not see it,
leaders do, who may have to decide on it. Another city's is hidden; administrators see nothing.
A firm that came by a link sees and answers what is asked of it as a unit, and takes no other step.
"""

from django.db.models import Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, SEATED, Role, Scope, ancestor_paths

from .models import DelayRequest, Slip, Todo
from .rules import TodoState

SCOPES = {role: Scope.CITY for role in SEATED if role not in ADMINISTRATORS}
LOOKERS = {Role.OBSERVER, Role.EXTERNAL_SUPERVISOR}


def sees_desk(actor: Actor) -> bool:
    """Whether the actor has a desk: takes part in the campaign's business from a seat."""
    return actor.seat is not None and scopes.sees(actor, "desk")


def asked_of_me(actor: Actor) -> Q:
    """Asked of the actor's seat, or of the actor's role in a unit that holds the seat."""
    if actor.seat is None:
        return Q(pk__in=[])
    roles = Q(seat=None, role=actor.role, unit__path__in=ancestor_paths(actor.seat.unit.path))
    return Q(seat=actor.seat) | roles


def asked_of_my_unit(actor: Actor) -> Q:
    return Q(unit=actor.unit_id, role="") if actor.seat else Q(pk__in=[])


def raised_to_me(actor: Actor) -> Q:
    if actor.seat and actor.role == Role.MANAGER:
        return Q(escalated__gte=1, unit__path__startswith=actor.seat.unit.path)
    return Q(escalated__gte=2) if actor.role == Role.LEADER else Q(pk__in=[])


def visible_todos(actor: Actor) -> QuerySet[Todo]:
    if actor.is_system:
        return Todo.objects.all()
    if actor.link is not None:
        asked = Todo.objects.filter(unit=actor.link.unit_id, seat=None, role="")
        return asked.exclude(state=TodoState.HELD)
    if not sees_desk(actor):
        return Todo.objects.none()
    todos = Todo.objects.filter(jurisdiction__path=actor.jurisdiction_path)
    if actor.role == Role.CAMPAIGN_OFFICE:
        return todos
    held = Q(state=TodoState.HELD)
    mine = (asked_of_me(actor) | asked_of_my_unit(actor) | raised_to_me(actor)) & ~held
    seen = mine | Q(asker_unit=actor.unit_id)
    return todos.filter(seen | held if actor.role == Role.LEADER else seen)


def one_todo(actor: Actor, todo_id: int) -> Todo:
    """Raises Hidden."""
    todo = visible_todos(actor).select_related("unit", "asker_unit").filter(pk=todo_id).first()
    if todo is None:
        raise Hidden
    return todo


def may_do(actor: Actor, todo: Todo) -> bool:
    """Whether it is asked of the actor."""
    if actor.is_system:
        return True
    if actor.link is not None:
        return todo.unit_id == actor.link.unit_id and todo.seat_id is None and not todo.role
    if actor.seat is None or actor.role in LOOKERS or not sees_desk(actor):
        return False
    if todo.seat_id:
        return todo.seat_id == actor.seat.pk
    if todo.role:
        return todo.role == actor.role and todo.unit.path in ancestor_paths(actor.seat.unit.path)
    return todo.unit_id == actor.unit_id


def may_decide(actor: Actor, todo: Todo) -> bool:
    """Whether the actor grants delays of it and takes it back: who asked, or the campaign office.

    Nobody grants themselves a delay.
    """
    if actor.is_system:
        return True
    if actor.link is not None:
        return False
    asks = todo.asker_unit_id is not None and todo.asker_unit_id == actor.unit_id
    return (asks and actor.role not in LOOKERS) or actor.role == Role.CAMPAIGN_OFFICE


def todo_to_do(actor: Actor, todo_id: int) -> Todo:
    """Raises Hidden, Denied."""
    todo = one_todo(actor, todo_id)
    if not may_do(actor, todo):
        raise Denied
    return todo


def todo_to_delay(actor: Actor, todo_id: int) -> Todo:
    """Raises Hidden; Denied, also to a link."""
    todo = todo_to_do(actor, todo_id)
    if actor.link is not None:
        raise Denied
    return todo


def todo_to_decide(actor: Actor, todo_id: int) -> Todo:
    """Raises Hidden, Denied."""
    todo = one_todo(actor, todo_id)
    if not may_decide(actor, todo):
        raise Denied
    return todo


def todo_to_hand_on(actor: Actor, todo_id: int) -> Todo:
    """Colleagues of the asked unit share out among themselves what is not asked of a role. Hidden, Denied."""
    todo = one_todo(actor, todo_id)
    in_unit = todo.unit_id == actor.unit_id and not todo.role and actor.role not in LOOKERS
    if actor.link is not None or not (actor.is_system or in_unit):
        raise Denied
    return todo


def delay_to_decide(actor: Actor, delay_id: int) -> DelayRequest:
    """Raises Hidden; Denied, also to the one who asked for the delay."""
    delays = DelayRequest.objects.filter(todo__in=visible_todos(actor))
    delay = delays.select_related("todo__unit", "todo__jurisdiction").filter(pk=delay_id).first()
    if delay is None:
        raise Hidden
    own = actor.person_id is not None and delay.asked_by_id == actor.person_id
    if own or not may_decide(actor, delay.todo):
        raise Denied
    return delay


def keeps_desk(actor: Actor) -> bool:
    """Whether the actor sets the city's calendar and issues slips."""
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def require_keeper(actor: Actor) -> None:
    """Raises Denied."""
    if not keeps_desk(actor):
        raise Denied


def visible_slips(actor: Actor) -> QuerySet[Slip]:
    """For the campaign office all of the city, for others the issued ones about to-dos that they see.

    None for a link.
    """
    if actor.link is not None:
        return Slip.objects.none()
    slips = Slip.objects.filter(todo__in=visible_todos(actor))
    return slips if keeps_desk(actor) else slips.filter(state="issued")


def one_slip(actor: Actor, slip_id: int) -> Slip:
    """Raises Hidden."""
    slip = visible_slips(actor).select_related("todo__unit", "jurisdiction", "issued_by").filter(pk=slip_id)
    found = slip.first()
    if found is None:
        raise Hidden
    return found


def slip_to_decide(actor: Actor, slip_id: int) -> Slip:
    """Raises Hidden, Denied."""
    slip = one_slip(actor, slip_id)
    require_keeper(actor)
    return slip
