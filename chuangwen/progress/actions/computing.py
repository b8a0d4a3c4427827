"""What follows from values: the city's from its areas', a plan's from the plans below it, formulas.

Each step reads and writes in the database; running any of it twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from django.db import connection, transaction
from django.utils import timezone

from chuangwen.cores.errors import BadInput
from chuangwen.cores.formulas import (
    Expression,
    Input,
    Missing,
    Outcome,
    Reference,
    evaluate,
    order,
    parse,
    references,
)
from chuangwen.cores.formulas import Period as When
from chuangwen.cores.series.kinds import RollUp
from chuangwen.kit import sources
from chuangwen.orgs.actors import system_actor
from chuangwen.plans.queries import Commitments, IndicatorPromise, TargetLine, target_day

from ..models import Course, Following, ReportItem, Rollup, Value
from ..queries.series import Point, city_points
from ..queries.stages import stages_of
from ..rules.amounts import MICRO, MOST, RATES, rounded, value_of
from ..rules.rhythm import MONTHS, Asks, Every, period_of, periods
from ..rules.states import Mode, Origin
from .values import Typed, write_value

SYSTEM = system_actor("progress", via="job")
Touched = tuple[int, date, date]  # indicator, first and last day


def _sum(number: str) -> str:
    """The sum of whole numbers that may each be as large as is kept: taken in two parts, since together they
    may be more than 64 bits hold; then there is no sum.
    """
    whole = f"SUM({number} / {MICRO})"
    return f"CASE WHEN ABS({whole}) < {MOST} THEN {whole} * {MICRO} + SUM({number} %% {MICRO}) END"


ROLL_UP = """
INSERT INTO progress_rollup (indicator_id, first_day, last_day, numerator, denominator, have, expected, as_of)
SELECT v.indicator_id, v.first_day, v.last_day, {numerator}, {denominator}, {have},
       (SELECT COUNT(*) FROM progress_course_areas x WHERE x.course_id = c.id), MIN(v.as_of)
