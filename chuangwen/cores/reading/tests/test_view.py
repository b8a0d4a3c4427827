"""What the grammars see of a text, and where it stands."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.model import Span
from chuangwen.cores.reading.view import view_of


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("２０２５年，达到９８％：", "2025年,达到98%:"),
        ("云 浦　市\n文明办", "云浦市文明办"),
        ("（一）提升；（二）巩固", "(一)提升;(二)巩固"),
        ("①清运②保洁，Ⅲ类水体", "①清运②保洁,Ⅲ类水体"),
        ("二〇二三年", "二零二三年"),
        ("开展\ue5e5整治\u200b行动", "开展整治行动"),
    ],
)
def test_a_view_is_half_width_and_without_white_space(printed: str, seen: str) -> None:
    assert view_of(printed).text == seen


def test_a_view_answers_in_places_of_the_text() -> None:
    text = "　新建　公园２０ 个。"
    view = view_of(text)
    place = view.span(view.text.index("20"), len(view) - 1)
    assert text[place.start : place.end] == "２０ 个"


def test_masked_places_are_left_out() -> None:
    view = view_of("推进广告公园建设", masked=[Span(2, 4)])
    assert view.text == "推进公园建设"
    assert view.span(0, 4) == Span(0, 6)


def test_what_is_printed_keeps_its_characters() -> None:
    view = view_of("牵头單位：市 文明辦，")
    assert view.printed() == "牵头單位：市文明辦，"
    assert view.printed(5, 9) == "市文明辦"


def test_a_traditional_text_is_seen_simplified_character_by_character() -> None:
    text = "為進一步建設文明城區，開展環境整治，牽頭單位：區城管局，責任單位：區實業公司。"
    view = view_of(text)
    assert view.text == "为进一步建设文明城区,开展环境整治,牵头单位:区城管局,责任单位:区实业公司。"
    assert len(view) == len(text)


def test_a_simplified_text_is_not_touched() -> None:
    assert view_of("干事创业，后台设备，里程").text == "干事创业,后台设备,里程"


def test_a_view_within_a_place() -> None:
    view = view_of("甲 乙 丙")
    assert view.within(Span(2, 4)).text == "乙"
