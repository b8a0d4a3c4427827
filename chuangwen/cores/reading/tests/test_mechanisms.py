"""Sentences and the mechanisms that stand in them."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.mechanisms import read_mechanisms
from chuangwen.cores.reading.model import Heading, Mechanism
from chuangwen.cores.reading.view import view_of


def mechanisms_of(text: str, *, section: str = "", title: str = "", reports: bool | None = None) -> list[str]:
    """The quotes of the mechanisms of one paragraph, under a heading if a section is named."""
    return [
        text[m.span.start : m.span.end] for m in found_in(text, section=section, title=title, reports=reports)
    ]


def found_in(
    text: str, *, section: str = "", title: str = "", reports: bool | None = None
) -> list[Mechanism]:
    parts = [Part(view_of(text), task=0, reports=reports)]
    if section:
        parts.insert(0, Part(view_of(section), kind="heading", task=0))
    return read_mechanisms(parts, Heading(title=title))


UNDER_APPRAISAL = {
    "实行周调度、月测评、季通报制度，测评结果在本市报纸公布。": [
        "实行周调度、月测评、季通报制度",
        "测评结果在本市报纸公布",
    ],
    "由市督导组采取明察暗访、随机抽查等方式，及时发现问题。": ["由市督导组采取明察暗访、随机抽查等方式"],
    "将创建工作纳入年度绩效考核，作为评先评优的重要依据。": [
        "将创建工作纳入年度绩效考核，作为评先评优的重要依据"
    ],
    "对整改不力、连续排名末位的单位，由市领导约谈主要负责人。": [
        "对整改不力、连续排名末位的单位，由市领导约谈主要负责人"
    ],
    "对贡献突出的单位予以通报表扬。": ["对贡献突出的单位予以通报表扬"],
    "按程序取消其当年评优资格；问题点位挂牌督办。": ["按程序取消其当年评优资格", "问题点位挂牌督办"],
    "建立市级领导包联街道、部门包社区责任制。": ["建立市级领导包联街道、部门包社区责任制"],
    "建立问题台账，实行销号管理。": ["建立问题台账", "实行销号管理"],
    "坚持优者必奖、劣者必罚。": ["坚持优者必奖、劣者必罚"],
    "选聘一批市民监督员，开通举报热线。": ["选聘一批市民监督员，开通举报热线"],
    "成立由督查室牵头的联合专班，开展全程监督。": ["成立由督查室牵头的联合专班，开展全程监督"],
    "每月开展一次测评，每季度通报一次排名，年终进行总评。": [
        "每月开展一次测评，每季度通报一次排名，年终进行总评"
    ],
    "建立进展报送制度，各单位每周报送一次情况。": ["建立进展报送制度，各单位每周报送一次情况"],
    "加强督导检查，严格考核问责。": [],
    "市县财政把创建经费列入预算，确保投入到位。": [],
    "对不文明行为公开曝光，引导市民参与。": [],
    "问题按期整改率达到98%以上。": [],
    "全年开展督查36次，下发通报12期。": [],
    "主要领导亲自抓，分管领导具体抓。": [],
}


@pytest.mark.parametrize(("text", "quotes"), UNDER_APPRAISAL.items())
def test_sections_on_managing_the_work(text: str, quotes: list[str]) -> None:
    assert mechanisms_of(text, section="强化督查考核") == quotes


ELSEWHERE = {
    "落实书记抓党建述职制度，实行巡回列席旁听制度。": ["落实书记抓党建述职制度", "实行巡回列席旁听制度"],
    "考评结果与单位绩效考核、评先评优挂钩。": ["考评结果与单位绩效考核、评先评优挂钩"],
    "评估结果向社会公布，接受社会监督。": ["评估结果向社会公布"],
    "把建设成效作为干部选拔任用的重要参考。": ["把建设成效作为干部选拔任用的重要参考"],
    "完善容错纠错和正向激励机制。": ["完善容错纠错和正向激励机制"],
    "确保模拟测评成绩稳定在85分以上。": [],
    "严格执行意识形态工作责任制。": ["严格执行意识形态工作责任制"],
    "每季进行测评排名，名次对外公开。": ["每季进行测评排名"],
    "每季度向市创建办报送工作进展情况。": ["每季度向市创建办报送工作进展情况"],
    "市领导深入点位开展“四不两直”暗访。": ["市领导深入点位开展“四不两直”暗访"],
    "建立信用修复机制，定期公布失信企业红黑榜。": [],
    "对农贸市场实行量化分级，考核结果上墙公示。": [],
    "建立餐饮门店“笑脸”分级制度，违法商户纳入信用考核。": [],
    "完善窗口投诉处理机制，开展食品安全检查。": [],
    "表彰一批身边好人，奖励优秀志愿者。": [],
}


@pytest.mark.parametrize(("text", "quotes"), ELSEWHERE.items())
def test_other_sections_give_only_what_can_mean_nothing_else(text: str, quotes: list[str]) -> None:
    assert mechanisms_of(text, section="优化城市环境") == quotes


def test_the_topic_of_a_sentence_gives_way_to_its_details() -> None:
    text = "健全考核奖惩机制，实行月测评、季通报，对落后单位予以约谈。"
    assert mechanisms_of(text, section="工作机制") == ["实行月测评、季通报", "对落后单位予以约谈"]


def test_the_title_of_a_paragraph_is_no_mechanism() -> None:
    assert mechanisms_of("严格考核奖惩机制。市创建办每月通报排名。") == ["市创建办每月通报排名"]


def test_the_rules_of_an_appraisal_are_one_section() -> None:
    text = "测评采取现场观察、问卷调查等方式进行。"
    assert mechanisms_of(text, title="云浦市文明城市测评考核办法") == [text.rstrip("。")]
    assert mechanisms_of(text) == []


def test_past_work_tells_no_mechanism() -> None:
    assert mechanisms_of("实行月测评、季通报制度。", section="督查考核", reports=True) == []


def test_quotes_are_short_and_names_shorter() -> None:
    text = f"对{'、'.join(['推诿扯皮'] * 20)}的单位，由市创建工作领导小组办公室会同市委督查室严肃追责问责。"
    (found,) = found_in(text, section="督查考核")
    assert found.span.end - found.span.start <= 80
    assert len(found.name) <= 30


def test_a_name_leaves_the_verb_out() -> None:
    (found,) = found_in("建立健全创建工作考核评价体系。", section="督查考核")
    assert found.name == "创建工作考核评价体系"
