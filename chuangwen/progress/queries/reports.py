"""Reports, their items and what belongs to them, as pages, sheets and programs show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import Commitments

from .. import access, period_words
from ..models import Course, Entry, Following, Period, ReportItem, UnitReport
from ..rules.filling import Amount, Filled, Gap, gaps
from ..rules.states import HANDED_IN, ItemState, Mode, Part

MOST_OF_TITLE = 60


def titles_of_reports(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Plan and period of those reports that the actor may see, for the desk."""
    found = access.visible_reports(actor).filter(pk__in=ids)
    return {
        report.pk: f"{report.period.beat.following.plan_version} · {title_of(report.period)}"
        for report in found
    }


def titles_of_stuck(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Whose task is stuck and by what, of those items that the actor may see, for the desk."""
    found = access.visible_items(actor).filter(pk__in=ids)
    return {item.pk: f"{item.report.unit} · {item.stuck_words[:MOST_OF_TITLE]}" for item in found}


def gaps_of(item: ReportItem, entries: Iterable[Entry]) -> list[Gap]:
    """What must still be said before the item can be handed in; entries come with their indicators."""
    return gaps(item.progress, item.stuck_words, [_filled(entry) for entry in entries])


def _filled(entry: Entry) -> Filled:
    amount = Amount(entry.numerator, entry.denominator, entry.words)
    warned = tuple(doubt["code"] for doubt in entry.warned)
    return Filled(entry.indicator.key, amount, entry.missing, warned, entry.why)


def handed_in_before(item: ReportItem) -> ReportItem | None:
    """The last item of the same task and unit that was handed in."""
    earlier = ReportItem.objects.filter(
        task=item.task_id,
        report__unit=item.report.unit_id,
        state__in=HANDED_IN,
        report__period__last_day__lt=item.report.period.first_day,
    )
    return earlier.order_by("-report__period__last_day").first()


def title_of(period: Period) -> str:
    """What people call the period; it comes with its beat."""
    return period_words.title(period.beat.every, period.first_day, period.last_day)


def members_items(items: Sequence[ReportItem]) -> dict[int, list[ReportItem]]:
    """What the members of a task have handed in, by the item of its lead unit. One query."""
    led = {(item.report.period_id, item.task_id): item.pk for item in items if item.part == Part.LEAD}
    rows = ReportItem.objects.filter(
        part=Part.MEMBER,
        state__in=HANDED_IN,
        task__in={task for _period, task in led},
        report__period__in={period for period, _task in led},
    )
    found: dict[int, list[ReportItem]] = defaultdict(list)
    for row in rows.select_related("report__unit").order_by("report__unit__path"):
        lead = led.get((row.report.period_id, row.task_id))
        if lead is not None:
            found[lead].append(row)
    return dict(found)


def led_tasks(items: Sequence[ReportItem]) -> set[tuple[int, int]]:
    """(period, task) of the items that have a lead unit in the period. One query."""
    rows = ReportItem.objects.filter(
        part=Part.LEAD,
        task__in={item.task_id for item in items},
        report__period__in={item.report.period_id for item in items},
    )
    return set(rows.values_list("report__period", "task"))


@dataclass(frozen=True)
class KnownKey:
    """An indicator that the system knows for a unit; `rolled`: made from what areas give."""

    indicator: int
    unit: int
    rolled: bool = False


class Known:
    """Which indicators of a plan nobody types: from a formula, from a plan below, made from areas. Three
    queries.
    """

    def __init__(self, following: Following, promises: Commitments) -> None:
        self.city = following.plan.jurisdiction_id
        self.of_task: dict[int | None, Sequence[int]] = {task.id: task.indicators for task in promises.tasks}
        self.of_task[None] = [one.id for one in promises.indicators if not one.tasks]
        rows = following.courses.filter(mode__in=[Mode.FORMULA, Mode.AREAS]).prefetch_related("areas")
        self.courses = {course.indicator_id: course for course in rows}
        links = Course.objects.filter(parent__plan=following.plan_id)
        self.below = set(links.values_list("parent", "following__plan__jurisdiction"))

    def of(self, item: ReportItem) -> list[KnownKey]:
        """Of the indicators of the item's task; an area knows its own, the lead unit the city's."""
        found, unit = [], item.report.unit_id
        for indicator in self.of_task.get(item.task_id, ()):
            course = self.courses.get(indicator)
            if (indicator, unit) in self.below:
                found.append(KnownKey(indicator, unit))
            elif course and course.mode == Mode.AREAS and item.part == Part.LEAD:
                found.append(KnownKey(indicator, self.city, rolled=True))
            elif course and course.mode == Mode.FORMULA:
                if item.part == Part.LEAD:
                    found.append(KnownKey(indicator, self.city))
                elif unit in {area.pk for area in course.areas.all()}:
                    found.append(KnownKey(indicator, unit))
        return found


def computed_of(item: ReportItem) -> list[KnownKey]:
    """What the system knows of the indicators of the item's task. About 20 queries."""
    following = item.report.period.beat.following
    return Known(following, Commitments(following.plan_version)).of(item)


@dataclass(frozen=True)
class ReportLine:
    """A report in a list, with how many of its tasks are where."""

    report: UnitReport
    title: str
    tasks: int
    left: int
    returned: int
    confirmed: int
    late: bool


def my_reports(actor: Actor) -> QuerySet[Any]:
    """Reports of the actor's own unit, the latest first."""
    own = access.visible_reports(actor).filter(unit=actor.unit_id)
    return own.annotate(
        tasks=Count("items"),
        left=Count("items", filter=Q(items__state__in=[ItemState.DRAFT, ItemState.RETURNED])),
        returned=Count("items", filter=Q(items__state=ItemState.RETURNED)),
        confirmed=Count("items", filter=Q(items__state=ItemState.CONFIRMED)),
    ).order_by("-period__last_day", "-pk")


def report_lines(reports: Iterable[Any], now: datetime) -> list[ReportLine]:
    """Lines of `my_reports`. No query of their own."""
    return [
        ReportLine(
            report=report,
            title=title_of(report.period),
            tasks=report.tasks,
            left=report.left,
            returned=report.returned,
            confirmed=report.confirmed,
            late=bool(report.left) and now > report.period.due_at,
        )
        for report in reports
    ]


@dataclass(frozen=True)
class Standing:
    """How far a report is: of `total` tasks `open` are with the unit, `left` of them still want an answer,
    the `next` of these first.
    """

    total: int
    open: int
    left: int
    next: int | None

    @property
    def done(self) -> int:
        return self.total - self.left


def standing_of(report: UnitReport) -> Standing:
    """Two queries."""
    items = list(report.items.prefetch_related("entries__indicator"))
    open_ = [item for item in items if item.state in {ItemState.DRAFT, ItemState.RETURNED}]
    left = [item.pk for item in open_ if gaps_of(item, item.entries.all())]
    return Standing(len(items), len(open_), len(left), left[0] if left else None)
