"""The plans that are followed, each with its last reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Following, Period, UnitReport
from ..rules.rhythm import Asks


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan with the last period that units were asked for; None before the first one."""

    following: Following
    period: Period | None
    asked: int
    handed_in: int


def followed_plans(actor: Actor) -> list[PlanLine]:
    """The latest plan first. Three queries for any number of plans."""
    followings = list(access.visible_followings(actor).order_by("-plan_id"))
    periods: dict[int, Period] = {}
    asked = access.visible_periods(actor).filter(beat__asks=Asks.ALL, beat__following__in=followings)
    for period in asked.order_by("last_day"):
        periods[period.beat.following_id] = period
    reports = UnitReport.objects.filter(period__in=[period.pk for period in periods.values()])
    counts = {
        period: (asked, handed_in)
        for period, asked, handed_in in reports.order_by()
        .values("period")
        .annotate(asked=Count("pk"), handed_in=Count("handed_in_at"))
        .values_list("period", "asked", "handed_in")
    }
    lines = []
    for following in followings:
        last = periods.get(following.pk)
        asked_, handed_in = counts.get(last.pk, (0, 0)) if last else (0, 0)
        lines.append(PlanLine(following=following, period=last, asked=asked_, handed_in=handed_in))
    return lines


def following_in_force(actor: Actor, version_id: int) -> Following | None:
    """How a version is followed; None where it is not, or not for the actor."""
    return access.visible_followings(actor).filter(plan_version=version_id).first()
