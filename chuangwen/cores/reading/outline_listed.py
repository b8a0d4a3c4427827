"""Programs that a report only lists by name: 即A行动、B行动 … 和J行动."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.model import Program
from chuangwen.cores.reading.outline_marks import numeral
from chuangwen.cores.reading.view import View

_NOUN = "行动|工程|计划|任务|战役|攻坚战|专项|项目"
# 十大行动, 八项提升工程 …: a count and what is counted, then the list.
_ANNOUNCED = re.compile(
    rf"([一二三四五六七八九十]{{1,3}}|\d{{1,2}})(?:大|项|个|场)[一-鿿]{{0,8}}?({_NOUN})[”\"]?"
)
_BEFORE_LIST = re.compile(
    r"[,:(]?(?:即|包括|分别是|分别为|具体为|具体包括|涵盖|主要包括|主要是|为|是)?[,::]*"
)
_JOINT = re.compile("[”、,;]*(?:以及|和|及|与)?")
_STOP = re.compile("[。;!?]")


def listed_programs(paragraphs: Sequence[Paragraph]) -> list[Program]:
    """The programs of the first sentence that announces a number of them and then names as many."""
    for paragraph in paragraphs:
        for announced in _ANNOUNCED.finditer(paragraph.view.text):
            found = _list_after(paragraph.view, announced)
            if found:
                return found
    return []


def _list_after(view: View, announced: re.Match[str]) -> list[Program]:
    count, noun = numeral(announced[1]), announced[2]
    lead = _BEFORE_LIST.match(view.text, announced.end())
    begin = lead.end() if lead else announced.end()
    stop = _STOP.search(view.text, begin)
    end = stop.start() if stop else len(view)
    names = _names(view.text, begin, end, noun, count or 0)
    if count is None or count < 3 or len(names) != count:
        return []
    return [Program(view.printed(i, j), view.span(i, j), view.span(i, j)) for i, j in names]


def _names(text: str, begin: int, end: int, noun: str, count: int) -> list[tuple[int, int]]:
    """The places of the listed names; the last one ends at the first noun after it."""
    found: list[tuple[int, int]] = []
    at = begin
    while at < end and len(found) < count:
        cut = text.find(noun, at, end)
        if cut < 0 or cut - at > 24:
            return []
        stop = cut + len(noun)
        found.append((at, stop))
        at = stop
        joint = _JOINT.match(text, at, end)
        at = joint.end() if joint else at
    return found
