"""The negative list is a drawer of its own: the campaign office sees all of it, an owner unit its own items.

Hidden from everybody else, from administrators and leaders too; nothing of it stands in searches, exports or
the interface for programs, and the audit says of every step only that it was a restricted one.
"""

from __future__ import annotations

from django.db.models import QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role, Scope

from .models import NegativeItem, NegativeOccurrence, NegativeReport

ROOM = "standards.negative"
SCOPES = {Role.CAMPAIGN_OFFICE: Scope.CITY, Role.MANAGER: Scope.UNIT, Role.UNIT_STAFF: Scope.UNIT}


def keeps_list(actor: Actor) -> bool:
    """Whether the actor writes the list."""
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def require_keeper(actor: Actor) -> None:
    """Raises Hidden: to others there is no such list."""
    if not keeps_list(actor):
        raise Hidden


def visible_items(actor: Actor) -> QuerySet[NegativeItem]:
    items = NegativeItem.objects.filter(scopes.within(actor, ROOM, "owner"))
    return items.select_related("owner", "jurisdiction")


def visible_occurrences(actor: Actor) -> QuerySet[NegativeOccurrence]:
    seen = NegativeOccurrence.objects.filter(scopes.within(actor, ROOM, "item__owner"))
    return seen.select_related("item__owner", "told_by", "withdrawn_by")


def visible_reports(actor: Actor) -> QuerySet[NegativeReport]:
    seen = NegativeReport.objects.filter(scopes.within(actor, ROOM, "unit"))
    return seen.select_related("unit", "said_by")


def sees_list(actor: Actor) -> bool:
    """Whether there is anything for the actor to see or do. One query for those who do not keep the list."""
    return keeps_list(actor) or visible_items(actor).exists()


def require_seen(actor: Actor) -> None:
    """Raises Hidden."""
    if not sees_list(actor):
        raise Hidden


def one_item(actor: Actor, item_id: int) -> NegativeItem:
    """Raises Hidden."""
    item = visible_items(actor).filter(pk=item_id).first()
    if item is None:
        raise Hidden
    return item


def item_for_change(actor: Actor, item_id: int) -> NegativeItem:
    """Raises Hidden; Denied to the owner unit."""
    item = one_item(actor, item_id)
    if not keeps_list(actor):
        raise Denied
    return item


def occurrence_to_withdraw(actor: Actor, occurrence_id: int) -> NegativeOccurrence:
    """Raises Hidden; Denied to the owner unit."""
    found = visible_occurrences(actor).filter(pk=occurrence_id).first()
    if found is None:
        raise Hidden
    if not keeps_list(actor):
        raise Denied
    return found


def one_report(actor: Actor, report_id: int) -> NegativeReport:
    """Raises Hidden."""
    report = visible_reports(actor).filter(pk=report_id).first()
    if report is None:
        raise Hidden
    return report


def says(actor: Actor, report: NegativeReport) -> bool:
    """Whether the report is the actor's to give."""
    return actor.is_system or actor.unit_id == report.unit_id


def report_to_say(actor: Actor, report_id: int) -> NegativeReport:
    """Raises Hidden; Denied to who is not of the unit that reports."""
    report = one_report(actor, report_id)
    if not says(actor, report):
        raise Denied
    return report
