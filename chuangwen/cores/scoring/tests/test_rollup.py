"""From marks to units: the worked example, what is missing, caps, bad trees, and that nothing depends on order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import parse_rule
from chuangwen.cores.scoring.rollup import (
    Given,
    GroupScore,
    Item,
    Key,
    Node,
    Observation,
    Point,
    System,
    final_nano,
    item,
    roll_up,
    score_point,
)
from chuangwen.cores.scoring.scale import printed

from .world import E9, GIVEN, HALF, OBSERVATIONS, POINTS, SYSTEM


@pytest.fixture(scope="module")
def east() -> GroupScore:
    return roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN).groups["east"]


@pytest.mark.parametrize(
    ("point", "a1", "a2", "b1", "whole", "cap"),
    [
        # clean 2 × 1, bins 1 × 0: 2/3; parking 1/2; ads 1; whole (2 + 0 + 0.5 + 1) / 5
        ("e1", 666_666_667, 500_000_000, E9, 700_000_000, None),
        # the emergency exit is blocked: all that the market is worth is capped at one half
        ("e3", HALF, HALF, HALF, HALF, HALF),
        ("e4", 333_333_333, 750_000_000, 0, 416_666_667, None),  # (0 + 1 + 1 + 0.5 + 0) / 6
        ("e6", 333_333_333, None, None, 333_333_333, None),  # ads not applicable, (1 + 0) / 3
        ("w2", None, None, None, None, None),  # drawn, not visited
    ],
)
def test_points_of_the_worked_example(
    point: str, a1: int | None, a2: int | None, b1: int | None, whole: int | None, cap: int | None
) -> None:
    found = roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN).points[point]
    assert (found.nano, found.cap) == (whole, cap)
    assert [found.standards.get(key) for key in ("A1", "A2", "B1")] == [a1, a2, b1]


def test_type_means_weigh_points_by_their_design_weights(east: GroupScore) -> None:
    road = east.cells["A1", "road"]  # two roads for four: (2 × 0.666666667 + 2 × 0.666666667) / 4
    assert (road.top, road.bottom, road.n, road.nano) == (2_666_666_668_000_000, 4_000_000, 2, 666_666_667)
    ads = east.cells["B1", "road"]  # one of the two roads has a value: the other leaves both sums
    assert (ads.top, ads.bottom, ads.n) == (2_000_000_000_000_000, 2_000_000, 1)


def test_the_tree_of_the_worked_example(east: GroupScore) -> None:
    # A1 (1 × 0.666666667 + 1 × 0.416666667 + 0.5 × 0.666666667) / 2.5; A2 has no parks: (0.75 + 0.625) / 2
    # B1 (1 × 1 + 1 × 0.25 + 0.5 × 0) / 2.5; A (A1 + A2) / 2 = 0.6270833335, half up
    assert east.nodes == {
        ("field", "A1"): 566_666_667,
        ("field", "A2"): 687_500_000,
        ("field", "B1"): 500_000_000,
        ("field", "A"): 627_083_334,
        ("field", "B"): 500_000_000,
        ("material", "B2"): 900_000_000,
        ("material", "B"): 900_000_000,
    }
    assert east.methods == {"field": 576_250_000, "material": 900_000_000}
    assert east.total_nano == 673_375_000  # 0.7 × 0.57625 + 0.3 × 0.9
    assert printed(100 * 673_375_000) == "67.34"


def test_what_came_back_is_counted(east: GroupScore) -> None:
    counts = east.counts
    assert (counts.marks, counts.not_applicable, counts.drawn, counts.visited) == (24, 2, 6, 6)
    # applicable 2 × 5 + 2 × 4 + 6 + 6 + 1.5 × 4 + 1.5 × 3 of 4 × 5 + 2 × 6 + 3 × 4
    assert (counts.covered, counts.expected) == (40_500_000_000, 44_000_000_000)
    assert counts.coverage_nano == 920_454_545
    assert counts.raw_nano == 642_857_143  # 18 of 28, no weights of points, types or nodes, and no cap


def test_a_score_below_the_threshold_is_withheld_and_says_so() -> None:
    west = roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN).groups["west"]
    assert west.withheld == ("coverage",)
    assert west.total_nano is None
    assert west.known_nano == 671_666_667
    assert west.counts.coverage_nano == 363_636_364  # 16 of 44
    lenient = roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN, threshold_milli=363).groups["west"]
    assert lenient.total_nano == 671_666_667


def test_a_missing_method_says_so_and_is_not_zero() -> None:
    city = roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN).groups["city"]
    assert city.missing == ("material",)
    assert city.withheld == ("missing_method",)
    assert city.total_nano is None
    assert city.known_nano == city.methods["field"]


def test_a_parent_is_scored_from_the_points_below_it_not_from_its_children() -> None:
    city = roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN).groups["city"]
    road = city.cells["A1", "road"]  # (2 × 2/3 + 2 × 2/3 + 2 × 1) / 6; the mean of 2/3 and 1 would be 0.83
    assert road.nano == 777_777_778


def test_a_method_given_as_a_whole_stands_beside_the_others() -> None:
    survey = SYSTEM.weighing(methods={"survey": 1000})
    given = [*GIVEN, Given(group="east", method="survey", nano=E9, n=400, source="households")]
    east = roll_up(survey, POINTS, OBSERVATIONS, given).groups["east"]
    assert east.total_nano == 836_687_500  # (0.7 × 0.57625 + 0.3 × 0.9 + 1 × 1) / 2


def test_of_nothing_there_is_no_score() -> None:
    only = [replace(point, visits=0) for point in POINTS if "east" in point.groups]
    east = roll_up(SYSTEM, only, []).groups["east"]
    assert (east.known_nano, east.withheld) == (None, ("nothing", "coverage"))
    assert east.counts.raw_nano is None
    assert east.counts.coverage_nano == 0


def test_a_standard_without_weight_has_no_say_and_alone_no_value() -> None:
    system = SYSTEM.weighing(nodes={"A1": 0})
    east = roll_up(system, POINTS, OBSERVATIONS).groups["east"]
    assert east.nodes["field", "A"] == east.nodes["field", "A2"]
    none = SYSTEM.weighing(nodes={"B1": 0, "A": 1000})
    nodes = roll_up(none, POINTS, OBSERVATIONS).groups["east"].nodes
    assert ("field", "B") not in nodes


@pytest.mark.parametrize(
    ("critical", "nano", "worth"),
    [("", 0, 500_000_000), ("cap", 0, 300_000_000), ("cap", 899_999_999, 300_000_000), ("fail", 0, 0)],
)
def test_a_critical_item_caps_or_fails_its_point(critical: str, nano: int, worth: int) -> None:
    rule = parse_rule("yes_no", {"met_from_milli": 900})
    system = System(
        nodes=[Node(key="s", parent=None, weight_milli=1, method="field")],
        items=[
            item("exit", "s", 1000, ["road"], rule, critical, 300_000_000),
            item("ads", "s", 1000, ["road"], rule),
        ],
        type_weights={"road": 1},
        method_weights={"field": 1},
    )
    # marked on two visits: met on the first, not on the second; not applicable on a third
    marks = [("exit", E9), ("exit", nano), ("ads", HALF), ("exit", None)]
    if not nano:
        assert score_point(system, marks).standards["s"] == worth
    else:
        assert score_point(system, marks).nano == worth
    assert score_point(system, [("exit", 900_000_000)]).cap is None
    assert score_point(system, [("exit", None), ("ads", HALF)]).nano == HALF


def test_the_lowest_cap_holds() -> None:
    entries = [
        Item(key=cap, standard="s", weight_milli=1000, types=frozenset({"t"}), critical="cap", cap_nano=cap)
        for cap in (700_000_000, 400_000_000)
    ]
    system = System(
        nodes=[Node(key="s", parent=None, weight_milli=1, method="field")],
        items=[
            *entries,
            Item(key="rest", standard="s", weight_milli=9000, types=frozenset({"t"})),
        ],
        type_weights={"t": 1},
        method_weights={"field": 1},
    )
    marks: list[tuple[Key, int | None]] = [(700_000_000, 0), (400_000_000, 0), ("rest", E9)]
    assert score_point(system, marks).nano == 400_000_000


def test_nothing_depends_on_the_order() -> None:
    shuffled = [*OBSERVATIONS]
    points = [*POINTS]
    shuffled.sort(key=lambda one: str(one.key)[::-1])
    points.sort(key=lambda point: str(point.key)[::-1])
    again = roll_up(SYSTEM, points, shuffled, GIVEN[::-1]).groups
    for key, score in roll_up(SYSTEM, POINTS, OBSERVATIONS, GIVEN).groups.items():
        assert (again[key].nodes, again[key].methods) == (score.nodes, score.methods)
        assert again[key].counts == score.counts


NODES = [
    Node(key="a", parent=None, weight_milli=1),
    Node(key="s", parent="a", weight_milli=1, method="field"),
]
ITEM = Item(key="i", standard="s", weight_milli=1, types=frozenset({"t"}))


@pytest.mark.parametrize(
    ("nodes", "items", "code", "key"),
    [
        ([*NODES, Node(key="b", parent="x", weight_milli=1)], [ITEM], "tree_no_parent", "b"),
        (
            [*NODES, Node(key="b", parent="c", weight_milli=1), Node(key="c", parent="b", weight_milli=1)],
            [ITEM],
            "tree_cycle",
            "b",
        ),
        ([*NODES, Node(key="b", parent="b", weight_milli=1)], [ITEM], "tree_cycle", "b"),
        ([*NODES, Node(key="b", parent="s", weight_milli=1)], [ITEM], "tree_standard_inside", "b"),
        ([*NODES, Node(key="b", parent="a", weight_milli=-1)], [ITEM], "tree_weight", "b"),
        (NODES, [replace(ITEM, standard="a")], "tree_item_astray", "i"),
        (NODES, [replace(ITEM, standard="x")], "tree_item_astray", "i"),
        (NODES, [replace(ITEM, weight_milli=-1)], "tree_weight", "i"),
    ],
)
def test_a_bad_tree_is_refused(nodes: Sequence[Node], items: Sequence[Item], code: str, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        System(nodes=nodes, items=items, type_weights={"t": 1}, method_weights={"field": 1})
    assert (refused.value.code, refused.value.params) == (f"scoring.{code}", {"key": key})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"point": "x"}, "point_unknown"),
        ({"item": "x"}, "item_unknown"),
        ({"nano": E9 + 1}, "nano_out_of_range"),
        ({"nano": -1}, "nano_out_of_range"),
    ],
)
def test_a_mark_of_nothing_known_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        roll_up(SYSTEM, POINTS, [replace(OBSERVATIONS[0], **changes)])
    assert refused.value.code == f"scoring.{code}"


def test_a_point_of_an_unknown_type_or_a_score_for_no_standard_is_refused() -> None:
    with pytest.raises(BadInput, match="type_unknown"):
        roll_up(SYSTEM, [replace(POINTS[0], type="canal")], [])
    with pytest.raises(BadInput, match="standard_unknown"):
        roll_up(SYSTEM, POINTS, [], [replace(GIVEN[0], standard="A")])


def test_bonus_and_penalty_stop_at_their_caps() -> None:
    point = 10**9  # one of a hundred
    assert final_nano(673_375_000, bonus=2 * point, penalty=point // 2) == 68_837_500_000
    assert final_nano(673_375_000, bonus=9 * point, bonus_cap=3 * point) == 70_337_500_000
    assert final_nano(E9, penalty=9 * point, penalty_cap=5 * point) == 95 * point
    with pytest.raises(ValueError, match="below zero"):
        final_nano(E9, bonus=-1)


def test_what_if_the_weights_were_others() -> None:
    equal = SYSTEM.weighing(methods={"field": 500, "material": 500})
    east = roll_up(equal, POINTS, OBSERVATIONS, GIVEN).groups["east"]
    assert east.total_nano == 738_125_000  # (0.57625 + 0.9) / 2
    parks = SYSTEM.weighing(types={"park": 1000}, items={"clean": 1000})
    assert roll_up(parks, POINTS, OBSERVATIONS).groups["east"].nodes["field", "B1"] == 416_666_667


def test_a_venue_and_a_department_are_groups_like_any_other() -> None:
    point = Point(
        key="p",
        type="road",
        stratum="x",
        groups=("street", "dept", "venue", "city"),
        weight_micro=1_000_000,
    )
    seen = [Observation(key=1, point="p", item="ads", nano=HALF)]
    scores = roll_up(SYSTEM, [point], seen)
    assert {key: score.methods["field"] for key, score in scores.groups.items()} == dict.fromkeys(
        point.groups, HALF
    )


def test_methods_stand_in_one_order() -> None:
    """PostgreSQL keeps the keys of a JSON object by their length: 问卷 (survey) before 网上申报 (material)."""
    weights = {"survey": 1, "material": 2, "field": 3}
    system = System(nodes=[], items=[], type_weights={}, method_weights=weights)
    assert list(system.method_weights.items()) == [("field", 3), ("material", 2), ("survey", 1)]
