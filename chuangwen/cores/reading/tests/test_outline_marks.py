"""Marks and numerals at the begin of a paragraph and inside it."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.outline_marks import inside_marks, is_box, leading_marks, numeral
from chuangwen.cores.reading.view import view_of


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("四十一", 41),
        ("一百", 100),
        ("一百零三", 103),
        ("一百一十六", 116),
        ("7", 7),
        ("⑫", 12),
        ("二三", None),
        ("", None),
        ("一二十", None),
    ],
)
def test_a_numeral_has_a_value(printed: str, value: int | None) -> None:
    assert numeral(printed) == value


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("一、工作目标", "cn", 1),
        ("十二．工作目标", "cn", 12),
        ("（三）整治市容", "cn_paren", 3),
        ("〔三〕整治市容", "cn_paren", 3),
        ("3.整治市容", "arabic", 3),
        ("3、整治市容", "arabic", 3),
        ("３．整治市容", "arabic", 3),
        ("3. 2023年底前完成", "arabic", 3),
        ("（3）整治市容", "arabic_paren", 3),
        ("3）整治市容", "arabic_half", 3),
        ("③整治市容", "circled", 3),
        ("第三条　整治市容", "article", 3),
        ("第三章 整治市容", "chapter", 3),
        ("2.3 整治市容", "decimal2", 3),
        ("2.3.1 整治市容", "decimal3", 1),
        ("㈢整治市容", "cn_paren", 3),
        ("⑶整治市容", "arabic_paren", 3),
        ("⒊整治市容", "arabic", 3),
        ("➌整治市容", "circled", 3),
        ("Ⅲ、整治市容", "roman", 3),
        ("C.整治市容", "latin", 3),
        ("【任务三】整治市容", "word:任务", 3),
        ("行动三　整治市容", "word:行动", 3),
        ("三是整治市容", "is", 3),
        ("三要整治市容", "is", 3),
        ("——整治市容", "dash", None),
        ("■整治市容", "bullet:■", None),
        ("关键词三：市容", "word:关键词", 3),
        ("行动3：市容", "word:行动", 3),
        ("■专项行动三：市容", "word:专项行动", 3),
        ("3 整治市容", "arabic", 3),
        ("三整治市容", "bare", 3),
    ],
)
def test_a_mark_opens_a_paragraph(text: str, kind: str, number: int | None) -> None:
    mark = leading_marks(view_of(text))[0]
    assert (mark.kind, mark.number) == (kind, number)


@pytest.mark.parametrize(
    "text",
    [
        "2023年完成",
        "2.5亿元",
        "98.6%以上",
        "1.2万个",
        "全面整治",
        "35个小区",
        "100%覆盖",
        "（所、站）",
        "“一老一小”",
    ],
)
def test_a_number_or_a_word_is_no_mark(text: str) -> None:
    assert leading_marks(view_of(text)) == []


def test_marks_inside_a_paragraph_stand_behind_a_stop() -> None:
    view = view_of("抓好三件事：一是修路；二是种树。三是清河，投入1.5亿元、5个月。（1）甲。2.乙")
    assert [(mark.kind, mark.number) for mark in inside_marks(view)] == [
        ("is", 1),
        ("is", 2),
        ("is", 3),
        ("arabic_paren", 1),
        ("arabic", 2),
    ]


@pytest.mark.parametrize(
    ("text", "box"), [("专栏1　重点项目", True), ("专栏二：重点项目", True), ("专栏报道", False)]
)
def test_a_box_has_a_number(text: str, box: bool) -> None:
    assert is_box(view_of(text)) is box
