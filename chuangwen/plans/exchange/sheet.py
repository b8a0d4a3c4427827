"""The workbook of the task breakdown table: cells written with their set-up, cells read back. No database.

One row per indicator under its task (a task without indicators has one row). A hidden column pair holds the
stable keys; a hidden sheet holds the plan, the version and the rows as they were, so that an edited table
merges three ways.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from chuangwen.cores import sheets
from chuangwen.cores.errors import BadInput

from ..rules.measuring import plain

SCHEMA = "chuangwen.table/1"
BASE_SHEET = "_chuangwen"
MOST_BYTES = 20 * 1024 * 1024
HEADER_WITHIN = 10  # rows in which the header is looked for


@dataclass(frozen=True)
class Column:
    name: str  # of the field in a row
    title: str  # in the header
    width: int  # characters
    choices: tuple[str, ...] = ()
    of_task: bool = False


COLUMNS = (
    Column("program", "工程（行动）", 12, of_task=True),
    Column("number", "任务编号", 6, of_task=True),
    Column("task", "任务", 16, of_task=True),
    Column("leader", "牵头领导", 12, of_task=True),
    Column("lead", "牵头单位", 12, of_task=True),
    Column("responsible", "责任单位", 8, of_task=True),
    Column("member", "成员单位", 18, of_task=True),
    Column("name", "量化指标", 18),
    Column("comparator", "比较", 5, ("≥", "≤", "=", ">", "<")),
    Column("value", "目标值", 9),
    Column("unit", "计量单位", 7),
    Column("deadline", "完成时限", 9),
    Column("frequency", "频次", 5, ("每年",)),
    Column("strength", "力度", 5, ("确保", "力争")),
    Column("scope", "范围", 7),
    Column("words", "定性要求", 9),
    Column("quote", "原文", 24),
)
KEYS = (Column("task_key", "任务键", 8), Column("indicator_key", "指标键", 8))
BY_TITLE = {column.title: column for column in (*COLUMNS, *KEYS)}
EDITED = tuple(column.name for column in COLUMNS if column.name != "quote")
Cells = dict[str, str]  # field name -> text


@dataclass(frozen=True)
class Table:
    """A table that came in.

    `rows` are (number of the row in the sheet, cells); `base` the rows as they went out.
    """

    plan: int
    version: int
    base: list[Cells]
    rows: list[tuple[int, Cells]]


def write(title: str, subtitle: str, plan: int, version: int, rows: Sequence[Cells]) -> bytes:
    """The workbook, with a frozen header, to be printed on A4 landscape with the header on each page."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the same each time
    style = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    again = {**style, "font_color": "#A0A0A0", "text_wrap": False, "shrink": True}
    formats = {
        "title": book.add_format(
            {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
        ),
        "subtitle": book.add_format({"font_name": "宋体", "font_size": 10, "align": "center"}),
        "header": book.add_format({**style, "bold": True, "align": "center", "bg_color": "#F2F2F2"}),
        "text": book.add_format({**style, "num_format": "@"}),
        "again": book.add_format({**again, "num_format": "@"}),
        "number": book.add_format({**style, "align": "right"}),
    }
    sheet = book.add_worksheet("任务分解表")
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, title, formats["title"])
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, last, subtitle, formats["subtitle"])
    for x, column in enumerate((*COLUMNS, *KEYS)):
        hidden = {"hidden": True} if column in KEYS else {}
        sheet.set_column(x, x, column.width, formats["text"], hidden)
        sheet.write_string(2, x, column.title, formats["header"])
    sheet.set_row(2, 24)
    before: Cells = {}
    for y, row in enumerate(rows, 3):
        repeated = row["task_key"] == before.get("task_key")
        for x, column in enumerate((*COLUMNS, *KEYS)):
            _write_cell(sheet, y, x, column, row, formats, repeated)
        sheet.set_row(y, _height(row, repeated))
        before = row
    for x, column in enumerate(COLUMNS):
        if column.choices and rows:
            choices = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
            sheet.data_validation(3, x, len(rows) + 200, x, choices)
    sheet.freeze_panes(3, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, max(len(rows) + 2, 3), last)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    _write_base(book, plan, version, rows)
    book.close()
    return out.getvalue()


