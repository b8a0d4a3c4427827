"""Rows of a table against the points that there are: what they change, what is wrong, what to look at."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from chuangwen.cores.errors import BadInput, ChuangwenError
from chuangwen.cores.roundtrip import KEY, KEY_COLUMN, Table
from chuangwen.cores.sheets import Cells
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.tree import called

from .. import access, queries
from ..models import Point
from ..queries import IN_USE, Territory
from ..rules.coordinates import Crs
from ..rules.nearness import Spot, duplicates, folded
from ..rules.spelling import Place, place
from ..rules.states import MOVES, Status
from .table import Values, as_cell, columns_of, parsers, stamp_of, values_of

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

ABSENT = object()
PLACE = ("lon", "lat", "crs")
OWNERS = ("unit", "lead_unit", "venue")


@dataclass(frozen=True)
class Line:
    """One change for the eye; `column` "" is a row that is new as a whole."""

    row: int
    name: str
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Note:
    """Something that a person should look at: it stops nothing."""

    row: int
    name: str
    what: str


@dataclass
class Merged:
    """What a table changes: rows that are new, and new values by key of what is there.

    `places`: where rows are now, by their number, of those that say where. `row_of` by key.
    """

    added: list[tuple[int, Values]] = field(default_factory=list)
    changed: dict[str, Values] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    places: dict[int, Place | None] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not self.lines


def merge(actor: Actor, city: Unit, table: Table, today: date) -> Merged:
    """What the table changes. Raises BadInput: points.table_foreign; points.table_errors with all `errors`
    (row, place, column, what), by row.
    """
    return _Merge(actor, city, table, today).run()


def digest(merged: Merged) -> str:
    """Tells whether a table still changes what it was shown to change."""
    return hashlib.sha256(repr(merged.lines).encode()).hexdigest()


class _Merge:
    def __init__(self, actor: Actor, city: Unit, table: Table, today: date) -> None:
        if table.stamp not in (None, stamp_of(city)):
            raise BadInput("points.table_foreign")
        types = [one for one in queries.types_for(actor) if one.jurisdiction_id == city.pk]
        names = {cells.get(name, "") for cells in _all_cells(table) for name in OWNERS}
        self.actor, self.city, self.table = actor, city, table
        self.parsers = parsers(types, called(actor, city, names, today))
        self.titles = {column.name: column.title for column in columns_of(types)} | {KEY: KEY_COLUMN.title}
        self.territory = Territory(city)
        points = access.visible_points(actor).filter(jurisdiction=city)
        self.points = {
            str(point.pk): point for point in points.select_related(*access.JOINED).prefetch_related("chiefs")
        }
        self.now = {key: values_of(point, today) for key, point in self.points.items()}
        self.by_number = {point.number: key for key, point in self.points.items()}
        self.by_name: dict[tuple[object, str], list[str]] = defaultdict(list)
        for key, point in self.points.items():
            self.by_name[point.type_id, folded(point.name)].append(key)
        self.errors: list[dict[str, object]] = []
        self.found = Merged(ignored=table.ignored)

    def fault(self, row: int, column: str, error: ChuangwenError) -> None:
        what = words_for(error).happened
        place, title = self.table.place(row, column), self.titles.get(column, column)
        self.errors.append({"row": row, "place": place, "column": title, "what": what})

    def note(self, row: int, values: Values, what: str) -> None:
        self.found.notes.append(Note(row, values["name"], what))

    def run(self) -> Merged:
        for row, cells in self.table.rows:
            values = self.parsed(row, cells)
            key = self.key_of(row, cells, values) if values is not None else None
            if values is None or key is None:
                continue
            if key == "":
                self.add(row, values)
            else:
                self.compare(row, key, values)
        self.check_numbers()
        if self.errors:
            errors = sorted(self.errors, key=lambda error: int(str(error["row"])))
            raise BadInput("points.table_errors", errors=errors)
        self.propose_duplicates()
        self.found.notes.sort(key=lambda note: note.row)
        return self.found

    def parsed(self, row: int, cells: Cells) -> Values | None:
        """What the cells mean; None, and told, where one means nothing."""
        values, faults = {}, len(self.errors)
        for name, text in cells.items():
            if name != KEY:
                try:
                    values[name] = self.parsers[name](text)
                except BadInput as error:
                    self.fault(row, name, error)
        for name in ("name", "type"):
            if name in values and not values[name]:
                self.fault(row, name, BadInput("points.cell_empty"))
        if len(self.errors) == faults:
            return values
        self.check_new(row, cells)
        return None

    def check_new(self, row: int, cells: Cells) -> None:
        """A new row with other faults is told at once that an owner is missing too."""
        if cells.get(KEY) or cells.get("number", "") in self.by_number:
            return
        if folded(cells.get("name", "")) in {name for _type, name in self.by_name}:
            return
        if not cells.get("lead_unit"):
            self.fault(row, "lead_unit", BadInput("points.lead_missing"))
        if not (cells.get("unit") or cells.get("lon") or cells.get("lat")):
            self.fault(row, "unit", BadInput("points.unit_missing"))

    def key_of(self, row: int, cells: Cells, values: Values) -> str | None:
        """Which point the row means: "" none yet, None that cannot be told."""
        key = cells.get(KEY, "")
        if key and self.table.stamp is not None:
            if key not in self.table.base or key not in self.points:
                self.fault(row, KEY, BadInput("points.row_gone"))
                return None
        else:
            key = self.by_number.get(values.get("number") or "", "") or self.named(values)
        if key and key in self.found.row_of:
            self.fault(row, "name", BadInput("points.row_twice", other=self.found.row_of[key]))
            return None
        if key:
            self.found.row_of[key] = row
        return key

    def named(self, values: Values) -> str:
        """The only point of the type with the name; the unit tells which of several.

        A row with a number of its own means no other.
        """
        if values.get("number"):
            return ""
        unit = values.get("unit")
        keys = self.by_name.get((values["type"].pk, folded(values["name"])), [])
        same = [key for key in keys if unit is None or self.now[key]["unit"] == unit]
        return same[0] if len(same) == 1 else ""

    def add(self, row: int, values: Values) -> None:
        if not self.owned(row, {}, values):
            return
        values["status"] = values.get("status") or Status.OPEN
        values["crs"] = values.get("crs") or Crs.WGS84
        self.found.added.append((row, values))
        told = [
            f"{self.titles[name]} {as_cell(value)}"
            for name, value in values.items()
            if name not in ("name", "crs") and value not in (None, "", ())
        ]
        self.found.lines.append(Line(row, values["name"], after="，".join(told)))

    def owned(self, row: int, before: Values, values: Values) -> bool:
        """Whether the row has its owners, makes sense of its place, and is the actor's; else it is told.

        `values` gets the territorial unit that the boundaries propose where the row names none.
        """
        faults = len(self.errors)
        after = before | values
        where = self.placed(row, after)
        if not after.get("lead_unit"):
            self.fault(row, "lead_unit", BadInput("points.lead_missing"))
        if not after.get("unit"):
            unit = self.territory.unit_at(where.lon_e7, where.lat_e7) if where else None
            if unit is None:
                self.fault(row, "unit", BadInput("points.unit_missing"))
            else:
                values["unit"] = after["unit"] = unit
                self.note(row, after, gettext("territorial unit by its boundary: %(unit)s") % {"unit": unit})
        elif where and self.territory:
            self.check_territory(row, after, where)
        if len(self.errors) == faults and not access.keeps(self.actor, after["unit"], after["lead_unit"]):
            self.fault(row, "unit", BadInput("points.row_not_yours"))
        return len(self.errors) == faults

    def placed(self, row: int, values: Values) -> Place | None:
        crs = values.get("crs") or Crs.WGS84
        try:
            where = place(values.get("lon") or "", values.get("lat") or "", crs)
        except BadInput as error:
            self.fault(row, "lon", error)
            return None
        self.found.places[row] = where
        if where and where.swapped:
            self.note(row, values, gettext("longitude and latitude were the wrong way round: swapped"))
        return where

    def check_territory(self, row: int, values: Values, where: Place) -> None:
        """A place outside the unit that is named is worth a look: one of the two is wrong."""
        unit = self.territory.unit_at(where.lon_e7, where.lat_e7)
        if unit is None:
            self.note(row, values, gettext("the place lies in no boundary of the city"))
        elif not (unit.path.startswith(values["unit"].path) or values["unit"].path.startswith(unit.path)):
            told = {"unit": values["unit"], "found": unit}
            self.note(row, values, gettext("named is %(unit)s, but the place lies in %(found)s") % told)

    def compare(self, row: int, key: str, values: Values) -> None:
        point, now, base = self.points[key], self.now[key], self.base(key)
        changed: Values = {}
        for name, new in values.items():
            was = ABSENT if base is None else base.get(name, ABSENT)
            if new == was or new == now[name] or (was is ABSENT and new in (None, "", ())):
                continue
            if was is not ABSENT and now[name] != was:
                clash = {"was": as_cell(was) or "—", "now": as_cell(now[name]) or "—"}
                self.fault(row, name, BadInput("points.cell_changed_meanwhile", **clash))
                continue
            changed[name] = new
        if changed and self.allowed(row, point, now, changed):
            self.found.changed[key] = changed
            for name, new in changed.items():
                before, after = as_cell(now[name]), as_cell(new)
                self.found.lines.append(Line(row, now["name"], self.titles[name], before, after))

    def allowed(self, row: int, point: Point, now: Values, changed: Values) -> bool:
        if not access.keeps(self.actor, point.unit, point.lead_unit) or point.merged_into_id is not None:
            self.fault(row, "name", BadInput("points.row_not_yours"))
            return False
        if "number" in changed and not changed["number"]:
            self.fault(row, "number", BadInput("points.cell_empty"))
            return False
        for name in ("status", "crs"):
            if name in changed and changed[name] is None:
                self.fault(row, name, BadInput("points.cell_empty"))
                return False
        if "status" in changed and not _reachable(now["status"], changed["status"]):
            self.fault(row, "status", BadInput("points.row_status"))
            return False
        return self.owned(row, now, changed)

    def base(self, key: str) -> Values | None:
        cells = self.table.base.get(key)
        if cells is None or self.table.stamp is None:
            return None
        found: Values = {}
        for name, text in cells.items():
            if name in self.parsers:
                try:
                    found[name] = self.parsers[name](text)
                except BadInput:  # what it meant then has another name now: nobody edited it
                    found[name] = self.now[key][name] if text == as_cell(self.now[key][name]) else text
        return found

    def check_numbers(self) -> None:
        """Two of one number, once all is done."""
        after = {key: values | self.found.changed.get(key, {}) for key, values in self.now.items()}
        rows = [(self.found.row_of.get(key, 0), values["number"]) for key, values in after.items()]
        rows += [(row, values.get("number") or "") for row, values in self.found.added]
        seen: dict[str, int] = {}
        for row, number in rows:
            if number and number in seen and (row or seen[number]):
                self.fault(row or seen[number], "number", BadInput("points.cell_taken", text=number))
            seen.setdefault(number, row)

    def propose_duplicates(self) -> None:
        """What is new against what is there and against each other."""
        if not self.found.added:
            return
        there = [point for point in self.points.values() if point.status in IN_USE]
        spots = [queries.spot_of(point) for point in there]
        rows = {f"row {row}": (row, values) for row, values in self.found.added}
        spots += [self.spot(key, row, values) for key, (row, values) in rows.items()]
        for pair in duplicates(spots):
            if pair.other.key not in rows:
                continue
            row, values = rows[pair.other.key]
            other = rows.get(pair.one.key)
            which = gettext("row %(row)s") % {"row": other[0]} if other else self.points[pair.one.key].number
            told: dict[str, Any] = {"which": which, "name": pair.one.name, "metres": pair.metres}
            if pair.metres is None:
                self.note(row, values, gettext("may be the same as %(which)s “%(name)s”") % told)
            else:
                said = gettext("may be the same as %(which)s “%(name)s”, %(metres)s m away") % told
                self.note(row, values, said)

    def spot(self, key: str, row: int, values: Values) -> Spot:
        where = self.found.places.get(row)
        at = (where.lon_e7, where.lat_e7) if where else (None, None)
        return Spot(key, values["type"].code, values["name"], values["unit"].pk, *at)


def _all_cells(table: Table) -> list[Cells]:
    return [*(cells for _row, cells in table.rows), *table.base.values()]


def _reachable(status: Status, to: Status) -> bool:
    return any(before == status and after == to for (before, _move), after in MOVES.items())
