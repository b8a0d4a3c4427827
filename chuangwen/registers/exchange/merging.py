"""Rows of a table against what stands now: what they change, and what is wrong with them, row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chuangwen.cores.errors import BadInput
from chuangwen.cores.roundtrip import KEY, KEY_COLUMN, Stamp, Table
from chuangwen.cores.sheets import Cells, Column
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.tree import called, label
from chuangwen.plans.rules.measuring import plain

from ..rules.cells import PROJECT_WORDS, SHOWN
from ..rules.coverage import MarkState
from ..rules.projects import ProjectState

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

Values = dict[str, Any]  # name of the column -> what its cell means
ABSENT = object()


@dataclass(frozen=True)
class Line:
    """One change for the eye; `column` "" is a row that is new as a whole."""

    row: int
    name: str
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass
class Merged:
    """What a table changes: rows that are new, and new values by key of what is there. `row_of` by key."""

    added: list[tuple[int, Values]] = field(default_factory=list)
    changed: dict[str, Values] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not self.lines


class Units:
    """Units of a city by what a cell calls them, all names looked up at once."""

    def __init__(self, actor: Actor, city: Unit, names: set[str], on: date) -> None:
        self.found = called(actor, city, names, on)

    def __call__(self, text: str) -> Unit | None:
        """None for an empty cell. Raises BadInput where no single unit has the name."""
        if text and text not in self.found:
            raise BadInput("registers.cell_unit", text=text)
        return self.found.get(text)


class Merge:
    """`now` are the values of what is in the list, by key; `parsers` read the cells of each column."""

    def __init__(
        self,
        table: Table,
        stamp: Stamp,
        columns: Sequence[Column],
        parsers: Mapping[str, Callable[[str], Any]],
        now: Mapping[str, Values],
    ) -> None:
        if table.stamp not in (None, stamp):
            raise BadInput("registers.table_foreign")
        self.table, self.parsers, self.now = table, parsers, now
        self.titles = {column.name: column.title for column in columns} | {KEY: KEY_COLUMN.title}
        self.errors: list[dict[str, object]] = []
        self.found = Merged(ignored=table.ignored)
        self.by_code = {values["code"]: key for key, values in now.items() if values.get("code")}
        self.by_name: dict[str, list[str]] = {}
        for key, values in now.items():
            self.by_name.setdefault(values["name"], []).append(key)

    def fault(self, row: int, column: str, error: BadInput) -> None:
        what = words_for(error).happened
        place, title = self.table.place(row, column), self.titles.get(column, column)
        self.errors.append({"row": row, "place": place, "column": title, "what": what})

    def run(self) -> Merged:
        """Raises BadInput: registers.table_errors with `errors` (row, place, column, what)."""
        for row, cells in self.table.rows:
            values = self.parsed(row, cells)
            if values is None:
                continue
            key = self.key_of(row, cells, values)
            if key == "":
                self.add(row, values)
            elif key is not None:
                self.compare(row, key, values)
        self.check_twice()
        self.check()
        if self.errors:
            raise BadInput(
                "registers.table_errors", errors=sorted(self.errors, key=lambda error: int(str(error["row"])))
            )
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
        if "name" in values and not values["name"]:
            self.fault(row, "name", BadInput("registers.cell_empty"))
        return values if len(self.errors) == faults else None

    def key_of(self, row: int, cells: Cells, values: Values) -> str | None:
        """Which one of the list the row means: "" none yet, None that cannot be told."""
        key = cells.get(KEY, "")
        if key and self.table.stamp is not None:
            if key not in self.table.base or key not in self.now:
                self.fault(row, KEY, BadInput("registers.row_gone"))
                return None
        else:
            key = self.by_code.get(values.get("code") or "", "") or self.named(row, values)
        if key and key in self.found.row_of:
            self.fault(row, "name", BadInput("registers.row_twice", other=self.found.row_of[key]))
            return None
        if key:
            self.found.row_of[key] = row
        return key

    def named(self, row: int, values: Values) -> str:
        """The one with the name in the unit; with the unit left open the only one of that name."""
        keys, unit = self.by_name.get(values.get("name") or "", []), values.get("unit")
        same = [key for key in keys if unit is None or self.now[key]["unit"] == unit]
        return same[0] if len(same) == 1 else ""

    def add(self, row: int, values: Values) -> None:
        for name in ("name", "unit"):
            if not values.get(name):
                self.fault(row, name, BadInput("registers.cell_empty"))
                return
        self.found.added.append((row, values))
        told = [
            f"{self.titles[name]} {shown(value)}"
            for name, value in values.items()
            if name not in ("name", "unit") and value not in (None, "")
        ]
        said = "，".join([shown(values["unit"]), *told])
        self.found.lines.append(Line(row, values["name"], after=said))

    def compare(self, row: int, key: str, values: Values) -> None:
        now, base = self.now[key], self.base(key)
        changed: Values = {}
        for name, new in values.items():
            was = ABSENT if base is None else base.get(name, ABSENT)
            if new == was or new == now[name] or (was is ABSENT and new in (None, "")):
                continue
            if was is not ABSENT and now[name] != was:
                clash = {"was": shown(was) or "—", "now": shown(now[name]) or "—"}
                self.fault(row, name, BadInput("registers.cell_changed_meanwhile", **clash))
                continue
            changed[name] = new
            line = Line(row, now["name"], self.titles[name], shown(now[name]), shown(new))
            self.found.lines.append(line)
        if changed:
            self.found.changed[key] = changed

    def base(self, key: str) -> Values | None:
        cells = self.table.base.get(key)
        if cells is None or self.table.stamp is None:
            return None
        return {name: self.parsers[name](text) for name, text in cells.items() if name in self.parsers}

    def check(self) -> None:
        """What a list asks of its rows besides."""

    def check_twice(self) -> None:
        """Two of one name in one unit, or of one code, once all is done."""
        changed, rows = self.found.changed, self.found.row_of
        after = [(rows.get(key, 0), values | changed.get(key, {})) for key, values in self.now.items()]
        for what in (("unit", "name"), ("code",)):
            seen: dict[tuple[Any, ...], int] = {}
            for row, values in [*after, *self.found.added]:
                mark = tuple(values.get(name) for name in what)
                if not all(mark):
                    continue
                if mark in seen and (row or seen[mark]):
                    self.fault(row or seen[mark], what[-1], BadInput("registers.cell_taken", text=mark[-1]))
                seen.setdefault(mark, row)


def shown(value: Any) -> str:
    """A value as its cell says it."""
    if value is None:
        return ""
    if isinstance(value, MarkState):
        return SHOWN[value]
    if isinstance(value, ProjectState):
        return PROJECT_WORDS[value][0]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return value if isinstance(value, str) else label(value)


def digest(lines: Sequence[Line]) -> str:
    """Tells whether a table still changes what it was shown to change."""
    return hashlib.sha256(repr(lines).encode()).hexdigest()
