"""A web page as lines of text (paragraphs, list items, rows of tables), each with the box it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

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
    "title", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button",
    "textarea", "input", "audio", "video", "canvas", "marquee",
])  # fmt: skip
_SIDE = frozenset(["nav", "aside", "footer"])
_SIDE_WORDS = re.compile(
    r"(?<![a-z])(?:nav|menu|crumbs?|breadcrumbs?|position|foot(?:er)?|bottom|copyright|side(?:bar)?|share|bdshare|"
    r"relat(?:ed?|ion)|recommend|tuijian|xgxw|comments?|pinglun|ads?|advert\w*|adv|gg|guanggao|banner|hot|rank|login|"
    r"search|toolbar|pag(?:er|ination)|qr(?:code)?|ewm|erweima|links|tags?|disclaimer|prev|next)(?![a-z])"
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|(?:left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0(?![.\d])|"
    r"(?<![-\w])height\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_ENDLESS_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{4000,}")
_FEED = 1 << 16  # characters given to the parser at once
_MAX_DEPTH = 2000
_OWN_MARK = re.compile(
    r"[（(【\[第]?[0-9０-９一二三四五六七八九十①-⑳a-zA-Z]{1,4}[)）】\].．、条章节:：]|[①-⑳■●◆▪•—]"
)
_SPACE = re.compile(r"[^\S\u3000]+")
_WRAP = re.compile(r"(?<=[⺀-鿿，。；：、）”》])[ \t\r]*\n\s*(?=[⺀-鿿（“《])")


_Attributes = Mapping[str, str]


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

    title: str = ""
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that is being read. `cell_lines` counts the lines of all its cells."""

    box: int
    rows: list[list[Cell]] = field(default_factory=list)
    first_line: int = 0
    cell_begin: int = 0
    cell_lines: int = 0
    nested: bool = False


@dataclass(slots=True)
class _List:
    style: str
    counter: int


def read_page(markup: str, with_hidden: bool = False) -> Page | None:
    """The lines of a page; None if it is nested beyond sense. `with_hidden` adds what is not displayed."""
    from lxml import etree

    walk = _Walk(with_hidden)
    parser = etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True)
    markup = _ENDLESS_TAG.sub(r"<\1 ", markup)
    for start in range(0, len(markup), _FEED):
        parser.feed(markup[start : start + _FEED].encode("utf-8", "replace"))
        if walk.depth > _MAX_DEPTH:
            return None
    parser.close()
    return walk.page


