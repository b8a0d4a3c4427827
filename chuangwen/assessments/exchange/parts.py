"""Part scores and adjustments as a table: one row each, every wrong cell by its row and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.utils.translation import gettext

from chuangwen.cores import sheets
from chuangwen.cores.errors import BadInput
from chuangwen.cores.sheets import Column
from chuangwen.kit.http import words_for
from chuangwen.orgs.queries import match_names
from chuangwen.standards.exchange.cells import METHOD_WORDS, word_of
from chuangwen.standards.queries import tree

from ..models import Round
from ..models.results import ADJUSTMENTS

KINDS = {"加分": "bonus", "扣分": "penalty"}
COLUMNS = [
    Column("unit", "单位", 22, ("被测评单位", "单位名称"), required=True),
    Column("what", "方式", 14, ("测评方式", "项目"), required=True),
    Column("standard", "标准编号", 12, ("标准",)),
    Column("score", "得分", 10, ("得分率", "分值"), required=True),
    Column("n", "样本量", 10, ("样本数",)),
    Column("se", "标准误", 10),
    Column("source", "来源或依据", 30, ("来源", "依据"), required=True),
]
Value = TypeVar("Value")


@dataclass(frozen=True)
class PartRow:
    """`kind` "": a part score of `method`; else an adjustment, with its grounds in `source`."""

    row: int
    round_unit_id: int
    unit: str
    method: str
    node: str
    nano: int
    n: int
    se_nano: int | None
    source: str
    kind: str = ""
    points_milli: int = 0


@dataclass(frozen=True)
class CellError:
    place: str
    column: str
    what: str


def template(found: Round) -> bytes:
    """An empty table with a row for each unit and each method that is not marked on points."""
    rows = [
        [unit.unit.name, word_of(METHOD_WORDS, method), "", "", "", "", ""]
        for unit in found.units.select_related("unit")
        for method, weight in found.method_weights.items()
        if weight and method not in {"field", "material"}
    ]
    note = gettext("Scores of part scores are per cent of full; those of 加分 and 扣分 are points.")
    return sheets.write(found.name, note, COLUMNS, rows)


def read(found: Round, name: str, data: bytes, today: date) -> list[PartRow]:
    """The rows. Raises BadInput as `sheets.read` does; assessments.table_errors with `errors`."""
    table = sheets.read(name, data, COLUMNS)
    names = match_names(found.jurisdiction, {row.cells["unit"] for row in table.rows}, today, suggest=False)
    units = {one.unit_id: one for one in found.units.select_related("unit")}
    standards = {}
    for node in tree(found.system_version_id).standards:
        standards[node.key] = standards[node.number] = node
    rows: list[PartRow] = []
    errors: list[CellError] = []
    seen: dict[tuple[int, str, str], int] = {}

    for row in table.rows:
        wrong = len(errors)

        def take(
            column: str,
            read_cell: Callable[[str], Value],
            number: int = row.number,
            cells: sheets.Cells = row.cells,
        ) -> Value | None:
            try:
                return read_cell(cells[column])
            except BadInput as error:
                title = next(one.title for one in COLUMNS if one.name == column)
                what = str(words_for(error).happened)
                errors.append(CellError(table.place(number, column), title, what))
                return None

        def unit_of(text: str) -> int:
            match = names.get(text)
            one = units.get(match.unit.pk) if match is not None and match.unit is not None else None
            if one is None:
                raise BadInput("assessments.cell_unit", text=text)
            return one.pk

        def what_of(text: str) -> tuple[str, str]:
            if text in KINDS:
                kind = KINDS[text]
                cap = found.bonus_cap_milli if kind == "bonus" else found.penalty_cap_milli
                if not cap:
                    raise BadInput("assessments.adjustment_no_cap", kind=str(ADJUSTMENTS[kind]))
                return kind, ""
            method = METHOD_WORDS.get(text)
            if method is None or not found.method_weights.get(method.value):
                raise BadInput("assessments.method_not_in_round", method=text)
            return "", method.value

        def standard_of(text: str) -> str:
            if not text:
                return ""
            node = standards.get(text)
            if node is None:
                raise BadInput("assessments.part_standard", node=text)
            return node.key

        unit = take("unit", unit_of)
        what = take("what", what_of)
        key = take("standard", standard_of) or ""
        kind, method = what or ("", "")
        score = take("score", _number)
        n = 0 if kind or what is None else take("n", _n)
        se = take("se", lambda text: _number(text) if text else None)
        source = take("source", _words)
        if len(errors) > wrong or unit is None or score is None:
            continue
        if not kind and (unit, method, key) in seen:
            place = table.place(row.number, "what")
            words = gettext("The same as in row %(row)s") % {"row": seen[unit, method, key]}
            errors.append(CellError(place, "方式", words))
            continue
        seen[unit, method, key] = row.number
        rows.append(
            PartRow(
                row=row.number,
                round_unit_id=unit,
                unit=row.cells["unit"],
                method=method,
                node=key,
                nano=0 if kind else int(score * 10**7),
                n=n or 0,
                se_nano=None if se is None else int(se * 10**7),
                source=source or "",
                kind=kind,
                points_milli=int(score * 1000) if kind else 0,
            )
        )
    if errors:
        raise BadInput("assessments.table_errors", errors=errors, count=len(errors))
    return rows


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text.rstrip("%％ ").replace(",", ""))
    except InvalidOperation:
        raise BadInput("assessments.cell_number", text=text) from None
    if not value.is_finite() or not 0 <= value <= 100:
        raise BadInput("assessments.cell_number", text=text)
    return value


def _n(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 < int(text[:9]) < 10**9:
        raise BadInput("assessments.part_needs_n")
    return int(text[:9])


def _words(text: str) -> str:
    if not text.strip() or len(text) > 200:
        raise BadInput("assessments.part_needs_source")
    return text.strip()
