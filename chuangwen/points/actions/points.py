"""Points: entered, changed, suspended, closed; two that are one place merged, or told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor
from chuangwen.standards.access import one_type

from .. import access
from ..models import ApartPair, Point
from ..queries import Territory
from ..rules import hours
from ..rules.coordinates import Crs, shown
from ..rules.spelling import Place, place
from ..rules.states import Status, next_status

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

FIELDS = (
    *("number", "type", "name", "address", "lon_e7", "lat_e7", "lon_text", "lat_text", "crs"),
    *("unit", "lead_unit", "venue_unit", "venue_name", "hours", "note"),
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a person says of a point.

    `number` "": the next free one. `unit_id` None: the one whose boundary holds the place. `lon`, `lat` and
    `hours` as they were typed. `venue_unit_id` None and `venue_name` "": the venue is the point itself.
    """

    type_id: int
    name: str
    lead_unit_id: int
    unit_id: int | None = None
    number: str = ""
    address: str = ""
    lon: str = ""
    lat: str = ""
    crs: str = Crs.WGS84
    venue_unit_id: int | None = None
    venue_name: str = ""
    hours: str = ""
    note: str = ""


@transaction.atomic
def add_point(*, actor: Actor, jurisdiction_id: int, facts: Facts) -> Point:
    """A point of the city; it is open.

    Raises Hidden; Denied to who keeps no points there; BadInput: an owner of another city or none, a number
    that is taken, coordinates or hours that say nothing.
    """
    city = one_unit(actor, jurisdiction_id)
    point = Point(jurisdiction=city)
    apply_facts(actor, point, facts)
    if not access.keeps(actor, point.unit, point.lead_unit):
        raise Denied
    point.number = facts.number.strip() or next_number(city.pk)
    check_point(point)
    _insert(point)
    audit.record(actor, "points.point_added", point, **as_told(point))
    return point


@transaction.atomic
def change_point(*, actor: Actor, point_id: int, version: int, facts: Facts) -> Point:
    """What is said of it now. Raises Hidden, Denied (also for giving it away out of one's reach), Stale;
    NotAllowedNow for one that became part of another; BadInput as `add_point`.
    """
    point = access.point_for_change(actor, point_id)
    check_current(point, version)
    if point.merged_into_id is not None:
        raise NotAllowedNow("points.merged_already")
    was = as_told(point)
    apply_facts(actor, point, facts)
    if not access.keeps(actor, point.unit, point.lead_unit):
        raise Denied
    point.number = facts.number.strip() or point.number
    check_point(point)
    try:
        with transaction.atomic():
            save_if_current(point, version, fields=FIELDS)
    except IntegrityError:
        raise Stale from None
    now = as_told(point)
    changed = {name: value for name, value in was.items() if now[name] != value}
    audit.record(actor, "points.point_changed", point, before=changed, **now)
    return point


def suspend_point(*, actor: Actor, point_id: int, version: int, on: date, why: str, today: date) -> Point:
    """It is shut for a while. Raises Hidden, Denied, Stale, NotAllowedNow; BadInput for a day to come."""
    return _move(actor, point_id, version, "suspend", on, why, today)


def resume_point(*, actor: Actor, point_id: int, version: int, on: date, why: str, today: date) -> Point:
    """It is open again. Raises as `suspend_point`."""
    return _move(actor, point_id, version, "resume", on, why, today)


def close_point(*, actor: Actor, point_id: int, version: int, on: date, why: str, today: date) -> Point:
    """It is a point no more; what was seen there stays. Raises as `suspend_point`."""
    return _move(actor, point_id, version, "close", on, why, today)


def reopen_point(*, actor: Actor, point_id: int, version: int, on: date, why: str, today: date) -> Point:
    """It was closed by mistake, or is back. Raises as `suspend_point`."""
    return _move(actor, point_id, version, "reopen", on, why, today)


@transaction.atomic
def _move(actor: Actor, point_id: int, version: int, move: str, on: date, why: str, today: date) -> Point:
    point = access.point_for_change(actor, point_id)
    check_current(point, version)
    was = point.status
    point.status = next_status(point.status, move, merged=point.merged_into_id is not None)
    if on > today:
        raise BadInput("points.day_to_come")
    point.status_on = on
    save_if_current(point, version, fields=["status", "status_on"])
    verbs = {"suspend": "suspended", "resume": "resumed", "close": "closed", "reopen": "reopened"}
    code = f"points.point_{verbs[move]}"
    audit.record(actor, code, point, before={"status": was}, number=point.number, on=on, why=why.strip())
    return point


