"""What looks wrong in what is typed, compared with what was known before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from chuangwen.cores.series import checks
from chuangwen.cores.series.kinds import Accrual
from chuangwen.plans.queries import IndicatorRow, indicator_rows

from ..models import Following
from ..rules.amounts import MICRO, decimal, value_of
from ..rules.spans import without_overlaps
from .series import Point, series

Rows = Mapping[int, IndicatorRow]
Doubt = dict[str, object]  # code, and params: numbers and days as text, as they are stored


class Given(Protocol):
    """What was typed of an indicator for a unit, in millionths."""

    @property
    def indicator_id(self) -> int: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...


@dataclass(frozen=True)
class Typing:
    """What somebody is about to say."""

    indicator_id: int
    unit_id: int
    numerator: int | None
    denominator: int | None


def rows_of(following: Following) -> Rows:
    """The indicators of a plan that is followed, by id. Seven queries."""
    return indicator_rows(following.plan_version)


class Days(Protocol):
    """A period, or a value over one."""

    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...


def doubts(period: Days, given: Iterable[Given], rows: Rows) -> list[list[Doubt]]:
    """What is doubted of each that is given for the period, in their order; [] of one that is as expected.

    One query.
    """
    entries = list(given)
    known = series([(entry.indicator_id, entry.unit_id) for entry in entries])
    return [
        _doubts(period, entry, rows[entry.indicator_id], known.get((entry.indicator_id, entry.unit_id), []))
        for entry in entries
    ]


def _doubts(period: Days, entry: Given, row: IndicatorRow, points: Iterable[Point]) -> list[Doubt]:
    measure = row.unit_of_measure
    history = [
        checks.Entry(on=point.last_day, value=point.value(measure), denominator=_whole(point.denominator))
        for point in without_overlaps(points)
        if point.last_day < period.first_day or point.first_day > period.last_day
    ]
    new = checks.Entry(
        on=period.last_day,
        value=value_of(entry.numerator, entry.denominator, measure),
        denominator=_whole(entry.denominator),
    )
    return [
        {"code": one.code, "params": {name: _text(value) for name, value in one.params.items()}}
        for one in checks.warnings(measure, Accrual(row.accrual), history, new)
    ]


def _whole(millionths: int | None) -> Fraction | None:
    return None if millionths is None else Fraction(millionths, MICRO)


def _text(value: Fraction | date) -> str:
    return value.isoformat() if isinstance(value, date) else str(decimal(value))
