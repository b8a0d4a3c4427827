"""What people call a period of a rhythm: 2021 年 6 月, 2021 年第 2 季度."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from chuangwen.kit import formats

from .rules.rhythm import Every


def title(every: str, first: date, last: date) -> str:
    """The name of the period from `first` to `last`, both counted."""
    match every:
        case Every.MONTH:
            return formats.month(first)
        case Every.QUARTER:
            words = gettext("Quarter %(number)s of %(year)s")
        case Every.HALF_YEAR if first.month == 1:
            words = gettext("First half of %(year)s")
        case Every.HALF_YEAR:
            words = gettext("Second half of %(year)s")
        case Every.YEAR:
            words = gettext("Year %(year)s")
        case Every.DAY:
            return formats.day(first)
        case _:
            words = gettext("%(first)s to %(last)s")
    number = (first.month + 2) // 3
    return words % {
        "number": number,
        "year": first.year,
        "first": formats.day(first),
        "last": formats.day(last),
    }
