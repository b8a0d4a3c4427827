"""Boundaries: read from GeoJSON, brought into WGS-84, drawn with fewer corners, asked what holds a place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chuangwen.cores.errors import BadInput

from .coordinates import E7, SHIFTED, Crs, to_wgs84

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Geometry = dict[str, Any]  # as GeoJSON has it
MOST_BYTES = 20 * 1024 * 1024
MOST_FEATURES = 5_000
MOST_CORNERS = 500_000
DRAWN_DEGREES = 0.0005  # corners nearer than that (50 m) to a line are left out of what is drawn
_DECIMALS = 6
_NAMES = ("name", "NAME", "Name", "名称", "fullname")
_CODES = ("code", "adcode", "CODE", "编码", "代码", "division_code")


@dataclass(frozen=True)
class Feature:
    """An area of a file, and what it says of itself. `geometry` is exact, `outline` is what is drawn."""

    number: int
    code: str
    name: str
    geometry: Geometry
    outline: Geometry


def read(data: bytes, crs: Crs) -> list[Feature]:
    """The areas of a GeoJSON file whose corners are in `crs`.

    Raises BadInput: points.geojson (no such file), points.geojson_too_big, points.geojson_shape (`number` of
    the feature that is no area), points.geojson_range (a corner is nowhere).
    """
    if len(data) > MOST_BYTES:
        raise BadInput("points.geojson_too_big")
    try:
        found = json.loads(data.decode("utf-8-sig"))
        features = found["features"] if found["type"] == "FeatureCollection" else [found]
        areas = [(dict(one.get("properties") or {}), one["geometry"]) for one in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("points.geojson") from None
    if not areas:
        raise BadInput("points.geojson")
    if len(areas) > MOST_FEATURES:
        raise BadInput("points.geojson_too_big")
    corners = 0
    read = []
    for number, (said, geometry) in enumerate(areas, 1):
        shape, more = _shape(number, geometry, crs)
        corners += more
        if corners > MOST_CORNERS:
            raise BadInput("points.geojson_too_big")
        read.append(
            Feature(number, _said(said, _CODES), _said(said, _NAMES), _json(shape), _json(simplified(shape)))
        )
    return read


def _said(properties: dict[str, Any], names: Iterable[str]) -> str:
    return next((str(properties[name]).strip()[:100] for name in names if properties.get(name)), "")


def _shape(number: int, geometry: Any, crs: Crs) -> tuple[BaseGeometry, int]:
    import shapely
    from shapely.geometry import shape

    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadInput("points.geojson_shape", number=number)
    try:
        found = shapely.force_2d(shape(geometry))
    except Exception:  # whatever shapely makes of numbers that are none
        raise BadInput("points.geojson_shape", number=number) from None
    if found.is_empty:
        raise BadInput("points.geojson_shape", number=number)
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadInput("points.geojson_range", number=number)
    if crs in SHIFTED:
        found = shapely.transform(found, lambda corners: [to_wgs84(crs, x, y) for x, y in corners.tolist()])
    return _areas_alone(found), int(shapely.get_num_coordinates(found))


def _areas_alone(found: BaseGeometry) -> BaseGeometry:
    """Mended where it crosses itself, without the lines and points that mending leaves."""
    import shapely

    mended = found if found.is_valid else shapely.make_valid(found)
    parts = [one for one in shapely.get_parts(mended) if one.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.unary_union(parts)


def simplified(shape: BaseGeometry, degrees: float = DRAWN_DEGREES) -> BaseGeometry:
    """With fewer corners; never crossing itself, never gone."""
    fewer = shape.simplify(degrees, preserve_topology=True)
    return shape if fewer.is_empty else fewer


def _json(shape: BaseGeometry) -> Geometry:
    from shapely.geometry import mapping

    found = mapping(shape)
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}


def _rounded(value: Any) -> Any:
    if isinstance(value, float | int):
        return round(float(value), _DECIMALS)
    return [_rounded(one) for one in value]


class Areas:
    """Areas by key, asked which of them hold a place. Deeper ones come first in what is answered."""

    def __init__(self, areas: Iterable[tuple[int, int, Geometry]]) -> None:
        """`areas` are (key, depth, geometry)."""
        from shapely import STRtree, prepare
        from shapely.geometry import shape

        found = [(key, depth, shape(geometry)) for key, depth, geometry in areas]
        self.keys = [(-depth, key) for key, depth, _one in found]
        self.shapes = [one for _key, _depth, one in found]
        for one in self.shapes:
            prepare(one)
        self.tree = STRtree(self.shapes)

    def __bool__(self) -> bool:
        return bool(self.keys)

    def holding(self, lon_e7: int, lat_e7: int) -> list[int]:
        """Keys of the areas in which the place lies, the deepest first; on a border it lies in both."""
        from shapely import Point

        place = Point(lon_e7 / E7, lat_e7 / E7)
        hits: Sequence[int] = self.tree.query(place, predicate="intersects").tolist()
        return [key for _depth, key in sorted(self.keys[hit] for hit in hits)]
