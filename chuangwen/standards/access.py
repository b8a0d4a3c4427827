"""Who sees and changes systems.

Every seat that takes part in the campaign reads the published versions and the point types of its city
(SCOPES); administrators read none. The campaign office edits, and sees drafts. The negative list is a drawer
of its own: see `negative_access`.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, SEATED, Role, Scope

from .models import Item, Node, PointType, System, SystemVersion

Row = TypeVar("Row", bound=Model)
ROOM = "standards"
SCOPES = {role: Scope.CITY for role in SEATED if role not in ADMINISTRATORS}


def sees_standards(actor: Actor) -> bool:
    return scopes.sees(actor, ROOM)


def require_seen(actor: Actor) -> None:
    """Raises Denied."""
    if not sees_standards(actor):
        raise Denied


def edits(actor: Actor) -> bool:
    """Whether the actor writes systems and point types."""
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def require_editor(actor: Actor) -> None:
    """Raises Denied."""
    if not edits(actor):
        raise Denied


def _published(actor: Actor, at: str = "") -> Q:
    """What a reader sees: drafts are the editors'."""
    return Q(pk__isnull=False) if edits(actor) else Q(**{f"{at}number__isnull": False})


def visible_systems(actor: Actor) -> QuerySet[System]:
    """Of a system without a published version editors alone know."""
    seen = System.objects.filter(scopes.within(actor, ROOM, "jurisdiction"))
    if not edits(actor):
        seen = seen.filter(pk__in=SystemVersion.objects.filter(number__isnull=False).values("system"))
    return seen.select_related("jurisdiction")


def visible_versions(actor: Actor) -> QuerySet[SystemVersion]:
    seen = SystemVersion.objects.filter(_published(actor), scopes.within(actor, ROOM, "system__jurisdiction"))
    return seen.select_related("system__jurisdiction")


def visible_types(actor: Actor) -> QuerySet[PointType]:
    return PointType.objects.filter(scopes.within(actor, ROOM, "jurisdiction"))


def one_system(actor: Actor, system_id: int) -> System:
    """Raises Hidden."""
    return _one(visible_systems(actor), system_id)


def one_version(actor: Actor, version_id: int) -> SystemVersion:
    """Raises Hidden."""
    return _one(visible_versions(actor), version_id)


def one_node(actor: Actor, node_id: int) -> Node:
    """Raises Hidden."""
    within = scopes.within(actor, ROOM, "system_version__system__jurisdiction")
    nodes = Node.objects.filter(_published(actor, "system_version__"), within)
    return _one(nodes.select_related("system_version__system__jurisdiction", "parent"), node_id)


def one_item(actor: Actor, item_id: int) -> Item:
    """Raises Hidden."""
    within = scopes.within(actor, ROOM, "system_version__system__jurisdiction")
    items = Item.objects.filter(_published(actor, "system_version__"), within)
    return _one(items.select_related("system_version__system__jurisdiction", "node"), item_id)


def one_type(actor: Actor, type_id: int) -> PointType:
    """Raises Hidden."""
    return _one(visible_types(actor).select_related("jurisdiction"), type_id)


def system_for_change(actor: Actor, system_id: int) -> System:
    """Raises Hidden, Denied."""
    system = one_system(actor, system_id)
    require_editor(actor)
    return system


def version_for_change(actor: Actor, version_id: int) -> SystemVersion:
    """Raises Hidden, Denied. Whether it may still be changed is for the action to say."""
    version = one_version(actor, version_id)
    require_editor(actor)
    return version


def node_for_change(actor: Actor, node_id: int) -> Node:
    """Raises Hidden, Denied."""
    node = one_node(actor, node_id)
    require_editor(actor)
    return node


def item_for_change(actor: Actor, item_id: int) -> Item:
    """Raises Hidden, Denied."""
    item = one_item(actor, item_id)
    require_editor(actor)
    return item


def type_for_change(actor: Actor, type_id: int) -> PointType:
    """Raises Hidden, Denied."""
    found = one_type(actor, type_id)
    require_editor(actor)
    return found


def _one(rows: QuerySet[Row], number: int) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Hidden
    return row
