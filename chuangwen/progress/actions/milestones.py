"""What has no number: documents to be issued, the money of a task, and whether a stage was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit import audit, files
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Following, Milestone, StageGate, TaskBudget
from ..rules.amounts import MICRO
from ..rules.evidence import checked
from ..rules.filling import checked_days

CENTS = 100


@dataclass(frozen=True)
class File:
    """A file as handed in."""

    name: str
    data: bytes


@transaction.atomic
def add_milestone(*, actor: Actor, plan_id: int, task_id: int, title: str, due_on: date | None) -> Milestone:
    """A document that a task is to bring about (出台条例). Raises Hidden, Denied, BadInput."""
    following = access.following_for_change(actor, plan_id)
    task = following.plan.tasks.filter(pk=task_id).first()
    if task is None or not title.strip():
        raise BadInput("progress.milestone_needs_task_and_title")
    milestone = Milestone.objects.create(
        following=following, task=task, title=title.strip()[:200], due_on=due_on
    )
    audit.record(actor, "progress.milestone_added", milestone, title=milestone.title, due_on=due_on)
    return milestone


@transaction.atomic
def reach_milestone(
    *,
    actor: Actor,
    milestone_id: int,
    version: int,
    document_number: str,
    issued_on: date | None,
    file: File | None,
    now: datetime,
) -> Milestone:
    """Enter what is known of the document: it is done once number, day and file are in, and open until then.

    By the office and by the units that lead the task. Raises Hidden, Denied, Stale; BadInput for a day to
    come and for a file that is none of those that may be kept.
    """
    milestone = access.milestone_for_change(actor, milestone_id)
    check_current(milestone, version)
    checked_days("issued_on", [issued_on], timezone.localdate(now))
    before = {"document_number": milestone.document_number, "issued_on": milestone.issued_on}
    milestone.document_number, milestone.issued_on = document_number.strip()[:100], issued_on
    if file is not None:
        milestone.file_name, _kind = checked(file.name, file.data)
        milestone.sha256 = files.put(file.data)
    fields = ["document_number", "issued_on", "file_name", "sha256"]
    save_if_current(milestone, version, fields=fields)
    audit.record(
        actor,
        "progress.milestone_entered",
        milestone,
        before=before,
        document_number=milestone.document_number,
        issued_on=issued_on,
        file=milestone.file_name,
    )
    return milestone


@transaction.atomic
def remove_milestone(*, actor: Actor, milestone_id: int, version: int) -> None:
    """Raises Hidden, Denied, Stale; NotAllowedNow once something was entered of it."""
    milestone = access.milestone_for_change(actor, milestone_id)
    access.require_keeper(actor)
    check_current(milestone, version)
    if milestone.document_number or milestone.issued_on or milestone.sha256:
        raise NotAllowedNow("progress.milestone_begun", title=milestone.title)
    audit.record(actor, "progress.milestone_removed", milestone.following, title=milestone.title)
    milestone.delete()


@transaction.atomic
def set_budget(
    *,
    actor: Actor,
    plan_id: int,
    task_id: int,
    year: int,
    version: int,
    planned_micro: int | None,
    paid_micro: int | None,
) -> TaskBudget:
    """Money of a task in a year, in millionths of a yuan as typed; None is unknown. `version` 0 where none
    stands.

    Raises Hidden, Denied, Stale; BadInput for parts of a cent, less than nothing, or a year outside the plan.
    """
    following = access.following_for_change(actor, plan_id)
    task = following.plan.tasks.filter(pk=task_id).first()
    if task is None or not _in_plan(following, year):
        raise BadInput("progress.budget_needs_task_and_year")
    planned, paid = _cents(planned_micro), _cents(paid_micro)
    budget = TaskBudget.objects.filter(task=task, year=year).first()
    before = {"planned": budget.planned_cents, "paid": budget.paid_cents} if budget else {}
    if budget is None:
        budget = TaskBudget.objects.create(
            following=following, task=task, year=year, planned_cents=planned, paid_cents=paid
        )
    else:
        check_current(budget, version)
        budget.planned_cents, budget.paid_cents = planned, paid
        save_if_current(budget, version, fields=["planned_cents", "paid_cents"])
    audit.record(
        actor,
        "progress.budget_set",
        following,
        before=before,
        task=task.key,
        year=year,
        planned=planned,
        paid=paid,
    )
    return budget


def _in_plan(following: Following, year: int) -> bool:
    version = following.plan_version
    first = version.first_year or year
    return first <= year <= (version.last_year or first + 2)


def _cents(micro: int | None) -> int | None:
    if micro is None:
        return None
    if micro < 0 or micro * CENTS % MICRO:
        raise BadInput("progress.no_money")
    return micro * CENTS // MICRO


@transaction.atomic
def decide_gate(
    *, actor: Actor, gate_id: int, version: int, reached: bool, words: str, now: datetime
) -> StageGate:
    """Say whether a stage was reached, on what grounds: only a named person does.

    Raises Hidden, Denied, Stale; BadInput without grounds; NotAllowedNow before the stage has ended.
    """
    gate = access.gate_for_decision(actor, gate_id)
    check_current(gate, version)
    if not words.strip():
        raise BadInput("progress.grounds_missing")
    if timezone.localdate(now) <= gate.last_day:
        raise NotAllowedNow("progress.stage_runs", title=gate.title)
    before = {"reached": gate.reached}
    gate.reached, gate.words = reached, words.strip()[:1000]
    gate.decided_by, gate.decided_at = actor.person, now
    save_if_current(gate, version, fields=["reached", "words", "decided_by", "decided_at"])
    audit.record(
        actor,
        "progress.stage_reached" if reached else "progress.stage_not_reached",
        gate,
        before=before,
        title=gate.title,
        words=gate.words,
    )
    return gate
