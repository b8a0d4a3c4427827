"""The shifted systems of Chinese maps, both ways, against the numbers that converters agree on."""

from math import hypot

import pytest

from ..rules.coordinates import Crs, e7, from_wgs84, shown, to_wgs84

HERE = (116.404, 39.915)  # the pair of numbers that converters print in their manuals
PLACES_ABROAD = [(-0.1276, 51.5072), (139.7671, 35.6812), (151.2093, -33.8688), (2.3522, 48.8566)]


def test_the_numbers_that_converters_print_come_out() -> None:
    assert from_wgs84(Crs.GCJ02, *HERE) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-12)
    place = to_wgs84(Crs.GCJ02, *HERE)
    assert from_wgs84(Crs.BD09, *place) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)
    # Converters go back in one step and miss by half a metre; the iterated way back lies within that of theirs.
    assert to_wgs84(Crs.GCJ02, *HERE) == pytest.approx((116.39775550083061, 39.91359571849836), abs=1e-5)
    baidu = to_wgs84(Crs.BD09, *HERE)
    assert from_wgs84(Crs.GCJ02, *baidu) == pytest.approx((116.39762729119315, 39.90865673957631), abs=1e-5)


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
@pytest.mark.parametrize("lon", [73.7, 80.3, 91.1, 105.0, 111.11, 120.585316, 134.7])
@pytest.mark.parametrize("lat", [3.9, 18.2, 31.298886, 39.9, 47.05, 53.5])
def test_there_and_back_is_the_same_to_the_stored_digit(crs: Crs, lon: float, lat: float) -> None:
    drawn = from_wgs84(crs, lon, lat)
    back = to_wgs84(crs, *drawn)
    assert (e7(back[0]), e7(back[1])) == (e7(lon), e7(lat))
    assert hypot(drawn[0] - lon, drawn[1] - lat) > 1e-4  # it was moved at all


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
@pytest.mark.parametrize(("lon", "lat"), PLACES_ABROAD)
def test_abroad_nothing_is_shifted(crs: Crs, lon: float, lat: float) -> None:
    assert from_wgs84(crs, lon, lat) == (lon, lat)
    assert to_wgs84(crs, lon, lat) == (lon, lat)


@pytest.mark.parametrize("crs", [Crs.WGS84, Crs.CGCS2000])
def test_what_is_not_shifted_stays_as_it_is(crs: Crs) -> None:
    assert to_wgs84(crs, 120.5, 31.3) == (120.5, 31.3) == from_wgs84(crs, 120.5, 31.3)


@pytest.mark.parametrize(
    ("stored", "text"),
    [(1_205_000_000, "120.500000"), (1_201_234_567, "120.1234567"), (-1_276_000, "-0.127600"), (None, "")],
)
def test_what_is_stored_is_shown_whole(stored: int | None, text: str) -> None:
    assert shown(stored) == text
