"""Programs and tasks of documents numbered and laid out in many ways."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.furniture import left_out
from chuangwen.cores.reading.heading import read_heading
from chuangwen.cores.reading.layout import paragraphs
from chuangwen.cores.reading.outline import Outline, read_outline

_TITLE = "云浦市创建文明城市三年行动计划（2021—2023年）"


def _read(body: str, title: str = _TITLE) -> Outline:
    text = f"{title}\n为提升城市文明程度，制定本计划。\n{body}"
    lines = paragraphs(text, [piece.span for piece in left_out(text)])
    return read_outline(lines, read_heading(lines))


def _told(body: str, title: str = _TITLE) -> list[tuple[str | None, list[tuple[str | None, str]]]]:
    """Each program with its tasks as (number, title); first those without one, under None."""
    outline = _read(body, title)
    found: list[tuple[str | None, list[tuple[str | None, str]]]] = [
        (program.title, [(t.number, t.title) for t in outline.tasks if t.program == i])
        for i, program in enumerate(outline.programs)
    ]
    loose = [(task.number, task.title) for task in outline.tasks if task.program is None]
    return [(None, loose), *found] if loose else found


_TWO = [
    ("市容提升行动", [("1", "整治背街小巷"), ("2", "清理小广告")]),
    ("文明乡风行动", [("3", "推进移风易俗"), ("4", "建设美丽庭院")]),
]
_TEXTS = ["完成整治60条。", "做到随有随清。", "红白理事会全覆盖。", "每年评选100户。"]


def _plan(program: str, task: str, *, restart: bool = False, join: str = "。") -> str:
    """The plan of _TWO with marks as given: `{}` stands for the number."""
    lines, n = [], 0
    for i, (name, tasks) in enumerate(_TWO):
        lines.append(program.format("一二"[i], i + 1) + name)
        n = 0 if restart else n
        for _, title in tasks:
            n += 1
            lines.append(task.format("一二三四五"[n - 1], n, "①②③④⑤"[n - 1]) + title + join + _TEXTS[n - 1])
    return "\n".join(lines)


@pytest.mark.parametrize("program", ["{0}、", "（{0}）", "第{0}章 ", "行动{0}：", "关键词{0}:", "{0}．"])
@pytest.mark.parametrize("task", ["{1}.", "{1}．", "{1}、", "（{1}）", "({1}) ", "{1}）", "{2}"])
def test_levels_follow_from_the_order_of_the_marks(program: str, task: str) -> None:
    expected = [(name, [title for _, title in tasks]) for name, tasks in _TWO]
    told = [(name, [title for _, title in tasks]) for name, tasks in _told(_plan(program, task))]
    assert told == expected


@pytest.mark.parametrize(
    ("program", "task"), [("{0}、", "（{0}）"), ("{1}.", "（{1}）"), ("{1}、", "{2}"), ("（{0}）", "{1}.")]
)
def test_numbers_may_begin_anew_in_each_program(program: str, task: str) -> None:
    told = _told(_plan(program, task, restart=True))
    assert [(name, len(tasks)) for name, tasks in told] == [("市容提升行动", 2), ("文明乡风行动", 2)]


@pytest.mark.parametrize("join", ["。", "：", "\n", "　　"])
def test_a_title_ends_at_a_full_stop_a_colon_a_line_or_a_gap(join: str) -> None:
    long = [text + "坚持标本兼治、疏堵结合，健全日常巡查和快速处置机制，方便群众生活。" for text in _TEXTS]
    body = f"一、市容提升行动\n1.整治背街小巷{join}{long[0]}\n2.清理小广告{join}{long[1]}"
    assert _told(body) == [("市容提升行动", [("1", "整治背街小巷"), ("2", "清理小广告")])]


def test_articles_stand_in_chapters() -> None:
    body = "第一章　总则\n第一条　工作目标。力争三年见效。\n第二章　市容\n第二条　整治街巷。完成60条。\n第三条　考核结果按月通报，按季排名。"
    assert _told(body) == [
        ("总则", [("一", "工作目标")]),
        ("市容", [("二", "整治街巷"), ("三", "考核结果按月通报")]),
    ]


def test_decimal_numbers_stand_under_whole_ones() -> None:
    body = "1 市容提升行动\n1.1 整治街巷\n完成60条。\n1.2 清理广告\n随有随清。\n2 文明乡风行动\n2.1 移风易俗\n全覆盖。"
    assert _told(body) == [
        ("市容提升行动", [("1.1", "整治街巷"), ("1.2", "清理广告")]),
        ("文明乡风行动", [("2.1", "移风易俗")]),
    ]


def test_a_section_of_main_tasks_only_holds_the_programs() -> None:
    body = """一、工作目标