def read(name: str, data: bytes) -> Table:
    """The table in a workbook. Raises BadInput: no workbook, or not one that a plan gave out."""
    book = _opened(name, data)
    if BASE_SHEET not in book.sheet_names or len(book.sheet_names) < 2:
        raise BadInput("plans.table_foreign", name=name)
    lines = [[str(cell) for cell in row] for row in book.get_sheet_by_name(BASE_SHEET).to_python()]
    try:
        head = json.loads(lines[0][0])
        base = [json.loads("".join(line)) for line in lines[1:]]
    except (ValueError, IndexError, RecursionError):
        raise BadInput("plans.table_foreign", name=name) from None
    if not _given_out(head, base):
        raise BadInput("plans.table_foreign", name=name)
    first = next(title for title in book.sheet_names if title != BASE_SHEET)
    return Table(head["plan"], head["version"], base, _rows(name, book.get_sheet_by_name(first)))


def _given_out(head: Any, base: list[Any]) -> bool:
    """Whether the hidden sheet is as it was written: nobody edits it, but somebody may forge it."""
    fields = {column.name for column in (*COLUMNS, *KEYS)}
    return (
        isinstance(head, dict)
        and head.get("schema") == SCHEMA
        and all(isinstance(head.get(name), int) for name in ("plan", "version"))
        and all(isinstance(row, dict) and row.keys() >= fields for row in base)
        and all(isinstance(cell, str) for row in base for cell in row.values())
        and head.get("sha256") == digest(base)
    )


def digest(rows: Iterable[Cells]) -> str:
    """SHA-256 over the rows of a table."""
    return hashlib.sha256("\n".join(_line(row) for row in rows).encode()).hexdigest()


def _line(row: Cells) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _write_cell(
    sheet: Any, y: int, x: int, column: Column, row: Cells, formats: dict[str, Any], again: bool
) -> None:
    text = row[column.name]
    if column.name == "value" and text and _is_number(text):
        sheet.write_number(y, x, float(text), formats["number"])
    elif text:
        # A task's cells stand in each of its rows, so that these may be sorted; repeated ones are grey.
        sheet.write_string(y, x, text, formats["again" if again and column.of_task else "text"])
    else:
        sheet.write_blank(y, x, None, formats["text"])


def _height(row: Cells, repeated: bool) -> float:
    """Points that the wrapped text of a row needs; spreadsheet programs do not work it out on opening."""
    lines = 1
    for column in COLUMNS:
        if not (repeated and column.of_task):
            wide = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in row[column.name])
            lines = max(lines, -(-wide // (column.width - 1)))
    return 13.5 * lines + 4.5


def _write_base(book: Any, plan: int, version: int, rows: Sequence[Cells]) -> None:
    sheet = book.add_worksheet(BASE_SHEET)
    sheet.very_hidden()
    head = {"schema": SCHEMA, "plan": plan, "version": version, "sha256": digest(rows)}
    sheet.write_string(0, 0, json.dumps(head))
    for y, row in enumerate(rows, 1):
        line = _line(row)
        for x in range(0, len(line), 30_000):  # a cell holds 32,767 characters
            sheet.write_string(y, x // 30_000, line[x : x + 30_000])


def _opened(name: str, data: bytes) -> CalamineWorkbook:
    if len(data) > MOST_BYTES:
        raise BadInput("plans.table_too_big", name=name, limit_mb=MOST_BYTES // 1024 // 1024)
    try:
        return sheets.opened(name, data)
    except BadInput as refusal:
        if refusal.code == "sheets.no_table":
            raise BadInput("plans.table_unreadable", name=name) from None
        raise


def _rows(name: str, sheet: Any) -> list[tuple[int, Cells]]:
    """Cells by field, of the rows below the header that are not blank.

    Raises BadInput where a column is missing.
    """
    top = sheet.start[0] if sheet.start else 0
    lines = sheet.to_python(skip_empty_area=True)
    header = next((y for y, line in enumerate(lines[:HEADER_WITHIN]) if "任务" in map(_title, line)), None)
    if header is None:
        raise BadInput("plans.table_columns", name=name, missing="任务")
    at = {BY_TITLE[_title(cell)].name: x for x, cell in enumerate(lines[header]) if _title(cell) in BY_TITLE}
    missing = [
        column.title for column in (*COLUMNS, *KEYS) if column.name not in at and column.name != "quote"
    ]
    if missing:
        raise BadInput("plans.table_columns", name=name, missing="、".join(missing))
    found = []
    for y, line in enumerate(lines[header + 1 :], top + header + 2):
        cells = {field: cell_text(line[x]) for field, x in at.items()}
        if any(cells[field] for field in EDITED):
            found.append((y, cells))
    return found


def _title(cell: Any) -> str:
    return str(cell).strip().replace("\n", "")


def cell_text(cell: Any) -> str:
    """A cell as text: exact digits of a number, year and month of a day, what was typed, stripped."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return plain(Decimal(repr(cell)))
    if isinstance(cell, (date, datetime)):
        return f"{cell.year:04d}-{cell.month:02d}"
    return str(cell).strip()


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()
