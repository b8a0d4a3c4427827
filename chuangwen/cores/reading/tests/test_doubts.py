"""Damaged, contradictory and unclear places, and what is said of them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from chuangwen.cores.reading.doubts import DAMAGE, WORDS, read_doubts
from chuangwen.cores.reading.doubts_time import NO_DEADLINE
from chuangwen.cores.reading.layout import Part, paragraphs
from chuangwen.cores.reading.model import (
    Announced,
    Assignment,
    Doubt,
    Heading,
    Indicator,
    LeftOut,
    Program,
    Reading,
    Span,
    Task,
)

KNOWN = Heading("云浦市文明城市三年行动计划", None, "云浦", period=(2021, 2023))


def doubts_of(text: str, *, task: int | None = None, reading: Reading | None = None) -> list[Doubt]:
    """The doubts about a text, each line a part."""
    reading = reading or Reading(text, KNOWN)
    masked = [piece.span for piece in reading.left_out]
    parts = [Part(p.view, task=task) for p in paragraphs(text, masked)]
    return read_doubts(parts, reading)


def told(text: str, doubts: list[Doubt]) -> list[tuple[str, str]]:
    return [(doubt.code, text[doubt.span.start : doubt.span.end]) for doubt in doubts]


LOST = {
    "年，全市上下同心协力，获得提名资格。": "lost_year",
    "年是决胜之年。": "lost_year",
    "测评周期从年到年，每年测评一次。": "lost_year",
    "印发《云浦市文明城市-年行动计划》。": "lost_year",
    "3月1日，云浦市年创建工作推进会召开。": "lost_year",
    "对照规划纲要和年奋斗目标抓好落实。": "lost_year",
    "截至年6月底，任务完成过半。": "lost_year",
    "到202年底，全面完成。": "lost_year",
    "开展庆祝建市周年活动。": "lost_number",
    "举办第届市民文化节。": "lost_number",
    "家访覆盖率达到%以上。": "lost_number",
    "新建口袋公园，新增个、改造8个。": "lost_number",
    "第一阶段为20*年7月至12月。": "masked",
    "确保××市创建成功。": "masked",
    "新增公园绿地公顷、停车位300个。": "lost_number",
    "完成总投资亿元，带动就业。": "lost_number",
    "自2021年月日起施行。": "lost_number",
    "，推动各项工作走深走实。": "lost_words",
    "研学基地达到3O个。": "letter_for_digit",
    "关心七O三厂居民。": "letter_for_digit",
    "深入学习贯彻党的届五中全会精神。": "lost_number",
    "各项指标达到 以上，成绩稳定。": "lost_number",
    "排查整治安全隐患 处。": "lost_number",
    "关爱困境未成人。": "lost_character",
    "印发《》，推动落实。": "lost_words",
    "提升云浦、。整治街巷。": "lost_words",
    "提升\ufffd\ufffd品质。": "garbled",
    "提升城市??品质。": "garbled",
    "编制《云浦市绿道规划（2021-2035年》。": "unpaired",
    "选树“美德少年100名。": "unpaired",
    "配备服务管家”，解决问题。": "unpaired",
}


@pytest.mark.parametrize(("text", "code"), LOST.items())
def test_damage_is_told_once_and_at_its_place(text: str, code: str) -> None:
    assert [doubt.code for doubt in doubts_of(text)] == ([code] if code else [])


SOUND = [
    "近年来，全市年均新增绿地12公顷，年接待游客100万人次。",
    "2021年6月底前完成；每年12月开展一次评比，今年6月启动。",
    "年度考核结果在年底公布，年内完成整改。",
    "1）强化领导。2）压实责任。a)明确分工。",
    "庆祝中国共产党成立100周年，办好第六届阅读季。",
    "深化“红色物业”建设，用好5G+智慧城管。",
    "引进投资亿元以上项目12个，建设道路36公里。",
    "学习贯彻党的十九届五中全会精神，落实市委八届六中全会部署。",
    "达到以上标准的，予以授牌；新建公厕 12 座。",
    "关爱未成年人，建设《条例》宣传阵地（点）。",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_sentences_raise_no_doubt(text: str) -> None:
    assert doubts_of(text) == []


def test_marks_may_pair_over_a_line_break() -> None:
    assert doubts_of("印发《云浦市争创文明典范城市\n三年行动计划（2021-2023年）》。") == []


def test_spam_among_words_is_told_and_spam_on_its_own_is_not() -> None:
    text = "近年来，幸运平台注册送金不断提升文明水平。幸运平台注册送金。\n幸运平台注册送金\n巩固成果。"
    spam = "幸运平台注册送金"
    places, at = [], text.find(spam)
    while at >= 0:
        places.append(LeftOut(Span(at, at + len(spam)), "spam"))
        at = text.find(spam, at + 1)
    found = doubts_of(text, reading=Reading(text, KNOWN, left_out=places))
    assert told(text, found) == [("spam_among_words", "近年来，幸运平台注册送金不断提升文明水平。幸")]


def test_a_day_of_publication_without_digits_is_told_where_its_line_is_left_out() -> None:
    text = "发布时间： 年 月 日\n提升市民素质。"
    reading = Reading(text, KNOWN, left_out=[LeftOut(Span(0, 11), "credit")])
    assert told(text, doubts_of(text, reading=reading)) == [("lost_year", "时间： 年 月 日")]


def test_a_paragraph_that_breaks_off_among_whole_ones() -> None:
    text = "深化创建。\n改造老旧小区。新建花园、广场、绿道三类\n建设美丽城市。巩固成果。"
    assert told(text, doubts_of(text)) == [("cut_off", "改造老旧小区。新建花园、广场、绿道三类"[-20:])]


def test_a_heading_that_runs_on_behind_a_paragraph() -> None:
    text = "深化创建。\n建立问题台账。组织实施工作要求\n加强领导。"
    assert told(text, doubts_of(text)) == [("run_on_heading", "组织实施工作要求")]


def test_a_heading_that_runs_into_its_first_sentence() -> None:
    long = "我市坚持久久为功，各项工作走在前列，城市面貌焕然一新，全域创建格局基本形成，群众满意度不断提升。"
    text = f"一、工作目标自启动创建以来，{long}{long}\n二、主要任务\n三、保障措施\n"
    assert told(text, doubts_of(text)) == [("run_on_heading", "一、工作目标自启动创建以来")]


TIMES = {
    "年底前建成驿站10座。": ("year_end", ("2021", "2022", "2023", NO_DEADLINE)),
    "6月底前完成规划。": ("year_end", ("2021-06", "2022-06", "2023-06", NO_DEADLINE)),
    "用三年左右时间打通断头路。": ("about_years", ("2023", NO_DEADLINE)),
    "两年内实现全覆盖。": ("within_years", ("2022", NO_DEADLINE)),
    "到“十四五”末建成驿站。": ("plan_end", ("2025", NO_DEADLINE)),
}


@pytest.mark.parametrize(("text", "answer"), TIMES.items())
def test_words_for_time_offer_the_years_they_may_mean(text: str, answer: tuple[str, tuple[str, ...]]) -> None:
    (doubt,) = doubts_of(text, task=0)
    assert (doubt.code, doubt.options) == answer


@pytest.mark.parametrize(
    "text",
    [
        "2022年底前完成。",
        "今年年底前完成。",
        "2022年6月底前完成。",
        "每年6月底前报送。",
        "2022年动工，6月底前完成。",
    ],
)
def test_plain_dates_need_no_answer(text: str) -> None:
    assert doubts_of(text, task=0) == []


def test_the_same_words_for_time_are_asked_about_once() -> None:
    (doubt,) = doubts_of("三年内建成。\n三年内完成。", task=0)
    assert doubt.params["count"] == "2"


def test_outside_of_tasks_time_is_not_asked_about() -> None:
    assert doubts_of("三年内建成。") == []


HERE = Span(0, 4)


def indicator(**fields: object) -> Indicator:
    given = {
        "name": "绿地覆盖率", "kind": "target", "comparator": ">=", "value": Decimal(40), "unit": "%",
        "span": HERE, "value_span": HERE,
    }  # fmt: skip
    return Indicator(**(given | fields))  # type: ignore[arg-type]


TEXT = "文字" * 200


def codes(**lists: object) -> list[str]:
    reading = Reading(TEXT, KNOWN, **lists)  # type: ignore[arg-type]
    return [doubt.code for doubt in doubts_of(TEXT, reading=reading)]


def test_values_that_cannot_be() -> None:
    assert codes(indicators=[indicator(value=Decimal(120))]) == ["over_hundred"]
    assert codes(indicators=[indicator(name="税收增长率", value=Decimal(120))]) == []
    assert codes(indicators=[indicator(name="口袋公园", unit="")]) == ["no_unit"]
    assert codes(indicators=[indicator(deadline="2025")]) == ["outside_period"]
    assert codes(indicators=[indicator(deadline="2022-06")]) == []


def test_one_target_with_two_values() -> None:
    far = Span(300, 304)
    assert codes(indicators=[indicator(), indicator(value=Decimal(42), span=far)]) == ["two_values"]
    assert codes(indicators=[indicator(), indicator(span=far)]) == []
    assert (
        codes(
            indicators=[indicator(deadline="2021"), indicator(value=Decimal(42), span=far, deadline="2022")]
        )
        == []
    )


def tasks(*numbers: str | None, led: bool = False) -> list[Task]:
    lead = [Assignment("lead", "市城管局", HERE)] if led else []
    spans = [Span(10 * n, 10 * n + 4) for n in range(len(numbers))]
    return [
        Task(f"任务{number}", span, span, number, program=0, assignments=list(lead))
        for number, span in zip(numbers, spans, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "1.扩绿\n2.增园\n4.治水\n": [("number_missing", "3")],
        "（一）扩绿\n（二）增园\n（二）治水\n（三）清路\n": [("number_twice", None)],
        "1.扩绿\n2.增园\n其间3.另有安排\n4.治水\n": [],
        "一、扩绿\n（二）增园\n三、治水\n": [],
        "1.扩绿\n2.增园\n1.治水\n2.清路\n": [],
        "九、扩绿\n十二、增园\n": [("number_missing", "十、十一")],
    }.items(),
)
def test_numbers_left_out_and_given_twice(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = []
    for line in re.finditer(r"^（?([\d一二三四五六七八九十]+)[.、）](.+)$", text, re.MULTILINE):
        span = Span(*line.span(2))
        found.append(Task(line[2], span, span, line[1], program=0))
    doubts = doubts_of(text, reading=Reading(text, KNOWN, tasks=found))
    assert [(doubt.code, doubt.params.get("missing")) for doubt in doubts] == expected


def test_the_one_task_without_a_lead() -> None:
    led = tasks("1", "2", "3", led=True)
    (without,) = tasks("4")
    without.span = without.title_span = Span(100, 104)
    assert codes(tasks=[*led, without]) == ["no_lead"]
    assert codes(tasks=tasks("1", "2", "3")) == []


def test_what_is_announced_and_not_found() -> None:
    assert codes(announced=[Announced("tasks", 32, 0, HERE)]) == ["announced"]
    assert codes(announced=[Announced("tasks", 32, 32, HERE)]) == []


COUNTS = {
    "每年改造8-5家农贸市场。": ["range_reversed"],
    "每年改造5-8家农贸市场。": [],
    "知晓率、参与率、满意率分别达到90%、95%。": ["unequal_counts"],
    "知晓率、参与率、满意率分别达到90%、92%和95%。": [],
    "公办园占比分别达到50%、55%、60%。": [],
    "机动车和行人守法率、让行率分别达到90%、80%、70%。": [],
}


@pytest.mark.parametrize(("text", "expected"), COUNTS.items())
def test_counts_in_words(text: str, expected: list[str]) -> None:
    assert [doubt.code for doubt in doubts_of(text)] == expected


def test_what_the_document_does_not_say() -> None:
    text = "加强领导，压实责任。"
    reading = Reading(text, Heading(), tasks=tasks("1"), programs=[Program("行动", HERE, HERE)])
    assert {doubt.code for doubt in doubts_of(text, reading=reading)} == {"no_title", "no_city", "no_period"}


def test_every_doubt_is_worded_with_its_parameters() -> None:
    names = (
        "mark number missing count what found name first value range names values deadline last task words"
    )
    params = dict.fromkeys(names.split(), "某")
    for words in WORDS.values():
        assert "{" not in words.format(**params)
    assert "lost_year" in DAMAGE and "announced" not in DAMAGE
