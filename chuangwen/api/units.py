"""Units, groups and seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ninja import Path, Query

from chuangwen.kit import clock
from chuangwen.orgs import access, queries

from .frame import ApiRequest, room
from .paging import page_of_list, page_of_query
from .problems import DECLARED
from .shapes import LARGEST, GroupOut, Page, Paging, ProblemOut, SeatOut, UnitOut, UnitsAsked

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat, Unit, UnitGroup

router = room("orgs:read")
Key = Annotated[int, Path(ge=1, le=LARGEST)]


@router.get("/units", response={200: Page[UnitOut], DECLARED: ProblemOut})
def units(request: ApiRequest, asked: Query[UnitsAsked]) -> Page[UnitOut]:
    """Units of the seat's jurisdiction, open or closed."""
    return page_of_query(queries.units_like(request.auth.actor, asked.text), asked, _unit)


@router.get("/units/{unit_id}", response={200: UnitOut, DECLARED: ProblemOut})
def unit(request: ApiRequest, unit_id: Key) -> UnitOut:
    return _unit(access.one_unit(request.auth.actor, unit_id))


@router.get("/units/{unit_id}/children", response={200: Page[UnitOut], DECLARED: ProblemOut})
def children(request: ApiRequest, unit_id: Key, asked: Query[Paging]) -> Page[UnitOut]:
    """Units directly below the unit."""
    parent = access.one_unit(request.auth.actor, unit_id)
    return page_of_query(queries.subunits(parent), asked, _unit)


@router.get("/groups", response={200: Page[GroupOut], DECLARED: ProblemOut})
def groups(request: ApiRequest, asked: Query[Paging]) -> Page[GroupOut]:
    return page_of_query(access.visible_groups(request.auth.actor), asked, _group)


@router.get("/groups/{group_id}/members", response={200: Page[UnitOut], DECLARED: ProblemOut})
def members(request: ApiRequest, group_id: Key, asked: Query[Paging]) -> Page[UnitOut]:
    """Who falls under the rule today."""
    group = access.one_group(request.auth.actor, group_id)
    return page_of_list(queries.group_members(group, clock.today()), asked, _unit, lambda unit: unit.pk)


@router.get("/seats", response={200: Page[SeatOut], DECLARED: ProblemOut})
def seats(request: ApiRequest, asked: Query[Paging]) -> Page[SeatOut]:
    """Who sits today in the unit of the token's seat."""
    actor = request.auth.actor
    unit = access.one_unit(actor, actor.unit_id or 0)
    return page_of_query(queries.seats_in(unit, clock.today()), asked, _seat)


def _unit(unit: Unit) -> UnitOut:
    return UnitOut(
        id=unit.pk,
        parent_id=unit.parent_id,
        kind=unit.kind,
        name=unit.name,
        short_name=unit.short_name,
        code=unit.code,
        division_code=unit.division_code,
        opened_on=unit.opened_on,
        closed_on=unit.closed_on,
    )


def _group(group: UnitGroup) -> GroupOut:
    return GroupOut(id=group.pk, name=group.name, other_names=group.other_names, kinds=group.kinds)


def _seat(seat: Seat) -> SeatOut:
    return SeatOut(
        id=seat.pk,
        person=seat.person.name,
        role=seat.role,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
    )
