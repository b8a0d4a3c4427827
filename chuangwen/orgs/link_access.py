"""Who gives firms and shops a link: the campaign office in the city, managers and communities below them."""

from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from chuangwen.cores.errors import Denied, Hidden, NotAllowedNow
from chuangwen.kit import audit

from . import access, scopes
from .actors import Actor
from .models import FirmLink, Unit
from .rules import Role, Scope, UnitKind

ROOM = "orgs.links"
SCOPES = {Role.CAMPAIGN_OFFICE: Scope.CITY, Role.MANAGER: Scope.SUBTREE, Role.COMMUNITY: Scope.SUBTREE}


def gives_links(actor: Actor, unit: Unit) -> bool:
    firm = scopes.units_in_scope(actor, ROOM).filter(pk=unit.pk, kind=UnitKind.ENTERPRISE)
    return unit.kind == UnitKind.ENTERPRISE and firm.exists()


def firm_for_link(actor: Actor, unit_id: int) -> Unit:
    """Raises Hidden, Denied; NotAllowedNow for a unit that is no firm."""
    unit = access.one_unit(actor, unit_id)
    if not scopes.units_in_scope(actor, ROOM).filter(pk=unit.pk).exists():
        raise Denied
    if unit.kind != UnitKind.ENTERPRISE:
        raise NotAllowedNow("orgs.no_firm", name=str(unit))
    return unit


def visible_links(actor: Actor) -> QuerySet[FirmLink]:
    return FirmLink.objects.filter(scopes.within(actor, ROOM, "unit"))


def one_link(actor: Actor, link_id: int) -> FirmLink:
    """Raises Hidden."""
    link = visible_links(actor).select_related("unit").filter(pk=link_id).first()
    if link is None:
        raise Hidden
    return link


def audited_links(actor: Actor) -> QuerySet[Any]:
    """How rows of the audit name the links of the auditor's city, as a query. Raises Denied."""
    if not access.audits(actor):
        raise Denied
    links = FirmLink.objects.filter(unit__path__startswith=actor.jurisdiction_path)
    return links.annotate(via=Concat(Value(audit.GUEST), Cast("pk", CharField()))).values_list("via")
