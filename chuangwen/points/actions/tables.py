"""A table of points brought in: what was shown in the preview is done, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import Stale
from chuangwen.cores.roundtrip import Table
from chuangwen.kit import audit
from chuangwen.kit.locking import save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import access
from ..exchange.merging import PLACE, Merged, digest, merge
from ..exchange.table import Values, term_of, unended
from ..models import Point, PointChief
from ..rules import hours
from ..rules.chiefs import ChiefTerm
from ..rules.coordinates import Crs
from ..rules.spelling import Place, place
from .points import FIELDS, next_number, put_there

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

AT_ONCE = 500


@transaction.atomic
def bring_in_points(
    *, actor: Actor, jurisdiction_id: int, name: str, table: Table, seen: str, today: date
) -> Merged:
    """Do what the table changes; `seen` is the digest of what the preview showed.

    Raises Hidden, Denied; Stale where it changes something else by now; BadInput as `exchange.merging.merge`.
    """
    access.require_writer(actor)
    city = one_unit(actor, jurisdiction_id)
    merged = merge(actor, city, table, today)
    if digest(merged) != seen:
        raise Stale
    try:
        with transaction.atomic():
            new = _new_points(city, merged, today)
            Point.objects.bulk_create(new, batch_size=AT_ONCE)
            _name_chiefs(new, merged)
            changed = _changed_points(merged, today)
    except IntegrityError:
        raise Stale from None
    audit.record_bulk(
        actor,
        "points.points_brought_in",
        city,
        [*new, *changed],
        name=name,
        added=len(new),
        changed=len(changed),
    )
    return merged


def _new_points(city: Unit, merged: Merged, today: date) -> list[Point]:
    new: list[Point] = []
    without = [values for _row, values in merged.added if not values.get("number")]
    given = {values["number"] for _row, values in merged.added if values.get("number")}
    first = int(next_number(city.pk))
    plain = [int(number) for number in given if number.isascii() and number.isdecimal() and len(number) <= 18]
    first = max([first, *(number + 1 for number in plain)])
    for at, values in enumerate(without):
        values["number"] = f"{first + at:04}"
    for row, values in merged.added:
        point = Point(jurisdiction=city)
        _apply(point, values, merged.places.get(row), today)
        new.append(point)
    return new


def _name_chiefs(points: Sequence[Point], merged: Merged) -> None:
    """Names are people's, and stay out of the audit."""
    PointChief.objects.bulk_create(
        [
            PointChief(point=point, **asdict(term))
            for point, (_row, values) in zip(points, merged.added, strict=True)
            for term in values.get("chiefs") or ()
        ],
        batch_size=AT_ONCE,
    )


def _change_chiefs(point: Point, terms: Sequence[ChiefTerm], today: date) -> None:
    """Whoever is named no more ends today; a term that was still to come is taken back."""
    there = {term_of(one).same: one for one in unended(point, today)}
    for term in terms:
        chief = there.pop(term.same, None)
        if chief is None:
            PointChief.objects.create(point=point, **asdict(term))
        elif chief.ends_on != term.ends_on:
            _end(chief, term.ends_on)
    for chief in there.values():
        if chief.starts_on is not None and chief.starts_on >= today:
            chief.delete()
        else:
            _end(chief, today)


def _end(chief: PointChief, day: date | None) -> None:
    chief.ends_on = day
    save_if_current(chief, chief.version, fields=["ends_on"])


def _changed_points(merged: Merged, today: date) -> list[Point]:
    points = Point.objects.prefetch_related("chiefs").in_bulk([int(key) for key in merged.changed])
    for key, values in merged.changed.items():
        point = points[int(key)]
        where = merged.places.get(merged.row_of[key])
        if values.keys() & set(PLACE):
            now = {"lon": point.lon_text, "lat": point.lat_text, "crs": Crs(point.crs)}
            values = now | values
            where = place(values["lon"], values["lat"], Crs(values["crs"]))
        _apply(point, values, where, today)
        save_if_current(point, point.version, fields=[*FIELDS, "status", "status_on"])
        if "chiefs" in values:
            _change_chiefs(point, values["chiefs"], today)
    return list(points.values())


def _apply(point: Point, values: Values, where: Place | None, today: date) -> None:
    for name in ("number", "type", "name", "address", "unit", "lead_unit", "note"):
        if name in values:
            setattr(point, name, values[name])
    if "venue" in values:
        venue = values["venue"]
        point.venue_unit, point.venue_name = (None, venue) if isinstance(venue, str) else (venue, "")
    if "hours" in values:
        point.hours = hours.stored(values["hours"])
    if "status" in values and values["status"] != point.status:
        point.status, point.status_on = values["status"], today
    if values.keys() & set(PLACE):
        crs = values.get("crs") or Crs.WGS84
        put_there(point, where, values.get("lon") or "", values.get("lat") or "", crs)
