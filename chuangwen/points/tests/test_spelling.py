"""Coordinates as they stand in the tables of cities."""

import pytest

from chuangwen.cores.errors import BadInput

from ..rules.coordinates import Crs
from ..rules.spelling import Place, place

HERE = Place(1_205_000_000, 313_000_000)
SWAPPED = Place(1_205_000_000, 313_000_000, swapped=True)


@pytest.mark.parametrize(
    ("lon", "lat", "meant"),
    [
        ("120.5", "31.3", HERE),
        ("１２０．５", "３１．３", HERE),
        ("31.3", "120.5", SWAPPED),
        ("120.5,31.3", "", HERE),
        ("120.5 31.3", "", HERE),
        ("", "120.5，31.3", HERE),
        ("(31.3, 120.5)", "", SWAPPED),
        ("120°30′0″", "31°18′0″", HERE),
        ("120°30′", "31°18′", HERE),
        ("120度30分0秒", "31度18分0秒", HERE),
        ("120 30 0", "31 18 0", HERE),
        ("120°30'0.00\"E", "31°18'0.00\"N", HERE),
        ("120°30′0″E31°18'N", "", HERE),
        ("E120.5 N31.3", "", HERE),
        ("E120.5", "N31.3", HERE),
        ("东经120.5", "北纬31.3", HERE),
        ("北纬31°18′0″，东经120°30′0″", "", HERE),  # it says itself which is which
        ("纬度：31.3 经度：120.5", "", HERE),
        ("lng: 120.5, lat: 31.3", "", HERE),
        ("-0.1276", "51.5072", Place(-1_276_000, 515_072_000)),
        ("0.1276W", "51.5072", Place(-1_276_000, 515_072_000)),
        ("120.12345674", "31.12345675", Place(1_201_234_567, 311_234_568)),  # rounded half up, once
        ("", " ", None),
    ],
)
def test_what_two_cells_say(lon: str, lat: str, meant: Place | None) -> None:
    assert place(lon, lat, Crs.WGS84) == meant


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        ("120.5", "", "points.coordinates_half"),
        ("", "31.3", "points.coordinates_half"),
        ("望江路口", "31.3", "points.coordinates"),
        ("120°70′", "31.3", "points.coordinates"),
        ("120.5 31.3 5", "", "points.coordinates"),
        ("120.5x", "31.3", "points.coordinates"),
        ("1205", "31.3", "points.coordinates"),
        ("120.5°30′", "31.3", "points.coordinates"),
        ("120.5", "31.3" * 50, "points.coordinates"),
        ("120.5", "121.5", "points.coordinates_range"),
        ("东经120.5", "东经31.3", "points.coordinates_range"),
        ("200", "31.3", "points.coordinates_range"),
    ],
)
def test_what_is_no_place_is_refused_by_its_code(lon: str, lat: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        place(lon, lat, Crs.WGS84)
    assert refused.value.code == code


def test_a_shifted_system_is_brought_back_and_the_order_is_still_seen() -> None:
    assert place("39.91640428150164", "116.41024449916938", Crs.GCJ02) == Place(
        1_164_040_000, 399_150_000, swapped=True
    )
