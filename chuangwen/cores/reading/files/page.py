"""A web page as lines of text (paragraphs, list items, rows of tables), each with the box it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from chuangwen.cores.reading.files.numbering import formatted, number
from chuangwen.cores.reading.files.rows import Cell, is_frame, rows_of_cells

_BLOCKS = frozenset([
    "html", "body", "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "blockquote",
    "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "form", "fieldset", "center", "address", "figure",
    "figcaption", "details", "summary",
])  # fmt: skip
_HEADINGS = frozenset(["h1", "h2", "h3"])
_SILENT = frozenset([
    "head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button",
    "textarea", "input", "audio", "video", "canvas",
])  # fmt: skip
_SIDE = frozenset(["nav", "aside", "footer"])
_SIDE_WORDS = re.compile(
    r"(?<![a-z])(?:nav|menu|crumbs?|breadcrumbs?|position|foot(?:er)?|bottom|copyright|side(?:bar)?|share|bdshare|"
    r"relat(?:ed?|ion)|recommend|tuijian|xgxw|comments?|pinglun|ads?|advert\w*|adv|gg|guanggao|banner|hot|rank|login|"
    r"search|toolbar|pag(?:er|ination)|qr(?:code)?|ewm|erweima|links|tags?|disclaimer|prev|next)(?![a-z])"
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|(?:left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OWN_MARK = re.compile(
    r"[（(【\[第]?[0-9０-９一二三四五六七八九十①-⑳a-zA-Z]{1,4}[)）】\].．、条章节:：]|[①-⑳■●◆▪•—]"
)
_SPACE = re.compile(r"[^\S\u3000]+")
_WRAP = re.compile(r"(?<=[⺀-鿿，。；：、）”》])[ \t\r]*\n\s*(?=[⺀-鿿（“《])")


@dataclass(slots=True)
class Line:
    """One line of the page. `linked` counts those in links to elsewhere; `box` indexes Page.boxes."""

    text: str
    linked: int
    box: int
    heading: bool


@dataclass(slots=True)
class Box:
    """A block element; its parent precedes it. `side` is True if its name says it stands beside the text."""

    parent: int
    side: bool


@dataclass(slots=True)
class Page:
    """What a web page shows, in its order."""

    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that is being read: where its rows begin, and the cells of the rows read."""

    first_line: int
    box: int
    rows: list[list[Cell]] = field(default_factory=list)
    nested: bool = False
    cell_line: int = 0


@dataclass(slots=True)
class _List:
    style: str
    counter: int


def read_page(root: Any, with_hidden: bool = False) -> Page:
    """The lines of a parsed page (an lxml element). `with_hidden` reads what is not displayed too."""
    return _Walk(with_hidden).through(root)


class _Walk:
    """One pass through the elements of a page."""

    def __init__(self, with_hidden: bool) -> None:
        self._with_hidden = with_hidden
        self._page = Page()
        self._open: list[int] = []  # boxes
        self._words: list[str] = []
        self._linked = 0
        self._in_link = 0
        self._in_pre = 0
        self._heading = 0
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._label = ""

    def through(self, root: Any) -> Page:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: Any = None
        for event, element in walk:
            if event == "start":
                if self._passed_over(element):
                    skipped = element
                    walk.skip_subtree()
                    continue
                self._begin(element)
                self._add(element.text)
            else:
                if event == "end" and element is not skipped:
                    self._end(element)
                self._add(element.tail)
        self._break()
        return self._page

    def _passed_over(self, element: Any) -> bool:
        if element.tag in _SILENT:
            return True
        if self._with_hidden:
            return False
        return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._in_pre:
            for i, line in enumerate(text.split("\n")):
                if i:
                    self._break()
                self._words.append(line)
        else:
            self._words.append(text)
        if self._in_link:
            self._linked += len(text.strip())

    def _break(self) -> None:
        """End the line that is being read."""
        text = "".join(self._words)
        text = _SPACE.sub(" ", _WRAP.sub("", text)).strip()
        if text:
            if self._label and not _OWN_MARK.match(text):
                text = self._label + text
            self._label = ""
            box = self._open[-1] if self._open else 0
            self._page.lines.append(Line(text, self._linked, box, self._heading > 0))
        self._words, self._linked = [], 0

    def _begin(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        elif tag == "a":
            self._in_link += _leads_away(element)
        if tag not in _BLOCKS:
            return
        self._break()
        parent = self._open[-1] if self._open else -1
        self._open.append(len(self._page.boxes))
        self._page.boxes.append(Box(parent, tag in _SIDE or _named_aside(element)))
        self._heading += tag in _HEADINGS
        self._in_pre += tag == "pre"
        if tag in ("ul", "ol"):
            self._lists.append(_list_of(element))
        elif tag == "li" and self._lists:
            self._label = self._next_label(element)
        elif tag == "table":
            if self._tables:
                self._tables[-1].nested = True
            self._tables.append(_Table(len(self._page.lines), self._open[-1]))
        elif self._tables:
            self._begin_in_table(tag)

    def _begin_in_table(self, tag: str) -> None:
        table = self._tables[-1]
        if tag == "tr":
            table.rows.append([])
        elif tag in ("td", "th"):
            table.cell_line = len(self._page.lines)

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag == "a":
            self._in_link = max(self._in_link - _leads_away(element), 0)
        if tag not in _BLOCKS:
            return
        self._break()
        self._open.pop()
        self._heading -= tag in _HEADINGS
        self._in_pre -= tag == "pre"
        if tag in ("ul", "ol"):
            self._lists.pop()
        elif tag in ("td", "th") and self._tables and self._tables[-1].rows:
            self._end_cell(element)
        elif tag == "table":
            self._end_table(self._tables.pop())

    def _end_cell(self, element: Any) -> None:
        table = self._tables[-1]
        lines = [line.text for line in self._page.lines[table.cell_line :]]
        wide, high = (min(max(number(element.get(side), 1), 1), 1000) for side in ("colspan", "rowspan"))
        table.rows[-1].append(Cell(lines, wide, high))

    def _end_table(self, table: _Table) -> None:
        """Put rows in place of the lines of a table, unless it only arranges the page."""
        if table.nested or is_frame(table.rows):
            return
        lines = self._page.lines
        linked = sum(line.linked for line in lines[table.first_line :])
        texts = rows_of_cells(table.rows)
        lines[table.first_line :] = [Line(text, linked // len(texts), table.box, False) for text in texts]

    def _next_label(self, item: Any) -> str:
        current = self._lists[-1]
        if not current.style:
            return ""
        current.counter = number(item.get("value"), current.counter + 1)
        return f"{formatted(current.counter, current.style)}. "


def _leads_away(link: Any) -> bool:
    """Whether a link goes to another page: only such links tell navigation from text."""
    return not link.get("href", "#").lstrip().startswith("#")


def _named_aside(element: Any) -> bool:
    names = f"{element.get('id', '')} {element.get('class', '')}"[:200]
    return bool(_SIDE_WORDS.search(re.sub("(?<=[a-z])(?=[A-Z])", " ", names).lower()))


def _list_of(element: Any) -> _List:
    """How a list counts its items; an unnumbered one, or one styled to show no numbers, does not."""
    plain = element.tag == "ul" or re.search(r"list-style[^;]*:[^;]*none", element.get("style", ""))
    style = "" if plain else _LIST_STYLES.get(element.get("type", ""), "decimal")
    return _List(style, number(element.get("start"), 1) - 1)
