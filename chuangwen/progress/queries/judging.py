"""What is promised and what is true, judged today: lights and forecasts are made when a page is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from chuangwen.cores.series import course as promised
from chuangwen.cores.series.course import Aim, Reading, Thresholds
from chuangwen.cores.series.forecasts import Forecast, NoForecast, forecast
from chuangwen.cores.series.kinds import Accrual, Kind, Shape, change_of, class_in, kinds_of
from chuangwen.cores.series.lights import DONE, Light, light
from chuangwen.plans.queries import Commitments, IndicatorPromise, target_day

from ..models import Course, Following, Milestone
from ..rules.amounts import RATES, value_of
from ..rules.spans import without_overlaps
from ..rules.states import Mode
from .series import Key, Point, rolled_up_series, series

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

MODE_KINDS = {Mode.JUDGED: Kind.JUDGED, Mode.MILESTONE: Kind.MILESTONE}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An indicator of one unit today. `course` and `light` are those of `cores.series`."""

    promise: IndicatorPromise
    unit_id: int
    course: promised.Course
    points: Sequence[Point]
    light: Light
    readings: Sequence[Reading] = field(default=(), repr=False)
    today: date

    @property
    def last(self) -> Point | None:
        """The last point with something in it."""
        known = [
            point for point in self.points if point.numerator is not None or point.words or point.missing
        ]
        return known[-1] if known else None

    @property
    def reached(self) -> Fraction | None:
        return self.light.reached

    @cached_property
    def forecast(self) -> Forecast | NoForecast:
        return forecast(self.course, self.readings, self.today)


