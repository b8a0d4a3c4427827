"""Reads for the pages on which the office sets how a plan is followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role
from chuangwen.orgs.tree import label
from chuangwen.plans.queries import Commitments, IndicatorPromise, TaskPromise, target_day

from .. import access
from ..models import Beat, Course, Following, Milestone, Period, StageGate, TaskBudget, TaskWeight, UnitReport
from ..models.rhythm import EVERY
from ..rules.rhythm import ORDER, Asks, Every
from ..rules.states import ItemState
from .judging import Judge, Judged

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class CourseLine:
    course: Course
    promise: IndicatorPromise


def course_lines(following: Following, promises: Commitments) -> list[CourseLine]:
    """Indicators of the version that is followed, each with how it gets its values. Two queries."""
    courses = following.courses.select_related("indicator", "reporter").annotate(count=Count("areas"))
    by_indicator = {course.indicator_id: course for course in courses}
    return [CourseLine(by_indicator[one.id], one) for one in promises.indicators if one.id in by_indicator]


def parents_of(actor: Actor, following: Following) -> list[tuple[int, str]]:
    """Indicators of the plan above that one of this plan may add to."""
    above = access.visible_followings(actor).filter(plan=following.plan.parent_id).first()
    if following.plan.parent_id is None or above is None:
        return []
    return [(one.id, f"{one.row.key} {one.row.name}") for one in Commitments(above.plan_version).indicators]


def weights_of(following: Following) -> dict[int, int]:
    return dict(TaskWeight.objects.filter(following=following).values_list("task_id", "weight"))


def periods_of(actor: Actor, plan_id: int) -> QuerySet[Period]:
    """Periods of the plan, the latest first, each with `asked` and `handed_in`."""
    periods = access.visible_periods(actor).filter(beat__following__plan=plan_id)
    return periods.annotate(
        asked=Count("reports"), handed_in=Count("reports", filter=Q(reports__handed_in_at__isnull=False))
    ).order_by("-last_day", "-pk")


@dataclass(frozen=True)
class Reported:
    """How a unit stands in a period. `never`: it has never handed in any report of this plan."""

    report: UnitReport
    late: bool
    never: bool
    items: int
    confirmed: int
    returned: int
    granted_until: datetime | None


def reported(actor: Actor, period: Period, now: datetime) -> list[Reported]:
    """Units that were asked in the period, in the order of the tree. Three queries."""
    ever = UnitReport.objects.filter(
        unit=OuterRef("unit"),
        handed_in_at__isnull=False,
        period__beat__following=period.beat.following_id,
    )
    rows = (
        access.visible_reports(actor)
        .filter(period=period)
        .annotate(
            ever=Exists(ever),
            count=Count("items", distinct=True),
            confirmed=Count("items", distinct=True, filter=Q(items__state=ItemState.CONFIRMED)),
            returned=Count("items", distinct=True, filter=Q(items__state=ItemState.RETURNED)),
        )
        .prefetch_related("grants")
        .order_by("unit__path")
    )
    return [_reported(report, period, now) for report in rows]


def _reported(report: UnitReport, period: Period, now: datetime) -> Reported:
    at = report.handed_in_at
    running = [grant.until for grant in report.grants.all() if grant.until >= now]
    return Reported(
        report=report,
        late=(at or now) > period.due_at,
        never=not report.ever,  # type: ignore[attr-defined]
        items=report.count,  # type: ignore[attr-defined]
        confirmed=report.confirmed,  # type: ignore[attr-defined]
        returned=report.returned,  # type: ignore[attr-defined]
        granted_until=max(running, default=None),
    )


@dataclass(frozen=True)
class MilestoneLine:
    """`lacks` are the codes of what is not in yet: number, date, file; none: it is done."""

    milestone: Milestone
    task: TaskPromise | None
    lacks: tuple[str, ...]
    overdue: bool


def milestone_lines(
    actor: Actor, following: Following, promises: Commitments, today: date
) -> list[MilestoneLine]:
    """Documents to be issued, those due first. One query."""
    tasks = {task.id: task for task in promises.tasks}
    rows = access.visible_milestones(actor).filter(following=following)
    return [_milestone_line(row, tasks.get(row.task_id), today) for row in rows]


def _milestone_line(row: Milestone, task: TaskPromise | None, today: date) -> MilestoneLine:
    overdue = bool(row.lacks) and row.due_on is not None and row.due_on < today
    return MilestoneLine(row, task, row.lacks, overdue)


@dataclass(frozen=True)
class Money:
    """Money of one task in one year, in cents; None is unknown. `rest` only where both are known."""

    year: int
    budget: TaskBudget | None

    @property
    def rest_cents(self) -> int | None:
        known = self.budget
        if known is None or known.planned_cents is None or known.paid_cents is None:
            return None
        return known.planned_cents - known.paid_cents


@dataclass(frozen=True)
class MoneyLine:
    task: TaskPromise
    years: Sequence[Money]


def money(following: Following, promises: Commitments) -> list[MoneyLine]:
    """Each task with its money of every year of the plan. One query."""
    rows = {(row.task_id, row.year): row for row in TaskBudget.objects.filter(following=following)}
    years = range(promises.begins.year, promises.ends.year + 1)
    return [
        MoneyLine(task, [Money(year, rows.get((task.id, year))) for year in years]) for task in promises.tasks
    ]


@dataclass(frozen=True)
class GateLine:
    """A stage with what it wants in words, and the indicators whose target falls due with it."""

    gate: StageGate
    goals: Sequence[str]
    judged: Sequence[Judged]
    has_ended: bool


def gate_lines(following: Following, today: date) -> list[GateLine]:
    """Stages of the plan, each judged as of its last day, or of today while it runs."""
    lines = []
    for gate in following.gates.select_related("decided_by"):
        judge = Judge(following, min(gate.last_day, today))
        goals = [
            goal for row in judge.promises.stages if _ends(row.deadline, gate.last_day) for goal in row.goals
        ]
        due = [
            one.id
            for one in judge.promises.indicators
            if any(_ends(line.deadline, gate.last_day) for line in one.row.targets)
        ]
        judged = list(judge.city(due).values()) if due and today >= judge.promises.begins else []
        lines.append(GateLine(gate, goals, judged, gate.last_day < today))
    return lines


def _ends(deadline: str, day: date) -> bool:
    return target_day(deadline) == day


def task_choices(promises: Commitments) -> list[tuple[int, str]]:
    return [(task.id, f"{task.row.number} {task.row.title}".strip()) for task in promises.tasks]


def beats_of(following: Following) -> Iterable[Beat]:
    """Beats from the shortest to the longest."""
    order = {every: place for place, every in enumerate(ORDER)}
    return sorted(following.beats.prefetch_related("key_tasks"), key=lambda beat: order[Every(beat.every)])


def promises_of(following: Following) -> Commitments:
    return Commitments(following.plan_version)


def every_words(every: Every) -> str | Promise:
    return EVERY[every]


def beat_known(following: Following, every: Every) -> dict[str, Any]:
    """What stands of the beat of that length, for its form; the usual days where there is none."""
    beat = following.beats.filter(every=every).first()
    if beat is None:
        return {
            "due_days": 5,
            "lock_days": 5,
            "asks": Asks.NOBODY,
            "audience": [Role.CAMPAIGN_OFFICE, Role.LEADER],
        }
    names = ("version", "name", "produces", "audience", "asks", "due_days", "lock_days")
    known = {name: getattr(beat, name) for name in names}
    return known | {"key_tasks": list(beat.key_tasks.values_list("pk", flat=True))}


def course_line(following: Following, course: Course) -> CourseLine:
    """Raises Hidden where the version that is followed no longer has the indicator."""
    found = next(
        (one for one in course_lines(following, promises_of(following)) if one.course.pk == course.pk), None
    )
    if found is None:
        raise Hidden
    return found


def course_known(course: Course) -> dict[str, Any]:
    """What stands, for its form."""
    return {
        "version": course.version,
        "mode": course.mode,
        "reporter": label(course.reporter) if course.reporter else "",
        "areas": "\n".join(area.name for area in course.areas.all()),
        "formula": course.formula,
        "shape": course.shape,
        "drawn": "\n".join(f"{day} {value}" for day, value in course.drawn),
        "weight": course.weight,
        "parent_id": course.parent_id,
    }


def budget_known(following: Following, key: str, year: int) -> tuple[TaskPromise, dict[str, Any]]:
    """A task by its key, and what stands of its money in the year. Raises Hidden."""
    task = next((task for task in promises_of(following).tasks if task.row.key == key), None)
    if task is None:
        raise Hidden
    budget = TaskBudget.objects.filter(task=task.id, year=year).first()
    if budget is None:
        return task, {}
    return task, {
        "version": budget.version,
        "planned_micro": yuan(budget.planned_cents),
        "paid_micro": yuan(budget.paid_cents),
    }


def yuan(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def money_total(lines: Sequence[MoneyLine]) -> tuple[int, int, int]:
    """Of what is known: planned and paid cents; and how many of the tasks have any money entered."""
    known = [money.budget for line in lines for money in line.years if money.budget]
    planned = sum(one.planned_cents for one in known if one.planned_cents is not None)
    paid = sum(one.paid_cents for one in known if one.paid_cents is not None)
    return planned, paid, len({one.task_id for one in known})
