"""Eight tasks of 市城管局, with reports of May that were handed in: what a focal expert has before them in June."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from chuangwen.cores.reading.model import Assignment, Heading, Reading, Span, Task
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import SYSTEM, Cast
from chuangwen.plans import actions as plans
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.tests.world import NOW, make_document, promise
from chuangwen.progress import actions
from chuangwen.progress.models import Beat, Following, Period, ReportItem, UnitReport
from chuangwen.progress.rules.rhythm import Every

from .world import JUNE, MAY, given

LINES = (
    ("整治背街小巷", "整治背街小巷120条"),
    ("新建改造公厕", "新建改造公厕80座"),
    ("扩大清扫覆盖", "道路清扫覆盖率达到95%"),
    ("规范户外广告", "拆除违规广告300处"),
    ("建设口袋公园", "建设口袋公园30个"),
    ("改造农贸市场", "改造农贸市场12个"),
    ("出台管理条例", "推动条例出台"),
    ("更新照明设施", "更新路灯2000盏"),
)
NUMBERS = (
    ("120", "条"),
    ("80", "座"),
    ("95", "%"),
    ("300", "处"),
    ("30", "个"),
    ("12", "个"),
    None,
    ("2000", "盏"),
)
TITLE = "云浦市环境提升行动计划（2021—2023年）"


def eight_tasks(cast: Cast) -> PlanVersion:
    """A confirmed plan of eight tasks, led by 市城管局; 东浦区 helps in the first."""
    body = [
        f"{n}.{title}。到2023年{words}。（牵头单位：市城管局；成员单位：东浦区）"
        for n, (title, words) in enumerate(LINES, 1)
    ]
    text = "\n".join([TITLE, *body]) + "\n"
    tasks, indicators = [], []
    for n, (title, words) in enumerate(LINES):
        start = text.index(body[n])
        whole = Span(start, start + len(body[n]))
        at = start + body[n].index("市城管局")
        roles = [Assignment("lead", "市城管局", Span(at, at + 4))]
        if n == 0:
            at = start + body[n].index("东浦区")
            roles.append(Assignment("member", "东浦区", Span(at, at + 3)))
        name = start + body[n].index(title)
        tasks.append(Task(title, Span(name, name + len(title)), whole, str(n + 1), None, roles))
        number = NUMBERS[n]
        if number:
            name_of = words[: words.index(number[0])].removesuffix("达到")
            indicators.append(promise(text, words, name_of, number[0], number[1], n, deadline="2023"))
    found = Reading(
        text,
        Heading(TITLE, Span(0, len(TITLE)), "云浦", "action_plan", "2021-04-16", (2021, 2023)),
        tasks=tasks,
        indicators=indicators,
    )
    document = make_document(cast.city, text, "eight.txt")
    draft = plans.draft_from_reading(actor=cast.office, document=document, reading=found, now=NOW)
    plans.accept_rest(actor=cast.office, version_id=draft.pk, version=draft.version)
    draft.refresh_from_db()
    return plans.confirm(actor=cast.office, version_id=draft.pk, version=draft.version, now=NOW)


@dataclass(frozen=True)
class Reporting:
    """May is handed in by 市城管局; June is open, due in days to come. Days of the plan are past, hours are now."""

    cast: Cast
    version: PlanVersion
    following: Following
    may: Period
    june: Period

    def report(self, actor: Actor, period: Period | None = None) -> UnitReport:
        return UnitReport.objects.get(period=period or self.june, unit=actor.unit_id)

    def item(self, number: int, actor: Actor | None = None, period: Period | None = None) -> ReportItem:
        report = self.report(actor or self.cast.urban_staff, period)
        return ReportItem.objects.get(report=report, task__key=f"T{number}")


def make_reporting(cast: Cast) -> Reporting:
    now = timezone.now()
    version = eight_tasks(cast)
    following = actions.follow(actor=SYSTEM, version_id=version.pk, now=NOW)
    beat = following.beats.get(asks="all")
    Beat.objects.filter(pk=beat.pk).update(every=Every.MONTH)
    may = actions.open_period(actor=cast.office, beat_id=beat.pk, day=MAY, now=now)
    _hand_in_may(cast, may, now)
    june = actions.open_period(actor=cast.office, beat_id=beat.pk, day=JUNE, now=now + timedelta(minutes=1))
    return Reporting(cast, version, following, may, june)


def _hand_in_may(cast: Cast, may: Period, now: datetime) -> None:
    """Tasks 1, 2, 4, 5 and 6 go on, 3 covers 19 of 20, 7 and 8 are not due yet."""
    staff = cast.urban_staff
    report = UnitReport.objects.get(period=may, unit=staff.unit_id)
    amounts = {1: given(22), 2: given(52), 3: given(19, 20), 4: given(80), 5: given(6), 6: given(3)}
    for number in range(1, 9):
        item = report.items.get(task__key=f"T{number}")
        if number > 6:
            actions.say_not_due(actor=staff, item_id=item.pk, version=item.version, now=now)
            continue
        typed = actions.TypedItem(
            progress="going",
            done_words="按计划推进",
            entries={entry.indicator_id: amounts[number] for entry in item.entries.all()},
        )
        actions.fill_item(actor=staff, item_id=item.pk, version=item.version, typed=typed, now=now)
    actions.hand_in(actor=staff, report_id=report.pk, version=report.version, now=now)
