"""Deadlines as documents name them: a year (YYYY), a month of a year (YYYY-MM), or none ("")."""

from __future__ import annotations

import calendar
import re
from datetime import date

from chuangwen.cores.errors import BadInput

DEADLINE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


def year_and_month(deadline: str) -> tuple[int, int | None]:
    """Year, and month or None for the whole year. Raises BadInput for anything else, "" too."""
    match = DEADLINE.fullmatch(deadline)
    if match is None or match[1] == "0000":
        raise BadInput("plans.bad_deadline", deadline=deadline)
    return int(match[1]), int(match[2]) if match[2] else None


def checked_deadline(deadline: str) -> str:
    """The deadline itself, "" too. Raises BadInput."""
    if deadline:
        year_and_month(deadline)
    return deadline


def last_day(deadline: str) -> date | None:
    """The last day that is in time; None where no deadline is named."""
    if not deadline:
        return None
    year, month = year_and_month(deadline)
    month = month or 12
    return date(year, month, calendar.monthrange(year, month)[1])


def is_past(deadline: str, today: date) -> bool:
    day = last_day(deadline)
    return day is not None and day < today


def year_of(deadline: str) -> int | None:
    return year_and_month(deadline)[0] if deadline else None


def quarter_of(deadline: str) -> int | None:
    """1 to 4 where the deadline names a month, None for a whole year or no deadline."""
    month = year_and_month(deadline)[1] if deadline else None
    return (month + 2) // 3 if month else None
