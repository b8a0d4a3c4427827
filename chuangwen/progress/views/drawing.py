"""What a chart shows, as plain data in the words of the page; ui/charts.ts draws it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext

from chuangwen.cores.series.forecasts import Forecast
from chuangwen.cores.series.paths import path
from chuangwen.kit import formats

from .. import light_words, queries
from ..rules.seen import Trace


def path_chart(judged: queries.Judged, traces: Sequence[Trace], today: date) -> dict[str, Any] | None:
    """The path, what was reached and the forecast; None where there is no number to draw."""
    corners = path(judged.course)
    known = [one for one in traces if one.reached is not None]
    if not judged.course.numbered or not (corners or known):
        return None
    return {
        "kind": "path",
        "unit": judged.promise.row.unit_of_measure,
        "from": judged.course.begins.isoformat(),
        "to": judged.course.close.isoformat(),
        "today": today.isoformat(),
        "path": [[day.isoformat(), float(value)] for day, value in corners],
        "reached": _lines(judged, traces),
        "forecast": _forecast(judged, known),
        "words": {
            "path": gettext("Planned path"),
            "reached": gettext("Reached"),
            "today": gettext("Today"),
            "forecast": gettext("At this pace %(amount)s") % {"amount": light_words.interval(judged)},
        },
    }


def _lines(judged: queries.Judged, traces: Sequence[Trace]) -> list[list[str | float | None]]:
    """What was reached; the line breaks where counting begins anew, and where nothing is known."""
    restarts = judged.course.yearly and judged.course.accrues
    spots: list[list[str | float | None]] = []
    for before, one in zip([None, *traces], traces, strict=False):
        if restarts and before and before.on.year != one.on.year:
            spots.append([date(one.on.year, 1, 1).isoformat(), None])
        spots.append([one.on.isoformat(), _number(one.reached)])
    return spots


def _forecast(judged: queries.Judged, known: Sequence[Trace]) -> dict[str, Any] | None:
    found = judged.forecast
    if not isinstance(found, Forecast) or not known:
        return None
    last = known[-1]
    return {
        "on": last.on.isoformat(),
        "at": _number(last.reached),
        "by": found.by.isoformat(),
        "value": float(found.value),
        "low": float(found.low),
        "high": float(found.high),
    }


def trend_chart(trend: queries.Trend) -> dict[str, Any]:
    """A unit's values beside the median and the quartiles of its peers."""
    peers = [point.peers for point in trend.points]
    return {
        "kind": "trend",
        "unit": trend.judged.promise.row.unit_of_measure,
        "days": [formats.month(point.last_day) for point in trend.points],
        "own": [_number(point.value) for point in trend.points],
        "low": [float(one.low) if one else None for one in peers],
        "median": [float(one.median) if one else None for one in peers],
        "high": [float(one.high) if one else None for one in peers],
        "words": {"own": gettext("This unit"), "median": gettext("Median of its peers")},
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
