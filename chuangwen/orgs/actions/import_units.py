"""A table of units into the register, and out again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone

from chuangwen.kit.locking import check_current, save_if_current

from .. import import_queries
from ..actors import Actor
from ..models import Import, ImportedRow, Unit, UnitMove, UnitName
from ..rules import NameKind
from ..rules.initials import initials
from ..rules.unit_sheet import FIELDS, UnitLine
from .tree import follow_parent, insert_units, place_under

AT_ONCE = 500


def store(one: Import, lines: Sequence[UnitLine], now: datetime) -> list[Model]:
    """Adds and changes what the lines say. Raises Stale where a unit was changed since they were planned.

    From the top down: so that a parent stands before what comes under it, and none ever stands below itself.
    """
    by_level = sorted(lines, key=lambda line: line.level)
    added = [line for line in by_level if line.new]
    changed = [line for line in by_level if line.changes]
    named = {line.node for line in changed} | {line.parent for line in [*added, *changed] if line.parent}
    units = Unit.objects.select_related("parent").in_bulk([node for node in named if node > 0])
    names = _add(added, units)
    rows = [_added_row(one, line, units[line.node], names[line.node]) for line in added]
    rows += [_change(one, line, units, timezone.localdate(now)) for line in changed]
    ImportedRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    return [units[line.node] for line in [*added, *changed]]


def _add(lines: Iterable[UnitLine], units: dict[int, Unit]) -> dict[int, list[int]]:
    """Enters new units into the register, and into `units` by their nodes; returns the ids of other names."""
    names: list[tuple[int, UnitName]] = []
    for _level, level in groupby(lines, key=lambda line: line.level):
        new = [(line, _unit_of(line, units)) for line in level]
        insert_units([unit for _line, unit in new])
        for line, unit in new:
            units[line.node] = unit
            names += [(line.node, _other_name(unit, name, NameKind.ALIAS)) for name in line.aliases]
    UnitName.objects.bulk_create([name for _node, name in names], batch_size=AT_ONCE)
    found: dict[int, list[int]] = defaultdict(list)
    for node, name in names:
        found[node].append(name.pk)
    return found


def _unit_of(line: UnitLine, units: dict[int, Unit]) -> Unit:
    said = {field: getattr(line, field) for field in FIELDS}
    letters = initials(line.name, line.short_name)
    return Unit(parent=units[line.parent or 0], path=f"new{uuid4().hex}", initials=letters, **said)


def _other_name(unit: Unit, name: str, kind: NameKind) -> UnitName:
    return UnitName(unit=unit, kind=kind, name=name, initials=initials(name))


def _added_row(one: Import, line: UnitLine, unit: Unit, names: list[int]) -> ImportedRow:
    after = {"state": import_queries.unit_state(unit), "names": names, "move": None}
    return ImportedRow(of=one, number=line.number, subject="unit", subject_id=unit.pk, after=after)


def _change(one: Import, line: UnitLine, units: dict[int, Unit], on: date) -> ImportedRow:
    unit = units[line.node]
    check_current(unit, line.version)
    said = [change.column for change in line.changes if change.column in FIELDS]
    before: dict[str, Any] = {field: getattr(unit, field) for field in said}
    names: list[UnitName] = [_other_name(unit, name, NameKind.ALIAS) for name in line.aliases]
    move = None
    for field in said:
        setattr(unit, field, getattr(line, field))
    unit.initials = initials(unit.name, unit.short_name)
    if "name" in before:
        before["names"] = _given_up(unit)
        names.append(_other_name(unit, before["name"], NameKind.OLD))
    if "division_code" in before:
        names += _former_code(unit, before)
    if line.moved:
        before["parent_id"] = unit.parent_id
        move = _move(unit, units[line.parent or 0], on)
    columns = before.keys() - {"names"}
    save_if_current(unit, line.version, fields=[*columns, "initials"])
    after = {
        "state": import_queries.unit_state(unit),
        "names": _added_names(unit, names),
        "move": move,
    }
    changes = [[change.column, change.before, change.after] for change in line.changes]
    row = ImportedRow(of=one, number=line.number, subject="unit", subject_id=unit.pk)
    row.before, row.after, row.changes = before, after, changes
    return row


def _given_up(unit: Unit) -> list[dict[str, Any]]:
    """Another name that becomes the name itself is no other name any more."""
    same = UnitName.objects.filter(unit=unit, name=unit.name)
    found = [dict(name) for name in same.values("kind", "name", "initials", "starts_on", "ends_on")]
    same.delete()
    return found


def _former_code(unit: Unit, before: dict[str, Any]) -> list[UnitName]:
    """The former division code stays with its period; since when the new one holds, a table does not say."""
    for column in ("division_code_from", "division_code_until"):
        before[column] = getattr(unit, column)
        setattr(unit, column, None)
    if not before["division_code"]:
        return []
    former = _other_name(unit, before["division_code"], NameKind.CODE)
    former.starts_on = before["division_code_from"]
    return [former]


def _added_names(unit: Unit, names: Iterable[UnitName]) -> list[int]:
    """Stores those that the unit does not have yet."""
    there = set(UnitName.objects.filter(unit=unit).values_list("name", flat=True))
    new = {name.name: name for name in names if name.name not in there}
    return [name.pk for name in UnitName.objects.bulk_create(new.values())]


def _move(unit: Unit, to: Unit, on: date) -> int:
    """Returns the id of the note on where it stood. Paths may have changed with moves before this one."""
    from_parent = unit.parent
    assert from_parent is not None  # noqa: S101  # for the type: a city stays
    unit.refresh_from_db(fields=["path"])
    to.refresh_from_db(fields=["path"])
    unit.parent = to
    return follow_parent(unit, to, from_parent, on).pk


def remove(_actor: Actor, one: Import) -> list[Model]:
    """Restores what was changed, step by step backwards, and removes what was added.

    Raises Stale where a unit was changed meanwhile.
    """
    rows = list(import_queries.rows_of(one, "unit").order_by("-pk"))
    units = Unit.objects.in_bulk([row.subject_id for row in rows])
    touched: list[Model] = [units[row.subject_id] for row in rows]
    for row in rows:
        if row.before is not None:
            _restore(units[row.subject_id], row)
    added = [row.subject_id for row in rows if row.before is None]
    deepest_first = sorted(Unit.objects.filter(pk__in=added), key=_depth, reverse=True)
    for _length, level in groupby(deepest_first, key=_depth):
        Unit.objects.filter(pk__in=[unit.pk for unit in level]).delete()
    return touched


def _depth(unit: Unit) -> int:
    return len(unit.path)


def _restore(unit: Unit, row: ImportedRow) -> None:
    before, after = dict(row.before or {}), row.after
    UnitName.objects.filter(pk__in=after["names"]).delete()
    UnitName.objects.bulk_create(UnitName(unit=unit, **values) for values in before.pop("names", ()))
    if "parent_id" in before:
        unit.refresh_from_db(fields=["path"])
        place_under(unit, Unit.objects.get(pk=before["parent_id"]))
        UnitMove.objects.filter(pk=after["move"]).delete()
    for field, value in before.items():
        setattr(unit, field, value)
    unit.initials = initials(unit.name, unit.short_name)
    save_if_current(unit, unit.version, fields=[*before, "initials"])
