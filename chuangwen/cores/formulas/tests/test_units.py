"""Units of a result: worked out by hand."""

import pytest

from chuangwen.cores.formulas import BadFormula, Measure, Period, Reference, check, parse

# I1, I2 in 座; I3 in 公里; I4 in 万元; I5, I6 in %; I7 pure; I8 in 人; I9 in 平方公里; I10 in 人/平方公里; I11 in ‰
UNITS = ["座", "座", "公里", "万元", "%", "%", "-", "人", "平方公里", "人/平方公里", "‰"]
MEASURES = {Reference(f"I{n}"): Measure("" if unit == "-" else unit) for n, unit in enumerate(UNITS, 1)}
MEASURES[Reference("registers.coverage", 12)] = Measure("%")

TAKEN = """
I1                               座
I1 + I2                          座
I1 - I2 + 5座                    座
-I1                              座
最大(I1 - I2, 0座)               座
平均(I5, I6, 100%)               %
合计(I1, I2)                     座
已报合计(I4, 10万元)             万元
占比(I1, I2)                     %
占比(I1 + I2, 100座)             %
占比(I5, I6)                     %
变化(I4, 上期(I4))               %
变化(I5, 去年同期(I5))           %
来源:registers.coverage#12 - I5  %
100% - I5                        %
1 - I7                           -
2 × I1                           座
I1 × 2                           座
I7 × I1                          座
0.6 × I5 + 0.4 × I6              %
60% × I5 + 40% × I6              %
40% × I1                         座
I1 × 40%                         座
I1 × I11                         座
I7 × I5                          %
I1 ÷ I2                          -
I5 ÷ I6                          -
I1 ÷ I2 × 100%                   %
I1 ÷ 2                           座
I1 ÷ I5                          座
I8 ÷ I9                          人/平方公里
I10 × I9                         人
I9 × I10                         人
I7 ÷ I9                          1/平方公里
I7 ÷ I9 × I9                     -
I10 - I8 ÷ I9                    人/平方公里
"""


@pytest.mark.parametrize("line", TAKEN.strip().splitlines())
def test_a_result_has_a_unit(line: str) -> None:
    text, unit = line.rsplit(maxsplit=1)
    assert check(parse(text), MEASURES) == Measure("" if unit == "-" else unit)


# text -> code, part, left unit, right unit ("-" for a pure number)
REFUSED = """
I1 + I3               -> differ I1+I3 座 公里
I1 - 5                -> differ I1-5 座 -
1 - I5                -> differ 1-I5 - %
I5 + I11              -> differ I5+I11 % ‰
2 × (I1 + I3)         -> differ I1+I3 座 公里
占比(I1, I3)          -> differ 占比(I1、I3) 座 公里
变化(I5, 占比(I1,I2) ÷ I6) -> differ 变化(I5、占比(I1、I2)÷I6) % -
最大(I1, I2, I4, I3)  -> differ 最大(I1、I2、I4、I3) 座 万元
合计(I1, 5)           -> differ 合计(I1、5) 座 -
I4 + 5万              -> differ I4+5万 万元 万
I1 × I2               -> not_multiplied I1×I2 座 座
I10 × I8              -> not_multiplied I10×I8 人/平方公里 人
I10 ÷ I1              -> not_divided I10÷I1 人/平方公里 座
I8 ÷ I10              -> not_divided I8÷I10 人 人/平方公里
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_units_that_do_not_go_together_are_refused_and_both_named(line: str) -> None:
    text, told = (side.strip() for side in line.split("->"))
    with pytest.raises(BadFormula) as refused:
        check(parse(text), MEASURES)
    kind, part, left, right = told.split()
    assert refused.value.code == f"formulas.units_{kind}"
    assert refused.value.params == {
        "part": part,
        "left": "" if left == "-" else left,
        "right": "" if right == "-" else right,
    }


@pytest.mark.parametrize("text", ["I99", "I1 + 上期(I99)", "来源:registers.coverage#13"])
def test_a_reference_that_nobody_knows_is_named(text: str) -> None:
    with pytest.raises(BadFormula) as refused:
        check(parse(text), MEASURES)
    assert refused.value.code == "formulas.unknown_reference"
    assert refused.value.params == {"reference": text.removeprefix("I1 + ")}


def test_an_earlier_period_may_have_had_another_unit() -> None:
    measures = MEASURES | {Reference("I1", period=Period.PREVIOUS): Measure("个")}
    assert check(parse("I1 - 去年同期(I1)"), measures) == Measure("座")
    with pytest.raises(BadFormula, match=r"formulas\.units_differ"):
        check(parse("I1 - 上期(I1)"), measures)