FROM progress_value v
JOIN progress_course c ON c.indicator_id = v.indicator_id
JOIN progress_course_areas a ON a.course_id = c.id AND a.unit_id = v.unit_id
WHERE v.current AND v.indicator_id IN ({indicators}) {period}
GROUP BY c.id, v.indicator_id, v.first_day, v.last_day
"""
_BOTH = "v.numerator IS NOT NULL AND v.denominator IS NOT NULL AND v.denominator <> 0"
HOW = {
    RollUp.SUM: (_sum("v.numerator"), "NULL", "COUNT(v.numerator)"),
    RollUp.RATIO_OF_SUMS: (
        _sum(f"(CASE WHEN {_BOTH} THEN v.numerator END)"),
        _sum(f"(CASE WHEN {_BOTH} THEN v.denominator END)"),
        f"COUNT(CASE WHEN {_BOTH} THEN 1 END)",
    ),
}
WORST = """
INSERT INTO progress_rollup (indicator_id, first_day, last_day, numerator, denominator, have, expected, as_of)
SELECT indicator_id, first_day, last_day, numerator, denominator, have, expected, as_of FROM (
    SELECT v.indicator_id, v.first_day, v.last_day, v.numerator, v.denominator,
           COUNT(v.numerator) OVER w AS have, MIN(v.as_of) OVER w AS as_of,
           (SELECT COUNT(*) FROM progress_course_areas x WHERE x.course_id = c.id) AS expected,
           ROW_NUMBER() OVER (
               PARTITION BY v.indicator_id, v.first_day, v.last_day
               ORDER BY CASE WHEN v.numerator IS NULL THEN 1 ELSE 0 END,
                        v.numerator * 1.0 / COALESCE(NULLIF(v.denominator, 0), 1) {direction}, v.unit_id
           ) AS place
    FROM progress_value v
    JOIN progress_course c ON c.indicator_id = v.indicator_id
    JOIN progress_course_areas a ON a.course_id = c.id AND a.unit_id = v.unit_id
    WHERE v.current AND v.indicator_id IN ({indicators}) {period}
    WINDOW w AS (PARTITION BY v.indicator_id, v.first_day, v.last_day)
) ranked WHERE place = 1
"""


REACHES = {">=": ge, ">": gt, "=": eq, "<=": le, "<": lt}


@transaction.atomic
def recompute(following: Following, *, now: datetime) -> None:
    """Everything of a plan that follows from something else, over all its periods."""
    promises = Commitments(following.plan_version)
    roll_up(promises, _by_areas(following))
    _compute_formulas(following, promises, _spans(following, promises, now), now)
    above: set[Touched] = set()
    for course in following.courses.filter(parent__isnull=False).select_related("following__plan"):
        above |= _copy_up(course, None, now)
    recompute_after(above, now=now)


def recompute_after(touched: Iterable[Touched], *, now: datetime) -> None:
    """What follows from these values, and from what follows from them: also in later periods, whose formulas
    read the period before or the year before.
    """
    left = set(touched)
    while left:
        following, mine = _of_one_plan(left)
        left -= mine
        if following is None:
            continue
        promises = Commitments(following.plan_version)
        spans = {(first, last) for _indicator, first, last in mine}
        for span in sorted(spans):
            indicators = {indicator for indicator, first, last in mine if (first, last) == span}
            roll_up(promises, set(_by_areas(following)) & indicators, span)
        read = spans | _readers(following, promises, spans, now)
        left |= _compute_formulas(following, promises, sorted(read), now) - mine
        for course in following.courses.filter(parent__isnull=False).select_related("following__plan"):
            left |= _copy_up(course, spans, now)


def recompute_open(*, now: datetime) -> None:
    """Formulas of every plan over the periods that are still open: a new one has begun, or time has passed
    by what a source counts.
    """
    computed = Course.objects.exclude(formula="").values("following")
    for following in Following.objects.filter(pk__in=computed).select_related("plan", "plan_version"):
        promises = Commitments(following.plan_version)
        spans = _open(following, _spans(following, promises, now), now)
        recompute_after(_compute_formulas(following, promises, spans, now), now=now)


def recompute_items(items: Iterable[ReportItem], now: datetime) -> None:
    """What follows from the values that these items of a report brought, or bring no more."""
    touched = [
        (entry.indicator_id, item.report.period.first_day, item.report.period.last_day)
        for item in items
        for entry in item.entries.all()
    ]
    recompute_after(touched, now=now)


def recompute_sources(code: str, subject: int, *, now: datetime) -> None:
    """Formulas that read the source, over the periods that are still open."""
    for following in Following.objects.select_related("plan__jurisdiction", "plan_version"):
        formulas = _formulas(following)
        reads = any(
            reference.name == code and reference.subject in (None, subject)
            for formula in formulas.values()
            for reference in references(formula)
        )
        if reads:
            promises = Commitments(following.plan_version)
            spans = _open(following, _spans(following, promises, now), now)
            recompute_after(_compute_formulas(following, promises, spans, now), now=now)


def roll_up(
    promises: Commitments, indicators: Collection[int], span: tuple[date, date] | None = None
) -> None:
    """Make the city's values of the indicators anew, over one period or over all."""
    kinds: dict[tuple[RollUp, bool], list[int]] = {}
    for one in promises.indicators:
        if one.id in indicators:
            falls = any(target.comparator in {"<=", "<"} for target in one.row.targets)
            kinds.setdefault((RollUp(one.row.roll_up), falls), []).append(one.id)
    stale = Rollup.objects.filter(indicator__in=indicators)
    if span is not None:
        stale = stale.filter(first_day=span[0], last_day=span[1])
    stale.delete()
    for (kind, falls), members in kinds.items():
        if kind == RollUp.COUNT_REACHING:
            _count_reaching([one for one in promises.indicators if one.id in members], promises.ends, span)
        else:
            _roll_up(kind, falls, members, span)


