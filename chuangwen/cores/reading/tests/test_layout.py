"""Lines into paragraphs and rows."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.layout import paragraphs
from chuangwen.cores.reading.model import Span

_BODY = [
    "为持续巩固文明城市创建成果，不断提升市民文明素质和城市文明程度，让人民群众有更多的获得感、幸福感和安全感，结合云浦实际，制定本方案。",
    "坚持以人民为中心，把创建工作与城市更新、乡村振兴、基层治理结合起来，做到统筹推进、一体落实，形成齐抓共管、共建共享的良好格局和长效机制。",
    "各级各部门要把任务分解到岗、落实到人，建立清单、倒排工期、挂图作战，定期研究解决突出矛盾，确保各项指标按时完成、各项工作走在全省前列。",
    "加强宣传引导，运用报纸、广播、电视和新媒体讲好创建故事，组织志愿者深入社区、学校、企业，动员市民从身边小事做起，共同维护美丽家园环境。",
]


def _wrapped(body: list[str], width: int, indent: str) -> str:
    lines = []
    for paragraph in body:
        rest = indent + paragraph
        while rest:
            lines.append(rest[:width])
            rest = rest[width:]
    return "\n".join(lines)


def _texts(text: str, masked: tuple[Span, ...] = ()) -> list[str]:
    return [paragraph.view.text for paragraph in paragraphs(text, masked)]


@pytest.mark.parametrize(("width", "indent"), [(22, "　　"), (26, "　　"), (31, "　　"), (24, ""), (28, "")])
def test_hard_wrapped_lines_make_paragraphs(width: int, indent: str) -> None:
    body = 2 * _BODY
    assert _texts(_wrapped(body, width, indent)) == [paragraph.replace("，", ",") for paragraph in body]


def test_a_paragraph_goes_on_behind_a_page_number() -> None:
    text = "　　到2024年，全市公共厕所、\n- 3 -\n公园达到四百座，管护到位。\n　　另起一段。"
    start = text.index("- 3 -")
    assert _texts(text, (Span(start, start + 5),)) == [
        "到2024年,全市公共厕所、公园达到四百座,管护到位。",
        "另起一段。",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进道路、\n公园建设。", ["推进道路、公园建设。"]),
        ("印发《云浦市创建文明城市\n三年行动计划》", ["印发《云浦市创建文明城市三年行动计划》"]),
        ("一、重点任务\n（一）整治市容", ["一、重点任务", "(一)整治市容"]),
        ("整治市容环境\n\n清理小广告，保持整洁。", ["整治市容环境", "清理小广告,保持整洁。"]),
        ("编制《规划（2021-2025年》。\n打造品牌。", ["编制《规划(2021-2025年》。", "打造品牌。"]),
        ("整治内容<br/>清理垃圾。</p>\n责任单位：市城管局", ["整治内容", "清理垃圾。", "责任单位:市城管局"]),
    ],
)
def test_a_line_goes_on_only_where_it_is_unfinished(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_white_space_stands_for_the_line_breaks_of_a_text_that_lost_them() -> None:
    lines = [line for mark in "一二三四五六七" for line in (f"{mark}、第{mark}项工作", *_BODY)]
    assert _texts(" ".join(lines)) == [line.replace("，", ",") for line in lines]


def test_rows_of_a_table_have_cells() -> None:
    rows = paragraphs("序号\t任务\t牵头单位\n1\t建公园\t市园林局\n| 2 | 修道路 | 市住建局 |", [])
    assert [[cell.text for cell in row.cells or []] for row in rows] == [
        ["序号", "任务", "牵头单位"],
        ["1", "建公园", "市园林局"],
        ["2", "修道路", "市住建局"],
    ]


@pytest.mark.parametrize(
    "line", ["1.\t整治街巷，完成60条。", "一、\t工作目标", "牵头单位：\t市城管局", "第三条\t考核结果"]
)
def test_a_number_or_a_label_before_a_tab_makes_no_row(line: str) -> None:
    (paragraph,) = paragraphs(line, [])
    assert paragraph.cells is None


def test_an_empty_text_has_no_paragraphs() -> None:
    assert paragraphs("", []) == []
    assert paragraphs("\n \n　\n", []) == []
