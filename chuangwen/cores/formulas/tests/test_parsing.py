"""What is a formula and what is none: tables of texts."""

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.formulas import BadFormula, Period, Reference, parse, references, to_text
from chuangwen.cores.formulas.parsing import MOST_CHARACTERS, MOST_DEPTH, MOST_NODES

# as people write it -> as the language writes it
READ = """
I3                                       -> I3
ｉ３                                     -> I3
1,200                                    -> 1200
1，200座                                 -> 1200座
1,234,567.50                             -> 1234567.5
0.050                                    -> 0.05
40%                                      -> 40%
40％                                     -> 40%
3 ‰                                      -> 3‰
5座                                      -> 5座
3.5 公里                                 -> 3.5公里
12km                                     -> 12km
10万元                                   -> 10万元
I3 + I4 - 2                              -> I3+I4-2
I3＋I4－2                                -> I3+I4-2
I3 − I4 – 2                              -> I3-I4-2
I3 * 40% / I4                            -> I3×40%÷I4
I3＊２／I4                               -> I3×2÷I4
（I3 ＋ I4） × 2                         -> (I3+I4)×2
((I3))                                   -> I3
(I3 × I4) + 2                            -> I3×I4+2
I3 - (I4 - I5)                           -> I3-(I4-I5)
(I3 - I4) - I5                           -> I3-I4-I5
I3 ÷ (I4 × I5)                           -> I3÷(I4×I5)
-I3 + I4                                 -> -I3+I4
-(I3 + I4)                               -> -(I3+I4)
-I3 × 2                                  -> -I3×2
(-I3) × 2                                -> (-I3)×2
I3 + (-5)                                -> I3+(-5)
占比(I3, I4)                             -> 占比(I3、I4)
占比（I3，I4）                           -> 占比(I3、I4)
占比(I3；I4)                             -> 占比(I3、I4)
Share(I3, I4) × 60%                      -> 占比(I3、I4)×60%
change(I3, prev(I3))                     -> 变化(I3、上期(I3))
变化（I3，去年同期（I3））               -> 变化(I3、去年同期(I3))
year_ago(I3)                             -> 去年同期(I3)
min(I1, I2, I3) + max(I1, 5)             -> 最小(I1、I2、I3)+最大(I1、5)
mean(I1, I2) - sum(I1, I2)               -> 平均(I1、I2)-合计(I1、I2)
sum_known(I1, I2)                        -> 已报合计(I1、I2)
最大(I1,200)                             -> 最大(I1、200)
最大(1, 200)                             -> 最大(1、200)
最大(1、200)                             -> 最大(1、200)
最大(1,20)                               -> 最大(1、20)
最大(1,2000)                             -> 最大(1、2000)
最大((1,200)、I3)                        -> 最大(1200、I3)
占比(I3、I4) + 1,200                     -> 占比(I3、I4)+1200
来源:registers.coverage#12               -> 来源:registers.coverage#12
来源：registers.coverage＃12 × 2         -> 来源:registers.coverage#12×2
source:issues.on_time_rate               -> 来源:issues.on_time_rate
上期(来源:issues.closed)                 -> 上期(来源:issues.closed)
"""


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_a_formula_is_read_as_people_write_it(line: str) -> None:
    text, canonical = (side.strip() for side in line.split("->"))
    assert to_text(parse(text)) == canonical
    assert parse(canonical) == parse(text)


