from __future__ import annotations

from decimal import Decimal
from string import Formatter

import pytest
from rich.cells import cell_len

from chuangwen.cores.reading.doubts import WORDS
from chuangwen.cores.reading.model import (
    Announced,
    Assignment,
    Beat,
    Doubt,
    Goal,
    Heading,
    Indicator,
    LeftOut,
    Measure,
    Mechanism,
    Program,
    Reading,
    Span,
    Stage,
    Task,
)
from chuangwen.cores.reading.read import read_text
from chuangwen.cores.reading.table import LEFT_OUT, table

TEXT = "云浦市绿地行动方案，到2025年建成公园20个，力争绿地率不低于42.50%，每年新增停车位2—3处。[广告]看这里"


def indicator(name: str, value: str, **more: object) -> Indicator:
    facts = {
        "kind": "target",
        "comparator": ">=",
        "unit": "个",
        "span": Span(10, 21),
        "value_span": Span(19, 22),
    }
    return Indicator(name=name, value=Decimal(value), **(facts | more))  # type: ignore[arg-type]


def reading() -> Reading:
    here = Span(0, 9)
    people = [Assignment("lead", "市园林局", here), Assignment("member", "各区政府", here)]
    return Reading(
        TEXT,
        Heading(title="云浦市绿地行动方案", city="云浦", period=(2023, 2025)),
        goals=[Goal("建成花园城市", here, strength="stretch")],
        programs=[Program("绿地行动", here, here, number="一"), Program("停车行动", here, here, number="二")],
        tasks=[
            Task("建公园", here, here, number="1", program=0, assignments=people),
            Task("督查", here, here),
        ],
        indicators=[
            indicator("公园数", "20", deadline="2025", task=0),
            indicator("绿地率", "42.50", unit="%", strength="stretch"),
            indicator("停车位", "2", upper=Decimal(3), unit="处", frequency="yearly", deadline="2025"),
            indicator("旧公园数", "10", kind="result", comparator="="),
            Indicator("空气质量", "target", ">=", None, "", here, here, words="优于二级"),
        ],
        stages=[Stage("启动阶段", here, "2023", goals=[Measure("完成摸底", here)])],
        rhythm=[Beat("quarter", "通报", here)],
        mechanisms=[Mechanism("督查", here)],
        announced=[Announced("tasks", 3, 2, here)],
        doubts=[Doubt("lost_number", here)],
        left_out=[LeftOut(Span(TEXT.index("["), len(TEXT)), "advert")],
    )


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "100")
    return table(reading())


def row(printed: str, word: str) -> list[str]:
    return next(line for line in printed.split("\n") if word in line).split()


def test_each_section_that_has_something_is_printed_in_order(printed: str) -> None:
    headings = [line for line in printed.split("\n") if line.startswith("【")]
    assert headings == [
        "【文件】", "【总体目标】", "【任务】", "【指标】", "【阶段】", "【督查节奏】", "【工作机制】",
        "【文中所称与实际读到】", "【请人工核对】", "【未纳入正文】",
    ]  # fmt: skip


def test_an_indicator_is_a_row_with_its_value_deadline_strength_task_and_place(printed: str) -> None:
    assert row(printed, "公园数") == ["公园数", "≥", "20个", "2025", "1", "10–21"]
    assert row(printed, "绿地率") == ["绿地率", "≥", "42.5%", "力争", "10–21"]
    assert row(printed, "停车位") == ["停车位", "2—3处", "每年（至2025）", "10–21"]
    assert row(printed, "旧公园数") == ["旧公园数", "=", "10个", "已完成", "10–21"]
    assert row(printed, "空气质量") == ["空气质量", "优于二级", "0–9"]


def test_tasks_stand_under_their_programs_with_their_units(printed: str) -> None:
    section = printed.split("【任务】")[1].split("【指标】")[0]
    rows = [line.split() for line in section.strip().split("\n")[2:]]
    assert rows == [
        ["一", "◆", "绿地行动"],
        ["1", "1", "建公园", "市园林局", "各区政府"],
        ["2", "督查"],
        ["二", "◆", "停车行动"],
    ]


def test_columns_that_nothing_stands_in_are_left_out(printed: str) -> None:
    heads = printed.split("【任务】")[1].strip().split("\n")[0]
    assert heads.split() == ["序", "编号", "任务", "牵头单位", "责任单位"]


def test_brackets_in_the_text_are_not_taken_for_markup(printed: str) -> None:
    assert row(printed, "广告]")[:2] == ["广告", "[广告]看这里"]


def test_what_the_document_does_not_say_is_said_to_be_missing(printed: str) -> None:
    assert row(printed, "日期") == ["日期", "文中没有"]


@pytest.mark.parametrize(("columns", "widest"), [("20", 80), ("100", 100), ("300", 120)])
def test_lines_fit_the_terminal_with_wide_characters_counted_twice(
    monkeypatch: pytest.MonkeyPatch, columns: str, widest: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    long = reading()
    long.tasks[0].title = "建设公园" * 60
    long.indicators[0].name = "人均公园绿地面积" * 20
    long.doubts += map(doubt, WORDS)
    lines = table(long).split("\n")
    assert max(map(cell_len, lines)) <= widest


def doubt(code: str) -> Doubt:
    names = {name for _, name, _, _ in Formatter().parse(WORDS[code]) if name}
    return Doubt(code, Span(0, 9), dict.fromkeys(names, "甲"))


def test_a_text_cannot_send_commands_to_the_terminal(printed: str) -> None:
    text = "\x1b[31m云浦市\u202e绿地行动方案\x07\n一、建成公园20个\x1b]0;x\x07。"
    shown = table(read_text(text))
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}


def test_an_empty_reading_is_printed_too() -> None:
    assert "文中没有" in table(read_text(""))


def test_every_reason_for_leaving_out_has_a_word() -> None:
    assert all(word and not word.isascii() for word in LEFT_OUT.values())
