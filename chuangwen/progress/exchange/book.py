"""A workbook to be printed on A4: a title, a line below it, a header that repeats, rows. No database."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from chuangwen.kit.formats import MISSING

Cell = str | Decimal | int | None
STYLE = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}


@dataclass(frozen=True)
class Column:
    title: str
    width: int  # characters
    number: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`frozen` columns on the left stay in view. A number that is missing is a dash, never a zero."""

    name: str
    title: str
    subtitle: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 0


def workbook(sheets: Sequence[Sheet]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    )
    book.set_properties({"title": sheets[0].title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the same each time
    formats = {
        "title": book.add_format(
            {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
        ),
        "subtitle": book.add_format({"font_name": "宋体", "font_size": 10, "align": "center"}),
        "header": book.add_format({**STYLE, "bold": True, "align": "center", "bg_color": "#F2F2F2"}),
        "text": book.add_format({**STYLE, "num_format": "@"}),
        "number": book.add_format({**STYLE, "align": "right", "num_format": "#,##0.######"}),
        "whole": book.add_format({**STYLE, "align": "right", "num_format": "#,##0"}),
        "missing": book.add_format({**STYLE, "align": "right", "num_format": "@"}),
    }
    for one in sheets:
        _write(book.add_worksheet(one.name), one, formats)
    book.close()
    return out.getvalue()


def _write(sheet: Any, one: Sheet, formats: dict[str, Any]) -> None:
    last = len(one.columns) - 1
    for y, (text, form) in enumerate([(one.title, "title"), (one.subtitle, "subtitle")]):
        if last:
            sheet.merge_range(y, 0, y, last, text, formats[form])
        else:
            sheet.write_string(y, 0, text, formats[form])
    sheet.set_row(0, 30)
    for x, column in enumerate(one.columns):
        sheet.set_column(x, x, column.width)
        sheet.write_string(2, x, column.title, formats["header"])
    sheet.set_row(2, 28)
    for y, row in enumerate(one.rows, 3):
        for x, (column, cell) in enumerate(zip(one.columns, row, strict=True)):
            _write_cell(sheet, y, x, column, cell, formats)
        sheet.set_row(y, _height(one.columns, row))
    sheet.freeze_panes(3, one.frozen)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, max(len(one.rows) + 2, 3), last)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _write_cell(sheet: Any, y: int, x: int, column: Column, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, str):
        sheet.write_string(y, x, cell, formats["text"])
    elif cell is None:
        sheet.write_string(y, x, MISSING if column.number else "", formats["missing"])
    else:
        whole = cell == int(cell)
        sheet.write_number(y, x, float(cell), formats["whole" if whole else "number"])


def _height(columns: Sequence[Column], row: Sequence[Cell]) -> float:
    """Points that the wrapped text of a row needs; spreadsheet programs do not work it out on opening."""
    lines = 1
    for column, cell in zip(columns, row, strict=True):
        wide = sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in str(cell or ""))
        lines = max(lines, -(-wide // (column.width - 1)))
    return 13.5 * lines + 4.5