def _roll_up(kind: RollUp, falls: bool, indicators: Sequence[int], span: tuple[date, date] | None) -> None:
    marks = ", ".join(["%s"] * len(indicators))
    period = "AND v.first_day = %s AND v.last_day = %s" if span else ""
    days = [connection.ops.adapt_datefield_value(day) for day in span or ()]
    if kind == RollUp.WORST:
        text = WORST.format(indicators=marks, period=period, direction="DESC" if falls else "ASC")
    elif kind in HOW:
        numerator, denominator, have = HOW[kind]
        text = ROLL_UP.format(
            numerator=numerator, denominator=denominator, have=have, indicators=marks, period=period
        )
    else:
        return
    with connection.cursor() as cursor:
        cursor.execute(text, [*indicators, *days])


def _count_reaching(chosen: Iterable[IndicatorPromise], ends: date, span: tuple[date, date] | None) -> None:
    """How many areas reach what is asked of each; a share of those known where the indicator is one.

    An area has a target of its own; where it has none, that of the city holds for it if it is a rate. An area
    of which nothing is asked cannot reach it, and counts as one that gave nothing.
    """
    rows = []
    for one in chosen:
        measure = one.row.unit_of_measure
        links = Course.areas.through.objects.filter(course__indicator=one.id)
        areas = set(links.values_list("unit", flat=True))
        values = Value.objects.filter(indicator=one.id, unit__in=areas, current=True)
        if span is not None:
            values = values.filter(first_day=span[0], last_day=span[1])
        found: dict[tuple[date, date], list[tuple[bool, date | None]]] = defaultdict(list)
        for value in values:
            asked = _asked_of(one.row.targets, value.unit_id, value.last_day, ends, rate=measure in RATES)
            given = value_of(value.numerator, value.denominator, measure)
            if asked and asked.value is not None and given is not None:
                reaches = REACHES[asked.comparator](given, Fraction(asked.value))
                found[value.first_day, value.last_day].append((reaches, value.as_of))
        rows += [
            Rollup(
                indicator_id=one.id,
                first_day=first,
                last_day=last,
                numerator=sum(reaches for reaches, _day in each) * MICRO,
                denominator=len(each) * MICRO if measure in RATES else None,
                have=len(each),
                expected=len(areas),
                as_of=min((day for _reaches, day in each if day), default=None),
            )
            for (first, last), each in found.items()
        ]
    Rollup.objects.bulk_create(rows)


def _asked_of(
    targets: Iterable[TargetLine], unit: int, day: date, ends: date, *, rate: bool
) -> TargetLine | None:
    """The target of the unit that is in force on the day: the next one due, else the last."""
    lines = [line for line in targets if line.value is not None and line.comparator in REACHES]
    own = [line for line in lines if line.unit == unit]
    own = own or [line for line in lines if line.unit is None and rate]
    own.sort(key=lambda line: target_day(line.deadline) or ends)
    due = [line for line in own if (target_day(line.deadline) or ends) >= day]
    return next(iter(due or own[-1:]), None)


def _by_areas(following: Following) -> list[int]:
    return list(following.courses.filter(mode=Mode.AREAS).values_list("indicator_id", flat=True))


def _of_one_plan(touched: set[Touched]) -> tuple[Following | None, set[Touched]]:
    """One of the plans that the values belong to, with those that do."""
    indicator = next(iter(touched))[0]
    following = (
        Following.objects.filter(plan__indicators=indicator)
        .select_related("plan__jurisdiction", "plan_version")
        .first()
    )
    if following is None:
        return None, {one for one in touched if one[0] == indicator}
    own = set(following.courses.values_list("indicator_id", flat=True))
    return following, {one for one in touched if one[0] in own or one[0] == indicator}


