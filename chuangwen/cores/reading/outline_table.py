"""Table rows as tasks: what each column is follows from the words of the header row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from chuangwen.cores.reading.indicators_table import columns_of
from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.model import Assignment
from chuangwen.cores.reading.responsibility import read_cell
from chuangwen.cores.reading.view import View

# What the words of a header cell say that its column holds; the first that matches counts.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|序|号|No\.?|项目编号|任务编号|顺序)$", re.IGNORECASE)),
    (
        "deadline",
        re.compile(r"时限|完成时间|时间节点|时间要求|完成期限|期限|截止|时间安排|进度安排|^时间$|完成日期"),
    ),
    (
        "leader",
        re.compile(
            r"(?:牵头|责任|分管|包联|包保|挂钩|市|县|区)(?:市|县|区)?(?:级)?领导|^责任人$|^负责人$|牵头人"
        ),
    ),
    ("lead", re.compile(r"牵头|主办|主责|第一责任|主要责任")),
    ("member", re.compile(r"配合|协办|成员单位|参与|协同|协助|协作")),
    (
        "duty",
        re.compile(
            r"责任(?:单位|部门|主体|科室|分工)|负责(?:单位|部门)|承办|实施单位|落实单位|完成单位|^单位$|^部门$"
        ),
    ),
    (
        "group",
        re.compile(
            r"类别|领域|板块|工程名称|行动名称|^(?:工程|行动|项目类型|类型|方面|分类|专项|一级指标|维度)$"
        ),
    ),
    (
        "content",
        re.compile(r"内容|措施|举措|要求|标准|目标|指标|说明|备注|成效|形式|进度|做法|考核|分值|数值"),
    ),
    ("task", re.compile(r"任务|工作|项目|事项|名称|行动|工程|重点")),
)
_LEAST_HEADS = 2


@dataclass(slots=True)
class Row:
    """One row of a table of tasks. `title` is None where the row only goes on with the task above."""

    number: str | None = None
    title: View | None = None
    group: View | None = None
    assignments: list[Assignment] = field(default_factory=list)
    due: View | None = None
    contents: list[View] = field(default_factory=list)


def read_rows(paragraphs: Sequence[Paragraph]) -> dict[int, Row | None]:
    """The rows of tables with a header row, by the index of their paragraph; None for the header itself."""
    found: dict[int, Row | None] = {}
    for table in _tables(paragraphs):
        found.update(_read_table(paragraphs, table))
    return found


def _tables(paragraphs: Sequence[Paragraph]) -> Iterator[list[int]]:
    """Runs of rows, each from its header to the next other header."""
    table: list[int] = []
    for i, paragraph in enumerate(paragraphs):
        if not paragraph.cells:
            continue
        if _is_header(paragraph.cells):
            if table and _kinds(paragraph.cells) == _kinds(paragraphs[table[0]].cells or []):
                table.append(i)  # printed again on the next page
                continue
            if table:
                yield table
            table = [i]
        elif table:
            table.append(i)
    if table:
        yield table


def _kinds(cells: Sequence[View]) -> list[str]:
    return [next((kind for kind, words in _COLUMNS if words.search(cell.text)), "") for cell in cells]


def _is_header(cells: Sequence[View]) -> bool:
    named = sum(kind != "" for kind in _kinds(cells))
    short = all(len(cell) <= 14 for cell in cells)
    return short and named >= _LEAST_HEADS and named * 2 > sum(len(cell) > 0 for cell in cells)


def _read_table(paragraphs: Sequence[Paragraph], table: list[int]) -> dict[int, Row | None]:
    header = paragraphs[table[0]].cells or []
    kinds = _kinds(header)
    if columns_of(header):  # 单位 is what is counted in
        kinds = ["" if cell.text == "单位" else kind for cell, kind in zip(header, kinds, strict=True)]
    rows = {i: paragraphs[i].cells or [] for i in table[1:]}
    if not {"task", "content"} & set(kinds) or not {"lead", "duty", "leader", "member", "deadline"} & set(
        kinds
    ):
        return dict.fromkeys(table[:1])
    _settle(kinds, [cells for cells in rows.values() if not _is_header(cells)])
    found: dict[int, Row | None] = {table[0]: None}
    above: Row | None = None
    for i, cells in rows.items():
        found[i] = None if _is_header(cells) else _row(kinds, cells, above)
        above = found[i] or above
    return found


def _settle(kinds: list[str], rows: Sequence[Sequence[View]]) -> None:
    """Decide what several columns of tasks are: one whose cells repeat or stay empty groups the others."""
    tasks = [k for k, kind in enumerate(kinds) if kind == "task"]
    if not tasks and "content" in kinds:
        kinds[kinds.index("content")] = "task"
        return
    first = tasks[0]
    texts = [cells[first].text if first < len(cells) else "" for cells in rows]
    merged = sum(not text or text == before for before, text in pairwise(texts))
    others = [k for k, kind in enumerate(kinds) if kind in {"task", "content"} and k > first]
    if others and merged * 4 >= len(rows) > 1:
        kinds[first] = "group"
        tasks = [others[0]]
    elif len(tasks) > 1 and "group" not in kinds and _repeats(rows, first):
        kinds[first] = "group"
        tasks = tasks[1:]
    for k in range(len(kinds)):
        if kinds[k] in {"task"} and k != tasks[0]:
            kinds[k] = "content"
    kinds[tasks[0]] = "task"


def _repeats(rows: Sequence[Sequence[View]], column: int) -> bool:
    texts = [cells[column].text for cells in rows if column < len(cells)]
    return len(set(texts)) * 2 <= len(texts)


def _row(kinds: list[str], cells: Sequence[View], above: Row | None) -> Row:
    row = Row()
    led = bool({"lead", "leader"} & set(kinds))
    shift = max(0, len(kinds) - len(cells)) if kinds[0] == "group" else 0  # a merged first cell left out
    for kind, cell in zip(kinds[shift:], cells, strict=False):
        if not len(cell):
            continue
        if kind == "number":
            row.number = cell.text.strip("().、")
        elif kind == "task":
            row.title = cell
        elif kind == "group":
            row.group = cell
        elif kind == "deadline":
            row.due = cell
        elif kind in {"leader", "lead", "member"}:
            row.assignments += read_cell(cell, kind)
        elif kind == "duty":
            row.assignments += read_cell(cell, "member" if led else "lead")
        else:
            row.contents.append(cell)
    if row.group is None and above is not None:
        row.group = above.group
    return row
