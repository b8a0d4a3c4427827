"""The counted or numbered pieces of work inside a task's text."""

from __future__ import annotations

import re
from itertools import pairwise

from chuangwen.cores.reading.model import Measure
from chuangwen.cores.reading.outline_marks import numeral
from chuangwen.cores.reading.outline_node import ROW, TEXT, Node
from chuangwen.cores.reading.outline_titles import opening_phrase
from chuangwen.cores.reading.view import View

# 突出抓好五项工作:A,…;B,…;
_COUNTED = re.compile(
    r"([一二三四五六七八九十两]{1,3}|\d{1,2})(?:项|个|大|方面|类|件)?(?:方面)?(?:的)?[^\W\d_]{0,8}?(?:工作|任务|措施|举措|工程|行动|重点|抓手|环节|事项)[:。]"
)
_HEADED = re.compile(r"(?<=。)([^。,;:!?]{4,24})。(?=[^。]{8,})")


def read_measures(node: Node) -> list[Measure]:
    """The measures of a task: its lower headings, else the pieces that its text counts or heads."""
    lower = [child for child in node.children if child.kind not in {TEXT, ROW}]
    if lower:
        return [
            Measure(child.view.printed(0, child.title_end), child.view.span(0, max(child.title_end, 1)))
            for child in lower
        ]
    end = node.duties[0].start if node.duties else len(node.view)
    body = node.view.part(node.body, end)
    return _counted(body) or _headed(body)


def _counted(body: View) -> list[Measure]:
    for match in _COUNTED.finditer(body.text):
        stop = body.text.find("。", match.end())
        pieces = _pieces(body.text, match.end(), stop if stop >= 0 else len(body))
        if len(pieces) == numeral(match[1]) and len(pieces) > 1:
            return [_measure(body, *piece) for piece in pieces]
    return []


def _pieces(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    cuts = [begin, *(i + 1 for i in range(begin, end) if text[i] == ";"), end + 1]
    return [(i, j - 1) for i, j in pairwise(cuts) if j - 1 > i]


def _headed(body: View) -> list[Measure]:
    """Short sentences without a comma, each before a longer one: they head pieces of the text."""
    found = list(_HEADED.finditer("。" + body.text))
    if len(found) < 2:
        return []
    return [
        Measure(body.printed(m.start(1) - 1, m.end(1) - 1), body.span(m.start(1) - 1, m.end(1) - 1))
        for m in found
    ]


def _measure(body: View, start: int, end: int) -> Measure:
    stop = start + opening_phrase(body.text[start:end])
    return Measure(body.printed(start, stop), body.span(start, max(stop, start + 1)))
