"""Tasks and indicators are split and merged; their identities stay linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.db.models import F, QuerySet

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import (
    ROW_MODELS,
    Assignment,
    Citation,
    Indicator,
    IndicatorVersion,
    Measure,
    PlanVersion,
    Result,
    Subject,
    Target,
    Task,
    TaskVersion,
    VersionRow,
)
from ..rules.states import next_row_state
from .correct import (
    IndicatorFields,
    TaskFields,
    adding_up,
    check_lengths,
    forget,
    indicator_values,
    set_targets,
    task_values,
)
from .store import identities, next_keys


@dataclass(frozen=True)
class TaskPart:
    """One of the tasks that a task is split into.

    `indicator_ids` are rows of the task; none may be in two parts.
    """

    title: str
    text: str = ""
    indicator_ids: Sequence[int] = ()


@transaction.atomic
def split_task(*, actor: Actor, row_id: int, version: int, parts: Sequence[TaskPart]) -> list[TaskVersion]:
    """Make several tasks of one; each keeps its words, leaders and units.

    Indicators in no part go with the first. The old identity is replaced by the new ones. Raises Hidden,
    Denied, NotAllowedNow, Stale, BadInput.
    """
    row = cast(TaskVersion, _current(actor, Subject.TASK, row_id, version))
    keys = _keys_for_parts(row, "T", len(parts))
    known = identities(Task, row.plan_version, keys)
    wanted = {number: n for n, part in enumerate(parts) for number in part.indicator_ids}
    _make_room(row, len(parts))
    made = []
    for offset, (part, key) in enumerate(zip(parts, keys, strict=True)):
        fields = TaskFields(part.title, row.number, part.text, row.deadline, row.program_id)
        new = TaskVersion(**_like(row, offset), task=known[key], **task_values(row.plan_version, fields))
        check_lengths(TaskVersion, {"title": new.title})
        new.save()
        _copy_citations(Subject.TASK, row, new)
        _copy_assignments(row, new)
        made.append(new)
    for measure in row.measures.all():
        home = next((new for new in made if measure.title in new.text), made[0])
        Measure.objects.filter(pk=measure.pk).update(task_version=home)
    for indicator in row.indicators.all():
        indicator.tasks.add(made[wanted.get(indicator.pk, 0)])
    Result.objects.filter(task_version=row).update(task_version=made[0])
    row.task.replaced_by.add(*(known[key] for key in keys))
    remove_rows(row.plan_version, Subject.TASK, [row.pk])
    audit.record(actor, "plans.task_split", row.plan_version, what=row.title, parts=[p.title for p in parts])
    return made


@transaction.atomic
def split_indicator(
    *, actor: Actor, row_id: int, version: int, parts: Sequence[IndicatorFields]
) -> list[IndicatorVersion]:
    """Make several indicators of one; each keeps its words and tasks.

    The old identity is replaced by the new ones. Raises Hidden, Denied, NotAllowedNow, Stale, BadInput.
    """
    row = cast(IndicatorVersion, _current(actor, Subject.INDICATOR, row_id, version))
    keys = _keys_for_parts(row, "I", len(parts))
    known = identities(Indicator, row.plan_version, keys)
    tasks = list(row.tasks.all())
    _make_room(row, len(parts))
    made = []
    for offset, (fields, key) in enumerate(zip(parts, keys, strict=True)):
        values = indicator_values(actor, fields)
        check_lengths(IndicatorVersion, values)
        new = IndicatorVersion.objects.create(
            **_like(row, offset),
            indicator=known[key],
            traits=row.traits,
            **values,
            **adding_up(row.traits, fields),
        )
        set_targets(new, fields.targets)
        new.tasks.set(tasks)
        _copy_citations(Subject.INDICATOR, row, new)
        made.append(new)
    row.indicator.replaced_by.add(*(known[key] for key in keys))
    remove_rows(row.plan_version, Subject.INDICATOR, [row.pk])
    names = [fields.name for fields in parts]
    audit.record(actor, "plans.indicator_split", row.plan_version, what=row.name, parts=names)
    return made


@transaction.atomic
def merge_tasks(*, actor: Actor, row_ids: Sequence[int], versions: Sequence[int]) -> TaskVersion:
    """Make one task of several: the first keeps title and identity and takes over words, units, indicators.

    Raises Hidden, Denied, NotAllowedNow, Stale, BadInput.
    """
    rows = [cast(TaskVersion, row) for row in _several(actor, Subject.TASK, row_ids, versions)]
    first, others = rows[0], rows[1:]
    known = {(one.role, one.printed) for one in first.assignments.all()}
    for other in others:
        new = [one for one in other.assignments.all() if (one.role, one.printed) not in known]
        known |= {(one.role, one.printed) for one in new}
        count = first.assignments.count()
        for n, one in enumerate(new):
            Assignment.objects.filter(pk=one.pk).update(task_version=first, position=count + n)
        gone = other.assignments.exclude(pk__in=[one.pk for one in new])
        forget(first.plan_version_id, Subject.ASSIGNMENT, [one.pk for one in gone])
        other.measures.update(task_version=first, position=F("position") + first.measures.count())
        for indicator in other.indicators.all():
            indicator.tasks.add(first)
        Result.objects.filter(task_version=other).update(task_version=first)
        other.task.replaced_by.add(first.task)
    first.text = "\n".join(row.text for row in rows if row.text)
    titles = [row.title for row in others]
    _absorb(first, others, Subject.TASK, ["text"])
    audit.record(actor, "plans.tasks_merged", first.plan_version, what=first.title, others=titles)
    return first


@transaction.atomic
def merge_indicators(*, actor: Actor, row_ids: Sequence[int], versions: Sequence[int]) -> IndicatorVersion:
    """Make one indicator of several: the first takes the targets of all and stands under all their tasks.

    Raises Hidden, Denied, NotAllowedNow, Stale, BadInput (they are measured in different units).
    """
    rows = [cast(IndicatorVersion, row) for row in _several(actor, Subject.INDICATOR, row_ids, versions)]
    units = dict.fromkeys(row.unit_of_measure or "—" for row in rows)
    if len(units) > 1:
        raise BadInput("plans.merge_units", units="、".join(units))
    return merge_indicator_rows(actor, rows)


def merge_indicator_rows(actor: Actor, rows: list[IndicatorVersion]) -> IndicatorVersion:
    """As `merge_indicators`, on rows of one draft that are locked already."""
    first, others = rows[0], rows[1:]
    same = {(target.deadline, target.value): target.pk for target in first.targets.all()}
    for other in others:
        first.tasks.add(*other.tasks.all())
        for target in other.targets.all():
            citations = Citation.objects.filter(
                plan_version=first.plan_version, subject=Subject.TARGET, row_id=target.pk
            )
            kept = same.get((target.deadline, target.value))
            if kept:
                citations.update(row_id=kept)
            else:
                target.indicator_version = first
                target.save(update_fields=["indicator_version"])
        Result.objects.filter(indicator_version=other).update(indicator_version=first)
        other.indicator.replaced_by.add(first.indicator)
    names = [row.name for row in others]
    _absorb(first, others, Subject.INDICATOR, [])
    audit.record(actor, "plans.indicators_merged", first.plan_version, what=first.name, others=names)
    return first


def _current(actor: Actor, subject: Subject, row_id: int, version: int) -> VersionRow:
    row = access.row_for_change(actor, subject, row_id)
    check_current(row, version)
    row.state = next_row_state(row.state, "correct")
    save_if_current(row, version, fields=["state"])
    return row


def _several(
    actor: Actor, subject: Subject, row_ids: Sequence[int], versions: Sequence[int]
) -> list[VersionRow]:
    """Two or more different rows of one draft, each still at its version."""
    if len(set(row_ids)) < 2 or len(row_ids) != len(versions):
        raise BadInput("plans.merge_two")
    rows = [_current(actor, subject, n, version) for n, version in zip(row_ids, versions, strict=True)]
    if len({row.plan_version_id for row in rows}) > 1:
        raise BadInput("plans.merge_one_draft")
    return rows


def _keys_for_parts(row: VersionRow, letter: str, count: int) -> list[str]:
    if count < 2:
        raise BadInput("plans.split_two")
    return next_keys(row.plan_version, letter, count)


def _make_room(row: VersionRow, count: int) -> None:
    """Move the rows after `row` down so that `count` rows can stand in its place."""
    after = type(row).objects.filter(plan_version=row.plan_version_id, position__gt=row.position)
    after.update(position=F("position") + count - 1)


def _like(row: VersionRow, offset: int) -> dict[str, Any]:
    return {
        "plan_version": row.plan_version,
        "position": row.position + offset,
        "state": row.state,
        "origin": row.origin,
    }


def _copy_citations(subject: Subject, row: VersionRow, new: VersionRow) -> None:
    old = Citation.objects.filter(plan_version=row.plan_version_id, subject=subject, row_id=row.pk)
    _cite_again(old, new.pk)


def _cite_again(citations: QuerySet[Citation], row_id: int) -> None:
    copies = list(citations)
    for citation in copies:
        citation.pk, citation.row_id = None, row_id
    Citation.objects.bulk_create(copies)


def _copy_assignments(row: TaskVersion, new: TaskVersion) -> None:
    for one in row.assignments.all():
        old = one.pk
        one.pk, one.task_version = None, new
        one.save()
        _cite_again(
            Citation.objects.filter(plan_version=row.plan_version_id, subject=Subject.ASSIGNMENT, row_id=old),
            one.pk,
        )


def _absorb(first: VersionRow, others: Sequence[VersionRow], subject: Subject, fields: Sequence[str]) -> None:
    numbers = [row.pk for row in others]
    Citation.objects.filter(plan_version=first.plan_version_id, subject=subject, row_id__in=numbers).update(
        row_id=first.pk
    )
    remove_rows(first.plan_version, subject, numbers)
    save_if_current(first, first.version, fields=fields)


def remove_rows(version: PlanVersion, subject: Subject, row_ids: Sequence[int]) -> None:
    """Delete rows of one kind with the citations of everything in them."""
    inside: list[tuple[Subject, QuerySet[Any]]] = []
    if subject == Subject.TASK:
        inside = [
            (Subject.ASSIGNMENT, Assignment.objects.filter(task_version__in=row_ids)),
            (Subject.MEASURE, Measure.objects.filter(task_version__in=row_ids)),
        ]
    if subject == Subject.INDICATOR:
        inside = [(Subject.TARGET, Target.objects.filter(indicator_version__in=row_ids))]
    for kind, rows in inside:
        forget(version.pk, kind, list(rows.values_list("pk", flat=True)))
    forget(version.pk, subject, row_ids)
    ROW_MODELS[subject].objects.filter(pk__in=row_ids).delete()