到2023年全面达标。
二、重点任务
（一）市容提升行动
1.整治街巷。完成60条。
2.清理广告。随有随清。
（二）文明乡风行动
1.移风易俗。全覆盖。
三、保障措施
（一）加强领导。成立专班。
（二）严格考核。按季通报。"""
    assert _told(body) == [
        ("市容提升行动", [("1", "整治街巷"), ("2", "清理广告")]),
        ("文明乡风行动", [("1", "移风易俗")]),
        ("保障措施", [("一", "加强领导"), ("二", "严格考核")]),
    ]


def test_a_section_of_measures_is_a_program_itself() -> None:
    body = "一、工作目标\n全面达标。\n二、整治内容\n（一）占道经营。取缔摊点。\n（二）乱停车辆。施划泊位。\n三、实施步骤\n（一）动员阶段。四月完成。\n（二）攻坚阶段。六月完成。"
    assert _told(body) == [("整治内容", [("一", "占道经营"), ("二", "乱停车辆")])]


def test_top_level_measures_alone_are_tasks() -> None:
    body = "一、整治街巷。完成60条。\n二、清理广告。随有随清。\n三、移风易俗。全覆盖。"
    assert _told(body) == [(None, [("一", "整治街巷"), ("二", "清理广告"), ("三", "移风易俗")])]


def test_a_lone_number_at_a_line_s_begin_is_no_heading() -> None:
    body = "一、市容提升行动\n1.整治街巷。投入\n2.5亿元，完成\n60条。\n2020年已完成30条。\n2.清理广告。随有随清。"
    assert [task for _, tasks in _told(body) for task in tasks] == [("1", "整治街巷"), ("2", "清理广告")]


def test_a_heading_printed_twice_is_one() -> None:
    body = (
        "一、市容提升行动\n1.整治街巷。完成60条。\n2.清理广告。随有随清。\n2.清理广告\n3.移风易俗。全覆盖。"
    )
    assert [task for _, tasks in _told(body) for task in tasks] == [
        ("1", "整治街巷"),
        ("2", "清理广告"),
        ("3", "移风易俗"),
    ]


def test_a_gap_in_the_numbers_does_not_stop_the_reading() -> None:
    body = "一、市容提升行动\n1.整治街巷。完成60条。\n3.移风易俗。全覆盖。\n4.美丽庭院。评选百户。"
    assert [number for _, tasks in _told(body) for number, _ in tasks] == ["1", "3", "4"]


def test_measures_may_stand_in_one_paragraph() -> None:
    body = "一、市容提升行动\n1.整治街巷。完成60条。2.清理广告。随有随清。3.移风易俗。全覆盖。"
    assert [task for _, tasks in _told(body) for task in tasks] == [
        ("1", "整治街巷"),
        ("2", "清理广告"),
        ("3", "移风易俗"),
    ]


@pytest.mark.parametrize("mark", ["■", "◆", "●", "※", ""])
def test_drawn_out_headings_are_programs(mark: str) -> None:
    body = f"{mark}市容提升行动\n1.整治街巷。完成60条。\n2.清理广告。随有随清。\n{mark}文明乡风行动\n3.移风易俗。全覆盖。\n4.美丽庭院。评选百户。"
    assert _told(body) == [
        ("市容提升行动", [("1", "整治街巷"), ("2", "清理广告")]),
        ("文明乡风行动", [("3", "移风易俗"), ("4", "美丽庭院")]),
    ]


def test_a_run_of_numbers_in_one_paragraph_is_pieces_of_a_measure_with_its_own_duty() -> None:
    body = """一、整治内容
（一）占道经营
（1）取缔摊点；（2）拆除广告；（3）规范停车。
责任单位：市城管局
（二）乱停车辆
（1）施划泊位；（2）清理“僵尸车”。
责任单位：市公安局"""
    assert _told(body) == [("整治内容", [("一", "占道经营"), ("二", "乱停车辆")])]


def test_the_duty_of_a_program_holds_for_tasks_without_their_own() -> None:
    body = """二、主要任务
（一）市容提升行动（牵头单位：市城管局）
1.整治街巷。完成60条。
2.清理广告。随有随清。（责任单位：市文明办）
（二）文明乡风行动（牵头单位：市民政局）
1.移风易俗。全覆盖。"""
    outline = _read(body)
    assert [program.title for program in outline.programs] == ["市容提升行动", "文明乡风行动"]
    assert [[each.name for each in task.assignments] for task in outline.tasks] == [
        ["市城管局"],
        ["市文明办"],
        ["市民政局"],
    ]


def test_the_leader_of_a_program_leads_each_of_its_tasks() -> None:
    body = """二、主要任务
