"""A table that somebody keeps in a spreadsheet: found in an XLSX or CSV file, read as text, written as XLSX.

The file is not trusted: its size, what it unpacks to and how far its cells reach are looked at before any of
it is taken apart, and of a formula only the value counts that the spreadsheet program left there.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.parsers import expat

import xlsxwriter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.package import MAX_ENTRIES, refuse_bombs
from chuangwen.cores.reading.files.text import decode_text, unified

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 128 * 1024 * 1024
MOST_CELLS = 2_000_000  # of the rectangle that all cells of a sheet span
MOST_ROWS = 10_000
HEADER_WITHIN = 20  # rows in which the header is looked for
EXAMPLE = "示例"  # begins the first cell of a row that only shows how to fill in

_NOTE = re.compile(r"[(【\[].*?[)】\]]|[*:\s]")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    CalamineError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
)
_NOISE = re.compile("[\0-\x08\x0e-\x1f\x7f]")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Cells = dict[str, str]  # name of the column -> text


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How big a table may be; who reads tables of another size says so."""

    most_bytes: int = MOST_BYTES
    most_unpacked: int = MOST_UNPACKED
    most_cells: int = MOST_CELLS
    most_rows: int = MOST_ROWS


@dataclass(frozen=True)
class Column:
    """`title` stands in the header; so may any of `also`. A table without a `required` one is refused."""

    name: str
    title: str
    width: int = 14  # characters
    also: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """`number` counts as the spreadsheet program does; cells that say nothing are ""."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Table:
    """Rows that say something; the columns as the file calls them; titles of those that nobody asked for.

    `absent` are names of columns that the file does not have: their cells are "" as well. `sheet` is the name
    of the worksheet ("" of a CSV file), `letters` say where the columns stand in it.
    """

    rows: list[Row]
    columns: tuple[Column, ...]
    unread: tuple[str, ...]
    absent: tuple[str, ...]
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)

    def place(self, row: int, column: str) -> str:
        """Sheet and cell, as the spreadsheet program writes it: 测评体系!F37."""
        return place(self.sheet, self.letters, row, column)


def place(sheet: str, letters: Mapping[str, str], row: int, column: str) -> str:
    cell = f"{letters.get(column, '')}{row}"
    return f"{sheet}!{cell}" if sheet else cell


def read(
    name: str,
    data: bytes,
    columns: Sequence[Column],
    text: Callable[[object], str] | None = None,
    *,
    limits: Limits | None = None,
    header_lines: int = 1,
) -> Table:
    """The table with `columns`, in whatever order, below whatever title.

    `text` reads the cells below the header; None is `text_of`. With `header_lines` the titles of a header may
    be spread over so many lines: the lowest one that a column has counts.

    Raises BadInput: sheets.too_big, sheets.bomb, sheets.no_table (neither XLSX nor CSV), sheets.old_excel,
    sheets.too_wide, sheets.empty, sheets.columns (`missing`), sheets.too_many, sheets.no_rows.
    """
    limits = limits or Limits()
    if len(data) > limits.most_bytes:
        raise BadInput("sheets.too_big", name=name, limit_mb=limits.most_bytes // 1024 // 1024)
    missing: tuple[str, ...] = ()
    empty = True
    for grid in _grids(name, data, limits):
        empty = empty and not any(text_of(cell) for line in grid.lines for cell in line)
        heads, lacking = _header(grid, columns, header_lines)
        if heads is not None:
            return _table(name, grid, heads, columns, text or text_of, limits)
        missing = lacking if not missing or len(lacking) < len(missing) else missing
    if empty:
        raise BadInput("sheets.empty", name=name)
    raise BadInput("sheets.columns", name=name, missing="、".join(missing))


def opened(name: str, data: bytes, limits: Limits | None = None) -> CalamineWorkbook:
    """An XLSX file that would not fill the memory.

    Raises BadInput: sheets.no_table (no workbook, or damaged), sheets.bomb, sheets.too_wide.
    """
    try:
        _refuse_traps(name, data, limits or Limits())
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except _DAMAGE:
        raise BadInput("sheets.no_table", name=name) from None


def text_of(cell: object) -> str:
    """A cell as text: the digits of a number, a day as 2026-03-01, words with single spaces between them."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float | int):
        number = f"{Decimal(repr(cell)):f}"
        return number.rstrip("0").rstrip(".") if "." in number else number
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(_NOISE.sub("", str(cell)).split())


