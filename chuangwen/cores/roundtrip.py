"""A list as a workbook that comes back: cells written, cells read back, with what they were.

What goes out carries a hidden column with the numbers of the rows, and a hidden sheet with the list and the
rows as they were, so that an edited table merges three ways. A table that a city made itself is read as well.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from chuangwen.cores import sheets
from chuangwen.cores.sheets import Cells, Column

SCHEMA = "chuangwen.list/1"
BASE_SHEET = "_chuangwen"
KEY = "key"
KEY_COLUMN = Column(KEY, "系统编号（请勿改动）", 8)
ROOM_BELOW = 200  # empty rows that offer the choices too


@dataclass(frozen=True)
class Stamp:
    """Which list a table was taken from: its kind ("register", "projects", "points"), and its number."""

    kind: str
    number: int


@dataclass(frozen=True)
class Table:
    """A table that came in.

    `rows` are (number of the row in the sheet, cells); of a column that is not in the table there is no cell.
    `stamp` and `base` (cells by key, as they went out) are of a table taken from a list; None and {} of a
    city's own. `ignored` are titles that mean nothing here. `sheet` and `letters` say where the cells stand.
    """

    stamp: Stamp | None
    base: dict[str, Cells]
    rows: list[tuple[int, Cells]]
    ignored: list[str] = field(default_factory=list)
    sheet: str = ""
    letters: dict[str, str] = field(default_factory=dict)

    def place(self, row: int, column: str) -> str:
        """Sheet and cell: 点位!C12; the row alone where the table has no such column."""
        return sheets.place(self.sheet, self.letters, row, column)


def write(title: str, subtitle: str, columns: Sequence[Column], rows: Sequence[Cells], stamp: Stamp) -> bytes:
    """The workbook, with a frozen header, to be printed on A4 landscape with the header on each page."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the same each time
    style = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    head = {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
    below = book.add_format({"font_name": "宋体", "font_size": 10, "align": "center"})
    header = book.add_format({**style, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    text = book.add_format({**style, "num_format": "@"})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Sheet1")
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, title, book.add_format(head))
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, last, subtitle, below)
    for x, column in enumerate(columns):
        sheet.set_column(x, x, column.width, text)
        sheet.write_string(2, x, column.title, header)
        if column.choices:
            choices = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
            choices["error_type"] = "warning"
            sheet.data_validation(3, x, len(rows) + 2 + ROOM_BELOW, x, choices)
    sheet.set_column(last + 1, last + 1, KEY_COLUMN.width, text, {"hidden": True})
    sheet.write_string(2, last + 1, KEY_COLUMN.title, header)
    sheet.set_row(2, 30)
    for y, row in enumerate(rows, 3):
        for x, column in enumerate(columns):
            sheet.write_string(y, x, row[column.name], text) if row[column.name] else sheet.write_blank(
                y, x, None, text
            )
        sheet.write_string(y, last + 1, row[KEY], text)
        sheet.set_row(y, _height(row, columns))
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, max(len(rows) + 2, 3), last)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    _write_base(book, stamp, rows)
    book.close()
    return out.getvalue()


def _height(row: Cells, columns: Sequence[Column]) -> float:
    """Points that the wrapped text of a row needs; spreadsheet programs do not work it out on opening."""
    lines = 1
    for column in columns:
        wide = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in row[column.name])
        lines = max(lines, -(-wide // (column.width - 1)))
    return 13.5 * lines + 4.5


def _write_base(book: Any, stamp: Stamp, rows: Sequence[Cells]) -> None:
    sheet = book.add_worksheet(BASE_SHEET)
    sheet.very_hidden()
    head = {"schema": SCHEMA, "kind": stamp.kind, "number": stamp.number, "sha256": _digest(rows)}
    sheet.write_string(0, 0, json.dumps(head))
    for y, row in enumerate(rows, 1):
        line = _line(row)
        for x in range(0, len(line), 30_000):  # a cell holds 32,767 characters
            sheet.write_string(y, x // 30_000, line[x : x + 30_000])


def _digest(rows: Iterable[Cells]) -> str:
    return hashlib.sha256("\n".join(_line(row) for row in rows).encode()).hexdigest()


def _line(row: Cells) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def read(name: str, data: bytes, columns: Sequence[Column]) -> Table:
    """The table in a workbook or CSV file; a row that holds its hidden number alone says nothing.

    Raises BadInput as `cores.sheets.read` does.
    """
    found = sheets.read(name, data, [*columns, KEY_COLUMN], cell_text)
    stamp, base = _base(data)
    rows = [
        (row.number, {column: text for column, text in row.cells.items() if column not in found.absent})
        for row in found.rows
        if any(text for column, text in row.cells.items() if column != KEY)
    ]
    return Table(stamp, base, rows, list(found.unread), found.sheet, dict(found.letters))


def of_data(held: dict[str, Any]) -> Table:
    """From `dataclasses.asdict`, also where it went through JSON."""
    stamp = Stamp(**held["stamp"]) if held["stamp"] else None
    return Table(**{**held, "stamp": stamp, "rows": [(number, cells) for number, cells in held["rows"]]})


def _base(data: bytes) -> tuple[Stamp | None, dict[str, Cells]]:
    """The hidden sheet, where it is as it was written; else the table counts as a city's own."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        lines = [[str(cell) for cell in row] for row in book.get_sheet_by_name(BASE_SHEET).to_python()]
        head = json.loads(lines[0][0])
        rows = [json.loads("".join(line)) for line in lines[1:]]
        if head["schema"] != SCHEMA or head["sha256"] != _digest(rows):
            return None, {}
        return Stamp(str(head["kind"]), int(head["number"])), {row[KEY]: row for row in rows}
    except (CalamineError, OSError, ValueError, IndexError, KeyError, TypeError, RecursionError):
        return None, {}


def cell_text(cell: object) -> str:
    """A cell as text: exact digits of a number, a day as 2026-03-01, what was typed with its lines."""
    return cell.strip() if isinstance(cell, str) else sheets.text_of(cell)
