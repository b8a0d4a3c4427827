"""Who may see and change units. Out of the jurisdiction is hidden; within it, units are no secret."""

from typing import Any

from django.db.models import QuerySet

from chuangwen.cores.errors import Denied, Hidden

from . import scopes
from .actors import Actor
from .models import ApiToken, PeerGroup, Post, Seat, Unit, UnitGroup, Units
from .rules import Role

KEEPERS = {Role.CAMPAIGN_OFFICE, Role.SYSTEM_ADMINISTRATOR}


def visible_units(actor: Actor) -> Units:
    """Units that the actor's role reaches in this room, of every city for a system, none without a seat."""
    return scopes.units_in_scope(actor, "orgs")


def visible_groups(actor: Actor) -> QuerySet[UnitGroup]:
    return UnitGroup.objects.filter(jurisdiction__in=visible_units(actor).filter(parent=None))


def visible_peer_groups(actor: Actor) -> QuerySet[PeerGroup]:
    return PeerGroup.objects.filter(jurisdiction__in=visible_units(actor).filter(parent=None))


def visible_posts(actor: Actor) -> QuerySet[Post]:
    return Post.objects.filter(unit__in=visible_units(actor))


def one_unit(actor: Actor, unit_id: int) -> Unit:
    """Raises Hidden."""
    unit = visible_units(actor).select_related("parent", "peer_group").filter(pk=unit_id).first()
    if unit is None:
        raise Hidden
    return unit


def unit_for_change(actor: Actor, unit_id: int) -> Unit:
    """Raises Hidden, or Denied for a seat that does not keep the register of units."""
    unit = one_unit(actor, unit_id)
    require_keeper(actor)
    return unit


def one_group(actor: Actor, group_id: int) -> UnitGroup:
    """Raises Hidden."""
    group = visible_groups(actor).filter(pk=group_id).first()
    if group is None:
        raise Hidden
    return group


def group_for_change(actor: Actor, group_id: int) -> UnitGroup:
    """Raises Hidden, Denied."""
    group = one_group(actor, group_id)
    require_keeper(actor)
    return group


def peer_group_for_change(actor: Actor, group_id: int) -> PeerGroup:
    """Raises Hidden, Denied."""
    group = visible_peer_groups(actor).select_related("jurisdiction").filter(pk=group_id).first()
    if group is None:
        raise Hidden
    require_keeper(actor)
    return group


def keeps_units(actor: Actor) -> bool:
    return actor.is_system or actor.role in KEEPERS


def require_keeper(actor: Actor) -> None:
    if not keeps_units(actor):
        raise Denied


def require_seat(actor: Actor) -> None:
    if actor.seat is None:
        raise Denied


def audits(actor: Actor) -> bool:
    return actor.role == Role.AUDIT_ADMINISTRATOR


def audited_people(actor: Actor) -> QuerySet[Any]:
    """Ids of those who sit or sat in the auditor's city, as a query. Raises Denied."""
    if not audits(actor):
        raise Denied
    return Seat.objects.filter(unit__path__startswith=actor.jurisdiction_path).values("person")


def keeps_tokens(actor: Actor) -> bool:
    return actor.role == Role.SECURITY_ADMINISTRATOR


def visible_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """One's own; for the security administrator those of the city."""
    if keeps_tokens(actor):
        return ApiToken.objects.filter(seat__unit__path__startswith=actor.jurisdiction_path)
    return ApiToken.objects.filter(person=actor.person_id)


def one_token(actor: Actor, token_id: int) -> ApiToken:
    """Raises Hidden."""
    token = visible_tokens(actor).filter(pk=token_id).first()
    if token is None:
        raise Hidden
    return token


def jurisdiction(actor: Actor) -> Unit:
    """The city where the actor sits. Raises Denied without a seat."""
    if actor.seat is None:
        raise Denied
    return Unit.objects.get(path=actor.jurisdiction_path)
