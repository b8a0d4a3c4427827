"""The members of a register as a table, and what an edited table changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from chuangwen.cores import roundtrip
from chuangwen.cores.errors import BadInput
from chuangwen.cores.roundtrip import KEY, Stamp, Table
from chuangwen.cores.sheets import Cells, Column
from chuangwen.kit import formats
from chuangwen.orgs.actors import Actor

from .. import queries
from ..models import Register, RegisterMember
from ..rules.cells import NO, NOT_KNOWN, YES, day, folded, mark_state, plain_name
from ..rules.coverage import MarkState, Statement, checked_statement
from .merging import Merge, Merged, Units, Values, shown

FIELDS = {"name", "unit", "code", "opened_on", "closed_on"}


def table_out(register: Register, today: date) -> bytes:
    """All members, open and closed, with what is there today."""
    book = queries.book(register, today)
    rows = [cells_of(book, member) for member in book.members.values()]
    subtitle = gettext("As of %(day)s") % {"day": formats.day(today)}
    return roundtrip.write(register.name, subtitle, columns_of(book), rows, stamp_of(register))


def stamp_of(register: Register) -> Stamp:
    return Stamp("register", register.pk)


def columns_of(book: queries.RegisterBook) -> list[Column]:
    noun = book.register.noun
    places = ("所在镇街", "所属镇街", "所属单位", "镇街", "镇", "乡镇")
    columns = [
        Column("name", "名称", 18, (noun, f"{noun}名", f"{noun}名称"), required=True),
        Column("unit", "所在单位", 22, places),
        Column("code", "编码", 14, ("代码", "区划代码")),
        Column("opened_on", "设立日期", 11, ("启用日期",)),
        Column("closed_on", "撤销日期", 11, ("停用日期",)),
    ]
    for one in book.shown_columns:
        columns.append(Column(f"state-{one.pk}", one.name, 11, choices=(YES, NO, NOT_KNOWN)))
        if one.dated:
            also = (f"{one.name}成立时间", f"{one.name}成立日期")
            columns.append(Column(f"since-{one.pk}", f"{one.name}起始日期", 11, also))
    return columns


def cells_of(book: queries.RegisterBook, member: RegisterMember) -> Cells:
    return {name: shown(value) for name, value in _now(book, member).items()} | {KEY: str(member.pk)}


def _now(book: queries.RegisterBook, member: RegisterMember) -> Values:
    values: Values = {name: getattr(member, name) for name in ("name", "code", "opened_on", "closed_on")}
    values["unit"] = member.unit
    for column in book.shown_columns:
        cell = book.cell(member, column)
        values[f"state-{column.pk}"] = None if cell.state == MarkState.UNKNOWN else cell.state
        if column.dated:
            there = cell.state == MarkState.YES and cell.mark is not None
            values[f"since-{column.pk}"] = cell.mark.since if there and cell.mark else None
    return values


@dataclass(frozen=True)
class MemberChanges:
    """`added` and `changed` hold the fields of members; `said` by key of a member, or by row of a new one."""

    merged: Merged
    added: dict[int, Values]
    changed: dict[str, Values]
    said: dict[str | int, dict[int, Statement]]


def read(name: str, data: bytes, register: Register, day: date) -> Table:
    """Raises BadInput as `cores.sheets.read` does."""
    return roundtrip.read(name, data, columns_of(queries.book(register, day)))


def merge(actor: Actor, register: Register, table: Table, as_of: date, today: date) -> MemberChanges:
    """What the table changes, said for the day `as_of`.

    Raises BadInput: registers.table_foreign, registers.table_errors (`errors`: row, column, what),
    registers.day_to_come.
    """
    if as_of > today:
        raise BadInput("registers.day_to_come")
    book = queries.book(register, as_of)
    names = {cells.get("unit", "") for _row, cells in table.rows}
    names |= {cells.get("unit", "") for cells in table.base.values()}
    merge = _MemberMerge(book, table, Units(actor, register.jurisdiction, names, as_of), as_of, today)
    return merge.changes()


class _MemberMerge(Merge):
    def __init__(
        self, book: queries.RegisterBook, table: Table, units: Units, as_of: date, today: date
    ) -> None:
        self.columns, self.as_of, self.today = book.shown_columns, as_of, today
        parsers: dict[str, Callable[[str], Any]] = {
            "name": plain_name,
            "unit": units,
            "code": folded,
            "opened_on": day,
            "closed_on": day,
        }
        for column in self.columns:
            parsers[f"state-{column.pk}"] = _state_or_day if column.dated else _state
            parsers[f"since-{column.pk}"] = day
        now = {str(member.pk): _now(book, member) for member in book.members.values()}
        super().__init__(table, stamp_of(book.register), columns_of(book), parsers, now)

    def parsed(self, row: int, cells: Cells) -> Values | None:
        """A day in the place of a yes means there since then; so does one in the cell beside an empty one."""
        values = super().parsed(row, cells)
        if values is None:
            return None
        for column in self.columns:
            state, since = f"state-{column.pk}", f"since-{column.pk}"
            if isinstance(values.get(state), date):
                values[since], values[state] = values[state], MarkState.YES
            elif values.get(since) and values.get(state) is None:
                values[state] = MarkState.YES
            elif values.get(since) and values[state] != MarkState.YES:
                self.fault(row, since, BadInput("registers.cell_since_of_nothing"))
        return values

    def changes(self) -> MemberChanges:
        said: dict[str | int, dict[int, Statement]] = {}
        self.statements = said
        merged = self.run()
        fields = {key: _fields(values) for key, values in merged.changed.items()}
        return MemberChanges(
            merged=merged,
            added={row: _fields(values) for row, values in merged.added},
            changed={key: values for key, values in fields.items() if values},
            said=said,
        )

    def check(self) -> None:
        """What is said of each member, and the days in which it is in the register."""
        for row, values in self.found.added:
            self.check_row(row, row, {}, values)
        for key, values in self.found.changed.items():
            self.check_row(self.found.row_of[key], key, self.now[key], values)

    def check_row(self, row: int, key: str | int, now: Values, changed: Values) -> None:
        after = {**now, **changed}
        opened, closed = after.get("opened_on"), after.get("closed_on")
        if opened and closed and closed < opened:
            self.fault(row, "closed_on", BadInput("registers.days_out_of_order"))
        for column in self.columns:
            names = {f"state-{column.pk}", f"since-{column.pk}"}
            new = {name for name in names & changed.keys() if changed[name] != now.get(name)}
            if new:
                state = after.get(f"state-{column.pk}") or MarkState.UNKNOWN
                since = after.get(f"since-{column.pk}") if state == MarkState.YES else None
                try:
                    statement = checked_statement(state, since, self.as_of, self.today)
                except BadInput as error:
                    self.fault(row, f"since-{column.pk}", error)
                else:
                    self.statements.setdefault(key, {})[column.pk] = statement


def _fields(values: Values) -> Values:
    return {name: value for name, value in values.items() if name in FIELDS}


def _state(text: str) -> MarkState | None:
    state = mark_state(text)
    return None if state == MarkState.UNKNOWN else state


def _state_or_day(text: str) -> MarkState | date | None:
    try:
        return _state(text)
    except BadInput:
        try:
            return day(text)
        except BadInput:
            pass
        raise
