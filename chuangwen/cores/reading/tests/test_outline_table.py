"""Tables of tasks: columns by the words of their header."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.heading import read_heading
from chuangwen.cores.reading.layout import paragraphs
from chuangwen.cores.reading.model import Task
from chuangwen.cores.reading.outline import Outline, read_outline

_TITLE = "云浦市创建文明城市任务分解表（2022—2024年）"


def _read(table: str) -> Outline:
    lines = paragraphs(f"{_TITLE}\n\n{table}", [])
    return read_outline(lines, read_heading(lines))


def _names(task: Task, role: str) -> list[str]:
    return [each.name for each in task.assignments if each.role == role]


_LINES = [
    ["1", "整治背街小巷", "完成60条", "副市长", "市城管局", "市住建局、各区", "2023年6月底前"],
    ["2", "改造农贸市场", "达标率90%", "副市长", "市市场监管局", "市商务局", "2024年底"],
]
_HEADER = ["序号", "重点任务", "主要指标", "牵头领导", "牵头单位", "责任单位", "完成时限"]


@pytest.mark.parametrize("separator", ["\t", " | ", "│"])
def test_each_row_is_a_task(separator: str) -> None:
    edge = "" if separator == "\t" else separator.strip()
    first, second = _read("\n".join(edge + separator.join(row) + edge for row in [_HEADER, *_LINES])).tasks
    assert (first.number, first.title, first.deadline) == ("1", "整治背街小巷", "2023-06")
    assert (_names(first, "leader"), _names(first, "lead"), _names(first, "member")) == (
        ["副市长"],
        ["市城管局"],
        ["市住建局", "各区"],
    )
    assert (second.number, second.deadline) == ("2", "2024")


def test_columns_may_be_parted_by_spaces() -> None:
    table = """序号    实事项目        工作内容        责任单位        完成时限
1       整治背街小巷    整治60条        市城管局        2023年12月
2       改造老旧小区    改造100个       市住建局、各区  2023年12月
注：以上项目均为年度任务。"""
    outline = _read(table)
    assert [(task.title, _names(task, "lead"), task.deadline) for task in outline.tasks] == [
        ("整治背街小巷", ["市城管局"], "2023-12"),
        ("改造老旧小区", ["市住建局", "各区"], "2023-12"),
    ]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("责任单位", "lead"),
        ("责任部门", "lead"),
        ("牵头部门", "lead"),
        ("配合单位", "member"),
        ("责任领导", "leader"),
    ],
)
def test_a_column_gives_a_role(header: str, role: str) -> None:
    (task,) = _read(f"序号\t工作内容\t{header}\n1\t整治背街小巷\t市城管局").tasks
    assert _names(task, role) == ["市城管局"]


def test_rows_in_between_name_the_programs_and_a_header_may_be_printed_again() -> None:
    rows = [
        "\t".join(_HEADER),
        "一、城市功能提升",
        "\t".join(_LINES[0]),
        "\t".join(_HEADER),
        "二、民生服务",
        "\t".join(_LINES[1]),
    ]
    outline = _read("\n".join(rows))
    assert [(program.number, program.title) for program in outline.programs] == [
        ("一", "城市功能提升"),
        ("二", "民生服务"),
    ]
    assert [(task.title, task.program) for task in outline.tasks] == [
        ("整治背街小巷", 0),
        ("改造农贸市场", 1),
    ]


def test_a_column_may_name_the_programs() -> None:
    outline = _read(
        "类别\t工作任务\t责任单位\n市容\t整治街巷\t市城管局\n市容\t清理广告\t市城管局\n乡风\t移风易俗\t市民政局"
    )
    assert [program.title for program in outline.programs] == ["市容", "乡风"]
    assert [(task.title, task.program) for task in outline.tasks] == [
        ("整治街巷", 0),
        ("清理广告", 0),
        ("移风易俗", 1),
    ]


def test_a_column_of_tasks_that_repeats_groups_the_next_one() -> None:
    outline = _read(
        "序号\t重点任务\t具体措施\t责任单位\n1\t市容提升\t整治街巷\t市城管局\n2\t市容提升\t清理广告\t市城管局\n3\t乡风\t移风易俗\t市民政局"
    )
    assert [program.title for program in outline.programs] == ["市容提升", "乡风"]
    assert [(task.number, task.title) for task in outline.tasks] == [
        ("1", "整治街巷"),
        ("2", "清理广告"),
        ("3", "移风易俗"),
    ]


def test_the_cells_of_a_row_are_parts_with_its_deadline() -> None:
    parts = _read("\n".join("\t".join(row) for row in [_HEADER, *_LINES])).parts
    assert [(part.view.text, part.task, part.deadline) for part in parts if part.kind == "row"] == [
        ("整治背街小巷", 0, "2023-06"),
        ("完成60条", 0, "2023-06"),
        ("改造农贸市场", 1, "2024"),
        ("达标率90%", 1, "2024"),
    ]


def test_a_table_that_repeats_the_outline_adds_to_its_tasks() -> None:
    text = f"""一、市容行动
1.整治背街小巷。完成60条。
2.改造农贸市场。达标率90%。

附件：任务分解表
{chr(9).join(_HEADER)}
一、市容行动
{chr(9).join(_LINES[0])}
{chr(9).join(_LINES[1])}
"""
    outline = _read(text)
    assert [program.title for program in outline.programs] == ["市容行动"]
    assert [(task.number, task.title, task.deadline) for task in outline.tasks] == [
        ("1", "整治背街小巷", "2023-06"),
        ("2", "改造农贸市场", "2024"),
    ]
    assert _names(outline.tasks[0], "lead") == ["市城管局"]


def test_a_table_of_other_things_holds_no_tasks() -> None:
    assert _read("姓名\t职务\t电话\n某某\t科长\t000").tasks == []
