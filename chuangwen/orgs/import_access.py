"""Who hands in tables of units and of people, and who sees what was handed in.

Units: who keeps the register. People: who opens accounts or gives seats; a table belongs to the top of what
its sender reaches, so that a manager sees the tables of the own unit and below and never one of the city.
"""

from django.db.models import QuerySet

from chuangwen.cores.errors import Denied, Hidden, NotAllowedNow

from . import access, scopes, seat_access
from .actors import Actor
from .models import Import, Unit
from .rules import Scope
from .rules.imports import ImportKind, ImportState


def imports(actor: Actor, kind: ImportKind) -> bool:
    """Whether the actor may hand in tables of this kind."""
    if actor.seat is None:
        return False
    if kind == ImportKind.UNITS:
        return access.keeps_units(actor)
    return seat_access.opens_accounts(actor) or bool(seat_access.roles_given(actor))


def top_of_reach(actor: Actor, kind: ImportKind) -> Unit:
    """The unit that a table of the actor belongs to. Raises Denied for who hands in none."""
    if actor.seat is None or not imports(actor, kind):
        raise Denied
    if kind == ImportKind.PEOPLE and scopes.scope_of(actor.role, seat_access.ROOM) != Scope.CITY:
        return actor.seat.unit
    return access.jurisdiction(actor)


def visible_imports(actor: Actor, kind: ImportKind) -> QuerySet[Import]:
    """Without their files; none for who hands in none."""
    if not imports(actor, kind):
        return Import.objects.none()
    room = "orgs" if kind == ImportKind.UNITS else seat_access.ROOM
    found = Import.objects.filter(scopes.within(actor, room, "unit"), kind=kind)
    return found.select_related("requested_by", "unit").defer("file")


def one_import(actor: Actor, kind: ImportKind, import_id: int) -> Import:
    """Raises Hidden."""
    found = visible_imports(actor, kind).filter(pk=import_id).first()
    if found is None:
        raise Hidden
    return found


def open_import(actor: Actor, kind: ImportKind, import_id: int) -> Import:
    """One that may still be taken over. Raises Hidden, NotAllowedNow."""
    found = one_import(actor, kind, import_id)
    if found.state != ImportState.OPEN:
        raise NotAllowedNow("orgs.import_not_open", name=found.name)
    return found
