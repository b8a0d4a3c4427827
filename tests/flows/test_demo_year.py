"""The demo city through its plan: three indicators compute from tables that exist, and a changed row of one of
them changes a light after one tick of the worker.
"""

from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from pytest_django import Settings

from chuangwen.cores.errors import Denied, NotAllowedNow
from chuangwen.cores.series.kinds import Lamp
from chuangwen.cores.worktime import ZONE
from chuangwen.desk import actions as desk
from chuangwen.desk.models import Slip
from chuangwen.jobs.worker import Worker
from chuangwen.kit import clock
from chuangwen.orgs import demo as units
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, seat
from chuangwen.plans import demo as plans
from chuangwen.progress import actions, demo
from chuangwen.progress.models import Following, ReportItem, StageGate, UnitReport, Value
from chuangwen.progress.queries.judging import Judge, Judged
from chuangwen.progress.rules.asks import REPORT
from chuangwen.progress.rules.states import Mode
from chuangwen.registers import actions as registers
from chuangwen.registers import demo as lists
from chuangwen.registers.models import MemberMark
from chuangwen.registers.rules.coverage import MarkState

pytestmark = pytest.mark.django_db(transaction=True)

VILLAGES = "农村生活垃圾收运处置体系行政村覆盖率"


@pytest.fixture
def following(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Following:
    """The demo plan, as it is followed in July 2022."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(clock, "now", lambda: datetime(2022, 7, 5, 9, tzinfo=ZONE))
    for room in (units, plans, lists, demo):
        room.load()
    return Following.objects.get(plan__jurisdiction__name=demo.CITY)


def tick() -> None:
    Worker("tester", lease=timedelta(seconds=30), interval=0, batch=True).run()


def judged(following: Following, begins: str) -> Judged:
    return next(
        one for one in Judge(following, demo.TODAY).city().values() if one.promise.row.name.startswith(begins)
    )


def test_the_demo_city_through_its_year(following: Following) -> None:
    """One load of the city for all that happens in it."""
    tick()
    a_changed_row_of_a_source_changes_a_light_after_one_tick(following)
    who_is_late_gets_a_slip_and_a_stage_is_reached_by_a_named_person(following)


def a_changed_row_of_a_source_changes_a_light_after_one_tick(following: Following) -> None:
    computed = following.courses.filter(mode=Mode.FORMULA).values_list("indicator", flat=True)
    known = Value.objects.filter(
        indicator__in=computed, current=True, origin="computed", numerator__isnull=False
    )
    assert known.values("indicator").distinct().count() == len(computed) == len(demo.COMPUTED)
    before = judged(following, VILLAGES)
    assert (before.light.lamp, before.light.reached) == (Lamp.NEAR, Fraction(90))

    lacking = MemberMark.objects.get(member__name="石埠村", state=MarkState.NO)
    registers.set_mark(
        actor=SYSTEM,
        member_id=lacking.member_id,
        column_id=lacking.column_id,
        version=lacking.version,
        state=MarkState.YES,
        as_of=demo.TODAY,
        today=demo.TODAY,
    )
    assert judged(following, VILLAGES).light == before.light
    tick()
    after = judged(following, VILLAGES)
    assert (after.light.lamp, after.light.reached) == (Lamp.GO, Fraction(100))
    assert after.last and after.last.value_id != (before.last and before.last.value_id)


def who_is_late_gets_a_slip_and_a_stage_is_reached_by_a_named_person(following: Following) -> None:
    missing = UnitReport.objects.filter(period__beat__following=following, handed_in_at=None)
    desk.draft_slips(actor=SYSTEM, now=datetime(2022, 7, 5, 9, tzinfo=ZONE))
    slips = Slip.objects.filter(todo__kind=REPORT)
    assert {slip.todo.unit_id for slip in slips} == {report.unit_id for report in missing}

    items = ReportItem.objects.filter(report__period__beat__following=following)
    assert set(items.values_list("state", flat=True)) == {"draft", "submitted", "confirmed", "returned"}
    assert items.filter(unchanged=True, state="submitted").exists()
    assert Value.objects.filter(item__in=items, origin="corrected", current=True).count() == 1
    assert Value.objects.filter(item__in=items, numerator=None, current=True).exclude(missing="").exists()

    gate = StageGate.objects.filter(following=following).earliest("last_day")
    office = seat("office", "测", following.plan.jurisdiction, Role.CAMPAIGN_OFFICE)
    over = datetime.combine(gate.last_day + timedelta(days=3), time(9), ZONE)
    decision: dict[str, Any] = {
        "gate_id": gate.pk,
        "version": gate.version,
        "reached": True,
        "words": "自查报告已审",
    }
    with pytest.raises(NotAllowedNow):
        actions.decide_gate(actor=office, now=over - timedelta(days=4), **decision)
    with pytest.raises(Denied):
        actions.decide_gate(actor=SYSTEM, now=over, **decision)
    gate = actions.decide_gate(actor=office, now=over, **decision)
    assert (gate.reached, gate.decided_by) == (True, office.person)
