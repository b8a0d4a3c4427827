"""Reads: points by filters, as rows for a draw, as a map; what may be one place twice; boundaries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor, system_actor
from chuangwen.orgs.rules import ancestor_paths, path_range
from chuangwen.standards.queries import point_types

from . import access
from .models import ApartPair, Boundary, Point, PointChief
from .rules.areas import Areas
from .rules.coordinates import degrees
from .rules.nearness import Pair, Spot, duplicates
from .rules.states import Status, on_day

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit
    from chuangwen.standards.models import PointType

SYSTEM = system_actor("points.reading")
ALL = "all"
IN_USE = (Status.OPEN, Status.SUSPENDED)
PAIRS_AT_MOST = 200


@dataclass(frozen=True)
class PointRow:
    """A point as rooms above know it; a result of it concerns the three owners.

    `venue_unit_id` None: the venue has no unit, and is called `venue`. `hours` as `rules.hours.stored`.
    """

    id: int
    number: str
    type_id: int
    type_code: str
    name: str
    address: str
    unit_id: int
    unit_path: str
    lead_unit_id: int
    venue_unit_id: int | None
    venue: str
    lon_e7: int | None
    lat_e7: int | None
    hours: tuple[tuple[int, int, int], ...]
    status: str


@dataclass(frozen=True)
class Asked:
    """Which points are asked for. `unit`: that lie in it or below it; `owner`: that concern it, whichever of
    the three it is. `status` "" is all that are in use, "all" the closed ones too.
    """

    type_code: str = ""
    unit: Unit | None = None
    owner: Unit | None = None
    status: str = ""
    text: str = ""


def points_for_frame(
    actor: Actor,
    jurisdiction_id: int,
    *,
    unit_ids: Collection[int] | None = None,
    type_codes: Collection[str] | None = None,
) -> list[PointRow]:
    """Open points of the city that the actor sees, in the order of their ids: what a draw is made from.

    `unit_ids`: that lie in these units or below them; `type_codes`: of these types; None: of all.
    """
    points = access.visible_points(actor).filter(jurisdiction=jurisdiction_id, status=Status.OPEN)
    if unit_ids is not None:
        paths = visible_units(SYSTEM).filter(pk__in=unit_ids).values_list("path", flat=True)
        points = points.filter(_below(paths))
    if type_codes is not None:
        points = points.filter(type__code__in=type_codes)
    return rows_of(points)


def rows_of(points: QuerySet[Point]) -> list[PointRow]:
    return [row_of(point) for point in points.select_related("type", "unit", "venue_unit").order_by("pk")]


def row_of(point: Point) -> PointRow:
    return PointRow(
        id=point.pk,
        number=point.number,
        type_id=point.type_id,
        type_code=point.type.code,
        name=point.name,
        address=point.address,
        unit_id=point.unit_id,
        unit_path=point.unit.path,
        lead_unit_id=point.lead_unit_id,
        venue_unit_id=point.venue_unit_id,
        venue=point.venue,
        lon_e7=point.lon_e7,
        lat_e7=point.lat_e7,
        hours=tuple((span[0], span[1], span[2]) for span in point.hours),
        status=point.status,
    )


def _below(paths: Iterable[str]) -> Q:
    found = Q(pk__in=())
    for path in paths:
        first, end = path_range(path)
        found |= Q(unit__path__gte=first, unit__path__lt=end)
    return found


def asked_points(actor: Actor, asked: Asked) -> QuerySet[Point]:
    """What the list shows and the map counts, by number; all units and the type joined."""
    points = access.visible_points(actor)
    if asked.type_code:
        points = points.filter(type__code=asked.type_code)
    if asked.unit is not None:
        points = points.filter(_below([asked.unit.path]))
    if asked.owner is not None:
        owner = asked.owner
        points = points.filter(Q(unit=owner) | Q(lead_unit=owner) | Q(venue_unit=owner))
    if asked.status == "":
        points = points.filter(status__in=IN_USE)
    elif asked.status != ALL:
        points = points.filter(status=asked.status)
    for word in asked.text.split():
        named = Q(name__icontains=word) | Q(address__icontains=word) | Q(venue_name__icontains=word)
        points = points.filter(named | Q(number__istartswith=word))
    return points.select_related(*access.JOINED)


def types_for(actor: Actor) -> list[PointType]:
    return list(point_types(actor))


def map_of(actor: Actor, asked: Asked) -> dict[str, Any]:
    """The same points as `asked_points`, for the map, as small as can be.

    `points` are [id, longitude, latitude, place in `types`, place in `statuses`, number, name]; of `total`
    those that are nowhere yet are left out.
    """
    types = {one.pk: (at, one.name) for at, one in enumerate(types_for(actor))}
    statuses = {str(status): at for at, status in enumerate(Status)}
    points = asked_points(actor, asked).select_related(None).order_by("pk")
    total, placed = 0, []
    for pk, lon, lat, kind, status, number, name in points.values_list(
        "pk", "lon_e7", "lat_e7", "type", "status", "number", "name"
    ):
        total += 1
        if lon is not None and lat is not None:
            at = [round(degrees(lon), 6), round(degrees(lat), 6)]
            placed.append([pk, *at, types[kind][0], statuses[status], number, name])
    return {
        "total": total,
        "types": [name for _at, name in types.values()],
        "statuses": list(statuses),
        "points": placed,
    }


def outlines(actor: Actor) -> dict[str, Any]:
    """What the map is drawn on: the boundaries of the city's units as GeoJSON, the highest first."""
    rows = access.visible_boundaries(actor).order_by("unit__path")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": row.unit_id, "name": str(row.unit), "depth": len(row.unit.path)},
                "geometry": row.outline,
            }
            for row in rows
        ],
    }


