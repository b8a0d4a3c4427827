"""How many points a wanted margin needs, checked against the formula written out."""

from math import sqrt

import pytest
from scipy import stats

from chuangwen.cores.scoring.planner import PlannedStratum, plan, sd_from

ONE = [PlannedStratum(type="road", population=400, weight_milli=1000, sd=0.25)]


def half_width(n: int) -> float:
    return float(stats.t.ppf(0.975, n - 1)) * 0.25 * sqrt(1 / n - 1 / 400)


def test_one_type_is_the_formula_turned_round() -> None:
    found = plan(ONE, 0.05)
    n = found.total
    assert half_width(n) <= 0.05 < half_width(n - 1)
    assert found.half_width == pytest.approx(half_width(n), abs=1e-12)
    assert n == 80


def test_visits_and_days_follow() -> None:
    found = plan(ONE, 0.05, visits_per_point=4, visits_per_day=10, team=3)
    assert (found.visits, found.person_days) == (320, 96.0)


def test_weighty_and_uneven_types_get_more() -> None:
    strata = [
        PlannedStratum(type="road", population=100, weight_milli=1000, sd=0.1),
        PlannedStratum(type="market", population=100, weight_milli=1000, sd=0.4),
        PlannedStratum(type="park", population=100, weight_milli=500, sd=0.2),
    ]
    found = plan(strata, 0.04)
    assert found.points["market"] > 3 * found.points["road"]
    assert found.points["park"] == pytest.approx(found.points["road"], abs=1)  # 500 × 0.2 is 1000 × 0.1
    assert found.half_width <= 0.04


def test_certain_points_are_visited_and_cost_no_margin() -> None:
    strata = [PlannedStratum(type="road", population=10, weight_milli=1000, sd=0.5, certain=10)]
    found = plan(strata, 0.01)
    assert (found.points, found.half_width) == ({"road": 10}, 0.0)


def test_a_tiny_margin_means_every_point() -> None:
    found = plan([PlannedStratum(type="road", population=30, weight_milli=1000, sd=0.5)], 0.001)
    assert (found.total, found.half_width) == (30, 0.0)


def test_a_margin_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        plan(ONE, 0)


def test_the_former_round_tells_the_spread() -> None:
    assert sd_from([10**9, 0]) == pytest.approx(sqrt(0.5))
    assert sd_from([5]) is None
