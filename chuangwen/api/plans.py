"""Plans, their versions, and the tasks, indicators and assignments of a version."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from ninja import Path, Query

from chuangwen.cores.errors import Hidden
from chuangwen.plans import queries
from chuangwen.plans.queries.book import Book, IndicatorLine, TaskLine, bound_units
from chuangwen.plans.rules.measuring import plain

from .frame import ApiRequest, room
from .paging import page_of_list
from .problems import DECLARED
from .shapes import (
    LARGEST,
    AssignmentOut,
    IndicatorOut,
    Page,
    Paging,
    PlanOut,
    ProblemOut,
    RowsAsked,
    TargetOut,
    TaskOut,
    VersionAsked,
    VersionOut,
)

if TYPE_CHECKING:
    from chuangwen.plans.models import Assignment, Target

router = room("plans:read")
Key = Annotated[int, Path(ge=1, le=LARGEST)]
RowKey = Annotated[str, Path(pattern=r"^[TI][0-9]{1,14}$")]


@router.get("/plans", response={200: Page[PlanOut], DECLARED: ProblemOut})
def plans(request: ApiRequest, asked: Query[Paging]) -> Page[PlanOut]:
    return page_of_list(queries.plan_list(request.auth.actor), asked, _plan, lambda line: line.plan.pk)


@router.get("/plans/{plan_id}", response={200: PlanOut, DECLARED: ProblemOut})
def plan(request: ApiRequest, plan_id: Key) -> PlanOut:
    for line in queries.plan_list(request.auth.actor):
        if line.plan.pk == plan_id:
            return _plan(line)
    raise Hidden


@router.get("/plans/{plan_id}/versions", response={200: Page[VersionOut], DECLARED: ProblemOut})
def versions(request: ApiRequest, plan_id: Key, asked: Query[Paging]) -> Page[VersionOut]:
    lines = queries.versions_of(request.auth.actor, plan_id)
    if not lines:
        raise Hidden
    return page_of_list(lines, asked, _version, lambda line: line.version.pk)


@router.get("/plans/{plan_id}/tasks", response={200: Page[TaskOut], DECLARED: ProblemOut})
def tasks(request: ApiRequest, plan_id: Key, asked: Query[RowsAsked]) -> Page[TaskOut]:
    book = _book(request, plan_id, asked.version)
    return page_of_list(book.tasks, asked, _task, lambda line: line.row.pk)


@router.get("/plans/{plan_id}/tasks/{key}", response={200: TaskOut, DECLARED: ProblemOut})
def task(request: ApiRequest, plan_id: Key, key: RowKey, asked: Query[VersionAsked]) -> TaskOut:
    for line in _book(request, plan_id, asked.version).tasks:
        if line.key == key:
            return _task(line)
    raise Hidden


@router.get("/plans/{plan_id}/indicators", response={200: Page[IndicatorOut], DECLARED: ProblemOut})
def indicators(request: ApiRequest, plan_id: Key, asked: Query[RowsAsked]) -> Page[IndicatorOut]:
    """Indicators with their targets."""
    book = _book(request, plan_id, asked.version)
    keys = _task_keys(book)
    return page_of_list(book.indicators, asked, lambda line: _indicator(line, keys), lambda line: line.row.pk)


@router.get("/plans/{plan_id}/indicators/{key}", response={200: IndicatorOut, DECLARED: ProblemOut})
def indicator(request: ApiRequest, plan_id: Key, key: RowKey, asked: Query[VersionAsked]) -> IndicatorOut:
    book = _book(request, plan_id, asked.version)
    for line in book.indicators:
        if line.key == key:
            return _indicator(line, _task_keys(book))
    raise Hidden


@router.get("/plans/{plan_id}/assignments", response={200: Page[AssignmentOut], DECLARED: ProblemOut})
def assignments(request: ApiRequest, plan_id: Key, asked: Query[RowsAsked]) -> Page[AssignmentOut]:
    """Who leads and who helps in each task, as printed and as matched."""
    book = _book(request, plan_id, asked.version)
    pairs = [(line.key, one) for line in book.tasks for one in line.assignments]
    return page_of_list(pairs, asked, lambda pair: _assignment(*pair), lambda pair: pair[1].pk)


def _book(request: ApiRequest, plan_id: int, number: int | None) -> Book:
    """Raises Hidden."""
    return Book(queries.version_of(request.auth.actor, plan_id, number))


def _task_keys(book: Book) -> dict[int, str]:
    return {line.row.pk: line.key for line in book.tasks}


def _plan(line: queries.PlanLine) -> PlanOut:
    return PlanOut(
        id=line.plan.pk,
        jurisdiction_id=line.plan.jurisdiction_id,
        title=line.plan.title,
        version=line.in_force.number if line.in_force else None,
        tasks=line.tasks,
        indicators=line.indicators,
    )


def _version(line: queries.VersionLine) -> VersionOut:
    version = line.version
    return VersionOut(
        id=version.pk,
        number=version.number,
        state=version.state,
        title=str(version),
        reason=version.reason,
        issued_on=version.issued_on,
        first_year=version.first_year,
        last_year=version.last_year,
        tasks=line.tasks,
        indicators=line.indicators,
    )


def _assignment(task: str, one: Assignment) -> AssignmentOut:
    return AssignmentOut(
        id=one.pk,
        task=task,
        role=one.role,
        printed=one.printed,
        unit_id=one.unit_id,
        group_id=one.group_id,
        post=one.post.title if one.post else None,
        units=sorted(bound_units(one)),
    )


def _task(line: TaskLine) -> TaskOut:
    row = line.row
    return TaskOut(
        key=line.key,
        number=row.number,
        title=row.title,
        text=row.text,
        deadline=row.deadline,
        program=row.program.key if row.program else None,
        measures=[measure.title for measure in line.measures],
        indicators=[indicator.key for indicator in line.indicators],
        assignments=[_assignment(line.key, one) for one in line.assignments],
    )


def _indicator(line: IndicatorLine, task_keys: dict[int, str]) -> IndicatorOut:
    row = line.row
    return IndicatorOut(
        key=line.key,
        name=row.name,
        unit_of_measure=row.unit_of_measure,
        strength=row.strength,
        scope=row.scope,
        words=row.words,
        traits=row.traits,
        accrual=row.accrual,
        roll_up=row.roll_up,
        baseline_value=_decimal(row.baseline_value),
        baseline_year=row.baseline_year,
        baseline_words=row.baseline_words,
        tasks=[task_keys[task.pk] for task in line.tasks],
        targets=[_target(target) for target in line.targets],
    )


def _target(target: Target) -> TargetOut:
    return TargetOut(
        unit_id=target.unit_id,
        deadline=target.deadline,
        comparator=target.comparator,
        value=_decimal(target.value),
        upper=_decimal(target.upper),
    )


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
