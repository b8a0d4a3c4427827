"""Reads of peer groups and of the units that stand in none."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from . import access
from .actors import Actor
from .models import PeerGroup, Unit


def peer_groups(actor: Actor, on: date) -> QuerySet[PeerGroup]:
    """Groups of the city; `members` of each are its units that are open on the day. Two queries."""
    members = Prefetch("units", Unit.objects.open_on(on), to_attr="members")
    return access.visible_peer_groups(actor).prefetch_related(members)


def members_of(group: PeerGroup, on: date) -> QuerySet[Unit]:
    return group.units.open_on(on).select_related("parent")


def units_without_peers(actor: Actor, kind: str, on: date) -> QuerySet[Unit]:
    """Open units below the city that stand in no group; of every kind for ""."""
    units = access.visible_units(actor).open_on(on).filter(peer_group=None, parent__isnull=False)
    return (units.filter(kind=kind) if kind else units).select_related("parent")
