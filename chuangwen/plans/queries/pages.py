"""One program, task, indicator, unit or leader of a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import groups_with

from .. import access
from ..models import (
    Assignment,
    Indicator,
    IndicatorVersion,
    PlanVersion,
    Program,
    Result,
    Role,
    Subject,
    Target,
    Task,
    TaskVersion,
)
from ..rules.states import RowState
from .book import Book, IndicatorLine, Quote, TaskLine, distinct
from .overview import LEADING

if TYPE_CHECKING:
    from chuangwen.orgs.models import Post, Unit


@dataclass(frozen=True)
class ProgramPage:
    version: PlanVersion
    row: Program
    tasks: list[TaskLine]


@dataclass(frozen=True)
class TaskPage:
    version: PlanVersion
    program: Program | None
    line: TaskLine
    quotes: list[Quote]
    replaced_by: list[Task]
    replaces: list[Task]

    @property
    def row(self) -> TaskVersion:
        return self.line.row


@dataclass(frozen=True)
class PastIndicator:
    version: PlanVersion
    row: IndicatorVersion
    targets: list[Target]


@dataclass(frozen=True)
class IndicatorPage:
    """`history` has the indicator in every version that the actor may see, the latest first."""

    version: PlanVersion
    line: IndicatorLine
    task_lines: list[TaskLine]
    quotes: list[Quote]
    history: list[PastIndicator]
    results: list[Result]
    replaced_by: list[Indicator]
    replaces: list[Indicator]


@dataclass(frozen=True)
class LetterTask:
    """`through` is the group as printed through which the unit is bound, "" where it is named itself."""

    line: TaskLine
    through: str
    role: str


@dataclass(frozen=True)
class UnitLetter:
    version: PlanVersion
    unit: Unit
    led: list[LetterTask]
    helped: list[LetterTask]
    indicators: int


@dataclass(frozen=True)
class LeaderPage:
    """`holder` is who holds the post now, "" where nobody is known or the name is matched with no post."""

    version: PlanVersion
    name: str
    post: Post | None
    holder: str
    tasks: list[TaskLine]


def program_page(actor: Actor, version_id: int, key: str) -> ProgramPage:
    """Raises Hidden."""
    book = Book(access.one_version(actor, version_id))
    for row in book.programs:
        if row.key == key:
            tasks = [line for line in book.tasks if line.row.program_id == row.pk]
            return ProgramPage(book.version, row, tasks)
    raise Hidden


def task_page(actor: Actor, version_id: int, key: str) -> TaskPage:
    """Raises Hidden."""
    book = Book(access.one_version(actor, version_id))
    for line in book.tasks:
        if line.key == key:
            task = line.row.task
            return TaskPage(
                version=book.version,
                program=line.row.program,
                line=line,
                quotes=book.quotes(Subject.TASK, line.row.pk),
                replaced_by=list(task.replaced_by.all()),
                replaces=list(task.replaces.all()),
            )
    raise Hidden


def indicator_page(actor: Actor, version_id: int, key: str) -> IndicatorPage:
    """Raises Hidden."""
    book = Book(access.one_version(actor, version_id))
    for line in book.indicators:
        if line.key == key:
            tasks = [task for task in book.tasks if line in task.indicators]
            indicator = line.row.indicator
            results = line.row.results.exclude(state=RowState.DROPPED)
            return IndicatorPage(
                version=book.version,
                line=line,
                task_lines=tasks,
                quotes=book.quotes(Subject.INDICATOR, line.row.pk),
                history=_history(actor, indicator),
                results=list(results),
                replaced_by=list(indicator.replaced_by.all()),
                replaces=list(indicator.replaces.all()),
            )
    raise Hidden


def unit_letter(actor: Actor, version_id: int, unit_id: int) -> UnitLetter:
    """The task letter of a unit: what it leads and what it helps with, named itself or through a group.

    Raises Hidden.
    """
    book = Book(access.one_version(actor, version_id))
    unit = one_unit(actor, unit_id)
    groups = {group.pk for group in groups_with(unit)}
    led: list[LetterTask] = []
    helped: list[LetterTask] = []
    for line in book.tasks:
        ones = [one for one in line.assignments if one.role != Role.LEADER and _binds(one, unit.pk, groups)]
        if ones:
            one = min(ones, key=lambda one: (one.role not in LEADING, one.unit_id != unit.pk))
            through = "" if one.unit_id == unit.pk else one.printed
            (led if one.role in LEADING else helped).append(LetterTask(line, through, one.role))
    promised = distinct(indicator for task in led for indicator in task.line.indicators)
    return UnitLetter(book.version, unit, led, helped, len(promised))


def leader_page(actor: Actor, version_id: int, name: str) -> LeaderPage:
    """Tasks of a leader, by the title of the post or the name as printed. Raises Hidden."""
    book = Book(access.one_version(actor, version_id))
    tasks: list[TaskLine] = []
    post = None
    for line in book.tasks:
        mine = [one for one in line.leaders if name in {one.printed, one.post.title if one.post else ""}]
        if mine:
            tasks.append(line)
            post = post or mine[0].post
    if not tasks:
        raise Hidden
    term = post.terms.filter(ends_on=None).last() if post else None
    return LeaderPage(book.version, name, post, term.holder_name if term else "", tasks)


def _history(actor: Actor, indicator: Indicator) -> list[PastIndicator]:
    rows = IndicatorVersion.objects.filter(
        indicator=indicator, plan_version__in=access.visible_versions(actor)
    )
    rows = rows.exclude(state=RowState.DROPPED).select_related("plan_version").prefetch_related("targets")
    return [
        PastIndicator(row.plan_version, row, list(row.targets.all()))
        for row in rows.order_by("-plan_version_id")
    ]


def _binds(one: Assignment, unit_id: int, groups: set[int]) -> bool:
    """Whether the assignment binds the unit: by the frozen list, in a draft by its match or its group."""
    frozen = {bound.unit_id for bound in one.units.all()}
    if frozen:
        return unit_id in frozen
    return one.unit_id == unit_id or one.group_id in groups
