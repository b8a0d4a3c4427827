"""Places that a person should look at: damaged, contradictory or unclear. Said in words, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from chuangwen.cores.reading.doubts_damage import damage
from chuangwen.cores.reading.doubts_reading import about_reading
from chuangwen.cores.reading.doubts_time import time_words
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Doubt, Reading, Span

# code -> sentence in Chinese with the parameters of the doubt; the gravest first
WORDS: dict[str, str] = {
    "lost_year": "“年”字前的年份数字已丢失，系统不推测是哪一年，请对照原件补上。",
    "lost_number": "此处的数字已丢失，系统不推测数值，请对照原件补上。",
    "masked": "此处用符号代替了原文的数字或名称，系统不推测，请补上。",
    "spam_among_words": "正文中插入了广告文字，原处的词语（如市名）已丢失，系统不推测，请对照原件补上。",
    "garbled": "此处有无法显示的字符，原文已损坏，系统不推测，请对照原件改正。",
    "lost_words": "标点之间缺少文字，可能有词语丢失，系统不推测，请对照原件核对。",
    "letter_for_digit": "数字中夹有字母，可能是录入错误，系统按原样保留，请核对。",
    "lost_character": "此处疑似漏字，系统按原样保留，请核对。",
    "unpaired": "“{mark}”没有配对，书名、引文或单位名单的起止不明，系统按原样保留，请核对。",
    "run_on_heading": "标题与正文连在一起，没有标点隔开，系统不推测标题到哪里为止，请核对。",
    "cut_off": "本段没有句号就结束，后面可能缺少文字，系统不补写，请对照原件核对。",
    "number_missing": "编号到“{number}”之前缺少第{missing}项，可能有内容丢失，请对照原件核对。",
    "number_twice": "编号“{number}”重复出现，系统保留为两项，请确认是否应合并或改号。",
    "announced": "文中说有{count}{what}，实际读到{found}项，系统不补足，请核对是否有遗漏或另有附件。",
    "two_values": "“{name}”在前文为{first}，此处为{value}，两处不一致，系统均予保留，请确认以哪个为准。",
    "over_hundred": "比例为{value}，超过100%，系统按原样保留，请核对。",
    "range_reversed": "“{range}”的起止数颠倒，系统不调换，请核对。",
    "unequal_counts": "“分别”前列有{names}项，后面只对应{values}个数值，无法一一对应，请核对。",
    "outside_period": "完成时限{deadline}不在计划期{first}—{last}年之内，系统按原文保留，请确认。",
    "no_unit": "数值{value}没有单位，系统不推测，请补上单位。",
    "no_lead": "同组其他任务都有牵头单位，“{task}”没有，系统不指定，请确定牵头单位。",
    "no_title": "没有找到文件标题，系统不拟题，请填写。",
    "no_city": "没有找到文件所属的城市，系统不推测，请填写。",
    "no_period": "没有找到计划的起止年份，系统不推测，请填写。",
    "year_end": "“{words}”没有写明是哪一年（共{count}处），请选定时限。",
    "about_years": "“{words}”只是大约的时间（共{count}处），请选定时限。",
    "within_years": "“{words}”从计划期第一年算起（共{count}处），请确认时限。",
    "plan_end": "“{words}”按五年规划的最后一年理解（共{count}处），请确认时限。",
}
# Codes that tell of damage to the text itself; a review shows these first.
DAMAGE = frozenset(list(WORDS)[: list(WORDS).index("number_missing")])

_LONGEST = 160


def read_doubts(parts: Sequence[Part], reading: Reading) -> list[Doubt]:
    """The doubts about a text and what was read from it, in the order of the text, one per place and code."""
    found: list[Doubt] = []
    ends: dict[str, int] = {}
    every = [*damage(parts, reading), *about_reading(parts, reading), *time_words(parts, reading)]
    for doubt in sorted(every, key=lambda each: (each.span, each.code)):
        if doubt.span.start >= ends.get(doubt.code, 0) and doubt.span.end > doubt.span.start:
            ends[doubt.code] = doubt.span.end
            doubt.span = Span(doubt.span.start, min(doubt.span.end, doubt.span.start + _LONGEST))
            found.append(doubt)
    return found
