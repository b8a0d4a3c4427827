"""Working time: when something is due that is given in working hours, working days or natural days.

Public holidays and make-up working days of China come from `chinesecalendar`, which knows the notices of the
State Council up to some year. Beyond it weekends and fixed holidays count; what rests on them is provisional.
The first day counts from the day after (Civil Code, article 201); the last one ends when offices close (203).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import islice, pairwise
from typing import cast
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays

ZONE = ZoneInfo("Asia/Shanghai")
USUAL_HOURS = ((time(9), time(12)), (time(13, 30), time(17, 30)))
DAY = timedelta(days=1)
NOTHING = timedelta()


class TimeUnit(StrEnum):
    """In what an allowance is counted."""

    WORKING_HOURS = "working_hours"  # 工作时
    WORKING_DAYS = "working_days"  # 工作日
    NATURAL_DAYS = "natural_days"  # 自然日


@dataclass(frozen=True)
class Due:
    """`provisional`: a day on the way lies beyond the known calendar, so that `at` may still move."""

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Working hours of a day in order, and a city's own days: True is worked, False is free.

    Moments are aware; they are answered in `zone`. Raises ValueError for hours that are none.
    """

    hours: tuple[tuple[time, time], ...] = USUAL_HOURS
    days: Mapping[date, bool] = field(default_factory=dict)
    zone: ZoneInfo = ZONE

    def __post_init__(self) -> None:
        edges = [edge for stretch in self.hours for edge in stretch]
        if not edges or any(first >= second for first, second in pairwise(edges)):
            raise ValueError("Working hours are stretches in order that do not touch.")

    def is_worked(self, day: date) -> bool:
        own = self.days.get(day)
        return _is_worked(day)[0] if own is None else own

    def is_known(self, day: date) -> bool:
        """Whether the city or the State Council has said what the day is."""
        return day in self.days or _is_worked(day)[1]

    def due(self, start: datetime, allowance: int, unit: TimeUnit) -> Due:
        """When `allowance` from `start` is over. Raises ValueError for less than nothing."""
        if allowance < 0:
            raise ValueError("An allowance is never less than nothing.")
        start = start.astimezone(self.zone)
        if unit is TimeUnit.WORKING_HOURS:
            return self._dated(start, self._after(start, timedelta(hours=allowance)))
        step = self._worked_days if unit is TimeUnit.WORKING_DAYS else _days_after
        last = next(islice(step(start.date()), allowance - 1, None)) if allowance else start.date()
        return self._dated(start, max(start, self._close(last)), counted=unit is TimeUnit.WORKING_DAYS)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two moments; nothing if `end` is not later."""
        start, end = start.astimezone(self.zone), end.astimezone(self.zone)
        total = NOTHING
        for opens, closes in self._stretches(start.date()):
            if opens >= end:
                break
            total += max(min(closes, end) - max(opens, start), NOTHING)
        return total

    def resumed(self, due_at: datetime, paused_at: datetime, resumed_at: datetime, unit: TimeUnit) -> Due:
        """When it is due after a pause: what was left then is left now. What was overdue stays so."""
        due_at, paused_at = due_at.astimezone(self.zone), paused_at.astimezone(self.zone)
        resumed_at = resumed_at.astimezone(self.zone)
        if due_at <= paused_at:
            return self._dated(paused_at, due_at)
        if unit is TimeUnit.WORKING_HOURS:
            return self._dated(resumed_at, self._after(resumed_at, self.elapsed(paused_at, due_at)))
        paused = _span(paused_at.date() + DAY, resumed_at.date())
        if unit is TimeUnit.WORKING_DAYS:
            paused = (day for day in paused if self.is_worked(day))
        return self.due(due_at, sum(1 for _ in paused), unit)

    def _after(self, start: datetime, left: timedelta) -> datetime:
        if not left:
            return start
        for opens, closes in self._stretches(start.date()):
            here = max(closes - max(opens, start), NOTHING)
            if left <= here:
                return max(opens, start) + left
            left -= here
        raise AssertionError("Days do not end.")

    def _stretches(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        for day in _from(first):
            if self.is_worked(day):
                for opens, closes in self.hours:
                    yield self._moment(day, opens), self._moment(day, closes)

    def _worked_days(self, day: date) -> Iterator[date]:
        return (later for later in _days_after(day) if self.is_worked(later))

    def _close(self, day: date) -> datetime:
        return self._moment(day, self.hours[-1][1])

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone)

    def _dated(self, start: datetime, at: datetime, *, counted: bool = True) -> Due:
        unknown = any(not self.is_known(day) for day in _span(start.date(), at.date()))
        return Due(at, counted and unknown)


@cache
def _is_worked(day: date) -> tuple[bool, bool]:
    """Whether the day is worked in China, and whether that is known."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < 5 and day not in _fixed(day.year), False


@cache
def _fixed(year: int) -> Mapping[date, str]:
    return cast(Mapping[date, str], holidays.country_holidays("CN", years=year))


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def _days_after(day: date) -> Iterator[date]:
    return _from(day + DAY)


def _span(first: date, last: date) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))
