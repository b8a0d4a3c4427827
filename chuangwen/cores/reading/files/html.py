"""The main text of a web page: what stands in the box that holds the sentences, under the page's title.

Navigation, adverts, lists of other pages and what is not displayed are left out. The box is found by where
the sentences are, not by the names that a site gives its parts; names and links only tell what is no text.
"""

from __future__ import annotations

import re
from itertools import groupby

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.page import Box, Line, Page, read_page
from chuangwen.cores.reading.files.text import BIG5, decode_text

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*(big5)", re.IGNORECASE
)
_SENTENCE = re.compile("[，。；：！？、\t]")
_OUTLINE = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）、.．]|第[一二三四五六七八九十百]{1,5}[章条]"
)
_SITE_NAME = re.compile("(?:网|网站|政府|首页|平台|频道|栏目|详情|正文)$")
_NO_TITLE = re.compile(r"[。；：，]$|[〔:：]|(?:19|20)\d\d[-/.年]\d{1,2}")
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}")
_SITE = re.compile(r"\s*(?:[_|｜][^_|｜]*|[-–—]+[^-–—\d)）》]*)$")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]")

_MAIN = 0.9  # share of the sentences that the main box holds
_SIDE = 0.25  # a box named as one beside the text holds less than this


def decode_html(name: str, data: bytes) -> tuple[str, str]:
    """Main text of a web page, a paragraph or table row a line, and the page's encoding.

    Raises BadInput if the bytes are no text or if there is no main text.
    """
    declared = BIG5 if _DECLARED.search(data[:4096]) else "gb18030"
    markup, encoding = decode_text(name, data, declared)
    page = _page(name, markup)
    lines = main_lines(page) or main_lines(_page(name, markup, with_hidden=True))
    if not lines:
        raise BadInput("reading.no_main_text", name=name)
    title = _title(page)
    if _lacks(lines, title):
        lines.insert(0, title)
    return _CONTROL.sub("", "\n".join(lines)), encoding


def _page(name: str, markup: str, with_hidden: bool = False) -> Page:
    page = read_page(markup, with_hidden)
    if page is None:
        raise BadInput("reading.broken_html", name=name)
    return page


def _title(page: Page) -> str:
    """The page's title without the names of site and column that follow it."""
    title = " ".join(page.title.split())[:200]
    while len(shorter := _SITE.sub("", title)) >= 6 and shorter != title:
        title = shorter
    return title


def _lacks(lines: list[str], title: str) -> bool:
    """Whether the page has a title but the text begins without one."""
    if len(title) < 6 or title.isascii() or _SITE_NAME.search(title):
        return False
    if _squeezed(title) in _squeezed("".join(lines[:20])):
        return False
    return not any(map(_may_be_title, lines[:5]))


def _may_be_title(line: str) -> bool:
    return 6 <= len(line) <= 60 and not _NO_TITLE.search(line) and not _OUTLINE.match(line)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def main_lines(page: Page) -> list[str]:
    """The lines of a page that belong to its main text."""
    if not page.boxes:
        return []
    beside = _beside(page.boxes, _totals(page, [_weight(line) for line in page.lines]))
    totals = _totals(page, [0 if beside[line.box] else _weight(line) for line in page.lines])
    if totals[0] == 0:
        return []
    main = 0
    for _ in range(2):  # the second time without what stands beside the first
        main = max(i for i in range(main, _end(page.boxes, main)) if totals[i] >= _MAIN * totals[main])
    end = _end(page.boxes, main)
    inside = [i for i, line in enumerate(page.lines) if main <= line.box < end]
    first, last = inside[0], inside[-1] + 1
    above = [line for line in page.lines[_start(page, first) : first] if not _is_link(line, 0.5)]
    return _without_link_lists([line for line in above + page.lines[first:last] if not beside[line.box]])


def _weight(line: Line) -> int:
    """How much a line speaks for being text: its length if it has the marks of a sentence or an outline."""
    if _is_link(line, 0.5):
        return 0
    own = len(line.text) - line.linked
    return own * 4 if _SENTENCE.search(line.text) or _OUTLINE.match(line.text) else own


def _is_link(line: Line, share: float) -> bool:
    return line.linked > share * len(line.text)


def _totals(page: Page, weights: list[int]) -> list[int]:
    """The weight of each box with all boxes inside it."""
    totals = [0] * len(page.boxes)
    for line, weight in zip(page.lines, weights, strict=True):
        totals[line.box] += weight
    for i in range(len(totals) - 1, 0, -1):
        totals[page.boxes[i].parent] += totals[i]
    return totals


def _beside(boxes: list[Box], totals: list[int]) -> list[bool]:
    """Which boxes stand beside the text: those so named that hold little of it, and what is inside them."""
    beside: list[bool] = []
    for box, total in zip(boxes, totals, strict=True):
        within = box.parent >= 0 and beside[box.parent]
        beside.append(within or (box.side and total < _SIDE * totals[0]))
    return beside


def _end(boxes: list[Box], main: int) -> int:
    """The box after the last one inside `main`."""
    for i in range(main + 1, len(boxes)):
        if boxes[i].parent < main:
            return i
    return len(boxes)


def _start(page: Page, first: int) -> int:
    """The line where the document begins: its heading or its date above the `first` line of the text."""
    for i in range(first - 1, max(first - 10, -1), -1):
        if page.lines[i].heading and not _is_link(page.lines[i], 0.5):
            return i
    dated = [i for i in range(max(first - 5, 0), first) if _DATE.search(page.lines[i].text)]
    return min(dated, default=first)


def _without_link_lists(lines: list[Line]) -> list[str]:
    """The texts, without lists of links to other pages and the short headings above them."""
    kept: list[str] = []
    for linked, group in groupby(lines, key=lambda line: _is_link(line, 0.8)):
        texts = [line.text for line in group]
        if linked and len(texts) > 1:
            if kept and _is_caption(kept[-1]):
                kept.pop()
        else:
            kept += texts
    return kept


def _is_caption(text: str) -> bool:
    return len(text) <= 8 and not _SENTENCE.search(text) and not _OUTLINE.match(text)
