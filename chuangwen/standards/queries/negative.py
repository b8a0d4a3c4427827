"""The negative list as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chuangwen.kit import formats
from chuangwen.orgs.actors import Actor

from .. import negative_access as access
from ..models import NegativeItem, NegativeOccurrence, NegativeReport
from ..rules.negative import counts_until, days_left

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class NegativeLine:
    """An item with what counts on the day. `days_left` 0: nothing counts; else until `until`."""

    item: NegativeItem
    counting: int
    days_left: int
    until: date | None


@dataclass(frozen=True)
class Occurrence:
    row: NegativeOccurrence
    until: date
    days_left: int


def negative_lines(actor: Actor, day: date) -> list[NegativeLine]:
    """Two queries for any number of items."""
    told: dict[int, list[date]] = defaultdict(list)
    rows = access.visible_occurrences(actor).filter(withdrawn_at=None).values_list("item", "happened_on")
    for item, happened_on in rows:
        told[item].append(happened_on)
    return [_line(one, told[one.pk], day) for one in access.visible_items(actor)]


def _line(item: NegativeItem, told: list[date], day: date) -> NegativeLine:
    left = {one: days_left(one, item.window_months, day) for one in told}
    counting = [one for one in told if left[one]]
    last = max(counting, default=None)
    until = counts_until(last, item.window_months) if last else None
    return NegativeLine(item, len(counting), left[last] if last else 0, until)


def occurrences_of(actor: Actor, item: NegativeItem, day: date) -> list[Occurrence]:
    """What happened, the latest first; what was withdrawn as well."""
    rows = access.visible_occurrences(actor).filter(item=item)
    return [
        Occurrence(
            one,
            counts_until(one.happened_on, item.window_months),
            0 if one.withdrawn_at else days_left(one.happened_on, item.window_months, day),
        )
        for one in rows
    ]


def reports(actor: Actor) -> list[NegativeReport]:
    """Monthly reports that the actor may see, the latest months first."""
    seen = access.visible_reports(actor)
    months = list(seen.order_by("-month").values_list("month", flat=True).distinct()[:MONTHS_SHOWN])
    return list(seen.filter(month__in=months).order_by("-month", "unit__path"))


def titles_of_reports(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Months of those reports that the actor may see, for the desk."""
    return {one.pk: formats.month(one.month) for one in access.visible_reports(actor).filter(pk__in=ids)}
