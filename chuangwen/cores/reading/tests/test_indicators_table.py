"""Tables of indicators with a column for each year."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.read import read_text

HEAD = "云浦市城市文明“十四五”规划\n第三章　发展目标\n专栏1　主要指标\n"
SPREAD = (
    HEAD + "序号\t指标名称\t单位\t2020年\t2025年\t属性\n"
    "1\t居民综合阅读率\t%\t89.8\t92.5\t预期性\n"
    "2\t每万人公共文化设施面积\t平方米\t3650\t[4800]\t约束性\n"
    "3\t城市空气质量优良天数比例\t%\t94.8\t≥95\t约束性\n"
    "4\t集中式饮用水水源地水质达标率\t%\t100\t100\t约束性\n"
    "5\t市民素质\t—\t良好\t优秀\t预期性\n"
)
MERGED = (
    HEAD + "类别\t指标\t2021年现状\t2025年目标\n"
    "文明创建\t县级以上文明村占比（%）\t71\t85以上\n"
    "注册志愿者人数（人）\t18万\t25万\n"
)
BARS = HEAD + "| 指标 | 单位 | 2025年 |\n| 人均公园绿地面积 | 平方米 | 16.5 |\n"
TOLD = {
    SPREAD: [
        "居民综合阅读率 >= 92.5 % 2025",
        "每万人公共文化设施面积 >= 4800 平方米 2025",
        "城市空气质量优良天数比例 >= 95 % 2025",
        "集中式饮用水水源地水质达标率 = 100 % 2025",
    ],
    MERGED: ["县级以上文明村占比 >= 85 % 2025", "注册志愿者人数 >= 250000 人 2025"],
    BARS: ["人均公园绿地面积 >= 16.5 平方米 2025"],
}


@pytest.mark.parametrize(("text", "expected"), TOLD.items(), ids=["spread", "merged", "bars"])
def test_each_row_gives_the_target_of_its_last_year(text: str, expected: list[str]) -> None:
    reading = read_text(text)
    told = [f"{i.name} {i.comparator} {i.value} {i.unit} {i.deadline}" for i in reading.indicators]
    assert told == expected
    assert [task.title for task in reading.tasks] == ["发展目标"]


def test_an_earlier_year_is_the_baseline() -> None:
    first = read_text(SPREAD).indicators[0]
    assert first.baseline is not None
    assert (str(first.baseline.value), first.baseline.unit, first.baseline.year) == ("89.8", "%", 2020)


def test_a_table_of_tasks_with_years_stays_one() -> None:
    text = "云浦市重点项目清单\n序号\t项目\t2024年目标\t牵头单位\n1\t公厕改造\t改造公厕20座\t市城管局\n2\t停车扩容\t新增泊位300个\t市公安局\n"
    reading = read_text(text)
    assert [task.title for task in reading.tasks] == ["公厕改造", "停车扩容"]
    assert [int(i.value or 0) for i in reading.indicators] == [20, 300]
