"""Writing down what an indicator was: always a new revision, never a change of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chuangwen.orgs.actors import Actor

from ..models import ReportItem, Value
from ..rules.states import Origin


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
    warned: list[str] | None = None,
    inputs: list[list[str]] | None = None,
) -> Value:
    """A new revision, which counts from now on; the one before is kept."""
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
        as_of=typed.as_of or (last_day if typed.numerator is not None else None),
        evidence_on=typed.evidence_on,
        origin=origin,
        item=item,
        inputs=inputs,
        warned=warned or None,
        reason=reason or typed.why,
        author=actor.person,
        made_at=now,
    )
