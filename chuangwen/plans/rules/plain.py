"""Rows of content as what JSON can hold, and back. Values are strings of exact digits, places are lists."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from .content import AssignmentLine, IndicatorRow, MeasureLine, Place, TargetLine, TaskRow
from .measuring import fits, plain

VALUES = {"value", "upper", "baseline_value"}
INSIDE: dict[tuple[type[Any], str], type[Any]] = {
    (TaskRow, "measures"): MeasureLine,
    (TaskRow, "assignments"): AssignmentLine,
    (IndicatorRow, "targets"): TargetLine,
}
Kind = TypeVar("Kind")


def to_plain(row: Any) -> Any:
    """A row, or anything in one."""
    if is_dataclass(row):
        return {item.name: to_plain(getattr(row, item.name)) for item in fields(row)}
    if isinstance(row, Place):
        return list(row)
    if isinstance(row, (list, tuple)):
        return [to_plain(one) for one in row]
    return plain(row) if isinstance(row, Decimal) else row


def _exact(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not fits(value):
        raise ValueError(text)
    return value


def from_plain(kind: type[Kind], data: dict[str, Any]) -> Kind:
    """The row that `to_plain` wrote. Raises TypeError or ValueError for anything else."""
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name in VALUES and value is not None:
            value = _exact(value)
        elif name == "places":
            value = [Place(*place) for place in value]
        elif (kind, name) in INSIDE:
            value = [from_plain(INSIDE[kind, name], one) for one in value]
        values[name] = value
    return kind(**values)
