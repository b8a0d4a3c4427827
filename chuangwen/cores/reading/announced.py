"""What the document says that it contains against what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Announced, Reading
from chuangwen.cores.reading.numerals import number

_N = r"(?<![\d.,第一二三四五六七八九十百年-])(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,4})"
_OF = r"(?:大|项|个|条|类)"
_WORDS = r"[^、,。;:“”《》\d]{0,8}?"
_PLAN = r"《|》|[方]案|计划|意见|总揽|全市|我市|实施|推进|开展|包括|提出|明确|分解|细化|涵盖|部署|聚焦|围绕"
_NOT_ITS_OWN = re.compile(r"省委|省政府|全省|国家|中央|国务院|上级|以来|已|完成|启动")

# what -> how a document counts it; programs are counted by their own noun
_PROGRAMS = re.compile(
    rf"{_N}{_OF}(?:[^、,。;:“”《》\d的]{{0,8}}?)(?P<noun>行动|工程)(?!计划|方案|纲要)(?=[”、,。;:(及和]|$)"
)
_TASKS = re.compile(
    rf"{_N}(?:项|个|条|大){_WORDS}(?:具体任务|重点任务|主要任务|工作任务|目标任务|任务|项目|举措)(?=[”、,。;:(及和并]|$)"
)
_TASKS_ALL = re.compile(
    rf"{_N}(?:项|个|条)(?:具体|重点|主要|工作)任务(?=[^、,。;:]{{0,8}}(?:分解|细化|落实|明确))"
)
_INDICATORS = re.compile(rf"{_N}(?:项|个|条){_WORDS}(?:量化)?指标(?=[”、,。;:(及和并]|$)")
_MEASURES = re.compile(
    rf"(?:抓好|做好|实施|落实|推进|开展|突出|采取|完成|抓实){_N}(?:项|个|大|方面)(?:重点|具体)?"
    r"(?:工作|工程|举措|措施|任务|行动|改革|整治)(?=[:。;,])"
)
_REACH = 80  # characters before a count that may say whose it is
_AMONG_TASKS = re.compile(r"项目|举措")

# A pattern of announced counts, what it counts, and how many of these the reading holds.
Counts: TypeAlias = list[tuple[re.Pattern[str], str, int]]


def read_announced(parts: Sequence[Part], reading: Reading) -> list[Announced]:
    """Announced counts of programs, tasks, measures and indicators, with what `reading` holds of each.

    A count is taken once, where it is first announced, and only from words on the document itself: outside
    the tasks for programs, tasks and indicators, in the task's own words for its measures.
    """
    found: dict[object, Announced] = {}
    counts = _whole_counts(reading)
    for part in parts:
        if part.reports is True and reading.heading.kind != "work_report":
            continue
        announced = _outside if part.task is None else _in_task
        for key, said in announced(part, reading, counts):
            if said.count > 1:
                found.setdefault(key, said)
    return sorted(found.values(), key=lambda said: said.span)


def _in_task(part: Part, reading: Reading, counts: Counts) -> Iterator[tuple[object, Announced]]:
    if part.task is None:
        return
    measures = len(reading.tasks[part.task].measures)
    for match in _MEASURES.finditer(part.view.text):
        yield ("measures", part.task), _announced("measures", match, measures, part)
    for pattern, what, found in counts:
        for match in pattern.finditer(part.view.text):
            if (
                _is_own(part, match)
                and "《" in part.view.text[max(0, match.start() - _REACH) : match.start()]
            ):
                yield (what, match["n"]), _announced(what, match, found, part)


def _whole_counts(reading: Reading) -> Counts:
    targets = sum(1 for indicator in reading.indicators if indicator.kind == "target")
    return [
        (_PROGRAMS, "programs", len(reading.programs)),
        (_TASKS, "tasks", len(reading.tasks)),
        (_TASKS_ALL, "tasks", len(reading.tasks)),
        (_INDICATORS, "indicators", targets),
    ]


def _outside(part: Part, reading: Reading, counts: Counts) -> Iterator[tuple[object, Announced]]:
    text = part.view.text
    for pattern, what, found in counts:
        for match in pattern.finditer(text):
            if pattern is not _TASKS_ALL and not _is_own(part, match):
                continue
            is_second = bool(_PROGRAMS.search(text, max(0, match.start() - 12), match.start()))
            held = _named(match["noun"], part, reading, found, is_second) if what == "programs" else found
            if what == "tasks" and _AMONG_TASKS.search(match.group()) and not _PROGRAMS.search(text):
                continue  # so many projects, alone, are no count of the document's tasks
            yield (what, match["n"]), _announced(what, match, held, part)


def _is_own(part: Part, match: re.Match[str]) -> bool:
    text = part.view.text
    before = re.split("[。;]", text[max(0, match.start() - _REACH) : match.start()])[-1]
    if _NOT_ITS_OWN.search(re.split("[,》:、]", before)[-1]):
        return False
    return part.kind == "heading" or bool(re.search(_PLAN, before))


def _named(noun: str, part: Part, reading: Reading, programs: int, is_second: bool) -> int:
    """How many programs or tasks bear the noun; under a program's heading, its own tasks.

    Where none does, the first count of a sentence is of programs, the second (五大工程、17项行动) of tasks.
    """
    tasks = [task for task in reading.tasks if part.program is None or task.program == part.program]
    by_name = max(
        sum(noun in program.title for program in reading.programs) if part.program is None else 0,
        sum(noun in task.title for task in tasks),
    )
    return by_name or (len(tasks) if part.program is not None or is_second else programs)


def _announced(what: str, match: re.Match[str], found: int, part: Part) -> Announced:
    value = number(match["n"])
    return Announced(what, int(value) if value is not None else 0, found, part.view.span(*match.span()))
