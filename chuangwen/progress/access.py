"""Who sees and writes what of the progress.

How the city stands is for everybody who sees its plans. What one unit reported is for the office, the
leaders and work groups, the unit itself, the manager of a unit above, and the unit that leads the task;
not for observers and external supervisors. A unit writes its own report; the lead unit reviews what its
members hand in; the campaign office sets the rhythm, confirms and returns, corrects, and grants a late
report.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, SEATED, Role, Scope
from chuangwen.plans.queries import leads_task, versions_in_force

from .models import (
    Beat,
    Course,
    Evidence,
    Following,
    Milestone,
    Period,
    ReportItem,
    StageGate,
    UnitReport,
    Value,
)
from .rules.states import HANDED_IN, Part, Progress

Row = TypeVar("Row", bound=Model)

SCOPES = {role: Scope.CITY for role in SEATED if role not in ADMINISTRATORS}
UNITS = "progress.units"
READERS = (Role.CAMPAIGN_OFFICE, Role.LEADER, Role.SECRETARY, Role.WORK_GROUP, Role.INSPECTOR, Role.REVIEWER)
UNIT_SCOPES = {
    **dict.fromkeys(READERS, Scope.CITY),
    Role.MANAGER: Scope.SUBTREE,
    Role.UNIT_STAFF: Scope.UNIT,
    Role.COMMUNITY: Scope.UNIT,
}
READS_INTERNAL = frozenset({Role.CAMPAIGN_OFFICE, Role.LEADER, Role.SECRETARY})
REPORTERS = {
    Role.MANAGER,
    Role.UNIT_STAFF,
    Role.COMMUNITY,
    Role.CAMPAIGN_OFFICE,
    Role.WORK_GROUP,
    Role.SECRETARY,
}


def sees_progress(actor: Actor) -> bool:
    return scopes.sees(actor, "progress")


def keeps_progress(actor: Actor) -> bool:
    """Whether the actor sets the rhythm, confirms, returns and corrects."""
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def decides(actor: Actor) -> bool:
    """Whether the actor says that a stage is reached: leaders and the campaign office, in person."""
    return actor.role in {Role.CAMPAIGN_OFFICE, Role.LEADER}


def require_keeper(actor: Actor) -> None:
    """Raises Denied."""
    if not keeps_progress(actor):
        raise Denied


def visible_followings(actor: Actor) -> QuerySet[Following]:
    plans = versions_in_force(actor).order_by().values("plan")
    found = (
        Following.objects.filter(plan__in=plans)
        if sees_progress(actor) or actor.is_system
        else Following.objects.none()
    )
    return found.select_related("plan__jurisdiction", "plan_version")


def following_of(actor: Actor, plan_id: int) -> Following:
    """How a plan is followed. Raises Hidden."""
    found = visible_followings(actor).filter(plan=plan_id).first()
    if found is None:
        raise Hidden
    return found


def following_for_change(actor: Actor, plan_id: int) -> Following:
    """Raises Hidden, Denied."""
    found = following_of(actor, plan_id)
    require_keeper(actor)
    return found


def beat_for_change(actor: Actor, beat_id: int) -> Beat:
    """Raises Hidden, Denied."""
    beat = _one(
        Beat.objects.filter(following__in=visible_followings(actor)).select_related("following"), beat_id
    )
    require_keeper(actor)
    return beat


def sees_turns(actor: Actor, beat: Beat) -> bool:
    """Whether what the beat brings out is for the actor: its audience, and the office."""
    return keeps_progress(actor) or actor.role in beat.audience


def course_for_change(actor: Actor, course_id: int) -> Course:
    """Raises Hidden, Denied."""
    seen = Course.objects.filter(following__in=visible_followings(actor))
    course = _one(seen.select_related("following__plan_version", "indicator"), course_id)
    require_keeper(actor)
    return course


def visible_periods(actor: Actor) -> QuerySet[Period]:
    return Period.objects.filter(beat__following__in=visible_followings(actor)).select_related(
        "beat__following"
    )


def one_period(actor: Actor, period_id: int) -> Period:
    """Raises Hidden."""
    return _one(visible_periods(actor), period_id)


def visible_reports(actor: Actor) -> QuerySet[UnitReport]:
    """Reports of the units that the actor reaches, of every city for a system."""
    reports = UnitReport.objects.filter(scopes.within(actor, UNITS, "unit"))
    return reports.select_related(
        "unit", "period__beat__following__plan_version", "period__beat__following__plan"
    )


def one_report(actor: Actor, report_id: int) -> UnitReport:
    """Raises Hidden."""
    return _one(visible_reports(actor), report_id)


def reports_for(actor: Actor, unit_id: int) -> bool:
    """Whether the actor fills in reports of the unit."""
    return actor.is_system or (actor.unit_id == unit_id and actor.role in REPORTERS)


def sees_reports(actor: Actor) -> bool:
    """Whether reports of any unit are for the actor."""
    return scopes.sees(actor, UNITS)


def has_reports(actor: Actor) -> bool:
    """Whether reports are asked of the actor's seat."""
    return actor.role in REPORTERS


def report_for_change(actor: Actor, report_id: int) -> UnitReport:
    """Raises Hidden, Denied."""
    report = one_report(actor, report_id)
    if not reports_for(actor, report.unit_id):
        raise Denied
    return report


