"""The report of a unit as a workbook, and what an edited one changes.

A row for each indicator of a task; a task without any has one too, and what is said of the task stands in its
first. Three ways: what the sheet says, what it said when it was taken out, what the report says now; where a
cell was changed on both sides, it is a named conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chuangwen.cores import roundtrip
from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.roundtrip import KEY, KEY_COLUMN, Stamp
from chuangwen.cores.sheets import Cells, Column
from chuangwen.kit.formats import quantity
from chuangwen.kit.http import words_for
from chuangwen.orgs import tree
from chuangwen.orgs.actors import Actor
from chuangwen.registers.rules.cells import day, folded

from .. import access
from ..models import UnitReport
from ..queries.cards import Card, Line, cards_of, typed_number, with_before
from ..queries.reports import title_of
from ..rules.amounts import micro, number
from ..rules.states import Progress

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

UNCHANGED = "unchanged"
PROGRESS = {
    Progress.GOING: "推进中",
    Progress.DONE: "已办结",
    Progress.STUCK: "遇到困难",
    Progress.NOT_STARTED: "未启动",
    Progress.NOT_DUE: "尚未到期",
    UNCHANGED: "没有变化",
}
JUDGED = {"go": "正常", "near": "有风险", "late": "滞后"}
SHOWN = (
    Column("number", "任务编号", 6),
    Column("task", "任务", 20, required=True),
    Column("indicator", "指标", 18),
    Column("unit", "计量单位", 7),
    Column("last", "上次", 10),
)
VALUE = (
    Column("value", "数值（比率填分子）", 11),
    Column("of", "分母", 9),
    Column("share", "只知道比率", 8),
    Column("missing", "没有数的原因", 14),
    Column("why", "情况说明", 14),
    Column("as_of", "截至日期", 11),
    Column("evidence_on", "佐证日期", 11),
)
TASK = (
    Column("progress", "进展情况", 10, choices=tuple(PROGRESS.values())),
    Column("done_words", "做了什么", 28),
    Column("stuck_words", "卡在哪里", 18),
    Column("helper", "需谁协助", 12),
    Column("next_step", "下一步", 18),
)
COLUMNS = (*SHOWN, *VALUE, *TASK)
TITLES = {column.name: column.title for column in COLUMNS} | {KEY: KEY_COLUMN.title}
OF_TASK, OF_VALUE = [column.name for column in TASK], [column.name for column in VALUE]
Values = dict[str, Any]  # name of the column -> what its cell means
Errors = list[dict[str, object]]  # row, column, what


def sheet_out(actor: Actor, report_id: int, now: datetime) -> tuple[str, bytes]:
    """Name and bytes of the workbook. Raises Hidden."""
    report = access.one_report(actor, report_id)
    rows = [_cells(card, line, first=first) for card, line, first in _rows(_cards(actor, report, now))]
    title = f"{report.unit.name}{title_of(report.period)}工作进展报告"
    subtitle = str(report.period.beat.following.plan_version)
    return f"{title}.xlsx", roundtrip.write(title, subtitle, COLUMNS, rows, _stamp(report))


@dataclass
class ItemChanges:
    """What a task will say; `task` and `values` (by indicator) hold all their fields, whichever were edited.

    `edited` names the cells that were; `rows` is where each stands: "" the task, else an indicator.
    """

    card: Card
    task: Values = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)


def changes_of(actor: Actor, report: UnitReport, name: str, data: bytes, now: datetime) -> list[ItemChanges]:
    """What the sheet changes, task by task.

    Raises BadInput: no workbook; progress.sheet_foreign, progress.sheet_same, progress.sheet_errors
    (`errors`: row, column, what).
    """
    table = roundtrip.read(name, data, COLUMNS)
    if table.stamp != _stamp(report):
        raise BadInput("progress.sheet_foreign", name=name)
    merge = _Merge(actor, _cards(actor, report, now), table)
    changes = merge.changes()
    if merge.errors:
        raise sheet_errors(merge.errors)
    if not changes:
        raise BadInput("progress.sheet_same", name=name)
    return changes


def fault(row: int, column: str, error: BadInput | NotAllowedNow) -> dict[str, object]:
    """What is wrong in a cell, as the page lists it."""
    return {"row": row, "column": TITLES.get(column, column), "what": words_for(error).happened}


def sheet_errors(errors: Errors) -> BadInput:
    return BadInput("progress.sheet_errors", errors=sorted(errors, key=lambda one: int(str(one["row"]))))


class _Merge:
    def __init__(self, actor: Actor, cards: Sequence[Card], table: roundtrip.Table) -> None:
        self.actor, self.table = actor, table
        self.places = {_key(card, line): (card, line, first) for card, line, first in _rows(cards)}
        self.found: dict[int, ItemChanges] = {}
        self.errors: Errors = []

    def changes(self) -> list[ItemChanges]:
        seen: dict[str, int] = {}
        for row, found in self.table.rows:
            cells = {name: text.replace("\0", "") for name, text in found.items()}
            key = cells.get(KEY, "")
            if key not in self.places or key not in self.table.base:
                self.fault(row, KEY, BadInput("progress.row_gone"))
            elif key in seen:
                self.fault(row, KEY, BadInput("progress.row_twice", other=seen[key]))
            else:
                seen[key] = row
                self.compare(row, key, cells)
        for change in self.found.values():
            if change.task.get("progress") == UNCHANGED and change.edited != {"progress"}:
                self.fault(change.rows[""], "progress", BadInput("progress.cell_unchanged_and_more"))
        return list(self.found.values())

    def compare(self, row: int, key: str, cells: Cells) -> None:
        card, line, first = self.places[key]
        now, edited = _cells(card, line, first=first), set()
        for name in (*OF_VALUE, *OF_TASK):
            was, is_now = folded(self.table.base[key].get(name, "")), folded(now[name])
            says = folded(cells.get(name, is_now))
            if says in (was, is_now) or self.means_the_same(name, says, is_now, line):
                continue
            if is_now != was:
                clash = {"was": was or "—", "now": is_now or "—"}
                self.fault(row, name, BadInput("progress.cell_changed_meanwhile", **clash))
            elif (name in OF_TASK and not first) or (name in OF_VALUE and line is None):
                self.fault(row, name, BadInput("progress.cell_elsewhere"))
            elif card.lock is not None:
                self.fault(row, name, NotAllowedNow(card.lock.code, **card.lock.params))
            else:
                edited.add(name)
        if edited:
            texts = now | {name: cells[name] for name in edited}
            change = self.found.setdefault(card.item.pk, ItemChanges(card))
            change.edited |= edited
            self.take(row, change, line, texts, first=first)

    def means_the_same(self, name: str, text: str, other: str, line: Line | None) -> bool:
        """24.0 is 24, and a short name is the unit's too."""
        try:
            return bool(self.meaning(name, text, line) == self.meaning(name, other, line))
        except BadInput:
            return False

    def take(self, row: int, change: ItemChanges, line: Line | None, texts: Cells, *, first: bool) -> None:
        """All fields of the row, as they will be."""
        if first:
            change.rows[""] = row
            change.task = self.meant(row, OF_TASK, texts, line)
        if line is not None:
            change.rows[line.key] = row
            change.values[line.key] = self.meant(row, OF_VALUE, texts, line)

    def meant(self, row: int, names: Sequence[str], texts: Cells, line: Line | None) -> Values:
        values: Values = {}
        for name in names:
            try:
                values[name] = self.meaning(name, texts[name], line)
            except BadInput as error:
                self.fault(row, name, error)
        return values

    def meaning(self, name: str, text: str, line: Line | None) -> Any:
        """Raises BadInput for a cell that means nothing."""
        if name == "progress":
            return _one_of(text, PROGRESS)
        if name == "helper":
            return self.unit(text)
        if name in {"as_of", "evidence_on"}:
            return day(text)
        if name == "value" and line is not None and line.judged:
            return _one_of(text, JUDGED)
        if name == "value" and line is not None and line.classes:
            return _one_of(text, {word: word for word in line.classes})
        if name in {"value", "of", "share"}:
            return micro(number(text)) if text else None
        return text

    def unit(self, text: str) -> Unit | None:
        if not text:
            return None
        units = tree.picked(self.actor, text)
        if len(units) != 1:
            raise BadInput("progress.cell_unit", text=text)
        return units[0]

    def fault(self, row: int, column: str, error: BadInput | NotAllowedNow) -> None:
        self.errors.append(fault(row, column, error))


