"""A plan at a glance: how it stands today, what it will come to, what must be looked at, what has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Count, Q

from chuangwen.cores.series.lights import Light, attained, light
from chuangwen.cores.series.rollup import Share, weighted
from chuangwen.desk import queries as desk
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import posts_of
from chuangwen.plans.queries import TaskPromise
from chuangwen.plans.rules.content import ProgramRow, TaskRow

from .. import access
from ..models import Following, Milestone, Period, ReportItem, StageGate, TaskWeight, Value
from ..rules.asks import REPORT, RETURNED
from ..rules.rhythm import Asks
from ..rules.seen import DATA, Tally, moved, outlook, tally, urgency
from ..rules.states import HANDED_IN, Origin, Part, Progress
from .judging import Judge, Judged

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

ONE_DAY = timedelta(days=1)
MOST_NAMES = 8
TEN = 10
LEADING = {"lead", "responsible"}


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """`share` is how much of what is due is attained, by the weights of its indicators; `item` is what its
    lead unit said in the period, None where that is not known or not for the actor.
    """

    promise: TaskPromise
    judged: Sequence[Judged]
    share: Share
    tally: Tally
    item: ReportItem | None


@dataclass(frozen=True, kw_only=True)
class ProgramLine:
    """`row` is None for what stands in no program. `share` is that of its tasks, by their weights."""

    row: ProgramRow | None
    tasks: Sequence[TaskLine]
    judged: Sequence[Judged]
    share: Share
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class Need:
    """What must be looked at: an indicator (`judged`), a task that is stuck (`item`), a stage whose end
    somebody has to confirm (`gate`), a document that was to be issued by now (`milestone`), or reports that
    are overdue (`overdue`, how many).
    """

    urgency: int
    judged: Judged | None = None
    item: ReportItem | None = None
    gate: StageGate | None = None
    milestone: Milestone | None = None
    overdue: int = 0


@dataclass(frozen=True, kw_only=True)
class Reported:
    """Reports of the last period that was opened: how many were asked for, are in, and who is missing.

    `missing` names those that the actor may know of, `most` at most. `slips` are drafted for the overdue.
    """

    period: Period
    asked: int
    handed_in: int
    overdue: bool
    missing: Sequence[Unit]
    slips: int

    @property
    def left(self) -> int:
        return self.asked - self.handed_in


@dataclass(frozen=True, kw_only=True)
class Change:
    """An indicator whose lamp changed since a day; `step` is 1 for better, -1 for worse."""

    judged: Judged
    before: Light
    step: int


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed after the day `since`: lamps, the worse ones first, and corrected values of the city."""

    since: date
    lamps: Sequence[Change]
    corrected: Sequence[Value]

    @property
    def better(self) -> int:
        return sum(change.step > 0 for change in self.lamps)

    @property
    def worse(self) -> int:
        return sum(change.step < 0 for change in self.lamps)