@dataclass
class _Grid:
    """Lines of cells; the first is row `top` of the sheet, its first cell column `left` (both from 0).

    `merged` are (line, column, lines covered). `title` is the name of the worksheet.
    """

    top: int
    lines: list[list[Any]]
    merged: list[tuple[int, int, int]]
    left: int = 0
    title: str = ""


@dataclass(frozen=True)
class _Heads:
    """`line` is the lowest of the header, `first` the highest."""

    first: int
    line: int
    at: dict[str, int]  # name of the column -> where it stands


def _grids(name: str, data: bytes, limits: Limits) -> Iterator[_Grid]:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _sheets(name, data, limits)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput("sheets.old_excel", name=name)
    else:
        yield _lines(name, data)


def _lines(name: str, data: bytes) -> _Grid:
    """Of a CSV file, in whatever encoding, with whatever stands between the fields."""
    try:
        text = unified(decode_text(name, data)[0])
        start = text[:4000]
        between = max(",\t;", key=start.count)
        return _Grid(0, [list(line) for line in csv.reader(io.StringIO(text), delimiter=between)], [])
    except (BadInput, csv.Error) as error:
        raise BadInput("sheets.no_table", name=name) from error


def _sheets(name: str, data: bytes, limits: Limits) -> Iterator[_Grid]:
    """Of each worksheet of an XLSX file that has cells."""
    book = opened(name, data, limits)
    try:
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            if sheet.start is not None:
                yield _grid(sheet, sheet.start, title)
    except _DAMAGE:
        raise BadInput("sheets.no_table", name=name) from None


