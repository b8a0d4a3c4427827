"""Visits of assessment rounds: a program of a team reads its own, and hands in what was found."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Path, Query

from chuangwen.assessments import access, actions, queries
from chuangwen.assessments.actions import Given
from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock

from .frame import ApiRequest, room
from .paging import page_of_query
from .problems import DECLARED, DECLARED_OF_WRITES
from .shapes import LARGEST, Page, Paging, ProblemOut
from .visit_shapes import ItemToMarkOut, MarkIn, VisitIn, VisitLineOut, VisitOut

if TYPE_CHECKING:
    from chuangwen.assessments.models import Visit

reading, writing = room("assessments:read"), room("assessments:write")
Key = Annotated[int, Path(ge=1, le=LARGEST)]


@reading.get("/visits", response={200: Page[VisitLineOut], DECLARED: ProblemOut}, url_name="visits")
def list_visits(request: ApiRequest, asked: Query[Paging]) -> Page[VisitLineOut]:
    """Visits that were opened to the teams of the seat, in rounds that are being marked."""
    access.require_seen(request.auth.actor)
    rows = queries.my_visits(request.auth.actor, clock.now())
    return page_of_query(rows, asked, lambda row: VisitLineOut(**_head(row)))


@reading.get("/visits/{visit_id}", response={200: VisitOut, DECLARED: ProblemOut})
def visit(request: ApiRequest, visit_id: Key) -> VisitOut:
    """One of them, with every item of its point."""
    return _visit(access.visit_to_mark(request.auth.actor, visit_id, clock.now()))


@writing.post("/visits/{visit_id}/marks", response={200: VisitOut, DECLARED_OF_WRITES: ProblemOut})
def hand_in_visit(request: ApiRequest, visit_id: Key, body: VisitIn) -> VisitOut:
    """Hand in what was found of every item of the point."""
    actor, now = request.auth.actor, clock.now()
    access.visit_to_mark(actor, visit_id, now)
    marks = {one.item: Given(one.data, one.note, _photos(one)) for one in body.marks}
    if len(marks) < len(body.marks):
        raise BadInput("assessments.item_twice", field="marks")
    actions.mark_visit(
        actor=actor,
        visit_id=visit_id,
        version=body.version,
        visited_at=body.visited_at,
        remark=body.remark,
        marks=marks,
        now=now,
    )
    return _visit(access.visit_to_mark(actor, visit_id, now))


def _photos(mark: MarkIn) -> list[tuple[str, bytes]]:
    try:
        return [(one.name, b64decode(one.data, validate=True)) for one in mark.photos]
    except Error:
        raise BadInput("photos.damaged", field=mark.item) from None


def _head(row: Visit) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "round_id": row.round_id,
        "round": row.round.name,
        "state": row.state,
        "point_number": row.point.number,
        "point_name": row.point.name,
        "point_type": row.point.type_code,
        "unit_id": row.point.unit_id,
        "turn": row.turn,
        "slot_from": row.slot_from,
        "slot_until": row.slot_until,
        "visited_at": row.visited_at,
        "remark": row.remark,
    }


def _visit(row: Visit) -> VisitOut:
    items = [
        ItemToMarkOut(
            item=line.item.key,
            number=line.item.number,
            title=line.item.title,
            kind=line.item.kind,
            rule=dict(line.item.marking.data),
            critical=line.item.critical,
            photos_least=line.item.photos_least,
            requires_reason=line.item.requires_reason,
            data=line.mark.data if line.mark else None,
            note=line.mark.note if line.mark else "",
            photos=len(line.photos),
        )
        for line in queries.item_lines(row)
    ]
    return VisitOut(**_head(row), items=items)
