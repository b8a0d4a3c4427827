"""What looks wrong in what was typed, compared with what was known before."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from chuangwen.cores.series.checks import Entry as Given
from chuangwen.cores.series.checks import warnings
from chuangwen.cores.series.kinds import Accrual
from chuangwen.plans.queries import Commitments, IndicatorRow

from ..models import Entry, ReportItem
from ..rules.amounts import MICRO, value_of
from .series import series


def doubts(item: ReportItem) -> dict[Entry, list[str]]:
    """Codes of what is doubted in each entry of the item; [] where nothing is.

    Two queries beside the plan.
    """
    period = item.report.period
    rows = {one.id: one.row for one in Commitments(period.beat.following.plan_version).indicators}
    entries = list(item.entries.select_related("indicator"))
    known = series([(entry.indicator_id, entry.unit_id) for entry in entries])
    return {
        entry: [
            one.code
            for one in warnings(
                rows[entry.indicator_id].unit_of_measure,
                Accrual(rows[entry.indicator_id].accrual),
                [
                    _given(point.last_day, point.numerator, point.denominator, rows[entry.indicator_id])
                    for point in known.get((entry.indicator_id, entry.unit_id), [])
                ],
                _given(period.last_day, entry.numerator, entry.denominator, rows[entry.indicator_id]),
            )
        ]
        for entry in entries
    }


def _given(on: date, numerator: int | None, denominator: int | None, row: IndicatorRow) -> Given:
    part = None if denominator is None else Fraction(denominator, MICRO)
    return Given(on=on, value=value_of(numerator, denominator, row.unit_of_measure), denominator=part)
