"""When a place is open: 周一至周五 08:00-17:30；周六、周日 09:00-16:00. Read, kept as data, written again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chuangwen.cores.errors import BadInput

DAY = 24 * 60
EVERY = (1, 2, 3, 4, 5, 6, 7)
_NAMES = "一二三四五六日"
_NUMBER_OF = {name: number for number, name in enumerate(_NAMES, 1)} | {"天": 7}
_NUMBER_OF |= {str(number): number for number in EVERY}
_SPANS_AT_MOST = 28
_DAYS = r"(?:周|星期|礼拜)?[一二三四五六日天1-7]"
_GROUP = re.compile(rf"{_DAYS}(?:(?:-|至|到|~){_DAYS})?")
_TIME = r"(\d{1,2})(?:[:点时](\d{2})?分?)?"
_SPAN = re.compile(rf"{_TIME}(?:-|至|到|~)(?:次日|第二天|翌日)?{_TIME}")
_PARTS = re.compile(r"[;。]|(?<=[\d天点时分业放])[,、](?=周|星期|礼拜)")
_EVERY_DAY = re.compile(r"每天|每日|天天|全年|全周|周一至周日|周一到周日")
_WORKING_DAYS = re.compile(r"工作日")
_REST_DAYS = re.compile(r"周末|双休日")
_ALL_DAY = re.compile(r"全天(?:开放)?|24小时(?:营业|开放)?|全天候")


@dataclass(frozen=True, order=True)
class Span:
    """On `weekday` (1 Monday … 7 Sunday) from `start` to before `end`, in minutes of that day.

    An `end` past 24:00 reaches into the next day.
    """

    weekday: int
    start: int
    end: int


def read(text: str) -> tuple[Span, ...]:
    """() for an empty text: not known. Raises BadInput: points.hours."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("—", "-").replace("–", "-")
    if not plain:
        return ()
    spans: set[Span] = set()
    for part in filter(None, _PARTS.split(plain)):
        spans |= _part(part, text)
    if len(spans) > _SPANS_AT_MOST:
        raise BadInput("points.hours", text=text)
    return tuple(sorted(spans))


def _part(part: str, text: str) -> set[Span]:
    days, rest = _days(part)
    if _ALL_DAY.fullmatch(rest):
        return {Span(day, 0, DAY) for day in days}
    times = [_SPAN.fullmatch(one) for one in re.split(r"[,、和及]", rest)]
    if not all(times):
        raise BadInput("points.hours", text=text)
    found = [_minutes(one, text) for one in times if one]
    return {Span(day, start, end) for day in days for start, end in found}


def _days(part: str) -> tuple[Sequence[int], str]:
    """The days that begin a part, all where none is named, and what follows them."""
    for pattern, days in ((_EVERY_DAY, EVERY), (_WORKING_DAYS, EVERY[:5]), (_REST_DAYS, EVERY[5:])):
        word = pattern.match(part)
        if word:
            return days, part[word.end() :].lstrip(":,")
    found: list[int] = []
    rest = part
    while rest.startswith(("周", "星期", "礼拜")) or (found and re.match(r"[一二三四五六日天]", rest)):
        group = _GROUP.match(rest)
        if group is None:
            break
        first, *last = re.findall(r"[一二三四五六日天1-7]", re.sub("周|星期|礼拜", "", group[0]))
        found += _range(_NUMBER_OF[first], _NUMBER_OF[last[0]] if last else _NUMBER_OF[first])
        rest = rest[group.end() :].lstrip("、,和及:")
    return (sorted(set(found)) or EVERY), rest


def _range(first: int, last: int) -> list[int]:
    """Friday to Monday goes over the week's end."""
    return list(range(first, last + 1)) if first <= last else [*range(first, 8), *range(1, last + 1)]


def _minutes(match: re.Match[str], text: str) -> tuple[int, int]:
    hours = (int(match[1]), int(match[3]))
    minutes = (int(match[2] or 0), int(match[4] or 0))
    start, end = hours[0] * 60 + minutes[0], hours[1] * 60 + minutes[1]
    if max(hours) > 24 or max(minutes) > 59 or start >= DAY or end > DAY or start == end:
        raise BadInput("points.hours", text=text)
    return start, end if end > start else end + DAY


def stored(spans: Iterable[Span]) -> list[list[int]]:
    """As JSON keeps it: [weekday, start, end]."""
    return [[span.weekday, span.start, span.end] for span in sorted(spans)]


def loaded(data: Any) -> tuple[Span, ...]:
    return tuple(Span(*one) for one in data)


def is_open(spans: Iterable[Span], weekday: int, minute: int) -> bool | None:
    """Whether it is open then; None where nothing is known."""
    known = list(spans)
    if not known:
        return None
    before = 7 if weekday == 1 else weekday - 1
    return any(
        (one.weekday == weekday and one.start <= minute < one.end)
        or (one.weekday == before and minute < one.end - DAY)
        for one in known
    )


def written(spans: Iterable[Span]) -> str:
    """In the words in which officials write it; `read` understands it. "" where nothing is known."""
    by_times: dict[tuple[tuple[int, int], ...], list[int]] = {}
    known = sorted(spans)
    for day in EVERY:
        times = tuple((one.start, one.end) for one in known if one.weekday == day)
        if times:
            by_times.setdefault(times, []).append(day)
    return "；".join(f"{_day_words(days)} {_time_words(times)}" for times, days in by_times.items())


def _day_words(days: Sequence[int]) -> str:
    if tuple(days) == EVERY:
        return "每天"
    words: list[str] = []
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        if len(run) > 2:
            words.append(f"周{_NAMES[run[0] - 1]}至周{_NAMES[run[-1] - 1]}")
        else:
            words += [f"周{_NAMES[day - 1]}" for day in run]
    return "、".join(words)


def _time_words(times: Iterable[tuple[int, int]]) -> str:
    return "、".join(_span_words(start, end) for start, end in times)


def _span_words(start: int, end: int) -> str:
    if (start, end) == (0, DAY):
        return "全天"
    late = end > DAY
    end = end - DAY if late else end
    return f"{start // 60:02}:{start % 60:02}-{'次日' if late else ''}{end // 60:02}:{end % 60:02}"
