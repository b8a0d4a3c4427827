"""Registers and project lists: how they stand today, and what each member or project is."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Query

from chuangwen.kit import clock
from chuangwen.registers import access, queries
from chuangwen.registers.queries import MemberLine, ProjectLine, ProjectListLine, RegisterLine

from .frame import ApiRequest, room
from .paging import page_of_list
from .problems import DECLARED
from .shapes import (
    LARGEST,
    MarkOut,
    MemberOut,
    Page,
    Paging,
    ProblemOut,
    ProjectListOut,
    ProjectOut,
    RegisterOut,
)

router = room("registers:read")
Key = Annotated[int, Path(ge=1, le=LARGEST)]


@router.get("/registers", response={200: Page[RegisterOut], DECLARED: ProblemOut})
def registers(request: ApiRequest, asked: Query[Paging]) -> Page[RegisterOut]:
    lines = queries.register_lines(request.auth.actor, clock.today())
    return page_of_list(lines, asked, _register, lambda line: line.register.pk)


@router.get("/registers/{register_id}/members", response={200: Page[MemberOut], DECLARED: ProblemOut})
def register_members(request: ApiRequest, register_id: Key, asked: Query[Paging]) -> Page[MemberOut]:
    """Members that are open today, with what was said of each thing asked."""
    book = queries.book(access.one_register(request.auth.actor, register_id), clock.today())
    lines = map(book.line, book.coverage.standings)
    return page_of_list(lines, asked, _member, lambda line: line.member.pk)


@router.get("/project-lists", response={200: Page[ProjectListOut], DECLARED: ProblemOut})
def project_lists(request: ApiRequest, asked: Query[Paging]) -> Page[ProjectListOut]:
    lines = queries.project_list_lines(request.auth.actor, clock.today())
    return page_of_list(lines, asked, _project_list, lambda line: line.list.pk)


@router.get("/project-lists/{list_id}/projects", response={200: Page[ProjectOut], DECLARED: ProblemOut})
def projects(request: ApiRequest, list_id: Key, asked: Query[Paging]) -> Page[ProjectOut]:
    """Its projects today, by the place where they lie."""
    found = access.one_project_list(request.auth.actor, list_id)
    book = queries.project_book(found, clock.today())
    return page_of_list(book.lines(found.jurisdiction.path), asked, _project, lambda line: line.project.pk)


def _project_list(line: ProjectListLine) -> ProjectListOut:
    one, tally = line.list, line.tally
    return ProjectListOut(
        id=one.pk,
        jurisdiction_id=one.jurisdiction_id,
        name=one.name,
        noun=one.noun,
        keeper_id=one.keeper_id,
        announced=one.announced,
        planned=tally.planned,
        under_way=tally.under_way,
        done=tally.done,
        unnamed=tally.unnamed,
    )


def _project(line: ProjectLine) -> ProjectOut:
    one = line.project
    return ProjectOut(
        id=one.pk,
        name=one.name,
        unit_id=one.unit_id,
        state=line.state,
        late=line.lamp == "late",
        planned_on=one.planned_on,
        started_on=one.started_on,
        done_on=one.done_on,
        measure_name=one.measure_name,
        measure_unit=one.measure_unit,
        before=one.before,
        after=one.after,
    )


def _register(line: RegisterLine) -> RegisterOut:
    one, found = line.register, line.coverage
    return RegisterOut(
        id=one.pk,
        jurisdiction_id=one.jurisdiction_id,
        name=one.name,
        noun=one.noun,
        keeper_id=one.keeper_id,
        announced=one.announced,
        members=found.members,
        covered=None if found.no_number else found.covered,
        lacking=found.lacking,
        unknown=found.unknown,
        as_of=found.as_of,
    )


def _member(line: MemberLine) -> MemberOut:
    one = line.member
    return MemberOut(
        id=one.pk,
        name=one.name,
        unit_id=one.unit_id,
        code=one.code,
        opened_on=one.opened_on,
        closed_on=one.closed_on,
        covered=line.standing.covered,
        marks=[
            MarkOut(
                column=cell.column.name,
                required=cell.column.required,
                state=cell.state,
                since=cell.mark.since if cell.mark else None,
                as_of=cell.mark.as_of if cell.mark else None,
            )
            for cell in line.cells
        ],
    )
