"""Who may see and change what comes after the visits: scores, part scores, objections, filings, the cycle."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, PATH_STEP, Role

from . import access
from .models import (
    Adjustment,
    Cycle,
    Filing,
    FramePoint,
    LostPoint,
    Mark,
    Objection,
    ObjectionFile,
    OfficialResult,
    PartScore,
    Round,
    TeamMember,
    UnitScore,
)

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

ANSWERERS = access.ANSWERERS


def one_score(actor: Actor, round_id: int, unit_id: int, role: str, now: datetime) -> UnitScore:
    """Raises Hidden."""
    rows = access.visible_scores(actor, now).filter(round=round_id, unit=unit_id, role=role)
    found = rows.select_related("round__system_version__system", "unit").first()
    if found is None:
        raise Hidden
    return found


def explained(actor: Actor, score: UnitScore) -> bool:
    """Whether the actor sees each lost point of it: the office, the lead, the owner and who stands above."""
    if actor.is_system or access.keeps_rounds(actor) or access.leads(actor, score.round):
        return True
    if actor.seat is None or actor.role in ADMINISTRATORS:
        return False
    own = actor.seat.unit.path
    return score.unit.path.startswith(own) and (len(own) > PATH_STEP or score.unit.path == own)


def one_part(actor: Actor, part_id: int, now: datetime) -> PartScore:
    """Raises Hidden, Denied: who changes the round changes its part scores."""
    found = (
        PartScore.objects.select_related("round_unit__round", "round_unit__unit").filter(pk=part_id).first()
    )
    if found is None:
        raise Hidden
    access.round_for_change(actor, found.round_unit.round_id, now)
    return found


def one_adjustment(actor: Actor, adjustment_id: int, now: datetime) -> Adjustment:
    """Raises Hidden, Denied."""
    rows = Adjustment.objects.select_related("round_unit__round", "round_unit__unit")
    found = rows.filter(pk=adjustment_id).first()
    if found is None:
        raise Hidden
    access.round_for_change(actor, found.round_unit.round_id, now)
    return found


def replier(actor: Actor, round_id: int, now: datetime) -> tuple[Round, Unit]:
    """The round and the actor's unit, for which it replies.

    Raises Hidden; Denied to who is no owner's staff.
    """
    found = access.one_round(actor, round_id, now)
    if actor.seat is None or actor.role not in ANSWERERS:
        raise Denied
    if not access.visible_visits(actor, now).filter(owned_by(actor.seat.unit), round=found).exists():
        raise Denied
    return found, actor.seat.unit


def owned_by(unit: Unit, way: str = "point__") -> Q:
    """Points of which the unit is an owner: what lies in it or below, what it leads, itself."""
    first, end = unit.path, f"{unit.path}g"
    return (
        Q(**{f"{way}unit__path__gte": first, f"{way}unit__path__lt": end})
        | Q(**{f"{way}lead_unit": unit})
        | Q(**{f"{way}venue_unit": unit})
    )


def _decides(actor: Actor) -> Q:
    """Objections of rounds that the actor leads or marks in."""
    if actor.seat is None:
        return Q(pk__in=())
    teams = TeamMember.objects.filter(seat=actor.seat).values("team__round")
    return Q(mark__visit__round__lead=actor.seat) | Q(mark__visit__round__in=teams)


def seen_objections(actor: Actor, now: datetime) -> QuerySet[Objection]:
    """Those of one's own unit; to the office, the lead and the teams of the round all."""
    known = access.visible_rounds(actor, now)
    if actor.is_system:
        rows = Objection.objects.all()
    elif actor.seat is None or actor.role in ADMINISTRATORS:
        rows = Objection.objects.none()
    else:
        own = Q(unit__path__gte=actor.seat.unit.path, unit__path__lt=f"{actor.seat.unit.path}g")
        office = scopes.within(actor, access.COVERT, "mark__visit__round__jurisdiction")
        rows = Objection.objects.filter(own | office | _decides(actor))
    return rows.filter(mark__visit__round__in=known.values("pk")).select_related(
        "mark__visit__round__system_version",
        "mark__visit__point__unit",
        "mark__visit__point__lead_unit",
        "mark__visit__point__venue_unit",
        "mark__visit__marked_by",
        "mark__visit__team",
        "unit",
        "by",
        "decided_by",
    )


def one_objection(actor: Actor, objection_id: int, now: datetime) -> Objection:
    """Raises Hidden."""
    found = seen_objections(actor, now).filter(pk=objection_id).first()
    if found is None:
        raise Hidden
    return found


def may_decide(actor: Actor, objection: Objection) -> bool:
    """A second marker: of the round's teams, or its lead; neither who marked nor of an owner of the point."""
    if actor.seat is None:
        return actor.is_system
    visit = objection.mark.visit
    if not (
        access.leads(actor, visit.round)
        or TeamMember.objects.filter(seat=actor.seat, team__round=visit.round_id).exists()
    ):
        return False
    return visit.marked_by_id != actor.person_id and not access.concerns(visit.point, actor.seat.unit.path)


