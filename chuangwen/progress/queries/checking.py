"""What looks wrong in what was typed, compared with what was known before."""

from __future__ import annotations

from chuangwen.cores.series.checks import Observation, warnings
from chuangwen.cores.series.kinds import Accrual
from chuangwen.plans.queries import Commitments

from ..models import Entry, ReportItem
from ..rules.amounts import value_of
from .series import series


def doubts(item: ReportItem) -> dict[Entry, list[str]]:
    """Codes of what is doubted in each entry of the item; [] where nothing is. Two queries beside the
    plan.
    """
    period = item.report.period
    rows = {one.id: one.row for one in Commitments(period.beat.following.plan_version).indicators}
    entries = list(item.entries.select_related("indicator"))
    known = series([(entry.indicator_id, entry.unit_id) for entry in entries], until=period.first_day)
    found = {}
    for entry in entries:
        row = rows[entry.indicator_id]
        history = [
            Observation(point.last_day, point.value(row.unit_of_measure), point.denominator)
            for point in known.get((entry.indicator_id, entry.unit_id), [])
            if point.last_day < period.first_day
        ]
        new = Observation(
            period.last_day,
            value_of(entry.numerator, entry.denominator, row.unit_of_measure),
            entry.denominator,
        )
        found[entry] = [one.code for one in warnings(row.unit_of_measure, Accrual(row.accrual), history, new)]
    return found
