"""What the words of a heading or of a line say that it is: a frame, a wrapper, a look back, a stamp …"""

from __future__ import annotations

import re

_FRAME_AT_MOST, _SECTION_AT_MOST = 24, 30  # characters of such a title
_LABEL_AT_MOST = 12
_LEAD_IN = 24  # characters before a list that tell what it lists

# Sections that frame the measures.
_GUIDING = (
    "(?:工作|创建|建设|活动|行动|发展|攻坚)?"
    "(?:指导思想|总体要求|总体思路|基本思路|基本原则|主要原则|工作原则|总体原则|总体目标|主要目标|奋斗目标"
    "|目标任务|(?:总|发展|工作|创建|建设|整治|攻坚|规划|行动)目标|目标要求|预期目标|目标愿景"
    "|工作思路|主要思路|思路)"
)
_STEPS = (
    "(?:(?:工作|实施|活动|推进|行动|创建|方法|进度|时间|阶段|步骤)(?:步骤|阶段|安排|进度)"
    "(?:安排|步骤|和步骤)?|(?:实施|行动|攻坚|整治|活动|创建)?(?:时间|期限))"
)
_ASIDE = (
    "(?:工作要求|有关要求|相关要求|基本要求|(?:适用|实施)范围|(?:工作|编制|制定|出台|起草)?(?:背景|依据|过程)"
    "|现状|重要意义|总则|附则|附件|(?:相关|新闻|背景|名词)?(?:链接|名词解释|新闻背景)|名词解释|延伸阅读"
    "|(?:工作|组织|实施|落实)?(?:保障措施|保障机制|组织保障|工作保障|组织领导|组织实施|工作机制|推进机制|保障)"
    "|(?:考核|监督|督查|督导)(?:办法|评价|奖惩|检查|考核|问责|机制)*)"
)
_JOIN = "(?:和|与|及|以及|、|,|及其)?"
_FRAME = re.compile(
    rf"{_GUIDING}(?:{_JOIN}(?:{_GUIDING}|{_ASIDE}|{_STEPS}))*(?:是)?$"
    rf"|^(?:{_ASIDE}|{_STEPS})(?:{_JOIN}(?:{_GUIDING}|{_ASIDE}|{_STEPS}))*$"
    "|^(?:切实|进一步)?(?:加强|强化|健全|完善|落实)(?:对.{0,20}的)?(?:工作)?"
    "(?:组织领导|组织保障|保障措施|工作保障|保障机制|组织实施)$"
)
_ONLY_STEPS = re.compile(rf"^{_STEPS}(?:{_JOIN}{_STEPS})*$")
# 指导思想坚持以…: the title of such a section, its full stop lost.
_GLUED = re.compile(
    rf"(?:{_GUIDING}|{_ASIDE}|{_STEPS})"
    "(?=(?:自|根据|为|以|坚持|按照|到|通过|围绕|深入|全面|成立|从)[^。:]{8,})"
)
_RUN_ON = re.compile(rf"(?:{_GUIDING}|{_ASIDE}|主要任务|重点任务|工作任务)[^\W\d_]{{0,16}}$")

# Sections that only hold the groups.
_WRAPPER = re.compile(
    r"(?:\d{4}年|今年|明年|当前|下一步|今后[^\W\d_]{1,3}年|下阶段|全年)?(?:的|全市|政府|经济社会发展)?"
    "(?:主要|重点|工作|具体|目标|基本|核心|创建|建设|年度|中心|专项|政府|整治|提升|攻坚)*"
    "(?:任务|工作|措施|举措|内容|安排|打算|计划|事项|部署|项目|重点)"
    "(?:(?:和|与|及|、)(?:主要|重点|工作|具体)*(?:任务|措施|举措|内容|要求|责任|安排|分工|责任分工|任务分工))?$"
)
_COUNTED_WRAPPER = re.compile(
    r"^(?:重点|全面|扎实|大力|深入)?(?:实施|开展|推进|抓好|打好|突出抓好|做好)?“?[^\W_]{0,4}?"
    r"[一二三四五六七八九十\d]+(?:大|项|个|场)[^\W\d_]{0,8}(?:行动|工程|任务|工作|战役|攻坚|重点)”?$"
)
_GROUP = re.compile(r"(?:工程|行动|计划|攻坚(?:战)?|专项|战役|保卫战|活动|项目)(?:\(.{1,20}\))?$")

