"""From a confirmed plan to lights and forecasts, with today set inside its years: real plans, one after
the other.

Confirmed → followed → rhythm proposed → periods opened → reports in (some late, some returned, some
"no change", some missing, one corrected) → lights and forecasts → slips → a stage gate.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.cores.reading import files, read_text
from chuangwen.cores.series.forecasts import Forecast, NoForecast
from chuangwen.cores.series.kinds import Lamp
from chuangwen.cores.worktime import ZONE
from chuangwen.desk import actions as desk
from chuangwen.desk.models import Slip
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import SYSTEM, Cast, make_cast
from chuangwen.plans import actions as plans
from chuangwen.plans.actions.correct import AssignmentFields
from chuangwen.plans.models import PlanVersion
from chuangwen.progress import actions
from chuangwen.progress.models import (
    Beat,
    Course,
    Following,
    Period,
    ReportItem,
    StageGate,
    UnitReport,
    Value,
)
from chuangwen.progress.queries.judging import Judge, Judged
from chuangwen.progress.queries.reports import gaps_of
from chuangwen.progress.rules.amounts import MICRO
from chuangwen.progress.rules.asks import REPORT
from chuangwen.progress.rules.rhythm import Asks

pytestmark = [pytest.mark.shared, pytest.mark.both_databases, pytest.mark.django_db]

# The document, a year of its plan, the beats that its own rhythm proposes, and what it lacks: 003 promises no
# number, 004 names no task of its 32.
REAL = [
    ("000", 2021, ["quarter"], ""),
    ("001", 2018, ["week", "month", "quarter", "year"], ""),
    ("002", 2021, ["quarter"], ""),
    ("003", 2022, ["day", "week", "month", "quarter", "year"], "numbers"),
    ("004", 2021, ["month", "quarter", "year", "stage"], "tasks"),
]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.mark.parametrize(("number", "year", "beats", "lacks"), REAL, ids=[number for number, *_ in REAL])
def test_a_real_plan_is_followed_through_its_periods(
    cast: Cast, shared: Path, number: str, year: int, beats: list[str], lacks: str
) -> None:
    document = next((shared / "documents").glob(f"{number}_*.txt"))
    version = confirmed(cast, document, at(year, 1, 10))
    following = actions.follow(actor=SYSTEM, version_id=version.pk, now=at(year, 1, 11))
    assert sorted(following.beats.values_list("every", flat=True)) == sorted(beats)
    asking = following.beats.get(asks=Asks.ALL)
    actions.settle_rhythm(
        actor=cast.office,
        plan_id=version.plan_id,
        version=following.version,
        near_pct=90,
        lag_days=following.lag_days,
        now=at(year, 1, 12),
    )
    for course in Course.objects.filter(following=following, reporter=None):
        Course.objects.filter(pk=course.pk).update(reporter=cast.urban)

    first, second, third = (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30))
    opened = [open_period(cast, asking, day) for day in (first, second)]
    report_all(cast, opened[0], share=1)
    report_all(cast, opened[1], share=2, unchanged=True)
    assert Value.objects.exists() == (lacks != "numbers")
    if lacks != "numbers":
        correct_one(cast, opened[0])

    judged = judge(following, second + timedelta(days=60))
    assert len(judged) == following.courses.count()
    assert all(isinstance(one.forecast, NoForecast) for one in judged)
    assert_honest(judged)
    lit = [one for one in judged if one.light.lamp is not Lamp.NONE]
    report_all(cast, open_period(cast, asking, third), share=4)
    judged = judge(following, third + timedelta(days=30))
    assert_honest(judged)
    if lacks != "numbers":
        assert lit and any(isinstance(one.forecast, Forecast) for one in judged)
    missing = UnitReport.objects.filter(period=opened[1], unit=cast.east)
    assert [report.handed_in_at for report in missing] == [None] * missing.count()
    overdue = opened[1].due_at + timedelta(days=1)
    desk.draft_slips(actor=SYSTEM, now=overdue)
    late = Slip.objects.filter(todo__kind=REPORT, todo__unit=cast.east, colour="yellow")
    assert missing.exists() == late.exists() == (lacks != "tasks")
    assert following.gates.exists() == ("stage" in beats)
    for gate in following.gates.all():
        decide(cast, gate)


def judge(following: Following, today: date) -> list[Judged]:
    return list(Judge(Following.objects.get(pk=following.pk), today).city().values())


def decide(cast: Cast, gate: StageGate) -> None:
    """A stage is not reached before it is over, nor by a rule: a named person says so, on grounds."""
    over = datetime.combine(gate.last_day + timedelta(days=5), time(9), ZONE)
    said: dict[str, Any] = {"gate_id": gate.pk, "version": gate.version, "reached": False}
    with pytest.raises(NotAllowedNow):
        actions.decide_gate(actor=cast.office, words="两项未达标", now=over - timedelta(days=5), **said)
    with pytest.raises(BadInput):
        actions.decide_gate(actor=cast.office, words=" ", now=over, **said)
    with pytest.raises(Denied):
        actions.decide_gate(actor=SYSTEM, words="两项未达标", now=over, **said)
    decided = actions.decide_gate(actor=cast.office, words="两项未达标", now=over, **said)
    assert (decided.reached, decided.decided_by) == (False, cast.office.person)


def confirmed(cast: Cast, document: Path, now: datetime) -> PlanVersion:
    """The document as a plan in force: doubts answered, and every task led and helped by units of the
    cast.
    """
    data = document.read_bytes()
    kept = plans.keep_document(cast.city, document.name, data, files.decode(document.name, data), now)
    draft = plans.draft_from_reading(actor=cast.office, document=kept, reading=read_text(kept.text), now=now)
    for doubt in draft.doubts.all():
        answer = next(iter(doubt.options), "已核对")
        plans.answer_doubt(
            actor=cast.office, doubt_id=doubt.pk, version=doubt.version, answer=answer, now=now
        )
    leads = [cast.urban, cast.housing]
    for place, row in enumerate(draft.taskversion_rows.all()):
        named = [
            AssignmentFields("lead", leads[place % 2].name, leads[place % 2].pk),
            AssignmentFields("member", cast.east.name, cast.east.pk),
        ]
        plans.set_assignments(actor=cast.office, row_id=row.pk, version=row.version, assignments=named)
    draft.refresh_from_db()
    plans.accept_rest(actor=cast.office, version_id=draft.pk, version=draft.version)
    draft.refresh_from_db()
    return plans.confirm(actor=cast.office, version_id=draft.pk, version=draft.version, now=now)


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


def open_period(cast: Cast, beat: Beat, day: date) -> Period:
    now = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE) + timedelta(hours=9)
    period = actions.open_period(actor=cast.office, beat_id=beat.pk, day=day, now=now)
    assert period == actions.open_period(actor=cast.office, beat_id=beat.pk, day=day, now=now)
    return period


def report_all(cast: Cast, period: Period, *, share: int, unchanged: bool = False) -> None:
    """市城管局 in time, 市住建局 late and once returned, 东浦区 in the first period alone."""
    in_time, late = period.opened_at + timedelta(hours=2), period.due_at + timedelta(hours=20)
    report(cast.urban_staff, period, share, in_time)
    housing = report(cast.housing_staff, period, share, late, unchanged=unchanged)
    if housing is not None:
        send_back_and_again(cast, housing, late)
    if not unchanged:
        report(cast.east_staff, period, share, in_time)


def report(
    actor: Actor, period: Period, share: int, now: datetime, *, unchanged: bool = False
) -> UnitReport | None:
    found = UnitReport.objects.filter(period=period, unit=actor.unit_id).first()
    if found is None:
        return None
    for place, item in enumerate(found.items.all()):
        if unchanged and place % 2:
            actions.say_unchanged(actor=actor, item_id=item.pk, version=item.version, now=now)
        elif place % 5 == 4:
            actions.say_not_due(actor=actor, item_id=item.pk, version=item.version, now=now)
        else:
            fill(actor, item, share, now)
    explain(actor, found, now)
    found.refresh_from_db()
    return actions.hand_in(actor=actor, report_id=found.pk, version=found.version, now=now)


def fill(actor: Actor, item: ReportItem, share: int, now: datetime, why: str = "") -> None:
    entries = {}
    for place, entry in enumerate(item.entries.all()):
        missing = place % 7 == 6
        entries[entry.indicator_id] = actions.Typed(
            numerator=None if missing else (place + 1) * share * MICRO,
            words="正常" if missing else "",
            missing="统计年报未出" if missing else "",
            why=why,
        )
    typed = actions.TypedItem(progress="going", done_words="按计划推进", entries=entries)
    actions.fill_item(actor=actor, item_id=item.pk, version=item.version, typed=typed, now=now)


def explain(actor: Actor, found: UnitReport, now: datetime) -> None:
    """What is doubted or missing after "no change" is said why."""
    for item in found.items.all():
        if gaps_of(item, item.entries.all()):
            fill(actor, item, 2, now, why="已核实")


def send_back_and_again(cast: Cast, found: UnitReport, now: datetime) -> None:
    item = found.items.get(pk=found.items.all()[0].pk)
    remarks = {"done_words": "请写明地点"}
    actions.return_item(actor=cast.office, item_id=item.pk, version=item.version, remarks=remarks, now=now)
    item.refresh_from_db()
    fill(cast.housing_staff, item, 1, now, why="已核实")
    found.refresh_from_db()
    actions.hand_in(actor=cast.housing_staff, report_id=found.pk, version=found.version, now=now)


def correct_one(cast: Cast, period: Period) -> None:
    value = Value.objects.filter(last_day=period.last_day, current=True, numerator__isnull=False)[0]
    actions.correct_value(
        actor=cast.office,
        value_id=value.pk,
        typed=actions.Typed(numerator=(value.numerator or 0) + MICRO),
        reason="复核后更正",
        now=period.lock_at,
    )
    assert (
        Value.objects.filter(indicator=value.indicator_id, last_day=period.last_day).count()
        == value.revision + 1
    )


def assert_honest(judged: Iterable[Judged]) -> None:
    """Nothing that is missing was taken for zero."""
    for one in judged:
        known = [point for point in one.points if point.numerator is not None]
        assert known or one.light.reached is None, one.promise.row.name
