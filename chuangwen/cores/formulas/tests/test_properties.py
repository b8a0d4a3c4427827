"""Whatever is written or stored: a formula is read or refused, and has a value or a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chuangwen.cores.formulas import (
    PART_CODES,
    BadFormula,
    Expression,
    Input,
    Measure,
    Missing,
    Period,
    Reference,
    Value,
    check,
    evaluate,
    in_words,
    order,
    parse,
    references,
    to_text,
)
from chuangwen.cores.formulas.model import Call, Function, Negative, Number, Operation, Sign
from chuangwen.cores.formulas.parsing import MOST_CHARACTERS, OF_TWO

few = settings(deadline=None, max_examples=150, derandomize=True)

PIECES = [
    "I1",
    "I2",
    "I30",
    "i4",
    "Ｉ５",
    "1,200",
    "1，200",
    "3.5",
    "40%",
    "５",
    "0",
    "座",
    "公里",
    "万元",
    "%",
    "‰",
    "+",
    "-",
    "×",
    "÷",
    "＋",
    "－",
    "*",
    "/",
    "（",
    "）",
    "(",
    ")",
    "(",
    ")",
    "，",
    "、",
    ",",
    ";",
    "占比(",
    "变化(",
    "最小(",
    "合计(",
    "已报合计(",
    "share(",
    "上期(",
    "去年同期(",
    "prev(",
    "来源:registers.coverage#12",
    "来源：",
    "source:",
    "#",
    ".",
    "_",
    "__class__",
    "eval",
    "lambda",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "\\",
    "²",
    "½",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from([*PIECES, " "]), max_size=25).map("".join))

units = st.sampled_from(["", "", "座", "公里", "%", "‰", "人/平方公里", "平方公里"])
numbers = st.builds(
    Number,
    st.decimals(0, 10**8, places=4, allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "座", "公里", "%", "‰", "km"]),
)
named = st.one_of(
    st.builds(Reference, st.sampled_from(["I1", "I2", "I3", "I4", "I25"]), period=st.sampled_from(Period)),
    st.builds(
        Reference, st.just("registers.coverage"), st.none() | st.integers(0, 99), st.sampled_from(Period)
    ),
)


def calls(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def of(function: Function) -> st.SearchStrategy[Expression]:
        most = 2 if function in OF_TWO else 4
        return st.builds(Call, st.just(function), st.lists(inner, min_size=2, max_size=most).map(tuple))

    return st.sampled_from(Function).flatmap(of)


def deeper(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Negative, inner), st.builds(Operation, st.sampled_from(Sign), inner, inner), calls(inner)
    )


expressions = st.recursive(st.one_of(numbers, named), deeper, max_leaves=12)

amounts = st.one_of(
    st.fractions(max_denominator=1000), st.integers(-(10**25), 10**25).map(Fraction), st.just(Fraction(0))
)
inputs = st.builds(
    Input,
    st.none() | amounts,
    st.none() | amounts,
    units,
    st.none() | st.dates(date(2018, 1, 1), date(2024, 12, 31)),
    st.sampled_from(["", "progress.not_reported"]),
)


@few
@given(texts)
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        formula = parse(text)
    except BadFormula as refused:
        assert refused.code.startswith("formulas.")
        assert 1 <= int(str(refused.params.get("position", 1))) <= len(text) + 1
    else:
        assert parse(to_text(formula)) == formula
        assert len(to_text(formula)) <= len(text)


@few
@given(expressions)
def test_what_is_written_out_is_read_back_the_same(formula: Expression) -> None:
    text = to_text(formula)
    assume(len(text) <= MOST_CHARACTERS)
    assert parse(text) == formula
    assert to_text(parse(text)) == text
    assert {part.code for part in in_words(formula, {})} <= PART_CODES


@few
@given(expressions, st.data())
def test_any_inputs_give_a_value_or_a_reason(formula: Expression, data: st.DataObject) -> None:
    stored = {reference: data.draw(inputs) for reference in sorted(references(formula), key=repr)}
    found = evaluate(formula, stored.__getitem__)
    assert {used.reference: used.input for used in found.inputs} == stored
    if isinstance(found, Missing):
        assert found.code.startswith("formulas.")
        return
    assert isinstance(found, Value)
    if found.denominator is not None:
        assert found.denominator != 0
        assert all((part * 10**6).denominator == 1 for part in (found.numerator, found.denominator))
    assert found.kept.is_finite() and abs(found.kept) < 10**14
    assert check(formula, {key: Measure(one.unit) for key, one in stored.items()}) == Measure(found.unit)
    if found.known is None:
        assert all(one.numerator is not None for one in stored.values())


@few
@given(expressions, st.dictionaries(named, units.map(Measure)))
def test_any_units_go_together_or_are_refused(
    formula: Expression, measures: Mapping[Reference, Measure]
) -> None:
    try:
        assert isinstance(check(formula, measures).unit, str)
    except BadFormula as refused:
        assert refused.code.startswith(("formulas.units_", "formulas.unknown_reference"))


keys = st.sampled_from([f"I{n}" for n in range(1, 8)])
sums = st.lists(keys, min_size=2, max_size=3).map(lambda read: parse("+".join(read)))


@few
@given(st.dictionaries(keys, sums), st.data())
def test_the_order_does_not_hang_on_how_formulas_are_listed(
    formulas: dict[str, Expression], data: st.DataObject
) -> None:
    def outcome(listed: Mapping[str, Expression]) -> object:
        try:
            return order(listed)
        except BadFormula as refused:
            return refused.params["path"]

    found = outcome(formulas)
    assert found == outcome(dict(data.draw(st.permutations(list(formulas.items())))))
    if isinstance(found, list):
        for place, key in enumerate(found):
            read = {one.name for one in references(formulas[key])} & formulas.keys()
            assert read <= set(found[:place])
