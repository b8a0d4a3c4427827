"""Values as they follow each other in time, for one indicator in one unit or many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from ..models import Course, Rollup, Value
from ..rules.amounts import value_of
from ..rules.filling import Amount
from ..rules.states import Mode


@dataclass(frozen=True, kw_only=True)
class Point:
    """What an indicator was over a period; `numerator` None is missing, for the reason `missing`.

    Of a city value made from areas, `have` of `expected` gave a number; None of a value that was given.
    """

    first_day: date
    last_day: date
    numerator: int | None
    denominator: int | None
    words: str = ""
    missing: str = ""
    as_of: date | None = None
    have: int | None = None
    expected: int | None = None
    value_id: int | None = None
    origin: str = ""

    @property
    def answered(self) -> bool:
        return self.numerator is not None or bool(self.words)

    def value(self, unit_of_measure: str) -> Fraction | None:
        return value_of(self.numerator, self.denominator, unit_of_measure)


Key = tuple[int, int]  # indicator, unit


def current_values(keys: Iterable[Key] | None = None, *, indicators: Collection[int] = ()) -> QuerySet[Value]:
    """Values that count: of the keys, or of all units of the indicators."""
    values = Value.objects.filter(current=True)
    if keys is None:
        return values.filter(indicator__in=indicators)
    wanted = list(keys)
    units = {unit for _indicator, unit in wanted}
    return values.filter(indicator__in={indicator for indicator, _unit in wanted}, unit__in=units)


def series(keys: Iterable[Key], *, until: date | None = None) -> dict[Key, list[Point]]:
    """Each key with its points, the earliest first. One query."""
    wanted = set(keys)
    values = current_values(wanted)
    if until is not None:
        values = values.filter(first_day__lte=until)
    found: dict[Key, list[Point]] = defaultdict(list)
    fields = (
        "pk",
        "indicator_id",
        "unit_id",
        "first_day",
        "last_day",
        "numerator",
        "denominator",
        "words",
        "missing",
        "as_of",
        "origin",
    )
    for (
        pk,
        indicator,
        unit,
        first,
        last,
        numerator,
        denominator,
        words,
        missing,
        as_of,
        origin,
    ) in values.order_by("last_day", "first_day").values_list(*fields):
        if (indicator, unit) in wanted:
            found[indicator, unit].append(
                Point(
                    first_day=first,
                    last_day=last,
                    numerator=numerator,
                    denominator=denominator,
                    words=words,
                    missing=missing,
                    as_of=as_of,
                    value_id=pk,
                    origin=origin,
                )
            )
    return dict(found)


def rolled_up_series(indicators: Collection[int], *, until: date | None = None) -> dict[int, list[Point]]:
    """City values that follow from what areas gave, by indicator. One query."""
    rows = Rollup.objects.filter(indicator__in=indicators)
    if until is not None:
        rows = rows.filter(first_day__lte=until)
    found: dict[int, list[Point]] = defaultdict(list)
    fields = ("indicator", "first_day", "last_day", "numerator", "denominator", "as_of", "have", "expected")
    for indicator, first, last, numerator, denominator, as_of, have, expected in rows.order_by(
        "last_day", "first_day"
    ).values_list(*fields):
        found[indicator].append(
            Point(
                first_day=first,
                last_day=last,
                numerator=numerator,
                denominator=denominator,
                as_of=as_of,
                have=have,
                expected=expected,
                origin="rolled_up",
            )
        )
    return dict(found)


def last_amounts(keys: Iterable[Key], *, before: date) -> dict[Key, tuple[Amount, date]]:
    """The last value of each key over a period that ended before the day, with that period's last day."""
    found = {}
    for key, points in series(keys, until=before).items():
        known = [
            point
            for point in points
            if point.last_day < before and (point.numerator is not None or point.words)
        ]
        if known:
            last = known[-1]
            found[key] = (Amount(last.numerator, last.denominator, last.words), last.last_day)
    return found


def city_points(
    indicator_id: int, city_id: int, spans: Collection[tuple[date, date]]
) -> dict[tuple[date, date], Point]:
    """The city's value over each period: rolled up where areas give their own, else given or computed, and
    whichever there is where the other lacks. Three queries.
    """
    by_areas = Course.objects.filter(indicator=indicator_id, mode=Mode.AREAS).exists()
    firsts = Q(first_day__in={first for first, _last in spans})
    rolled = {
        (row.first_day, row.last_day): Point(
            first_day=row.first_day,
            last_day=row.last_day,
            numerator=row.numerator,
            denominator=row.denominator,
            as_of=row.as_of,
            have=row.have,
            expected=row.expected,
        )
        for row in Rollup.objects.filter(firsts, indicator=indicator_id)
    }
    given = {}
    for value in Value.objects.filter(firsts, indicator=indicator_id, unit=city_id, current=True):
        given[value.first_day, value.last_day] = Point(
            first_day=value.first_day,
            last_day=value.last_day,
            numerator=value.numerator,
            denominator=value.denominator,
            words=value.words,
            missing=value.missing,
            as_of=value.as_of,
            value_id=value.pk,
            origin=value.origin,
        )
    return given | rolled if by_areas else rolled | given
