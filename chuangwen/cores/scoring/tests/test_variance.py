"""Standard errors and intervals: the same as R's survey on twenty designs; what gives none; the edges."""

import json
from dataclasses import replace
from math import sqrt
from typing import Any

import pytest

from chuangwen.cores.scoring.rollup import GroupScore, Key, Point, PointScore, roll_up
from chuangwen.cores.scoring.variance import (
    Pool,
    Spread,
    Stratum,
    cell_shares,
    group_spread,
    interval,
    korn_graubard,
    logit,
    pools_of,
    spread,
    strata_of,
    t_quantile,
    wald,
)

from .designs import EXPECTED, SAMPLES, Sample, asked_of_r, ours
from .world import GIVEN, OBSERVATIONS, POINTS, SYSTEM

STORED: dict[str, dict[str, Any]] = {row["name"]: row for row in json.loads(EXPECTED.read_text())}
POPULATION: dict[Key, tuple[Key, int, int]] = {
    "east/road": ("east", 1, 4),
    "east/market": ("east", 2, 2),
    "east/park": ("east", 3, 3),
    "west/road": ("west", 1, 6),
    "west/market": ("west", 2, 1),
    "west/park": ("west", 3, 2),
}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_means_errors_and_intervals_are_those_of_r(sample: Sample) -> None:
    told = STORED[sample.name]
    value, found = ours(sample)
    assert found.se is not None
    assert value == pytest.approx(told["value"], abs=1e-9)  # ours is rounded to nano-points at each level
    assert found.se == pytest.approx(told["se"], abs=1e-9)
    assert found.df == told["df"]
    exact = told["value"]
    assert wald(exact, found.se, found.df) == pytest.approx(told["wald"], abs=1e-9)
    assert logit(exact, found.se, found.df) == pytest.approx(told["logit"], abs=1e-9)
    shown = interval(exact, found)
    assert shown is not None
    assert (shown.low, shown.high) == pytest.approx(told["logit"], abs=1e-9)
    if told["korn_graubard"]:
        # R counts certain strata as degrees of freedom here, whatever it is told
        inside = [row["stratum"] for row in sample.rows if row["ours"] == 1 and row["s"] != "NA"]
        edges = korn_graubard(exact, found.se, len(inside) - len(set(inside)), len(inside))
        assert edges == pytest.approx(told["korn_graubard"], abs=1e-9)


def test_there_are_twenty() -> None:
    assert len(STORED) == len(SAMPLES) == 20
    assert {sample.form for sample in SAMPLES} == {"mean", "types", "standards", "pooled"}


@pytest.mark.r
def test_r_says_so_today_too() -> None:
    for answer in asked_of_r():
        stored = STORED[str(answer["name"])]
        for name, value in answer.items():
            assert value == stored[name] or value == pytest.approx(stored[name], abs=1e-12)


def east() -> tuple[GroupScore, list[Point], dict[Any, PointScore], list[Stratum]]:
    scores = roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN)
    points = [point for point in POINTS if "east" in point.groups]
    return scores.groups["east"], points, dict(scores.points), strata_of(POINTS, POPULATION)


def test_how_much_the_total_moves_with_each_cell() -> None:
    score, *_ = east()
    shares = cell_shares(SYSTEM, score)
    # A1: 0.7 of the total, 0.6 for A, half of A, and 1 of 2.5 for roads
    assert shares["A1", "road"] == pytest.approx(0.7 * 0.6 * 0.5 / 2.5)
    assert shares["A2", "road"] == pytest.approx(0.7 * 0.6 * 0.5 / 2)
    assert shares["B1", "park"] == pytest.approx(0.7 * 0.4 * 0.5 / 2.5)
    assert sum(shares.values()) == pytest.approx(0.7)  # what is left is the review of materials
    node = cell_shares(SYSTEM, score, ("field", "A"))
    assert sum(node.values()) == pytest.approx(1)
    assert {standard for standard, _ in node} >= {"A1", "A2"}
    assert all(share == 0 for (standard, _), share in node.items() if standard == "B1")


