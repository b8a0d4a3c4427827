"""Which two points may be one place: one type, near by, names alike."""

from collections.abc import Iterator

import pytest

from ..rules.nearness import Spot, duplicates, likeness, metres


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("望江农贸市场", "望江农贸市场", True),
        ("望江农贸市场", "望江　农贸市场（东门）", True),
        ("望江农贸市场", "云浦市望江农贸市场", True),
        ("望江农贸市场", "望江路农贸市场", True),
        ("望江第一小学", "望江第二小学", False),
        ("火车站东广场", "火车站西广场", False),
        ("望江一巷", "望江三巷", False),
        ("望江农贸市场", "柳荫公园", False),
        ("", "", False),
    ],
)
def test_names_are_alike_unless_a_number_or_a_direction_tells_them_apart(
    one: str, other: str, alike: bool
) -> None:
    assert (likeness(one, other) >= 0.6) is alike
    assert likeness(one, other) == likeness(other, one)


def test_a_degree_of_latitude_and_a_short_way_in_a_city() -> None:
    assert metres(1_200_000_000, 310_000_000, 1_200_000_000, 320_000_000) == pytest.approx(111_195, abs=1)
    assert metres(1_200_000_000, 310_000_000, 1_200_010_000, 310_000_000) == pytest.approx(95.3, abs=0.1)


def spot(
    key: str, name: str, *, type_code: str = "market", unit: int = 1, lon: int | None = 1_200_000_000
) -> Spot:
    return Spot(key, type_code, name, unit, lon, None if lon is None else 310_000_000)


def test_a_pair_is_of_one_type_and_near_by() -> None:
    spots = [
        spot("a", "望江农贸市场"),
        spot("b", "望江路农贸市场", lon=1_200_010_000),  # 95 m
        spot("c", "望江农贸市场", lon=1_200_030_000),  # 286 m from the first, 191 m from the second
        spot("d", "望江农贸市场", type_code="park"),
        spot("e", "望江农贸市场", lon=None),
        spot("f", "望江农贸市场", lon=None, unit=2),
    ]
    found = [(pair.one.key, pair.other.key, pair.metres) for pair in duplicates(spots)]
    assert found == [("a", "e", None), ("c", "e", None), ("a", "b", 95), ("b", "c", 191)]


def many() -> Iterator[Spot]:
    for number in range(10_000):
        x, y = divmod(number, 100)
        yield Spot(
            str(number), "shop", f"便民店{number}号", 1, 1_200_000_000 + x * 9_000, 310_000_000 + y * 9_000
        )


def test_ten_thousand_numbered_shops_are_no_pairs() -> None:
    assert duplicates(many()) == []
