"""Boundaries of units, brought in as GeoJSON."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import save_if_current
from chuangwen.orgs.access import one_unit, visible_units
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import match_names

from .. import access
from ..models import Boundary
from ..rules.areas import Feature, read
from ..rules.coordinates import Crs

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

NAMED_AT_MOST = 20


@transaction.atomic
def bring_in_boundaries(
    *, actor: Actor, jurisdiction_id: int, name: str, data: bytes, crs: str, today: date
) -> list[Boundary]:
    """The areas of a file as boundaries of the units that have their codes or names; earlier ones go.

    Raises Hidden, Denied; BadInput as `rules.areas.read`, or points.geojson_units: areas that no single unit
    of the city stands for, or two that mean one; then nothing is stored.
    """
    access.require_keeper_of_all(actor)
    city = one_unit(actor, jurisdiction_id)
    features = read(data, Crs(crs))
    units = _units_of(actor, city, features, today)
    there = {row.unit_id: row for row in Boundary.objects.filter(unit__in=units.values())}
    sha256 = hashlib.sha256(data).hexdigest()
    found = []
    for feature in features:
        unit = units[feature.number]
        row = there.get(unit.pk) or Boundary(unit=unit)
        row.geometry, row.outline = feature.geometry, feature.outline
        row.file_name, row.sha256 = name[-100:], sha256
        if row.pk is None:
            row.save(force_insert=True)
        else:
            fields = ["geometry", "outline", "file_name", "sha256"]
            save_if_current(row, row.version, fields=fields)
        found.append(row)
    audit.record_bulk(
        actor, "points.boundaries_brought_in", city, found, name=name, sha256=sha256, count=len(found)
    )
    return found


@transaction.atomic
def remove_boundary(*, actor: Actor, boundary_id: int) -> None:
    """Take a boundary away; points stay with their units. Raises Hidden, Denied."""
    row = access.boundary_for_change(actor, boundary_id)
    audit.record(actor, "points.boundary_removed", row, unit=str(row.unit))
    row.delete()


def _units_of(actor: Actor, city: Unit, features: list[Feature], today: date) -> dict[int, Unit]:
    """The unit of each feature: by division code, else by name. Raises BadInput."""
    codes = {one.code for one in features if one.code}
    below = visible_units(actor).filter(path__startswith=city.path).open_on(today)
    by_code = {unit.division_code: unit for unit in below.filter(division_code__in=codes)}
    names = match_names(city, {one.name for one in features if one.name}, today, suggest=False)
    found: dict[int, Unit] = {}
    lost = []
    for one in features:
        unit = by_code.get(one.code) or (names[one.name].unit if one.name else None)
        if unit is None or unit in found.values():
            lost.append(f"{one.number} {one.name or one.code or '?'}")
        else:
            found[one.number] = unit
    if lost:
        more = "…" if len(lost) > NAMED_AT_MOST else ""
        raise BadInput("points.geojson_units", names="、".join(lost[:NAMED_AT_MOST]) + more)
    return found