def test_the_error_of_the_worked_example() -> None:
    score, points, scored, strata = east()
    found = group_spread(SYSTEM, score, points, scored, strata)
    # markets are certain; roads: u = ±, from A2 (1/2 and 1) alone; A1 is 2/3 twice and B1 has one value
    roads = 0.7 * 0.6 * 0.5 / 2 * 2 * 0.25 / 4
    # parks: A1 (1 and 1/3), B1 has one value
    parks = 0.7 * 0.6 * 0.5 * 0.5 / 2.5 * 1.5 * (1 / 3) / 3
    by_hand = (1 - 2 / 4) * 2 * 2 * roads**2 + (1 - 2 / 3) * 2 * 2 * parks**2
    assert found.se == pytest.approx(sqrt(by_hand), rel=1e-7)
    assert (found.df, found.n, found.code) == (2, 4, "")


def test_a_node_has_an_error_of_its_own() -> None:
    score, points, scored, strata = east()
    found = group_spread(SYSTEM, score, points, scored, strata, node=("field", "B"))
    assert found.se is not None
    whole = group_spread(SYSTEM, score, points, scored, strata)
    assert whole.se is not None
    assert found.se != whole.se


def test_one_point_in_a_stratum_without_a_neighbour_gives_no_interval() -> None:
    score, points, scored, strata = east()
    roads = [point for point in points if point.key == "e1"]
    only = roll_up(SYSTEM, roads, [one for one in OBSERVATIONS if one.point == "e1"])
    found = group_spread(SYSTEM, only.groups["east"], roads, only.points, strata_of(roads, POPULATION))
    assert (found.se, found.code) == (None, "one_point")
    assert interval(0.5, found) is None
    del score, points, scored, strata


def test_where_everything_was_visited_nothing_is_unsure() -> None:
    markets = [point for point in POINTS if point.stratum == "east/market"]
    scores = roll_up(SYSTEM, markets, [one for one in OBSERVATIONS if one.point in {"e3", "e4"}])
    found = group_spread(
        SYSTEM, scores.groups["east"], markets, scores.points, strata_of(markets, POPULATION)
    )
    assert (found.se, found.code) == (0.0, "census")
    shown = interval(0.4, found)
    assert shown is not None
    assert (shown.low, shown.high, shown.method) == (0.4, 0.4, "census")


def test_of_no_points_nothing_is_known() -> None:
    assert spread([]).code == "no_points"
    assert interval(0.5, spread([])) is None


def test_without_degrees_of_freedom_there_is_no_interval() -> None:
    assert interval(0.5, Spread(se=0.1, df=0, n=1)) is None


def test_at_the_edges_the_interval_has_a_width() -> None:
    shown = interval(1.0, Spread(se=0.0, df=9, n=10))
    assert shown is not None
    assert (shown.high, shown.method) == (1.0, "exact")
    assert shown.low == pytest.approx(0.6915, abs=1e-4)  # Clopper and Pearson for 10 of 10
    alike = interval(0.5, Spread(se=0.0, df=9, n=10))
    assert alike is not None
    assert alike.low < 0.2 < 0.8 < alike.high


def test_the_interval_stays_between_nothing_and_all() -> None:
    for share in (1e-9, 0.001, 0.5, 0.999, 1 - 1e-9):
        shown = interval(share, Spread(se=0.2, df=2, n=4))
        assert shown is not None
        assert 0 <= shown.low <= share <= shown.high <= 1


def test_pools_do_not_depend_on_the_order() -> None:
    score, points, scored, strata = east()
    one = pools_of(SYSTEM, score, points, scored, strata)
    other = pools_of(SYSTEM, score, points[::-1], scored, strata[::-1])
    assert sorted(pool.squares for pool in one) == pytest.approx(sorted(pool.squares for pool in other))


def test_a_stratum_that_was_not_visited_adds_nothing() -> None:
    west = [replace(point, visits=0) if point.stratum == "west/park" else point for point in POINTS]
    marks = [one for one in OBSERVATIONS if one.point not in {"w5", "w6"}]
    scores = roll_up(SYSTEM, west, marks)
    inside = [point for point in west if "west" in point.groups]
    found = group_spread(SYSTEM, scores.groups["west"], inside, scores.points, strata_of(west, POPULATION))
    assert found.code == "one_point"  # one road of six


@pytest.mark.parametrize(("df", "t"), [(1, 12.7062), (4, 2.7764), (30, 2.0423), (float("inf"), 1.95996)])
def test_students_quantile(df: float, t: float) -> None:
    assert t_quantile(0.95, df) == pytest.approx(t, abs=1e-4)


def test_a_pool_wholly_visited_or_of_one_has_no_variance() -> None:
    assert Pool(n=3, population=3, m=3, total=1, squares=9).variance == 0
    assert Pool(n=1, population=3, m=1, total=1, squares=1).variance == 0
