"""Rows of the task breakdown table from a version, and what an edited table says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from django.utils.timezone import localtime
from django.utils.translation import gettext

from chuangwen.cores.errors import BadInput
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import PlanVersion
from ..queries.book import Book, IndicatorLine, TaskLine
from ..rules.content import (
    AssignmentLine,
    Content,
    IndicatorRow,
    ProgramRow,
    TargetLine,
    TaskRow,
)
from ..rules.deadlines import checked_deadline
from ..rules.differences import ROLES, Change, indicator_changes, row_words, task_changes
from ..rules.likeness import normal
from ..rules.measuring import accrual_of, number, plain, roll_up_of
from ..rules.plain import to_plain
from ..words import TABLE_FAULTS
from . import sheet
from .sheet import BY_TITLE, COLUMNS, Cells, Table

SIGNS = {"≥": ">=", "≤": "<=", "=": "=", ">": ">", "<": "<", ">=": ">=", "<=": "<="}
SHOWN = {">=": "≥", "<=": "≤"}
STRENGTHS = {"": "", "确保": "mandatory", "力争": "stretch"}
FREQUENCIES = {"": "", "每年": "yearly"}
TITLES = {column.name: column.title for column in COLUMNS}
BETWEEN = re.compile("[、，,；;\n]+")
LEADERS_BETWEEN = re.compile("[；;\n]+")
COMMAS = {"leader": "；", "lead": "、", "responsible": "、", "member": "、"}
RANGE = re.compile(r"(.+?)\s*[-—–~～至]\s*(.+)")
DEADLINE = re.compile(r"(\d{4})(?:年底?|年末)?(?:[-./]?(\d{1,2})(?:月底?|月末)?)?")
Error = dict[str, object]  # row, column, what
Fault = Callable[..., None]  # called with a column, the code of a sentence and its parameters


def table_out(actor: Actor, version_id: int) -> bytes:
    """The task breakdown table of a version as a workbook. Raises Hidden."""
    version = access.one_version(actor, version_id)
    title = f"{version.title or version.plan.title}任务分解表"
    return sheet.write(title, _subtitle(version), version.plan_id, version.pk, cells_of(version))


def cells_of(version: PlanVersion) -> list[Cells]:
    """One row per indicator under its task; a task without indicators has a row too."""
    book = Book(version)
    rows: list[Cells] = []
    for task in book.tasks:
        rows += [_cells(task, indicator) for indicator in task.indicators] or [_cells(task, None)]
    return rows + [_cells(None, line) for line in book.indicators if not line.tasks]


def _subtitle(version: PlanVersion) -> str:
    if version.number is None or version.confirmed_at is None:
        return gettext("Draft under review")
    return gettext("Version %(number)s, confirmed on %(day)s") % {
        "number": version.number,
        "day": localtime(version.confirmed_at).date().isoformat(),
    }


def _cells(task: TaskLine | None, line: IndicatorLine | None) -> Cells:
    cells = dict.fromkeys((*TITLES, "task_key", "indicator_key"), "")
    if task:
        row = task.row
        cells |= {"task_key": task.key, "number": row.number, "task": row.title}
        cells["program"] = row.program.title if row.program else ""
        for role in ROLES:
            names = [one.printed for one in task.assignments if one.role == role]
            cells[role] = COMMAS[role].join(names)
    if line:
        cells |= _indicator_cells(line)
    return {name: text.strip() for name, text in cells.items()}


def _indicator_cells(line: IndicatorLine) -> Cells:
    row = line.row
    targets = [target for target in line.targets if target.value is not None]
    signs = [SHOWN.get(target.comparator, target.comparator) for target in targets]
    return {
        "indicator_key": line.key,
        "name": row.name,
        "comparator": "、".join(dict.fromkeys(signs)) if len(set(signs)) < 2 else "、".join(signs),
        "value": "、".join(_amount(target.value, target.upper) for target in targets),
        "unit": row.unit_of_measure,
        "deadline": "、".join(target.deadline for target in line.targets),
        "frequency": "每年" if row.frequency == "yearly" else "",
        "strength": next((word for word, code in STRENGTHS.items() if code and code == row.strength), ""),
        "scope": row.scope,
        "words": row.words,
        "quote": line.quote.text if line.quote else "",
    }


def _amount(value: Decimal | None, upper: Decimal | None) -> str:
    return plain(value) if upper is None else f"{plain(value)}-{plain(upper)}"


def merge(table: Table, content: Content) -> list[Change]:
    """What the table changes in `content`, the plan as it is now.

    Raises BadInput with the faults of all rows.
    """
    return _Merge(table, content).changes()


@dataclass
class _Kept:
    """The rows of one task or indicator in the sheet; the first tells where faults are shown."""

    numbers: list[int] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)


class _Merge:
    def __init__(self, table: Table, content: Content) -> None:
        self.table, self.content = table, content
        self.errors: list[Error] = []
        self.found: list[Change] = []
        self.base_tasks = _grouped(enumerate(table.base), "task_key")
        self.base_indicators = _grouped(enumerate(table.base), "indicator_key")
        self.tasks = _grouped(table.rows, "task_key")
        self.indicators = _grouped(table.rows, "indicator_key")
        self.now_tasks = {row.key: row for row in content.tasks}
        self.now_indicators = {row.key: row for row in content.indicators}

    def changes(self) -> list[Change]:
        self.check_keys()
        for key, kept in self.tasks.items():
            self.compare_task(key, kept)
        for key, kept in self.indicators.items():
            self.compare_indicator(key, kept)
        self.add_rows()
        self.remove_rows()
        if self.errors:
            order = sorted(self.errors, key=lambda error: int(str(error["row"])))
            raise BadInput("plans.table_errors", errors=order)
        return self.found

    def fault(self, row: int, column: str, code: str, **params: object) -> None:
        what = str(TABLE_FAULTS[code]) % params
        self.errors.append({"row": row, "column": TITLES.get(column, column), "what": what})

    def check_keys(self) -> None:
        """Keys are not typed: an unknown one was, and a row copied whole brings its key along."""
        seen: dict[tuple[str, str], int] = {}
        for row, cells in self.table.rows:
            for name, known in (("task_key", self.base_tasks), ("indicator_key", self.base_indicators)):
                if cells[name] and cells[name] not in known:
                    self.fault(row, BY_TITLE_OF[name], "key_edited")
            keys = (cells["task_key"], cells["indicator_key"])
            if any(keys) and keys in seen:
                self.fault(row, "task", "row_copied", other=seen[keys])
            seen.setdefault(keys, row)

    def settled(self, kept: _Kept, base: Cells, names: Iterable[str]) -> Cells:
        """One value for each field out of several rows: what was changed counts; two changes are a fault."""
        settled: Cells = {}
        for name in names:
            texts = {cells[name]: row for row, cells in zip(kept.numbers, kept.cells, strict=True)}
            edited = {text: row for text, row in texts.items() if text and text != base[name]}
            if len(edited) > 1:
                rows = "、".join(str(row) for row in sorted(edited.values()))
                self.fault(max(edited.values()), name, "written_differently", rows=rows)
            settled[name] = next(iter(edited), base[name] if base[name] in texts else "")
        return settled

    def compare_task(self, key: str, kept: _Kept) -> None:
        now, base = self.now_tasks.get(key), self.base_tasks.get(key)
        if base is None:
            return
        was = base.cells[0]
        names = ("program", "number", "task", *ROLES)
        cells = self.settled(kept, was, names)
        if all(cells[name] == was[name] for name in names):
            return
        row = kept.numbers[0]
        if now is None:
            self.fault(row, "task", "task_gone")
            return
        if not cells["task"]:
            self.fault(row, "task", "task_empty")
        old, new = _task_row(key, was), _task_row(key, cells)
        self.found += task_changes(old, now, new, ("number", "title"))
        if cells["program"] != was["program"]:
            self.move_to_program(row, now, cells["program"], was["program"])

    def move_to_program(self, row: int, now: TaskRow, title: str, was: str) -> None:
        program = self.program(row, title)
        if (program.key if program else None) == now.program:
            return
        current = next((one.title for one in self.content.programs if one.key == now.program), "")
        self.found.append(
            Change(
                action="change",
                subject="task",
                key=now.key,
                field="program",
                before=current,
                after=title,
                payload={"value": program.key if program else None},
                conflict=normal(current) != normal(was),
            )
        )

    def program(self, row: int, title: str) -> ProgramRow | None:
        for program in self.content.programs:
            if normal(program.title) == normal(title):
                return program
        if title:
            self.fault(row, "program", "program_unknown", title=title)
        return None

    def compare_indicator(self, key: str, kept: _Kept) -> None:
        now, base = self.now_indicators.get(key), self.base_indicators.get(key)
        if base is None:
            return
        was = base.cells[0]
        cells = self.settled(kept, was, INDICATOR_CELLS)
        if now is not None:
            self.compare_tasks_of(now, kept, base)
        if all(cells[name] == was[name] for name in INDICATOR_CELLS):
            return
        row = kept.numbers[0]
        if now is None:
            self.fault(row, "name", "indicator_gone")
            return
        new = self.indicator_row(row, key, cells)
        old = _parsed(key, was, _ignored)
        if new is not None and old is not None:
            self.found += indicator_changes(old, now, new)

    def compare_tasks_of(self, now: IndicatorRow, kept: _Kept, base: _Kept) -> None:
        """A row of an indicator was deleted under one of its tasks, or moved under another."""
        was = {cells["task_key"] for cells in base.cells} - {""}
        comes = {cells["task_key"] for cells in kept.cells} - {""}
        if comes in (was, set(now.tasks)):
            return
        titles = {row.key: row.title for row in self.content.tasks}
        self.found.append(
            Change(
                action="change",
                subject="indicator",
                key=now.key,
                field="tasks",
                before="；".join(titles[key] for key in now.tasks),
                after="；".join(titles.get(key, key) for key in sorted(comes)),
                payload={"value": sorted(comes)},
                conflict=was != set(now.tasks),
            )
        )

    def indicator_row(self, row: int, key: str, cells: Cells) -> IndicatorRow | None:
        return _parsed(key, cells, partial(self.fault, row))

    def add_rows(self) -> None:
        """Rows without keys are new: an indicator under a task that is there, or a new task."""
        after_task, after_indicator = "", ""
        new_tasks: dict[str, Change] = {}
        titles = {normal(row.title): row.key for row in self.content.tasks}
        for row, cells in self.table.rows:
            task = cells["task_key"] or titles.get(normal(cells["task"]), "")
            if not cells["indicator_key"] and (cells["name"] or not cells["task_key"]):
                added = self.indicator_row(row, "", cells) if cells["name"] else None
                if added is not None:
                    added.origin = "sheet"
                if task and added is not None:
                    added.tasks = [task] if task in self.now_tasks else []
                    self.found.append(_added("indicator", added, after_indicator))
                elif not task:
                    self.add_task(row, cells, new_tasks, added, after_task)
            after_task = cells["task_key"] or after_task
            after_indicator = cells["indicator_key"] or after_indicator

    def add_task(
        self, row: int, cells: Cells, new_tasks: dict[str, Change], added: IndicatorRow | None, after: str
    ) -> None:
        if not cells["task"]:
            self.fault(row, "task", "new_row_without_task")
            return
        name = normal(cells["task"])
        if name not in new_tasks:
            task = _task_row("", cells)
            program = self.program(row, cells["program"])
            task.program, task.origin = program.key if program else None, "sheet"
            change = _added("task", task, after)
            change.payload["indicators"] = []
            new_tasks[name] = change
            self.found.append(change)
        if added is not None:
            new_tasks[name].payload["indicators"].append(to_plain(added))

    def remove_rows(self) -> None:
        """What stands in the table no more; a task that goes takes its own indicators along."""
        for key, base in self.base_tasks.items():
            now = self.now_tasks.get(key)
            if key not in self.tasks and now is not None:
                same = [_task_row(key, base.cells[0]).title == now.title, _names_as(base.cells[0], now)]
                self.found.append(_removed("task", now, conflict=not all(same)))
        for key, base in self.base_indicators.items():
            row = self.now_indicators.get(key)
            homes = {cells["task_key"] for cells in base.cells} - {""}
            with_task = bool(homes) and all(home not in self.tasks for home in homes)
            if key not in self.indicators and row is not None and not with_task:
                old = _parsed(key, base.cells[0], _ignored)
                conflict = old is not None and bool(indicator_changes(row, row, _like_base(old, row)))
                self.found.append(_removed("indicator", row, conflict=conflict))


INDICATOR_CELLS = (
    "name",
    "comparator",
    "value",
    "unit",
    "deadline",
    "frequency",
    "strength",
    "scope",
    "words",
)
BY_TITLE_OF = {column.name: column.title for column in BY_TITLE.values()}


def _ignored(column: str, code: str, **params: object) -> None:
    """What went out is known to be well formed."""


def _grouped(rows: Iterable[tuple[int, Cells]], name: str) -> dict[str, _Kept]:
    groups: dict[str, _Kept] = {}
    for row, cells in rows:
        if cells[name]:
            kept = groups.setdefault(cells[name], _Kept())
            kept.numbers.append(row)
            kept.cells.append(cells)
    return groups


def _task_row(key: str, cells: Cells) -> TaskRow:
    return TaskRow(
        key=key,
        number=cells["number"],
        title=cells["task"],
        assignments=[
            AssignmentLine(role=role, printed=name) for role in ROLES for name in _names(cells[role], role)
        ],
    )


def _names(text: str, role: str) -> list[str]:
    """Units stand between commas, leaders between semicolons: a title may have commas of its own."""
    between = LEADERS_BETWEEN if role == "leader" else BETWEEN
    return [name.strip() for name in between.split(text) if name.strip()]


def _names_as(cells: Cells, now: TaskRow) -> bool:
    return all(
        _names(cells[role], role) == [one.printed for one in now.assignments if one.role == role]
        for role in ROLES
    )


def _parsed(key: str, cells: Cells, fault: Fault) -> IndicatorRow | None:
    """The indicator that a row states; None, after `fault`, where it cannot be understood."""
    faults: list[str] = []

    def wrong(column: str, code: str, **params: object) -> None:
        faults.append(column)
        fault(column, code, **params)

    if not cells["name"]:
        wrong("name", "name_empty")
    values = [_value(part, wrong) for part in _parts(cells["value"])]
    deadlines = [_deadline(part, wrong) for part in _parts(cells["deadline"])]
    signs = [_sign(part, wrong) for part in _parts(cells["comparator"])]
    if not values and not cells["words"] and cells["name"]:
        wrong("value", "value_empty")
    if len(values) > 1 and len(deadlines) != len(values):
        wrong("deadline", "deadlines_missing", count=len(values))
    if len(deadlines) > max(len(values), 1):
        wrong("deadline", "deadlines_too_many")
    if len(signs) > 1 and len(signs) != len(values):
        wrong("comparator", "signs_do_not_match")
    for column, known in (("frequency", FREQUENCIES), ("strength", STRENGTHS)):
        if cells[column] not in known:
            wrong(
                column, "not_a_choice", text=cells[column], choices="、".join(word for word in known if word)
            )
    if faults:
        return None
    frequency = FREQUENCIES[cells["frequency"]]
    sign = signs[0] if signs else ">="
    return IndicatorRow(
        key=key,
        name=cells["name"],
        unit_of_measure=cells["unit"],
        frequency=frequency,
        strength=STRENGTHS[cells["strength"]],
        scope=cells["scope"],
        words=cells["words"],
        accrual=accrual_of((), cells["unit"], cells["name"], frequency).value,
        roll_up=roll_up_of((), cells["unit"], sign).value,
        targets=[
            TargetLine(
                value=value,
                upper=upper,
                comparator=signs[n] if len(signs) > 1 else sign,
                deadline=deadlines[n] if n < len(deadlines) else "",
            )
            for n, (value, upper) in enumerate(values or [(None, None)])
        ],
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split("[、；;\n]+", text) if part.strip()]


def _value(text: str, wrong: Fault) -> tuple[Decimal | None, Decimal | None]:
    """A number or a range, in half-width or full-width digits."""
    plain_text = unicodedata.normalize("NFKC", text)
    ends = RANGE.fullmatch(plain_text)
    try:
        if ends:
            return number(ends[1]), number(ends[2])
        return number(plain_text.removesuffix("%")), None
    except BadInput as error:
        digits = error.code == "plans.too_many_digits"
        wrong("value", "too_many_digits" if digits else "not_a_number", text=text)
        return None, None


def _deadline(text: str, wrong: Fault) -> str:
    """A year or a year and a month, as the table writes it or as people do (2023 年底, 2023 年 6 月底)."""
    match = DEADLINE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    try:
        if match is None:
            raise BadInput
        return checked_deadline(f"{match[1]}-{int(match[2]):02d}" if match[2] else match[1])
    except BadInput:
        wrong("deadline", "deadline_unclear", text=text)
        return ""


def _sign(text: str, wrong: Fault) -> str:
    sign = SIGNS.get(unicodedata.normalize("NFKC", text))
    if sign is None:
        wrong("comparator", "not_a_choice", text=text, choices="≥、≤、=、>、<")
    return sign or ">="


def _added(subject: str, row: TaskRow | IndicatorRow, after: str) -> Change:
    payload = {"row": to_plain(row), "after": after}
    return Change(action="add", subject=subject, after=row_words(row), payload=payload)


def _removed(subject: str, row: TaskRow | IndicatorRow, *, conflict: bool) -> Change:
    return Change(action="remove", subject=subject, key=row.key, before=row_words(row), conflict=conflict)


def _like_base(old: IndicatorRow, now: IndicatorRow) -> IndicatorRow:
    """`old` with what a table does not show taken from `now`."""
    for name in ("baseline_value", "baseline_year", "baseline_words"):
        setattr(old, name, getattr(now, name))
    return old
