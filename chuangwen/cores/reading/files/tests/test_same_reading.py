"""The same document gives the same reading as a text, a web page, a Word file and a PDF."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from docx import Document

from chuangwen.cores.reading.files import decode
from chuangwen.cores.reading.files.tests.pdf_files import LEFT, RIGHT, SIZE, pdf, text
from chuangwen.cores.reading.read import read_text

DOCUMENTS = Path(__file__).parents[5] / "tests" / "data" / "documents"
NAMES = ["01_three_year_plan", "02_task_table", "08_county_cut_off", "12_stages_outline", "19_nested_outline"]


def blocks(document: str) -> list[list[str]]:
    """Its lines; those of one table together."""
    lines = [line.strip() for line in document.split("\n") if line.strip()]
    grouped = [(is_row, list(group)) for is_row, group in groupby(lines, key=lambda line: "\t" in line)]
    return [
        block for is_row, group in grouped for block in ([group] if is_row else [[line] for line in group])
    ]


def as_page(document: str) -> bytes:
    body = ""
    for block in blocks(document):
        if "\t" in block[0]:
            rows = (
                "".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row.split("\t")) for row in block
            )
            body += "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
        else:
            body += f"<p>{html.escape(block[0])}</p>"
    return f"<!DOCTYPE html><meta charset='utf-8'><div class='content'>{body}</div>".encode()


def as_word(document: str) -> bytes:
    word = Document()
    for block in blocks(document):
        rows = [line.split("\t") for line in block]
        if len(rows[0]) > 1:
            table = word.add_table(rows=0, cols=max(map(len, rows)))
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=False):
                    cell.text = words
        else:
            word.add_paragraph(block[0])
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def as_pdf(document: str) -> bytes:
    """Paragraphs with an indent on pages of 24 lines, each with its number at the foot."""
    lines: list[tuple[int, str]] = []
    for block in blocks(document):
        words, left = block[0], LEFT + 2 * SIZE
        while words:
            fits = (RIGHT - left) // SIZE
            lines.append((left, words[:fits]))
            words, left = words[fits:], LEFT
    pages = [lines[i : i + 24] for i in range(0, len(lines), 24)]
    drawn = ("".join(text(x, 740 - 28 * i, words) for i, (x, words) in enumerate(page)) for page in pages)
    return pdf(page + text(280, 30, f"—{number}—") for number, page in enumerate(drawn, 1))


def facts(document: str) -> tuple[object, ...]:
    reading = read_text(document)
    return (
        reading.heading.title,
        reading.heading.period,
        [program.title for program in reading.programs],
        [(task.title, [(unit.role, unit.name) for unit in task.assignments]) for task in reading.tasks],
        [
            (found.name, found.comparator, found.value, found.unit, found.deadline)
            for found in reading.indicators
        ],
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("extension", "made"), [("html", as_page), ("docx", as_word), ("pdf", as_pdf)])
def test_the_format_does_not_change_what_is_read(
    name: str, extension: str, made: Callable[[str], bytes]
) -> None:
    document = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    if extension == "pdf" and "\t" in document:
        document = "\n".join(line for line in document.split("\n") if "\t" not in line)
    source = decode(f"{name}.{extension}", made(document))
    assert source.format == extension
    assert facts(source.text) == facts(document)
