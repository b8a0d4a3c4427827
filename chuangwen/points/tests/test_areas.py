"""Boundaries from GeoJSON, and which of them holds a place."""

import json
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput
from conftest import shared_directory

from ..rules.areas import Areas, read
from ..rules.coordinates import Crs, from_wgs84


def square(west: float, south: float, side: float = 1.0) -> dict[str, Any]:
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def collection(*features: tuple[str, Any]) -> bytes:
    rows = [{"type": "Feature", "properties": {"name": name}, "geometry": shape} for name, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def test_areas_are_read_with_what_they_are_called() -> None:
    found = read(collection(("东浦区", square(120, 31)), ("云河区", square(121, 31))), Crs.WGS84)
    assert [(one.number, one.name, one.code) for one in found] == [(1, "东浦区", ""), (2, "云河区", "")]


def test_corners_of_a_shifted_map_are_brought_back() -> None:
    drawn = [list(from_wgs84(Crs.GCJ02, x, y)) for x, y in square(120, 31)["coordinates"][0]]
    (found,) = read(collection(("东浦区", {"type": "Polygon", "coordinates": [drawn]})), Crs.GCJ02)
    assert sorted(found.geometry["coordinates"][0]) == sorted(square(120, 31)["coordinates"][0])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "points.geojson"),
        (b"{}", "points.geojson"),
        (b"[1]", "points.geojson"),
        (collection(), "points.geojson"),
        (collection(("点", {"type": "Point", "coordinates": [120, 31]})), "points.geojson_shape"),
        (collection(("坏", {"type": "Polygon", "coordinates": [[["a", 1]]]})), "points.geojson_shape"),
        (collection(("空", {"type": "Polygon", "coordinates": []})), "points.geojson_shape"),
        (collection(("远", square(400, 31))), "points.geojson_range"),
        (b"[" * 100_000, "points.geojson"),
    ],
)
def test_what_is_no_area_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(data, Crs.WGS84)
    assert refused.value.code == code


def test_an_area_that_crosses_itself_is_mended() -> None:
    bow = {"type": "Polygon", "coordinates": [[[120, 31], [121, 32], [121, 31], [120, 32], [120, 31]]]}
    (found,) = read(collection(("蝴蝶", bow)), Crs.WGS84)
    assert found.geometry["type"] == "MultiPolygon"


def test_the_deepest_area_that_holds_a_place_comes_first() -> None:
    areas = Areas([(1, 1, square(120, 31)), (2, 2, square(120.2, 31.2, 0.2)), (3, 1, square(121, 31))])
    assert areas.holding(1_203_000_000, 313_000_000) == [2, 1]
    assert areas.holding(1_209_000_000, 319_000_000) == [1]
    assert areas.holding(1_210_000_000, 315_000_000) == [1, 3]  # on the border of both
    assert areas.holding(1_100_000_000, 313_000_000) == []
    assert not Areas([])


@pytest.mark.shared
def test_real_districts_of_a_city_hold_their_own_middle_and_are_drawn_with_fewer_corners() -> None:
    file = shared_directory() / "data/geo/320200.geojson"
    found = read(file.read_bytes(), Crs.GCJ02)
    assert len(found) >= 5
    areas = Areas((one.number, 1, one.geometry) for one in found)
    said = json.loads(file.read_text())
    for one, feature in zip(found, said["features"], strict=True):
        lon, lat = map(float, feature["properties"]["center"])
        assert one.number in areas.holding(round(lon * 1e7), round(lat * 1e7)), one.name
    drawn = sum(len(json.dumps(one.outline)) for one in found)
    assert drawn < sum(len(json.dumps(one.geometry)) for one in found) / 3
