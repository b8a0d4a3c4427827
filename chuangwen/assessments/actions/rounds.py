"""Rounds: planned, changed, their units and teams, cancelled, completed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.cores.errors import BadInput, Hidden, NotAllowedNow
from chuangwen.cores.worktime import TimeUnit
from chuangwen.desk.queries import calendar_of
from chuangwen.kit import outbox
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import jurisdiction, one_unit, visible_units
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import seats_asked
from chuangwen.standards.access import one_version
from chuangwen.standards.queries import tree

from .. import access
from ..models import Round, RoundUnit, Team, TeamMember, Visit
from ..rules.planning import checked_types, checked_weights
from ..rules.states import ROUND, RoundState, VisitState, next_state
from ..rules.teams import TeamKind
from .told import tell

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat

COMPLETED = "assessments.round_completed"  # topic: rooms and parts that follow subscribe to it
UNDER_WAY = (RoundState.PLANNED, RoundState.DRAWN, RoundState.MARKING)
FIELDS = (
    *("system_version", "lead", "name", "first_day", "last_day", "full_area", "covert_until", "type_codes"),
    *("method_weights", "threshold_milli", "bonus_cap_milli", "penalty_cap_milli", "visits_per_point"),
    *("second_pct", "reply_days", "weighs_milli"),
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a round is: see `models.Round`."""

    system_version_id: int
    lead_seat_id: int
    name: str
    first_day: date
    last_day: date
    method_weights: Mapping[str, int]
    full_area: bool = False
    covert_until: datetime | None = None
    type_codes: Sequence[str] = ()
    threshold_milli: int = 600
    bonus_cap_milli: int = 0
    penalty_cap_milli: int = 0
    visits_per_point: int = 1
    second_pct: int = 0
    reply_days: int = 3
    weighs_milli: int = 1000


@dataclass(frozen=True)
class UnitLine:
    unit_id: int
    points_least: int = 0


@dataclass(frozen=True, kw_only=True)
class TeamFacts:
    name: str
    kind: TeamKind
    seat_ids: Collection[int] = field(default=())


@transaction.atomic
def plan_round(*, actor: Actor, plan: Plan, now: datetime, jurisdiction_id: int | None = None) -> Round:
    """A round of the actor's city (of `jurisdiction_id` for a system).

    Raises Denied; Hidden for a version or a lead that is not there; BadInput: days out of order, weights that
    do not add up, a type that the system does not know, a name that is taken, a version not published.
    """
    access.require_keeper(actor)
    city = jurisdiction(actor) if jurisdiction_id is None else one_unit(actor, jurisdiction_id)
    found = Round(jurisdiction=city)
    _apply(actor, found, plan, now)
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError:
        raise BadInput("assessments.name_taken", name=found.name) from None
    tell(actor, "assessments.round_planned", found, now)
    return found


@transaction.atomic
def change_round(*, actor: Actor, round_id: int, version: int, plan: Plan, now: datetime) -> Round:
    """As long as nothing is drawn. Raises Hidden, Denied, Stale, NotAllowedNow; BadInput as `plan_round`."""
    found = _planned(actor, round_id, version, now)
    _apply(actor, found, plan, now)
    try:
        with transaction.atomic():
            save_if_current(found, version, fields=FIELDS)
    except IntegrityError:
        raise BadInput("assessments.name_taken", name=found.name) from None
    tell(actor, "assessments.round_changed", found, now)
    return found


