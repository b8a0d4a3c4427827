"""Which headings are programs and which are tasks: told by their titles and by what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chuangwen.cores.reading.outline_node import BOX, PLAIN, ROW, SPOKEN, TEXT, Node
from chuangwen.cores.reading.outline_words import (
    is_about_difficulties,
    is_farewell,
    is_frame,
    is_group_like,
    is_labelled_frame,
    is_steps,
    is_wrapper,
    tells_problems,
)

_TITLE_SENTENCE = re.compile(r"^[^。,;:!?]{4,22}[。!?].")
_SAID = "(?:说|表示|介绍|告诉|强调|指出)"
_QUOTED = re.compile(rf"”[^。]{{0,30}}{_SAID}")
_SPEAKER = re.compile(
    rf"[^,。“]{{0,20}}(?:负责人|负责同志|市民|居民|书记|主任|局长|专家)[^,。“]{{0,8}}{_SAID}"
    r"|[^,。:“]{2,16}(?:部长|主任|局长|主席|书记|市长)[^,。:“]{1,4}:"
)

_LEAST_PARAGRAPH, _LONG_PARAGRAPH = 8, 40  # characters; a shorter one needs a full stop


@dataclass(slots=True)
class Roles:
    """The nodes that are programs and tasks, in the order found; a task may stand in no program."""

    programs: list[Node] = field(default_factory=list)
    tasks: list[Node] = field(default_factory=list)


def decide(root: Node, kind: str) -> Roles:
    """The programs and tasks under `root`; `kind` is that of the document (Heading.kind)."""
    return _Decision(root, kind).roles


class _Decision:
    def __init__(self, root: Node, kind: str) -> None:
        self.kind = kind
        self.roles = Roles()
        self.numbered = _holds_numbers(root)
        self._siblings(root)
        self.roles.tasks += _rows(root)
        if any(_is_counted(task) for task in self.roles.tasks):
            self.roles.tasks = [task for task in self.roles.tasks if task.kind != TEXT or _is_titled(task)]

    def _siblings(self, parent: Node) -> None:
        """Headings under the root or under one that is no program itself."""
        for nodes in _series_of(parent):
            if nodes[0].kind in SPOKEN:
                self._spoken(nodes)
            elif _unnumbered(nodes[0]):
                self._drawn_out(nodes)
            else:
                self._sections(nodes)

    def _drawn_out(self, nodes: list[Node]) -> None:
        """Headings without a number: groups of numbered measures, or only lines around the outline."""
        holders = [node for node in nodes if _headings(node)]
        if not holders:
            self._named_groups([node for node in nodes if not is_frame(node.title) and not node.past])
            return
        groups = {id(node) for node in holders if not any(self._holds(child) for child in _headings(node))}
        for node in holders:
            if is_frame(node.title) or is_wrapper(node.title):
                self._siblings(node)
            elif id(node) in groups and (len(groups) > 1 or is_group_like(node.title)):
                self._program(node)
            else:
                self._siblings(node)

    def _spoken(self, nodes: Sequence[Node]) -> None:
        """一是 …, 一要 …: each a task, unless difficulties or chances are listed."""
        problems = False
        for node in nodes:
            if node.number == 1:
                problems = tells_problems(node.before)
            if not problems:
                self.roles.tasks.append(node)

    def _sections(self, nodes: list[Node]) -> None:
        """A series of numbered headings: groups, or frames around them, or the measures themselves."""
        if not any(self._holds(node) for node in nodes):
            self.roles.tasks += [node for node in nodes if not node.past]
            return
        work = [node for node in nodes if not is_frame(node.title) and not node.past]
        deep = [node for node in work if self._is_deep(node)]
        for node in nodes:
            if node.past:
                self._told(node)
            elif is_steps(node.title) or is_about_difficulties(node.title):
                continue
            elif self._wraps(node, alone=len(work) == 1 or deep == [node]):
                self._inside(node)
            elif _headings(node) or _rows(node) or (_texts(node) and not is_frame(node.title)):
                self._program(node)

    def _holds(self, node: Node) -> bool:
        """Whether measures stand under a heading, so that it is none itself.

        Headings on lines of their own are measures. A run of them in one paragraph, or several paragraphs,
        are only where nobody is named responsible for the whole: else they are pieces of one measure.
        """
        headings = _headings(node)
        if node.kind == "article":
            return False
        if _rows(node) or (headings and self.kind == "work_report"):
            return True
        own_lines = sum(child.own_line for child in headings)
        if 2 * own_lines > len(headings):
            return True
        named = node.kind.startswith("word:") and bool(headings)
        return named or ((own_lines > 0 or len(_texts(node)) >= 2) and not _own_duty(node))

    def _wraps(self, node: Node, *, alone: bool) -> bool:
        """Whether a section only holds the groups: by its name, or because no other holds any."""
        if not _groups(node) or is_frame(node.title) or not (alone or is_wrapper(node.title)):
            return False
        if self.kind == "work_report":
            return any(map(self._holds, _groups(node)))
        return self._is_deep(node)

    def _is_deep(self, node: Node) -> bool:
        """Whether at least half of the headings under a section hold measures themselves."""
        inner = _groups(node)
        return bool(inner) and 2 * sum(map(self._holds, inner)) >= len(inner)

    def _told(self, node: Node) -> None:
        """Of a section about the past only what is told as 一是 … counts."""
        for series in _series_of(node):
            if series[0].kind in SPOKEN:
                self._spoken(series)

    def _inside(self, wrapper: Node) -> None:
        for nodes in _series_of(wrapper):
            if nodes[0].kind in SPOKEN:
                self._spoken(nodes)
            else:
                for node in nodes:
                    self._program(node)

    def _named_groups(self, nodes: list[Node]) -> None:
        """Unnumbered headings over paragraphs: groups if named like groups, or if nothing is numbered."""
        groups = [node for node in nodes if is_group_like(node.title) and _texts(node)]
        if not groups and not self.numbered:
            groups = [node for node in nodes if _texts(node)]
        if self.kind == "news_report" and not _open_with_titles(groups):
            return
        if len(groups) > 1:
            for node in groups:
                self._program(node)

    def _program(self, node: Node) -> None:
        self.roles.programs.append(node)
        series = _series_of(node)
        for nodes in series:
            if nodes[0].kind in SPOKEN:
                self._spoken(nodes)
            else:
                self.roles.tasks += _given_out(nodes)
        self.roles.tasks += _rows(node)
        if not series:
            self.roles.tasks += _texts(node)


def _unnumbered(node: Node) -> bool:
    return node.kind == PLAIN or node.kind == "dash" or node.kind.startswith("bullet:")


def _headings(node: Node) -> list[Node]:
    return [child for child in node.children if child.kind not in {TEXT, ROW, BOX}]


def _groups(node: Node) -> list[Node]:
    """The headings under a node that may be programs: all but what is told as 一是 …."""
    return [child for child in _headings(node) if child.kind not in SPOKEN]


def _rows(node: Node) -> list[Node]:
    return [child for child in node.children if child.row is not None and child.row.title is not None]


def _given_out(nodes: list[Node]) -> list[Node]:
    """The headings themselves, or those under them where these, one by one, are given to somebody."""
    inner = [child for node in nodes for child in _groups(node)]
    if any(map(_own_duty, nodes)) or 2 * sum(map(_own_duty, inner)) <= len(inner):
        return nodes
    return [measure for node in nodes for measure in _groups(node) or [node]]


def _own_duty(node: Node) -> bool:
    """Whether it is said of the heading itself, not of what stands under it, who is responsible."""
    return bool(node.duties) or any(_only_duty(child) for child in node.children if child.kind == TEXT)


def _texts(node: Node) -> list[Node]:
    """The paragraphs under a heading that may be tasks of their own."""
    return [
        child
        for child in node.children
        if child.kind == TEXT
        and child.own_line
        and len(child.view) >= _LEAST_PARAGRAPH
        and ("。" in child.view.text or len(child.view) >= _LONG_PARAGRAPH)
        and not child.view.text.endswith(":")
        and not is_labelled_frame(child.view.text)
        and not is_farewell(child.view.text)
        and not _is_said(child.view.text)
        and not _only_duty(child)
    ]


def _is_counted(task: Node) -> bool:
    """Whether a task stands under a number on a line of its own: then what has none beside it is no task."""
    return task.number is not None and task.own_line and task.row is None and task.kind not in SPOKEN


def _is_titled(task: Node) -> bool:
    return bool(_TITLE_SENTENCE.match(task.view.text))


def _is_said(text: str) -> bool:
    """Whether a paragraph quotes somebody, or tells what somebody said."""
    return bool(_SPEAKER.match(text)) or (text.startswith("“") and bool(_QUOTED.search(text)))


def _open_with_titles(groups: Sequence[Node]) -> bool:
    """Whether most paragraphs of the groups begin with a short sentence, as measures retold do."""
    texts = [text for group in groups for text in _texts(group)]
    return 2 * sum(_is_titled(text) for text in texts) > len(texts)


def _only_duty(node: Node) -> bool:
    return bool(node.duties) and node.duties[0].start == 0 and node.duties[-1].end >= len(node.view) - 1


def _series_of(parent: Node) -> list[list[Node]]:
    """The headings right under a node, by kind, in the order in which each kind first appears."""
    found: dict[str, list[Node]] = {}
    for node in _headings(parent):
        found.setdefault(node.kind, []).append(node)
    return list(found.values())


def _holds_numbers(node: Node) -> bool:
    return any(not _unnumbered(child) or _holds_numbers(child) for child in _headings(node))
