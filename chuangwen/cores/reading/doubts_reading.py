"""Doubts about what was read: numbering, leads, dates, values and counts that do not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Doubt, Indicator, Program, Reading, Task, Trait
from chuangwen.cores.reading.outline_marks import numeral

_NEAR = 120  # characters within which two values of one name belong to one list
_LARGEST_GAP = 5
_SHARE = re.compile(r"率|比例|占比|比重|覆盖面")
_COUNT = re.compile("[数量值次分]$|指数|倍")
_CHANGE = re.compile(r"增|提高|提升|翻|上升|下降|降低|减少|较|比")
_RANGE = re.compile(
    r"(?P<low>\d(?<![\d.年月-].)\d{0,3}(?:\.\d+)?)(?:-|—|~|至|到)(?P<high>\d{1,4}(?:\.\d+)?)"
    r"(?=%|[个家座所处名条户项场次人支万亿年](?!月))"
)
_RESPECTIVELY = re.compile(r"(?:分别|依次)[^\W\d]{0,8}(?P<values>\d[^,。;]{1,80})")
_NAMES_REACH = 60
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def about_reading(parts: Sequence[Part], reading: Reading) -> Iterator[Doubt]:
    """All doubts about what was read, in no order."""
    yield from _heading(parts, reading)
    yield from _numbering(reading.text, reading.tasks)
    yield from _numbering(reading.text, reading.programs)
    yield from _announced(reading)
    yield from _no_lead(reading)
    yield from _outside_period(reading)
    yield from _values(reading)
    yield from _two_values(reading)
    for part in parts:
        if part.kind != "duty":
            yield from _in_words(part)


def _heading(parts: Sequence[Part], reading: Reading) -> Iterator[Doubt]:
    first = next((part.view for part in parts if len(part.view)), None)
    if first is None:
        return
    begin = first.span(0, min(len(first), 30))
    heading = reading.heading
    place = heading.title_span or begin
    if not heading.title:
        yield Doubt("no_title", begin)
    if heading.city is None:
        yield Doubt("no_city", place)
    if (
        heading.period is None
        and heading.kind in {"action_plan", "implementation_opinions"}
        and reading.tasks
    ):
        yield Doubt("no_period", place)


def _numbering(text: str, items: Sequence[Task | Program]) -> Iterator[Doubt]:
    """Numbers left out or given twice in a series of one style, which may begin anew under each program."""
    last: dict[str, int] = {}
    values = [numeral(item.number) if item.number else None for item in items]
    for n, (item, value) in enumerate(zip(items, values, strict=True)):
        if value is None or item.number is None:
            continue
        mark = _mark(text, item)
        style = ("1" if item.number.isdecimal() else "一") + mark.replace(item.number, "")
        before = last.get(style, n)
        gap = set(range((values[before] or 0) + 1, value)) - set(values[before + 1 : n])
        if before < n and value == values[before] and _program(item) == _program(items[before]):
            yield Doubt("number_twice", item.title_span, {"number": item.number})
        elif before < n and 0 < len(gap) <= _LARGEST_GAP and item.number in mark:
            between = text[items[before].title_span.end : item.title_span.start]
            printed = {each: _numeral(each, item.number.isdecimal()) for each in sorted(gap)}
            missing = [each for each in printed.values() if mark.replace(item.number, each) not in between]
            if missing:
                params = {"missing": "、".join(missing), "number": item.number}
                yield Doubt("number_missing", item.title_span, params)
        last[style] = n


def _program(item: Task | Program) -> int | None:
    return item.program if isinstance(item, Task) else None


def _mark(text: str, item: Task | Program) -> str:
    """The mark that numbers a heading, as printed: 一、 or （一） or 第一条."""
    at = item.title_span.start
    begin = max(0, at - 10)
    return "".join(text[max(begin, text.rfind("\n", begin, at) + 1) : at].split())


def _numeral(n: int, is_digits: bool) -> str:
    tens, ones = divmod(n, 10)
    words = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens % 10]}十"
    return str(n) if is_digits else words + (_DIGITS[ones] if ones else "")


_DIGITS = "零一二三四五六七八九"
_COUNTED = {"programs": "项行动或工程", "tasks": "项任务", "indicators": "项指标", "measures": "项工作"}


def _announced(reading: Reading) -> Iterator[Doubt]:
    for said in reading.announced:
        if said.count != said.found:
            params = {
                "count": str(said.count),
                "found": str(said.found),
                "what": _COUNTED.get(said.what, "项"),
            }
            yield Doubt("announced", said.span, params)


def _no_lead(reading: Reading) -> Iterator[Doubt]:
    """Tasks without a lead among tasks that have one: all but a few of their program, or of the document."""
    led = [any(a.role in {"lead", "leader"} for a in task.assignments) for task in reading.tasks]
    groups: dict[int | None, list[int]] = {}
    for n, task in enumerate(reading.tasks):
        groups.setdefault(task.program, []).append(n)
    for group in groups.values():
        without = [n for n in group if not led[n]]
        if without and len(group) - len(without) >= max(2, 3 * len(without)):
            for n in without:
                yield Doubt("no_lead", reading.tasks[n].title_span, {"task": reading.tasks[n].title[:30]})


def _outside_period(reading: Reading) -> Iterator[Doubt]:
    period = reading.heading.period
    if period is None:
        return
    for indicator in reading.indicators:
        year = _year(indicator.deadline)
        if indicator.kind == "target" and year is not None and not period[0] <= year <= period[1]:
            params = {"deadline": indicator.deadline or "", "first": str(period[0]), "last": str(period[1])}
            yield Doubt("outside_period", indicator.span, params)


def _year(deadline: str | None) -> int | None:
    return int(deadline[:4]) if deadline and deadline[:4].isdigit() else None


def _values(reading: Reading) -> Iterator[Doubt]:
    for one in reading.indicators:
        if one.value is None:
            continue
        words = one.name + reading.quote(one.span)
        is_share = one.unit in {"%", "％"} and _SHARE.search(one.name) and not _CHANGE.search(words)
        if is_share and one.value > 100 and Trait.AGAINST_BASE not in one.traits:
            yield Doubt("over_hundred", one.span, {"value": f"{one.value}{one.unit}"})
        if not one.unit and one.kind == "target" and not _COUNT.search(one.name):
            yield Doubt("no_unit", one.span, {"value": str(one.value)})


def _two_values(reading: Reading) -> Iterator[Doubt]:
    """One named target by one date with two values, in two places."""
    known: dict[object, Indicator] = {}
    for one in reading.indicators:
        if one.kind != "target" or one.value is None or len(one.name) < 4:
            continue
        key = (one.name, one.unit, one.scope, one.deadline, one.frequency)
        first = known.setdefault(key, one)
        if first.value != one.value and one.span.start - first.span.end > _NEAR:
            params = {
                "name": one.name[:40],
                "first": f"{first.value}{first.unit}",
                "value": f"{one.value}{one.unit}",
            }
            yield Doubt("two_values", one.span, params)


def _in_words(part: Part) -> Iterator[Doubt]:
    text = part.view.text
    for match in _RANGE.finditer(text):
        if float(match["low"]) > float(match["high"]) and len(match["high"]) >= len(
            match["low"].split(".")[0]
        ):
            yield Doubt("range_reversed", part.view.span(*match.span()), {"range": match.group()})
    for match in _RESPECTIVELY.finditer(text):
        begin = max(0, match.start() - _NAMES_REACH)
        words = re.split("[,。;:]", text[begin : match.start()])[-1]
        names, values = _names(words), len(_NUMBER.findall(_IN_BRACKETS.sub("", match["values"])))
        if values > 1 and names and not any(values % n == 0 for n in names):
            span = part.view.span(match.start() - len(words), match.end())
            yield Doubt("unequal_counts", span, {"names": str(max(names)), "values": str(values)})


def _names(words: str) -> range | None:
    """How many things the words may list: 和 may join two or stand inside one. None if they list nothing."""
    plain = _IN_BRACKETS.sub("", words)
    least, joints = plain.count("、") + 1, len(re.findall("[和与及]", plain))
    return range(max(least, 2), least + joints + 1) if least + joints > 1 else None