# text -> code at position: what was found [and what was expected]
REFUSED = """
I3 +                 -> unexpected_end at 5: {} value
I3 + )               -> unexpected at 6: {)} value
I3 I4                -> unexpected at 4: {I4} operator_or_end
5 占比(I3、I4)       -> unexpected at 3: {占比} operator_or_end
5 I4                 -> unexpected at 3: {I4} operator_or_end
I3)                  -> unexpected at 3: {)} operator_or_end
I3 5 + 2             -> unexpected at 4: {5} operator_or_end
(I3                  -> unexpected_end at 4: {} operator_or_closing
(I3, I4)             -> unexpected at 4: {,} operator_or_closing
（I3，I4）           -> unexpected at 4: {，} operator_or_closing
占比(I3, I4          -> unexpected_end at 10: {} operator_comma_or_closing
占比 I3              -> unexpected at 4: {I3} opening
占比(, I3)           -> unexpected at 4: {,} value
占比()               -> unexpected at 4: {)} value
I3 × -5              -> unexpected at 6: {-} value
I3 －－ 5            -> unexpected at 5: {－} value
--5                  -> unexpected at 2: {-} value
+5                   -> unexpected at 1: {+} value
I3 ＊＊ 2            -> unexpected at 5: {＊} value
I3 > 5               -> unexpected at 4: {>} operator_or_end
I3 = 5               -> unexpected at 4: {=} operator_or_end
3.                   -> unexpected at 2: {.} operator_or_end
.5                   -> unexpected at 1: {.} value
1.2.3                -> unexpected at 4: {.} operator_or_end
1e9                  -> unexpected at 2: {e9} operator_or_end
5½                   -> unexpected at 2: {½} operator_or_end
1,20                 -> unexpected at 2: {,} operator_or_end
I3.numerator         -> unexpected at 3: {.} operator_or_end
I3[0]                -> unexpected at 3: {[} operator_or_end
"I3"                 -> unexpected at 1: {"} value
占比(I3、I4)%        -> unexpected at 10: {%} operator_or_end
来源:coverage        -> unexpected at 3: {:} source
来源(I3)             -> unexpected at 3: {(} source
来源：               -> unexpected at 3: {：} source
I0                   -> unknown_name at 1: {I0}
J3 + 1               -> unknown_name at 1: {J3}
2 + 公园数           -> unknown_name at 5: {公园数}
__import__('os')     -> unknown_name at 1: {__import__}
lambda: 0            -> unknown_name at 1: {lambda}
sqrt(I3)             -> unknown_name at 1: {sqrt}
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_what_is_no_formula_is_refused_with_its_place(line: str) -> None:
    text, _, told = line.partition("->")
    with pytest.raises(BadFormula) as refused:
        parse(text.rstrip())
    params = refused.value.params
    found = params.get("found", params.get("name"))
    given = f"{refused.value.code} at {params['position']}: {{{found}}} {params.get('expected', '')}"
    assert given.strip() == f"formulas.{told.strip()}"


def refusal(text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadFormula) as refused:
        parse(text)
    return refused.value.code, refused.value.params


def test_a_formula_without_anything_is_refused() -> None:
    assert refusal("") == refusal(" \n　") == ("formulas.empty", {})


def test_a_refusal_is_bad_input() -> None:
    assert issubclass(BadFormula, BadInput)


def test_a_comma_that_could_be_either_is_asked_about() -> None:
    """最大(1,200) is one number to one reader and two to another."""
    assert refusal("最大(I3, 1,200)") == (
        "formulas.ambiguous_comma",
        {"position": 8, "found": "1,200", "number": "1200", "several": "1、200"},
    )
    assert refusal("最大((I3), 1,200)")[0] == "formulas.ambiguous_comma"
    assert refusal("合计(I3, (I4 + 占比(1，200，I5)))")[0] == "formulas.ambiguous_comma"


@pytest.mark.parametrize("text", ["占比(I3)", "占比(I3, I4, I5)", "share(I3)", "变化(I3)"])
def test_a_function_of_two_takes_two(text: str) -> None:
    given = text.count("I")
    assert refusal(text) == (
        "formulas.needs_two",
        {"position": 1, "function": text.partition("(")[0], "given": given},
    )


@pytest.mark.parametrize("name", ["最小", "最大", "平均", "合计", "已报合计"])
def test_a_function_of_several_takes_two_or_more(name: str) -> None:
    assert refusal(f"2 × {name}(I3)") == (
        "formulas.needs_several",
        {"position": 5, "function": name, "given": 1},
    )


@pytest.mark.parametrize("inside", ["I3 + I4", "5", "上期(I3)", "占比(I3, I4)", "I3, I4"])
def test_an_earlier_period_is_one_of_a_single_indicator_or_source(inside: str) -> None:
    assert refusal(f"上期({inside})") == ("formulas.period_of", {"position": 1, "function": "上期"})


def test_a_number_has_no_more_digits_than_are_kept() -> None:
    assert to_text(parse("123,456,789,012.345")) == "123456789012.345"
    assert refusal("1 + 123,456,789,012.3456") == (
        "formulas.number_too_long",
        {"position": 5, "found": "123456789012.3456", "most": 15},
    )


def test_length_depth_and_parts_are_limited() -> None:
    longest = "I1" + " " * (MOST_CHARACTERS - 2)
    assert parse(longest) == Reference("I1")
    assert refusal(longest + " ") == (
        "formulas.too_long",
        {"characters": MOST_CHARACTERS + 1, "most": MOST_CHARACTERS},
    )
    deepest = "(" * MOST_DEPTH + "I1" + ")" * MOST_DEPTH
    assert parse(deepest) == Reference("I1")
    assert to_text(parse("+".join(["(I1)"] * (MOST_DEPTH + 1)))) == "+".join(["I1"] * (MOST_DEPTH + 1))
    assert refusal(f"({deepest})") == (
        "formulas.too_deep",
        {"position": MOST_DEPTH + 1, "most": MOST_DEPTH},
    )
    fullest = "+".join(["1"] * (MOST_NODES // 2))  # so many numbers and one plus fewer
    assert to_text(parse(fullest)) == fullest
    assert refusal(fullest + "+1") == ("formulas.too_many_parts", {"most": MOST_NODES})


def test_a_formula_names_what_it_reads_each_with_its_period() -> None:
    formula = parse("变化(I3, 上期(I3)) + I4 × 去年同期(来源:registers.coverage#12) - I4")
    assert references(formula) == {
        Reference("I3"),
        Reference("I3", period=Period.PREVIOUS),
        Reference("I4"),
        Reference("registers.coverage", 12, Period.YEAR_BEFORE),
    }
    assert references(parse("2 × 3")) == frozenset()


def test_formulas_are_equal_and_keys_by_what_they_say() -> None:
    assert {parse("I3＋1.50"): "once"}[parse("(I3) + 1.5")] == "once"
