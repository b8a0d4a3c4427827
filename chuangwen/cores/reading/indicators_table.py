"""Rows of a table of indicators: name, unit, a column for each year (指标 | 单位 | 2020年 | 2025年)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chuangwen.cores.reading.model import Baseline, Indicator, Span
from chuangwen.cores.reading.quantities import Quantity, quantities
from chuangwen.cores.reading.view import View

_NAME = re.compile("指标|名称|项目|内容")
_UNIT = re.compile("^(?:计量)?单位$")
_YEAR = re.compile(r"(20\d\d)年?(?:底|末)?(?:目标|实际|现状|基期|规划|预期|完成)?(?:值|数)?$")
_BARS = "|│┃"
_UNIT_IN_NAME = re.compile(r"\(([^()\d]{1,12})\)$")
_LONGEST = 160


@dataclass(slots=True)
class Columns:
    """What the columns of a table hold; `base` is that of the earliest year, None if it has but one."""

    width: int
    name: int
    unit: int | None
    target: int
    year: str
    base: int | None
    base_year: str


def cells_of(view: View) -> list[View]:
    """The cells of a table row; [] if the stretch is none."""
    if not view or not (
        "\t" in view.source[view.at[0] : view.at[-1]] or any(bar in view.text for bar in _BARS)
    ):
        return []
    cells, begin = [], 0
    for i, char in enumerate(view.text):
        if char in _BARS:
            cells.append(view.part(begin, i))
            begin = i + 1
        elif i and "\t" in view.source[view.at[i - 1] + 1 : view.at[i]]:
            cells.append(view.part(begin, i))
            begin = i
    cells = [cell for cell in [*cells, view.part(begin, len(view))] if len(cell)]
    return cells if len(cells) > 2 else []


def columns_of(cells: Sequence[View]) -> Columns | None:
    """The columns that a header row names; None if it heads no table of indicators by year."""
    words = [cell.text for cell in cells]
    years = {k: match[1] for k, word in enumerate(words) if (match := _YEAR.match(word))}
    name = next((k for k, word in enumerate(words) if _NAME.search(word)), None)
    if not years or name is None:
        return None
    target = max(years, key=lambda k: years[k])
    first = min(years, key=lambda k: years[k])
    unit = next((k for k, word in enumerate(words) if _UNIT.match(word)), None)
    return Columns(
        len(cells), name, unit, target, years[target], first if first != target else None, years[first]
    )


def row_of(cells: Sequence[View], columns: Columns) -> Indicator | None:
    """The target that a row gives for the last year; None if its cell holds no number."""
    shift = columns.width - len(cells)  # a first cell merged with that of the row above
    if shift < 0 or columns.name < shift:
        return None
    name, value = cells[columns.name - shift], cells[columns.target - shift]
    unit = cells[columns.unit - shift].text if columns.unit is not None else ""
    if not unit and (inside := _UNIT_IN_NAME.search(name.text)):
        unit = inside[1]
    amount = _amount(value, unit)
    if amount is None:
        return None
    whole = Span(name.at[0], value.at[-1] + 1)
    exact = amount.value == 100 and amount.unit == "%"
    return Indicator(
        name=_UNIT_IN_NAME.sub("", name.text),
        kind="target",
        comparator=amount.comparator or ("=" if exact else ">="),
        value=amount.value,
        unit=amount.unit,
        span=whole if whole.end - whole.start <= _LONGEST else value.span(0, len(value)),
        value_span=value.span(0, len(value)),
        deadline=columns.year,
        baseline=_baseline(cells[columns.base - shift], unit, columns) if columns.base is not None else None,
    )


def _amount(cell: View, unit: str) -> Quantity | None:
    """The one number of a cell, in its own unit or that of the row."""
    words = cell.text.strip("[]")
    found = quantities(words if words.endswith(unit) else words + unit)
    if len(found) != 1 or re.search(r"[^\W\da-zA-Z]", words[: found[0].left]):
        return None
    found[0].unit = found[0].unit or unit
    return found[0]


def _baseline(cell: View, unit: str, columns: Columns) -> Baseline | None:
    amount = _amount(cell, unit)
    if amount is None:
        return None
    return Baseline(cell.text, cell.span(0, len(cell)), amount.value, amount.unit, int(columns.base_year))
