"""The supervision rhythm: what is observed, reported or appraised at which beat (周观察、月分析 …)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Beat, Span
from chuangwen.cores.reading.sections import LETTER, Placed, placed

_PERIODS = {
    "日": "day", "天": "day", "周": "week", "月": "month", "季": "quarter", "半年": "half_year", "年": "year"
}  # fmt: skip
_DUTY = (
    "督查|督察|督导|督办|督战|督促|巡查|巡检|检查|抽查|暗访|通报|调度|晒榜|晾晒|模拟测评|测评|测试|考核|考评|观察|分析|"
    "研判|点评|讲评|评比|评议|评估|评价|评定|小结|总结|总评|总考|报告|汇报|例会|会商|会办|碰头|排名|排位|公布|公示|曝光|"
    "整改|清零|观摩|拉练|算总账|体检|复盘|反馈|交办|简报|专报|推进|述职|会议|自查"
)
# One beat: 日督查, 每周调度, 一月一测评, 一日一巡, 半年一小结, 季度通报, 按季排名, 年底算总账.
# In a list of three or more any short word is a duty: 旬会诊, 月擂台.
_BEAT = re.compile(
    r"(?:每|一|逐|按|(?P<many>双|两|三|半(?=月)))?个?(?P<unit>半年|日|天|周|旬|月|季|年)(?:度|终|底|末)?"
    r"(?P<each>一)?(?:(?:进行|开展|组织|召开)一次)?"
    rf"(?:(?P<duty>{_DUTY}|(?<=一)[巡查督报考评测议会商访析结比](?!{LETTER}))"
    rf"|(?P<loose>(?!度|终|底|末|一){LETTER}{{2,3}}?)(?=[、,。;”)的制机工等]|$))"
)
_ONE_EACH = re.compile("[一半].{1,2}一")
_EVERY = re.compile(
    r"(?:每|逐)(?:个)?(?P<unit>半年|日|天|周|月|季|年)度?(?:[^,。;:]{0,12}?)"
    r"(?P<duty>模拟测评|测评|暗访|督查|督导|督办|巡查|调度|通报|排名|考核|考评|例会|观察|点评|评估|检查)"
)
_OF_THE_WORK = re.compile(r"督|考|机制|保障|领导|长效|实施|责任|常态|测评")


def read_rhythm(parts: Sequence[Part]) -> list[Beat]:
    """The beats, each once, in the order of the text. Ten days and half months are no period and left out."""
    found: dict[tuple[str, str], Beat] = {}
    for place in placed(parts):
        if place.part.reports is True:
            continue
        for unit, duty, span in _matches(place):
            if period := _PERIODS.get(unit):
                found.setdefault((period, duty), Beat(period, duty, span))
    return sorted(found.values(), key=lambda beat: beat.span)


def lists_of_beats(text: str) -> list[list[re.Match[str]]]:
    """The lists of beats (日督查、周通报), each as its beats."""
    found: list[list[re.Match[str]]] = []
    for beat in _BEAT.finditer(text):
        joint = text[found[-1][-1].end() : beat.start()] if found else ""
        loose = beat["loose"] or (found and found[-1][-1]["loose"])
        if joint == "、" or (joint in {",", "和", "及"} and not loose):
            found[-1].append(beat)
        else:
            found.append([beat])
    return [beats for beats in found if _is_list(beats)]


def _is_list(beats: list[re.Match[str]]) -> bool:
    """Whether there are different beats (not 一年…、两年…、三年…), three if a duty is no known one."""
    known = all(beat["duty"] for beat in beats)
    return len(beats) >= (2 if known else 3) and len({beat["unit"] for beat in beats}) > 1


def _matches(place: Placed) -> Iterator[tuple[str, str, Span]]:
    """Unit, duty and place of the beats in lists, then of those that stand alone."""
    text, view = place.text, place.part.view
    for beats in lists_of_beats(text):
        for beat in beats:
            if not beat["many"]:
                yield beat["unit"], beat["duty"] or beat["loose"], view.span(*beat.span())
    for beat in _BEAT.finditer(text):
        if beat["each"] and beat["duty"] and _ONE_EACH.match(beat.group()):
            yield beat["unit"], beat["duty"], view.span(*beat.span())
    if _OF_THE_WORK.search(place.heading) or _OF_THE_WORK.search(place.opening):
        for beat in _EVERY.finditer(text):
            yield beat["unit"], beat["duty"], view.span(*beat.span())