def _copy_up(course: Course, spans: Collection[tuple[date, date]] | None, now: datetime) -> set[Touched]:
    """What a plan below gives is the value of its area in the plan above: one value, so that it counts
    once.
    """
    city = course.following.plan.jurisdiction_id
    if course.parent_id is None:
        return set()
    if spans is None:
        spans = set(
            Value.objects.filter(indicator=course.indicator_id, current=True).values_list(
                "first_day", "last_day"
            )
        )
    written = set()
    for (first, last), point in city_points(course.indicator_id, city, spans).items():
        outcome = _Result(point.numerator, point.denominator, point.missing, point.as_of, [])
        if (first, last) in spans and _write(course.parent_id, city, (first, last), outcome, now):
            written.add((course.parent_id, first, last))
    return written


@dataclass(frozen=True)
class _Result:
    """What is stored of a computed value, in millionths; None is missing, for the reason `missing`."""

    numerator: int | None
    denominator: int | None
    missing: str
    as_of: date | None
    inputs: list[list[str]]


def _write(indicator: int, unit: int, span: tuple[date, date], new: _Result, now: datetime) -> bool:
    """A new revision if it differs from the one that counts; whether it did."""
    old = Value.objects.filter(
        indicator=indicator, unit=unit, first_day=span[0], last_day=span[1], current=True
    ).first()
    if old and (old.numerator, old.denominator, old.missing, old.inputs or []) == (
        new.numerator,
        new.denominator,
        new.missing,
        new.inputs,
    ):
        return False
    typed = Typed(numerator=new.numerator, denominator=new.denominator, missing=new.missing, as_of=new.as_of)
    write_value(
        SYSTEM,
        indicator_id=indicator,
        unit_id=unit,
        first_day=span[0],
        last_day=span[1],
        typed=typed,
        now=now,
        origin=Origin.COMPUTED,
        inputs=new.inputs,
    )
    return True


def _formulas(following: Following) -> dict[str, Expression]:
    courses = following.courses.exclude(formula="").select_related("indicator")
    return {course.indicator.key: parse(course.formula) for course in courses}


def _spans(following: Following, promises: Commitments, now: datetime) -> list[tuple[date, date]]:
    """Periods of the beat that asks for reports, from the plan's first to the one that runs; of each month
    where none asks."""
    asking = following.beats.filter(asks=Asks.ALL).first()
    every = Every(asking.every) if asking else Every.MONTH
    end = min(timezone.localdate(now), promises.ends)
    spans = periods(every, promises.begins, end, stages_of(promises))
    return [(span.first, span.last) for span in spans if span.first <= end]


def _readers(
    following: Following, promises: Commitments, spans: Collection[tuple[date, date]], now: datetime
) -> set[tuple[date, date]]:
    """Periods in which a formula reads one of `spans` as the one before, or that of the year before."""
    asked = {
        reference
        for formula in _formulas(following).values()
        for reference in references(formula)
        if reference.period is not When.THIS
    }
    if not asked:
        return set()
    return {
        span
        for span in _spans(following, promises, now)
        if any(_span_of(reference, span) in spans for reference in asked)
    }


def _open(following: Following, spans: list[tuple[date, date]], now: datetime) -> list[tuple[date, date]]:
    """Of the periods those that are not locked yet: the one that runs, and any that units may still report
    on.
    """
    locked = following.beats.filter(periods__lock_at__lt=now).values_list(
        "periods__first_day", "periods__last_day"
    )
    closed = set(locked)
    today = timezone.localdate(now)
    return [span for span in spans if span not in closed and span[1] >= today - timedelta(days=62)]


