"""The review says yes or no to what was read, row by row or to the rest at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import (
    ROW_MODELS,
    IndicatorVersion,
    PlanVersion,
    Result,
    TaskVersion,
    VersionRow,
)
from ..rules.states import RowState, next_row_state


@transaction.atomic
def accept_row(*, actor: Actor, subject: str, row_id: int, version: int) -> VersionRow:
    """Say that a row is right as it stands. Raises Hidden, Denied, NotAllowedNow, Stale."""
    return _move(actor, subject, row_id, version, "accept", "plans.row_accepted")


@transaction.atomic
def drop_row(*, actor: Actor, subject: str, row_id: int, version: int) -> VersionRow:
    """Leave a row out of the plan; with a task go the indicators and results that stand under no other.

    Raises Hidden, Denied, NotAllowedNow, Stale.
    """
    row = _move(actor, subject, row_id, version, "drop", "plans.row_dropped")
    if isinstance(row, TaskVersion):
        _move_below(row, RowState.DROPPED)
    return row


@transaction.atomic
def restore_row(*, actor: Actor, subject: str, row_id: int, version: int) -> VersionRow:
    """Take a row that was left out back into the review, a task with what stands under it.

    Raises Hidden, Denied, NotAllowedNow, Stale.
    """
    row = _move(actor, subject, row_id, version, "restore", "plans.row_restored")
    if isinstance(row, TaskVersion):
        _move_below(row, RowState.PROPOSED)
    return row


@transaction.atomic
def accept_rest(*, actor: Actor, version_id: int, version: int) -> int:
    """Say that every row not yet looked at is right; returns how many.

    Raises Hidden, Denied, NotAllowedNow, Stale.
    """
    draft = access.version_for_change(actor, version_id)
    check_current(draft, version)
    save_if_current(draft, version, fields=[])
    count = sum(
        model.objects.filter(plan_version=draft, state=RowState.PROPOSED).update(
            state=RowState.ACCEPTED, version=F("version") + 1
        )
        for model in ROW_MODELS.values()
    )
    audit.record(actor, "plans.rest_accepted", draft, count=count)
    return count


def save_corrected(
    actor: Actor, row: VersionRow, version: int, before: dict[str, Any], fields: Iterable[str]
) -> None:
    """Save a row that a person corrected: it counts as checked; the audit says what was there before."""
    row.state = next_row_state(row.state, "correct")
    save_if_current(row, version, fields=[*fields, "state"])
    audit.record(actor, "plans.row_corrected", row.plan_version, before=before, **_named(row))


def _move(actor: Actor, subject: str, row_id: int, version: int, move: str, code: str) -> VersionRow:
    row = access.row_for_change(actor, subject, row_id)
    check_current(row, version)
    row.state = next_row_state(row.state, move)
    save_if_current(row, version, fields=["state"])
    audit.record(actor, code, row.plan_version, **_named(row))
    return row


def _named(row: VersionRow) -> dict[str, Any]:
    return {"subject": row._meta.model_name, "row": row.pk, "what": str(row)}


def _move_below(task: TaskVersion, to: RowState) -> None:
    """Drop or restore what stands under `task` and under no other task that is kept."""
    others = TaskVersion.objects.filter(plan_version=task.plan_version_id).exclude(
        Q(pk=task.pk) | Q(state=RowState.DROPPED)
    )
    indicators = IndicatorVersion.objects.filter(tasks=task).exclude(
        pk__in=IndicatorVersion.tasks.through.objects.filter(taskversion__in=others).values(
            "indicatorversion"
        )
    )
    rows: tuple[Any, ...] = (
        IndicatorVersion.objects.filter(pk__in=[row.pk for row in indicators]),
        Result.objects.filter(task_version=task),
    )
    for below in rows:
        changed = below.filter(state=RowState.DROPPED) if to == RowState.PROPOSED else below
        changed.update(state=to, version=F("version") + 1)


def rows_left(version: PlanVersion) -> int:
    """How many rows the review has said nothing of yet."""
    return sum(
        model.objects.filter(plan_version=version, state=RowState.PROPOSED).count()
        for model in ROW_MODELS.values()
    )
