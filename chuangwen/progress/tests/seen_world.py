"""The plan of `plans.tests.world` after some months of reports, for pages that are looked at."""

from __future__ import annotations

from datetime import date

from chuangwen.orgs.models import PeerGroup, Unit
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit
from chuangwen.plans.models import IndicatorVersion, PlanVersion
from chuangwen.progress import actions
from chuangwen.progress.models import Course, Value
from chuangwen.progress.rules.amounts import MICRO
from chuangwen.progress.rules.rhythm import Every
from chuangwen.progress.rules.states import Mode

from .world import NOW, at

LAST_DAYS = (date(2021, 2, 28), date(2021, 3, 31), date(2021, 4, 30), date(2021, 5, 31))


def give_values(version: PlanVersion, cast: Cast) -> None:
    """Six districts of one peer group give I2, the lead unit gives I1; of I3 to I5 nothing is known. May is open."""
    following = actions.follow(actor=SYSTEM, version_id=version.pk, now=NOW)
    more = [make_unit(cast.city, f"第{n}区", kind=UnitKind.DISTRICT) for n in "一二三四"]
    areas = [cast.east, cast.river, *more]
    group = PeerGroup.objects.create(jurisdiction=cast.city, name="各区")
    Unit.objects.filter(pk__in=[area.pk for area in areas]).update(peer_group=group)
    by_areas = Course.objects.get(following=following, indicator__key="I2")
    by_areas.mode = Mode.AREAS
    by_areas.save()
    by_areas.areas.set(areas)
    roads = Course.objects.get(following=following, indicator__key="I1").indicator
    IndicatorVersion.objects.filter(indicator=by_areas.indicator).update(roll_up="sum")
    given = [(by_areas.indicator, area, 100 * place) for place, area in enumerate(areas, 1)]
    Value.objects.bulk_create(
        Value(
            indicator=indicator,
            unit=unit,
            first_day=last.replace(day=1),
            last_day=last,
            numerator=(number * last.month + last.month % 3) * MICRO,
            as_of=last,
            made_at=NOW,
        )
        for last in LAST_DAYS
        for indicator, unit, number in [*given, (roads, cast.city, 0)]
    )
    actions.recompute(following, now=NOW)
    month = following.beats.get(every=Every.MONTH)
    actions.open_period(actor=cast.office, beat_id=month.pk, day=LAST_DAYS[-1], now=at("2021-06-01T09:00"))