def _compute_formulas(
    following: Following, promises: Commitments, spans: Sequence[tuple[date, date]], now: datetime
) -> set[Touched]:
    """What was written anew, because it came out differently."""
    formulas = _formulas(following)
    written: set[Touched] = set()
    if not formulas:
        return written
    courses = {
        course.indicator.key: course
        for course in following.courses.exclude(formula="")
        .select_related("indicator")
        .prefetch_related("areas")
    }
    measures = {one.row.key: (one.id, one.row.unit_of_measure) for one in promises.indicators}
    city = following.plan.jurisdiction_id
    for key in order(formulas):
        course = courses[key]
        units = [city, *(area.pk for area in course.areas.all())]
        for span in spans:
            for unit in units:
                look_up = _LookUp(measures, unit, city, span)
                outcome = _stored(evaluate(formulas[key], look_up), look_up)
                if _write(course.indicator_id, unit, span, outcome, now):
                    written.add((course.indicator_id, *span))
    return written


class _LookUp:
    """What a formula reads over one period in one unit, and where each input is found."""

    def __init__(
        self, measures: dict[str, tuple[int, str]], unit: int, city: int, span: tuple[date, date]
    ) -> None:
        self.measures, self.unit, self.city, self.span = measures, unit, city, span
        self.urls: dict[Reference, str] = {}

    def __call__(self, reference: Reference) -> Input:
        return self._source(reference) if reference.is_source else self._indicator(reference)

    def _indicator(self, reference: Reference) -> Input:
        if reference.name not in self.measures:
            return Input(None, reason="progress.no_such_indicator")
        id_, measure = self.measures[reference.name]
        span = _span_of(reference, self.span)
        point = self._point(id_, span)
        if point is None or point.numerator is None:
            return Input(None, unit=measure, reason=(point and point.missing) or "progress.not_reported")
        numerator = Fraction(point.numerator, MICRO)
        denominator = None if point.denominator is None else Fraction(point.denominator, MICRO)
        return Input(numerator, denominator, measure, point.as_of)

    def _point(self, indicator: int, span: tuple[date, date]) -> Point | None:
        if self.unit == self.city:
            return city_points(indicator, self.city, [span]).get(span)
        value = Value.objects.filter(
            indicator=indicator, unit=self.unit, first_day=span[0], last_day=span[1], current=True
        ).first()
        if value is None:
            return None
        return Point(
            first_day=span[0],
            last_day=span[1],
            numerator=value.numerator,
            denominator=value.denominator,
            missing=value.missing,
            as_of=value.as_of,
        )

    def _source(self, reference: Reference) -> Input:
        try:
            source = sources.source(reference.name)
        except LookupError:
            return Input(None, reason="progress.no_such_source")
        subject = reference.subject or 0
        first, last = _span_of(reference, self.span)
        figure = source.read(subject, [self.unit], first, last).get(self.unit)
        if figure is None:
            return Input(None, reason="progress.no_such_source")
        self.urls[reference] = figure.url
        return Input(
            figure.numerator, figure.denominator, source.measure(subject), figure.as_of, figure.reason
        )


def _span_of(reference: Reference, span: tuple[date, date]) -> tuple[date, date]:
    """The period that a reference means, seen from `span`, which is as long."""
    first, last = span
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((every for every, length in MONTHS.items() if length == months), Every.MONTH)
    day = {
        When.THIS: first,
        When.PREVIOUS: first - timedelta(days=1),
        When.YEAR_BEFORE: date(first.year - 1, first.month, 1),
    }[reference.period]
    found = period_of(every, day)
    return (found.first, found.last) if found else span


def _stored(outcome: Outcome, look_up: _LookUp) -> _Result:
    inputs = [
        [
            used.reference.name,
            str(used.reference.subject or ""),
            str(used.reference.period),
            "" if used.input.numerator is None else str(used.input.numerator),
            "" if used.input.denominator is None else str(used.input.denominator),
            used.input.unit,
            used.input.reason,
            look_up.urls.get(used.reference, ""),
        ]
        for used in outcome.inputs
    ]
    if isinstance(outcome, Missing):
        return _Result(None, None, outcome.code, None, inputs)
    try:
        denominator = None if outcome.denominator is None else rounded(outcome.denominator)
        return _Result(rounded(outcome.numerator), denominator, "", outcome.as_of, inputs)
    except BadInput as error:
        return _Result(None, None, error.code, None, inputs)
