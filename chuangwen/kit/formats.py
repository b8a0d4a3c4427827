"""Numbers and dates for people, in the language of the page. Missing is a dash, never a zero."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language

MISSING = "—"
THIN = "\u202f"  # does not break: a number stays with its sign
PERCENT_LIKE = {"%", "‰", "％"}


def number(value: Decimal | int | None) -> str:
    """Thousands separated, decimals exact, stored zeros dropped: 45000 → 45,000; 38.750 → 38.75."""
    if value is None:
        return MISSING
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | int | None, unit: str) -> str:
    """`value` with its unit: a thin space before %, an unbreakable one before a word."""
    if value is None or not unit:
        return number(value)
    return f"{number(value)}{THIN if unit in PERCENT_LIKE else chr(0xA0)}{unit}"


def day(value: date | None) -> str:
    if value is None:
        return MISSING
    if _chinese():
        return f"{value.year} 年 {value.month} 月 {value.day} 日"
    return f"{value.day} {value:%B} {value.year}"


def month(value: date | None) -> str:
    """2021 年 6 月"""
    if value is None:
        return MISSING
    return f"{value.year} 年 {value.month} 月" if _chinese() else f"{value:%B} {value.year}"


def moment(value: datetime | None) -> str:
    """Day and minute in the city's time zone."""
    if value is None:
        return MISSING
    local = timezone.localtime(value)
    return f"{day(local)} {local:%H:%M}"


def deadline(value: str) -> str:
    """A deadline as plans keep it: 2023 → 2023 年底, 2023-06 → 2023 年 6 月底, "" → a dash."""
    if not value:
        return MISSING
    year, _, month = value.partition("-")
    if _chinese():
        return f"{year} 年 {int(month)} 月底" if month else f"{year} 年底"
    return f"end of {date(int(year), int(month), 1):%B} {year}" if month else f"end of {year}"


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
