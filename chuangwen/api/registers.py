"""Registers: how many members have all that is required, and what each of them has, today."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Query

from chuangwen.kit import clock
from chuangwen.registers import access, queries
from chuangwen.registers.queries import MemberLine, RegisterLine

from .frame import ApiRequest, room
from .paging import page_of_list
from .problems import DECLARED
from .shapes import LARGEST, MarkOut, MemberOut, Page, Paging, ProblemOut, RegisterOut

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
