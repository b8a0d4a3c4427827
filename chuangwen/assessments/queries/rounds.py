"""Rounds in lists, and one round with how far it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import seats_asked, seats_in
from chuangwen.orgs.rules import Role

from .. import access
from ..models import Draw, Round, RoundUnit, Team, Visit
from ..rules.states import ROUND, VISIT, RoundState, VisitState
from .frames import strata

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat, Unit

FURTHEST_LAST = [
    VisitState.CANCELLED,
    VisitState.ASSIGNED,
    VisitState.RETURNED,
    VisitState.MARKED,
    VisitState.ACCEPTED,
]
DONE = (VisitState.MARKED, VisitState.ACCEPTED)


def rounds(actor: Actor, now: datetime) -> QuerySet[Round]:
    """Rounds that the actor knows of, the latest first."""
    return access.visible_rounds(actor, now)


@dataclass(frozen=True)
class May:
    """What the actor may do with the round as it stands."""

    keep: bool  # the office or the lead
    lead: bool
    steps: frozenset[str]


def may(actor: Actor, found: Round) -> May:
    lead = access.leads(actor, found)
    keep = lead or access.keeps_rounds(actor)
    moves = {move for state, move in ROUND if state == found.state}
    field = bool(found.method_weights.get("field"))
    steps = set()
    if keep:
        steps |= moves & {"complete", "cancel"}
        if found.state == RoundState.PLANNED:
            steps |= {"change", "units"} | (set() if field else {"begin"})
        if found.state in (RoundState.PLANNED, RoundState.DRAWN, RoundState.MARKING):
            steps.add("teams")
        if field:
            steps.add("planner")
    if lead and field:
        steps |= moves & {"draw"}
        if found.state in (RoundState.DRAWN, RoundState.MARKING):
            steps.add("open")
    return May(keep, lead, frozenset(steps))


@dataclass(frozen=True)
class UnitProgress:
    """Points of an appraised unit by how far they are. Numbers are None until points are drawn."""

    row: RoundUnit
    drawn: int | None
    opened: int
    done: int
    accepted: int

    @property
    def short(self) -> bool:
        return self.accepted < self.row.points_least


def unit_progress(found: Round) -> list[UnitProgress]:
    """Four queries for any number of units. Counts say nothing of which points they are."""
    draw = Draw.objects.filter(round=found).select_related("round").first()
    drawn: Counter[str] = Counter()
    names: dict[int, str] = {}
    if draw is not None:
        for one in strata(draw):
            drawn[one.unit] += one.drawn
        names = dict(found.frame.values_list("stratum_unit", "stratum_name").distinct())
    states: dict[int, dict[int, str]] = defaultdict(dict)
    visits = Visit.objects.filter(round=found, second=False)
    for unit_id, point_id, state in visits.values_list("point__stratum_unit", "point", "state"):
        best = states[unit_id].get(point_id, "")
        states[unit_id][point_id] = max(best, state, key=_far)
    lines = []
    for row in found.units.select_related("unit"):
        here = list(states[row.unit_id].values())
        lines.append(
            UnitProgress(
                row=row,
                drawn=drawn[names.get(row.unit_id, "")] if draw is not None else None,
                opened=len(here),
                done=sum(state in DONE for state in here),
                accepted=here.count(VisitState.ACCEPTED),
            )
        )
    return lines


def _far(state: str) -> int:
    return FURTHEST_LAST.index(VisitState(state)) if state else -1


@dataclass(frozen=True)
class TeamLine:
    team: Team
    members: list[Seat]
    visits: int
    done: int


def teams(found: Round) -> list[TeamLine]:
    """Teams with their members and how many visits they have. Two queries."""
    real = ~Q(visits__state=VisitState.CANCELLED)
    rows = found.teams.prefetch_related("members__seat__person", "members__seat__unit").annotate(
        given=Count("visits", filter=real, distinct=True),
        finished=Count("visits", filter=Q(visits__state__in=DONE), distinct=True),
    )
    return [TeamLine(one, [row.seat for row in one.members.all()], one.given, one.finished) for one in rows]


def one_team(actor: Actor, team_id: int, now: datetime) -> Team:
    """A team whose round the actor changes. Raises Hidden, Denied."""
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise Hidden
    team.round = access.round_for_change(actor, team.round_id, now)
    return team


def leads_to_choose(actor: Actor, city: Unit, now: datetime) -> list[Seat]:
    """Seats that may lead a round: those of the campaign office."""
    seats = seats_asked(unit=city, seat_id=None, role=Role.CAMPAIGN_OFFICE, day=timezone.localdate(now))
    return list(seats.select_related("unit"))


def seats_to_choose(unit: Unit, now: datetime) -> list[Seat]:
    """Seats of a unit that may be in a team today."""
    return list(seats_in(unit, timezone.localdate(now)).select_related("unit"))


def units_to_choose(actor: Actor, city: Unit) -> list[Unit]:
    """Open units of the city, each before those below it."""
    units = visible_units(actor).filter(path__startswith=city.path, closed_on=None).exclude(pk=city.pk)
    return list(units.select_related("peer_group").order_by("path"))


def visit_moves(state: str) -> set[str]:
    return {move for known, move in VISIT if known == state}
