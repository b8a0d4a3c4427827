"""The supervision rhythm: what is observed, reported or appraised at which beat (周观察、月分析 …)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Beat
from chuangwen.cores.reading.sections import Placed, placed

_PERIODS = {
    "日": "day", "天": "day", "周": "week", "月": "month", "季": "quarter", "半年": "half_year", "年": "year"
}  # fmt: skip
_DUTY = (
    "督查|督察|督导|督办|督战|督促|巡查|巡检|检查|抽查|暗访|通报|调度|晒榜|晾晒|模拟测评|测评|测试|考核|考评|观察|分析|"
    "研判|点评|讲评|评比|评议|评估|评价|小结|总结|总评|总考|报告|汇报|例会|会商|会办|碰头|排名|排位|公布|公示|曝光|"
    "整改|清零|清单|观摩|拉练|算总账|体检|复盘|反馈|交办|简报|专报|推进"
)
# One beat: 日督查, 每周调度, 一月一测评, 半年一小结, 季度通报, 年终考核, 年底算总账.
_UNIT = r"(?:每|一|逐|按)?(?P<unit{n}>半年|日|天|周|旬|月|季|年)(?:度|终|底|末)?"
_HOW = r"(?:一|(?:进行|开展|组织|召开)一次)?"


def _beat(n: str) -> str:
    return rf"{_UNIT.format(n=n)}{_HOW}(?P<duty{n}>{_DUTY})"


_BARE = _beat("").replace("?P<unit>", "?:").replace("?P<duty>", "?:")
BEATS = re.compile(
    rf"(?<![一-龥]){_BARE}(?:[、,和及]{_BARE})+|(?<=[行持立成即照的“]){_BARE}(?:[、,和及]{_BARE})+"
)
_ONE = re.compile(_beat(""))
_ONE_EACH = re.compile(rf"一(?P<unit>日|天|周|旬|月|季|半年|年)度?一(?P<duty>{_DUTY})")
_EVERY = re.compile(
    r"(?:每|逐)(?:个)?(?P<unit>半年|日|天|周|月|季|年)度?(?:[^,。;:]{0,12}?)"
    r"(?P<duty>模拟测评|测评|暗访|督查|督导|督办|巡查|调度|通报|排名|考核|考评|例会|观察|点评|评估|检查)"
)
_OF_THE_WORK = re.compile(r"督|考|机制|保障|领导|长效|实施|责任|常态|测评")


def read_rhythm(parts: Sequence[Part]) -> list[Beat]:
    """The beats, each once, in the order of the text. Beats of ten days and half months have no period and are left."""
    found: dict[tuple[str, str], Beat] = {}
    for place in placed(parts):
        if place.part.reports is True:
            continue
        for match, start in _matches(place):
            period = _PERIODS.get(match["unit"])
            if period:
                duty = match["duty"]
                span = place.part.view.span(start + match.start(), start + match.end())
                found.setdefault((period, duty), Beat(period, duty, span))
    return sorted(found.values(), key=lambda beat: beat.span)


def _matches(place: Placed) -> Iterator[tuple[re.Match[str], int]]:
    """Single beats of lists of beats, then those that stand alone."""
    text = place.text
    for listed in BEATS.finditer(text):
        for one in _ONE.finditer(listed.group()):
            yield one, listed.start()
    for one in _ONE_EACH.finditer(text):
        yield one, 0
    if _OF_THE_WORK.search(place.heading) or _OF_THE_WORK.search(place.opening):
        for one in _EVERY.finditer(text):
            yield one, 0
