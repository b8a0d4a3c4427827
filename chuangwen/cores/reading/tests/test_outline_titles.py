"""Where titles end and what sections they name."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.outline_titles import opening_phrase, title_end
from chuangwen.cores.reading.outline_words import (
    is_frame,
    is_steps,
    is_wrapper,
    run_on_heading,
    tells_past,
    tells_problems,
)
from chuangwen.cores.reading.view import view_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("整治背街小巷。完成60条。", "整治背街小巷"),
        ("整治背街小巷：完成60条。", "整治背街小巷"),
        ("整治背街小巷", "整治背街小巷"),
        ("突出为民，攻坚克难。改造小区60个。", "突出为民,攻坚克难"),
        ("完成60条背街小巷整治，同步清理小广告。", "完成60条背街小巷整治"),
        (
            "在市容上，突出建管并重，完成60条背街小巷整治并同步清理各类小广告，推进各项工作，确保全面达标见效。",
            "在市容上,突出建管并重",
        ),
        ("推进“你说。我改”活动。全覆盖。", "推进“你说。我改”活动"),
        ("建设新时代文明实践中心（所、站）。全覆盖。", "建设新时代文明实践中心(所、站)"),
        ("指导思想坚持以人民为中心，推动创建工作走深走实。", "指导思想"),
    ],
)
def test_a_title_ends_where_its_text_begins(text: str, title: str) -> None:
    view = view_of(text)
    assert view.text[: title_end(view, article=False, whole_line=True)[0]] == title


def test_an_article_without_a_title_is_called_by_its_first_clause() -> None:
    view = view_of("考核结果按月通报，按季排名，按年评定。")
    assert view.text[: title_end(view, article=True, whole_line=True)[0]] == "考核结果按月通报"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("清理小广告，做到随有随清。", "清理小广告"),
        ("在招商方面，突出主业，引进龙头。", "在招商方面,突出主业"),
        ("落实“放管服，一次办”改革，提升效能。", "落实“放管服,一次办”改革"),
    ],
)
def test_a_paragraph_is_called_by_its_opening_phrase(text: str, phrase: str) -> None:
    seen = view_of(text).text
    assert seen[: opening_phrase(seen)] == phrase


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
