"""Which formula is computed first, and circles that are refused."""

import pytest

from chuangwen.cores.formulas import BadFormula, order, parse


def test_each_formula_comes_after_those_that_it_reads() -> None:
    formulas = {"I10": "I2 + I3", "I2": "占比(I3, I4)", "I3": "I7 × 2", "I1": "I10"}
    assert order({key: parse(text) for key, text in formulas.items()}) == ["I3", "I2", "I10", "I1"]


def test_formulas_that_may_come_in_any_order_come_by_their_keys() -> None:
    formulas = {"I1": parse("I7 + I3 + I10 + I5 + I2 + I9")} | {
        f"I{n}": parse("1") for n in (9, 2, 7, 10, 3, 5)
    }
    assert order(formulas) == ["I2", "I3", "I5", "I7", "I9", "I10", "I1"]


def test_no_formulas_have_no_order() -> None:
    assert order({}) == []


def test_an_earlier_period_is_no_circle() -> None:
    formulas = {"I1": "上期(I1) + I2", "I2": "去年同期(I1)"}
    assert order({key: parse(text) for key, text in formulas.items()}) == ["I2", "I1"]


@pytest.mark.parametrize(
    ("formulas", "path"),
    [
        ({"I1": "I1 + 1"}, "I1 → I1"),
        ({"I1": "I4", "I4": "I1"}, "I1 → I4 → I1"),
        ({"I10": "I9", "I9": "I2 × 2", "I2": "合计(I3, I10)", "I3": "1"}, "I2 → I10 → I9 → I2"),
        ({"I1": "I2", "I2": "I3", "I3": "I2"}, "I2 → I3 → I2"),
    ],
)
def test_a_circle_is_refused_with_its_path(formulas: dict[str, str], path: str) -> None:
    for keys in (sorted(formulas), sorted(formulas, reverse=True)):
        with pytest.raises(BadFormula) as refused:
            order({key: parse(formulas[key]) for key in keys})
        assert (refused.value.code, refused.value.params) == ("formulas.cycle", {"path": path})


def test_a_long_chain_is_ordered() -> None:
    formulas = {f"I{n}": parse(f"I{n + 1}") for n in range(1, 3001)}
    assert order(formulas)[:2] == ["I3000", "I2999"]
