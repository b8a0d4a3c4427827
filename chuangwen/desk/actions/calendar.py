"""The city's own days and hours. What is due already keeps its time: the asked were told that one.

Only what they were told is provisional is settled, once all its days are known: settling.py.
"""

from datetime import date, time

from django.db import transaction

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import CityDay, CityHours


@transaction.atomic
def set_city_day(*, actor: Actor, day: date, is_worked: bool, words: str) -> CityDay:
    """Say what a day is in the city; what was said before is replaced. Raises Denied."""
    access.require_keeper(actor)
    city = jurisdiction(actor)
    set_day, _ = CityDay.objects.update_or_create(
        jurisdiction=city, day=day, defaults={"is_worked": is_worked, "words": words}
    )
    audit.record(actor, "desk.day_set", city, day=day, is_worked=is_worked, words=words)
    return set_day


@transaction.atomic
def remove_city_day(*, actor: Actor, day_id: int) -> None:
    """The day is again what the country's calendar says. Raises Hidden, Denied."""
    access.require_keeper(actor)
    city = jurisdiction(actor)
    found = CityDay.objects.filter(jurisdiction=city, pk=day_id).first()
    if found is None:
        raise Hidden
    audit.record(actor, "desk.day_removed", city, before={"is_worked": found.is_worked}, day=found.day)
    found.delete()


@transaction.atomic
def set_city_hours(
    *, actor: Actor, version: int, opens_at: time, lunch_from: time, lunch_to: time, closes_at: time
) -> CityHours:
    """`version` 0 where none were set. Raises Denied, Stale; BadInput for hours out of order."""
    access.require_keeper(actor)
    if not opens_at < lunch_from < lunch_to < closes_at:
        raise BadInput("desk.hours_out_of_order")
    city = jurisdiction(actor)
    values = {
        "opens_at": opens_at,
        "lunch_from": lunch_from,
        "lunch_to": lunch_to,
        "closes_at": closes_at,
    }
    hours = CityHours.objects.filter(jurisdiction=city).first()
    if hours is None:
        hours = CityHours.objects.create(jurisdiction=city, **values)
    else:
        check_current(hours, version)
        for name, value in values.items():
            setattr(hours, name, value)
        save_if_current(hours, version, fields=values)
    audit.record(actor, "desk.hours_set", city, opens_at=opens_at, closes_at=closes_at)
    return hours
