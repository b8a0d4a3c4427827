"""Units and their names."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current

from .. import access
from ..actors import Actor
from ..models import Unit, UnitName
from ..rules import NameKind, UnitKind, path_of
from ..rules.initials import initials
from ..rules.usual_groups import USUAL_GROUPS
from .groups import add_group


@transaction.atomic
def found_jurisdiction(*, actor: Actor, kind: UnitKind, name: str, short_name: str = "") -> Unit:
    """A city, or a district with a system of its own, with the groups that documents usually name.

    For systems: raises Denied for a person; BadInput if the city is there already.
    """
    if not actor.is_system:
        raise Denied
    if Unit.objects.filter(parent=None, name=name, closed_on=None).exists():
        raise BadInput("orgs.city_exists", name=name)
    unit = _inserted(Unit(kind=kind, name=name, short_name=short_name))
    audit.record(actor, "orgs.unit_created", unit, name=name, kind=kind)
    for group, other_names, kinds in USUAL_GROUPS:
        add_group(actor=actor, jurisdiction_id=unit.pk, name=group, other_names=other_names, kinds=kinds)
    return unit


@transaction.atomic
def add_unit(
    *,
    actor: Actor,
    parent_id: int,
    kind: UnitKind,
    name: str,
    short_name: str = "",
    code: str = "",
    division_code: str = "",
    opened_on: date | None = None,
    closed_on: date | None = None,
) -> Unit:
    """A unit below `parent_id`, a temporary one until before `closed_on`; none outlives the one above it.

    Raises Hidden, Denied; BadInput if the name or the code is taken.
    """
    lock_tree(access.unit_for_change(actor, parent_id))
    parent = access.unit_for_change(actor, parent_id)
    if Unit.objects.filter(parent=parent, name=name, closed_on=None).exists():
        raise BadInput("orgs.unit_exists", name=name, parent=str(parent))
    if code and Unit.objects.filter(code=code).exists():
        raise BadInput("orgs.code_taken", code=code)
    if parent.closed_on is not None:
        closed_on = min(closed_on or parent.closed_on, parent.closed_on)
    unit = Unit(parent=parent, kind=kind, name=name, short_name=short_name, code=code)
    unit.division_code, unit.opened_on, unit.closed_on = division_code, opened_on, closed_on
    _inserted(unit)
    audit.record(actor, "orgs.unit_created", unit, name=name, kind=kind, parent_id=parent.pk)
    return unit


def lock_tree(unit: Unit) -> None:
    """Whoever adds, moves or merges units of a city waits for the other, so that every path is whole."""
    list(Unit.objects.select_for_update().filter(path=unit.jurisdiction_path))


def _inserted(unit: Unit) -> Unit:
    """Stores `unit`; its path follows from its number, which only the insert gives."""
    unit.path = f"new{uuid4().hex}"
    unit.initials = initials(unit.name, unit.short_name)
    unit.save(force_insert=True)
    unit.path = path_of(unit.parent.path if unit.parent else "", unit.pk)
    Unit.objects.filter(pk=unit.pk).update(path=unit.path)
    return unit


@transaction.atomic
def rename_unit(
    *, actor: Actor, unit_id: int, version: int, name: str, short_name: str, on: date | None, today: date
) -> Unit:
    """Give the unit a new name; the one it had stays as an old name, until before `on` (None: not known).

    Raises Hidden, Denied, Stale, NotAllowedNow for a unit that has ended.
    """
    unit = access.unit_for_change(actor, unit_id)
    check_current(unit, version)
    require_not_ended(unit, today)
    before = {"name": unit.name, "short_name": unit.short_name}
    UnitName.objects.filter(unit=unit, name=name).delete()
    if name != unit.name:
        UnitName.objects.update_or_create(
            unit=unit,
            name=unit.name,
            defaults={"kind": NameKind.OLD, "ends_on": on, "initials": initials(unit.name)},
        )
    unit.name, unit.short_name, unit.initials = name, short_name, initials(name, short_name)
    save_if_current(unit, version, fields=["name", "short_name", "initials"])
    audit.record(actor, "orgs.unit_renamed", unit, before=before, name=name, short_name=short_name)
    return unit


@transaction.atomic
def close_unit(*, actor: Actor, unit_id: int, version: int, on: date) -> Unit:
    """The unit ends before `on`. Raises Hidden, Denied, Stale; NotAllowedNow while units below are open,
    and for a unit whose end is set already.
    """
    unit = access.unit_for_change(actor, unit_id)
    check_current(unit, version)
    if unit.closed_on is not None:
        raise NotAllowedNow("orgs.unit_is_closed", name=str(unit))
    if unit.children.filter(Q(closed_on=None) | Q(closed_on__gt=on)).exists():
        raise NotAllowedNow("orgs.units_below_are_open", name=str(unit))
    unit.closed_on = on
    save_if_current(unit, version, fields=["closed_on"])
    audit.record(actor, "orgs.unit_closed", unit, on=on)
    return unit


@transaction.atomic
def set_end_date(*, actor: Actor, unit_id: int, version: int, until: date, today: date) -> Unit:
    """A temporary group lasts until before `until`; what is below it and ended with it, or later, follows.

    Raises Hidden, Denied, Stale; BadInput for a day that is past; NotAllowedNow for a city and for a unit
    that has ended.
    """
    lock_tree(access.unit_for_change(actor, unit_id))
    unit = access.unit_for_change(actor, unit_id)
    check_current(unit, version)
    require_not_ended(unit, today)
    if unit.parent is None:
        raise NotAllowedNow("orgs.city_stays", name=str(unit))
    if until < today:
        raise BadInput("orgs.day_past")
    ends_with_it = Q(closed_on=unit.closed_on) | Q(closed_on=None) | Q(closed_on__gt=until)
    below = list(Unit.objects.below(unit.path).filter(ends_with_it).exclude(pk=unit.pk))
    before = {"until": unit.closed_on}
    unit.closed_on = until
    save_if_current(unit, version, fields=["closed_on"])
    Unit.objects.filter(pk__in=[one.pk for one in below]).update(closed_on=until, version=F("version") + 1)
    audit.record_bulk(actor, "orgs.end_date_set", unit, below, before=before, until=until)
    return unit


@transaction.atomic
def add_name(
    *,
    actor: Actor,
    unit_id: int,
    kind: NameKind,
    name: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> UnitName:
    """Another name of the unit. Raises Hidden, Denied; BadInput if the unit has the name already."""
    unit = access.unit_for_change(actor, unit_id)
    if name == unit.name or UnitName.objects.filter(unit=unit, name=name).exists():
        raise BadInput("orgs.name_exists", name=name)
    other = UnitName(unit=unit, kind=kind, name=name, starts_on=starts_on, ends_on=ends_on)
    other.initials = initials(name)
    other.save()
    audit.record(actor, "orgs.name_added", unit, name=name, kind=kind)
    return other


@transaction.atomic
def remove_name(*, actor: Actor, unit_id: int, name_id: int) -> None:
    """Raises Hidden, Denied."""
    unit = access.unit_for_change(actor, unit_id)
    other = UnitName.objects.filter(unit=unit, pk=name_id).first()
    if other is None:
        raise Hidden
    audit.record(
        actor, "orgs.name_removed", unit, before={"name": other.name, "kind": other.kind}, name=other.name
    )
    other.delete()


def require_not_ended(unit: Unit, today: date) -> None:
    """Raises NotAllowedNow."""
    if unit.has_ended_on(today):
        raise NotAllowedNow("orgs.unit_is_closed", name=str(unit))
