"""The burden meter: weeks, caps, and what stands outside a duty list.

The rules behind it: 《整治形式主义为基层减负若干规定》 (2024); 国办函〔2026〕12号.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chuangwen.cores.worktime import ZONE
from chuangwen.orgs.rules import UnitKind

WEEK = timedelta(days=7)
SHOWN_BEFORE = 12  # weeks that the page shows before the one it is about
NEAR_PCT = 80

# Kinds of units that a city may cap, the grass roots first. A city's own row holds what is asked of roles.
CAPPED = (
    UnitKind.COMMUNITY,
    UnitKind.VILLAGE,
    UnitKind.GRID,
    UnitKind.SUBDISTRICT,
    UnitKind.TOWN,
    UnitKind.DISTRICT,
    UnitKind.COUNTY,
    UnitKind.COUNTY_CITY,
    UnitKind.ZONE,
    UnitKind.BLOCK,
    UnitKind.DEPARTMENT,
    UnitKind.ENTERPRISE,
    UnitKind.WORK_GROUP,
)
WITH_DUTIES = (UnitKind.COMMUNITY, UnitKind.VILLAGE)


class Over(StrEnum):
    """Which cap an ask would pass."""

    ASKS = "asks"
    MINUTES = "minutes"


class Level(StrEnum):
    """How much of its cap a unit carries."""

    NONE = "none"  # no cap
    WITHIN = "within"
    NEAR = "near"
    FULL = "full"
    ABOVE = "above"


@dataclass(frozen=True)
class Limit:
    """What a unit may be asked in a week without approval; None: as much as anybody likes."""

    asks: int | None = None
    minutes: int | None = None

    def __bool__(self) -> bool:
        return self.asks is not None or self.minutes is not None


@dataclass(frozen=True)
class Load:
    """What a unit was asked in a week."""

    asks: int = 0
    minutes: int = 0
    photos: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(self.asks + other.asks, self.minutes + other.minutes, self.photos + other.photos)


# As long as a city sets nothing: three asks, and two hours.
SHIPPED = {UnitKind.COMMUNITY: Limit(3, 120), UnitKind.VILLAGE: Limit(3, 120)}


def over(limit: Limit, load: Load) -> Over | None:
    """Which cap `load` passes; asks come first. None: it stays within."""
    if limit.asks is not None and load.asks > limit.asks:
        return Over.ASKS
    if limit.minutes is not None and load.minutes > limit.minutes:
        return Over.MINUTES
    return None


def share_pct(limit: Limit, load: Load) -> int | None:
    """The fuller of the two caps in whole percent, halves up; None without a cap."""
    shares = [
        (200 * used + most) // (2 * most)
        for used, most in ((load.asks, limit.asks), (load.minutes, limit.minutes))
        if most
    ]
    return max(shares, default=None)


def level(limit: Limit, load: Load) -> Level:
    if not limit:
        return Level.NONE
    if over(limit, load):
        return Level.ABOVE
    if load.asks == limit.asks or load.minutes == limit.minutes:
        return Level.FULL
    return Level.NEAR if (share_pct(limit, load) or 0) >= NEAR_PCT else Level.WITHIN


def week_of(moment: datetime) -> date:
    """The Monday of its ISO week, by the city's calendar day."""
    day = moment.astimezone(ZONE).date()
    return day - timedelta(days=day.weekday())


def bounds(monday: date) -> tuple[datetime, datetime]:
    """From the first moment of the week to before the first of the next."""
    first = datetime.combine(monday, time(), ZONE)
    return first, datetime.combine(monday + WEEK, time(), ZONE)


def week_name(monday: date) -> str:
    """2026-W01, as ISO 8601 names it: the year is that of its Thursday."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def week_named(text: str) -> date | None:
    """The Monday of the week with this name; None for a name of no week."""
    year, _, week = text.partition("-W")
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None


def weeks_until(monday: date) -> list[date]:
    """The Mondays that the page shows, the oldest first; `monday` is the last."""
    return [monday - WEEK * number for number in range(SHOWN_BEFORE, -1, -1)]


def outside(kind: str, duty: str, kinds: Collection[str], duties: Sequence[str]) -> bool:
    """Whether it is on no duty list although there is one: neither its kind nor the duty that it names."""
    return bool(kinds or duties) and kind not in kinds and duty not in duties
