from __future__ import annotations

import pytest

from chuangwen.cores.reading.files import decode
from chuangwen.cores.reading.files.numbering import chinese, formatted, sign
from chuangwen.cores.reading.files.tests.docx_files import docx, levels, num, p

IN_LIST = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
TWO_LEVELS = levels(("chineseCounting", "%1、"), ("decimal", "%2."))


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return decode("方案.docx", docx(body, numbering=numbering, styles=styles)).text.split("\n")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (1001, "一千零一"), (9999, "九千九百九十九"), (10000, "10000"), (0, "0"),
    ],
)  # fmt: skip
def test_whole_numbers_in_chinese(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("chineseCountingThousand", 12, "十二"),
        ("japaneseCounting", 10, "十"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedCircle", 51, "(51)"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("ideographEnclosedCircle", 10, "㊉"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 13, "子"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 3, "c"),
        ("numberInDash", 5, "- 5 -"),
        ("none", 5, ""),
        ("somethingNew", 5, "5"),
    ],
)
def test_number_formats_are_shown_as_word_shows_them(style: str, number: int, shown: str) -> None:
    assert formatted(number, style) == shown


def test_private_signs_become_the_signs_that_they_look_like() -> None:
    assert sign("\uf06c\uf06e\uf0d8\uf0aa甲") == "●■➢◆甲"
    assert sign("\uf030") == "•"


def test_a_deeper_level_begins_anew_under_each_number_above_it() -> None:
    body = p("环境提升", list_id=1) + p("公厕", list_id=1, depth=1) + p("绿地", list_id=1, depth=1)
    body += p("秩序提升", list_id=1) + p("停车", list_id=1, depth=1)
    assert lines(body, TWO_LEVELS) == ["一、环境提升", "1. 公厕", "2. 绿地", "二、秩序提升", "1. 停车"]


def test_an_ordinary_paragraph_between_does_not_interrupt_a_list() -> None:
    body = p("环境提升", list_id=1) + p("到2025年完成。") + p("秩序提升", list_id=1)
    assert lines(body, TWO_LEVELS) == ["一、环境提升", "到2025年完成。", "二、秩序提升"]


def test_lists_of_one_definition_share_their_counters_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = TWO_LEVELS + num(2, 0) + num(3, 0, anew)
    body = "".join(p("甲", list_id=i) for i in (1, 2, 3, 3))
    assert lines(body, numbering) == ["一、甲", "二、甲", "一、甲", "二、甲"]


def test_patterns_join_the_numbers_of_several_levels() -> None:
    numbering = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), ("decimalEnclosedCircle", "%3"))
    numbering = numbering.replace('<w:lvlText w:val="%1.%2"/>', '<w:isLgl/><w:lvlText w:val="%1.%2"/>')
    body = p("总则", list_id=1) + p("目标", list_id=1, depth=1) + p("步骤", list_id=1, depth=2)
    assert lines(body, numbering) == ["第一章 总则", "1.1 目标", "① 步骤"]


def test_articles_may_run_on_through_chapters() -> None:
    numbering = levels(("chineseCounting", "第%1章"), ("chineseCounting", "第%2条"))
    numbering = numbering.replace(
        '<w:lvlText w:val="第%2条"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="第%2条"/>'
    )
    body = (
        p("总则", list_id=1)
        + p("甲", list_id=1, depth=1)
        + p("职责", list_id=1)
        + p("乙", list_id=1, depth=1)
    )
    assert lines(body, numbering) == ["第一章 总则", "第一条 甲", "第二章 职责", "第二条 乙"]


def test_a_number_may_come_from_the_style_below_the_paragraphs_style() -> None:
    styles = (
        f'<w:style w:styleId="a"><w:name w:val="heading 2"/>{IN_LIST}</w:style>'
        '<w:style w:styleId="b"><w:name w:val="own"/><w:basedOn w:val="a"/></w:style>'
    )
    numbering = levels(("chineseCounting", "%1、"), ("chineseCounting", "(%2)"))
    numbering = numbering.replace(
        '<w:lvlText w:val="(%2)"/>', '<w:pStyle w:val="a"/><w:lvlText w:val="(%2)"/>'
    )
    assert lines(p("绿地", style="b") + p("公厕", style="b"), numbering, styles) == ["(一) 绿地", "(二) 公厕"]


def test_number_nought_takes_a_paragraph_out_of_its_styles_list() -> None:
    styles = f'<w:style w:styleId="a">{IN_LIST}</w:style>'
    assert lines(p("绿地", style="a", list_id=0), TWO_LEVELS, styles) == ["绿地"]


def test_styles_that_are_based_on_each_other_end_the_search() -> None:
    styles = "".join(f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba"))
    assert lines(p("绿地", style="a"), TWO_LEVELS, styles) == ["绿地"]


def test_bullets_are_shown_and_not_counted() -> None:
    assert lines(p("绿地", list_id=1) + p("公厕", list_id=1), levels(("bullet", "\uf06e"))) == [
        "■ 绿地",
        "■ 公厕",
    ]
