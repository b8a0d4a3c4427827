"""A formula in words: parts that a page words in Chinese or English."""

import pytest

from chuangwen.cores.formulas import PART_CODES, Part, Period, Reference, in_words, parse

NAMES = {
    Reference("I1"): "建成公园",
    Reference("I2"): "计划公园",
    Reference("I3"): "绿道",
    Reference("registers.coverage", 12): "公益广告覆盖率",
}
# A page's words, for this test only.
CHINESE = {
    "open": "（", "close": "）", "negative": "负", "plus": "加", "minus": "减", "times": "乘以", "divided": "除以",
    "share.and": "占", "share.close": "的比重", "change.and": "比", "change.close": "的增幅", "sum.and": "、",
    "sum.close": "之和", "previous.open": "上期", "year_before.open": "去年同期",
}  # fmt: skip

WORDS = """
I1 ÷ I2                          建成公园除以计划公园
I1 - I2 + 5座                    建成公园减计划公园加5座
I1 - (I2 + I3)                   建成公园减（计划公园加绿道）
I1 × I2 + I3                     （建成公园乘以计划公园）加绿道
I1 × 1,200 ÷ I3                  建成公园乘以1200除以绿道
-I1 + I2                         （负建成公园）加计划公园
占比(I1, I2)                     建成公园占计划公园的比重
占比(I1, I2) × 40%               （建成公园占计划公园的比重）乘以40%
占比(I1 + I2, I3)                （建成公园加计划公园）占绿道的比重
变化(I1, 上期(I1))               建成公园比上期建成公园的增幅
合计(I1, I2, I9)                 建成公园、计划公园、I9之和
去年同期(来源:registers.coverage#12)  去年同期公益广告覆盖率
来源:issues.closed               来源:issues.closed
"""


@pytest.mark.parametrize("line", WORDS.strip().splitlines())
def test_a_formula_is_told_in_words(line: str) -> None:
    text, words = line.rsplit(maxsplit=1)
    parts = in_words(parse(text), NAMES)
    assert "".join(part.text or CHINESE.get(part.code, "") for part in parts) == words
    assert {part.code for part in parts} <= PART_CODES


def test_parts_carry_codes_for_the_catalogue_and_texts_for_names_and_numbers() -> None:
    assert in_words(parse("I1 × 40%"), NAMES) == [
        Part("name", "建成公园"),
        Part("times"),
        Part("number", "40%"),
    ]


def test_an_earlier_period_may_have_a_name_of_its_own() -> None:
    before = Reference("I1", period=Period.PREVIOUS)
    assert in_words(parse("上期(I1)"), NAMES | {before: "旧公园"})[1] == Part("name", "旧公园")
