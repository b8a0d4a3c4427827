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
    rf"([一二三四五六七八九十]{{1,3}}|\d{{1,2}})(?:大|项|个|场)[^\W\d_]{{0,8}}?({_NOUN})[”\"]?"
)
_INTRODUCED = re.compile("[,:(]?(?:即|包括|分别是|分别为|具体为|具体包括|涵盖|主要包括|主要是)[,:]?")
_LED_IN = re.compile("[,:(]?(?:为|是)?[,:]*")
_VERB = re.compile("^.{0,6}?(?:实施|开展|推进|抓好|打好|推动)")
_JOINT = re.compile("[”、,;]*(?:以及|和|及|与)?")
_PARTED = re.compile(r"[、,;]|以及|(?<=[^\W\d_]{2})(?:和|及|与)(?=[^\W\d_]{2})")
_STOP = re.compile("[。;!?]")
_LEAST, _NAME_AT_MOST = 3, 24


def listed_programs(paragraphs: Sequence[Paragraph]) -> list[Program]:
    """The programs of the first sentence that announces a number of them and names as many."""
    for paragraph in paragraphs:
        for announced in _ANNOUNCED.finditer(paragraph.view.text):
            if found := _listed(paragraph.view, announced):
                return found
    return []


def _listed(view: View, announced: re.Match[str]) -> list[Program]:
    count = numeral(announced[1])
    if count is None or count < _LEAST:
        return []
    stop = _STOP.search(view.text, announced.end())
    end = stop.start() if stop else len(view)
    led_in, introduced = (each.match(view.text, announced.end()) for each in (_LED_IN, _INTRODUCED))
    begin = introduced.end() if introduced else led_in.end() if led_in else announced.end()
    places = _with_noun(view.text, begin, end, announced[2], count)
    if not places and introduced:
        places = _without_noun(view.text, begin, end, count)
    if not places:
        places = _before(view.text, announced.start(), count)
    return [Program(view.printed(i, j), view.span(i, j), view.span(i, j)) for i, j in places]


def _with_noun(text: str, begin: int, end: int, noun: str, count: int) -> list[tuple[int, int]]:
    """A行动、B行动和C行动: each name ends with the noun that was counted."""
    found: list[tuple[int, int]] = []
    at = begin
    while at < end and len(found) < count:
        cut = text.find(noun, at, end)
        if cut < 0 or cut - at > _NAME_AT_MOST:
            return []
        found.append((at, cut + len(noun)))
        joint = _JOINT.match(text, cut + len(noun), end)
        at = joint.end() if joint else cut + len(noun)
    return found if len(found) == count else []


def _without_noun(text: str, begin: int, end: int, count: int) -> list[tuple[int, int]]:
    """包括A、B和C: as many names as announced, up to the end of the sentence."""
    cuts = list(_PARTED.finditer(text, begin, end))
    starts = [begin, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), end]
    places = [_bare(text, i, j) for i, j in zip(starts, ends, strict=True) if j > i]
    named = all(2 <= j - i <= _NAME_AT_MOST for i, j in places)
    return places if named and len(places) == count else []


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the quotation marks around the list, and without 等."""
    start += text[start:end].startswith("“") and "”" not in text[start:end]
    end -= text[start:end].endswith("等")
    end -= text[start:end].endswith("”") and "“" not in text[start:end]
    return start, end


def _before(text: str, end: int, count: int) -> list[tuple[int, int]]:
    """实施A、B、C三大行动: the names stand before their number."""
    begin = max(text.rfind(stop, 0, end) for stop in "。;,:") + 1
    verb = _VERB.match(text[begin:end])
    return _without_noun(text, begin + verb.end(), end, count) if verb else []
