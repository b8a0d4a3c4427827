"""A row that the reader missed, added by a person from a selection of the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import (
    ROW_MODELS,
    BeatPeriod,
    Citation,
    Comparator,
    Indicator,
    IndicatorVersion,
    Origin,
    PlanVersion,
    Subject,
    Task,
    TaskVersion,
    VersionRow,
)
from ..rules.deadlines import checked_deadline
from ..rules.measuring import checked_value
from ..rules.states import RowState
from .correct import (
    IndicatorFields,
    TaskFields,
    adding_up,
    check_lengths,
    indicator_values,
    required,
    set_measures,
    set_targets,
    task_values,
)
from .store import identities, next_keys


@transaction.atomic
def add_from_selection(
    *, actor: Actor, version_id: int, subject: str, start: int, end: int, fields: Mapping[str, Any]
) -> VersionRow:
    """Add what stands in the document's text at [start, end) as a row, checked and cited.

    `fields` is {"fields": TaskFields} for a task, {"fields": IndicatorFields, "task_id": row or None} for
    an indicator, and for the others what their correct_ action takes. Raises Hidden, Denied, NotAllowedNow,
    BadInput.
    """
    draft = access.version_for_change(actor, version_id)
    if draft.document is None or not 0 <= start < end <= len(draft.document.text):
        raise BadInput("plans.bad_selection", start=start, end=end)
    if subject not in ROW_MODELS:
        raise BadInput("plans.bad_choice", field="subject", value=subject)
    row = _made(actor, draft, Subject(subject), _position(draft, Subject(subject), start), fields)
    Citation.objects.create(
        plan_version=draft, document=draft.document, subject=subject, row_id=row.pk, start=start, end=end
    )
    audit.record(actor, "plans.row_added", draft, subject=subject, row=row.pk, what=str(row))
    return row


def _made(
    actor: Actor, draft: PlanVersion, subject: Subject, position: int, fields: Mapping[str, Any]
) -> VersionRow:
    common: dict[str, Any] = {
        "plan_version": draft,
        "position": position,
        "state": RowState.ACCEPTED,
        "origin": Origin.PERSON,
    }
    if subject == Subject.TASK:
        return add_task(draft, common, fields["fields"])
    if subject == Subject.INDICATOR:
        return add_indicator(actor, draft, common, fields["fields"], fields.get("task_id"))
    values = _values(draft, subject, fields)
    check_lengths(ROW_MODELS[subject], values)
    row = ROW_MODELS[subject].objects.create(**common, **values)
    if subject == Subject.GOAL:
        row.jurisdictions.set(  # type: ignore[attr-defined]
            visible_units(actor).filter(pk__in=fields.get("unit_ids", ()))
        )
    return row


def add_task(draft: PlanVersion, common: dict[str, Any], fields: TaskFields) -> TaskVersion:
    """A task with a new identity. Raises BadInput."""
    (key,) = next_keys(draft, "T")
    values = task_values(draft, fields)
    check_lengths(TaskVersion, values)
    row = TaskVersion.objects.create(**common, task=identities(Task, draft, [key])[key], **values)
    set_measures(row, fields.measures)
    return row


def add_indicator(
    actor: Actor, draft: PlanVersion, common: dict[str, Any], fields: IndicatorFields, task_id: int | None
) -> IndicatorVersion:
    """An indicator with a new identity, under the task with row `task_id`. Raises BadInput."""
    (key,) = next_keys(draft, "I")
    values = indicator_values(actor, fields)
    check_lengths(IndicatorVersion, values)
    row = IndicatorVersion.objects.create(
        **common,
        indicator=identities(Indicator, draft, [key])[key],
        **values,
        **adding_up((), fields),
    )
    set_targets(row, fields.targets)
    if task_id is not None:
        row.tasks.set([_task(draft, task_id)])
    return row


def _task(draft: PlanVersion, task_id: int) -> TaskVersion:
    task = draft.taskversion_rows.filter(pk=task_id).first()
    if task is None:
        raise BadInput("plans.bad_choice", field="task", value=task_id)
    return task


def _values(draft: PlanVersion, subject: Subject, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Checked columns of a program, result, goal, stage, beat or mechanism."""
    values = {name: value for name, value in fields.items() if name not in {"task_id", "unit_ids"}}
    for name in ("title", "name", "duty"):
        if name in values:
            values[name] = required(values[name], name)
    for name in ("deadline", "period"):
        if name in values and subject != Subject.RHYTHM:
            values[name] = checked_deadline(values[name])
    if subject == Subject.RHYTHM and values.get("period") not in BeatPeriod.values:
        raise BadInput("plans.bad_choice", field="period", value=values.get("period"))
    if subject == Subject.PROGRAM:
        (values["key"],) = next_keys(draft, "P")
    if subject == Subject.RESULT:
        values["value"] = checked_value(values["value"])
        if values.get("comparator", "=") not in Comparator.values:
            raise BadInput("plans.bad_choice", field="comparator", value=values["comparator"])
        if fields.get("task_id") is not None:
            values["task_version"] = _task(draft, fields["task_id"])
    return values


def _position(draft: PlanVersion, subject: Subject, start: int) -> int:
    """Where the row belongs: after the last of its kind whose words begin before; the others move down."""
    before = Citation.objects.filter(plan_version=draft, subject=subject, start__lte=start)
    rows = ROW_MODELS[subject].objects.filter(plan_version=draft)
    last = rows.filter(pk__in=before.values("row_id")).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    rows.filter(position__gte=position).update(position=F("position") + 1)
    return int(position)