（一）市容提升行动
牵头领导：某某
1.整治街巷。完成60条。（责任单位：市城管局）
2.清理广告。随有随清。
（二）文明乡风行动
牵头领导：某某某
3.移风易俗。全覆盖。（责任单位：市民政局）"""
    assert [[(each.role, each.name) for each in task.assignments] for task in _read(body).tasks] == [
        [("leader", "某某"), ("lead", "市城管局")],
        [("leader", "某某")],
        [("leader", "某某某"), ("lead", "市民政局")],
    ]


def test_a_line_of_duties_behind_every_program_is_the_program_s() -> None:
    body = """一、市容提升行动
1.整治街巷。完成60条。
2.清理广告。随有随清。
责任单位：市城管局
二、文明乡风行动
3.移风易俗。全覆盖。
4.美丽庭院。评选百户。
责任单位：市民政局"""
    assert [[each.name for each in task.assignments] for task in _read(body).tasks] == [
        ["市城管局"],
        ["市城管局"],
        ["市民政局"],
        ["市民政局"],
    ]


def test_measures_that_are_given_out_one_by_one_are_the_tasks() -> None:
    body = """一、城市环境建设
（一）市容环境
1.改造街巷60条。（牵头单位：市城管局）
2.新建公厕20座。（牵头单位：市城管局）
（二）交通秩序
3.新增泊位5000个。（牵头单位：市公安局）
二、思想道德建设
（三）宣讲
4.组织宣讲1000场。（牵头单位：市委宣传部）"""
    assert [(name, [number for number, _ in tasks]) for name, tasks in _told(body)] == [
        ("城市环境建设", ["1", "2", "3"]),
        ("思想道德建设", ["4"]),
    ]


def test_actions_set_off_by_a_gap_hold_their_measures() -> None:
    body = """行动一　市容提升行动
任务：1.整治街巷60条。2.清理广告，随有随清。
牵头单位：市城管局
行动二　文明乡风行动
任务：1.移风易俗。2.评选美丽庭院。
牵头单位：市民政局"""
    assert [(name, len(tasks)) for name, tasks in _told(body)] == [("市容提升行动", 2), ("文明乡风行动", 2)]


def test_paragraphs_are_tasks_where_nothing_is_numbered() -> None:
    body = "市容提升行动\n\n整治背街小巷。完成60条。\n\n清理小广告，做到随有随清，不留死角。\n\n文明乡风行动\n\n推进移风易俗。红白理事会全覆盖。"
    assert _told(body) == [
        ("市容提升行动", [(None, "整治背街小巷"), (None, "清理小广告")]),
        ("文明乡风行动", [(None, "推进移风易俗")]),
    ]


def test_a_paragraph_that_states_the_aim_of_a_program_is_no_task() -> None:
    body = "市容提升行动\n\n目标：到2023年，市容整洁有序。\n\n整治街巷。完成60条。\n\n乡风文明行动\n\n工作目标：到2023年，乡风焕然一新。\n\n移风易俗。礼堂全覆盖。"
    assert _told(body) == [
        ("市容提升行动", [(None, "整治街巷")]),
        ("乡风文明行动", [(None, "移风易俗")]),
    ]


def test_dashes_mark_tasks_under_bracketed_names() -> None:
    body = "一、三大工程\n【铸魂工程】\n——推进宣讲。覆盖各村。\n——选树典型。每年百名。\n【提质工程】\n——整治街巷。完成60条。"
    assert _told(body) == [
        ("铸魂工程", [(None, "推进宣讲"), (None, "选树典型")]),
        ("提质工程", [(None, "整治街巷")]),
    ]


def test_a_box_belongs_to_the_task_above_it() -> None:
    body = "一、市容提升行动\n1.整治街巷。完成60条。\n专栏1 重点项目\n1）雨污分流：改造45个小区。\n2）口袋公园：新建24处。\n2.清理广告。随有随清。"
    assert [task for _, tasks in _told(body) for task in tasks] == [("1", "整治街巷"), ("2", "清理广告")]


def test_a_report_tells_tasks_as_first_and_second() -> None:
    body = "一是突出常态长效，健全机制。坚持每月调度。二是突出惠民利民，攻坚重点。改造小区。\n下一步，一要压实责任，层层传导压力。二要强化督导。开展暗访。"
    assert _told(body, title="云浦市文明城市创建工作总结") == [
        (
            None,
            [
                ("一", "突出常态长效，健全机制"),
                ("二", "突出惠民利民，攻坚重点"),
                ("一", "压实责任"),
                ("二", "强化督导"),
            ],
        )
    ]


def test_what_a_report_turns_to_is_not_part_of_its_last_item() -> None:
    body = "一、宣传有力。制作广告3000处。\n二、整治有效。整治街巷20条。\n下一步，一是强化督导，按月通报。二是补齐短板，改造市场。"
    assert _told(body, title="云浦市2023年一季度创建工作情况") == [
        (None, [("一", "宣传有力"), ("二", "整治有效"), ("一", "强化督导"), ("二", "补齐短板")])
    ]


def test_difficulties_in_a_report_are_no_tasks() -> None:
    body = "工作中还存在一些问题。一是投入不足，基础薄弱。二是力量不强，管理粗放。"
    assert _told(body, title="云浦市文明城市创建工作总结") == []


def test_a_report_s_look_back_holds_no_programs() -> None:
    body = """一、2022年工作回顾
