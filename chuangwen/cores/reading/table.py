"""A Reading printed for people: what was read, section by section, in the width of a terminal."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from chuangwen.cores.reading.doubts import WORDS
from chuangwen.cores.reading.model import Indicator, Reading, Span, Task

if TYPE_CHECKING:
    from rich.table import Table

MIN_WIDTH, MAX_WIDTH = 80, 120

KINDS = {
    "action_plan": "行动方案",
    "implementation_opinions": "实施意见",
    "news_report": "新闻报道",
    "work_report": "工作报告",
}
COMPARATORS = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}
STRENGTHS = {"mandatory": "确保", "stretch": "力争"}
PERIODS = {
    "day": "每日",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
}
COUNTED = {"programs": "工程或行动", "tasks": "任务", "indicators": "指标", "measures": "工作"}
LEFT_OUT = {
    "address": "网址",
    "advert": "广告",
    "credit": "来源与编辑署名",
    "furniture": "页面部件",
    "gambling": "博彩广告",
    "games": "游戏广告",
    "licence": "版权与备案信息",
    "markup": "网页代码",
    "medical": "医疗广告",
    "money": "贷款广告",
    "notice": "网站提示",
    "page_number": "页码",
    "running_head": "页眉页脚",
    "sign": "装饰符号",
    "spam": "垃圾信息",
}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_QUOTE = 60  # characters of a quote that are shown

Row = Sequence[str]


def table(reading: Reading) -> str:
    """The whole reading as lines of plain text, as wide as the terminal but within 80 to 120 columns."""
    from rich.console import Console

    width = min(max(shutil.get_terminal_size((100, 24)).columns, MIN_WIDTH), MAX_WIDTH)
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    for heading, columns, rows in _sections(reading):
        console.print(f"\n【{heading}】", markup=False, highlight=False, emoji=False)
        console.print(_grid(columns, rows))
    lines = console.file.getvalue().split("\n")  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _grid(columns: Row, rows: list[Row]) -> Table:
    """Rows under their headings, without empty columns. A heading that ends in `!` is of one never broken."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE, show_header=any(columns), padding=(0, 1), pad_edge=False)
    filled = [i for i in range(len(columns)) if any(row[i] for row in rows)]
    for i in filled:
        grid.add_column(columns[i].removesuffix("!"), no_wrap=columns[i].endswith("!"), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(_UNSEEN.sub(" ", row[i])) for i in filled))
    return grid


def _sections(reading: Reading) -> Iterator[tuple[str, Row, list[Row]]]:
    """Heading, columns and rows of each section that has something to show; the first is always there."""
    yield "文件", ("", ""), list(_facts(reading))
    sections: list[tuple[str, Row, list[Row]]] = [
        ("总体目标", ("目标", "力度!", "位置!"), [_goal(reading, i) for i in range(len(reading.goals))]),
        (
            "任务",
            ("序!", "编号!", "任务", "牵头领导", "牵头单位", "责任单位", "时限!"),
            list(_tasks(reading)),
        ),
        (
            "指标",
            ("指标", "目标值", "时限!", "力度!", "任务!", "位置!"),
            [_indicator(reading, indicator) for indicator in reading.indicators],
        ),
        (
            "阶段",
            ("阶段", "时限!", "年度目标", "位置!"),
            [
                (
                    stage.title,
                    stage.deadline or "",
                    "；".join(goal.title for goal in stage.goals),
                    _place(stage.span),
                )
                for stage in reading.stages
            ],
        ),
        (
            "督查节奏",
            ("周期!", "事项", "位置!"),
            [
                (PERIODS.get(beat.period, beat.period), beat.duty, _place(beat.span))
                for beat in reading.rhythm
            ],
        ),
        (
            "工作机制",
            ("机制", "原文", "位置!"),
            [(found.name, _quote(reading, found.span), _place(found.span)) for found in reading.mechanisms],
        ),
        (
            "文中所称与实际读到",
            ("内容", "文中所称!", "实际读到!", "原文", "位置!"),
            [
                (
                    COUNTED.get(said.what, said.what),
                    f"{said.count}项",
                    f"{said.found}项",
                    _quote(reading, said.span),
                    _place(said.span),
                )
                for said in reading.announced
            ],
        ),
        (
            "请人工核对",
            ("问题", "原文", "位置!"),
            [
                (WORDS[doubt.code].format(**doubt.params), _quote(reading, doubt.span), _place(doubt.span))
                for doubt in reading.doubts
            ],
        ),
        (
            "未纳入正文",
            ("类别!", "原文", "位置!"),
            [
                (LEFT_OUT.get(piece.code, piece.code), _quote(reading, piece.span), _place(piece.span))
                for piece in reading.left_out
            ],
        ),
    ]
    yield from (section for section in sections if section[2])