def _planned(actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    found = access.round_for_change(actor, round_id, now)
    check_current(found, version)
    if found.state != RoundState.PLANNED:
        raise NotAllowedNow("assessments.drawn_already")
    return found


def _apply(actor: Actor, found: Round, plan: Plan, now: datetime) -> None:
    version = one_version(actor, plan.system_version_id)
    if version.number is None:
        raise BadInput("assessments.version_draft")
    if version.system.jurisdiction_id != found.jurisdiction_id:
        raise Hidden
    if not plan.name.strip():
        raise BadInput("assessments.name_missing")
    if plan.last_day < plan.first_day:
        raise BadInput("assessments.days")
    if plan.covert_until is not None and plan.covert_until <= now and plan.covert_until != found.covert_until:
        raise BadInput("assessments.covert_past")
    codes = [one.code for one in tree(version.pk).types]
    found.system_version = version
    found.lead = _seat(found, plan.lead_seat_id, timezone.localdate(now))
    found.name = plan.name.strip()
    found.type_codes = checked_types(plan.type_codes, codes)
    found.method_weights = checked_weights(plan.method_weights)
    for name in FIELDS[3:7] + FIELDS[9:]:
        setattr(found, name, getattr(plan, name))
    if found.threshold_milli > 1000 or found.second_pct > 100 or not 1 <= found.visits_per_point <= 20:
        raise BadInput("assessments.numbers")


def _seat(found: Round, seat_id: int, day: date) -> Seat:
    seat = (
        seats_asked(unit=found.jurisdiction, seat_id=seat_id, role="", day=day).select_related("unit").first()
    )
    if seat is None or not seat.unit.path.startswith(found.jurisdiction.path):
        raise BadInput("assessments.no_such_seat")
    return seat


@transaction.atomic
def set_units(
    *, actor: Actor, round_id: int, version: int, units: Sequence[UnitLine], now: datetime
) -> Round:
    """Who is appraised, each beside the peers that it has today, and how many points it needs at least.

    Raises Hidden, Denied, Stale, NotAllowedNow once drawn; BadInput for the city itself, or a unit that has
    ended.
    """
    found = _planned(actor, round_id, version, now)
    wanted = {one.unit_id: one.points_least for one in units}
    rows = visible_units(actor).filter(
        pk__in=wanted, path__startswith=found.jurisdiction.path, closed_on=None
    )
    there = {one.pk: one for one in rows.exclude(pk=found.jurisdiction_id).select_related("peer_group")}
    if len(there) != len(wanted):
        raise BadInput("assessments.no_such_unit")
    kept = {one.unit_id: one for one in found.units.all()}
    found.units.exclude(unit__in=wanted).delete()
    for unit_id, least in wanted.items():
        row = kept.get(unit_id) or RoundUnit(round=found, unit_id=unit_id)
        group = there[unit_id].peer_group
        row.peer_group, row.points_least = group.name if group else "", least
        row.save()
    save_if_current(found, version, fields=[])
    tell(actor, "assessments.units_set", found, now, count=len(wanted))
    return found


@transaction.atomic
def add_team(*, actor: Actor, round_id: int, version: int, facts: TeamFacts, now: datetime) -> Team:
    """A team of the round. Raises Hidden, Denied, Stale, NotAllowedNow; BadInput for a name that is taken or
    a seat that is not there.
    """
    found = _under_way(actor, round_id, version, now)
    team = Team(round=found)
    _write_team(team, facts, found, now)
    save_if_current(found, version, fields=[])
    tell(actor, "assessments.team_added", found, now, team=team.name)
    return team


@transaction.atomic
def change_team(*, actor: Actor, team_id: int, version: int, facts: TeamFacts, now: datetime) -> Team:
    """`version` is that of its round. Raises as `add_team`."""
    team = _team(team_id)
    found = _under_way(actor, team.round_id, version, now)
    _write_team(team, facts, found, now)
    save_if_current(found, version, fields=[])
    tell(actor, "assessments.team_changed", found, now, team=team.name)
    return team


@transaction.atomic
def remove_team(*, actor: Actor, team_id: int, version: int, now: datetime) -> Round:
    """Raises as `add_team`; NotAllowedNow for one that has visits."""
    team = _team(team_id)
    found = _under_way(actor, team.round_id, version, now)
    if team.visits.exists():
        raise NotAllowedNow("assessments.team_has_visits")
    save_if_current(found, version, fields=[])
    tell(actor, "assessments.team_removed", found, now, team=team.name)
    team.delete()
    return found


def _team(team_id: int) -> Team:
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise Hidden
    return team


def _under_way(actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    found = access.round_for_change(actor, round_id, now)
    check_current(found, version)
    if found.state not in UNDER_WAY:
        raise NotAllowedNow("assessments.not_this_step", state=found.state, move="team")
    return found


def _write_team(team: Team, facts: TeamFacts, found: Round, now: datetime) -> None:
    team.name, team.kind = facts.name.strip(), facts.kind
    others = found.teams.filter(name=team.name).exclude(pk=team.pk)
    if not team.name or others.exists():
        raise BadInput("assessments.team_name", name=team.name)
    day = timezone.localdate(now)
    there = set(team.members.values_list("seat", flat=True)) if team.pk else set()
    seats = [_seat(found, one, day) for one in facts.seat_ids if one not in there]
    team.save()
    team.members.exclude(seat__in=list(facts.seat_ids)).delete()
    TeamMember.objects.bulk_create(TeamMember(team=team, seat=seat) for seat in seats)


@transaction.atomic
def begin_round(*, actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    """Start a round without field visits. Raises Hidden, Denied, Stale; NotAllowedNow for one that needs a
    draw first.
    """
    found = access.round_for_change(actor, round_id, now)
    check_current(found, version)
    if found.state != RoundState.PLANNED or found.method_weights.get("field"):
        raise NotAllowedNow("assessments.draw_first")
    found.state = next_state(ROUND, RoundState(found.state), "open")
    save_if_current(found, version, fields=["state"])
    tell(actor, "assessments.round_begun", found, now)
    return found


@transaction.atomic
def cancel_round(*, actor: Actor, round_id: int, version: int, why: str, now: datetime) -> Round:
    """Give a round up; what was marked stays. Raises Hidden, Denied, Stale, NotAllowedNow, BadInput."""
    found = access.round_for_change(actor, round_id, now)
    check_current(found, version)
    found.state = next_state(ROUND, RoundState(found.state), "cancel")
    if not why.strip():
        raise BadInput("assessments.why_missing")
    save_if_current(found, version, fields=["state"])
    tell(actor, "assessments.round_cancelled", found, now, why=why.strip())
    return found


@transaction.atomic
def complete_round(*, actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    """Marking is over: owners see their findings and may reply, for so many working days of the city.

    Days count from the end of the secret, where that is later. Posts COMPLETED to the outbox. Raises Hidden,
    Denied, Stale; NotAllowedNow: in another state, while visits are open, or while a unit of a full-area
    round lacks points (`units` names them).
    """
    found = access.round_for_change(actor, round_id, now)
    check_current(found, version)
    state = next_state(ROUND, RoundState(found.state), "complete")
    open_visits = found.visits.exclude(state__in=[VisitState.ACCEPTED, VisitState.CANCELLED]).count()
    if open_visits:
        raise NotAllowedNow("assessments.visits_open", count=open_visits)
    if found.full_area:
        lacking = [f"{unit}（{has}/{least}）" for unit, has, least in short_units(found) if has < least]
        if lacking:
            raise NotAllowedNow("assessments.units_short", units="、".join(lacking))
    start = max(now, found.covert_until) if found.covert_until else now
    calendar = calendar_of(found.jurisdiction_id)
    found.state = state
    found.replies_until = calendar.due(start, found.reply_days, TimeUnit.WORKING_DAYS).at
    save_if_current(found, version, fields=["state", "replies_until"])
    tell(actor, "assessments.round_completed", found, now)
    outbox.post_once(COMPLETED, key=f"{COMPLETED}:{found.pk}:{found.version}", round_id=found.pk)
    return found


def short_units(found: Round) -> Iterable[tuple[str, int, int]]:
    """Each appraised unit with how many of its points count by now, and how many it needs. Two queries.

    Points of units below it count as its own.
    """
    accepted = Visit.objects.filter(round=found, state=VisitState.ACCEPTED, second=False)
    paths = list(accepted.values_list("point", "point__unit__path").distinct())
    for row in found.units.select_related("unit"):
        has = sum(path.startswith(row.unit.path) for _point, path in paths)
        yield str(row.unit), has, row.points_least
