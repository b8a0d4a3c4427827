"""How far each role sees in each room.

A room declares it in `apps.ready`. What nobody declared nobody sees: neither a role that the room does not
name nor a room without a declaration. A drawer of a room ("assessments.covert") is declared like a room of
its own and takes nothing over from it, so that it stays hidden from every role that it does not name, also
from administrators and the campaign office.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from .actors import Actor
from .models import Unit, Units
from .rules import PATH_STEP, Role, Scope, path_range


@dataclass(frozen=True)
class Room:
    title: str | Promise
    scopes: Mapping[Role, Scope]


_ROOMS: dict[str, Room] = {}


def declare(room: str, scopes: Mapping[Role, Scope], *, title: str | Promise) -> None:
    """Say how far each role sees in `room`; `title` is what the page of roles calls it."""
    _ROOMS[room] = Room(title, dict(scopes))


def rooms() -> dict[str, Room]:
    """Declared rooms and drawers by name, in the order of their declaration."""
    return dict(_ROOMS)


def scope_of(role: Role | None, room: str) -> Scope:
    declared = _ROOMS.get(room)
    if declared is None or role is None:
        return Scope.NONE
    return declared.scopes.get(role, Scope.NONE)


def sees(actor: Actor, room: str) -> bool:
    """Whether anything of `room` is for the actor. A system sees every room."""
    return actor.is_system or scope_of(actor.role, room) != Scope.NONE


def units_in_scope(actor: Actor, room: str) -> Units:
    """Units whose things in `room` the actor sees: of every city for a system, none without a seat."""
    return Unit.objects.filter(within(actor, room))


def within(actor: Actor, room: str, unit: str = "") -> Q:
    """Filter for rows of `room` by their unit; `unit` is the way to it, "" for units themselves."""
    if actor.is_system:
        return Q(pk__isnull=False)  # an empty Q would vanish in `within(…) | Q(…)`
    scope = scope_of(actor.role, room)
    if actor.seat is None or scope == Scope.NONE:
        return Q(pk__in=())
    return _reached(actor.seat.unit, scope, f"{unit}__" if unit else "")


def _reached(own: Unit, scope: Scope, at: str) -> Q:
    if scope == Scope.CITY:
        return _below(own.path[:PATH_STEP], at)
    if scope == Scope.SUBTREE:
        return _below(own.path, at)
    if scope == Scope.PEERS and own.peer_group_id is not None:
        return Q(**{f"{at}path": own.path}) | Q(**{f"{at}peer_group": own.peer_group_id})
    return Q(**{f"{at}path": own.path})


def _below(path: str, at: str) -> Q:
    first, end = path_range(path)
    return Q(**{f"{at}path__gte": first, f"{at}path__lt": end})
