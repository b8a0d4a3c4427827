"""Who knows of a round, who opens its points, who marks, who sees what came of it.

A round under secret is known to the campaign office, to the round's lead and to its teams alone: not to
units, leaders or administrators. A drawn point is known to the lead and to the team to which it was opened;
to the campaign office once it was marked; to its three owners once they may reply. Scores are for the office
and the lead until units reply, then each owner sees its own, and all of the city once the round is locked.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, PATH_STEP, SEATED, Role, Scope

from .models import Filing, FramePoint, Mark, Objection, Round, TeamMember, UnitScore, Visit
from .rules.states import RoundState, VisitState

Row = TypeVar("Row", bound=Model)
SCOPES = {role: Scope.CITY for role in SEATED if role not in ADMINISTRATORS}
COVERT = "assessments.covert"
COVERT_SCOPES = {Role.CAMPAIGN_OFFICE: Scope.CITY}
ANSWERED = (RoundState.REPLYING, RoundState.LOCKED)
ANSWERERS = frozenset({Role.MANAGER, Role.UNIT_STAFF, Role.COMMUNITY, Role.CAMPAIGN_OFFICE})


def sees_rounds(actor: Actor) -> bool:
    """Whether there may be rounds for the actor; who has no seat, or is an administrator, has none."""
    return not actor.is_system and actor.seat is not None and actor.role not in ADMINISTRATORS


def require_seen(actor: Actor) -> None:
    """Raises Denied."""
    if not sees_rounds(actor):
        raise Denied


def keeps_rounds(actor: Actor) -> bool:
    """Whether the actor plans rounds."""
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def require_keeper(actor: Actor) -> None:
    """Raises Denied."""
    if not keeps_rounds(actor):
        raise Denied


def leads(actor: Actor, found: Round) -> bool:
    return actor.seat is not None and actor.seat.pk == found.lead_id


def _mine(actor: Actor, way: str = "") -> Q:
    """Rounds that the actor leads or marks in; `way` leads to the round."""
    if actor.seat is None:
        return Q(pk__in=())
    teams = TeamMember.objects.filter(seat=actor.seat).values("team__round")
    return Q(**{f"{way}lead": actor.seat}) | Q(**{f"{way}pk__in": teams})


def visible_rounds(actor: Actor, now: datetime) -> QuerySet[Round]:
    known = scopes.within(actor, "assessments", "jurisdiction") & (
        Q(covert_until=None) | Q(covert_until__lte=now)
    )
    found = Round.objects.filter(known | scopes.within(actor, COVERT, "jurisdiction") | _mine(actor))
    return found.select_related("jurisdiction", "system_version__system", "lead__person")


def one_round(actor: Actor, round_id: int, now: datetime) -> Round:
    """Raises Hidden."""
    return _one(visible_rounds(actor, now), round_id)


def round_for_change(actor: Actor, round_id: int, now: datetime) -> Round:
    """Raises Hidden, Denied: the office and the round's lead change it."""
    found = one_round(actor, round_id, now)
    if not (keeps_rounds(actor) or leads(actor, found)):
        raise Denied
    return found


def round_to_open(actor: Actor, round_id: int, now: datetime) -> Round:
    """Raises Hidden, Denied: the lead alone draws, opens points and reveals the seed."""
    found = one_round(actor, round_id, now)
    if not (actor.is_system or leads(actor, found)):
        raise Denied
    return found


def visible_visits(actor: Actor, now: datetime) -> QuerySet[Visit]:
    if actor.is_system:
        return _visits(Q())
    if actor.seat is None:
        return _visits(Q(pk__in=()))
    mine = Q(team__members__seat=actor.seat) | Q(round__lead=actor.seat)
    office = scopes.within(actor, COVERT, "round__jurisdiction") & ~Q(state=VisitState.ASSIGNED)
    return _visits(
        mine | office | (_answered(now, "round__") & Q(state="accepted", second=False) & _owned(actor))
    )


def _visits(what: Q) -> QuerySet[Visit]:
    found = Visit.objects.filter(what).distinct()
    return found.select_related("round", "point__unit", "team", "seat__person")


