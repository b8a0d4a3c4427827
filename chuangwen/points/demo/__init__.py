"""The points of the demo city, and where its districts and towns lie: in the sea, where no city is."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import system_actor
from chuangwen.standards import actions as standards

from .. import actions, queries
from ..actions import Facts
from ..models import Point
from .land import CELLS, DISTRICTS, ring_of, rings_of, spot
from .places import CHIEFS, TYPES, lines

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

ACTOR = system_actor("demo")
CITY = "云浦市"
TODAY = date(2022, 3, 31)


@transaction.atomic
def load() -> None:
    """Enter boundaries, points and chiefs of 云浦市; what is there already stays."""
    city = visible_units(ACTOR).get(parent=None, name=CITY)
    if Point.objects.filter(jurisdiction=city).exists():
        return
    units = {str(unit): unit for unit in visible_units(ACTOR).filter(path__startswith=city.path)}
    actions.bring_in_boundaries(
        actor=ACTOR,
        jurisdiction_id=city.pk,
        name="云浦市界线.geojson",
        data=boundaries(),
        crs="wgs84",
        today=TODAY,
    )
    _points(city, units, _types(city))


def boundaries() -> bytes:
    """Districts and towns as GeoJSON."""
    towns = [(name, {"type": "Polygon", "coordinates": [ring_of(name)]}) for name in CELLS]
    districts = [
        (name, {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings_of(members)]})
        for name, members in DISTRICTS.items()
    ]
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": shape}
        for name, shape in [*districts, *towns]
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _types(city: Unit) -> dict[str, int]:
    """Ids of the point types by code; those that the city does not have are added."""
    there = {one.code: one.pk for one in queries.types_for(ACTOR) if one.jurisdiction_id == city.pk}
    for code, (name, _lead) in TYPES.items():
        if code not in there:
            there[code] = standards.add_type(actor=ACTOR, jurisdiction_id=city.pk, code=code, name=name).pk
    return there


def _points(city: Unit, units: dict[str, Unit], types: dict[str, int]) -> None:
    made: dict[str, Point] = {}
    for code, name, town, right, up, venue, hours, *status in lines():
        lon, lat = ("", "") if right == "-" else spot(town, int(right), int(up))
        facts = Facts(
            type_id=types[code],
            name=name,
            lead_unit_id=units[TYPES[code][1]].pk,
            unit_id=units[town].pk,
            lon=lon,
            lat=lat,
            venue_name="" if venue == "-" else venue,
            hours="" if hours == "-" else hours.replace("_", " "),
        )
        made[name] = actions.add_point(actor=ACTOR, jurisdiction_id=city.pk, facts=facts)
        if status:
            move = {"暂停": actions.suspend_point, "撤销": actions.close_point}[status[0]]
            step = {"暂停": "升级改造", "撤销": "地块已拆除"}[status[0]]
            move(actor=ACTOR, point_id=made[name].pk, version=1, on=TODAY, why=step, today=TODAY)
    for name, kind, level, holder, post in CHIEFS:
        actions.add_chief(
            actor=ACTOR,
            point_id=made[name].pk,
            kind=kind,
            level=level,
            name=holder,
            post=post,
            starts_on=date(2021, 6, 1),
        )
