"""Writing down what an indicator was: always a new revision, never a change of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from chuangwen.cores.series.kinds import RollUp
from chuangwen.orgs.actors import Actor

from ..models import Following, ReportItem, Value
from ..queries.checking import Doubt, Rows
from ..rules.filling import MOST_OF_ENTRY, Amount, checked_amount, checked_days, checked_words
from ..rules.states import Mode, Origin


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed for one indicator; both numbers None: missing, for the reason that `missing` gives."""

    numerator: int | None = None
    denominator: int | None = None
    words: str = ""
    missing: str = ""
    as_of: date | None = None
    evidence_on: date | None = None
    why: str = ""


def made_of_sums(following: Following, rows: Rows) -> set[int]:
    """Indicators whose city value is a share made from sums over areas."""
    shares = [id_ for id_, row in rows.items() if row.roll_up == RollUp.RATIO_OF_SUMS]
    by_areas = following.courses.filter(mode=Mode.AREAS, indicator__in=shares)
    return set(by_areas.values_list("indicator_id", flat=True))


def check_typed(key: str, typed: Typed, today: date, *, of_sums: bool) -> None:
    """What can be kept of the indicator `key`. Raises BadInput, whose `field` is the key."""
    checked_words(MOST_OF_ENTRY, {"words": typed.words, "missing": typed.missing, "why": typed.why})
    checked_amount(key, Amount(typed.numerator, typed.denominator), of_sums=of_sums)
    checked_days(key, (typed.as_of, typed.evidence_on), today)


def write_value(
    actor: Actor,
    *,
    indicator_id: int,
    unit_id: int,
    first_day: date,
    last_day: date,
    typed: Typed,
    now: datetime,
    item: ReportItem | None = None,
    origin: Origin = Origin.REPORTED,
    reason: str = "",
    warned: list[Doubt] | None = None,
    inputs: list[list[str]] | None = None,
) -> Value:
    """A new revision, which counts from now on; the one before is kept.

    Of a period that still runs the value is as of today, unless it says another day.
    """
    as_of = min(last_day, timezone.localdate(now)) if typed.numerator is not None else None
    of = Value.objects.filter(indicator=indicator_id, unit=unit_id, first_day=first_day, last_day=last_day)
    last = of.order_by("-revision").first()
    of.filter(current=True).update(current=False)
    return Value.objects.create(
        indicator_id=indicator_id,
        unit_id=unit_id,
        first_day=first_day,
        last_day=last_day,
        revision=last.revision + 1 if last else 1,
        numerator=typed.numerator,
        denominator=typed.denominator,
        words=typed.words,
        missing=typed.missing if typed.numerator is None else "",
        as_of=typed.as_of or as_of,
        evidence_on=typed.evidence_on,
        origin=origin,
        item=item,
        inputs=inputs,
        warned=warned or None,
        reason=reason or typed.why,
        author=actor.person,
        made_at=now,
    )
