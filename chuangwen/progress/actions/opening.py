"""A period is opened once: each unit gets one report for all its tasks, filled in as far as the system
knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.cores.worktime import TimeUnit, WorkCalendar
from chuangwen.desk import actions as desk
from chuangwen.desk.queries import calendar_of
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import Commitments

from .. import access
from ..models import Beat, Course, Entry, Following, Period, ReportItem, UnitReport
from ..queries.stages import stages_of
from ..rules.asks import MINUTES_AN_ITEM, REPORT
from ..rules.rhythm import Asks, Every, Span, period_of, periods
from ..rules.states import Mode, Part

ROWS_AT_ONCE = 1000
NOBODY: tuple[Mode, Mapping[int, None]] = (Mode.LEAD, {})
BY_UNITS = (Mode.LEAD, Mode.AREAS, Mode.JUDGED)
EARLY = timedelta(days=7)  # the office may open a period so long before its last day


@transaction.atomic
def open_period(*, actor: Actor, beat_id: int, day: date, now: datetime) -> Period:
    """Open the period of the beat that `day` lies in; opened before, it is returned as it is.

    Raises Hidden, Denied; NotAllowedNow for a day in no stage, before the plan or too far ahead.
    """
    beat = access.beat_for_change(actor, beat_id)
    Beat.objects.select_for_update().get(pk=beat.pk)
    promises = Commitments(beat.following.plan_version)
    span = span_of(beat, promises, day)
    outside = span is None or span.last < promises.begins or span.first > promises.ends
    if span is None or outside or span.last - EARLY > timezone.localdate(now):
        raise NotAllowedNow("progress.no_period", day=day)
    opened = beat.periods.filter(first_day=span.first).first()
    if opened is not None:
        return opened
    due_at, lock_at = _deadlines(beat, span, now)
    period = Period.objects.create(
        beat=beat, first_day=span.first, last_day=span.last, opened_at=now, due_at=due_at, lock_at=lock_at
    )
    reports = _write_reports(period, promises)
    audit.record(
        actor,
        "progress.period_opened",
        period,
        beat=str(beat),
        first=span.first,
        last=span.last,
        reports=len(reports),
    )
    for report, items in reports:
        desk.ask(
            actor=actor,
            kind=REPORT,
            subject_id=report.pk,
            unit_id=report.unit_id,
            key=f"{REPORT}:{report.pk}",
            due_at=due_at,
            minutes=MINUTES_AN_ITEM * items,
            now=now,
        )
    return period


def open_due_periods(*, actor: Actor, now: datetime) -> int:
    """Open the ended periods of every beat that asks units; how many are new. Safe to run twice.

    Those after the last that was opened, so that none is lost while no worker ran; of a new beat the last.
    """
    today, opened = timezone.localdate(now), 0
    beats = Beat.objects.filter(following__settled_at__isnull=False).exclude(asks=Asks.NOBODY)
    for beat in beats.select_related("following__plan_version"):
        for span in _to_open(beat, Commitments(beat.following.plan_version), today):
            open_period(actor=actor, beat_id=beat.pk, day=span.first, now=now)
            opened += 1
    return opened


def span_of(beat: Beat, promises: Commitments, day: date) -> Span | None:
    return period_of(Every(beat.every), day, stages_of(promises))


def _to_open(beat: Beat, promises: Commitments, today: date) -> list[Span]:
    spans = periods(Every(beat.every), promises.begins, min(today, promises.ends), stages_of(promises))
    settled = beat.following.settled_at
    since = timezone.localdate(settled) if settled else today
    ended = [span for span in spans if since <= span.last < today]
    last = beat.periods.order_by("-first_day").first()
    return ended[-1:] if last is None else [span for span in ended if span.first > last.last_day]


def _deadlines(beat: Beat, span: Span, now: datetime) -> tuple[datetime, datetime]:
    """Working days after the last day of the period; after now where those are over before it is opened."""
    calendar = calendar_of(beat.following.plan.jurisdiction_id)
    due = calendar.due(_end_of(span.last, calendar), beat.due_days, TimeUnit.WORKING_DAYS).at
    if due <= now:
        due = calendar.due(now, beat.due_days, TimeUnit.WORKING_DAYS).at
    return due, calendar.due(due, beat.lock_days, TimeUnit.WORKING_DAYS).at


def _end_of(day: date, calendar: WorkCalendar) -> datetime:
    return datetime.combine(day, calendar.hours[-1][1], calendar.zone)


def _write_reports(period: Period, promises: Commitments) -> list[tuple[UnitReport, int]]:
    """Reports with their items and entries; each report with how many items it has."""
    wanted = _wanted(period.beat, promises)
    units = list(dict.fromkeys(unit for unit, _task, _part in wanted))
    UnitReport.objects.bulk_create(
        [UnitReport(period=period, unit_id=unit) for unit in units], batch_size=ROWS_AT_ONCE
    )
    reports = {report.unit_id: report for report in period.reports.all()}
    ReportItem.objects.bulk_create(
        [ReportItem(report=reports[unit], task_id=task, part=part) for unit, task, part in wanted],
        batch_size=ROWS_AT_ONCE,
    )
    items = list(ReportItem.objects.filter(report__period=period).select_related("report"))
    Entry.objects.bulk_create(_entries(period.beat.following, items, promises), batch_size=ROWS_AT_ONCE)
    counts: dict[int, int] = defaultdict(int)
    for item in items:
        counts[item.report_id] += 1
    return [(reports[unit], counts[reports[unit].pk]) for unit in units]


def _wanted(beat: Beat, promises: Commitments) -> list[tuple[int, int | None, Part]]:
    """(unit, task, part) that the beat asks for, in the order of the plan.

    Who gives values helps in the task even where the plan does not name it: an area its own, a reporter the
    city's. Last, without a task, who reports on indicators that stand under none.
    """
    if beat.asks == Asks.NOBODY:
        return []
    key = set(beat.key_tasks.values_list("pk", flat=True)) if beat.asks == Asks.KEY_TASKS else None
    named = _givers(beat.following)
    below = _from_below(beat.following)
    has_part = {task.id: {*task.leads, *task.members} for task in promises.tasks}
    others: dict[int | None, list[int]] = defaultdict(list)  # givers that none of the indicator's tasks names
    for one in promises.indicators:
        bound = {unit for task_id in one.tasks for unit in has_part[task_id]}
        _mode, givers = named.get(one.id, NOBODY)
        first = one.tasks[0] if one.tasks else None
        others[first] += [unit for unit in givers if unit not in bound and (unit, one.id) not in below]
    wanted: dict[tuple[int, int | None], Part] = {}
    for task in promises.tasks:
        if key is None or task.id in key:
            wanted |= dict.fromkeys(((unit, task.id) for unit in task.leads), Part.LEAD)
            wanted |= dict.fromkeys(
                ((unit, task.id) for unit in (*task.members, *others[task.id])), Part.MEMBER
            )
    if key is None:
        wanted |= dict.fromkeys(((unit, None) for unit in others[None]), Part.LEAD)
    return [(unit, task_id, part) for (unit, task_id), part in wanted.items()]


def _givers(following: Following) -> Mapping[int, tuple[Mode, Mapping[int, None]]]:
    """By indicator the units that the office named to give the values, in the order of the tree; none where
    the first lead unit does. One row for each area, of which there may be thousands under each indicator.
    """
    found: dict[int, tuple[Mode, dict[int, None]]] = {}
    fields = ("indicator", "mode", "reporter", "areas")
    rows = following.courses.filter(mode__in=BY_UNITS).order_by("pk", "areas__path").values_list(*fields)
    for indicator, mode, reporter, area in rows:
        giver = area if mode == Mode.AREAS else reporter
        _mode, givers = found.setdefault(indicator, (Mode(mode), {}))
        if giver is not None:
            givers[giver] = None
    return found


def _entries(following: Following, items: Iterable[ReportItem], promises: Commitments) -> list[Entry]:
    """Each value of the city or of an area once, in the first of the indicator's tasks that its giver has.

    An area whose own plan adds to the indicator is not asked a second time.
    """
    city = following.plan.jurisdiction_id
    named = _givers(following)
    below = _from_below(following)
    of_task: dict[int | None, Sequence[int]] = {task.id: task.indicators for task in promises.tasks}
    of_task[None] = [one.id for one in promises.indicators if not one.tasks]
    given: set[tuple[int, int]] = set()
    entries = []
    for item in items:
        for indicator in of_task[item.task_id]:
            unit = item.report.unit_id
            if indicator not in named or (unit, indicator) in below:
                continue
            mode, givers = named[indicator]
            about = unit if mode == Mode.AREAS else city
            asked = unit in givers or (not givers and item.part == Part.LEAD)
            if asked and (about, indicator) not in given:
                given.add((about, indicator))
                entries.append(Entry(item=item, indicator_id=indicator, unit_id=about))
    return entries


def _from_below(following: Following) -> set[tuple[int, int]]:
    """(unit, indicator) that plans below give."""
    links = Course.objects.filter(parent__plan=following.plan_id)
    return set(links.values_list("following__plan__jurisdiction", "parent"))