def _facts(reading: Reading) -> Iterator[Row]:
    heading = reading.heading
    period = "—".join(str(year) for year in heading.period) if heading.period else None
    facts = {
        "标题": heading.title,
        "城市": heading.city,
        "类型": KINDS.get(heading.kind, heading.kind),
        "日期": heading.issued,
        "规划期": period,
    }
    yield from ((name, value or "文中没有") for name, value in facts.items())
    results = sum(indicator.kind == "result" for indicator in reading.indicators)
    yield "正文", f"{len(reading.text)}字"
    yield (
        "读到",
        f"{len(reading.programs)}个工程或行动，{len(reading.tasks)}项任务，"
        f"{len(reading.indicators) - results}项指标，{results}项已有成果，{len(reading.doubts)}处待核对",
    )


def _goal(reading: Reading, index: int) -> Row:
    goal = reading.goals[index]
    return goal.title, STRENGTHS.get(goal.strength or "", ""), _place(goal.span)


def _tasks(reading: Reading) -> Iterator[Row]:
    """Tasks under their programs, in the order of the text; programs without tasks are named too."""
    shown: set[int] = set()
    for i, task in enumerate(reading.tasks):
        if task.program is not None and task.program not in shown:
            yield from _programs(reading, range(max(shown, default=-1) + 1, task.program + 1), shown)
        yield _task(i, task)
    yield from _programs(reading, range(max(shown, default=-1) + 1, len(reading.programs)), shown)


def _programs(reading: Reading, which: range, shown: set[int]) -> Iterator[Row]:
    for i in which:
        program = reading.programs[i]
        shown.add(i)
        yield "", program.number or "", f"◆ {program.title}", "", "", "", ""


def _task(index: int, task: Task) -> Row:
    units = {
        role: "、".join(found.name for found in task.assignments if found.role == role)
        for role in ("leader", "lead", "member")
    }
    number, deadline = task.number or "", task.deadline or ""
    return str(index + 1), number, task.title, units["leader"], units["lead"], units["member"], deadline


def _indicator(reading: Reading, indicator: Indicator) -> Row:
    task = "" if indicator.task is None else str(indicator.task + 1)
    due = "每年" if indicator.frequency == "yearly" else ""
    due += f"（至{indicator.deadline}）" if due and indicator.deadline else indicator.deadline or ""
    strength = STRENGTHS.get(indicator.strength or "", "")
    if indicator.kind == "result":
        strength = "已完成"
    return indicator.name, _aim(indicator), due, strength, task, _place(indicator.span)


def _aim(indicator: Indicator) -> str:
    if indicator.value is None:
        return indicator.words
    if indicator.upper is not None:
        return f"{_number(indicator.value)}—{_number(indicator.upper)}{indicator.unit}"
    return f"{COMPARATORS[indicator.comparator]} {_number(indicator.value)}{indicator.unit}"


def _number(value: Decimal) -> str:
    """Without an exponent and without zeros that were not printed to mean anything."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _place(span: Span) -> str:
    return f"{span.start}–{span.end}"


def _quote(reading: Reading, span: Span) -> str:
    quote = " ".join(reading.quote(span).split())
    return quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
