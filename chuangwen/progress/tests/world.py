"""The plan of 云浦市 that is followed each month, and what its units report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chuangwen.cores.worktime import ZONE
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import SYSTEM, Cast
from chuangwen.plans.models import Indicator, PlanVersion
from chuangwen.progress import actions
from chuangwen.progress.models import Beat, Following, Period, ReportItem, UnitReport
from chuangwen.progress.rules.amounts import MICRO
from chuangwen.progress.rules.rhythm import Every

MAY, JUNE, JULY = date(2021, 5, 31), date(2021, 6, 30), date(2021, 7, 31)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


NOW = at("2021-06-01T09:00")


@dataclass(frozen=True)
class Followed:
    """The plan of `plans.tests.world`: T1 led by 市城管局 (members 市住建局 and the districts), T2 and T3 by 市住建局.

    I1 整修小路 20 in 2021, 40 in 2022; I2 改造旧房 45,000 by 2022; I3 新建驿站 30 (确保); I4 满意率 90 % from 80 %.
    """

    cast: Cast
    version: PlanVersion
    following: Following
    month: Beat

    def indicator(self, name: str) -> Indicator:
        rows = self.version.indicatorversion_rows.select_related("indicator")
        return rows.get(name=name).indicator

    def report(self, period: Period, actor: Actor) -> UnitReport:
        return UnitReport.objects.get(period=period, unit=actor.unit_id)

    def item(self, period: Period, actor: Actor, key: str) -> ReportItem:
        return ReportItem.objects.get(report=self.report(period, actor), task__key=key)


def follow_plan(cast: Cast, version: PlanVersion) -> Followed:
    following = actions.follow(actor=SYSTEM, version_id=version.pk, now=NOW)
    actions.settle_rhythm(
        actor=cast.office,
        plan_id=version.plan_id,
        version=following.version,
        near_pct=90,
        lag_days=46,
        now=at("2021-05-20T09:00"),
    )
    following.refresh_from_db()
    return Followed(cast, version, following, following.beats.get(every=Every.MONTH))


def open_month(followed: Followed, day: date, now: datetime) -> Period:
    return actions.open_period(actor=followed.cast.office, beat_id=followed.month.pk, day=day, now=now)


def given(number: float | None, of: float | None = None, **more: Any) -> actions.Typed:
    def scaled(value: float | None) -> int | None:
        return None if value is None else int(value * MICRO)

    return actions.Typed(numerator=scaled(number), denominator=scaled(of), **more)


def fill(followed: Followed, item: ReportItem, actor: Actor, now: datetime, **values: Any) -> ReportItem:
    """Say how a task stands; values by the name of the indicator, anything else by its field."""
    fields = {key: values.pop(key) for key in ("progress", "done_words", "stuck_words") if key in values}
    entries = {followed.indicator(name).pk: typed for name, typed in values.items()}
    return actions.fill_item(
        actor=actor,
        item_id=item.pk,
        version=item.version,
        typed=actions.TypedItem(**{"progress": "going", **fields}, entries=entries),
        now=now,
    )


def hand_in(followed: Followed, period: Period, actor: Actor, now: datetime) -> UnitReport:
    report = followed.report(period, actor)
    return actions.hand_in(actor=actor, report_id=report.pk, version=report.version, now=now)
