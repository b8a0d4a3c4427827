"""The supervision rhythm: what is observed, reported or appraised at which beat (周观察、月分析 …)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Beat, Span
from chuangwen.cores.reading.sections import Placed, placed

_PERIODS = {
    "日": "day", "天": "day", "周": "week", "月": "month", "季": "quarter", "半年": "half_year", "年": "year"
}  # fmt: skip
_DUTY = (
    "督查|督察|督导|督办|督战|督促|巡查|巡检|检查|抽查|暗访|通报|调度|晒榜|晾晒|模拟测评|测评|测试|考核|考评|观察|分析|"
    "研判|点评|讲评|评比|评议|评估|评价|评定|小结|总结|总评|总考|报告|汇报|例会|会商|会办|碰头|排名|排位|公布|公示|曝光|"
    "整改|清零|观摩|拉练|算总账|体检|复盘|反馈|交办|简报|专报|推进|述职|会议|自查"
)
# One beat: 日督查, 每周调度, 一月一测评, 一日一巡, 半年一小结, 季度通报, 按季排名, 年底算总账.
_UNIT = (
    r"(?:每|一|逐|按|(?P<many>双|两|三|半(?=月)))?个?(?P<unit>半年|日|天|周|旬|月|季|年)(?:度|终|底|末)?"
    r"(?:一|(?:进行|开展|组织|召开)一次)?"
)
_SHORT = r"(?<=一)[巡查督报考评测议会商访析结比](?![一-龥])"
_BEAT = re.compile(rf"{_UNIT}(?P<duty>{_DUTY}|{_SHORT})")
# In a list of three or more any short word is a duty: 旬会诊, 月擂台.
_LOOSE_BEAT = re.compile(rf"{_UNIT}(?P<duty>(?!度|终|底|末|一)[一-龥]{{2,3}}?)(?=[、,。;”)的制机工等]|$)")


def _unnamed(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern.pattern)


_ONE, _LOOSE = _unnamed(_BEAT), _unnamed(_LOOSE_BEAT)
_LISTS = (
    re.compile(rf"{_LOOSE}(?:、{_LOOSE}){{2,}}"),
    re.compile(rf"{_ONE}(?:[、,和及]{_ONE})+"),
)
_ONE_EACH = re.compile(
    rf"(?<![一-龥])(?:一|半(?=年))(?P<unit>日|天|周|月|季|年)度?一(?P<duty>{_DUTY}|{_SHORT})"
)
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


def lists_of_beats(text: str) -> list[tuple[int, int]]:
    """Places of the lists of at least two beats (日督查、周通报), the longer one where two overlap."""
    every = [
        match.span() for pattern in _LISTS for match in pattern.finditer(text) if _units(match.group()) > 1
    ]
    found: list[tuple[int, int]] = []
    for start, end in sorted(every, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _units(words: str) -> int:
    """How many different beats a list has: one (一年…、两年…、三年…) is no rhythm."""
    return len({one["unit"] for pattern in (_BEAT, _LOOSE_BEAT) for one in pattern.finditer(words)})


def _matches(place: Placed) -> Iterator[tuple[str, str, Span]]:
    """Unit, duty and place of the beats in lists, then of those that stand alone."""
    text, view = place.text, place.part.view
    for start, end in lists_of_beats(text):
        pattern = _BEAT if _LISTS[1].fullmatch(text, start, end) else _LOOSE_BEAT
        for one in pattern.finditer(text, start, end):
            if not one["many"]:
                yield one["unit"], one["duty"], view.span(*one.span())
    alone = [_ONE_EACH]
    if _OF_THE_WORK.search(place.heading) or _OF_THE_WORK.search(place.opening):
        alone.append(_EVERY)
    for pattern in alone:
        for one in pattern.finditer(text):
            unit = "半年" if one.group().startswith("半年") else one["unit"]
            yield unit, one["duty"], view.span(*one.span())
