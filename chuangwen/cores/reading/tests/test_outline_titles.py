"""Where titles end."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.outline_titles import opening_phrase, title_end
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
