"""Results of assessment rounds: a program reads what the pages show its seat, and changes nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from ninja import Path, Query

from chuangwen.assessments import access, result_access
from chuangwen.assessments.queries.board import line_of
from chuangwen.assessments.queries.explain import LostLine, explained, lines_of
from chuangwen.cores.errors import Denied
from chuangwen.kit import clock
from chuangwen.plans.rules.measuring import plain

from .frame import ApiRequest, room
from .paging import page_of_query
from .problems import DECLARED
from .result_shapes import LostPointOut, Role, RoundOut, ScoreOut
from .shapes import LARGEST, Page, Paging, ProblemOut

if TYPE_CHECKING:
    from chuangwen.assessments.models import Round, UnitScore

reading = room("assessments:read")
Key = Annotated[int, Path(ge=1, le=LARGEST)]
LOST = "/rounds/{round_id}/scores/{unit_id}/{role}/lost-points"


@reading.get("/rounds", response={200: Page[RoundOut], DECLARED: ProblemOut}, url_name="rounds")
def list_rounds(request: ApiRequest, asked: Query[Paging]) -> Page[RoundOut]:
    """Rounds that the seat knows of."""
    actor = request.auth.actor
    access.require_seen(actor)
    return page_of_query(access.visible_rounds(actor, clock.now()), asked, _round)


@reading.get(
    "/rounds/{round_id}/scores", response={200: Page[ScoreOut], DECLARED: ProblemOut}, url_name="scores"
)
def list_scores(request: ApiRequest, round_id: Key, asked: Query[Paging]) -> Page[ScoreOut]:
    """Scores of a round with their ranges: to units their own while they may reply, all once it is locked."""
    actor, now = request.auth.actor, clock.now()
    found = access.one_round(actor, round_id, now)
    return page_of_query(access.visible_scores(actor, now).filter(round=found), asked, _score)


@reading.get(LOST, response={200: Page[LostPointOut], DECLARED: ProblemOut}, url_name="lost_points")
def list_lost_points(
    request: ApiRequest, round_id: Key, unit_id: Key, role: Role, asked: Query[Paging]
) -> Page[LostPointOut]:
    """Why a score is what it is: every mark below full, the most costly first. `cursor` is a place in it."""
    actor = request.auth.actor
    score = result_access.one_score(actor, round_id, unit_id, role, clock.now())
    if not result_access.explained(actor, score):
        raise Denied
    lost = explained(score).lost
    end = asked.cursor + asked.limit
    lines = lines_of(score.round, lost[asked.cursor : end])
    return Page(items=[_lost(one) for one in lines], next=end if end < len(lost) else None)


def _round(row: Round) -> RoundOut:
    return RoundOut(
        id=row.pk,
        name=row.name,
        state=row.state,
        first_day=row.first_day,
        last_day=row.last_day,
        full_area=row.full_area,
        system_version_id=row.system_version_id,
        method_weights_milli=row.method_weights,
        replies_until=row.replies_until,
        covert_until=row.covert_until,
    )


def _score(row: UnitScore) -> ScoreOut:
    line = line_of(row)
    return ScoreOut(
        unit_id=row.unit_id,
        unit=str(row.unit),
        role=row.role,
        peer_group=row.peer_group,
        score=_decimal(row.final_nano),
        low=_decimal(line.final_low),
        high=_decimal(line.final_high),
        weighted=_of_100(row.known_nano),
        raw=_of_100(row.raw_nano),
        withheld=row.withheld,
        missing_methods=row.missing,
        rank=row.rank,
        rank_first=row.rank_first,
        rank_last=row.rank_last,
        tier=row.tier,
        tied=row.tied,
        drawn=row.drawn,
        visited=row.visited,
        marks=row.marks,
        not_applicable=row.not_applicable,
        coverage=_decimal(row.coverage_nano),
    )


def _lost(line: LostLine) -> LostPointOut:
    mark = line.mark
    return LostPointOut(
        mark_id=mark.pk,
        cost=_points(100 * line.cost_nano),
        worth=_points(mark.nano or 0),
        caps=line.caps,
        standard=line.standard.key,
        standard_number=line.standard.number,
        standard_title=line.standard.title,
        item=line.item.key,
        item_title=line.item.title,
        point_number=line.point.number,
        point_name=line.point.name,
        point_type=line.point.type_code,
        unit_id=line.point.unit_id,
        note=mark.note,
        photos=len(mark.photos.all()),
        visited_at=mark.visit.visited_at,
        objections=[one.state for one in line.objections],
    )


def _points(nano: int) -> str:
    return plain(Decimal(nano).scaleb(-9))


def _decimal(nano: int | None) -> str | None:
    return None if nano is None else _points(nano)


def _of_100(nano: int | None) -> str | None:
    return None if nano is None else _points(100 * nano)
