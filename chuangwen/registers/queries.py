"""Reads: the lists of a city, one register with how its members stand, one project list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import PATH_STEP

from . import access
from .models import (
    PROJECT_STATES,
    KeptList,
    MemberMark,
    Project,
    ProjectList,
    Register,
    RegisterColumn,
    RegisterMember,
)
from .rules import coverage
from .rules.coverage import Column, Coverage, MarkState, Member, Standing, Statement
from .rules.projects import ProjectState, Tally, Work, lamp

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from chuangwen.orgs.models import Unit


@dataclass(frozen=True)
class RegisterLine:
    register: Register
    coverage: Coverage


@dataclass(frozen=True)
class ProjectListLine:
    list: ProjectList
    tally: Tally


@dataclass(frozen=True)
class Area:
    """A unit directly below the one that is looked at, and what lies in it. `unit` None: nowhere below it."""

    unit: Unit | None
    coverage: Coverage


@dataclass(frozen=True)
class Cell:
    """One column of one member. `version` counts everything that was said of it."""

    column: RegisterColumn
    state: MarkState
    mark: MemberMark | None
    version: int


@dataclass(frozen=True)
class MemberLine:
    member: RegisterMember
    standing: Standing
    cells: list[Cell]


class RegisterBook:
    """One register with all that was said, as it stood on `day`: three queries for any number of members."""

    def __init__(self, register: Register, day: date) -> None:
        self.register, self.day = register, day
        self.columns = list(register.columns.all())
        self.members = {one.pk: one for one in register.members.select_related("unit__parent")}
        self.marks: dict[tuple[int, int], list[MemberMark]] = defaultdict(list)
        for mark in MemberMark.objects.filter(member__register=register):
            self.marks[mark.member_id, mark.column_id].append(mark)
        self.coverage = coverage.coverage(
            map(_column, self.columns), self._members(), day, announced=register.announced
        )

    def _members(self) -> Iterable[Member]:
        said: dict[int, dict[int, list[Statement]]] = defaultdict(dict)
        for (member_id, column_id), marks in self.marks.items():
            said[member_id][column_id] = [_statement(mark) for mark in marks]
        for one in self.members.values():
            yield Member(one.pk, one.name, one.unit.path, one.opened_on, one.closed_on, said[one.pk])

    @property
    def shown_columns(self) -> list[RegisterColumn]:
        """Columns that count on the day."""
        counted = {column.key for column in self.coverage.columns}
        return [column for column in self.columns if column.pk in counted]

    def within(self, path: str) -> Coverage:
        """Coverage of what lies in the unit with `path`; in the whole city also of what has no name yet."""
        whole = path == self.register.jurisdiction.path
        return self.coverage if whole else self.coverage.within(path)

    def line(self, standing: Standing) -> MemberLine:
        member = self.members[standing.member.key]
        return MemberLine(member, standing, [self.cell(member, column) for column in self.shown_columns])

    def line_of(self, member_id: int) -> MemberLine | None:
        """None for a member that is not open on the day."""
        found = (one for one in self.coverage.standings if one.member.key == member_id)
        return next(map(self.line, found), None)

    def cell(self, member: RegisterMember, column: RegisterColumn) -> Cell:
        marks = self.marks.get((member.pk, column.pk), [])
        statements = {_statement(mark): mark for mark in marks}
        told = coverage.statement_on(statements, self.day)
        return Cell(
            column,
            coverage.state_on(statements, self.day),
            statements[told] if told else None,
            sum(mark.version for mark in marks),
        )

    def closed(self) -> list[RegisterMember]:
        """Members that are not open on the day."""
        open_ = {one.member.key for one in self.coverage.standings}
        return [member for number, member in self.members.items() if number not in open_]


def book(register: Register, day: date) -> RegisterBook:
    return RegisterBook(register, day)


def register_lines(actor: Actor, day: date) -> list[RegisterLine]:
    """Visible registers with their coverage; three queries for all of them."""
    registers = list(access.visible_registers(actor))
    columns: dict[int, list[Column]] = defaultdict(list)
    for column in RegisterColumn.objects.filter(register__in=registers):
        columns[column.register_id].append(_column(column))
    said: dict[int, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    marks = MemberMark.objects.filter(member__register__in=registers)
    names = ("member_id", "column_id", "as_of", "state", "since")
    for member_id, column_id, as_of, state, since in marks.values_list(*names):
        said[member_id][column_id].append(Statement(as_of, MarkState(state), since))
    members: dict[int, list[Member]] = defaultdict(list)
    for one in RegisterMember.objects.filter(register__in=registers).select_related("unit"):
        found = Member(one.pk, one.name, one.unit.path, one.opened_on, one.closed_on, said[one.pk])
        members[one.register_id].append(found)
    return [
        RegisterLine(one, coverage.coverage(columns[one.pk], members[one.pk], day, announced=one.announced))
        for one in registers
    ]


def areas(actor: Actor, found: Coverage, unit: Unit) -> list[Area]:
    """The coverage of each unit directly below `unit` in which members lie; one query."""
    end = len(unit.path) + PATH_STEP
    paths = sorted({one.member.path[:end] for one in found.standings})
    units = {one.path: one for one in visible_units(actor).filter(path__in=paths).exclude(pk=unit.pk)}
    below = [Area(units[path], found.within(path)) for path in paths if path in units]
    itself = tuple(one for one in found.standings if one.member.path == unit.path)
    if below and itself:
        below.append(Area(None, Coverage(itself, found.columns, None)))
    return below


def unit_in(actor: Actor, kept: KeptList, unit_id: int | None) -> Unit:
    """The unit whose part of the list is looked at; the city where there is none of that number."""
    seen = visible_units(actor).filter(path__startswith=kept.jurisdiction.path).select_related("parent")
    return (seen.filter(pk=unit_id).first() if unit_id else None) or kept.jurisdiction


def marks_of(member: RegisterMember, column: RegisterColumn) -> QuerySet[MemberMark]:
    """All that was said, the latest day first."""
    return MemberMark.objects.filter(member=member, column=column)


@dataclass(frozen=True)
class ProjectLine:
    """A project as it stood on a day; `word` says the state, `lamp` whether it is late."""

    project: Project
    work: Work
    state: ProjectState
    word: str | Promise
    lamp: str


class ProjectBook:
    """One project list as it stood on `day`: one query for any number of projects."""

    def __init__(self, found: ProjectList, day: date) -> None:
        self.list, self.day = found, day
        self.projects = list(projects_of(found))
        self.tally = Tally(tuple(map(_work, self.projects)), day, found.announced)

    def within(self, path: str) -> Tally:
        """What lies in the unit with `path`; in the whole city also what has no name yet."""
        return self.tally if path == self.list.jurisdiction.path else self.tally.within(path)

    def lines(self, path: str, state: str = "") -> list[ProjectLine]:
        """In the unit with `path`; `state` "" for all."""
        inside = (project for project in self.projects if project.unit.path.startswith(path))
        lines = (project_line(project, self.day) for project in inside)
        return [line for line in lines if state in ("", line.state)]


def states() -> dict[ProjectState, str | Promise]:
    """What the states of projects are called."""
    return dict(PROJECT_STATES)


def project_book(found: ProjectList, day: date) -> ProjectBook:
    return ProjectBook(found, day)


def project_line(project: Project, day: date) -> ProjectLine:
    work = _work(project)
    state = work.state_on(day)
    return ProjectLine(project, work, state, PROJECT_STATES[state], lamp(state, work.planned_on, day))


def project_list_lines(actor: Actor, day: date) -> list[ProjectListLine]:
    """Visible project lists with what is done; two queries for all of them."""
    lists = list(access.visible_project_lists(actor))
    works: dict[int, list[Work]] = defaultdict(list)
    for one in Project.objects.filter(list__in=lists).select_related("unit"):
        works[one.list_id].append(_work(one))
    return [ProjectListLine(one, Tally(tuple(works[one.pk]), day, one.announced)) for one in lists]


def projects_of(found: ProjectList) -> QuerySet[Project]:
    """By the place where they lie; one query."""
    return found.projects.select_related("unit__parent")


def _column(one: RegisterColumn) -> Column:
    return Column(one.pk, one.name, one.required, one.starts_on, one.ends_on)


def _statement(mark: MemberMark) -> Statement:
    return Statement(mark.as_of, MarkState(mark.state), mark.since)


def _work(one: Project) -> Work:
    return Work(
        name=one.name,
        path=one.unit.path,
        planned_on=one.planned_on,
        started_on=one.started_on,
        done_on=one.done_on,
        measure=(one.measure_name, one.measure_unit),
        before=one.before,
        after=one.after,
    )