def _grid(sheet: CalamineSheet, start: tuple[int, int], title: str) -> _Grid:
    merged = [
        (first[0] - start[0], first[1] - start[1], last[0] - first[0] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    ]
    return _Grid(start[0], sheet.to_python(skip_empty_area=True), merged, start[1], title)


def _refuse_traps(name: str, data: bytes, limits: Limits) -> None:
    """Before the workbook is opened: what would fill the memory. Raises BadInput, BadZipFile, ExpatError."""
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise BadInput("sheets.bomb", name=name)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        try:
            refuse_bombs(name, package, limits.most_unpacked)
        except BadInput as error:
            raise BadInput("sheets.bomb", name=name) from error
        for part in package.infolist():
            xml = package.read(part) if not part.flag_bits & 1 else b""
            if b"sheetData" in xml:
                rows, columns = _Reach().of(xml)
                if rows * columns > limits.most_cells:
                    raise BadInput("sheets.too_wide", name=name, rows=rows, columns=columns)


class _Reach:
    """How far the cells of a worksheet reach: the reader of workbooks lays out the whole rectangle, and a
    single cell in the last corner of a sheet would be more than any machine holds.
    """

    def __init__(self) -> None:
        self.row = self.column = 0  # of the cell that is being read, counted from 1
        self.first = [1 << 20, 1 << 14]
        self.last = [0, 0]

    def of(self, xml: bytes) -> tuple[int, int]:
        """Rows and columns between the outermost cells that hold something."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = self._refuse
        parser.Parse(xml, True)
        return max(self.last[0] - self.first[0] + 1, 0), max(self.last[1] - self.first[1] + 1, 0)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            case "c":
                self._cell(attributes.get("r"))
            case "v" | "is" | "f":
                self.first = [min(self.first[0], self.row), min(self.first[1], self.column)]
                self.last = [max(self.last[0], self.row), max(self.last[1], self.column)]

    def _cell(self, place: str | None) -> None:
        found = _CELL.fullmatch(place or "")
        if found is None:
            self.column += 1
            return
        letters, self.row, self.column = found[1], int(found[2]), 0
        for letter in letters:
            self.column = self.column * 26 + ord(letter) - ord("A") + 1

    def _refuse(self, *_doctype: object) -> None:
        raise ValueError("A worksheet declares nothing.")


def _header(
    grid: _Grid, columns: Sequence[Column], most_lines: int = 1
) -> tuple[_Heads | None, tuple[str, ...]]:
    """Where the header is; else the titles that are missing in the line that comes nearest to one."""
    names = {_head(title): column.name for column in columns for title in (column.title, *column.also)}
    nearest: tuple[str, ...] = tuple(column.title for column in columns if column.required)
    for y, line in enumerate(grid.lines[:HEADER_WITHIN]):
        for high in range(1, most_lines + 1):
            lines = grid.lines[y : y + high]
            at: dict[str, int] = {}
            for x in range(len(line)):
                if (name := names.get(_lowest(lines, x))) is not None:
                    at.setdefault(name, x)
            lacking = tuple(column.title for column in columns if column.required and column.name not in at)
            if not lacking and len(lines) == high:
                return _whole_header(grid, _Heads(y, y + high - 1, at), names, most_lines), ()
            nearest = lacking if len(lacking) < len(nearest) else nearest
    return None, nearest


def _whole_header(grid: _Grid, heads: _Heads, names: Mapping[str, str], most_lines: int) -> _Heads:
    """With the lines below that still belong to it: they name columns, several or nothing else."""
    while heads.line - heads.first + 1 < most_lines and heads.line + 1 < len(grid.lines):
        below = grid.lines[heads.line + 1]
        more = {names[title]: x for x, cell in enumerate(below) if (title := _head(cell)) in names}
        others = [cell for cell in below if (title := _head(cell)) and title not in names]
        if not more or (others and len(more) < 2):
            break
        at = {name: x for name, x in heads.at.items() if x not in more.values()}
        heads = _Heads(heads.first, heads.line + 1, at | more)
    return heads


def _lowest(lines: Sequence[Sequence[object]], x: int) -> str:
    """The lowest title that stands in column `x`."""
    titles = (_head(line[x]) for line in reversed(lines) if x < len(line))
    return next((title for title in titles if title), "")


def _head(cell: object) -> str:
    """A title without width, spaces, and notes such as (必填) or *."""
    return _NOTE.sub("", unicodedata.normalize("NFKC", text_of(cell)))


def _table(
    name: str,
    grid: _Grid,
    heads: _Heads,
    columns: Sequence[Column],
    text: Callable[[object], str],
    limits: Limits,
) -> Table:
    _fill_down(grid, heads.line)
    header = grid.lines[heads.first : heads.line + 1]
    title_of = {at: _lowest(header, at) for at in range(len(header[0]))}
    rows = []
    for y, line in enumerate(grid.lines[heads.line + 1 :], heads.line + 1):
        cells = {column.name: _at(line, heads.at.get(column.name), text) for column in columns}
        if not any(cells.values()) or cells[columns[0].name].startswith(EXAMPLE):
            continue
        if all(not cells[column] or _head(cells[column]) == title_of[x] for column, x in heads.at.items()):
            continue  # a printed table repeats its header on each page
        rows.append(Row(grid.top + y + 1, cells))
    if len(rows) > limits.most_rows:
        raise BadInput("sheets.too_many", name=name, count=len(rows), limit=limits.most_rows)
    if not rows:
        raise BadInput("sheets.no_rows", name=name)
    called = {name: title_of[at] for name, at in heads.at.items()}
    known = set(heads.at.values())
    return Table(
        rows,
        tuple(replace(column, title=called.get(column.name, column.title)) for column in columns),
        tuple(title for at, title in title_of.items() if title and at not in known),
        tuple(column.name for column in columns if column.name not in heads.at),
        grid.title,
        {name: letters(grid.left + at) for name, at in heads.at.items()},
    )


def letters(column: int) -> str:
    """What a spreadsheet program calls a column, counted from 0: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(ord("A") + letter) + name
        column -= 1
    return name


def _at(line: Sequence[object], at: int | None, text: Callable[[object], str]) -> str:
    return text(line[at]) if at is not None and at < len(line) else ""


def _fill_down(grid: _Grid, header: int) -> None:
    """What is merged downwards below the header stands in each row that it covers."""
    for top, column, high in grid.merged:
        if top > header and high > 1 and column < len(grid.lines[top]):
            for line in grid.lines[top + 1 : top + high]:
                line[column] = grid.lines[top][column]


def write(title: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook that `read` understands: title, note, header, rows of text; lists for choices."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the same each time
    style = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
    text = book.add_format({"font_name": "宋体", "font_size": 11, "num_format": "@"})
    cell = book.add_format({**style, "num_format": "@", "text_wrap": True})
    head = book.add_format({**style, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    sheet = book.add_worksheet(title[:31])
    last = len(columns) - 1
    heading = {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
    sheet.merge_range(0, 0, 0, last, title, book.add_format(heading))
    sheet.merge_range(1, 0, 1, last, note, book.add_format({"font_name": "宋体", "text_wrap": True}))
    sheet.set_row(0, 30)
    sheet.set_row(1, 15 * (1 + len(note) * 2 // sum(column.width for column in columns)))
    for x, column in enumerate(columns):
        sheet.set_column(x, x, column.width, text)
        sheet.write_string(2, x, column.title, head)
        if column.choices:
            sheet.data_validation(3, x, MOST_ROWS, x, {"validate": "list", "source": list(column.choices)})
    for y, row in enumerate(rows, 3):
        for x, words in enumerate(row):
            sheet.write_string(y, x, words, cell)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()