def _stamp(report: UnitReport) -> Stamp:
    return Stamp("report", report.pk)


def _cards(actor: Actor, report: UnitReport, now: datetime) -> list[Card]:
    items = with_before(access.visible_items(actor).filter(report=report))
    return cards_of(report.period.beat.following, list(items), now)


def _rows(cards: Sequence[Card]) -> list[tuple[Card, Line | None, bool]]:
    """Each row of the sheet, with whether it is the first of its task."""
    rows: list[tuple[Card, Line | None, bool]] = []
    for card in cards:
        lines: list[Line | None] = [*card.lines] or [None]
        rows += [(card, line, at == 0) for at, line in enumerate(lines)]
    return rows


def _key(card: Card, line: Line | None) -> str:
    return f"{card.item.pk}-{line.key if line else ''}"


def _cells(card: Card, line: Line | None, *, first: bool) -> Cells:
    cells = dict.fromkeys(TITLES, "")
    cells[KEY] = _key(card, line)
    if card.task:
        cells |= {"number": card.task.number, "task": card.task.title}
    if first:
        item = card.item
        said = UNCHANGED if item.unchanged else item.progress
        cells["progress"] = PROGRESS.get(said, "")
        cells |= {name: getattr(item, name) for name in ("done_words", "stuck_words", "next_step")}
        cells["helper"] = item.helper.name if item.helper else ""
    if line:
        cells |= _value_cells(line)
    return cells


def _value_cells(line: Line) -> Cells:
    """Of a share that was not given yet, what it was a share of last time stands there already."""
    entry, last = line.entry, line.last
    words = JUDGED.get(entry.words, entry.words)
    alone = line.is_share and entry.denominator is None
    whole = entry.denominator
    if entry.numerator is None and last is not None:
        whole = last.denominator
    return {
        "indicator": line.row.name,
        "unit": line.row.unit_of_measure,
        "last": (JUDGED.get(last.words, last.words) or quantity(line.last_amount, "")) if last else "",
        "value": words or ("" if alone else _digits(entry.numerator)),
        "of": _digits(whole),
        "share": _digits(entry.numerator) if alone else "",
        "missing": entry.missing,
        "why": entry.why,
        "as_of": entry.as_of.isoformat() if entry.as_of else "",
        "evidence_on": entry.evidence_on.isoformat() if entry.evidence_on else "",
    }


def _digits(millionths: int | None) -> str:
    value = typed_number(millionths)
    return "" if value is None else f"{value:f}"


def _one_of(text: str, words: Mapping[Any, str]) -> str:
    """The code of a word; "" for an empty cell. Raises BadInput."""
    code = next((str(code) for code, word in words.items() if folded(word) == folded(text)), None)
    if text and code is None:
        raise BadInput("progress.cell_not_a_choice", text=text, choices="、".join(words.values()))
    return code or ""
