"""Points: where what is inspected lies, and whom its results concern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Query

from chuangwen.orgs.access import one_unit
from chuangwen.points import queries
from chuangwen.points.queries import Asked
from chuangwen.points.rules.coordinates import shown

from .frame import ApiRequest, room
from .paging import page_of_query
from .problems import DECLARED
from .shapes import Page, PointOut, PointsAsked, ProblemOut

if TYPE_CHECKING:
    from chuangwen.points.models import Point

router = room("points:read")


@router.get("/points", response={200: Page[PointOut], DECLARED: ProblemOut})
def points(request: ApiRequest, asked: Query[PointsAsked]) -> Page[PointOut]:
    actor = request.auth.actor
    rows = queries.asked_points(
        actor,
        Asked(
            type_code=asked.type,
            unit=one_unit(actor, asked.unit) if asked.unit else None,
            owner=one_unit(actor, asked.owner) if asked.owner else None,
            status=asked.status,
        ),
    )
    return page_of_query(rows, asked, _point)


def _point(point: Point) -> PointOut:
    row = queries.row_of(point)
    return PointOut(
        id=row.id,
        number=row.number,
        type=row.type_code,
        name=row.name,
        address=row.address,
        longitude=shown(row.lon_e7) or None,
        latitude=shown(row.lat_e7) or None,
        unit_id=row.unit_id,
        lead_unit_id=row.lead_unit_id,
        venue_unit_id=row.venue_unit_id,
        venue=row.venue,
        hours=list(row.hours),
        status=row.status,
    )