def _answered(now: datetime, way: str) -> Q:
    open_ = Q(**{f"{way}covert_until": None}) | Q(**{f"{way}covert_until__lte": now})
    return Q(**{f"{way}state__in": ANSWERED}) & open_


def _owned(actor: Actor, way: str = "point__") -> Q:
    """Points of which the actor's unit is one of the three owners, or stands above the territorial one."""
    unit = actor.seat.unit if actor.seat else None
    if unit is None or actor.role in ADMINISTRATORS:
        return Q(pk__in=())
    return (
        Q(**{f"{way}unit__path__startswith": unit.path})
        | Q(**{f"{way}lead_unit": unit})
        | Q(**{f"{way}venue_unit": unit})
    )


def one_visit(actor: Actor, visit_id: int, now: datetime) -> Visit:
    """Raises Hidden."""
    return _one(visible_visits(actor, now), visit_id)


def visit_to_mark(actor: Actor, visit_id: int, now: datetime) -> Visit:
    """Raises Hidden; Denied to who is not of its team, or belongs to an owner of the point."""
    visit = one_visit(actor, visit_id, now)
    if not actor.is_system and not visit.team.members.filter(seat=actor.seat).exists():
        raise Denied
    if actor.seat is not None and concerns(visit.point, actor.seat.unit.path):
        raise Denied
    return visit


def concerns(point: FramePoint, path: str) -> bool:
    """Whether the unit with `path`, or one below it, is an owner of the point. The city's own unit, below
    which all stand, is none.
    """
    if len(path) <= PATH_STEP:
        return False
    owners = (point.unit, point.lead_unit, point.venue_unit)
    return any(owner is not None and owner.path.startswith(path) for owner in owners)


def visit_to_look_at(actor: Actor, visit_id: int, now: datetime) -> Visit:
    """Raises Hidden, Denied: quality control is the lead's and the office's, never of one's own marks."""
    visit = one_visit(actor, visit_id, now)
    if not (keeps_rounds(actor) or leads(actor, visit.round)):
        raise Denied
    if actor.person_id is not None and visit.marked_by_id == actor.person_id:
        raise Denied
    return visit


def visible_marks(actor: Actor, now: datetime) -> QuerySet[Mark]:
    return Mark.objects.filter(visit__in=visible_visits(actor, now).values("pk"))


def mark_to_object(actor: Actor, mark_id: int, now: datetime) -> Mark:
    """Raises Hidden, Denied: staff of an owner of the point object."""
    found = _one(visible_marks(actor, now).select_related("visit__round", "visit__point"), mark_id)
    owned = FramePoint.objects.filter(_owned(actor, ""), pk=found.visit.point_id).exists()
    if not owned or actor.role not in ANSWERERS:
        raise Denied
    return found


def visible_objections(actor: Actor, now: datetime) -> QuerySet[Objection]:
    seen = Objection.objects.filter(mark__in=visible_marks(actor, now).values("pk"))
    return seen.select_related("mark__visit__round", "mark__visit__point", "unit")


def visible_filings(actor: Actor, now: datetime) -> QuerySet[Filing]:
    """Of one's own unit; all of a round to the office and its lead."""
    if actor.is_system:
        return Filing.objects.all()
    if actor.seat is None or actor.role in ADMINISTRATORS:
        return Filing.objects.none()
    office = scopes.within(actor, COVERT, "round__jurisdiction") | Q(round__lead=actor.seat)
    own = Q(unit=actor.seat.unit)
    return Filing.objects.filter(office | own).select_related("round", "unit", "for_unit__unit")


def visible_scores(actor: Actor, now: datetime) -> QuerySet[UnitScore]:
    office = scopes.within(actor, COVERT, "round__jurisdiction") | _mine_led(actor)
    known = scopes.within(actor, "assessments", "round__jurisdiction") & _answered(now, "round__")
    own = Q(unit__path__startswith=actor.seat.unit.path) if actor.seat else Q(pk__in=())
    found = UnitScore.objects.filter(office | (known & (Q(round__state=RoundState.LOCKED) | own)))
    return found.select_related("round", "unit")


def _mine_led(actor: Actor) -> Q:
    return Q(round__lead=actor.seat) if actor.seat is not None else Q(pk__in=())


def _one(rows: QuerySet[Row], number: int) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Hidden
    return row
