"""The outline grammar: numbered and unnumbered headings into programs, tasks and measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chuangwen.cores.reading.dates import Calendar, mentions
from chuangwen.cores.reading.layout import Paragraph, Part
from chuangwen.cores.reading.model import Assignment, Heading, Program, Span, Task
from chuangwen.cores.reading.outline_listed import listed_programs
from chuangwen.cores.reading.outline_marks import leading_marks
from chuangwen.cores.reading.outline_measures import read_measures
from chuangwen.cores.reading.outline_node import TEXT, Node
from chuangwen.cores.reading.outline_roles import Roles, decide
from chuangwen.cores.reading.outline_titles import opening_phrase, title_end
from chuangwen.cores.reading.outline_tree import build
from chuangwen.cores.reading.outline_words import is_wrapper, tells_past
from chuangwen.cores.reading.responsibility import settled
from chuangwen.cores.reading.view import View

_SUMMED_UP = re.compile(r"(20\d\d)年[^年]{0,24}总结")
_YEAR_OF_WORK = re.compile(
    r"(20\d\d)年(?!.*(?:打算|安排|计划|目标|下半年|下一))[^,。]{0,10}(?:工作|任务|创建|建设)[^,。]{0,6}$"
)


@dataclass(slots=True)
class Outline:
    """Programs and tasks, and every paragraph cut into parts that say where it stands."""

    programs: list[Program] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def read_outline(paragraphs: Sequence[Paragraph], heading: Heading) -> Outline:
    """The outline of the document; assignments and measures of each task included."""
    root = build(paragraphs, heading.title_span)
    _mark_past(root, _reported_year(heading))
    outline = _Writer(root, decide(root, heading.kind), _calendar(heading)).outline
    if not outline.programs:
        outline.programs = listed_programs(paragraphs)
    return outline


def _reported_year(heading: Heading) -> int:
    """The last year that a report of work looks back on, by its title or its period; 0 if neither says."""
    if heading.kind != "work_report":
        return 0
    summed_up = _SUMMED_UP.search(heading.title)
    if summed_up:
        return int(summed_up[1])
    return heading.period[0] - 1 if heading.period else 0


def _mark_past(parent: Node, year: int) -> None:
    """Mark the sections whose titles say so, or name a year that the report looks back on."""
    for node in parent.children:
        dated = _YEAR_OF_WORK.match(node.title)
        node.past = tells_past(node.title) or (dated is not None and int(dated[1]) <= year)
        _mark_past(node, year)


def _calendar(heading: Heading) -> Calendar:
    """Against what 年底前 and 全年 in a 完成时限 are read."""
    first, last = heading.period or (None, None)
    issued = int(heading.issued[:4]) if heading.issued else None
    return Calendar(first, first if first == last else issued, single=first is not None and first == last)


class _Writer:
    """Writes down what the roles say, in the order of the text."""

    def __init__(self, root: Node, roles: Roles, calendar: Calendar) -> None:
        self.outline = Outline()
        self.calendar = calendar
        self.duties: dict[int, list[Assignment]] = {}  # of whole programs
        self.with_line: set[int] = set()  # tasks below which a line of duties stands
        self.named: dict[str, int] = {}  # programs by their titles
        self.titled: dict[str, int] = {}  # tasks outside of tables by their titles
        self.programs = {id(node) for node in roles.programs}
        self.tasks = {id(node) for node in roles.tasks}
        self._walk(root, None, None, None)
        self._share_duties()
        for part in self.outline.parts:
            if part.task is not None:
                part.deadline = self.outline.tasks[part.task].deadline

    def _share_duties(self) -> None:
        """Give each task its own duties, else those of its program.

        A line of duties behind the last task of every program that names any, and of no other, is theirs.
        """
        by_program: dict[int, list[Task]] = {}
        for task in self.outline.tasks:
            if task.program is not None:
                by_program.setdefault(task.program, []).append(task)
        led = [tasks for tasks in by_program.values() if any(task.assignments for task in tasks)]
        several = [tasks for tasks in led if len(tasks) > 1]
        trailing = len(several) > 1 and all(
            id(tasks[-1]) in self.with_line and not any(task.assignments for task in tasks[:-1])
            for tasks in several
        )
        for program, tasks in by_program.items():
            shared = tasks[-1].assignments if trailing else self.duties.get(program, [])
            leaders = [each for each in shared if each.role == "leader"]
            for task in tasks:
                own = settled(task.assignments or shared)
                has_leader = any(each.role == "leader" for each in own)
                task.assignments = own if has_leader else leaders + own
        for task in self.outline.tasks:
            task.assignments = settled(task.assignments)

    def _walk(self, parent: Node, program: int | None, task: int | None, reports: bool | None) -> None:
        last_task = task
        for node in parent.children:
            inner_program, inner_task, inner_reports = program, task, reports
            if node.past:
                inner_reports = True
            elif reports is None and is_wrapper(node.title):
                inner_reports = False
            if node.row is not None and node.row.group is not None and program is None:
                inner_program = self._group(node.row.group, node)
            if id(node) in self.programs:
                inner_program = self._program(node)
            if id(node) in self.tasks:
                inner_task = last_task = self._task(node, inner_program if node.row else program)
                inner_program = self.outline.tasks[inner_task].program
            elif task is None and _goes_on(node):
                inner_task = last_task
            self._parts(node, inner_program, inner_task, inner_reports)
            self._walk(node, inner_program, inner_task, inner_reports)

    def _program(self, node: Node) -> int:
        title = node.view.part(0, node.title_end)
        known = self.named.get(title.text)
        if known is not None and any(child.row for child in node.children):
            return known  # a table that repeats the outline
        return self._add_program(title, Span(node.start, node.end), node.printed)

    def _group(self, cell: View, node: Node) -> int:
        """The program named in a column of a table."""
        mark = next((mark for mark in leading_marks(cell) if mark.end < len(cell)), None)
        title = cell.part(mark.end if mark else 0, len(cell))
        known = self.named.get(title.text)
        if known is not None:
            return known
        return self._add_program(title, _span(title, node), mark.printed if mark else None)

    def _add_program(self, title: View, span: Span, number: str | None) -> int:
        place = title.span(0, len(title)) if len(title) else span
        self.outline.programs.append(Program(title.printed(), place, span, number))
        return self.named.setdefault(title.text, len(self.outline.programs) - 1)

    def _task(self, node: Node, program: int | None) -> int:
        title, printed = _task_title(node)
        known = self.titled.get(title.text)
        if known is not None and node.row is not None:
            return known  # a table that repeats the outline
        task = Task(title.printed(), _span(title, node), Span(node.start, node.end), printed, program)
        if node.row is None:
            task.measures = read_measures(node)
            self.titled.setdefault(title.text, len(self.outline.tasks))
        self.outline.tasks.append(task)
        return len(self.outline.tasks) - 1

    def _parts(self, node: Node, program: int | None, task: int | None, reports: bool | None) -> None:
        if task is not None:
            self._told_of(self.outline.tasks[task], node)
        elif program is not None:
            for duty in node.duties:
                self.duties.setdefault(program, []).extend(duty.assignments)
        if program is not None and node.row is not None:
            group = self.outline.programs[program]
            group.span = Span(group.span.start, max(group.span.end, node.end))
        for kind, view in _pieces(node):
            self.outline.parts.append(Part(view, kind, program, task, None, reports))

    def _told_of(self, task: Task, node: Node) -> None:
        """What a node adds to its task: its place, who is responsible, by when."""
        if task is self.outline.tasks[-1]:  # not where a table comes back to it
            task.span = Span(task.span.start, max(task.span.end, node.end))
        if node.kind == TEXT and node.duties and node.duties[0].assignments:
            self.with_line.add(id(task))
        dues = [duty.due for duty in node.duties if duty.due is not None]
        for duty in node.duties:
            task.assignments += duty.assignments
        if node.row is not None:
            task.assignments += node.row.assignments
            dues += [node.row.due] if node.row.due is not None else []
        for due in dues:
            task.deadline = task.deadline or _deadline(due, self.calendar)


def _goes_on(node: Node) -> bool:
    """Whether a node without a heading belongs to the task before it: its duties, or a row that goes on."""
    if node.row is not None:
        return node.row.title is None
    return node.kind == TEXT and bool(node.duties) and node.duties[0].start == 0


def _task_title(node: Node) -> tuple[View, str | None]:
    """The title of a task and its number as printed."""
    if node.row is not None and node.row.title is not None:
        cell = node.row.title
        mark = next((mark for mark in leading_marks(cell) if mark.end < len(cell)), None)
        begin = mark.end if mark else 0
        end = title_end(cell.part(begin, len(cell)), article=False, whole_line=True)[0]
        return cell.part(begin, begin + end), node.row.number or (mark.printed if mark else None)
    end = opening_phrase(node.view.text) if node.kind == TEXT else node.title_end
    return node.view.part(0, end), node.printed


def _deadline(due: View, calendar: Calendar) -> str | None:
    """The last date named in a 完成时限, YYYY or YYYY-MM; None for 长期, 每年 and the like."""
    return max((each.deadline for each in mentions(due.text, calendar) if each.deadline), default=None)


def _span(view: View, node: Node) -> Span:
    return view.span(0, len(view)) if len(view) else Span(node.start, node.start)


def _pieces(node: Node) -> Iterator[tuple[str, View]]:
    """The stretches of a node: title, text and duties; of a row its cells."""
    if node.row is not None:
        yield from (("row", cell) for cell in [node.row.title, *node.row.contents] if cell is not None)
        return
    begin = 0
    ended = node.body > node.title_end or node.body >= len(node.view)
    if node.kind != TEXT and ended and (node.body < len(node.view) or node.children):
        yield "heading", node.view.part(0, node.title_end)
        begin = node.body
    for duty in node.duties:
        if duty.start > begin:
            yield "text", node.view.part(begin, duty.start)
        yield "duty", node.view.part(duty.start, duty.end)
        begin = duty.end
    if begin < len(node.view):
        yield "text", node.view.part(begin, len(node.view))
