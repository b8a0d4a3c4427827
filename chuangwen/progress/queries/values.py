"""One value with all its revisions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chuangwen.cores.series.kinds import RollUp
from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import IndicatorRow

from .. import access
from ..models import Entry, Value
from ..rules.states import Mode, Origin
from .cards import Line, shown
from .checking import rows_of
from .series import series


@dataclass(frozen=True)
class Revision:
    """What the indicator was said to be at one time; `amount` None is missing."""

    value: Value
    amount: Decimal | None


@dataclass(frozen=True)
class ValuePage:
    """`current` None while none counts: what brought it was returned."""

    value: Value
    row: IndicatorRow
    revisions: list[Revision]
    current: Value | None
    line: Line

    @property
    def is_computed(self) -> bool:
        return self.current is not None and self.current.origin == Origin.COMPUTED


def value_page(actor: Actor, value_id: int) -> ValuePage:
    """The value, the latest revision first. About 26 queries. Raises Hidden."""
    value = access.one_value(actor, value_id)
    following = access.following_of(actor, value.indicator.plan_id)
    row = rows_of(following)[value.indicator_id]
    found = list(
        Value.objects.filter(
            indicator=value.indicator_id,
            unit=value.unit_id,
            first_day=value.first_day,
            last_day=value.last_day,
        )
        .select_related("author", "item")
        .order_by("-revision")
    )
    current = next((one for one in found if one.current), None)
    return ValuePage(
        value=value,
        row=row,
        revisions=[
            Revision(one, shown(one.numerator, one.denominator, row.unit_of_measure)) for one in found
        ],
        current=current,
        line=_line(
            following.courses.filter(indicator=value.indicator_id).values_list("mode", flat=True).first(),
            row,
            current or value,
        ),
    )


def _line(mode: str | None, row: IndicatorRow, value: Value) -> Line:
    """The value as if it were about to be typed."""
    before = series([(value.indicator_id, value.unit_id)]).get((value.indicator_id, value.unit_id), [])
    earlier = [point for point in before if point.last_day < value.first_day and point.numerator is not None]
    entry = Entry(
        indicator=value.indicator,
        unit_id=value.unit_id,
        numerator=value.numerator,
        denominator=value.denominator,
        words=value.words,
        missing=value.missing,
        as_of=value.as_of,
        evidence_on=value.evidence_on,
    )
    return Line(
        entry=entry,
        row=row,
        last=earlier[-1] if earlier else None,
        value=value,
        judged=mode == Mode.JUDGED,
        of_sums=mode == Mode.AREAS and row.roll_up == RollUp.RATIO_OF_SUMS,
        remarks=[],
    )