_PAST = re.compile(
    "回顾|总结|(?:工作|完成|进展|开展|落实)情况|(?:主要|工作|及|和|与)(?:成效|成绩)$|取得的?(?:主要)?(?:成绩|成效|成就|进展)"
    "|(?:过去|上)(?:一|五)年(?!计划)|主要做法|基本情况"
)
_PROBLEMS = re.compile(
    "问题|困难|挑战|机遇|不足|短板|差距|原因|意义|经验|体会|启示|特点|优势|形势|风险|特征|亮点是|矛盾"
)
_DIFFICULTIES = re.compile(
    "^(?:当前)?(?:工作中)?(?:存在|面临|主要|突出)的?(?:主要|突出|困难|和|与|、)*(?:问题|困难|不足|短板|挑战|差距|形势)"
)
_STAMP = re.compile(
    "(?:委员会|人民政府|办公室|办公厅|文明委|文明办|领导小组|指挥部|委办)$"
    r"|^[\d一二三四五六七八九零○O]{4}[年./-][\d一二三四五六七八九十./-]{1,5}(?:月|$)"
    r"|〔\d{4}〕|\[\d{4}\]|^(?:市长|县长|区长|主任|书记)|^\(?(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)
_REMARK = re.compile("^(?:备注|附注|注|说明|填表说明|注释|注明):")
_TURN = re.compile("^(?:下一步|下阶段|下一阶段|接下来|今后|下半年|在(?:看到|肯定)成绩)")
_FAREWELL = re.compile(
    "^(?:各位代表|同志们|各位委员|朋友们|附[件:]|特此|本(?:方案|意见|计划|办法)自|此件)"
    "|^[^。]{0,10}(?:答记者问|回答记者|记者提问|现场答问)(?:环节|时)"
)


def is_frame(title: str) -> bool:
    """指导思想, 基本原则, 保障措施 …: sections that frame the measures."""
    return len(title) <= _FRAME_AT_MOST and bool(_FRAME.search(title))


def is_labelled_frame(text: str) -> bool:
    """工作目标:到2023年 …: a paragraph whose label frames the measures."""
    label, colon, _ = text[:_LABEL_AT_MOST].partition(":")
    return bool(colon) and (label == "目标" or is_frame(label))


def is_steps(title: str) -> bool:
    """实施步骤, 时间安排: a section of phases."""
    return bool(_ONLY_STEPS.match(title))


def is_wrapper(title: str) -> bool:
    """重点任务, 2016年主要工作, 实施十大工程: a section that only holds the groups."""
    return len(title) <= _FRAME_AT_MOST and bool(_WRAPPER.fullmatch(title) or _COUNTED_WRAPPER.match(title))


def is_group_like(title: str) -> bool:
    """…工程, …行动: a name that a program has."""
    return len(title) <= _SECTION_AT_MOST and bool(_GROUP.search(title))


def tells_past(title: str) -> bool:
    """Whether a section with this title reports what was done."""
    return len(title) <= _SECTION_AT_MOST and bool(_PAST.search(title))


def is_about_difficulties(title: str) -> bool:
    """存在的问题, 面临的困难和挑战: a section that holds no measures."""
    return len(title) <= _FRAME_AT_MOST and bool(_DIFFICULTIES.match(title))


def tells_problems(words: str) -> bool:
    """Whether a list with these words before it names difficulties, chances or reasons, not work."""
    clause = re.split("[。,;]", words.rstrip("。,:;"))[-1]
    return bool(_PROBLEMS.search(clause[-_LEAD_IN:]))


def glued_title(text: str) -> int:
    """Where the title of a framing section ends whose text is glued to it; 0 if none is."""
    glued = _GLUED.match(text)
    return glued.end() if glued else 0


def run_on_heading(text: str) -> int:
    """Where the next section's heading is glued to a paragraph's end; the length of `text` if none is."""
    tail = text.rfind("。") + 1
    return tail if tail and 4 <= len(text) - tail <= 24 and _RUN_ON.match(text, tail) else len(text)


def is_stamp(text: str) -> bool:
    """Whether a line only names an issuer, a date or a number of issue."""
    return bool(_STAMP.search(text))


def is_remark(text: str) -> bool:
    """Whether a paragraph explains the document or a table (备注:1. …) and numbers no measures."""
    return bool(_REMARK.match(text))


def turns(text: str) -> bool:
    """Whether a paragraph turns from what was told to something else (下一步, …)."""
    return bool(_TURN.match(text))


def is_farewell(text: str) -> bool:
    """Whether a paragraph stands behind the outline: an address to the assembly, an annex, a formula."""
    return bool(_FAREWELL.match(text))
