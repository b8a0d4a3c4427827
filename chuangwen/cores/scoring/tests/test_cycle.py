"""Years and what the last one needs: 15/25/60."""

from fractions import Fraction

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.cycle import Needed, accumulate, needed

E9 = 10**9
YEARS = [15, 25, 60]


def test_years_add_up_by_their_weights() -> None:
    found = accumulate(YEARS, {"甲": [80 * E9, 90 * E9, 85 * E9], "乙": [90 * E9, 80 * E9, 85 * E9]})
    assert found["甲"].gathered == 85_500_000_000  # 12 + 22.5 + 51
    assert found["甲"].so_far == found["甲"].gathered
    assert (found["甲"].rank, found["乙"].rank) == (1, 2)
    assert found["甲"].complete


def test_a_year_to_come_is_not_zero() -> None:
    found = accumulate(
        YEARS, {"甲": [80 * E9, 90 * E9, None], "乙": [80 * E9, 90 * E9, None], "丙": [99 * E9, None, None]}
    )
    assert found["甲"].gathered == 34_500_000_000
    assert found["甲"].so_far == 86_250_000_000  # 34.5 of 40
    assert not found["甲"].complete
    assert (found["甲"].rank, found["乙"].rank, found["丙"].rank) == (1, 1, None)


def test_thirds_stay_exact() -> None:
    (found,) = accumulate([1, 1, 1], {"甲": [E9, E9, 2 * E9]}).values()
    assert found.gathered == Fraction(4 * E9, 3)


def test_nothing_yet_has_no_rank() -> None:
    (found,) = accumulate(YEARS, {"甲": [None, None, None]}).values()
    assert (found.so_far, found.rank) == (None, None)
    assert accumulate(YEARS, {}) == {}


@pytest.mark.parametrize(
    ("before", "goal", "expected"),
    [
        ([80 * E9, 90 * E9], 85 * E9, Needed(nano=84_166_666_667, code="reachable")),  # (85 − 34.5) / 0.6, up
        ([80 * E9, 90 * E9], 95 * E9, Needed(nano=100_833_333_334, code="out_of_reach")),
        ([100 * E9, 100 * E9], 40 * E9, Needed(nano=0, code="certain")),
        ([100 * E9, None], 80 * E9, Needed(nano=None, code="years_missing")),
        ([100 * E9, 100 * E9], 100 * E9, Needed(nano=100 * E9, code="reachable")),
    ],
)
def test_what_the_last_year_must_bring(before: list[int | None], goal: int, expected: Needed) -> None:
    assert needed(YEARS, before, goal) == expected


def test_a_last_year_that_does_not_count_cannot_help() -> None:
    assert needed([50, 50, 0], [E9, E9], 2 * E9) == Needed(nano=None, code="out_of_reach")


@pytest.mark.parametrize("weights", [[], [0, 0], [50, -1]])
def test_bad_weights_are_refused(weights: list[int]) -> None:
    with pytest.raises(BadInput, match="year_weights"):
        accumulate(weights, {})


def test_years_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadInput, match="year_count"):
        accumulate(YEARS, {"甲": [E9]})
    with pytest.raises(BadInput, match="year_count"):
        needed(YEARS, [E9], E9)