class _Walk:
    """One pass through a page, told of each tag and text as the parser meets them."""

    def __init__(self, with_hidden: bool) -> None:
        self.page = Page()
        self.depth = 0
        self._with_hidden = with_hidden
        self._silent_from = 0  # depth of an element that is passed over with all that is in it
        self._in_title = False
        self._attributes: list[_Attributes] = []
        self._open: list[int] = []  # boxes
        self._words: list[str] = []
        self._linked = 0
        self._in_link = 0
        self._in_pre = 0
        self._heading = 0
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._label = ""

    def start(self, tag: str, attributes: _Attributes) -> None:
        self.depth += 1
        self._attributes.append(attributes)
        self._in_title = tag == "title" and not self.page.title
        if not self._silent_from:
            if self._passed_over(tag, attributes):
                self._silent_from = self.depth
            else:
                self._begin(tag, attributes)

    def end(self, tag: str) -> None:
        attributes = self._attributes.pop()
        self._in_title = False
        if self._silent_from == self.depth:
            self._silent_from = 0
        elif not self._silent_from:
            self._end(tag, attributes)
        self.depth -= 1

    def data(self, text: str) -> None:
        if self._in_title:
            self.page.title += text
        if self._silent_from:
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

    def close(self) -> None:
        self._break()

    def _passed_over(self, tag: str, attributes: _Attributes) -> bool:
        if tag in _SILENT:
            return True
        if self._with_hidden:
            return False
        return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")[:2000]))

    def _break(self) -> None:
        """End the line that is being read."""
        text = "".join(self._words)
        text = _SPACE.sub(" ", _WRAP.sub("", text)).strip()
        if text:
            if self._label and not _OWN_MARK.match(text):
                text = self._label + text
            self._label = ""
            box = self._open[-1] if self._open else 0
            self.page.lines.append(Line(text, self._linked, box, self._heading > 0))
        self._words, self._linked = [], 0

    def _begin(self, tag: str, attributes: _Attributes) -> None:
        if tag == "br":
            self._break()
        elif tag == "a":
            self._in_link += _leads_away(attributes)
        if tag not in _BLOCKS:
            return
        self._break()
        parent = self._open[-1] if self._open else -1
        self._open.append(len(self.page.boxes))
        self.page.boxes.append(Box(parent, tag in _SIDE or _named_aside(attributes)))
        self._heading += tag in _HEADINGS
        self._in_pre += tag == "pre"
        if tag in ("ul", "ol"):
            self._lists.append(_list_of(tag, attributes))
        elif tag == "li" and self._lists:
            self._label = self._next_label(attributes)
        elif tag == "table":
            if self._tables:
                self._tables[-1].nested = True
            self._tables.append(_Table(self._open[-1]))
        elif self._tables:
            self._begin_in_table(tag)

    def _begin_in_table(self, tag: str) -> None:
        table = self._tables[-1]
        if tag == "tr":
            if not table.rows:
                table.first_line = len(self.page.lines)
            table.rows.append([])
        elif tag in ("td", "th"):
            table.cell_begin = len(self.page.lines)

    def _end(self, tag: str, attributes: _Attributes) -> None:
        if tag == "a":
            self._in_link = max(self._in_link - _leads_away(attributes), 0)
        if tag not in _BLOCKS:
            return
        self._break()
        self._open.pop()
        self._heading -= tag in _HEADINGS
        self._in_pre -= tag == "pre"
        if tag in ("ul", "ol"):
            self._lists.pop()
        elif tag in ("td", "th") and self._tables and self._tables[-1].rows:
            self._end_cell(attributes)
        elif tag == "table":
            self._end_table(self._tables.pop())

    def _end_cell(self, attributes: _Attributes) -> None:
        table = self._tables[-1]
        if table.nested:
            return
        lines = [line.text for line in self.page.lines[table.cell_begin :]]
        table.cell_lines += len(lines)
        wide, high = (min(max(number(attributes.get(side), 1), 1), 1000) for side in ("colspan", "rowspan"))
        table.rows[-1].append(Cell(lines, wide, high))

    def _end_table(self, table: _Table) -> None:
        """Put rows in place of the lines of a table, unless it only arranges the page."""
        lines = self.page.lines
        if table.nested or is_frame(table.rows) or table.cell_lines != len(lines) - table.first_line:
            return
        linked = sum(line.linked for line in lines[table.first_line :])
        texts = rows_of_cells(table.rows)
        lines[table.first_line :] = [Line(text, linked // len(texts), table.box, False) for text in texts]

    def _next_label(self, attributes: _Attributes) -> str:
        current = self._lists[-1]
        if not current.style:
            return ""
        current.counter = number(attributes.get("value"), current.counter + 1)
        return f"{formatted(current.counter, current.style)}. "


def _leads_away(attributes: _Attributes) -> bool:
    """Whether a link goes to another page: only such links tell navigation from text."""
    return not attributes.get("href", "#").lstrip().startswith("#")


def _named_aside(attributes: _Attributes) -> bool:
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"[:200]
    return bool(_SIDE_WORDS.search(re.sub("(?<=[a-z])(?=[A-Z])", " ", names).lower()))


def _list_of(tag: str, attributes: _Attributes) -> _List:
    """How a list counts its items; an unnumbered one, or one styled to show no numbers, does not."""
    plain = tag == "ul" or re.search(r"list-style[^;]*:[^;]*none", attributes.get("style", ""))
    style = "" if plain else _LIST_STYLES.get(attributes.get("type", ""), "decimal")
    return _List(style, number(attributes.get("start"), 1) - 1)