def boundaries(actor: Actor) -> list[Boundary]:
    """Without what they hold."""
    return list(access.visible_boundaries(actor).defer("geometry", "outline"))


class Territory:
    """Units of a city by where they lie; read once, asked for many places."""

    def __init__(self, jurisdiction: Unit) -> None:
        found = Boundary.objects.filter(unit__path__startswith=jurisdiction.path, unit__closed_on=None)
        rows = list(found.select_related("unit__parent"))
        self.units = {row.unit_id: row.unit for row in rows}
        self.areas = Areas((row.unit_id, len(row.unit.path), row.geometry) for row in rows)

    def __bool__(self) -> bool:
        return bool(self.areas)

    def unit_at(self, lon_e7: int | None, lat_e7: int | None) -> Unit | None:
        """The lowest unit whose boundary holds the place; None where none does, or two of one level do."""
        if lon_e7 is None or lat_e7 is None or not self.areas:
            return None
        found = [self.units[key] for key in self.areas.holding(lon_e7, lat_e7)]
        if len(found) > 1 and len(found[0].path) == len(found[1].path):
            return None
        return found[0] if found else None


def chain(point: Point) -> list[Unit]:
    """The territorial units of the point, the city first, the lowest last."""
    return list(visible_units(SYSTEM).filter(path__in=ancestor_paths(point.unit.path)).order_by("path"))


def chiefs_on(point: Point, day: date) -> tuple[list[PointChief], list[PointChief]]:
    """Those who hold on `day`, the highest level first, and those of other times. One query."""
    chiefs = list(point.chiefs.all())
    holding = list(on_day(chiefs, day))
    levels = [choice[0] for choice in PointChief._meta.get_field("level").flatchoices]
    holding.sort(key=lambda chief: levels.index(chief.level))
    return holding, [chief for chief in chiefs if chief not in holding]


def spot_of(point: Point) -> Spot:
    return Spot(str(point.pk), point.type.code, point.name, point.unit_id, point.lon_e7, point.lat_e7)


@dataclass(frozen=True)
class PairLine:
    """Two points that may be one place; `may_decide` by this actor."""

    one: Point
    other: Point
    metres: int | None
    alike_pct: int
    may_decide: bool


def apart_pairs(jurisdiction_ids: Collection[int]) -> set[tuple[str, str]]:
    """Keys of the pairs about which somebody decided that they are two places, both ways."""
    rows = ApartPair.objects.filter(one__jurisdiction__in=jurisdiction_ids).values_list("one", "other")
    return {pair for one, other in rows for pair in ((str(one), str(other)), (str(other), str(one)))}


def proposed_pairs(actor: Actor) -> list[PairLine]:
    """Points in use that may be one place twice, the likest first; at most PAIRS_AT_MOST. Two queries."""
    points = access.visible_points(actor).filter(status__in=IN_USE).select_related(*access.JOINED)
    by_key = {str(point.pk): point for point in points.order_by("pk")}
    apart = apart_pairs({point.jurisdiction_id for point in by_key.values()})
    found = duplicates(spot_of(point) for point in by_key.values())
    left = [pair for pair in found if (pair.one.key, pair.other.key) not in apart]
    return [_line(actor, pair, by_key) for pair in left[:PAIRS_AT_MOST]]


def _line(actor: Actor, pair: Pair, points: dict[str, Point]) -> PairLine:
    one, other = points[pair.one.key], points[pair.other.key]
    may = all(access.keeps(actor, point.unit, point.lead_unit) for point in (one, other))
    return PairLine(one, other, pair.metres, pair.alike_pct, may)
