"""The outline grammar: numbered and unnumbered headings into programs, tasks and measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chuangwen.cores.reading.layout import Paragraph, Part
from chuangwen.cores.reading.model import Heading, Program, Span, Task
from chuangwen.cores.reading.outline_listed import listed_programs
from chuangwen.cores.reading.outline_measures import read_measures
from chuangwen.cores.reading.outline_roles import Roles, decide
from chuangwen.cores.reading.outline_titles import is_wrapper, opening_phrase, tells_past
from chuangwen.cores.reading.outline_tree import TEXT, Node, build
from chuangwen.cores.reading.view import View


@dataclass(slots=True)
class Outline:
    """Programs and tasks, and every paragraph cut into parts that say where it stands."""

    programs: list[Program] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def read_outline(paragraphs: Sequence[Paragraph], heading: Heading) -> Outline:
    """The outline of the document; assignments and measures of each task included."""
    root = build(paragraphs, heading.title_span)
    outline = _Writer(root, decide(root, heading.kind)).outline
    if not outline.programs:
        outline.programs = listed_programs(paragraphs)
    return outline


class _Writer:
    """Writes down what the roles say, in the order of the text."""

    def __init__(self, root: Node, roles: Roles) -> None:
        self.outline = Outline()
        self.programs = {id(node) for node in roles.programs}
        self.tasks = {id(node) for node in roles.tasks}
        self._walk(root, None, None, None)

    def _walk(self, parent: Node, program: int | None, task: int | None, reports: bool | None) -> None:
        last_task = task
        for node in parent.children:
            inner_program, inner_task, inner_reports = program, task, reports
            if tells_past(node.title):
                inner_reports = True
            elif reports is None and is_wrapper(node.title):
                inner_reports = False
            if id(node) in self.programs:
                inner_program = self._program(node)
            if id(node) in self.tasks:
                inner_task = last_task = self._task(node, program)
            elif node.kind == TEXT and task is None and node.duties and node.duties[0].start == 0:
                inner_task = last_task
            self._parts(node, inner_program, inner_task, inner_reports)
            self._walk(node, inner_program, inner_task, inner_reports)

    def _program(self, node: Node) -> int:
        title = node.view.part(0, node.title_end)
        self.outline.programs.append(
            Program(title.printed(), _span(title, node), Span(node.start, node.end), node.printed)
        )
        return len(self.outline.programs) - 1

    def _task(self, node: Node, program: int | None) -> int:
        end = opening_phrase(node.view.text) if node.kind == TEXT else node.title_end
        title = node.view.part(0, end)
        task = Task(title.printed(), _span(title, node), Span(node.start, node.end), node.printed, program)
        task.measures = read_measures(node)
        self.outline.tasks.append(task)
        return len(self.outline.tasks) - 1

    def _parts(self, node: Node, program: int | None, task: int | None, reports: bool | None) -> None:
        if task is not None:
            written = self.outline.tasks[task]
            written.span = Span(written.span.start, max(written.span.end, node.end))
            for duty in node.duties:
                written.assignments += duty.assignments
        for kind, view in _pieces(node):
            self.outline.parts.append(Part(view, kind, program, task, None, reports))


def _span(view: View, node: Node) -> Span:
    return view.span(0, len(view)) if len(view) else Span(node.start, node.start)


def _pieces(node: Node) -> Iterator[tuple[str, View]]:
    """The stretches of a node: title, text and duties."""
    begin = 0
    if node.kind != TEXT and node.body > node.title_end and (node.body < len(node.view) or node.children):
        yield "heading", node.view.part(0, node.title_end)
        begin = node.body
    for duty in node.duties:
        if duty.start > begin:
            yield "text", node.view.part(begin, duty.start)
        yield "duty", node.view.part(duty.start, duty.end)
        begin = duty.end
    if begin < len(node.view):
        yield "text", node.view.part(begin, len(node.view))