（一）市容明显改善。完成整治60条。
（二）乡风持续向好。新建礼堂20个。
二、2023年工作安排
（一）提升市容，打造宜居城市。坚持建管并重。
整治背街小巷。完成60条。
清理小广告。做到随有随清。
（二）培育乡风，建设文明乡村。坚持城乡统筹。
推进移风易俗。全覆盖。
完善村规民约。全修订。"""
    assert _told(body, title="云浦市2022年工作总结和2023年工作安排") == [
        ("提升市容，打造宜居城市", [(None, "整治背街小巷"), (None, "清理小广告")]),
        ("培育乡风，建设文明乡村", [(None, "推进移风易俗"), (None, "完善村规民约")]),
    ]


def test_a_report_s_next_steps_are_tasks_and_its_difficulties_are_not() -> None:
    body = """一、主要工作及成效
（一）市容明显改善。完成整治60条。
（二）乡风持续向好。新建礼堂20个。
二、存在的问题
一是投入不足；二是力量不强；三是管理粗放。
三、下一步工作打算
（一）提升市容。整治80条。
（二）培育乡风。新建30个。
云浦市人民政府
2022年12月20日"""
    title = "关于云浦市2022年度文明城市创建工作情况的报告"
    assert _told(body, title) == [("下一步工作打算", [("一", "提升市容"), ("二", "培育乡风")])]
    assert [part.task for part in _read(body, title).parts[-2:]] == [None, None]


def test_programs_only_named_in_a_list() -> None:
    body = "近日，记者获悉，我市将开展“四大行动”，即市容提升行动、交通畅行行动、乡风文明行动和暖心服务行动。"
    told = _told(body, title="云浦吹响文明创建号角")
    assert [name for name, _ in told] == ["市容提升行动", "交通畅行行动", "乡风文明行动", "暖心服务行动"]


def test_a_heading_run_on_to_the_end_of_a_task_is_cut_off() -> None:
    body = "关键词一：市容提升\n整治背街小巷。完成60条。\n清理小广告。随有随清。保障措施督导考核\n加强领导，成立专班，定期调度通报。"
    assert _told(body) == [("市容提升", [(None, "整治背街小巷"), (None, "清理小广告")])]


def test_duties_and_time_limits_follow_their_task() -> None:
    body = "一、市容提升行动\n1.整治街巷。完成60条。\n牵头单位：市城管局\n责任单位：市住建局，各区\n完成时限：2022年6月底前\n2.清理广告。随有随清。（责任单位：市城管局）"
    first, second = _read(body).tasks
    assert [(each.role, each.name) for each in first.assignments] == [
        ("lead", "市城管局"),
        ("member", "市住建局"),
        ("member", "各区"),
    ]
    assert first.deadline == "2022-06"
    assert [(each.role, each.name) for each in second.assignments] == [("lead", "市城管局")]
    assert second.deadline is None


def test_spans_cover_a_task_with_its_duties_and_parts_say_where_they_stand() -> None:
    body = "一、市容提升行动\n1.整治街巷。完成60条。（责任单位：市城管局）\n2.清理广告。随有随清。"
    text = f"{_TITLE}\n为提升城市文明程度，制定本计划。\n{body}"
    outline = _read(body)
    first = outline.tasks[0]
    assert text[first.span.start : first.span.end] == "1.整治街巷。完成60条。（责任单位：市城管局）"
    assert text[first.title_span.start : first.title_span.end] == "整治街巷"
    assert text[outline.programs[0].span.start :] == body
    assert [(part.kind, part.view.text, part.program, part.task) for part in outline.parts[2:]] == [
        ("heading", "市容提升行动", 0, None),
        ("heading", "整治街巷", 0, 0),
        ("text", "完成60条。", 0, 0),
        ("duty", "(责任单位:市城管局)", 0, 0),
        ("heading", "清理广告", 0, 1),
        ("text", "随有随清。", 0, 1),
    ]


def test_parts_of_a_report_say_whether_past_work_is_told() -> None:
    body = "一、2022年工作回顾\n完成整治60条。\n二、2023年工作安排\n整治80条。"
    parts = _read(body, title="云浦市政府工作报告").parts
    assert {part.view.text: part.reports for part in parts if "整治" in part.view.text} == {
        "完成整治60条。": True,
        "整治80条。": False,
    }


def test_no_text_no_outline() -> None:
    assert read_outline([], read_heading([])) == Outline()
