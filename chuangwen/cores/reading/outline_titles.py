"""Where a title ends in the paragraph it opens, and what kind of section it names."""

from __future__ import annotations

import re

from chuangwen.cores.reading.view import View

_TITLE_AT_MOST = 45
_LEAD_IN = 24  # characters before a list that tell what it lists
_STOPS = re.compile("[。:;!?]")
_OPENERS, _CLOSERS = "“‘《(【", "”’》)】"
_QUOTE_ENDS, _QUOTE = (
    re.compile("[”’》)】]"),
    30,
)  # a full stop inside a quotation that ends soon ends no title
_TRIM = "。:;,、.—-· "
# 在…上, 围绕…方面: no phrase of its own; the title goes on to the next comma.
_ADVERBIAL = re.compile(
    r"^(?:在|从|围绕|针对|对于?|按照|以|根据|结合|通过|依托|坚持以).{1,24}(?:上|中|下|方面|领域|环节|为[^,]{1,12}|要求|原则)$"
)
_ONLY_LEAD_IN = re.compile(r"^(?:在|从|针对|对于?).{1,20}(?:上|中|下|方面|领域|环节)$")

_GUIDING = (
    "(?:工作|创建|建设|活动|行动|发展|攻坚)?(?:指导思想|总体要求|总体思路|基本思路|基本原则|主要原则|工作原则|总体原则|总体目标|主要目标"
    "|奋斗目标|目标任务|(?:总|发展|工作|创建|建设|整治|攻坚|规划|行动)目标|目标要求|预期目标|目标愿景|工作思路|主要思路|思路)"
)
_STEPS = "(?:(?:工作|实施|活动|推进|行动|创建|方法|进度|时间|阶段|步骤)(?:步骤|阶段|安排|进度)(?:安排|步骤|和步骤)?|(?:实施|行动)?(?:时间|期限))"
_ASIDE = (
    "(?:工作要求|有关要求|相关要求|基本要求|(?:适用|实施)范围|(?:工作|编制|制定|出台|起草)?(?:背景|依据|过程)|现状|重要意义|总则|附则|附件|(?:相关|新闻|背景|名词)?(?:链接|名词解释|新闻背景)|名词解释|延伸阅读"
    "|(?:工作|组织|实施|落实)?(?:保障措施|保障机制|组织保障|工作保障|组织领导|组织实施|工作机制|推进机制|保障)"
    "|(?:考核|监督|督查|督导)(?:办法|评价|奖惩|检查|考核|问责|机制)*)"
)
_JOIN = "(?:和|与|及|以及|、|,|及其)?"
_FRAME = re.compile(
    rf"{_GUIDING}(?:{_JOIN}(?:{_GUIDING}|{_ASIDE}|{_STEPS}))*(?:是)?$"
    rf"|^(?:{_ASIDE}|{_STEPS})(?:{_JOIN}(?:{_GUIDING}|{_ASIDE}|{_STEPS}))*$"
    r"|^(?:切实|进一步)?(?:加强|强化|健全|完善|落实)(?:对.{0,20}的)?(?:工作)?(?:组织领导|组织保障|保障措施|工作保障|保障机制|组织实施)$"
)
_ONLY_STEPS = re.compile(rf"^{_STEPS}(?:{_JOIN}{_STEPS})*$")
_WRAPPER = re.compile(
    r"(?:\d{4}年|今年|明年|当前|下一步|今后[一-鿿]{1,3}年|下阶段|全年)?(?:的|全市|政府|经济社会发展)?"
    r"(?:主要|重点|工作|具体|目标|基本|核心|创建|建设|年度|中心|专项|政府|整治|提升|攻坚)*"
    r"(?:任务|工作|措施|举措|内容|安排|打算|计划|事项|部署|项目|重点)"
    r"(?:(?:和|与|及|、)(?:主要|重点|工作|具体)*(?:任务|措施|举措|内容|要求|责任|安排|分工|责任分工|任务分工))?$"
)
_COUNTED_WRAPPER = re.compile(
    r"^(?:重点|全面|扎实|大力|深入)?(?:实施|开展|推进|抓好|打好|突出抓好|做好)?“?[一-鿿0-9]{0,4}?[一二三四五六七八九十\d]+(?:大|项|个|场)"
    r"[一-鿿]{0,8}(?:行动|工程|任务|工作|战役|攻坚|重点)”?$"
)
_PAST = re.compile(
    r"回顾|总结|(?:工作|完成|进展|开展|落实)情况|主要成效|取得的?(?:主要)?(?:成绩|成效|成就|进展)|(?:过去|上)(?:一|五)年(?!计划)|主要做法|基本情况"
)
_PROBLEMS = re.compile(
    r"问题|困难|挑战|机遇|不足|短板|差距|原因|意义|经验|体会|启示|特点|优势|形势|风险|特征|亮点是|矛盾"
)
_GROUP_LIKE = re.compile(r"(?:工程|行动|计划|攻坚(?:战)?|专项|战役|保卫战|活动|项目)(?:\(.{1,20}\))?$")
_STAMP = re.compile(
    r"(?:委员会|人民政府|办公室|办公厅|文明委|文明办|领导小组|指挥部|委办)$|^[\d一二三四五六七八九零○O]{4}[年./-][\d一二三四五六七八九十./-]{1,5}(?:月|$)"
    r"|〔\d{4}〕|\[\d{4}\]|^(?:市长|县长|区长|主任|书记)|^\(?(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)
_REMARK = re.compile(r"^(?:备注|附注|注|说明|填表说明|注释|注明)[:]")
_FAREWELL = re.compile(r"^(?:各位代表|同志们|各位委员|朋友们|附[件:]|特此|本(?:方案|意见|计划|办法)自|此件)")


def title_end(view: View, *, article: bool, whole_line: bool) -> tuple[int, int]:
    """Where the title of a heading ends in `view`, and where its text begins (the same if it runs on).

    `article`: the heading is a 第…条, which may have no title; `whole_line`: the view runs to the end of its paragraph.
    """
    text = view.text
    glued = _GLUED.match(text)
    if glued:
        return glued.end(), glued.end()
    stop = _first_stop(text)
    gap = _gap(view, plain=not 0 <= stop <= _TITLE_AT_MOST) if whole_line else None
    if gap and not 0 <= stop < gap:
        return gap, gap
    if stop < 0:
        if len(text) <= _TITLE_AT_MOST:
            return _trimmed(text, len(text)), len(text)
        stop = len(text)
    alone = stop >= len(text) - 1  # one sentence, no text after it
    clauses = "," in text[:stop]
    if stop <= _TITLE_AT_MOST and text[stop : stop + 1] != ";" and not ((alone or article) and clauses):
        return _trimmed(text, stop), min(stop + 1, len(text))
    end = opening_phrase(text[: max(stop, 1)])
    if end >= stop:
        return _trimmed(text, stop), min(stop + 1, len(text))
    return _trimmed(text, end), _trimmed(text, end)


def _first_stop(text: str) -> int:
    """Place of the first sentence end or colon outside of quotes and brackets; -1 if there is none."""
    depth = 0
    for i, char in enumerate(text[:400]):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif _STOPS.match(char) and (
            depth == 0 or (char == "。" and not _QUOTE_ENDS.search(text, i, i + _QUOTE))
        ):
            return i
    return -1


def opening_phrase(text: str) -> int:
    """Where the opening phrase of a sentence ends: its first clause, with the next one if that is only adverbial."""
    depth = 0
    for i, char in enumerate(text):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in ",。;:!?" and depth == 0 and not _ONLY_LEAD_IN.match(text[:i]):
            return i
    return len(text)


def _gap(view: View, *, plain: bool) -> int | None:
    """Where a short title is set off from its text by white space alone: a wide one, or a single one if `plain`."""
    for i in range(2, min(len(view), 31)):
        if view.text[i - 1] in ",。":
            return None
        between = view.source[view.at[i - 1] + 1 : view.at[i]]
        wide = len(between) > 1 or between in {"\u3000", "\t"}
        if between and not between.strip(" \u3000\xa0\t") and (wide or plain) and len(view) - i >= 30:
            return i
    return None


def _trimmed(text: str, end: int) -> int:
    while end > 1 and text[end - 1] in _TRIM:
        end -= 1
    return end


_GLUED = re.compile(
    rf"(?:{_GUIDING}|{_ASIDE}|{_STEPS})(?=(?:自|根据|为|以|坚持|按照|到|通过|围绕|深入|全面|成立|从)[^。:]{{8,}})"
)
_RUN_ON = re.compile(rf"(?:{_GUIDING}|{_ASIDE}|主要任务|重点任务|工作任务)[一-鿿]{{0,16}}$")


def run_on_heading(text: str) -> int:
    """Where a heading of the next section stands glued to the end of a paragraph; the length of `text` if none does."""
    tail = text.rfind("。") + 1
    return tail if tail and 4 <= len(text) - tail <= 24 and _RUN_ON.match(text, tail) else len(text)


def is_frame(title: str) -> bool:
    """指导思想, 基本原则, 保障措施 …: sections that frame the measures."""
    return bool(_FRAME.search(title)) and len(title) <= 24


def is_steps(title: str) -> bool:
    """实施步骤, 时间安排: a section of phases."""
    return bool(_ONLY_STEPS.match(title))


def is_wrapper(title: str) -> bool:
    """重点任务, 2016年主要工作, 实施十大工程: a section that only holds the groups."""
    return len(title) <= 24 and bool(_WRAPPER.fullmatch(title) or _COUNTED_WRAPPER.match(title))


def tells_past(title: str) -> bool:
    """Whether a section with this title reports what was done."""
    return bool(_PAST.search(title)) and len(title) <= 30


def tells_problems(words: str) -> bool:
    """Whether a list with these words before it names difficulties, chances or reasons, not work."""
    return bool(_PROBLEMS.search(re.split("[。,;]", words.rstrip("。,:;"))[-1][-_LEAD_IN:]))


def is_group_like(title: str) -> bool:
    """…工程, …行动: a name that a program has."""
    return bool(_GROUP_LIKE.search(title)) and len(title) <= 30


def is_stamp(text: str) -> bool:
    """Whether a line only names an issuer, a date or a number of issue."""
    return bool(_STAMP.search(text))


def is_remark(text: str) -> bool:
    """Whether a paragraph explains the document or a table (备注:1. …) and numbers no measures."""
    return bool(_REMARK.match(text))


def is_farewell(text: str) -> bool:
    """Whether a paragraph stands behind the outline: an address to the assembly, an annex, a closing formula."""
    return bool(_FAREWELL.match(text))