def visible_items(actor: Actor) -> QuerySet[ReportItem]:
    """Items of visible reports, what members hand in to tasks that the actor's unit leads, and what is stuck
    where the actor's unit is named as the one that must help.
    """
    seen = scopes.within(actor, UNITS, "report__unit")
    if actor.unit_id is not None and scopes.sees(actor, UNITS):
        seen |= _led_by(actor) | Q(helper=actor.unit_id, progress=Progress.STUCK, state__in=HANDED_IN)
    return ReportItem.objects.filter(seen).select_related(
        "report__period__beat__following__plan_version",
        "report__period__beat__following__plan",
        "report__unit",
        "task",
        "helper",
        "author",
    )


def _led_by(actor: Actor) -> Q:
    """Items of tasks that the actor's unit leads in the period."""
    led = ReportItem.objects.filter(
        part=Part.LEAD,
        task=OuterRef("task"),
        report__period=OuterRef("report__period"),
        report__unit=actor.unit_id,
    )
    return Q(Exists(led))


def one_item(actor: Actor, item_id: int) -> ReportItem:
    """Raises Hidden."""
    return _one(visible_items(actor), item_id)


def item_for_change(actor: Actor, item_id: int) -> ReportItem:
    """An item of the actor's own unit. Raises Hidden, Denied."""
    item = one_item(actor, item_id)
    if not reports_for(actor, item.report.unit_id):
        raise Denied
    return item


def may_review(actor: Actor, item: ReportItem) -> bool:
    """Whether the actor's unit leads the task of a member's item."""
    if item.part == Part.LEAD or actor.role not in REPORTERS:
        return False
    led = ReportItem.objects.filter(task=item.task_id, part=Part.LEAD, report__period=item.report.period_id)
    return led.filter(report__unit=actor.unit_id).exists()


def item_to_review(actor: Actor, item_id: int) -> ReportItem:
    """Raises Hidden, Denied."""
    item = one_item(actor, item_id)
    if not (actor.is_system or may_review(actor, item)):
        raise Denied
    return item


def item_to_return(actor: Actor, item_id: int) -> ReportItem:
    """What the lead unit reviews and the office confirms, either may return. Raises Hidden, Denied."""
    item = one_item(actor, item_id)
    if not (keeps_progress(actor) or may_review(actor, item)):
        raise Denied
    return item


def visible_values(actor: Actor) -> QuerySet[Value]:
    """City values of what the actor's plans hold, and values of the units in reach."""
    plans = visible_followings(actor).order_by().values("plan")
    values = Value.objects.filter(indicator__plan__in=plans)
    return values.filter(Q(unit__parent=None) | scopes.within(actor, UNITS, "unit"))


def one_value(actor: Actor, value_id: int) -> Value:
    """Raises Hidden."""
    return _one(visible_values(actor).select_related("indicator", "unit"), value_id)


def value_for_change(actor: Actor, value_id: int) -> Value:
    """A value to be corrected by the office. Raises Hidden, Denied."""
    value = one_value(actor, value_id)
    require_keeper(actor)
    return value


def sees_unit(actor: Actor, unit_id: int) -> bool:
    """Whether values and reports of the unit are for the actor."""
    return scopes.units_in_scope(actor, UNITS).filter(pk=unit_id).exists()


def names_units(actor: Actor) -> bool:
    """Whether a judgement on the city may name single units to the actor; others are told how many."""
    return actor.is_system or scopes.scope_of(actor.role, UNITS) == Scope.CITY


def has_unit_page(actor: Actor) -> bool:
    """Whether the actor looks after one unit: its page is then the actor's own."""
    return scopes.scope_of(actor.role, UNITS) in {Scope.UNIT, Scope.SUBTREE}


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """Files of visible items. Those for internal use are for the unit that gave them and what stands below
    it, for the lead unit of the task, for the campaign office, and for leaders.
    """
    seen = Evidence.objects.filter(item__in=visible_items(actor)).select_related("item__report")
    if actor.is_system or actor.role in READS_INTERNAL:
        return seen
    own = Q(item__report__unit__path__startswith=actor.seat.unit.path) if actor.seat else Q(pk__in=())
    return seen.filter(
        Q(confidentiality="open") | own | Q(item__in=ReportItem.objects.filter(_led_by(actor)))
    )


def one_evidence(actor: Actor, evidence_id: int) -> Evidence:
    """Raises Hidden."""
    return _one(visible_evidence(actor), evidence_id)


def leads(actor: Actor, task_id: int, following: Following) -> bool:
    """Whether the actor's unit leads the task in the version that is followed."""
    return actor.role in REPORTERS and leads_task(following.plan_version, task_id, actor.unit_id or 0)


def visible_milestones(actor: Actor) -> QuerySet[Milestone]:
    """Documents to be issued are no secret: for all who see the plan."""
    seen = Milestone.objects.filter(following__in=visible_followings(actor))
    return seen.select_related("following__plan_version", "task")


def one_milestone(actor: Actor, milestone_id: int) -> Milestone:
    """Raises Hidden."""
    return _one(visible_milestones(actor), milestone_id)


def milestone_for_change(actor: Actor, milestone_id: int) -> Milestone:
    """Raises Hidden, Denied."""
    milestone = _one(visible_milestones(actor), milestone_id)
    if not (keeps_progress(actor) or leads(actor, milestone.task_id, milestone.following)):
        raise Denied
    return milestone


def gate_for_decision(actor: Actor, gate_id: int) -> StageGate:
    """Raises Hidden, Denied."""
    seen = StageGate.objects.filter(following__in=visible_followings(actor))
    gate = _one(seen.select_related("following"), gate_id)
    if not decides(actor):
        raise Denied
    return gate


def _one(rows: QuerySet[Row], number: int) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Hidden
    return row
