"""Peer groups (同类分组): who is compared with whom. A unit stands in one at most."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from chuangwen.cores.errors import BadInput, NotAllowedNow, Stale
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current

from .. import access
from ..actors import Actor
from ..models import PeerGroup, Unit
from ..rules import UnitKind


@transaction.atomic
def add_peer_group(
    *,
    actor: Actor,
    jurisdiction_id: int,
    name: str,
    kinds: Iterable[UnitKind] = (),
    units: Iterable[Unit] = (),
    today: date,
) -> PeerGroup:
    """A group of `units` and of all open ones of `kinds` that stand in none.

    Raises Hidden, Denied; BadInput for a name that is taken, and for a unit of another group or city.
    """
    jurisdiction = access.unit_for_change(actor, jurisdiction_id)
    _require_free_name(PeerGroup(jurisdiction=jurisdiction), name)
    group = PeerGroup.objects.create(jurisdiction=jurisdiction, name=name)
    joined = _join(group, kinds, units, today)
    audit.record_bulk(actor, "orgs.peer_group_added", group, joined, name=name, joined=_ids(joined))
    return group


@transaction.atomic
def change_peer_group(
    *,
    actor: Actor,
    group_id: int,
    version: int,
    name: str,
    kinds: Iterable[UnitKind] = (),
    units: Iterable[Unit] = (),
    today: date,
) -> PeerGroup:
    """Another name, and more units. Raises Hidden, Denied, Stale; BadInput as `add_peer_group` does."""
    group = access.peer_group_for_change(actor, group_id)
    check_current(group, version)
    _require_free_name(group, name)
    before = {"name": group.name}
    group.name = name
    save_if_current(group, version, fields=["name"])
    joined = _join(group, kinds, units, today)
    audit.record_bulk(
        actor, "orgs.peer_group_changed", group, joined, before=before, name=name, joined=_ids(joined)
    )
    return group


@transaction.atomic
def remove_peers(*, actor: Actor, group_id: int, version: int, unit_ids: Iterable[int]) -> PeerGroup:
    """Raises Hidden, Denied, Stale; BadInput for nobody."""
    group = access.peer_group_for_change(actor, group_id)
    check_current(group, version)
    left = list(group.units.filter(pk__in=list(unit_ids)))
    if not left:
        raise BadInput("orgs.nobody_chosen")
    group.units.filter(pk__in=_ids(left)).update(peer_group=None)
    save_if_current(group, version, fields=[])
    names = "、".join(unit.name for unit in left)
    audit.record_bulk(actor, "orgs.peers_removed", group, left, name=group.name, names=names, left=_ids(left))
    return group


@transaction.atomic
def delete_peer_group(*, actor: Actor, group_id: int, version: int, today: date) -> None:
    """Closed units leave it without a word. Raises Hidden, Denied, Stale; NotAllowedNow while one is open."""
    group = access.peer_group_for_change(actor, group_id)
    check_current(group, version)
    if group.units.open_on(today).exists():
        raise NotAllowedNow("orgs.peer_group_not_empty", name=group.name)
    audit.record(actor, "orgs.peer_group_deleted", group, name=group.name)
    group.units.update(peer_group=None)
    if not PeerGroup.objects.filter(pk=group.pk, version=version).delete()[0]:
        raise Stale


def _join(group: PeerGroup, kinds: Iterable[UnitKind], units: Iterable[Unit], today: date) -> list[Unit]:
    """Those that are new in the group, in the order of the tree."""
    city = Unit.objects.below(group.jurisdiction.path).open_on(today).filter(parent__isnull=False)
    of_kinds = Q(kind__in=list(kinds), peer_group=None)
    named = list(units)
    found = list(city.filter(of_kinds | Q(pk__in=_ids(named))).select_related("peer_group"))
    if missing := set(named) - set(found):
        raise BadInput("orgs.other_city", name=str(missing.pop()))
    joining = [unit for unit in found if unit.peer_group != group]
    for unit in joining:
        if unit.peer_group is not None:
            raise BadInput("orgs.in_other_peer_group", name=str(unit), group=unit.peer_group.name)
    alone = Unit.objects.filter(pk__in=_ids(joining), peer_group=None)
    if alone.update(peer_group=group) != len(joining):
        raise Stale
    return joining


def _ids(units: Sequence[Unit]) -> list[int]:
    return [unit.pk for unit in units]


def _require_free_name(group: PeerGroup, name: str) -> None:
    same = PeerGroup.objects.filter(jurisdiction=group.jurisdiction_id, name=name)
    if any(other.pk != group.pk for other in same):
        raise BadInput("orgs.peer_group_exists", name=name)
