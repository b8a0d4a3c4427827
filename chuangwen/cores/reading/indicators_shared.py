"""Amounts shared out over things or years: A、B分别达到40%、15平方米; A率、B率均达到95%; A和B各1个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chuangwen.cores.reading.dates import Calendar
from chuangwen.cores.reading.indicators_names import (
    MEASURED,
    conjuncts,
    measured,
    name_of,
    subject,
    unchanged,
)
from chuangwen.cores.reading.indicators_refused import Place
from chuangwen.cores.reading.quantities import COUNT, RATIO
from chuangwen.cores.reading.quantities_coverage import COVERAGE

SERIES = re.compile("分别|依次|分年度|逐年")
_EACH = re.compile("(?:各|分别(?:达到|达|为|实现|保持在|减少|下降|降低|增长|提高|增加|提升)?)$")
_TAIL = re.compile("(?:增长|下降|减少|降低|提升|提高|降低|减少|增加|削减|年均|达到|达|均|都|各)*+$")
_TOLD_FOLD = re.compile(r"(\d{1,2}|[二两三四五六七八九十]{1,2})(?:个100%|[项类](?:指标|[^,、\d]{0,8}率))")
_COUNTED_LAST = re.compile(r"(?P<thing>.+?)[二两三四五六七八九十\d]+[项类](?:指标|(?P<rate>[^\W\d]{2,6}率))")
_SHARED_TAIL = re.compile(
    "(?:参与|占|人口覆盖率$|(?:常住)?居民人均|年产值|用量|排放)[^、]*$|(?:的?比例|占比|比重|增加值|浓度)$"
    "|(?:覆盖|普及|达标|合格|完好|处理|利用|公示|参与|支持|满意|知晓|礼让|让行)率$"
)
_COUNTED = dict(zip("二两三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


def one_each(group: Sequence[Place]) -> bool:
    """办结率、满意率提升到99%、95%: as many rates as values behind them, without 分别."""
    parts = conjuncts(subject(unchanged(group[0].clear)))
    rates = all(place.quantity.kind == RATIO for place in group)
    return rates and len(group) > 1 and len(parts) == len(measured(parts)) == len(group)


def series(
    group: Sequence[Place], before: str, inherited: str, recent: Sequence[str], calendar: Calendar
) -> tuple[list[str], tuple[int, ...]]:
    """Names for several amounts in a row, and their years if they are one thing's values year by year.

    `before` are the words before the first; `recent` the names told just before in the same sentence.
    """
    words = SERIES.split(before, maxsplit=1)
    if len(words) == 1:
        words = [before[: len(before) - (group[0].quantity.start - group[0].quantity.left)]]
    parts = conjuncts(subject(unchanged(words[0])))
    if len(parts) == len(group):
        first = group[0].quantity
        tail = words[1][: len(words[1]) - (first.start - first.left)] if len(words) > 1 else ""
        named = zip(group, _completed(parts), strict=True)
        return [name_of(place, part + tail + _compared(place), inherited) for place, part in named], ()
    years = group[0].clause.years
    if not years and re.search("分年度|逐年", before) and calendar.first and calendar.last:
        years = tuple(range(calendar.first, calendar.last + 1))
    name = name_of(group[0], before, inherited)
    if len(years) == len(group):
        return [name] * len(group), years
    if not parts and len(recent) >= len(group):
        return [name_of(group[0], before, old) for old in recent[-len(group) :]], ()
    return [name] * len(group), ()


def sharing(place: Place, before: str, inherited: str) -> list[str]:
    """The names of all that share one amount; mostly one."""
    clear = before[: len(before) - (place.quantity.start - place.quantity.left)]
    parts = conjuncts(subject(unchanged(SERIES.split(clear, maxsplit=1)[0])))
    if place.quantity.kind == COVERAGE and place.text.startswith("全部实现", place.quantity.start):
        return [f"{subject(before) or inherited}{made}率" for made in conjuncts(place.noun)]
    chosen = _sharers(place, clear, parts) if len(parts) > 1 else []
    if not chosen:
        return [name_of(place, before, inherited)]
    match = _TAIL.search(
        place.clear if SERIES.search(before) is None else SERIES.split(before, maxsplit=1)[1]
    )
    tail = match[0] if match else ""
    return [name_of(place, part + tail + _compared(place), inherited) for part in _completed(chosen)]


def _completed(parts: list[str]) -> list[str]:
    """社保、医保人口覆盖率 as 社保人口覆盖率, 医保人口覆盖率: what the last part ends in counts for all."""
    counted = _COUNTED_LAST.fullmatch(parts[-1])
    if counted:
        return [part + (counted["rate"] or "") for part in [*parts[:-1], counted["thing"]]]
    shared = _SHARED_TAIL.search(parts[-1])
    if not shared or shared.start() == 0:
        return parts
    return [part if MEASURED.search(part) else part + shared[0] for part in parts]


def _compared(place: Place) -> str:
    return place.before[len(place.clear) :]


def _sharers(place: Place, clear: str, parts: list[str]) -> list[str]:
    quantity = place.quantity
    if _EACH.search(clear) and (place.previous is None or quantity.kind == COUNT):
        return parts
    if quantity.kind not in {RATIO, COVERAGE} and not quantity.bound and not quantity.comparator:
        return []
    told = {
        quantity.fold,
        *(_number(match) for match in _TOLD_FOLD.findall(place.text[_near(place) : quantity.end])),
    }
    if len(parts) in told:
        return parts
    each = measured(parts)
    return each if len(each) > 1 else []


def _near(place: Place) -> int:
    return max(0, place.clause.start - 60)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _COUNTED.get(words, 0)