class Judge:
    """Judges the indicators of a plan that is followed, today. Reads the plan once, values once for each
    call.
    """

    def __init__(self, following: Following, today: date) -> None:
        self.following, self.today = following, today
        self.promises = Commitments(following.plan_version)
        self.city_id = following.plan.jurisdiction_id
        self.thresholds = Thresholds(near_pct=following.near_pct, lag_days=following.lag_days)

    @cached_property
    def settings(self) -> dict[int, Course]:
        """By indicator, without the areas, of which there may be thousands."""
        return {row.indicator_id: row for row in self.following.courses.all()}

    @cached_property
    def by_id(self) -> dict[int, IndicatorPromise]:
        return {one.id: one for one in self.promises.indicators}

    def city(self, indicators: Collection[int] | None = None) -> dict[int, Judged]:
        """Indicators of the whole city, by id: all of them unless some are named. Two queries, beside the
        plan; two more where some are judged area by area, one where some are done with a document.
        """
        chosen = [one for one in self.promises.indicators if indicators is None or one.id in indicators]
        ids = [one.id for one in chosen]
        given = series([(id_, self.city_id) for id_ in ids], until=self.today)
        rolled = rolled_up_series(ids, until=self.today)
        parts = self._parts(chosen)
        issued = self._issued(ids)
        return {
            one.id: self._judged(
                one,
                self.city_id,
                issued[one.id]
                if one.id in issued
                else _merged(
                    rolled.get(one.id, []), given.get((one.id, self.city_id), []), self._by_areas(one.id)
                ),
                parts.get(one.id, {}),
            )
            for one in chosen
        }

    def _issued(self, indicators: Collection[int]) -> dict[int, list[Point]]:
        """Of indicators that are done with a document, by its milestone: done on the day it was issued."""
        ids = [
            id_ for id_ in indicators if id_ in self.settings and self.settings[id_].mode == Mode.MILESTONE
        ]
        if not ids:
            return {}
        found: dict[int, list[Point]] = {}
        for row in Milestone.objects.filter(following=self.following, indicator__in=ids):
            points = found.setdefault(row.indicator_id or 0, [])
            if row.issued_on and not row.lacks:
                points.append(
                    Point(
                        first_day=row.issued_on,
                        last_day=row.issued_on,
                        numerator=None,
                        denominator=None,
                        words=DONE,
                        as_of=row.issued_on,
                    )
                )
        return found

    def units(self, keys: Iterable[Key]) -> dict[Key, Judged]:
        """Indicators of single units, by (indicator, unit). One query, beside the plan."""
        wanted = [key for key in keys if key[0] in self.by_id]
        found = series(wanted, until=self.today)
        return {
            (indicator, unit): self._judged(self.by_id[indicator], unit, found.get((indicator, unit), []), {})
            for indicator, unit in wanted
        }

    def areas_of(self, indicator: int) -> list[Unit]:
        """Areas that give their own values, in the order of the tree."""
        return list(self.settings[indicator].areas.all()) if self._by_areas(indicator) else []

    def _by_areas(self, indicator: int) -> bool:
        setting = self.settings.get(indicator)
        return setting is not None and setting.mode == Mode.AREAS

    def _areas(self, indicators: Iterable[int]) -> dict[int, dict[int, str]]:
        """Names of the areas of each indicator, by unit."""
        links = Course.areas.through.objects.filter(course__indicator__in=list(indicators))
        names: dict[int, dict[int, str]] = {}
        fields = ("course__indicator", "unit", "unit__short_name", "unit__name")
        for indicator, unit, short, name in links.values_list(*fields):
            names.setdefault(indicator, {})[unit] = short or name
        return names

    def course(self, promise: IndicatorPromise, unit: int) -> promised.Course:
        """What was promised of the indicator in the unit, with the path that the office chose."""
        row, setting = promise.row, self.settings.get(promise.id)
        mode = Mode(setting.mode) if setting else Mode.LEAD
        also = [MODE_KINDS[mode]] if mode in MODE_KINDS else []
        kinds = kinds_of(row.traits, row.frequency, row.words or row.name, scope=row.scope, also=also)
        named = class_in(row.words) if Kind.ORDERED_CLASS in kinds else None
        aims = tuple(
            Aim(
                by=target_day(line.deadline) or self.promises.ends,
                comparator=line.comparator,
                value=None if line.value is None else Fraction(line.value),
                upper=None if line.upper is None else Fraction(line.upper),
                word=named[1] if named else "",
            )
            for line in row.targets
            if self._is_for(line.unit, unit, kinds)
        )
        of_city = unit == self.city_id
        return promised.Course(
            kinds=kinds,
            accrual=Accrual(row.accrual),
            begins=self.promises.begins,
            ends=self.promises.ends,
            aims=aims,
            baseline=Fraction(row.baseline_value) if of_city and row.baseline_value is not None else None,
            baseline_on=date(row.baseline_year, 12, 31) if row.baseline_year else None,
            shape=Shape(setting.shape) if setting else Shape.LINEAR,
            drawn=tuple(_corner(day, value) for day, value in setting.drawn) if setting and of_city else (),
            strength=row.strength,
            falls=bool(aims) and all(aim.comparator in {"<=", "<"} for aim in aims),
            classes=named[0] if named else (),
            change=change_of(row.traits, row.name, row.unit_of_measure),
            most=Fraction(RATES[row.unit_of_measure]) if row.unit_of_measure in RATES else None,
        )

    def _is_for(self, target_unit: int | None, unit: int, kinds: frozenset[Kind]) -> bool:
        """A target of the city is one of each area only where it says so (各县区均 …, 每个不少于 …)."""
        if target_unit is None:
            return unit == self.city_id or bool(kinds & {Kind.PER_AREA, Kind.EACH})
        return target_unit == unit

    def _parts(
        self, chosen: Sequence[IndicatorPromise]
    ) -> dict[int, dict[tuple[date, date], dict[str, Fraction | None]]]:
        """What each area gave, by period, of indicators that are judged area by area; None where one gave
        nothing.
        """
        names = self._areas(
            one.id
            for one in chosen
            if self.course(one, self.city_id).kinds & {Kind.PER_AREA, Kind.EACH} and self._by_areas(one.id)
        )
        if not names:
            return {}
        found = series([(id_, unit) for id_, areas in names.items() for unit in areas], until=self.today)
        parts: dict[int, dict[tuple[date, date], dict[str, Fraction | None]]] = {}
        for (id_, unit), points in found.items():
            measure = self.by_id[id_].row.unit_of_measure
            for point in points:
                empty = dict.fromkeys(names[id_].values())
                of_period = parts.setdefault(id_, {}).setdefault((point.first_day, point.last_day), empty)
                of_period[names[id_][unit]] = point.value(measure)
        return parts

    def _judged(
        self,
        promise: IndicatorPromise,
        unit: int,
        points: Sequence[Point],
        parts: Mapping[tuple[date, date], Mapping[str, Fraction | None]],
    ) -> Judged:
        course = self.course(promise, unit)
        points = without_overlaps(points)
        readings = [self._reading(promise, point, parts) for point in points]
        lit = light(course, readings, self.today, self.thresholds)
        return Judged(
            promise=promise,
            unit_id=unit,
            course=course,
            points=points,
            light=lit,
            readings=readings,
            today=self.today,
        )

    def _reading(
        self,
        promise: IndicatorPromise,
        point: Point,
        parts: Mapping[tuple[date, date], Mapping[str, Fraction | None]],
    ) -> Reading:
        """A period that still runs is read as of today or the day that its value is of."""
        whole = point.expected is None or point.have == point.expected
        value = value_of(point.numerator, point.denominator, promise.row.unit_of_measure) if whole else None
        return Reading(
            on=min(point.last_day, max(point.as_of or self.today, point.first_day), self.today),
            value=value,
            parts=parts.get((point.first_day, point.last_day), {}),
            word=point.words,
        )


def _merged(rolled: Sequence[Point], given: Sequence[Point], by_areas: bool) -> list[Point]:
    """What is made from areas, where they give their own, goes before what was given for the city."""
    first, last = (given, rolled) if by_areas else (rolled, given)
    return list({(point.first_day, point.last_day): point for point in (*first, *last)}.values())


def _corner(day: str, value: str) -> tuple[date, Fraction]:
    return date.fromisoformat(day), Fraction(Decimal(value))
