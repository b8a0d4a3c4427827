"""Ranges, tiers, ties and what would tell two units apart; by numbers worked out with scipy."""

from math import sqrt

import pytest
from scipy import stats

from chuangwen.cores.scoring.ranks import Apart, Entry, points_to_separate, ranked, told_apart
from chuangwen.cores.scoring.variance import Pool

POINT = 10**7  # one of a hundred


def entries(*rows: tuple[str, float, float | None]) -> list[Entry]:
    return [
        Entry(key=key, nano=round(score * POINT), se=None if se is None else se / 100)
        for key, score, se in rows
    ]


def test_exact_scores_have_exact_ranks() -> None:
    places = ranked(entries(("甲", 90, 0), ("乙", 80, 0), ("丙", 85, 0)))
    assert {key: (place.rank, place.first, place.last, place.tier) for key, place in places.items()} == {
        "甲": (1, 1, 1, 1),
        "丙": (2, 2, 2, 2),
        "乙": (3, 3, 3, 3),
    }


def test_units_that_chance_may_have_ordered_share_a_range_and_a_tier() -> None:
    # three pairs: 0.95 ** (1 / 3), two-sided: z = 2.388; √2 × 2.388 = 3.377 for two errors of one
    z = stats.norm.ppf((1 + 0.95 ** (1 / 3)) / 2)
    assert z == pytest.approx(2.388, abs=1e-3)
    places = ranked(entries(("甲", 90, 1), ("乙", 87, 1), ("丙", 86, 1)))
    assert [(places[key].rank, places[key].first, places[key].last) for key in "甲乙丙"] == [
        (1, 1, 2),
        (2, 1, 3),
        (3, 2, 3),
    ]
    assert [places[key].tier for key in "甲乙丙"] == [1, 1, 2]


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    places = ranked(entries(("甲", 90, 0), ("乙", 90, 0), ("丙", 80, 0)))
    assert [(places[key].rank, places[key].tied) for key in "甲乙丙"] == [(1, True), (1, True), (3, False)]
    assert (places["甲"].first, places["甲"].last) == (1, 2)


def test_a_unit_without_an_error_may_be_anywhere() -> None:
    places = ranked(entries(("甲", 90, 0), ("乙", 10, None), ("丙", 80, 0)))
    assert (places["乙"].first, places["乙"].last) == (1, 3)
    assert (places["甲"].first, places["甲"].last) == (1, 2)


def test_one_unit_is_first_and_last_and_none_is_none() -> None:
    (place,) = ranked(entries(("甲", 50, 3))).values()
    assert (place.rank, place.first, place.last, place.tier, place.tied) == (1, 1, 1, 1, False)
    assert ranked([]) == {}


def test_nothing_depends_on_the_order() -> None:
    group = entries(("甲", 90, 1), ("乙", 87, 2), ("丙", 86, 1), ("丁", 86, 0.5))
    assert ranked(group) == ranked(group[::-1])


def test_few_degrees_of_freedom_need_a_larger_difference() -> None:
    one, other = Entry(key=1, nano=90 * POINT, se=0.01, df=4), Entry(key=2, nano=86 * POINT, se=0.01, df=4)
    # Welch: df 8, t = 2.306; 2.306 × √2 = 3.26 < 4; for 10 pairs t = 3.83 and 5.4 > 4
    assert told_apart(one, other)
    assert not told_apart(one, other, pairs=10)


def sampled(score: float, n: int, population: int, sd: float) -> Entry:
    """A unit of one stratum, with the sums that give this standard deviation."""
    spread = sd * sd * (n - 1) / (n * n)
    pool = Pool(n=n, population=population, m=n, total=0.0, squares=spread)
    return Entry(key=str(score), nano=round(score * POINT), se=sqrt(pool.variance), df=10**9, pools=[pool])


def test_so_many_more_points_would_tell_the_third_from_the_fourth() -> None:
    third, fourth = sampled(85, 10, 10**6, 0.2), sampled(80, 10, 10**6, 0.2)
    # 0.05 = 1.96 × 0.2 × √(2 / n): n = 2 × (1.96 × 0.2 / 0.05)² = 122.9
    found = points_to_separate(third, fourth)
    assert found == Apart(code="points", more=(113, 113))
    assert not told_apart(sampled(85, 122, 10**6, 0.2), sampled(80, 122, 10**6, 0.2))
    assert told_apart(sampled(85, 123, 10**6, 0.2), sampled(80, 123, 10**6, 0.2))


def test_near_the_whole_fewer_are_needed_and_at_the_whole_there_is_no_error() -> None:
    found = points_to_separate(sampled(85, 10, 60, 0.2), sampled(80, 10, 60, 0.2))
    assert found.code == "points"
    assert max(found.more) < 50
    last = points_to_separate(sampled(80.0001, 10, 60, 0.2), sampled(80, 10, 60, 0.2))
    assert last == Apart(code="census", more=(50, 50))


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (sampled(80, 10, 60, 0.2), sampled(80, 10, 90, 0.2), "tied"),
        (sampled(90, 50, 60, 0.01), sampled(80, 10, 60, 0.01), "apart"),
        (Entry(key=1, nano=5, se=None), sampled(80, 10, 60, 0.2), "unknown"),
    ],
)
def test_and_where_no_number_is_needed_or_none_would_do(first: Entry, second: Entry, code: str) -> None:
    assert points_to_separate(first, second) == Apart(code=code)