class Overview:
    """A plan that is followed, as the actor may see it now. What is not asked for is not read."""

    def __init__(self, actor: Actor, following: Following, now: datetime, today: date) -> None:
        self.actor, self.following, self.now, self.today = actor, following, now, today
        self.judge = Judge(following, today)

    @cached_property
    def judged(self) -> list[Judged]:
        """All indicators of the city, in the order of the plan."""
        return list(self.judge.city().values())

    @cached_property
    def tally(self) -> Tally:
        return tally_of(self.judged)

    @cached_property
    def programs(self) -> list[ProgramLine]:
        """Programs in the order of the plan; last what stands in none."""
        by_id = {judged.promise.id: judged for judged in self.judged}
        weights = dict(TaskWeight.objects.filter(following=self.following).values_list("task", "weight"))
        lines = []
        for row in [*self.judge.promises.programs, None]:
            key = row.key if row else None
            tasks = [self._task(task, by_id) for task in self.judge.promises.tasks if task.row.program == key]
            under = {id_ for task in tasks for id_ in task.promise.indicators}
            if row is None:
                under |= {judged.promise.id for judged in self.judged if not judged.promise.tasks}
            judged = [one for one in self.judged if one.promise.id in under]
            if row or tasks or judged:
                share = weighted([(weights.get(task.promise.id, 1), task.share.value) for task in tasks])
                lines.append(
                    ProgramLine(row=row, tasks=tasks, judged=judged, share=share, tally=tally_of(judged))
                )
        return lines

    def _task(self, promise: TaskPromise, by_id: dict[int, Judged]) -> TaskLine:
        judged = [by_id[id_] for id_ in promise.indicators]
        return TaskLine(
            promise=promise,
            judged=judged,
            share=self.share(judged),
            tally=tally_of(judged),
            item=self._led.get(promise.id),
        )

    def share(self, judged: Iterable[Judged]) -> Share:
        """How much of what is due today the indicators attain, by their weights."""
        settings = self.judge.settings
        return weighted(
            (
                settings[one.promise.id].weight if one.promise.id in settings else 1,
                attained(one.light),
            )
            for one in judged
        )

    @cached_property
    def period(self) -> Period | None:
        """The last one for which units were asked."""
        asked = access.visible_periods(self.actor).filter(beat__following=self.following, beat__asks=Asks.ALL)
        return asked.order_by("-last_day").first()

    @cached_property
    def _led(self) -> dict[int, ReportItem]:
        """What lead units handed in for the period, by task."""
        if self.period is None:
            return {}
        items = access.visible_items(self.actor).filter(
            report__period=self.period, part=Part.LEAD, state__in=HANDED_IN
        )
        return {item.task_id: item for item in items.select_related("helper") if item.task_id}

    @cached_property
    def reported(self) -> Reported | None:
        period = self.period
        if period is None:
            return None
        counts = period.reports.aggregate(asked=Count("pk"), handed_in=Count("handed_in_at"))
        seen = access.visible_reports(self.actor).filter(period=period)
        late = seen.filter(handed_in_at=None).order_by("unit__path")
        return Reported(
            period=period,
            asked=counts["asked"],
            handed_in=counts["handed_in"],
            overdue=self.now > period.due_at,
            missing=[report.unit for report in late[:MOST_NAMES]],
            slips=self._slips(period),
        )

    def _slips(self, period: Period) -> int:
        """Slips that wait to be issued by the office."""
        if not access.keeps_progress(self.actor):
            return 0
        about = Q(todo__kind__in=[REPORT, RETURNED], todo__subject_id__in=period.reports.values("pk"))
        return desk.slips(self.actor).filter(about, state="drafted").count()

    @cached_property
    def needs(self) -> list[Need]:
        """What must be looked at, the most urgent first, then as the plan has it."""
        found = [
            Need(urgency=rank, judged=judged)
            for judged in self.judged
            if (rank := urgency(judged.light, outlook(judged.light, judged.forecast))) is not None
        ]
        found += [
            Need(urgency=3, item=item) for item in self._led.values() if item.progress == Progress.STUCK
        ]
        found += [Need(urgency=2, gate=gate) for gate in self._gates]
        found += [Need(urgency=2, milestone=row) for row in self._not_issued]
        if self.reported and self.reported.overdue and self.reported.left:
            found.append(Need(urgency=3, overdue=self.reported.left))
        return sorted(found, key=lambda need: need.urgency)

    @cached_property
    def _gates(self) -> list[StageGate]:
        """Stages that are over and that nobody has decided on, for those who decide."""
        if not access.decides(self.actor):
            return []
        return list(self.following.gates.filter(last_day__lt=self.today, decided_at=None))

    @cached_property
    def _not_issued(self) -> list[Milestone]:
        """Documents that are past due; those of an indicator are told with it."""
        rows = access.visible_milestones(self.actor).filter(
            following=self.following, indicator=None, due_on__lt=self.today
        )
        return [row for row in rows if row.lacks]

    @cached_property
    def changes(self) -> Changes | None:
        """Since the day before the last period began; None before the first one."""
        since = self.period.first_day - ONE_DAY if self.period else None
        if since is None:
            return None
        lamps = []
        for judged in self.judged:
            before = light(judged.course, judged.readings, since, self.judge.thresholds)
            step = moved(before, judged.light)
            if step:
                lamps.append(Change(judged=judged, before=before, step=step))
        corrected = Value.objects.filter(
            indicator__in=[judged.promise.id for judged in self.judged],
            unit=self.judge.city_id,
            current=True,
            origin=Origin.CORRECTED,
            made_at__date__gt=since,
        )
        return Changes(
            since=since,
            lamps=sorted(lamps, key=lambda change: change.step),
            corrected=list(corrected.order_by("-made_at")),
        )


def overview(actor: Actor, plan_id: int, now: datetime, today: date) -> Overview:
    """Raises Hidden."""
    return Overview(actor, access.following_of(actor, plan_id), now, today)


def leads_in(tasks: Iterable[TaskRow]) -> list[str]:
    """Who leads the tasks, as printed, each once."""
    printed = (line.printed for row in tasks for line in row.assignments if line.role in LEADING)
    return list(dict.fromkeys(printed))


def tally_of(judged: Iterable[Judged]) -> Tally:
    return tally((one.light.lamp, outlook(one.light, one.forecast)) for one in judged)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which indicators a list shows: of a lamp, an outlook, a program or a task; "" for any."""

    NAMES: ClassVar = ("lamp", "chance", "program", "task")

    lamp: str = ""
    chance: str = ""
    program: str = ""
    task: str = ""

    def __call__(self, judged: Judged, under: Collection[str]) -> bool:
        return (
            self.lamp in {"", judged.light.lamp}
            and self.chance in {"", outlook(judged.light, judged.forecast)}
            and (not self.program or self.program in under)
            and (not self.task or self.task in under)
        )


def wanted(found: Overview, which: Wanted) -> list[Judged]:
    """The indicators that the list shows, in the order of the plan."""
    tasks = {task.id: task.row for task in found.judge.promises.tasks}
    shown = []
    for judged in found.judged:
        rows = [tasks[id_] for id_ in judged.promise.tasks]
        if which(judged, {row.key for row in rows} | {row.program or "" for row in rows}):
            shown.append(judged)
    return shown


@dataclass(frozen=True, kw_only=True)
class TenLines:
    """What needs a leader, in ten lines at most; tasks that the leader leads (`mine`) first; `left` more."""

    lines: Sequence[Need]
    mine: Collection[int]
    left: int


def ten_lines(found: Overview) -> TenLines:
    """Gaps in the data are for the office; they need no leader."""
    posts = posts_of(found.actor.person, found.today) if found.actor.person else set()
    tasks = {
        task.id
        for task in found.judge.promises.tasks
        if any(line.post in posts for line in task.row.assignments if line.post)
    }
    needs = [need for need in found.needs if need.urgency < DATA]
    needs.sort(key=lambda need: not tasks & set(tasks_of(need)))
    return TenLines(lines=needs[:TEN], mine=tasks, left=max(len(needs) - TEN, 0))


def tasks_of(need: Need) -> Sequence[int]:
    """The tasks that it is about."""
    if need.judged:
        return need.judged.promise.tasks
    if need.milestone:
        return [need.milestone.task_id]
    return [need.item.task_id] if need.item and need.item.task_id else []
