"""The workbook of a list: cells written, cells read back. No database.

What goes out carries a hidden column with the numbers of the rows, and a hidden sheet with the list and the
rows as they were, so that an edited table merges three ways. A table that a city made itself is read as well:
its header is found by the titles of the columns.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from chuangwen.cores.errors import BadInput
from chuangwen.plans.rules.measuring import plain

from ..rules.cells import folded

SCHEMA = "chuangwen.list/1"
BASE_SHEET = "_chuangwen"
KEY, KEY_TITLE = "key", "编号（请勿改动）"
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 5_000
HEADER_WITHIN = 10  # rows in which the header is looked for
ROOM_BELOW = 200  # empty rows that offer the choices too
Cells = dict[str, str]  # name of the column -> text


@dataclass(frozen=True)
class Column:
    """`titles`: what it is called in a header, ours first."""

    name: str
    titles: tuple[str, ...]
    width: int
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.titles[0]


@dataclass(frozen=True)
class Stamp:
    """Which list a table was taken from: "register" or "projects", and its number."""

    kind: str
    number: int


@dataclass(frozen=True)
class Table:
    """A table that came in.

    `rows` are (number of the row in the sheet, cells); of a column that is not in the table there is no cell.
    `stamp` and `base` (cells by key, as they went out) are of a table taken from a list; None and {} of a
    city's own. `ignored` are titles that mean nothing here.
    """

    stamp: Stamp | None
    base: dict[str, Cells]
    rows: list[tuple[int, Cells]]
    ignored: list[str] = field(default_factory=list)


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
    sheet.set_column(last + 1, last + 1, 8, text, {"hidden": True})
    sheet.write_string(2, last + 1, KEY_TITLE, header)
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


def read(name: str, data: bytes, columns: Sequence[Column], needed: Collection[str]) -> Table:
    """The table in a workbook; one that was not taken from here needs the columns named by `needed`.

    Raises BadInput: no workbook, too big, a needed column missing, two columns of one title.
    """
    book = _opened(name, data)
    stamp, base = _base(book)
    first = next(title for title in book.sheet_names if title != BASE_SHEET)
    rows, ignored = _rows(name, book.get_sheet_by_name(first), columns, needed)
    return Table(stamp, base, rows, ignored)


def _opened(name: str, data: bytes) -> CalamineWorkbook:
    too_big = BadInput(
        "registers.table_too_big", name=name, limit_mb=MOST_BYTES // 1024 // 1024, rows=MOST_ROWS
    )
    if len(data) > MOST_BYTES:
        raise too_big
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise too_big
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        if any(title != BASE_SHEET for title in book.sheet_names):
            return book
    except (zipfile.BadZipFile, CalamineError, OSError, ValueError):
        pass
    raise BadInput("registers.table_unreadable", name=name)


def _base(book: CalamineWorkbook) -> tuple[Stamp | None, dict[str, Cells]]:
    """The hidden sheet, where it is as it was written; else the table counts as a city's own."""
    if BASE_SHEET not in book.sheet_names:
        return None, {}
    lines = [[str(cell) for cell in row] for row in book.get_sheet_by_name(BASE_SHEET).to_python()]
    try:
        head = json.loads(lines[0][0])
        rows = [json.loads("".join(line)) for line in lines[1:]]
        if head["schema"] != SCHEMA or head["sha256"] != _digest(rows):
            return None, {}
        return Stamp(str(head["kind"]), int(head["number"])), {row[KEY]: row for row in rows}
    except (ValueError, IndexError, KeyError, TypeError, RecursionError):
        return None, {}


def _rows(
    name: str, sheet: Any, columns: Sequence[Column], needed: Collection[str]
) -> tuple[list[tuple[int, Cells]], list[str]]:
    top = sheet.start[0] if sheet.start else 0
    lines = sheet.to_python(skip_empty_area=True)
    if len(lines) > MOST_ROWS:
        raise BadInput(
            "registers.table_too_big", name=name, limit_mb=MOST_BYTES // 1024 // 1024, rows=MOST_ROWS
        )
    known = {_title(title): column.name for column in columns for title in column.titles}
    known[_title(KEY_TITLE)] = KEY
    heads = [[known.get(_title(cell)) for cell in line] for line in lines[:HEADER_WITHIN]]
    header = max(range(len(heads)), key=lambda y: len(set(heads[y]) - {None}), default=None)
    found = heads[header] if header is not None else []
    titles = {column.name: column.title for column in columns}
    missing = [titles[one] for one in needed if one not in found]
    if header is None or missing:
        raise BadInput("registers.table_columns", name=name, missing="、".join(missing))
    twice = [titles.get(one, KEY_TITLE) for one in set(found) - {None} if found.count(one) > 1 and one]
    if twice:
        raise BadInput("registers.table_column_twice", name=name, column=twice[0])
    rows = []
    for y, line in enumerate(lines[header + 1 :], top + header + 2):
        cells = {one: cell_text(cell) for one, cell in zip(found, line, strict=True) if one}
        if any(text for one, text in cells.items() if one != KEY):
            rows.append((y, cells))
    titled = zip(found, lines[header], strict=True)
    return rows, [str(cell).strip() for one, cell in titled if one is None and str(cell).strip()]


def _title(cell: Any) -> str:
    """A title without spaces, line breaks and what tells brackets apart."""
    return re.sub(r"\s", "", folded(str(cell)))


def cell_text(cell: Any) -> str:
    """A cell as text: exact digits of a number, year, month and day of a date, what was typed, stripped."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return plain(Decimal(repr(cell)))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
