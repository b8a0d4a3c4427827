"""How indicators are put together: traits, conditions, teasers, rows, quotes; nothing makes it fail."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuangwen.cores.reading.indicators import read_indicators
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Indicator, Span, Trait
from chuangwen.cores.reading.view import view_of

PLAN = Heading(kind="action_plan", period=(2021, 2023), issued="2021-03-01")


def read(text: str, heading: Heading = PLAN) -> list[Indicator]:
    return read_indicators([Part(view_of(text))], heading)


def only(text: str) -> Indicator:
    (indicator,) = read(text)
    return indicator


TRAITS = [
    ("每年新建街角花园25个", {Trait.YEARLY_ANEW}),
    ("三年培养文艺骨干4000名", {Trait.CUMULATIVE}),
    ("累计建成书房60座", {Trait.CUMULATIVE}),
    ("公交准点率保持在92%以上", {Trait.HELD_FLOOR}),
    ("每个村史馆不少于80平方米", {Trait.EACH}),
    ("书房平均配备管理员3名", {Trait.MEAN}),
    ("人均公园绿地面积达到14平方米", {Trait.PER_HEAD}),
    ("驿站达到2座/平方公里", {Trait.PER_HEAD}),
    ("交通违法下降12%", {Trait.AGAINST_BASE}),
    ("建成区绿地率由36%提高到38%", {Trait.AGAINST_BASE}),
    ("每年改造市场2-3家", {Trait.YEARLY_ANEW, Trait.RANGE}),
    ("绿地率达到38%", set()),
]


@pytest.mark.parametrize(("text", "traits"), TRAITS)
def test_the_words_tell_what_kind_of_number_it_is(text: str, traits: set[Trait]) -> None:
    assert set(only(text).traits) == traits


def test_a_series_has_one_value_for_each_year() -> None:
    found = read("2021—2023年，分别新建书房12、18、25座。")
    assert [(i.deadline, int(i.value or 0), i.unit) for i in found] == [
        ("2021", 12, "座"),
        ("2022", 18, "座"),
        ("2023", 25, "座"),
    ]
    assert all(Trait.PER_YEAR in i.traits for i in found)


def test_a_change_keeps_what_it_starts_from() -> None:
    baseline = only("绿地率由2020年的36.4%提高到38%。").baseline
    assert baseline is not None
    assert (baseline.words, baseline.value, baseline.unit, baseline.year) == (
        "2020年的36.4%",
        Decimal("36.4"),
        "%",
        2020,
    )


def test_a_year_to_compare_with_is_a_baseline_without_a_value() -> None:
    baseline = only("居民收入比2020年翻一番").baseline
    assert baseline is not None
    assert (baseline.year, baseline.value) == (2020, None)


@pytest.mark.parametrize(
    ("text", "strength"),
    [("确保建成8座书房", "mandatory"), ("力争建成8座书房", "stretch"), ("建成8座书房", None)],
)
def test_firmness_is_told(text: str, strength: str | None) -> None:
    assert only(text).strength == strength


@pytest.mark.parametrize(
    ("text", "comparator", "words", "trait"),
    [
        ("基本农田面积不低于上级下达的规划任务", ">=", "上级下达的规划任务", Trait.FROM_ABOVE),
        ("用水总量控制在省定目标内", "<=", "省定目标内", Trait.FROM_ABOVE),
        ("湖泊水质优于国家Ⅳ类标准", ">", "国家Ⅳ类标准", Trait.ORDERED_CLASS),
    ],
)
def test_a_level_without_a_number_is_a_condition(
    text: str, comparator: str, words: str, trait: Trait
) -> None:
    condition = only(text)
    assert condition.value is None
    assert (condition.comparator, condition.words, condition.traits) == (comparator, words, (trait,))


def test_a_class_behind_total_coverage_belongs_to_the_coverage() -> None:
    indicator = only("星级宾馆食堂全部达到A级以上")
    assert (indicator.value, indicator.unit) == (Decimal(100), "%")
    assert Trait.ORDERED_CLASS in indicator.traits


def test_a_name_is_the_thing_without_dates_and_words_of_reaching() -> None:
    found = read("到2023年，力争垃圾回收利用率、人均绿道长度分别达到35%、2米，新增充电桩500个以上。")
    assert [i.name for i in found] == ["垃圾回收利用率", "人均绿道长度", "新增充电桩数"]


def test_a_growth_is_named_after_what_grows() -> None:
    found = read("茶叶产值达到80亿元，增长12%。")
    assert [i.name for i in found] == ["茶叶产值", "茶叶产值增速"]


def test_the_six_hundred_percents_are_six_indicators() -> None:
    found = read("落实“3个100%”，工地围挡、裸土覆盖、车辆冲洗达到100%。")
    assert [(i.comparator, i.value) for i in found] == [("=", Decimal(100))] * 3


def test_a_teaser_outside_the_tasks_is_not_entered_again() -> None:
    teaser, task = "农贸市场检测全覆盖", "推进农贸市场检测全覆盖。"
    text = f"{teaser}\n{task}"
    parts = [
        Part(view_of(text, 0, len(teaser))),
        Part(view_of(text, len(teaser) + 1, len(text)), task=0),
        Part(view_of(text, len(teaser) + 1, len(text)), task=1),
    ]
    assert [i.task for i in read_indicators(parts, PLAN)] == [0, 1]


def test_a_figure_of_a_title_that_the_text_repeats_is_entered_once() -> None:
    text = "新建书房20座\n2022年新建书房20座，装修书房8座。"
    parts = [Part(view_of(text, 0, 7), kind="heading", task=0), Part(view_of(text, 8), task=0)]
    assert [i.deadline for i in read_indicators(parts, PLAN)] == ["2022", "2022"]


def test_a_figure_that_only_a_title_says_is_entered() -> None:
    (indicator,) = read_indicators([Part(view_of("新建书房20座"), kind="heading", task=0)], PLAN)
    assert indicator.value == 20


def test_a_row_gives_its_deadline_to_what_has_none() -> None:
    view = view_of("改造公厕60座，2022年建成书房8座")
    found = read_indicators([Part(view, kind="row", deadline="2023-06")], PLAN)
    assert [i.deadline for i in found] == ["2023-06", "2022"]


def test_who_is_responsible_holds_no_indicators() -> None:
    assert read_indicators([Part(view_of("责任单位：3家平台公司"), kind="duty")], PLAN) == []


def test_a_part_that_tells_past_work_gives_results_without_deadlines() -> None:
    view = view_of("2020年改造背街小巷41条。")
    (indicator,) = read_indicators([Part(view, reports=True)], PLAN)
    assert (indicator.kind, indicator.comparator, indicator.deadline) == ("result", "=", None)


def test_a_unit_stays_as_printed() -> None:
    text = "改造小區３６戶"
    view = view_of(text)
    view.text = view.text.replace("戶", "户")
    (indicator,) = read_indicators([Part(view)], PLAN)
    assert (indicator.unit, text[slice(*indicator.value_span)]) == ("戶", "３６戶")


def test_a_quote_leaves_masked_text_out() -> None:
    text = "云浦市大赢家注册送彩金评出标兵12名，城市更美。"
    view = view_of(text, masked=[Span(2, 11)])
    (indicator,) = read_indicators([Part(view)], PLAN)
    assert text[slice(*indicator.span)] == "评出标兵12名"


TEXTS = st.text(
    alphabet="和保持在建成新增达到率0123年.月个%万亿、，,；。：（）()“”《》一二百千分别至-—每力争由比全覆盖\n户数第",
    max_size=120,
)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from([None, True, False]))
def test_any_text_is_read_and_every_quote_is_short_and_in_place(text: str, reports: bool | None) -> None:
    found = read_indicators([Part(view_of(text), reports=reports)], PLAN)
    assert found == read_indicators([Part(view_of(text), reports=reports)], PLAN)
    for indicator in found:
        assert 0 <= indicator.span.start <= indicator.value_span.start
        assert indicator.value_span.end <= indicator.span.end <= len(text)
        assert indicator.span.end - indicator.span.start <= 160


def test_a_report_without_headings_turns_to_plans_where_its_words_do() -> None:
    report = Heading(kind="work_report", period=(2023, 2023))
    lines = [
        "过去一年，全区上下同心协力抓创建、抓整改、抓提升，办成了一批实事好事，新建书房12座，改造公厕30座。",
        "打通断头路5条，群众满意率达到96%，文明实践活动蓬勃开展，城市面貌持续改善，市民素质稳步提高。",
        "我们也清醒地看到，停车难、道路堵等问题仍然突出，城市管理还不够精细，群众还有不少不满意的地方。",
        "建设停车场8处，新增泊位2000个，大力实施路网加密工程，努力让群众出行更加便捷、更加安全、更加舒心。",
    ]
    found = read_indicators([Part(view_of(line)) for line in lines], report)
    assert [i.kind for i in found] == ["result"] * 4 + ["target"] * 2
