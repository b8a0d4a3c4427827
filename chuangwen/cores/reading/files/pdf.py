"""A PDF as text: its pages' lines put back together into paragraphs, its ruled tables into rows.

Left out: running heads and feet and page numbers. A scan has no text layer to read and is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, zip_longest
from statistics import median
from threading import Lock
from typing import Any

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.pdf_page import Line, Printed, Table, joined, read_page
from chuangwen.cores.reading.files.rows import rows_of_cells
from chuangwen.cores.reading.files.wrapped import measure_of, paragraphs_of

MAX_PAGES = 1000
_FEW = 16  # characters of a page that is a picture, with a stamp or a number on it at most
_EDGE = 3  # lines at the top and at the bottom of a page that may be its head or foot
_MARGIN = 0.15  # of the height of a page
_PAGE_NUMBER = re.compile(r"[-—–·•\s第]*\d{1,4}[\s页]*(?:[/共]\s*\d{1,4}[\s页]*)?[-—–·•\s]*")

# PDFium keeps global state and is not safe to be called from two threads.
_one_at_a_time = Lock()


def decode_pdf(name: str, data: bytes) -> str:
    """Text of a PDF. Raises BadInput if it is a scan, locked, damaged, too long or garbled."""
    import pypdfium2 as pdfium

    with _one_at_a_time:
        try:
            document = pdfium.PdfDocument(data)
            try:
                pages = _pages(name, document)
            finally:
                document.close()
        except pdfium.PdfiumError as error:
            locked = error.err_code == pdfium.raw.FPDF_ERR_PASSWORD
            raise BadInput("reading.locked_pdf" if locked else "reading.broken_pdf", name=name) from error
    _refuse_scans(name, pages)
    _drop_running_lines(pages)
    return "\n".join(_text(pages))


def _pages(name: str, document: Any) -> list[Printed]:
    if len(document) > MAX_PAGES:
        raise BadInput("reading.too_many_pages", name=name, pages=len(document), limit=MAX_PAGES)
    pages = []
    for i in range(len(document)):
        page = document[i]
        pages.append(read_page(page))
        page.close()
    return pages


def _refuse_scans(name: str, pages: list[Printed]) -> None:
    characters = sum(page.characters for page in pages)
    if not characters and not any(page.pictures for page in pages):
        raise BadInput("reading.blank_file", name=name)
    if characters < _FEW * len(pages) and any(page.pictures for page in pages):
        raise BadInput("reading.scanned_pdf", name=name)
    if sum(page.unknown for page in pages) * 4 > characters:
        raise BadInput("reading.garbled_pdf", name=name)


def _drop_running_lines(pages: list[Printed]) -> None:
    """Take away the lines at the edges of the pages that come again and again, and page numbers."""
    at_edges = [_edge_lines(page) for page in pages]
    seen = Counter(
        key for edge in at_edges for key in {_running_key(line) for line in edge} if len(key[0]) > 1
    )
    often = max(2, (len(pages) + 2) // 3)
    for page, edge in zip(pages, at_edges, strict=True):
        running = [line for line in edge if _is_page_number(line, page) or seen[_running_key(line)] >= often]
        page.parts = [part for part in page.parts if not any(part is line for line in running)]


def _edge_lines(page: Printed) -> list[Line]:
    """The lines in the margins above and below the text."""
    edges = page.parts[:_EDGE] + page.parts[_EDGE:][-_EDGE:]
    return [
        part
        for part in edges
        if isinstance(part, Line) and not _MARGIN * page.height < part.top < (1 - _MARGIN) * page.height
    ]


def _running_key(line: Line) -> tuple[str, int]:
    """The same for a head or foot on each page: its words without figures, and about where it stands."""
    return re.sub(r"[\d\s]+", "", line.text), round(line.bottom / 8)


def _is_page_number(line: Line, page: Printed) -> bool:
    in_margin = line.top < 0.12 * page.height or line.bottom > 0.92 * page.height
    return in_margin and bool(_PAGE_NUMBER.fullmatch(line.text))


def _text(pages: list[Printed]) -> list[str]:
    """The lines of the document: paragraphs and table rows in their order."""
    lines = ([part for part in page.parts if isinstance(part, Line)] for page in pages)
    measure = measure_of(lines, median(page.width for page in pages))
    found: list[str] = []
    for is_table, parts in groupby(_flow(pages), key=lambda part: isinstance(part[1], Table)):
        if is_table:
            found += _rows([part for _, part in parts if isinstance(part, Table)])
        else:
            found += paragraphs_of([(page, part) for page, part in parts if isinstance(part, Line)], measure)
    return found


def _flow(pages: list[Printed]) -> Iterator[tuple[int, Line | Table]]:
    """All that is printed, each with the number of its page."""
    return ((number, part) for number, page in enumerate(pages) for part in page.parts)


def _rows(tables: list[Table]) -> list[str]:
    """The rows of tables with nothing between them; one that goes on over pages is made whole again."""
    rows: list[list[str]] = []
    for table in tables:
        more = [line.split("\t") for line in rows_of_cells(table.rows)]
        if rows and more and more[0] == rows[0]:
            del more[0]  # the head of the table, printed again
        if rows and more and _is_rest(more[0]) and table.rows[0][0].high == 1:
            rest = more.pop(0)
            rows[-1] = [joined(pair) for pair in zip_longest(rows[-1], rest, fillvalue="")]
        rows += more
    return ["\t".join(row) for row in rows]


def _is_rest(row: list[str]) -> bool:
    """Whether a row at the top of a page holds the ends of cells that began on the page before."""
    return not row[0] and not row[1].isdigit()
