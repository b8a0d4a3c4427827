"""Values worked out by hand, and every reason for which there is none."""

from datetime import date
from fractions import Fraction

import pytest

from chuangwen.cores.formulas import (
    Expression,
    Input,
    Missing,
    Outcome,
    Period,
    Reference,
    UsedInput,
    Value,
    evaluate,
    parse,
    references,
)

F = Fraction
MARCH, JUNE = date(2023, 3, 31), date(2023, 6, 30)
STORED = {
    "I1": Input(F(30), None, "座", JUNE),
    "I2": Input(F(40), None, "座", MARCH),
    "上期(I1)": Input(F(24), None, "座", MARCH),
    "I3": Input(None, None, "座", MARCH, "progress.not_reported"),
    "I4": Input(F(0), None, "座", JUNE),
    "I5": Input(F(95), None, "%", JUNE),
    "I6": Input(F(1), F(3), "%", JUNE),  # one of three
    "I7": Input(F("61.5"), None, "", JUNE),
    "I8": Input(F(120000), None, "人", JUNE),
    "I9": Input(F(15), None, "平方公里"),
    "I10": Input(F(0), F(0), "%", JUNE),  # none of none
    "I11": Input(F(4), None, "‰", JUNE),
    "I12": Input(F(-8), None, "座", JUNE),
    "来源:registers.coverage#12": Input(F(450), F(600), "%", MARCH),
}
BY_REFERENCE: dict[Expression, Input] = {parse(key): found for key, found in STORED.items()}


def computed(text: str) -> Outcome:
    return evaluate(parse(text), lambda reference: BY_REFERENCE[reference])


VALUES = """
I1                                   30          座
I1 + I2                              70          座
I1 - I2                              -10         座
-I1 + I2                             10          座
I1 + 5座                             35          座
I1 - I2 - I1                         -40         座
I1 - (I2 - I1)                       20          座
I1 × 2 + I2                          100         座
(I1 + I2) × 2                        140         座
I1 ÷ 4 ÷ 2                           3.75        座
I1 ÷ I2                              0.75        -
I1 ÷ I2 × 100%                       75          %
占比(I1, I2)                         75          %
占比(I2, I1)                         400/3       %
占比(I4, I2)                         0           %
占比(I1, I2) - I5                    -20         %
变化(I1, 上期(I1))                   25          %
变化(上期(I1), I1)                   -20         %
变化(I1, I12)                        -475        %
I5                                   95          %
100% - I5                            5           %
I6                                   100/3       %
I5 - I6                              185/3       %
60% × I5 + 40% × I6                  211/3       %
0.6 × I5                             57          %
I2 × I5                              38          座
I2 × 25%                             10          座
I1 ÷ 25%                             120         座
I5 ÷ 50%                             1.9         -
I5 × 50%                             47.5        %
I8 × I11                             480         人
I11                                  4           ‰
I11 + 1‰                             5           ‰
I8 ÷ I9                              8000        人/平方公里
I8 ÷ I9 × 3平方公里                  24000       人
1 - I7                               -60.5       -
最小(I1, I2, I4)                     0           座
最大(I1, I2, I4)                     40          座
最大(I1 - I2, 0座)                   0           座
平均(I1, I2, I4)                     70/3        座
平均(I5, 5%)                         50          %
合计(I1, I2, I4)                     70          座
已报合计(I1, I2)                     70          座
来源:registers.coverage#12           75          %
来源:registers.coverage#12 × I2      30          座
0.1 + 0.2                            0.3         -
"""


@pytest.mark.parametrize("line", VALUES.strip().splitlines())
def test_a_value_is_exact_and_has_its_unit(line: str) -> None:
    text, amount, unit = line.rsplit(maxsplit=2)
    found = computed(text)
    assert isinstance(found, Value), found
    assert (found.amount, found.unit) == (F(amount), "" if unit == "-" else unit)


REASONS = """
I3                       -> input_missing reference=I3 reason=progress.not_reported
I1 + I3                  -> input_missing reference=I3 reason=progress.not_reported
0 × I3                   -> input_missing reference=I3 reason=progress.not_reported
合计(I1, I2, I3)         -> input_missing reference=I3 reason=progress.not_reported
平均(I1, I3)             -> input_missing reference=I3 reason=progress.not_reported
最小(I4, I3)             -> input_missing reference=I3 reason=progress.not_reported
最大(I2, I3)             -> input_missing reference=I3 reason=progress.not_reported
占比(I3, I2)             -> input_missing reference=I3 reason=progress.not_reported
占比(I1, I3)             -> input_missing reference=I3 reason=progress.not_reported
变化(I3, I1)             -> input_missing reference=I3 reason=progress.not_reported
变化(I1, I3)             -> base_missing base=I3 reason=progress.not_reported
变化(I1, I1 ÷ I4 × I1)   -> base_missing base=I1÷I4×I1 reason=formulas.divided_by_zero
变化(I1, I4)             -> base_zero base=I4
I1 ÷ I4                  -> divided_by_zero by=I4
I1 ÷ (I2 - I1 - 10座)    -> divided_by_zero by=I2-I1-10座
占比(I1, I4)             -> divided_by_zero by=I4
I4 ÷ I4                  -> divided_by_zero by=I4
2 × 占比(I1, I4)         -> divided_by_zero by=I4
I10                      -> divided_by_zero by=I10
已报合计(I3, I3 × 2)     -> none_known of=2
I1 + I5                  -> units_differ part=I1+I5 left=座 right=%
I1 × I2                  -> units_not_multiplied part=I1×I2 left=座 right=座
"""


