"""Who sees and keeps lists.

Every seat that takes part in the campaign reads the lists of its city (SCOPES); administrators see none. The
campaign office writes all; staff and managers of the unit that keeps a list write that list; those of an area
say what stands in their own unit and below it. Another city's lists are hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, SEATED, Role, Scope

from .models import KeptList, Project, ProjectList, Register, RegisterColumn, RegisterMember

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

Row = TypeVar("Row", bound=Model)
SCOPES = {role: Scope.CITY for role in SEATED if role not in ADMINISTRATORS}
WRITERS = frozenset({Role.MANAGER, Role.UNIT_STAFF, Role.COMMUNITY})


def sees_lists(actor: Actor) -> bool:
    return scopes.sees(actor, "registers")


def require_seen(actor: Actor) -> None:
    """Raises Denied."""
    if not sees_lists(actor):
        raise Denied


def begins_lists(actor: Actor) -> bool:
    """Whether the actor begins lists, names their keepers, and keeps all of them."""
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def require_beginner(actor: Actor) -> None:
    """Raises Denied."""
    if not begins_lists(actor):
        raise Denied


def keeps(actor: Actor, kept: KeptList) -> bool:
    """Whether the actor changes the list: what is in it, and what is asked of that."""
    own = actor.unit_id == kept.keeper_id and actor.role in WRITERS
    return own or begins_lists(actor)


def says(actor: Actor, kept: KeptList, unit: Unit) -> bool:
    """Whether the actor says how it stands with what lies in `unit`."""
    if keeps(actor, kept):
        return True
    return actor.seat is not None and actor.role in WRITERS and unit.path.startswith(actor.seat.unit.path)


def visible_registers(actor: Actor) -> QuerySet[Register]:
    seen = Register.objects.filter(scopes.within(actor, "registers", "jurisdiction"))
    return seen.select_related("jurisdiction", "keeper")


def visible_project_lists(actor: Actor) -> QuerySet[ProjectList]:
    seen = ProjectList.objects.filter(scopes.within(actor, "registers", "jurisdiction"))
    return seen.select_related("jurisdiction", "keeper")


def one_register(actor: Actor, register_id: int) -> Register:
    """Raises Hidden."""
    return _one(visible_registers(actor), register_id)


def one_column(actor: Actor, column_id: int) -> RegisterColumn:
    """Raises Hidden."""
    columns = RegisterColumn.objects.filter(scopes.within(actor, "registers", "register__jurisdiction"))
    return _one(columns.select_related("register__jurisdiction", "register__keeper"), column_id)


def one_member(actor: Actor, member_id: int) -> RegisterMember:
    """Raises Hidden."""
    members = RegisterMember.objects.filter(scopes.within(actor, "registers", "register__jurisdiction"))
    return _one(members.select_related("register__jurisdiction", "register__keeper", "unit"), member_id)


def one_project_list(actor: Actor, list_id: int) -> ProjectList:
    """Raises Hidden."""
    return _one(visible_project_lists(actor), list_id)


def one_project(actor: Actor, project_id: int) -> Project:
    """Raises Hidden."""
    projects = Project.objects.filter(scopes.within(actor, "registers", "list__jurisdiction"))
    return _one(projects.select_related("list__jurisdiction", "list__keeper", "unit"), project_id)


def register_for_change(actor: Actor, register_id: int) -> Register:
    """Raises Hidden, Denied."""
    return _kept(actor, one_register(actor, register_id))


def project_list_for_change(actor: Actor, list_id: int) -> ProjectList:
    """Raises Hidden, Denied."""
    return _kept(actor, one_project_list(actor, list_id))


def column_for_change(actor: Actor, column_id: int) -> RegisterColumn:
    """Raises Hidden, Denied."""
    column = one_column(actor, column_id)
    _kept(actor, column.register)
    return column


def member_for_change(actor: Actor, member_id: int) -> RegisterMember:
    """Raises Hidden, Denied."""
    member = one_member(actor, member_id)
    _kept(actor, member.register)
    return member


def member_to_mark(actor: Actor, member_id: int) -> RegisterMember:
    """Raises Hidden; Denied to who neither keeps the register nor works where the member lies."""
    member = one_member(actor, member_id)
    if not says(actor, member.register, member.unit):
        raise Denied
    return member


def project_for_change(actor: Actor, project_id: int) -> Project:
    """Raises Hidden, Denied."""
    project = one_project(actor, project_id)
    _kept(actor, project.list)
    return project


def project_to_move(actor: Actor, project_id: int) -> Project:
    """Raises Hidden; Denied to who neither keeps the list nor works where the project lies."""
    project = one_project(actor, project_id)
    if not says(actor, project.list, project.unit):
        raise Denied
    return project


Kept = TypeVar("Kept", bound=KeptList)


def _kept(actor: Actor, kept: Kept) -> Kept:
    if not keeps(actor, kept):
        raise Denied
    return kept


def _one(rows: QuerySet[Row], number: int) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Hidden
    return row
