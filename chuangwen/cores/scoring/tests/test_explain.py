"""What each mark costs, found by scoring anew; and that the short way of scoring anew is the long one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuangwen.cores.scoring.explain import Explanation
from chuangwen.cores.scoring.rollup import Given, Key, Observation, roll_up

from .world import E9, GIVEN, OBSERVATIONS, POINTS, SYSTEM


def anew(marks: list[Observation], mended: set[Key], to: int = E9) -> int | None:
    changed = [replace(one, nano=to) if one.key in mended and one.nano is not None else one for one in marks]
    return roll_up(SYSTEM, POINTS, changed, GIVEN).groups["east"].known_nano


def test_every_lost_mark_is_a_line_with_its_cost() -> None:
    lines = Explanation(SYSTEM, POINTS, OBSERVATIONS, "east", GIVEN).lost()
    assert [(line.observation, line.cost_nano, line.caps) for line in lines[:4]] == [
        # e3 without its cap: A1 and A2 and B1 of the market go from 1/2 to 1
        ("e3/exit", 75_250_000, True),
        ("e4/ads", 56_000_000, False),  # market ads 0.25 → 0.75: B1 + 0.2, × 0.4 × 0.7
        ("e5/ads", 56_000_000, False),
        ("e4/clean", 28_000_000, False),
    ]
    lost = {one.key for one in OBSERVATIONS if one.nano not in {None, E9} and one.key.startswith("e")}  # type: ignore[union-attr]
    assert {line.observation for line in lines} == lost
    assert all(line.standard == SYSTEM.item[line.item].standard for line in lines)


def test_fix_these_three_and_gain() -> None:
    explained = Explanation(SYSTEM, POINTS, OBSERVATIONS, "east", GIVEN)
    keys, gained = explained.best(3)
    assert keys == ["e3/exit", "e4/ads", "e5/ads"]
    assert gained == 187_250_000
    assert explained.total_nano is not None
    assert explained.total_nano + gained == anew(OBSERVATIONS, set(keys))
    # all marks full: 0.7 × 1 + 0.3 × 0.9 = 0.97
    assert explained.best(99)[1] == 970_000_000 - 673_375_000


def test_two_caps_on_one_point_gain_only_together() -> None:
    both = [
        *OBSERVATIONS,
        Observation(key="e3/exit/2", point="e3", item="exit", nano=0),
    ]
    explained = Explanation(SYSTEM, POINTS, both, "east", GIVEN)
    costs = {line.observation: line.cost_nano for line in explained.lost()}
    # exit 0, 0 and parking 1: A2 of the market goes from 1/3 to the cap of 1/2, and nothing else moves;
    # together 0.084, less what 1/3 was rounded by on the way
    assert costs["e3/exit"] == costs["e3/exit/2"] == 8_749_999
    assert explained.gain(["e3/exit", "e3/exit/2"]) == 83_999_999
    assert explained.best(2) == (["e3/exit", "e3/exit/2"], 83_999_999)


def test_what_is_not_applicable_cannot_be_mended() -> None:
    explained = Explanation(SYSTEM, POINTS, OBSERVATIONS, "east", GIVEN)
    assert explained.gain(["e2/ads"]) == 0
    assert explained.gain([]) == 0


def test_a_part_score_given_in_the_place_of_marks_is_not_moved_by_them() -> None:
    over = [*GIVEN, Given(group="east", method="field", nano=500_000_000)]
    assert Explanation(SYSTEM, POINTS, OBSERVATIONS, "east", over).gain(["e4/ads"]) == 0
    over = [*GIVEN, Given(group="east", method="field", standard="B1", nano=500_000_000)]
    explained = Explanation(SYSTEM, POINTS, OBSERVATIONS, "east", over)
    assert explained.gain(["e4/ads"]) == 0
    assert explained.gain(["e4/clean"]) == 28_000_000


@settings(max_examples=60, deadline=None)
@given(
    nanos=st.lists(
        st.one_of(st.none(), st.integers(0, E9)), min_size=len(OBSERVATIONS), max_size=len(OBSERVATIONS)
    ),
    mended=st.sets(st.integers(0, len(OBSERVATIONS) - 1), max_size=8),
    to=st.integers(0, E9),
)
def test_the_short_way_is_the_long_way(nanos: list[int | None], mended: set[int], to: int) -> None:
    marks = [replace(one, nano=nano) for one, nano in zip(OBSERVATIONS, nanos, strict=True)]
    explained = Explanation(SYSTEM, POINTS, marks, "east", GIVEN)
    keys = {marks[n].key for n in mended if str(marks[n].key).startswith("e")}
    whole = anew(marks, keys, to)
    assert explained.total_nano is not None
    assert whole is not None
    assert explained.gain(keys, to) == whole - explained.total_nano


@pytest.mark.parametrize("n", [0, 1, 2])
def test_no_more_is_proposed_than_asked(n: int) -> None:
    assert len(Explanation(SYSTEM, POINTS, OBSERVATIONS, "east", GIVEN).best(n)[0]) == n
