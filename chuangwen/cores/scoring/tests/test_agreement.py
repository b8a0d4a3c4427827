"""Cohen's κ by examples worked out by hand."""

from fractions import Fraction

import pytest

from chuangwen.cores.scoring.agreement import agreement, by_item, category
from chuangwen.cores.scoring.kinds import NotApplicable, Rated


@pytest.mark.parametrize(
    ("pairs", "n", "same", "kappa"),
    [
        # Cohen's table: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, expected 0.5
        (
            [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15,
            50,
            35,
            Fraction(2, 5),
        ),
        ([("y", "y"), ("n", "n")], 2, 2, Fraction(1)),
        ([("y", "n"), ("n", "y")], 2, 0, Fraction(-1)),
        ([("y", "y")] * 9, 9, 9, None),  # both always said the same: chance explains all
        ([("y", "n")], 1, 0, Fraction(0)),
        ([], 0, 0, None),
        # first 1, 2, 3, na; second 1, 2, 3, 1: expected (1 × 2 + 1 + 1) / 16; (3/4 − 1/4) / (3/4)
        ([(1, 1), (2, 2), (3, 3), ("na", 1)], 4, 3, Fraction(2, 3)),
    ],
)
def test_agreement_beyond_chance(
    pairs: list[tuple[int | str, int | str]], n: int, same: int, kappa: Fraction | None
) -> None:
    found = agreement(pairs)
    assert (found.n, found.same) == (n, same)
    assert found.kappa == kappa


def test_each_item_has_its_own() -> None:
    found = by_item([("a", 1, 1), ("a", 0, 0), ("b", 1, 0)])
    assert found["a"].kappa == 1
    assert found["b"].kappa == 0
    assert found["b"].n == 1


def test_reasons_of_not_applicable_are_not_compared() -> None:
    assert category(NotApplicable("closed")) == category(NotApplicable("too_few_seen")) == "na"
    assert category(Rated(5)) == 5
