"""One unit in a plan: its own indicators beside its peers, what it leads, its tasks and reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.access import one_unit, visible_units
from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import TaskPromise

from .. import access
from ..models import Course, Following, ReportItem, UnitReport, Value
from ..rules.amounts import value_of
from ..rules.seen import Spread, Tally, spread
from ..rules.states import Mode
from .judging import Judge, Judged
from .overview import tally_of
from .series import Point

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

PERIODS = 12
REPORTS = 6
Span = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A period: what the unit gave, and how the others of its group stood."""

    last_day: date
    value: Fraction | None
    peers: Spread | None


@dataclass(frozen=True, kw_only=True)
class Trend:
    judged: Judged
    points: Sequence[TrendPoint]

    @property
    def compared(self) -> bool:
        return any(point.peers for point in self.points)


@dataclass(frozen=True, kw_only=True)
class OwnTask:
    """A task of the unit with its item in each of the last reports (None: it had none), the latest first."""

    promise: TaskPromise
    leads: bool
    items: Sequence[ReportItem | None]


class UnitPage:
    """A unit in a plan that is followed. What is not asked for is not read."""

    def __init__(self, actor: Actor, following: Following, unit: Unit, now: datetime, today: date) -> None:
        self.actor, self.following, self.unit, self.now, self.today = actor, following, unit, now, today
        self.judge = Judge(following, today)

    @cached_property
    def own(self) -> list[Judged]:
        """Indicators of which the unit gives its own values, in the order of the plan."""
        given = Course.objects.filter(following=self.following, mode=Mode.AREAS, areas=self.unit)
        ids = set(given.values_list("indicator", flat=True))
        keys = [(one.id, self.unit.pk) for one in self.judge.promises.indicators if one.id in ids]
        return list(self.judge.units(keys).values())

    @cached_property
    def led(self) -> list[Judged]:
        """Indicators of the city that the unit answers for: it reports them, or leads their task."""
        tasks = {task.id for task in self.judge.promises.tasks if self.unit.pk in task.leads}
        ids = {
            one.id
            for one in self.judge.promises.indicators
            if tasks & set(one.tasks) or self._reports(one.id)
        }
        return list(self.judge.city(ids).values()) if ids else []

    def _reports(self, indicator: int) -> bool:
        course = self.judge.settings.get(indicator)
        return course is not None and course.reporter_id == self.unit.pk

    @cached_property
    def tally(self) -> Tally:
        return tally_of([*self.own, *self.led])

    @cached_property
    def peers(self) -> list[int]:
        """The others of its peer group that are open."""
        if self.unit.peer_group_id is None:
            return []
        group = visible_units(self.actor).filter(peer_group=self.unit.peer_group_id)
        others = group.open_on(self.today).exclude(pk=self.unit.pk)
        return list(others.values_list("pk", flat=True))

    def trends(self, shown: Sequence[Judged]) -> list[Trend]:
        """The last twelve periods of the indicators beside the unit's peers. One query, however many."""
        spans = {one.promise.id: _spans(one) for one in shown}
        others = self._others(spans)
        return [
            Trend(
                judged=one,
                points=[
                    TrendPoint(
                        last_day=point.last_day,
                        value=point.value(one.promise.row.unit_of_measure),
                        peers=spread(others[one.promise.id, (point.first_day, point.last_day)]),
                    )
                    for point in one.points[-PERIODS:]
                ],
            )
            for one in shown
        ]

    def _others(self, spans: dict[int, set[Span]]) -> dict[tuple[int, Span], list[Fraction | None]]:
        """What the peers gave, by indicator and period."""
        found: dict[tuple[int, Span], list[Fraction | None]] = defaultdict(list)
        lasts = {last for of_one in spans.values() for _first, last in of_one}
        if not self.peers or not lasts:
            return found
        rows = Value.objects.filter(
            indicator__in=list(spans), unit__in=self.peers, last_day__in=lasts, current=True
        )
        fields = ("indicator", "first_day", "last_day", "numerator", "denominator")
        measures = {id_: self.judge.by_id[id_].row.unit_of_measure for id_ in spans}
        for indicator, first, last, numerator, denominator in rows.values_list(*fields):
            if (first, last) in spans[indicator]:
                found[indicator, (first, last)].append(value_of(numerator, denominator, measures[indicator]))
        return found

    @cached_property
    def reports(self) -> list[UnitReport]:
        """Its last reports, the latest first."""
        mine = access.visible_reports(self.actor).filter(
            unit=self.unit, period__beat__following=self.following
        )
        return list(mine.order_by("-period__last_day", "-pk")[:REPORTS])

    @property
    def overdue(self) -> set[int]:
        """Those of its last reports that are not in and past due."""
        return {
            report.pk
            for report in self.reports
            if report.handed_in_at is None and report.period.due_at < self.now
        }

    @cached_property
    def tasks(self) -> list[OwnTask]:
        """Its tasks in the order of the plan, with what it said of each in its last reports."""
        items: dict[tuple[int, int], ReportItem] = {}
        for item in ReportItem.objects.filter(report__in=self.reports, task__isnull=False):
            items[item.task_id or 0, item.report_id] = item
        return [
            OwnTask(
                promise=task,
                leads=self.unit.pk in task.leads,
                items=[items.get((task.id, report.pk)) for report in self.reports],
            )
            for task in self.judge.promises.tasks
            if self.unit.pk in task.leads or self.unit.pk in task.members
        ]


def unit_page(actor: Actor, plan_id: int, unit_id: int, now: datetime, today: date) -> UnitPage:
    """Raises Hidden: observers see no single unit."""
    following = access.following_of(actor, plan_id)
    if not access.sees_unit(actor, unit_id):
        raise Hidden
    return UnitPage(actor, following, one_unit(actor, unit_id), now, today)


def _spans(judged: Judged) -> set[Span]:
    points: Sequence[Point] = judged.points[-PERIODS:]
    return {(point.first_day, point.last_day) for point in points}


def followed_by(actor: Actor, unit_id: int) -> list[Following]:
    """Plans in which the unit has a page for this actor."""
    if not access.sees_unit(actor, unit_id):
        return []
    return list(access.visible_followings(actor))
