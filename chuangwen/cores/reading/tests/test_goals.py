"""Sentences and the goals that stand in them."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.goals import read_goals
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Goal, Heading
from chuangwen.cores.reading.view import view_of

HEADING = Heading(city="云浦", period=(2024, 2026))


def goals_of(text: str, *, section: str = "", task: int | None = None) -> list[Goal]:
    """The goals of one paragraph, under a heading if a section is named."""
    source = f"{section}\n{text}"
    parts = [Part(view_of(source, len(section) + 1), task=task)]
    if section:
        parts.insert(0, Part(view_of(source, 0, len(section)), kind="heading"))
    return read_goals(parts, HEADING)


IN_A_SECTION = {
    "蝉联第九届全国文明城市。": ["蝉联第九届全国文明城市"],
    "通过三年努力，确保实现全国文明城市“四连冠”，力争入选首批全国文明典范城市。": [
        "实现全国文明城市“四连冠”",
        "入选首批全国文明典范城市",
    ],
    "巩固国家卫生城市，创成国家森林城市、争创国家生态园林城市。": [
        "创成国家森林城市",
        "争创国家生态园林城市",
    ],
    "到2026年，力争创成全国文明典范城市。": ["创成全国文明典范城市"],
    "确保2026年成功跨入全国文明城市行列。": ["2026年成功跨入全国文明城市行列"],
    "新潭市、桃城市进入全国县级文明城市行列。": ["新潭市、桃城市进入全国县级文明城市行列"],
    "云东县、泽口县获得全国县级文明城市提名资格。": ["云东县、泽口县获得全国县级文明城市提名资格"],
    "在建设文明典范城市过程中走在同类城市前面。": ["在建设文明典范城市过程中走在同类城市前面"],
    "打造宜居宜业、近悦远来的江南水乡名城。": ["打造宜居宜业、近悦远来的江南水乡名城"],
    "确保年度测评成绩位居全省前三名。": ["年度测评成绩位居全省前三名"],
    "力争实现全国文明城市“零突破”，荣膺省级文明城市称号。": [
        "实现全国文明城市“零突破”",
        "荣膺省级文明城市称号",
    ],
    "确保以优异成绩通过全国文明城市复查验收。": ["通过全国文明城市复查验收"],
    "城市文明程度明显提升，市民文明素质明显提高。": [],
    "建成区绿地率达到40%，推动文明城市创建工作常态化。": [],
    "打造一批示范街区，建设10个样板。": [],
}


@pytest.mark.parametrize(("text", "titles"), IN_A_SECTION.items())
def test_a_section_on_goals_names_titles_and_kinds_of_city(text: str, titles: list[str]) -> None:
    assert [goal.title for goal in goals_of(text, section="工作目标")] == titles


OUTSIDE = {
    "会议要求群策群力、奋力争创全国文明典范城市。": ["争创全国文明典范城市"],
    "以争创全国文明典范城市为目标，持续用力。": ["争创全国文明典范城市"],
    "努力建设全国文明典范城市，力争入选首批全国文明典范城市。": ["入选首批全国文明典范城市"],
    "按照上述原则，建设家家安居乐业的温暖之城，建设处处透着书香的文化之城。": [
        "建设家家安居乐业的温暖之城",
        "建设处处透着书香的文化之城",
    ],
    "2020年云浦成功创建省级文明城市。": [],
    "去年，云浦市再度蝉联省级文明城市，名次前移。": [],
    "建设更高水平的文明城市，对于提高市民生活质量具有重要意义。": [],
    "文明城市创建让市民乐在其中。": [],
}


@pytest.mark.parametrize(("text", "titles"), OUTSIDE.items())
def test_outside_the_programs_only_what_is_aspired_to_counts(text: str, titles: list[str]) -> None:
    assert [goal.title for goal in goals_of(text)] == titles


def test_a_task_adds_only_the_civilised_city() -> None:
    text = "努力打造守望相助、书香满城、开放包容的文明城市，建设最美街区，创成国家森林城市。"
    assert [goal.title for goal in goals_of(text, task=0)] == ["打造守望相助、书香满城、开放包容的文明城市"]


def test_a_preamble_repeats_no_title_of_the_section() -> None:
    text = "我市努力建设文明城市。\n工作目标\n蝉联全国文明城市。"
    ends = [0, text.index("\n"), text.rindex("\n"), len(text)]
    kinds = ["text", "heading", "text"]
    parts = [Part(view_of(text, a, b), kind=k) for a, b, k in zip(ends, ends[1:], kinds, strict=False)]
    assert [goal.title for goal in read_goals(parts, HEADING)] == ["蝉联全国文明城市"]


def test_strength_year_and_counties_are_kept() -> None:
    first, second, third = goals_of(
        "确保2026年实现全国文明城市“五连冠”，力争云东县、泽口县建成省级文明县城，北浦县获得提名资格的省级文明城市。",
        section="总体目标",
    )
    assert (first.title, first.strength, first.year) == ("2026年实现全国文明城市“五连冠”", "mandatory", 2026)
    assert (second.jurisdictions, second.strength) == (("云东县", "泽口县"), "stretch")
    assert (third.jurisdictions, third.strength) == (("北浦县",), "stretch")


def test_the_city_itself_is_no_county() -> None:
    (goal,) = goals_of("确保云浦市蝉联全国文明城市。", section="目标任务")
    assert (goal.title, goal.jurisdictions) == ("云浦市蝉联全国文明城市", ())


def test_a_heading_of_two_parts_opens_the_section_whose_own_words_count() -> None:
    source = "总目标：冲刺全国文明典范城市\n到2026年，力争跻身全国文明典范城市行列，市民满意率保持在95%以上。"
    line = source.index("\n")
    parts = [Part(view_of(source, 0, line)), Part(view_of(source, line + 1))]
    assert [goal.title for goal in read_goals(parts, HEADING)] == ["跻身全国文明典范城市行列"]
