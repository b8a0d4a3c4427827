"""Examples of the numeral grammar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chuangwen.cores.reading.numerals import chinese_number, numerals

# characters -> value
WORDS = {
    "两": 2,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "一百零五": 105,
    "一百二十": 120,
    "三千六百": 3600,
    "百": 100,
    "百万": 1_000_000,
    "两万五千": 25_000,
    "一亿二千万": 120_000_000,
    "两万亿": 2_000_000_000_000,
}


@pytest.mark.parametrize(("words", "value"), WORDS.items())
def test_a_numeral_in_characters_has_its_value(words: str, value: int) -> None:
    assert chinese_number(words) == value


@pytest.mark.parametrize("words", ["三五", "百千万", "二零二五", "千百", "十百千万", "万千"])
def test_characters_that_state_no_amount_have_no_value(words: str) -> None:
    assert chinese_number(words) is None


# text -> value, unit in the words, whether more than that
TEXTS = {
    "1,200": ("1200", "", False),
    "4.5万": ("45000", "", False),
    "10余万": ("100000", "", True),
    "1.5万亿": ("1500000000000", "", False),
    "百分之八十": ("80", "%", False),
    "千分之四点五": ("4.5", "‰", False),
    "三成": ("30", "%", False),
    "九成五以上": ("95", "%", False),
    "四分之三": ("75", "%", False),
    "一半": ("50", "%", False),
    "过半": ("50", "%", True),
    "翻一番": ("1", "番", False),
    "翻番": ("1", "番", False),
    "翻两番": ("2", "番", False),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_a_numeral_is_read_exactly(text: str, expected: tuple[str, str, bool]) -> None:
    (numeral,) = numerals(text)
    assert (numeral.value, numeral.unit, numeral.more) == (Decimal(expected[0]), *expected[1:])


@pytest.mark.parametrize("text", ["数百", "几十", "第十四", "PM2.5", "三分之一", "123456789012345"])
def test_what_is_no_amount_is_left_out(text: str) -> None:
    assert list(numerals(text)) == []


def test_a_thousand_of_watts_is_a_unit_and_no_multiplier() -> None:
    assert next(numerals("500千伏")).value == 500


def test_a_tenth_is_none_where_another_word_begins() -> None:
    assert next(numerals("三成立")).unit == ""
