"""The demo city follows its plan: a rhythm, two months of reports, three indicators that are computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from chuangwen.cores.series.kinds import Shape
from chuangwen.cores.worktime import ZONE
from chuangwen.orgs.actors import Actor, system_actor
from chuangwen.plans.queries import Commitments, versions_in_force

from .. import actions
from ..models import Course, Following, Period, ReportItem, Value
from ..queries.reports import gaps_of
from ..rules.amounts import MICRO
from ..rules.rhythm import Asks
from ..rules.states import Mode

if TYPE_CHECKING:
    from chuangwen.kit.sources import Source

ACTOR = system_actor("demo")
CITY = "云浦市"
TODAY = date(2022, 7, 5)  # the day on which the demo city lives
BEGUN = datetime(2022, 4, 20, 9, tzinfo=ZONE)
MONTHS = (date(2022, 4, 30), date(2022, 5, 31))
# Indicators that compute themselves: beginning of the name, source, beginning of the list's name; and the
# path that the office drew to the end of the plan, where the plan has no yearly targets.
COMPUTED: tuple[tuple[str, str, str, list[tuple[str, Decimal]]], ...] = (
    ("整治背街小巷数", "registers.projects_done_in_period", "背街小巷", []),
    (
        "农村生活垃圾收运处置体系行政村覆盖率",
        "registers.coverage",
        "移风易俗",
        [("2021-12-31", Decimal(80)), ("2022-06-30", Decimal(95))],
    ),
    (
        "城市社区居家养老服务中心覆盖率",
        "registers.coverage",
        "社区五有",
        [("2021-12-31", Decimal(30)), ("2022-12-31", Decimal(60))],
    ),
)
REPORTING, HELPING = 6, 2  # units that lead a task and that only help in some: so few that it begins quickly
REMARK = "请写明已完成的点位。"
CORRECTED = "与台账核对，多计一处。"
STUCK = "个别点位征地手续未办结，正在协调。"


@transaction.atomic
def load() -> None:
    """Follow the plan of 云浦市; what is followed already stays."""
    version = versions_in_force(ACTOR).filter(plan__jurisdiction__name=CITY, plan__parent=None).first()
    if version is None or Following.objects.filter(plan=version.plan_id).exists():
        return
    following = actions.follow(actor=ACTOR, version_id=version.pk, now=BEGUN)
    actions.settle_rhythm(
        actor=ACTOR,
        plan_id=version.plan_id,
        version=following.version,
        near_pct=90,
        lag_days=following.lag_days,
        now=BEGUN,
    )
    following.refresh_from_db()
    _compute(following)
    beat = following.beats.get(asks=Asks.ALL)
    for number, day in enumerate(MONTHS, 1):
        opened = datetime(day.year, day.month + 1, 1, 9, tzinfo=ZONE)
        period = actions.open_period(actor=ACTOR, beat_id=beat.pk, day=day, now=opened)
        _report(period, number, Commitments(version))
        _look_over(period, number)


def _compute(following: Following) -> None:
    from chuangwen.kit import sources

    rows = {one.id: one.row.name for one in Commitments(following.plan_version).indicators}
    for name, code, of, drawn in COMPUTED:
        indicator = next((id_ for id_, full in rows.items() if full.startswith(name)), None)
        course = Course.objects.filter(following=following, indicator=indicator).first()
        subject = _subject(sources.source(code), of)
        if course is not None and subject is not None:
            actions.set_course(
                actor=ACTOR,
                course_id=course.pk,
                version=course.version,
                mode=Mode.FORMULA,
                reporter=None,
                areas=[],
                formula=f"来源:{code}#{subject}",
                shape=Shape.DRAWN if drawn else course.shape,
                drawn=drawn,
                weight=1,
                now=BEGUN,
            )


def _subject(source: Source, begins: str) -> int | None:
    return next((id_ for id_, name in source.subjects(ACTOR) if name.startswith(begins)), None)


def _report(period: Period, number: int, promises: Commitments) -> None:
    """Of these units every fifth has not reported yet; something is stuck."""
    due = {one.id: one.row.targets for one in promises.indicators}
    leads = period.reports.filter(items__part="lead").distinct().order_by("pk")
    helps = period.reports.exclude(pk__in=leads.values("pk"))
    for place, report in enumerate([*leads[:REPORTING], *helps[:HELPING]]):
        if place % 5 == 4:
            continue
        now = period.opened_at if place % 3 else period.due_at
        for nth, item in enumerate(report.items.all()):
            if number > 1 and nth % 4 == 3:
                actions.say_unchanged(actor=ACTOR, item_id=item.pk, version=item.version, now=now)
                item.refresh_from_db()
            if not item.unchanged or gaps_of(item, item.entries.all()):
                _fill(ACTOR, item, number, nth, due, now)
        report.refresh_from_db()
        actions.hand_in(actor=ACTOR, report_id=report.pk, version=report.version, now=now)


def _look_over(period: Period, number: int) -> None:
    """The first month is confirmed but for one task that went back and came again; of the second one task
    is with its unit, and a number is put right.
    """
    led = ReportItem.objects.filter(report__period=period, state="submitted", part="lead").order_by("pk")
    first, *rest = led
    later = period.due_at + timedelta(days=1)
    actions.return_item(
        actor=ACTOR, item_id=first.pk, version=first.version, remarks={"done_words": REMARK}, now=later
    )
    if number == 1:
        report = first.report
        report.refresh_from_db()
        actions.hand_in(actor=ACTOR, report_id=report.pk, version=report.version, now=later)
        actions.confirm_items(actor=ACTOR, items=[(item.pk, item.version) for item in rest])
        return
    value = Value.objects.filter(item__in=rest, current=True, numerator__gt=2 * MICRO).first()
    if value and value.numerator:
        typed = actions.Typed(numerator=value.numerator - MICRO, denominator=value.denominator)
        actions.correct_value(actor=ACTOR, value_id=value.pk, typed=typed, reason=CORRECTED, now=later)


def _fill(
    actor: Actor, item: ReportItem, number: int, nth: int, due: Mapping[int, Iterable[Any]], now: datetime
) -> None:
    entries = {}
    for entry in item.entries.all():
        target = next((t.value for t in due[entry.indicator_id] if t.value is not None), None)
        lacks = target is None or (number, nth) == (1, 1)
        share = 40 + 7 * number + (entry.indicator_id * 11) % 30
        entries[entry.indicator_id] = actions.Typed(
            numerator=None if target is None or lacks else int(target * share / 100) * MICRO,
            missing="统计数据尚未发布" if lacks else "",
            why="已与台账核对",
        )
    stuck = nth % 6 == 5
    typed = actions.TypedItem(
        progress="stuck" if stuck else "going",
        done_words="按计划推进。",
        stuck_words=STUCK if stuck else "",
        entries=entries,
    )
    actions.fill_item(actor=actor, item_id=item.pk, version=item.version, typed=typed, now=now)
