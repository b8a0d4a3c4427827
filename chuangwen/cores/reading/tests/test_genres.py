"""Whole documents in miniature, as they stand on the web: what a genre does to the outline and the heading."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.read import read_text

ONE_DEEP_SECTION = """云浦市文明城市攻坚行动方案
2024年3月1日
一、攻坚目标
坚持问题导向，从4月起集中开展三大攻坚行动，确保各项指标达到要求。
二、攻坚重点
（一）市容环境攻坚行动
1、清理卫生死角。6月底前清理卫生死角60处。责任单位：市城管局。
点击查看更多方案模板↓↓↓
（二）交通秩序攻坚行动
2、规范车辆停放。8月底前施划机动车泊位800个。责任单位：市公安局。
热门推荐：2023年度述职述廉报告
三、工作措施
1、强化领导。实行市级领导包片责任制。
"""
EXPLAINED_FIRST = """云浦市关于深化文明城市建设的实施意见
一、深刻认识文明城市建设的重大意义
文明是城市之魂，是发展的软实力，必须下更大决心、花更大气力加以推进，切实抓出成效。
二、铸牢共同思想基础
（一）强化理论武装。推动理论宣讲进基层。
（二）涵养诚信风尚。完善守信激励机制。
三、建设品质城市
（三）补齐设施短板。打通断头路8条。
（四）提升治理效能。推行一网统管。
"""
CHAPTERS = """云浦市文明建设“十四五”规划
第三章　发展目标
到2025年，建成全国文明典范城市，市民文明素质、社会文明程度走在全省前列，群众满意度明显提高。
第四章　主要任务
第一节　培育时代新人
一、深化道德建设
每年选树“最美云浦人”60名。
第二节　建设美丽家园
一、推进社区建设
创建未来社区30个。
"""
RETOLD = """云浦未来三年这么干！
本报讯 昨日，《云浦市文明典范城市三年行动计划》发布，今后三年将推进三项工程。
■素质提升工程
选树更多榜样。每年选树“云浦好人”50名以上，让好人有好报。
让志愿服务触手可及。打造服务站点30个，方便市民就近参加。
■环境改善工程
小区换新颜。三年改造小区80个，惠及居民两万户。
怎么抓落实？
市创建办相关负责人表示，将坚持日巡查、周调度、月考评，考评结果全市通报。
"""
PRESS_CONFERENCE = """云浦市召开文明典范城市三年行动计划新闻发布会
4月28日上午，市政府新闻办召开发布会，解读《云浦市文明典范城市三年行动计划》，三年内推进两项行动。
一、环境焕新行动
实施“微更新”。三年改造小区80个，同步完善配套设施。
治理“停车难”。每年新增停车位200个，推动错时开放。
二、志愿暖城行动
完善服务网络。培育志愿服务项目50个，打造一批精品。
礼遇志愿人员。出台激励办法，让好人有好报。
市城管局副局长 甲：去年以来，我们完成主次干道整治43条。下一步，年内再建公厕7座，让市民更方便。
在答记者问环节，有记者问如何落实，有关部门作了回答，并就市民关心的话题作了说明。
发布会由市政府新闻办主任主持，市级媒体和部分市民代表参加，会后进行了交流。
"""
OUTLINES = {
    ONE_DEEP_SECTION: (
        ["市容环境攻坚行动", "交通秩序攻坚行动", "工作措施"],
        ["清理卫生死角", "规范车辆停放", "强化领导"],
    ),
    EXPLAINED_FIRST: (
        ["深刻认识文明城市建设的重大意义", "铸牢共同思想基础", "建设品质城市"],
        ["强化理论武装", "涵养诚信风尚", "补齐设施短板", "提升治理效能"],
    ),
    CHAPTERS: (["培育时代新人", "建设美丽家园"], ["深化道德建设", "推进社区建设"]),
    PRESS_CONFERENCE: (
        ["环境焕新行动", "志愿暖城行动"],
        ["实施“微更新”", "治理“停车难”", "完善服务网络", "礼遇志愿人员"],
    ),
    RETOLD: (
        ["素质提升工程", "环境改善工程"],
        ["选树更多榜样", "让志愿服务触手可及", "小区换新颜"],
    ),
}


@pytest.mark.parametrize(
    ("text", "outline"), OUTLINES.items(), ids=["攻坚", "意见", "规划", "发布会", "报道"]
)
def test_programs_and_tasks_are_told_apart_in_every_genre(
    text: str, outline: tuple[list[str], list[str]]
) -> None:
    reading = read_text(text)
    assert (
        [program.title for program in reading.programs],
        [task.title for task in reading.tasks],
    ) == outline


NEWSPAPER = "云浦晚报 2024年05月21日 星期二\n上一版 下一版 第03版：要闻\n\n" + RETOLD
HEADINGS = {
    NEWSPAPER: ("云浦未来三年这么干！", "news_report", None),
    "中共云浦市委关于推进新时代文明城市建设的决定\n（2024年3月5日市委全会通过）\n市委全会就此作出如下决定。\n"
    "一、总体要求\n坚持以人民为中心。\n": (
        "中共云浦市委关于推进新时代文明城市建设的决定",
        "implementation_opinions",
        None,
    ),
    "云东县关于创建县级文明城市的实施意见\n县委决定，自2023年起用四年时间开展创建工作。\n一、阶段安排\n"
    "1.动员阶段（2023年6月—8月）。\n2.攻坚阶段（2023年9月—2025年6月）。逐条落实。\n": (
        "云东县关于创建县级文明城市的实施意见",
        "implementation_opinions",
        (2023, 2026),
    ),
    "云浦市城市文明提升方案\n一、实施步骤\n1.启动阶段（2023年3月—2023年12月）。抓好动员。\n"
    "2.推进阶段（2024年1月—2025年10月）。全面展开。\n": (
        "云浦市城市文明提升方案",
        "action_plan",
        (2023, 2025),
    ),
}


@pytest.mark.parametrize(("text", "facts"), HEADINGS.items(), ids=["报纸", "决定", "起用四年", "阶段"])
def test_title_kind_and_period_are_read_in_every_genre(
    text: str, facts: tuple[str, str, tuple[int, int] | None]
) -> None:
    heading = read_text(text).heading
    assert (heading.title, heading.kind, heading.period) == facts


SUMMED_UP = """云浦市2023年精神文明建设工作总结及2024年工作打算
2023年，各项工作取得明显成效。
一、2023年主要工作
（一）强化理论武装。全市成立宣讲小分队32支，开展宣讲650余场。
（二）深化文明实践。建成实践所11个，注册志愿者达8.2万人。
二、2024年工作打算
（一）聚焦铸魂育人，在凝聚力量上下功夫。开展百姓宣讲700场次以上。
（二）聚焦为民惠民，在提升品质上下功夫。年内改造老旧小区18个。
"""


def test_the_year_that_a_summary_looks_back_on_is_past() -> None:
    reading = read_text(SUMMED_UP)
    assert [indicator.kind for indicator in reading.indicators] == ["result"] * 4 + ["target"] * 2
    named = {*(program.title for program in reading.programs), *(task.title for task in reading.tasks)}
    assert not named & {"2023年主要工作", "强化理论武装", "深化文明实践"}


DUTIES_BELOW = """关于推进全域文明创建工作的实施意见
一、总体要求
（一）指导思想。坚持城乡统筹。
（二）主要目标。形成全域创建格局。
二、重点任务
（一）实施市民素质提升工程。
1.加强道德建设。每年组织宣讲100场次。
2.培育志愿服务品牌。培育品牌5个。
牵头单位：市文明办
（二）实施城市品质提升工程。
1.完善基础设施。改造小区30个。
2.优化交通出行。新增公交车20辆。
牵头单位：市住建局
三、组织保障
（一）加强领导。层层压实责任。
（二）严格考核。定期通报情况。
"""


def test_a_line_below_the_last_task_of_each_group_is_for_the_whole_group() -> None:
    tasks = {task.title: [each.name for each in task.assignments] for task in read_text(DUTIES_BELOW).tasks}
    assert {title: units for title, units in tasks.items() if units} == {
        "加强道德建设": ["市文明办"],
        "培育志愿服务品牌": ["市文明办"],
        "完善基础设施": ["市住建局"],
        "优化交通出行": ["市住建局"],
    }