def objection_to_decide(actor: Actor, objection_id: int, now: datetime) -> Objection:
    """Raises Hidden, Denied."""
    found = one_objection(actor, objection_id, now)
    if not may_decide(actor, found):
        raise Denied
    return found


def objection_to_withdraw(actor: Actor, objection_id: int, now: datetime) -> Objection:
    """Raises Hidden, Denied: the unit that objected."""
    found = one_objection(actor, objection_id, now)
    if actor.unit_id != found.unit_id or actor.role not in ANSWERERS:
        raise Denied
    return found


def objection_file(actor: Actor, file_id: int, now: datetime) -> ObjectionFile:
    """Raises Hidden."""
    objections = seen_objections(actor, now).values("pk")
    found = ObjectionFile.objects.filter(pk=file_id, objection__in=objections).first()
    if found is None:
        raise Hidden
    return found


def marks_of_unit(actor: Actor, found: Round, unit: Unit, now: datetime) -> QuerySet[Mark]:
    """Accepted marks on points of the unit that the actor may see."""
    visits = access.visible_visits(actor, now).filter(
        owned_by(unit), round=found, second=False, state="accepted"
    )
    return Mark.objects.filter(visit__in=visits.values("pk"))


def points_of_unit(found: Round, unit: Unit) -> QuerySet[FramePoint]:
    return FramePoint.objects.filter(owned_by(unit, ""), round=found)


def one_filing(actor: Actor, filing_id: int, now: datetime) -> Filing:
    """Raises Hidden."""
    rows = access.visible_filings(actor, now).filter(
        round__in=access.visible_rounds(actor, now).values("pk"), pk=filing_id
    )
    found = rows.select_related("round__system_version", "unit", "for_unit__unit").first()
    if found is None:
        raise Hidden
    return found


def filing_to_fill(actor: Actor, filing_id: int, now: datetime) -> Filing:
    """Raises Hidden, Denied: staff of the unit that was asked."""
    found = one_filing(actor, filing_id, now)
    if actor.unit_id != found.unit_id or actor.role not in ANSWERERS:
        raise Denied
    return found


def filing_to_review(actor: Actor, filing_id: int, now: datetime) -> Filing:
    """Raises Hidden, Denied: the office or the lead; not of the unit that filed, nor who filed."""
    found = one_filing(actor, filing_id, now)
    if not (access.keeps_rounds(actor) or access.leads(actor, found.round)):
        raise Denied
    if actor.person_id is not None and (
        actor.person_id == found.filed_by_id or actor.unit_id == found.unit_id
    ):
        raise Denied
    return found


def visible_cycles(actor: Actor) -> QuerySet[Cycle]:
    return Cycle.objects.filter(scopes.within(actor, "assessments", "jurisdiction")).select_related(
        "jurisdiction"
    )


def one_cycle(actor: Actor, cycle_id: int) -> Cycle:
    """Raises Hidden."""
    found = visible_cycles(actor).filter(pk=cycle_id).first()
    if found is None:
        raise Hidden
    return found


def cycle_for_change(actor: Actor, cycle_id: int) -> Cycle:
    """Raises Hidden, Denied."""
    found = one_cycle(actor, cycle_id)
    access.require_keeper(actor)
    return found


def one_official(actor: Actor, result_id: int) -> OfficialResult:
    """Raises Hidden."""
    rows = OfficialResult.objects.filter(cycle__in=visible_cycles(actor).values("pk"), pk=result_id)
    found = rows.select_related("cycle", "unit").first()
    if found is None:
        raise Hidden
    return found


def official_for_change(actor: Actor, result_id: int) -> OfficialResult:
    """Raises Hidden, Denied."""
    found = one_official(actor, result_id)
    access.require_keeper(actor)
    return found


def visible_lost(actor: Actor) -> QuerySet[LostPoint]:
    """To the office and leaders all of the city; to a unit its own."""
    rows = LostPoint.objects.filter(result__cycle__in=visible_cycles(actor).values("pk"))
    rows = rows.select_related("result__cycle", "unit", "decided_by")
    if actor.is_system or actor.role in {Role.CAMPAIGN_OFFICE, Role.LEADER, Role.WORK_GROUP}:
        return rows
    return rows.filter(unit=actor.unit_id) if actor.unit_id else rows.none()


def one_lost(actor: Actor, lost_id: int) -> LostPoint:
    """Raises Hidden."""
    found = visible_lost(actor).filter(pk=lost_id).first()
    if found is None:
        raise Hidden
    return found


def lost_to_reply(actor: Actor, lost_id: int) -> LostPoint:
    """Raises Hidden, Denied: staff of the unit that it is laid to."""
    found = one_lost(actor, lost_id)
    if found.unit_id is None or actor.unit_id != found.unit_id or actor.role not in ANSWERERS:
        raise Denied
    return found


def lost_to_decide(actor: Actor, lost_id: int) -> LostPoint:
    """Raises Hidden, Denied: the campaign office, but not on what is laid to itself."""
    found = one_lost(actor, lost_id)
    access.require_keeper(actor)
    if found.unit_id is not None and found.unit_id == actor.unit_id:
        raise Denied
    return found
