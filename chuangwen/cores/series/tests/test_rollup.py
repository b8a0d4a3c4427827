"""From parts to the whole, by examples worked out by hand."""

from fractions import Fraction

import pytest

from chuangwen.cores.series.kinds import RollUp
from chuangwen.cores.series.rollup import Part, rolled_up, weighted

# 80 of 100, 45 of 50, nothing known of the north, 30 of 50
DISTRICTS: list[Part] = [
    ("东区", Fraction(80), Fraction(100)),
    ("西区", Fraction(45), Fraction(50)),
    ("北区", None, Fraction(40)),
    ("南区", Fraction(30), Fraction(50)),
]


@pytest.mark.parametrize(
    ("roll_up", "numerator", "denominator", "have"),
    [
        (
            RollUp.RATIO_OF_SUMS,
            155,
            200,
            3,
        ),  # 80 + 45 + 30 of 100 + 50 + 50; a mean of shares would say 230/300
        (RollUp.WORST, 30, 50, 3),
        (RollUp.NONE, None, None, 3),
    ],
)
def test_shares_of_districts_become_the_citys(
    roll_up: RollUp, numerator: int | None, denominator: int | None, have: int
) -> None:
    whole = rolled_up(roll_up, DISTRICTS)
    assert (whole.numerator, whole.denominator) == (numerator, denominator)
    assert (whole.have, whole.expected, whole.missing) == (have, 4, ("北区",))


def test_counts_are_summed_and_what_is_missing_is_named() -> None:
    whole = rolled_up(
        RollUp.SUM, [("东区", Fraction(7), None), ("西区", None, None), ("南区", Fraction(0), None)]
    )
    assert whole.value == 7
    assert (whole.have, whole.expected) == (2, 3)
    assert (whole.missing, whole.worst_name) == (("西区",), "南区")


def test_the_worst_of_what_should_fall_is_the_largest_and_the_first_by_name() -> None:
    hours: list[Part] = [("丙", Fraction(9), None), ("乙", Fraction(9), None), ("甲", Fraction(3), None)]
    whole = rolled_up(RollUp.WORST, hours, falls=True)
    assert whole.value == 9
    assert whole.worst_name == min("丙", "乙")
    assert rolled_up(RollUp.WORST, hours).worst_name == "甲"


def test_those_who_reach_it_are_counted_among_those_known() -> None:
    whole = rolled_up(RollUp.COUNT_REACHING, DISTRICTS, due=Fraction(8, 10))
    assert whole.value == Fraction(2, 3)
    assert whole.expected == 4
    fewer = rolled_up(RollUp.COUNT_REACHING, DISTRICTS, due=Fraction(8, 10), falls=True)
    assert fewer.numerator == 2
    assert rolled_up(RollUp.COUNT_REACHING, DISTRICTS).value is None


def test_a_share_of_nothing_is_missing() -> None:
    parts: list[Part] = [("东区", Fraction(0), Fraction(0)), ("西区", Fraction(1), None)]
    whole = rolled_up(RollUp.RATIO_OF_SUMS, parts)
    assert (whole.value, whole.have, whole.missing) == (None, 0, ("东区", "西区"))


def test_of_nothing_known_there_is_no_value() -> None:
    whole = rolled_up(RollUp.SUM, [("东区", None, None)])
    assert (whole.value, whole.have, whole.expected) == (None, 0, 1)


def test_attainments_are_weighed_and_what_is_missing_has_no_weight() -> None:
    # 3 × 1 + 1 × 1/2 = 3.5 of 4; the weight of 5 is not known
    share = weighted([(3, Fraction(1)), (1, Fraction(1, 2)), (5, None)])
    assert share.numerator == Fraction(7, 2)
    assert share.denominator == 4
    assert (share.covered, share.total, share.value) == (2, 3, Fraction(7, 8))


def test_without_any_weight_there_is_no_share() -> None:
    assert weighted([(0, Fraction(1)), (2, None)]).value is None


def test_a_weight_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        weighted([(-1, Fraction(1))])
