"""What the words of a heading or a line say that it is."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.outline_words import (
    is_about_difficulties,
    is_farewell,
    is_frame,
    is_stamp,
    is_steps,
    is_wrapper,
    run_on_heading,
    tells_past,
    tells_problems,
    turns,
)


@pytest.mark.parametrize(
    "title",
    [
        "指导思想",
        "总体要求",
        "基本原则和工作目标",
        "工作目标",
        "保障措施",
        "组织领导",
        "加强组织领导",
        "工作要求",
        "“十四五”时期指导思想",
        "附则",
        "制定背景",
    ],
)
def test_frames_are_known(title: str) -> None:
    assert is_frame(title)


@pytest.mark.parametrize(
    "title",
    ["提升社会保障水平", "加强民生保障", "完善交通组织", "推进乡村建设行动", "强化城市管理考核激励作用"],
)
def test_measures_are_no_frames(title: str) -> None:
    assert not is_frame(title)


@pytest.mark.parametrize(
    "title",
    [
        "主要任务",
        "重点任务",
        "工作任务及责任分工",
        "2023年主要工作",
        "实施“五大工程”",
        "五大行动",
        "工作措施",
        "重点工作安排",
    ],
)
def test_sections_that_only_hold_groups_are_known(title: str) -> None:
    assert is_wrapper(title)


@pytest.mark.parametrize("title", ["市容提升行动", "推进乡村振兴重点工作落地见效", "深化文明校园创建"])
def test_groups_are_no_wrappers(title: str) -> None:
    assert not is_wrapper(title)


def test_other_kinds_of_sections_are_told_by_their_words() -> None:
    assert is_steps("实施步骤") and is_steps("时间安排")
    assert not is_steps("工作要求")
    assert tells_past("2022年工作回顾") and tells_past("取得的主要成效")
    assert not tells_past("2023年工作安排")
    assert tells_problems("工作中还存在一些问题。") and tells_problems("面临“两大挑战”，")
    assert not tells_problems("我们克服困难,全年主要抓了以下工作:")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("清理小广告。随有随清。保障措施督导考核", "保障措施督导考核"),
        ("清理小广告。随有随清。组织领导", "组织领导"),
        ("清理小广告。随有随清。", ""),
        ("清理小广告。做到随有随清", ""),
    ],
)
def test_a_heading_glued_to_the_end_is_found(text: str, rest: str) -> None:
    assert text[run_on_heading(text) :] == rest


@pytest.mark.parametrize("title", ["存在的问题", "面临的困难和挑战", "主要问题和不足"])
def test_sections_about_difficulties_are_known(title: str) -> None:
    assert is_about_difficulties(title)


@pytest.mark.parametrize("title", ["解决突出环境问题", "聚焦民生短板攻坚"])
def test_work_on_problems_is_no_difficulty(title: str) -> None:
    assert not is_about_difficulties(title)


@pytest.mark.parametrize(
    "line",
    [
        "云浦市人民政府办公室",
        "中共云浦市委办公室",
        "云政发〔2023〕1号",
        "2023年3月1日",
        "二零二三年三月",
        "市长 某某",
    ],
)
def test_stamps_are_known(line: str) -> None:
    assert is_stamp(line)


def test_paragraphs_behind_and_beside_the_outline_are_known() -> None:
    assert is_farewell("各位代表!让我们团结一心。") and is_farewell("附件:任务分解表")
    assert turns("下一步,一是强化督导。") and not turns("一是下一步的重点。")
