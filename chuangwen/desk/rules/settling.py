"""When a to-do is due by what happened to it: asked, paused, resumed, given a later time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chuangwen.cores.worktime import Due, TimeUnit, WorkCalendar


@dataclass(frozen=True)
class Granted:
    """A delay granted `at`: an extension `until`, or (None) a pause that ended at `resumed_at`."""

    at: datetime
    until: datetime | None
    resumed_at: datetime | None


def settled(
    calendar: WorkCalendar,
    asked_at: datetime,
    allowance: int | None,
    unit: TimeUnit,
    delays: Iterable[Granted],
) -> Due | None:
    """The due time once more from the beginning.

    None where there is none, or where it is not known when a pause ended. Pauses that overlap are one, from
    the first to the common end.
    """
    granted = list(delays)
    if any(delay.until is None and delay.resumed_at is None for delay in granted):
        return None
    ends = {delay.resumed_at for delay in granted if delay.resumed_at}
    steps = [(delay.at, delay) for delay in granted] + [(end, None) for end in ends]
    due = None if allowance is None else calendar.due(asked_at, allowance, unit)
    paused_at: datetime | None = None
    for at, delay in sorted(steps, key=lambda step: step[0]):
        if delay is None:
            due, paused_at = _resumed(calendar, due, paused_at or at, at, unit), None
        elif delay.until is None:
            paused_at = paused_at or at
        else:
            due = Due(delay.until, False)
    return due


def _resumed(
    calendar: WorkCalendar, due: Due | None, paused_at: datetime, at: datetime, unit: TimeUnit
) -> Due | None:
    if due is None:
        return None
    later = calendar.resumed(due.at, paused_at, at, unit)
    return Due(later.at, due.provisional or later.provisional)
