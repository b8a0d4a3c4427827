"""Quantified targets and results: numbers with what they count, by when, how firmly."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from chuangwen.cores.reading.clauses import unbracketed
from chuangwen.cores.reading.dates import Calendar, mentions
from chuangwen.cores.reading.indicators_stretch import Stretch
from chuangwen.cores.reading.indicators_table import Columns, cells_of, columns_of, row_of
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Indicator
from chuangwen.cores.reading.view import View

_SECTION_YEAR = re.compile(r"((?:19|20)\d\d)年[^,。]{0,12}(?:工作|任务|安排|目标|打算|重点)")
_PAST_TITLE = re.compile("回顾|总结|成效|完成情况|成绩|工作情况|现状|基础$|底子")
_PLANS_TITLE = re.compile(
    "工作任务|工作安排|重点工作|目标|任务|打算|下一步|指导思想|总体要求|主要工作|突出重点|工作安排|工作思路|举措"
)
_DONE = re.compile("以来|先后|截至|目前|侧记|综述|纪实|去年|[建完改]成了|(?<!不)已[有建完达经累]")
_TO_COME = re.compile(
    r"行动计划|行动方案|实施方案|力争|确保|到20\d\d年|将(?=[^军领])|计划|今后|未来|[一二三]年内|每年|要求"
)
_PAST_WORDS = re.compile("过去[的一两三四五]|去年|[一两三四五]年来|以来|了[。;]|回顾")
_NO_WORDS = re.compile(r"[\W\da-zA-Z]+")
_MOST_NAMES = 60  # of one figure that a summary is compared with
_PLANS_WORDS = re.compile(
    r"下一步|将进一步|今后|^[一二三四五六七八九十]要|明年|新的一年|主要预期目标|总体要求|面向未来|清醒地?(?:看到|认识)|"
    r"^(?:今年|20\d\d年)是[^。]{0,60}(?:之年|关键)"
)


def read_indicators(parts: Sequence[Part], heading: Heading) -> list[Indicator]:
    """The indicators of all parts, in the order of the text."""
    found: list[tuple[Part, Indicator]] = []
    calendar = _calendar(heading)
    result = _tells_results(parts, heading)
    past: bool | None = None
    columns: Columns | None = None
    for part in parts:
        if part.kind == "duty":
            continue
        cells = cells_of(part.view)
        if header := columns_of(cells):
            columns = header
            continue
        columns = columns if cells else None
        if columns:
            found += [(part, indicator) for indicator in _row(part, cells, columns)]
            continue
        calendar = _at(part, heading, calendar)
        own, past = _mood(part, heading, past)
        found += [(part, indicator) for indicator in _part(part, result, calendar, own)]
    return _without_repeats(found)


def _tells_results(parts: Sequence[Part], heading: Heading) -> bool:
    """Whether an amount that no words place is a result: in a report of work or on work done."""
    if heading.kind != "news_report":
        return heading.kind == "work_report"
    done = sum(len(_DONE.findall(part.view.text)) for part in parts)
    return done > sum(len(_TO_COME.findall(part.view.text)) for part in parts)


def _calendar(heading: Heading) -> Calendar:
    first, last = heading.period or (None, None)
    issued = int(heading.issued[:4]) if heading.issued else None
    one_year = first is not None and first == last
    now = first if one_year or heading.kind == "work_report" else issued
    single = one_year or heading.kind == "work_report" or (heading.kind == "news_report" and first is None)
    return Calendar(first, last, issued if now is None else now, single)


def _at(part: Part, heading: Heading, calendar: Calendar) -> Calendar:
    """A heading such as 2016年主要工作 says what 今年 is below it."""
    if len(part.view) > 40 or heading.kind != "work_report":
        return calendar
    year = _SECTION_YEAR.search(part.view.text)
    return replace(calendar, now=int(year[1])) if year else calendar


def _mood(part: Part, heading: Heading, past: bool | None) -> tuple[bool | None, bool | None]:
    """Whether a part tells of past work, as outline, title or first words say, else as the part before it.

    And what that is for the part after it, if nothing else tells: what its own last words tell of.
    """
    text = part.view.text
    if part.reports is not None:
        return part.reports, part.reports
    if len(text) <= 40 and "。" not in text:
        told, planned = _PAST_TITLE.search(text), _PLANS_TITLE.search(text)
        past = past if heading.kind == "work_report" or told or part.kind != "heading" else None
        own = _first(told, planned, past)
        return own, own
    if heading.kind != "work_report":
        return past, past
    own = _first(_PAST_WORDS.search(text, 0, 60), _PLANS_WORDS.search(text, 0, 90), past)
    last = max((match.end() for match in _PLANS_WORDS.finditer(text)), default=-1)
    return own, False if last > max(
        (match.end() for match in _PAST_WORDS.finditer(text)), default=-1
    ) else own


def _first(told: re.Match[str] | None, planned: re.Match[str] | None, past: bool | None) -> bool | None:
    """True where words of the past come first, False where words of plans do, else what was known."""
    if told and not (planned and planned.start() < told.start()):
        return True
    return False if planned else past


def _row(part: Part, cells: Sequence[View], columns: Columns) -> list[Indicator]:
    indicator = row_of(cells, columns)
    if indicator is None:
        return []
    indicator.task = part.task
    return [indicator]


def _part(part: Part, result: bool, calendar: Calendar, past: bool | None) -> list[Indicator]:
    outer, inner = unbracketed(part.view)
    found: list[Indicator] = []
    for view in [outer, *(each for each in inner if len(_NO_WORDS.sub("", each.text)) > 2)]:
        spelled_out = view is not outer and view.text.startswith("即")
        stretch = Stretch(view, calendar, past, result, spelled_out)
        found += stretch.indicators()
    due = part.deadline or _stage(part.view, inner, calendar)
    for indicator in found:
        indicator.task = part.task
        if indicator.deadline is None and indicator.kind == "target" and not indicator.frequency:
            indicator.deadline = due
    return sorted(found, key=lambda indicator: indicator.value_span)


def _stage(whole: View, inner: Sequence[View], calendar: Calendar) -> str | None:
    """第三阶段(2025年)。: a year in brackets that ends the title of a part dates the whole part."""
    if not inner or not inner[0]:
        return None
    end = bisect_right(whole.at, inner[0].at[-1])
    if end > 32 or whole.text[end : end + 2] not in {")。", "):"}:
        return None
    dates = mentions(inner[0].text, calendar)
    alone = len(dates) == 1 and dates[0].end - dates[0].start == len(inner[0])
    return dates[0].deadline if alone else None


def _without_repeats(found: Sequence[tuple[Part, Indicator]]) -> list[Indicator]:
    """A title, or a summary outside the tasks, that repeats a figure of a task's text is not entered."""
    told: dict[tuple[object, ...], dict[str, None]] = {}
    for part, indicator in found:
        if part.task is not None and part.kind != "heading":
            told.setdefault(_figure(indicator), {})[indicator.name] = None
    kept = []
    for part, indicator in found:
        names = list(told.get(_figure(indicator), ()))[:_MOST_NAMES]
        repeats = part.task is None or part.kind == "heading"
        if not (repeats and any(_alike(indicator.name, name) for name in names)):
            kept.append(indicator)
    return kept


def _figure(indicator: Indicator) -> tuple[object, ...]:
    return indicator.kind, indicator.value, indicator.unit


def _alike(one: str, other: str) -> bool:
    """Whether two names share most of their pairs of characters."""
    mine, theirs = set(pairwise(one)), set(pairwise(other))
    return one == other or 10 * len(mine & theirs) >= 3 * (len(mine) + len(theirs))
