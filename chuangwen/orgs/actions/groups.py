"""Groups of units as rules."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current

from .. import access
from ..actors import Actor
from ..models import Unit, UnitGroup
from ..rules import UnitKind


@transaction.atomic
def add_group(
    *,
    actor: Actor,
    jurisdiction_id: int,
    name: str,
    other_names: Iterable[str] = (),
    kinds: Iterable[UnitKind] = (),
    members: Iterable[Unit] = (),
) -> UnitGroup:
    """A rule for who "all of them" are. Raises Hidden, Denied; BadInput if the name stands there."""
    jurisdiction = access.unit_for_change(actor, jurisdiction_id)
    if UnitGroup.objects.filter(jurisdiction=jurisdiction, name=name).exists():
        raise BadInput("orgs.group_exists", name=name)
    group = UnitGroup.objects.create(
        jurisdiction=jurisdiction, name=name, other_names=list(other_names), kinds=list(kinds)
    )
    named = list(members)
    group.members.set(named)
    audit.record(
        actor, "orgs.group_added", group, name=name, kinds=group.kinds, members=[u.pk for u in named]
    )
    return group


@transaction.atomic
def change_group(
    *,
    actor: Actor,
    group_id: int,
    version: int,
    name: str,
    other_names: Iterable[str],
    kinds: Iterable[UnitKind],
    members: Iterable[Unit],
) -> UnitGroup:
    """Another rule for the group; what it was frozen as stays. Raises Hidden, Denied, Stale, BadInput."""
    group = access.group_for_change(actor, group_id)
    check_current(group, version)
    same = UnitGroup.objects.filter(jurisdiction=group.jurisdiction_id, name=name).exclude(pk=group.pk)
    if same.exists():
        raise BadInput("orgs.group_exists", name=name)
    before = _rule(group)
    group.name, group.other_names, group.kinds = name, list(other_names), list(kinds)
    save_if_current(group, version, fields=["name", "other_names", "kinds"])
    group.members.set(members)
    audit.record(actor, "orgs.group_changed", group, before=before, **_rule(group))
    return group


def _rule(group: UnitGroup) -> dict[str, Any]:
    members = sorted(group.members.values_list("pk", flat=True))
    return {"name": group.name, "other_names": group.other_names, "kinds": group.kinds, "members": members}
