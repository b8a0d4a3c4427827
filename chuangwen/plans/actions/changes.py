"""Differences are taken over or refused, one by one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import (
    ROW_MODELS,
    ChangeAction,
    Citation,
    IndicatorVersion,
    PlanVersion,
    Program,
    ProposedChange,
    Subject,
    TaskVersion,
    VersionRow,
)
from ..rules import content as rows
from ..rules.plain import from_plain
from ..rules.states import RowState, next_change_state
from .correct import AssignmentFields, TargetFields, replace_assignments, set_measures, set_targets
from .draft import match_units
from .store import add_rows, next_keys

KINDS: dict[str, tuple[str, type[Any]]] = {
    Subject.PROGRAM: ("programs", rows.ProgramRow),
    Subject.TASK: ("tasks", rows.TaskRow),
    Subject.INDICATOR: ("indicators", rows.IndicatorRow),
    Subject.RESULT: ("results", rows.ResultRow),
    Subject.GOAL: ("goals", rows.GoalRow),
    Subject.STAGE: ("stages", rows.StageRow),
    Subject.RHYTHM: ("rhythm", rows.RhythmRow),
    Subject.MECHANISM: ("mechanisms", rows.MechanismRow),
}


@transaction.atomic
def accept_change(*, actor: Actor, change_id: int, version: int) -> ProposedChange:
    """Take one difference over into the draft. Raises Hidden, Denied, NotAllowedNow, Stale."""
    change = _decide(actor, change_id, version, "accept")
    draft = change.plan_version
    if change.action == ChangeAction.ADD:
        _add(draft, change)
    elif change.action == ChangeAction.REMOVE:
        row = _row(draft, change)
        _drop_below(row)
        _save(row, RowState.DROPPED)
    else:
        for one in (change, *_also(change)):
            row = _row(draft, one)
            _change(actor, row, one)
            _save(row, RowState.ACCEPTED)
    audit.record(actor, "plans.change_accepted", draft, what=_what(change))
    return change


@transaction.atomic
def reject_change(*, actor: Actor, change_id: int, version: int) -> ProposedChange:
    """Refuse one difference: the draft stays as it is. Raises Hidden, Denied, NotAllowedNow, Stale."""
    change = _decide(actor, change_id, version, "reject")
    audit.record(actor, "plans.change_rejected", change.plan_version, what=_what(change))
    return change


def _decide(actor: Actor, change_id: int, version: int, move: str) -> ProposedChange:
    change = access.change_for_change(actor, change_id)
    check_current(change, version)
    change.state = next_change_state(change.state, move)
    save_if_current(change, version, fields=["state"])
    return change


def _also(change: ProposedChange) -> list[ProposedChange]:
    """Changes of other rows that speak of the same figure and are decided with this one."""
    return [
        ProposedChange(
            plan_version=change.plan_version,
            action=change.action,
            subject=also["subject"],
            key=also["key"],
            field=also["field"],
            payload=also["payload"],
        )
        for also in change.payload.get("also", ())
    ]


def _save(row: VersionRow, state: RowState) -> None:
    row.state = state
    row.version = F("version") + 1
    row.save()


def _what(change: ProposedChange) -> str:
    return f"{change.before} → {change.after}"[:200]


def _row(draft: PlanVersion, change: ProposedChange) -> VersionRow:
    """The row that a change speaks of. Raises NotAllowedNow where the review has removed it since."""
    found = ROW_MODELS[change.subject].objects.filter(plan_version=draft)
    row: VersionRow | None
    if not change.key:
        row = found.filter(pk=change.payload["row_id"]).first()
    elif change.subject == Subject.PROGRAM:
        row = Program.objects.filter(plan_version=draft, key=change.key).first()
    else:
        row = found.filter(**{f"{change.subject}__key": change.key}).first()
    if row is None:
        raise NotAllowedNow("plans.stale_change")
    return row


def _drop_below(row: VersionRow) -> None:
    """Indicators that stand under a dropped task alone are dropped with it."""
    if isinstance(row, TaskVersion):
        for indicator in row.indicators.all():
            if not indicator.tasks.exclude(pk=row.pk).exclude(state=RowState.DROPPED).exists():
                IndicatorVersion.objects.filter(pk=indicator.pk).update(
                    state=RowState.DROPPED, version=F("version") + 1
                )


def _change(actor: Actor, row: VersionRow, change: ProposedChange) -> None:
    payload = change.payload
    special: dict[str, Callable[[], None]] = {
        "baseline": lambda: _set_baseline(row, payload["value"]),
        "tasks": lambda: _set_tasks(cast(IndicatorVersion, row), payload["value"]),
        "measures": lambda: set_measures(cast(TaskVersion, row), payload["value"]),
        "program": lambda: _set_program(cast(TaskVersion, row), payload["value"]),
    }
    if "role" in payload:
        _set_role(actor, cast(TaskVersion, row), payload)
    elif "target" in payload or "targets" in payload:
        _set_targets(cast(IndicatorVersion, row), payload)
    elif change.field in special:
        special[change.field]()
    else:
        setattr(row, change.field, _value(change.field, payload["value"]))
    if "places" in payload:
        _cite(row, Subject(change.subject), row.pk, payload["places"])
    for deadline, places in payload.get("target_places", {}).items():
        for target in cast(IndicatorVersion, row).targets.filter(deadline=deadline)[:1]:
            _cite(row, Subject.TARGET, target.pk, places)


def _value(name: str, value: Any) -> Any:
    return Decimal(value) if name == "value" else value


def _set_baseline(row: Any, values: list[Any]) -> None:
    value, row.baseline_year, row.baseline_words = values
    row.baseline_value = None if value is None else Decimal(value)


def _set_tasks(row: IndicatorVersion, keys: list[str]) -> None:
    row.tasks.set(TaskVersion.objects.filter(plan_version=row.plan_version_id, task__key__in=keys))


def _set_program(row: TaskVersion, key: str | None) -> None:
    row.program = row.plan_version.program_rows.filter(key=key).first()


def _set_role(actor: Actor, row: TaskVersion, payload: dict[str, Any]) -> None:
    role, removed = payload["role"], set(payload["removed"])
    kept = [
        AssignmentFields(one.role, one.printed, one.unit_id, one.group_id, one.post_id)
        for one in row.assignments.all()
        if one.role != role or one.printed not in removed
    ]
    present = {one.printed for one in kept if one.role == role}
    new = [AssignmentFields(role, name) for name in payload["added"] if name not in present]
    replace_assignments(actor, row, kept + new)


def _set_targets(row: IndicatorVersion, payload: dict[str, Any]) -> None:
    if "targets" in payload:
        set_targets(row, [_target(data) for data in payload["targets"]])
        return
    now = [
        TargetFields(one.value, one.comparator, one.deadline, one.upper, one.unit_id)
        for one in row.targets.all()
    ]
    new = _target(payload["target"])
    set_targets(row, [new if one.deadline == payload["at"] else one for one in now])


def _target(data: dict[str, Any]) -> TargetFields:
    line = from_plain(rows.TargetLine, data)
    return TargetFields(line.value, line.comparator, line.deadline, line.upper, line.unit)


def _cite(row: VersionRow, subject: Subject, row_id: int, places: list[list[int]]) -> None:
    """The row's words are those of the new document from now on."""
    version = row.plan_version_id
    Citation.objects.filter(plan_version=version, subject=subject, row_id=row_id).delete()
    Citation.objects.bulk_create(
        Citation(
            plan_version_id=version,
            document_id=document,
            subject=subject,
            row_id=row_id,
            start=start,
            end=end,
        )
        for document, start, end in places
    )


def _add(draft: PlanVersion, change: ProposedChange) -> None:
    """Add a row with a new key, a task with its indicators; it counts as checked."""
    name, kind = KINDS[change.subject]
    row = from_plain(kind, change.payload["row"])
    content = rows.Content()
    setattr(content, name, [row])
    if change.subject in {Subject.PROGRAM, Subject.TASK, Subject.INDICATOR}:
        (row.key,) = next_keys(draft, change.subject[0].upper())
    if change.subject == Subject.TASK:
        content.indicators = [
            from_plain(rows.IndicatorRow, data) for data in change.payload.get("indicators", ())
        ]
        keys = next_keys(draft, "I", len(content.indicators))
        for indicator, key in zip(content.indicators, keys, strict=True):
            indicator.key, indicator.tasks = key, [row.key]
    for one in (row, *content.indicators):
        one.state = RowState.ACCEPTED
    match_units(content, draft.plan.jurisdiction, localdate(draft.created_at))
    add_rows(draft, content, after=change.payload.get("after", ""))