@transaction.atomic
def merge_points(
    *,
    actor: Actor,
    kept_id: int,
    kept_version: int,
    other_id: int,
    other_version: int,
    today: date,
) -> Point:
    """Both are one place: the other is closed and leads to the one that is kept; its photos go over.

    Raises Hidden, Denied (for either), Stale; NotAllowedNow for one that is closed; BadInput for one city's
    point with another's, or with itself.
    """
    kept = access.point_for_change(actor, kept_id)
    other = access.point_for_change(actor, other_id)
    check_current(kept, kept_version)
    check_current(other, other_version)
    if kept.pk == other.pk or kept.jurisdiction_id != other.jurisdiction_id:
        raise BadInput("points.not_two")
    if Status.CLOSED in (kept.status, other.status):
        raise NotAllowedNow("points.status", status=Status.CLOSED, move="merge")
    other.status, other.status_on, other.merged_into = Status.CLOSED, today, kept
    save_if_current(other, other_version, fields=["status", "status_on", "merged_into"])
    save_if_current(kept, kept_version, fields=[])
    there = set(kept.photos.values_list("sha256", flat=True))
    other.photos.exclude(sha256__in=there).update(point=kept)
    audit.record_bulk(
        actor,
        "points.points_merged",
        kept,
        [other],
        number=kept.number,
        other=other.number,
        other_name=other.name,
    )
    return kept


@transaction.atomic
def keep_apart(*, actor: Actor, one_id: int, other_id: int) -> None:
    """They are two places, and are not proposed as one again. Raises Hidden, Denied, BadInput."""
    one, other = sorted(
        (access.point_for_change(actor, one_id), access.point_for_change(actor, other_id)),
        key=lambda point: point.pk,
    )
    if one.pk == other.pk or one.jurisdiction_id != other.jurisdiction_id:
        raise BadInput("points.not_two")
    _pair, made = ApartPair.objects.get_or_create(one=one, other=other)
    if made:
        audit.record_bulk(
            actor, "points.points_told_apart", one, [other], number=one.number, other=other.number
        )


def apply_facts(actor: Actor, point: Point, facts: Facts) -> None:
    """Write `facts` into `point`, unsaved. Raises Hidden, BadInput."""
    kind = one_type(actor, facts.type_id)
    if kind.jurisdiction_id != point.jurisdiction_id:
        raise Hidden
    point.type = kind
    point.name, point.address, point.note = facts.name.strip(), facts.address.strip(), facts.note.strip()
    where = place(facts.lon, facts.lat, Crs(facts.crs))
    put_there(point, where, facts.lon, facts.lat, facts.crs)
    point.lead_unit = one_unit(actor, facts.lead_unit_id)
    point.venue_unit = one_unit(actor, facts.venue_unit_id) if facts.venue_unit_id else None
    point.venue_name = facts.venue_name.strip()
    point.hours = hours.stored(hours.read(facts.hours))
    point.unit = _territorial(actor, point, facts.unit_id)


def _territorial(actor: Actor, point: Point, unit_id: int | None) -> Unit:
    if unit_id is not None:
        return one_unit(actor, unit_id)
    found = Territory(point.jurisdiction).unit_at(point.lon_e7, point.lat_e7)
    if found is None:
        raise BadInput("points.unit_missing")
    return found


def put_there(point: Point, where: Place | None, lon: str, lat: str, crs: str) -> None:
    """Where it is, with what was typed and in which system."""
    point.lon_e7, point.lat_e7 = (where.lon_e7, where.lat_e7) if where else (None, None)
    point.lon_text, point.lat_text, point.crs = lon.strip(), lat.strip(), crs


def check_point(point: Point) -> None:
    """Raises BadInput: no name, an owner of another city, two venues, a number that is taken."""
    if not point.name:
        raise BadInput("points.name_missing")
    for unit in filter(None, (point.unit, point.lead_unit, point.venue_unit)):
        if not unit.path.startswith(point.jurisdiction.path):
            raise BadInput("points.unit_elsewhere", unit=str(unit))
    if point.venue_unit is not None and point.venue_name:
        raise BadInput("points.two_venues")
    others = Point.objects.filter(jurisdiction=point.jurisdiction, number=point.number)
    if others.exclude(pk=point.pk).exists():
        raise BadInput("points.number_taken", number=point.number)


def next_number(jurisdiction_id: int, taken: int = 0) -> str:
    """One more than the greatest plain number of the city, in four digits or more; `taken` more are given."""
    numbers = Point.objects.filter(jurisdiction=jurisdiction_id, number__regex=r"^[0-9]{1,18}$")
    return f"{max(map(int, numbers.values_list('number', flat=True)), default=0) + 1 + taken:04}"


def _insert(point: Point) -> None:
    try:
        with transaction.atomic():
            point.save(force_insert=True)
    except IntegrityError:
        raise Stale from None


def as_told(point: Point) -> dict[str, Any]:
    """What the audit says of a point."""
    return {
        "number": point.number,
        "type": str(point.type),
        "name": point.name,
        "address": point.address,
        "place": " ".join(filter(None, (shown(point.lon_e7), shown(point.lat_e7)))),
        "unit": str(point.unit),
        "lead_unit": str(point.lead_unit),
        "venue": point.venue,
        "hours": hours.written(hours.loaded(point.hours)),
        "note": point.note,
    }
