"""A small round for tests: two districts, twelve points of two types, a draw, two teams, marks.

Rows are written as they stand after each step, without actions and audit, so that what comes after is
tested alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from chuangwen.cores.scoring import draw as drawing
from chuangwen.cores.scoring.kinds import Rated, parse_mark, rate
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role, UnitKind
from chuangwen.orgs.testing import Cast, make_unit, seat
from chuangwen.points.testing import make_points
from chuangwen.standards.queries import tree
from chuangwen.standards.testing import Published, make_system

from .models import Draw, FramePoint, Mark, Round, RoundUnit, Team, TeamMember, Visit
from .rules.sealing import seal
from .rules.states import RoundState, VisitState
from .rules.teams import TeamKind

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat, Unit
    from chuangwen.points.models import Point

NOW = datetime(2022, 4, 11, 1, tzinfo=UTC)  # a Monday, nine in the morning
FIRST_DAY, LAST_DAY = date(2022, 4, 11), date(2022, 4, 22)
SEED = "00" * 31 + "01"
PASSPHRASE = "云浦四月测评的口令一二三"  # noqa: S105 - of tests
DESIGN = drawing.Design(allocation="proportional", size=4, least=2)
CHEAP = 2**4  # cost of scrypt
MET: Mapping[str, Any] = {"met": True}
NOT_MET: Mapping[str, Any] = {"met": False}
NA: Mapping[str, Any] = {"na": "正在施工，无此项"}


@dataclass(frozen=True)
class SmallRound:
    """`units` by name; `marker` is of `team`, `second_marker` of `second_team`; `lead` opens points."""

    round: Round
    published: Published
    units: dict[str, RoundUnit]
    team: Team
    second_team: Team
    lead: Actor
    marker: Actor
    second_marker: Actor
    points: list[Point]


@transaction.atomic
def make_round(cast: Cast, *, name: str = "4月模拟测评", **facts: Any) -> SmallRound:
    """Planned: 东浦区 and 云河区 in the peer group 城区.

    In each are three roads and three markets, which 市城管局 leads.
    """
    published = make_system(cast, name=f"{name}体系")
    lead = seat(f"lead-{name}", "章测", cast.office_unit, Role.CAMPAIGN_OFFICE)
    values = {"method_weights": {"field": 700, "material": 300}, "first_day": FIRST_DAY, "last_day": LAST_DAY}
    found = Round.objects.create(
        jurisdiction=cast.city,
        system_version=published.version,
        lead=_seat(lead),
        name=name,
        **{**values, **facts},
    )
    units = {
        unit.name: RoundUnit.objects.create(round=found, unit=unit, peer_group="城区", points_least=2)
        for unit in (cast.east, cast.river)
    }
    home = make_unit(cast.city, f"云浦市调查队{found.pk}", kind=UnitKind.DEPARTMENT)
    team, marker = _team(found, home, "一组", "甲")
    second_team, second_marker = _team(found, home, "二组", "乙")
    points = [
        point
        for unit in (cast.east, cast.river)
        for code in ("ZGD", "JMSC")
        for point in make_points(cast, 3, type_code=code, unit=unit)
    ]
    return SmallRound(found, published, units, team, second_team, lead, marker, second_marker, points)


def _seat(actor: Actor) -> Seat:
    if actor.seat is None:
        raise ValueError("Without a seat nobody acts.")
    return actor.seat


def _team(found: Round, home: Unit, name: str, person: str) -> tuple[Team, Actor]:
    team = Team.objects.create(round=found, name=name, kind=TeamKind.SURVEY)
    actor = seat(f"marker-{found.name}-{name}", f"调查员{person}", home, Role.UNIT_STAFF)
    TeamMember.objects.create(team=team, seat=_seat(actor))
    return team, actor


@transaction.atomic
def make_draw(small: SmallRound) -> Draw:
    """The frame of all points, frozen; DESIGN draws four of six points in each district. SEED is sealed
    under PASSPHRASE.
    """
    units = {one.unit_id: one.unit for one in small.units.values()}
    FramePoint.objects.bulk_create(
        FramePoint(
            round=small.round,
            point=point,
            number=point.number,
            name=point.name,
            type_code=point.type.code,
            unit=point.unit,
            stratum_unit=units[point.unit_id],
            stratum_name=str(units[point.unit_id]),
            lead_unit=point.lead_unit,
        )
        for point in small.points
    )
    frame = [
        drawing.FramePoint(number=one.number, unit=one.stratum_name, type=one.type_code, name=one.name)
        for one in small.round.frame.all()
    ]
    drawn = drawing.redraw(frame, DESIGN, SEED)
    _state(small, RoundState.DRAWN)
    return Draw.objects.create(
        round=small.round,
        design=DESIGN.data(),
        frame_sha256=drawn.frame_sha256,
        seed_sha256=drawn.seed_sha256,
        sealed=seal(SEED, PASSPHRASE, cost=CHEAP),
        drawn_at=NOW,
    )


@transaction.atomic
def make_visits(
    small: SmallRound,
    found: Callable[[FramePoint, str], Mapping[str, Any]] = lambda point, item: MET,
    *,
    state: VisitState = VisitState.ACCEPTED,
    second: bool = False,
) -> list[Visit]:
    """A visit of each drawn point, marked unless `state` is assigned; `found(point, item key)` is the mark.

    `second`: the second team's. The draw is made where there is none yet.
    """
    plan = getattr(small.round, "draw", None) or make_draw(small)
    frame = {one.number: one for one in small.round.frame.all()}
    rows = [
        drawing.FramePoint(number=one.number, unit=one.stratum_name, type=one.type_code, name=one.name)
        for one in frame.values()
    ]
    system = tree(small.published.version.pk)
    types = {one.code: one.id for one in system.types}
    by = small.second_marker if second else small.marker
    marked = state != VisitState.ASSIGNED
    visits = []
    for one in drawing.redraw(rows, drawing.Design(**plan.design), SEED, plan.beacon).points:
        point = frame[one.number]
        visit = Visit.objects.create(
            round=small.round,
            point=point,
            team=small.second_team if second else small.team,
            second=second,
            stratum=one.stratum,
            weight_micro=one.weight_micro,
            state=state,
            visited_at=NOW if marked else None,
            marked_at=NOW if marked else None,
            marked_by=by.person if marked else None,
        )
        visits.append(visit)
        if marked:
            Mark.objects.bulk_create(
                _mark(visit, item.key, item.marking, found(point, item.key))
                for item in system.checklist(types[point.type_code])
            )
    _state(small, RoundState.MARKING)
    return visits


def _mark(visit: Visit, item: str, rule: Any, data: Mapping[str, Any]) -> Mark:
    mark = parse_mark(rule, data)
    outcome = rate(rule, mark)
    return Mark(
        visit=visit,
        item=item,
        data=dict(mark.data),
        nano=outcome.nano if isinstance(outcome, Rated) else None,
        reason="" if isinstance(outcome, Rated) else outcome.reason,
    )


def _state(small: SmallRound, state: RoundState) -> None:
    small.round.state = state
    Round.objects.filter(pk=small.round.pk).update(state=state)
