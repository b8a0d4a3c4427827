"""One indicator: its judgement, its path and values over time, where they come from, its areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from chuangwen.cores.errors import Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import Quote, TaskPromise, quotes_at

from .. import access
from ..models import Course, Following, Value
from ..rules.amounts import ratio, value_of
from ..rules.seen import Spread, Trace, spread, trace
from ..rules.states import Mode
from .judging import Judge, Judged
from .listing import following_in_force
from .series import Point

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit, Units

Span = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class ValueLine:
    """A period with what counts of it, what that came to, and every revision, the latest first."""

    point: Point
    value: Fraction | None
    trace: Trace | None
    revisions: Sequence[Value]


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """An area beside the others of its peer group: `value` and their spread are of the page's last period."""

    unit: Unit
    judged: Judged
    value: Fraction | None
    peers: Spread | None


class Input(NamedTuple):
    """What a formula read: the key of an indicator or the code of a source, with exact numbers."""

    name: str
    subject: str
    period: str
    numerator: str
    denominator: str
    unit: str
    reason: str
    url: str

    @property
    def value(self) -> Fraction | None:
        """In its unit; None where it is missing, for the reason `reason`."""
        if not self.numerator:
            return None
        below = Fraction(self.denominator) if self.denominator else None
        return ratio(Fraction(self.numerator), below, self.unit)


class IndicatorPage:
    """An indicator of the city as the actor may see it. What is not asked for is not read."""

    def __init__(self, actor: Actor, following: Following, key: str, today: date) -> None:
        self.actor, self.following, self.today = actor, following, today
        self.judge = Judge(following, today)
        found = next((one for one in self.judge.promises.indicators if one.row.key == key), None)
        if found is None:
            raise Hidden
        self.promise = found

    @property
    def measure(self) -> str:
        return self.promise.row.unit_of_measure

    @cached_property
    def judged(self) -> Judged:
        return self.judge.city([self.promise.id])[self.promise.id]

    @cached_property
    def course(self) -> Course | None:
        """How values come."""
        return self.judge.settings.get(self.promise.id)

    @cached_property
    def tasks(self) -> list[TaskPromise]:
        return [task for task in self.judge.promises.tasks if task.id in self.promise.tasks]

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the plan's indicators by their keys."""
        return {one.row.key: one.row.name for one in self.judge.promises.indicators}

    @cached_property
    def quotes(self) -> list[Quote]:
        return quotes_at(self.promise.row.places)

    @cached_property
    def inputs(self) -> list[Input]:
        """What the last computed value of the city was computed from."""
        computed = next((value for value in self._revisions if value.current and value.inputs), None)
        return [Input(*map(str, one)) for one in computed.inputs] if computed and computed.inputs else []

    @cached_property
    def trace(self) -> list[Trace]:
        return trace(self.judged.course, self.judged.readings, self.today)

    @cached_property
    def values(self) -> list[ValueLine]:
        """Each period that has begun, the latest first."""
        on = dict(zip([_span(point) for point in self.judged.points], self.judged.readings, strict=True))
        traces = {one.on: one for one in self.trace}
        revisions: dict[Span, list[Value]] = defaultdict(list)
        for value in self._revisions:
            revisions[value.first_day, value.last_day].append(value)
        return [
            ValueLine(
                point=point,
                value=point.value(self.measure),
                trace=traces.get(on[_span(point)].on),
                revisions=revisions[_span(point)],
            )
            for point in reversed(self.judged.points)
        ]

    @cached_property
    def _revisions(self) -> list[Value]:
        of_city = Value.objects.filter(indicator=self.promise.id, unit=self.judge.city_id)
        return list(of_city.select_related("author").order_by("-last_day", "-first_day", "-revision"))

    @cached_property
    def below(self) -> list[Course]:
        """Indicators of plans below that add to this one, each once."""
        found = Course.objects.filter(
            parent=self.promise.id, following__in=access.visible_followings(self.actor)
        )
        return list(found.select_related("indicator", "following__plan__jurisdiction"))

    @property
    def areas(self) -> Units:
        """Areas that give their own values, those that the actor may know of, in the order of the tree."""
        reached = scopes.units_in_scope(self.actor, access.UNITS).order_by("path")
        if self.course is None or self.course.mode != Mode.AREAS:
            return reached.none()
        return reached.filter(pk__in=self.course.areas.order_by().values("pk"))

    @cached_property
    def last_span(self) -> Span | None:
        """The last period of which any area has given something."""
        given = [point for point in self.judged.points if point.have]
        return _span(given[-1]) if given else None

    def area_lines(self, units: Sequence[Unit]) -> list[AreaLine]:
        """Two queries for any number of areas."""
        id_ = self.promise.id
        judged = self.judge.units([(id_, unit.pk) for unit in units])
        given = self._given()
        values = {unit: value for of_group in given.values() for unit, value in of_group}
        return [
            AreaLine(
                unit=unit,
                judged=judged[id_, unit.pk],
                value=values.get(unit.pk),
                peers=self._others(unit, given),
            )
            for unit in units
        ]

    def _given(self) -> dict[int | None, list[tuple[int, Fraction | None]]]:
        """What every area gave over the last period, by peer group."""
        found: dict[int | None, list[tuple[int, Fraction | None]]] = defaultdict(list)
        if self.last_span is None:
            return found
        first, last = self.last_span
        rows = Value.objects.filter(
            indicator=self.promise.id, last_day=last, first_day=first, current=True
        ).values_list("unit__peer_group", "unit", "numerator", "denominator")
        for group, unit, numerator, denominator in rows:
            found[group].append((unit, value_of(numerator, denominator, self.measure)))
        return found

    def _others(
        self, unit: Unit, given: Mapping[int | None, Sequence[tuple[int, Fraction | None]]]
    ) -> Spread | None:
        """How the others of its group stand; None without a group, or where too few gave a number."""
        if unit.peer_group_id is None:
            return None
        return spread(value for other, value in given.get(unit.peer_group_id, ()) if other != unit.pk)


def indicator_page(actor: Actor, plan_id: int, key: str, today: date) -> IndicatorPage:
    """Raises Hidden."""
    return IndicatorPage(actor, access.following_of(actor, plan_id), key, today)


def judged_now(actor: Actor, version_id: int, indicators: Sequence[int], today: date) -> dict[int, Judged]:
    """Lights of some indicators of a version that is followed, for pages of plans; {} where it is not."""
    following = following_in_force(actor, version_id)
    return Judge(following, today).city(indicators) if following else {}


def _span(point: Point) -> Span:
    return point.first_day, point.last_day
