"""Versions begin and end: confirmed once and for all, discarded, amended by a new draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.desk import actions as desk
from chuangwen.kit import audit, outbox
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import group_members

from .. import access
from ..models import ROW_MODELS, AssignedUnit, Assignment, PlanVersion, Subject
from ..queries.content import content_of
from ..rules.asks import ANSWER_DOUBTS, CONFIRM, READ_LETTER
from ..rules.content import Content
from ..rules.doubts import blocks
from ..rules.states import ChangeState, RowState, VersionState, next_version_state
from . import asks
from .draft import open_draft
from .reshape import remove_rows
from .rows import rows_left


@transaction.atomic
def confirm(*, actor: Actor, version_id: int, version: int, now: datetime, reason: str = "") -> PlanVersion:
    """Freeze a draft as the next version in force; the one before it is superseded.

    Rows left out are deleted, groups of units become lists. Raises Hidden, Denied, Stale, and NotAllowedNow
    saying what is left: plans.doubts_left, plans.rows_left, plans.changes_left, plans.reason_missing,
    plans.empty_plan.
    """
    draft = access.version_to_confirm(actor, version_id)
    check_current(draft, version)
    before = PlanVersion.objects.filter(plan=draft.plan_id, state=VersionState.CONFIRMED).first()
    _require_complete(draft)
    if before and not (reason or draft.reason).strip():
        raise NotAllowedNow("plans.reason_missing")
    _delete_dropped(draft)
    if not draft.taskversion_rows.exists() and not draft.indicatorversion_rows.exists():
        raise NotAllowedNow("plans.empty_plan")
    _freeze_units(draft, now)
    if before:
        before.state = next_version_state(before.state, "supersede")
        save_if_current(before, before.version, fields=["state"])
        asks.end_asks(actor, before, now, READ_LETTER)
    numbers = PlanVersion.objects.filter(plan=draft.plan_id).aggregate(last=Max("number"))
    draft.number = (numbers["last"] or 0) + 1
    draft.state = next_version_state(draft.state, "confirm")
    draft.reason = reason.strip() or draft.reason
    draft.confirmed_at, draft.confirmed_by = now, actor.person
    save_if_current(draft, version, fields=["number", "state", "reason", "confirmed_at", "confirmed_by"])
    audit.record(actor, "plans.confirmed", draft, number=draft.number, reason=draft.reason)
    desk.finish(actor=actor, kind=CONFIRM, subject_id=draft.pk, now=now)
    asks.end_asks(actor, draft, now, ANSWER_DOUBTS)
    asks.ask_to_read_letters(actor, draft, now)
    outbox.post_once(
        "plans.confirmed",
        key=f"plans.confirmed:{draft.pk}",
        plan=draft.plan_id,
        version=draft.pk,
        number=draft.number,
    )
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, version: int, now: datetime) -> PlanVersion:
    """Give a draft up; it stays readable for the office. Raises Hidden, Denied, NotAllowedNow, Stale."""
    draft = access.version_for_change(actor, version_id, "discard")
    check_current(draft, version)
    draft.state = next_version_state(draft.state, "discard")
    save_if_current(draft, version, fields=["state"])
    asks.end_asks(actor, draft, now, ANSWER_DOUBTS, CONFIRM)
    audit.record(actor, "plans.discarded", draft)
    return draft


@transaction.atomic
def amend(*, actor: Actor, plan_id: int, reason: str, now: datetime) -> PlanVersion:
    """A draft that repeats the version in force, row by row with its words, to be changed and confirmed.

    Raises Hidden, Denied, BadInput (no reason), NotAllowedNow (nothing in force, or a draft is open).
    """
    if not reason.strip():
        raise BadInput("plans.reason_missing")
    base = version_in_force(actor, plan_id)
    content = amendable(base)
    draft = open_draft(
        base.plan, content, document=base.document, base=base, reason=reason.strip()[:500], now=now
    )
    asks.ask_about_doubts(actor, draft, now)
    audit.record(actor, "plans.amended", draft, number=base.number, reason=draft.reason)
    return draft


def version_in_force(actor: Actor, plan_id: int) -> PlanVersion:
    """The confirmed version of a plan that the actor may change. Raises Hidden, Denied, NotAllowedNow."""
    plan = access.plan_for_change(actor, plan_id)
    base = (
        PlanVersion.objects.select_related("plan__jurisdiction", "document")
        .filter(plan=plan, state=VersionState.CONFIRMED)
        .first()
    )
    if base is None:
        raise NotAllowedNow("plans.nothing_in_force", plan=plan.title)
    return base


def amendable(base: PlanVersion) -> Content:
    """What the version says, with groups of units open again and every row checked already."""
    content = content_of(base)
    for task in content.tasks:
        task.assignments = [replace(line, units=[]) for line in task.assignments]
    return content


def _require_complete(draft: PlanVersion) -> None:
    doubts = sum(blocks(doubt.code) for doubt in draft.doubts.filter(answer=""))
    if doubts:
        raise NotAllowedNow("plans.doubts_left", left=doubts)
    changes = draft.proposed_changes.filter(state=ChangeState.OPEN).count()
    if changes:
        raise NotAllowedNow("plans.changes_left", left=changes)
    rows = rows_left(draft)
    if rows:
        raise NotAllowedNow("plans.rows_left", left=rows)


def _delete_dropped(draft: PlanVersion) -> None:
    for subject, model in ROW_MODELS.items():
        dropped = model.objects.filter(plan_version=draft, state=RowState.DROPPED)
        remove_rows(draft, Subject(subject), list(dropped.values_list("pk", flat=True)))


def _freeze_units(draft: PlanVersion, now: datetime) -> None:
    """Write down which units each assignment binds on the day of confirmation."""
    on = timezone.localdate(now)
    assignments = list(
        Assignment.objects.filter(task_version__plan_version=draft).select_related("group__jurisdiction")
    )
    groups = {one.group_id: one.group for one in assignments if one.group}
    members = {number: group_members(group, on) for number, group in groups.items()}
    bound = [(one, one.unit_id) for one in assignments if one.unit_id]
    bound += [(one, unit.pk) for one in assignments if one.group_id for unit in members[one.group_id]]
    AssignedUnit.objects.bulk_create(AssignedUnit(assignment=one, unit_id=unit) for one, unit in bound)
