"""What a plan asks of people, as to-dos of the desk: its doubts, its confirmation, its task letters."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.desk import actions as desk
from chuangwen.desk.queries import open_of
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role

from .. import access
from ..models import AssignedUnit, PlanVersion
from ..rules.asks import ANSWER_DOUBTS, CONFIRM, READ_LETTER


def ask_about_doubts(actor: Actor, draft: PlanVersion, now: datetime) -> None:
    """One to-do for the campaign office as long as the draft has open doubts."""
    if draft.doubts.filter(answer="").exists():
        desk.ask(
            actor=actor,
            kind=ANSWER_DOUBTS,
            subject_id=draft.pk,
            unit_id=draft.plan.jurisdiction_id,
            role=Role.CAMPAIGN_OFFICE,
            key=f"{ANSWER_DOUBTS}:{draft.pk}",
            now=now,
        )


def settle_doubts(actor: Actor, draft: PlanVersion, now: datetime) -> None:
    if not draft.doubts.filter(answer="").exists():
        desk.finish(actor=actor, kind=ANSWER_DOUBTS, subject_id=draft.pk, now=now)


@transaction.atomic
def submit(*, actor: Actor, version_id: int, version: int, now: datetime) -> PlanVersion:
    """Ask the leaders of the city to confirm the draft (提请确认); they see it from then on.

    Raises Hidden, Denied, Stale, NotAllowedNow (no draft, or submitted already).
    """
    draft = access.version_for_change(actor, version_id)
    check_current(draft, version)
    if open_of(CONFIRM, draft.pk).exists():
        raise NotAllowedNow("plans.submitted_already")
    desk.ask(
        actor=actor,
        kind=CONFIRM,
        subject_id=draft.pk,
        unit_id=draft.plan.jurisdiction_id,
        role=Role.LEADER,
        now=now,
    )
    audit.record(actor, "plans.submitted", draft)
    return draft


@transaction.atomic
def send_back(*, actor: Actor, version_id: int, reason: str, now: datetime) -> PlanVersion:
    """A leader does not confirm, and says why. Raises Hidden, Denied, BadInput, NotAllowedNow."""
    draft = access.one_version(actor, version_id)
    access.require_leader(actor)
    if not reason.strip():
        raise BadInput("plans.reason_missing")
    todo = open_of(CONFIRM, draft.pk).first()
    if todo is None:
        raise NotAllowedNow("plans.version_state")
    desk.return_to_asker(actor=actor, todo_id=todo.pk, version=todo.version, reason=reason, now=now)
    audit.record(actor, "plans.sent_back", draft, reason=reason.strip()[:500])
    return draft


def ask_to_read_letters(actor: Actor, confirmed: PlanVersion, now: datetime) -> None:
    """Each unit that the plan binds acknowledges its task letter (签收任务书)."""
    bound = AssignedUnit.objects.filter(assignment__task_version__plan_version=confirmed)
    for unit_id in sorted(set(bound.values_list("unit", flat=True))):
        desk.ask(
            actor=actor,
            kind=READ_LETTER,
            subject_id=confirmed.pk,
            unit_id=unit_id,
            key=f"{READ_LETTER}:{confirmed.pk}:{unit_id}",
            now=now,
        )


@transaction.atomic
def acknowledge_letter(*, actor: Actor, version_id: int, now: datetime) -> None:
    """The actor's unit has received its task letter. Raises Hidden, Denied, NotAllowedNow if nobody asks."""
    version = access.one_version(actor, version_id)
    access.require_letter_reader(actor)
    unit_id = actor.unit_id
    if not desk.finish(actor=actor, kind=READ_LETTER, subject_id=version.pk, unit_id=unit_id, now=now):
        raise NotAllowedNow("plans.acknowledged_already")
    audit.record(actor, "plans.letter_acknowledged", version, unit=str(actor.seat.unit) if actor.seat else "")


def end_asks(actor: Actor, version: PlanVersion, now: datetime, *kinds: str) -> None:
    """What was asked about the version is asked no longer."""
    for kind in kinds:
        desk.withdraw_all(actor=actor, kind=kind, subject_id=version.pk, now=now)