@pytest.mark.parametrize("line", REASONS.strip().splitlines())
def test_where_there_is_no_value_the_reason_is_told(line: str) -> None:
    text, told = (side.strip() for side in line.split("->"))
    found = computed(text)
    assert isinstance(found, Missing), found
    given = " ".join([found.code, *(f"{name}={value}" for name, value in found.params.items())])
    assert given == f"formulas.{told}"
    assert {used.reference for used in found.inputs} == references(parse(text))


def test_a_share_keeps_what_it_was_made_of() -> None:
    share = computed("占比(I1, I1 + I2)")
    assert isinstance(share, Value)
    assert [share.numerator, share.denominator] == [30, 70]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("占比(I1, I2) × 1", "75"),  # no longer a share
        ("占比(I1 ÷ 7, I2)", "75/7"),  # a seventh has no end
        ("占比(I1, I2 ÷ 7)", "525"),
        ("占比(0.0000001, 0.0000002)", "50"),  # a column would keep neither
        ("占比(99999999999999 × 10、99999999999999 × 20)", "50"),
    ],
)
def test_parts_that_no_column_keeps_are_given_as_one_amount(text: str, percent: str) -> None:
    found = computed(text)
    assert isinstance(found, Value)
    assert (found.numerator, found.denominator, found.unit) == (F(percent), None, "%")


@pytest.mark.parametrize("text", ["占比(I1, I2)", "I5", "I1", "I11"])
def test_a_result_can_be_the_input_of_another(text: str) -> None:
    first = computed(text)
    assert isinstance(first, Value)
    as_input = Input(first.numerator, first.denominator, first.unit)
    again = evaluate(parse("I1"), lambda _: as_input)
    assert isinstance(again, Value)
    assert (again.amount, again.unit) == (first.amount, first.unit)


def test_the_known_sum_says_how_many_of_how_many() -> None:
    found = computed("已报合计(I1, I3, I2, I1 ÷ I4 × I1)")
    assert isinstance(found, Value)
    assert found.amount == 70 and found.known == (2, 4)
    both = computed("已报合计(I1, I3) - 已报合计(I2, I4)")
    assert isinstance(both, Value)
    assert both.amount == -10 and both.known == (3, 4)
    plain = computed("合计(I1, I2)")
    assert isinstance(plain, Value) and plain.known is None


def test_the_inputs_stand_behind_the_value_and_the_oldest_dates_it() -> None:
    found = computed("变化(I1, 上期(I1)) + I6 + 占比(I1, I1)")
    assert isinstance(found, Value)
    before = Reference("I1", period=Period.PREVIOUS)
    assert found.as_of == MARCH
    assert found.inputs == (
        UsedInput(Reference("I1"), STORED["I1"]),
        UsedInput(before, STORED["上期(I1)"]),
        UsedInput(Reference("I6"), STORED["I6"]),
    )


def test_an_input_without_a_day_or_without_a_value_dates_nothing() -> None:
    dated, undated, constant = computed("已报合计(I1, I3)"), computed("I9"), computed("2 × 3")
    assert isinstance(dated, Value) and dated.as_of == JUNE
    assert isinstance(undated, Value) and undated.as_of is None
    assert isinstance(constant, Value) and (constant.as_of, constant.inputs) == (None, ())


def test_a_missing_value_shows_its_inputs_too() -> None:
    found = computed("I1 + I3 + I2")
    assert isinstance(found, Missing)
    assert [used.reference.name for used in found.inputs] == ["I1", "I3", "I2"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I1 ÷ 7", "4.285714"),
        ("I2 ÷ 7 × 4", "22.857143"),
        ("0.0000005 × I7 ÷ I7", "0.000001"),
        ("(-0.0000005) × I7 ÷ I7", "-0.000001"),
        ("0.0000004999 × I7 ÷ I7", "0.000000"),
        ("999,999,999.999999 + 0", "999999999.999999"),
        ("99,999,999,999,999 + 0", "99999999999999.000000"),
        ("占比(2, 3)", "66.666667"),
    ],
)
def test_a_value_is_rounded_once_to_what_a_column_keeps(text: str, kept: str) -> None:
    found = computed(text)
    assert isinstance(found, Value)
    assert str(found.kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "99,999,999,999,999 + 1",
        "0 - 99,999,999,999,999 - 1",
        "9,999,999,999 + 0.999999",
        "10,000,000,000 ÷ 7",
        "99,999,999,999,999 × 99,999,999,999,999",
        "占比(1, 0.000000000001)",
    ],
)
def test_a_value_beyond_what_a_column_keeps_is_refused(text: str) -> None:
    found = computed(text)
    assert isinstance(found, Missing), found
    assert (found.code, found.params) == ("formulas.too_many_digits", {"most": 15})


def test_a_ratio_that_is_taken_as_it_is_keeps_both_parts() -> None:
    found = evaluate(parse("I1"), lambda _: Input(Fraction(9), Fraction(10), "%"))
    assert isinstance(found, Value)
    assert (found.numerator, found.denominator, found.amount) == (F(9), F(10), F(90))
    rate = evaluate(parse("I1"), lambda _: Input(Fraction(90), None, "%"))
    assert isinstance(rate, Value)
    assert (rate.numerator, rate.denominator) == (F(90), None)
