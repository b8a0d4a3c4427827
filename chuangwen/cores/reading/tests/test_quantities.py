"""Examples of the quantity grammar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chuangwen.cores.reading.quantities import quantities
from chuangwen.cores.reading.quantities_coverage import coverages

# text -> value, unit, the strict comparator that its words set
ONE = {
    "不少于20个": ("20", "个", ">="),
    "保持在30%以上": ("30", "%", ">="),
    "控制在4.5‰以内": ("4.5", "‰", "<="),
    "不超过15分钟": ("15", "分钟", "<="),
    "突破200万": ("2000000", "", ">"),
    "270余部": ("270", "部", ">"),
    "20多所": ("20", "所", ">"),
    "近80万平方米": ("800000", "平方米", "<"),
    "达到14.3平方米": ("14.3", "平方米", ""),
    "上百万人(次)": ("1000000", "人(次)", ">="),
    "提高1.5个百分点": ("1.5", "百分点", ""),
    "≥87.5%": ("87.5", "%", ">="),
    "3座/平方公里": ("3", "座/平方公里", ""),
    "35微克/立方米": ("35", "微克/立方米", ""),
    "4.5个工作日": ("4.5", "个工作日", ""),
    "80万千瓦": ("800000", "千瓦", ""),
    "六百名": ("600", "名", ""),
    "千余家": ("1000", "家", ">"),
}


@pytest.mark.parametrize(("text", "expected"), ONE.items())
def test_an_amount_has_its_unit_and_comparator(text: str, expected: tuple[str, str, str]) -> None:
    (quantity,) = quantities(text)
    assert (quantity.value, quantity.unit, quantity.comparator) == (Decimal(expected[0]), *expected[1:])


@pytest.mark.parametrize("text", ["3-5家", "3—5家", "3至5家", "3到5家", "3家-5家"])
def test_a_range_is_one_amount_with_an_upper_end(text: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.value, quantity.upper, quantity.unit) == (Decimal(3), Decimal(5), "家")


def test_a_multiplier_printed_with_the_upper_end_counts_for_both() -> None:
    (quantity,) = quantities("3-5万户")
    assert (quantity.value, quantity.upper) == (Decimal(30_000), Decimal(50_000))


def test_a_unit_printed_last_counts_for_the_whole_list() -> None:
    assert [f"{quantity.value}{quantity.unit}" for quantity in quantities("12、18、25座")] == [
        "12座",
        "18座",
        "25座",
    ]


def test_three_hundred_percents_are_one_amount_for_three_things() -> None:
    (quantity,) = quantities("三个100%")
    assert (quantity.value, quantity.unit, quantity.fold) == (Decimal(100), "%", 3)


@pytest.mark.parametrize("text", ["10+3产业", "7*24小时", "7:43:50", "3·15", "数百家"])
def test_codes_and_ratios_are_no_amounts(text: str) -> None:
    assert quantities(text) == []


def test_a_classifier_that_begins_another_word_is_no_unit() -> None:
    assert [quantity.unit for quantity in quantities("2000万人口、30条例、20项目")] == ["", "", ""]


@pytest.mark.parametrize(
    "text", ["实现全覆盖", "厨余全收运", "全部达到优秀标准", "快递全部实现绿色化", "水质全部达标"]
)
def test_total_coverage_is_a_hundred_percent(text: str) -> None:
    (quantity,) = coverages(text)
    assert (quantity.value, quantity.unit, quantity.comparator) == (Decimal(100), "%", "=")


@pytest.mark.parametrize("text", ["开展全覆盖排查", "全部停用旧灶", "全面推广节水器具", "全部搬迁"])
def test_the_scope_of_an_activity_is_no_coverage(text: str) -> None:
    assert coverages(text) == []
