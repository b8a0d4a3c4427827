"""The negative list: months, and for how long something that happened counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

REPORT = "standards.negative_report"  # what the desk asks of an owner unit each month
REPORT_DAYS = 5  # working days after the month
REPORT_MINUTES = 5
MOST_MONTHS = 120


def add_months(day: date, months: int) -> date:
    """The same day of a later month; its last day where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_before(day: date) -> date:
    return add_months(month_of(day), -1)


def counts_until(happened_on: date, months: int) -> date:
    """The first day on which it counts no more."""
    return add_months(happened_on, months)


def days_left(happened_on: date, months: int, day: date) -> int:
    """Days for which it still counts on `day`; 0 where it counts no more."""
    if day < happened_on:
        return 0
    return max((counts_until(happened_on, months) - day).days, 0)


def holds_in(month: date, starts_on: date, ended_on: date | None) -> bool:
    """Whether an item holds on any day of the month."""
    return starts_on < add_months(month, 1) and (ended_on is None or ended_on > month)
