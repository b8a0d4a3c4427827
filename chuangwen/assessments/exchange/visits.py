"""Visits of a team as a table: a row for each item of each point, to be filled in and brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext

from chuangwen.cores import sheets
from chuangwen.cores.errors import BadInput
from chuangwen.cores.sheets import Column, Limits

from ..rules.answers import answer_from_text, answer_to_text, asked

if TYPE_CHECKING:
    from chuangwen.standards.rules.tree import ItemRow

    from ..models import Visit

LIMITS = Limits(most_rows=100_000)
MOST_ERRORS = 500
COLUMNS = (
    Column("visit", "走访编号", 9, required=True),
    Column("point", "点位", 24),
    Column("item", "项目标识", 9, required=True),
    Column("title", "测评内容", 36),
    Column("like", "填写示例", 22),
    Column("answer", "结果", 22, required=True),
    Column("note", "备注", 20),
    Column("visited_at", "走访时间", 16),
    Column("remark", "走访说明", 20),
)


@dataclass(frozen=True)
class CellError:
    """`place` is sheet and cell (走访!F7); `error` says why."""

    place: str
    error: BadInput


@dataclass
class Filled:
    """What a table says of one visit: answers as JSON and notes by item key."""

    visit_id: int
    visited_at: datetime | None = None
    remark: str = ""
    answers: dict[str, tuple[dict[str, object], str]] = field(default_factory=dict)


def write(title: str, visits: Sequence[Visit], items: Mapping[int, Sequence[ItemRow]]) -> bytes:
    """`visits` with point and marks read; `items` by visit."""
    rows = [row for one in visits for row in _rows(one, items[one.pk])]
    note = gettext("One row for each item. Photos are added on the page of the visit.")
    return sheets.write(title, note, COLUMNS, rows)


def _rows(visit: Visit, items: Iterable[ItemRow]) -> Iterable[list[str]]:
    marks = {one.item: one for one in visit.marks.all()}
    when = timezone.localtime(visit.visited_at).strftime("%Y-%m-%d %H:%M") if visit.visited_at else ""
    for at, item in enumerate(items):
        mark = marks.get(item.key)
        answer = answer_to_text(item.marking, mark.data) if mark and mark.data else ""
        first = at == 0
        yield [
            str(visit.pk),
            f"{visit.point.number} {visit.point.name}",
            item.key,
            f"{item.number} {item.title}",
            asked(item.marking),
            answer,
            mark.note if mark else "",
            when if first else "",
            visit.remark if first else "",
        ]


def read(
    name: str, data: bytes, visits: Mapping[int, Sequence[ItemRow]]
) -> tuple[list[Filled], list[CellError]]:
    """What the table says of `visits` (id → items of its point); rows without an answer say nothing.

    Raises BadInput as `cores.sheets.read`. What is wrong in cells is named, at most MOST_ERRORS places.
    """
    table = sheets.read(name, data, COLUMNS, _text, limits=LIMITS)
    found: dict[int, Filled] = {}
    errors: list[CellError] = []

    def wrong(row: int, column: str, error: BadInput) -> None:
        errors.append(CellError(table.place(row, column), error))

    for row in table.rows:
        cells = row.cells
        text = cells["visit"].strip()
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
        if number not in visits:
            wrong(row.number, "visit", BadInput("assessments.row_visit", text=text))
            continue
        filled = found.setdefault(number, Filled(number))
        item = next((one for one in visits[number] if one.key == cells["item"].strip()), None)
        if item is None:
            wrong(row.number, "item", BadInput("assessments.row_item", text=cells["item"]))
            continue
        if item.key in filled.answers:
            wrong(row.number, "item", BadInput("assessments.row_twice", text=item.key))
            continue
        if cells["answer"].strip():
            try:
                answer = answer_from_text(item.marking, cells["answer"])
                filled.answers[item.key] = answer, cells["note"].strip()[:500]
            except BadInput as error:
                wrong(row.number, "answer", error)
        if cells["visited_at"].strip():
            try:
                filled.visited_at = moment(cells["visited_at"])
            except BadInput as error:
                wrong(row.number, "visited_at", error)
        filled.remark = cells["remark"].strip()[:500] or filled.remark
    return [one for one in found.values() if one.answers], errors


def moment(text: str) -> datetime:
    """A minute of the city's time. Raises BadInput."""
    plain = text.strip().replace("/", "-").replace("T", " ")
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return timezone.make_aware(datetime.strptime(plain, form))  # noqa: DTZ007 - made aware here
        except ValueError:
            continue
    raise BadInput("assessments.row_moment", text=text)


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return sheets.text_of(cell)
