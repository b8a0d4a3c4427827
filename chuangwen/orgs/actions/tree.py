"""Units change their place in the tree: moves, mergers, the divisions of the whole country."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current

from .. import access
from ..actors import Actor
from ..models import Seat, Unit, UnitGroup, UnitMove, UnitName
from ..rules import NameKind, path_of
from ..rules.divisions import Division
from ..rules.initials import initials
from .units import lock_tree


@transaction.atomic
def move_unit(*, actor: Actor, unit_id: int, version: int, to_id: int, on: date) -> Unit:
    """The unit, with all below it, stands under `to_id` since `on`.

    Raises Hidden, Denied, Stale; BadInput for a place below itself, in another city or where its name is
    taken; NotAllowedNow for a city and for closed units.
    """
    lock_tree(access.unit_for_change(actor, unit_id))
    unit, to = access.unit_for_change(actor, unit_id), access.unit_for_change(actor, to_id)
    check_current(unit, version)
    _require_place(unit, to, on)
    if unit.parent is None:
        raise NotAllowedNow("orgs.city_stays", name=str(unit))
    from_parent = unit.parent
    unit.parent = to
    save_if_current(unit, version, fields=["parent"])
    follow_parent(unit, to, from_parent, on)
    audit.record(
        actor,
        "orgs.unit_moved",
        unit,
        before={"parent_id": from_parent.pk},
        to=to.name,
        parent_id=to.pk,
        on=on,
    )
    return unit


def _require_place(unit: Unit, to: Unit, on: date) -> None:
    for one in (unit, to):
        if not one.is_open_on(on):
            raise NotAllowedNow("orgs.unit_is_closed", name=str(one))
    if to.jurisdiction_path != unit.jurisdiction_path:
        raise BadInput("orgs.other_city", name=str(to))
    if to.path.startswith(unit.path):
        raise BadInput("orgs.below_itself", name=str(unit))
    _require_free_name(unit, to)


def _require_free_name(unit: Unit, to: Unit) -> None:
    if to.children.filter(name=unit.name, closed_on=None).exclude(pk=unit.pk).exists():
        raise BadInput("orgs.unit_exists", name=unit.name, parent=str(to))


def follow_parent(unit: Unit, to: Unit, from_parent: Unit, on: date) -> UnitMove:
    """The unit stands below `to` from now on, with all below it, and where it stood is kept."""
    place_under(unit, to)
    return UnitMove.objects.create(unit=unit, from_parent=from_parent, to_parent=to, on=on)


def place_under(unit: Unit, to: Unit) -> None:
    """Rewrites the paths of `unit` and of all below it in one UPDATE."""
    path = path_of(to.path, unit.pk)
    rest = Substr("path", len(unit.path) + 1)
    Unit.objects.below(unit.path).update(path=Concat(Value(path), rest))
    unit.path = path


@transaction.atomic
def merge_units(
    *, actor: Actor, unit_id: int, version: int, others: Iterable[tuple[int, int]], on: date
) -> Unit:
    """The units `others` (number, version) end on `on` and are part of the unit from then on.

    Their names become its old names; the units below them and the seats that run move to it; groups that
    named them name it. Raises Hidden, Denied, Stale; BadInput as `move_unit` does; NotAllowedNow if one is
    closed.
    """
    lock_tree(access.unit_for_change(actor, unit_id))
    unit = access.unit_for_change(actor, unit_id)
    check_current(unit, version)
    merged = [_merged(access.unit_for_change(actor, number), seen, unit, on) for number, seen in others]
    save_if_current(unit, version, fields=[])
    names = "、".join(other.name for other in merged)
    audit.record_bulk(actor, "orgs.units_merged", unit, merged, names=names, on=on)
    return unit


def _merged(other: Unit, version: int, unit: Unit, on: date) -> Unit:
    check_current(other, version)
    if other.parent is None:
        raise NotAllowedNow("orgs.city_stays", name=str(other))
    if unit.path.startswith(other.path):
        raise BadInput("orgs.below_itself", name=str(other))
    _require_place(other, unit, on)
    _take_over_names(other, unit, on)
    for below in other.children.filter(Q(closed_on=None) | Q(closed_on__gt=on)):
        _require_free_name(below, unit)
        Unit.objects.filter(pk=below.pk).update(parent=unit, version=F("version") + 1)
        follow_parent(below, unit, other, on)
    Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), unit=other).update(unit=unit)
    for group in UnitGroup.objects.filter(members=other):
        group.members.add(unit)
    other.closed_on, other.merged_into = on, unit
    save_if_current(other, version, fields=["closed_on", "merged_into"])
    return other


def _take_over_names(other: Unit, unit: Unit, on: date) -> None:
    taken = {unit.name, *unit.names.values_list("name", flat=True)}
    old = [(name, NameKind.OLD) for name in (other.name, other.short_name)]
    old += [(one.name, NameKind.OLD) for one in other.names.exclude(kind=NameKind.CODE)]
    old.append((other.division_code, NameKind.CODE))
    new = {name: kind for name, kind in old if name and name not in taken}
    UnitName.objects.bulk_create(
        UnitName(unit=unit, kind=kind, name=name, initials=initials(name), ends_on=on)
        for name, kind in new.items()
    )


@transaction.atomic
def import_divisions(*, actor: Actor, divisions: list[Division]) -> int:
    """Enters every division under the one whose code begins its own; returns how many.

    For systems: raises Denied for a person; BadInput if a province or a city of that name is there already.
    """
    if not actor.is_system:
        raise Denied
    units: dict[str, Unit] = {}
    for _length, level in groupby(sorted(divisions, key=_by_length), key=_by_length):
        new = [(division, _unit_of(division, units)) for division in level]
        insert_units([unit for _division, unit in new])
        units |= {division.code: unit for division, unit in new}
    for root in (unit for unit in units.values() if unit.parent is None):
        audit.record(actor, "orgs.divisions_imported", root, name=root.name, count=_below(root, units))
    return len(units)


def _by_length(division: Division) -> int:
    return len(division.code)


def _unit_of(division: Division, units: dict[str, Unit]) -> Unit:
    parent = units.get(division.parent_code)
    if parent is None and Unit.objects.filter(parent=None, name=division.name, closed_on=None).exists():
        raise BadInput("orgs.city_exists", name=division.name)
    return Unit(
        parent=parent,
        kind=division.kind,
        name=division.name,
        division_code=division.code,
        initials=initials(division.name),
        path=f"new{division.code}",
    )


def insert_units(units: list[Unit]) -> None:
    """Stores units whose parents are stored; their numbers give their paths."""
    Unit.objects.bulk_create(units, batch_size=500)
    for unit in units:
        unit.path = path_of(unit.parent.path if unit.parent else "", unit.pk)
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE orgs_unit SET path = %s WHERE id = %s", [(unit.path, unit.pk) for unit in units]
        )


def _below(root: Unit, units: dict[str, Unit]) -> int:
    return sum(unit.path.startswith(root.path) for unit in units.values()) - 1
