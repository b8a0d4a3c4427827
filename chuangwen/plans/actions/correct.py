"""A person corrects what was read. Every correction counts as a check of the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, cast

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from chuangwen.cores.errors import BadInput
from chuangwen.kit.locking import check_current
from chuangwen.orgs.access import visible_groups, visible_posts, visible_units
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import (
    Assignment,
    BeatPeriod,
    Citation,
    Comparator,
    Goal,
    IndicatorVersion,
    Measure,
    Mechanism,
    PlanVersion,
    Program,
    Result,
    Rhythm,
    Role,
    Stage,
    Strength,
    Subject,
    Target,
    TaskVersion,
    VersionRow,
)
from ..rules.content import AssignmentLine
from ..rules.deadlines import checked_deadline
from ..rules.measuring import accrual_of, checked_value, roll_up_of
from .draft import match_assignments
from .rows import save_corrected


@dataclass(frozen=True)
class TaskFields:
    title: str
    number: str = ""
    text: str = ""
    deadline: str = ""
    program_id: int | None = None
    measures: Sequence[str] = ()


@dataclass(frozen=True)
class TargetFields:
    """`value` is None only for an indicator stated in words; `upper` is the upper end of a range."""

    value: Decimal | None = None
    comparator: str = ">="
    deadline: str = ""
    upper: Decimal | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class IndicatorFields:
    name: str
    unit_of_measure: str = ""
    frequency: str = ""
    strength: str = ""
    scope: str = ""
    words: str = ""
    baseline_value: Decimal | None = None
    baseline_year: int | None = None
    baseline_words: str = ""
    targets: Sequence[TargetFields] = field(default_factory=list)


@dataclass(frozen=True)
class AssignmentFields:
    """A name in a role; without unit, group and post it is matched as at the first reading."""

    role: str
    printed: str
    unit_id: int | None = None
    group_id: int | None = None
    post_id: int | None = None


PLAIN_INDICATOR_FIELDS = (
    "name",
    "unit_of_measure",
    "frequency",
    "strength",
    "scope",
    "words",
    "baseline_value",
    "baseline_year",
    "baseline_words",
)


@transaction.atomic
def correct_program(*, actor: Actor, row_id: int, version: int, number: str, title: str) -> Program:
    """Raises Hidden, Denied, NotAllowedNow, Stale, BadInput."""
    values = {"number": number, "title": required(title, "title")}
    return cast(Program, _correct(actor, Subject.PROGRAM, row_id, version, values))


@transaction.atomic
def correct_task(
    *,
    actor: Actor,
    row_id: int,
    version: int,
    fields: TaskFields,
    assignments: Sequence[AssignmentFields] | None = None,
) -> TaskVersion:
    """`assignments` None leaves them as they are. Raises Hidden, Denied, NotAllowedNow, Stale, BadInput."""
    row = cast(TaskVersion, _current(actor, Subject.TASK, row_id, version))
    if assignments is not None:
        replace_assignments(actor, row, assignments)
    set_measures(row, fields.measures)
    return cast(TaskVersion, _save(actor, row, version, task_values(row.plan_version, fields)))


@transaction.atomic
def correct_indicator(
    *, actor: Actor, row_id: int, version: int, fields: IndicatorFields
) -> IndicatorVersion:
    """Targets that stay for a deadline keep their words.

    Raises Hidden, Denied, NotAllowedNow, Stale, BadInput.
    """
    row = cast(IndicatorVersion, _current(actor, Subject.INDICATOR, row_id, version))
    values = indicator_values(actor, fields)
    values |= adding_up(row.traits, fields)
    before = {"targets": [str(target) for target in row.targets.all()]}
    set_targets(row, fields.targets)
    return cast(IndicatorVersion, _save(actor, row, version, values, before))


@transaction.atomic
def correct_result(
    *,
    actor: Actor,
    row_id: int,
    version: int,
    name: str,
    comparator: str,
    value: Decimal,
    unit_of_measure: str,
    period: str,
) -> Result:
    """Raises Hidden, Denied, NotAllowedNow, Stale, BadInput."""
    values = {
        "name": required(name, "name"),
        "comparator": _comparator(comparator),
        "value": checked_value(value),
        "unit_of_measure": unit_of_measure,
        "period": checked_deadline(period),
    }
    return cast(Result, _correct(actor, Subject.RESULT, row_id, version, values))


@transaction.atomic
def correct_goal(
    *,
    actor: Actor,
    row_id: int,
    version: int,
    title: str,
    strength: str,
    year: int | None,
    unit_ids: Sequence[int],
) -> Goal:
    """`unit_ids` are the counties that the goal is set for, none of them for the whole city.

    Raises Hidden, Denied, NotAllowedNow, Stale, BadInput.
    """
    values = {"title": required(title, "title"), "strength": _strength(strength), "year": year}
    goal = cast(Goal, _correct(actor, Subject.GOAL, row_id, version, values))
    goal.jurisdictions.set(visible_units(actor).filter(pk__in=unit_ids))
    return goal


@transaction.atomic
def correct_stage(
    *, actor: Actor, row_id: int, version: int, title: str, deadline: str, goals: Sequence[str]
) -> Stage:
    """Raises Hidden, Denied, NotAllowedNow, Stale, BadInput."""
    values = {
        "title": required(title, "title"),
        "deadline": checked_deadline(deadline),
        "goals": [goal for goal in goals if goal.strip()],
    }
    return cast(Stage, _correct(actor, Subject.STAGE, row_id, version, values))


@transaction.atomic
def correct_rhythm(*, actor: Actor, row_id: int, version: int, period: str, duty: str) -> Rhythm:
    """Raises Hidden, Denied, NotAllowedNow, Stale, BadInput."""
    if period not in BeatPeriod.values:
        raise BadInput("plans.bad_choice", field="period", value=period)
    values = {"period": period, "duty": required(duty, "duty")}
    return cast(Rhythm, _correct(actor, Subject.RHYTHM, row_id, version, values))


@transaction.atomic
def correct_mechanism(*, actor: Actor, row_id: int, version: int, name: str) -> Mechanism:
    """Raises Hidden, Denied, NotAllowedNow, Stale, BadInput."""
    values = {"name": required(name, "name")}
    return cast(Mechanism, _correct(actor, Subject.MECHANISM, row_id, version, values))


def task_values(version: PlanVersion, fields: TaskFields) -> dict[str, Any]:
    """Checked values of the task's own columns. Raises BadInput."""
    program = fields.program_id
    if program is not None and not version.program_rows.filter(pk=program).exists():
        raise BadInput("plans.bad_choice", field="program", value=program)
    return {
        "title": required(fields.title, "title"),
        "number": fields.number,
        "text": fields.text,
        "deadline": checked_deadline(fields.deadline),
        "program_id": program,
    }


def indicator_values(actor: Actor, fields: IndicatorFields) -> dict[str, Any]:
    """Checked values of the indicator's own columns; its targets are checked too. Raises BadInput."""
    required(fields.name, "name")
    _strength(fields.strength)
    if fields.frequency not in {"", "yearly"}:
        raise BadInput("plans.bad_choice", field="frequency", value=fields.frequency)
    checked_value(fields.baseline_value)
    if not fields.words and not any(target.value is not None for target in fields.targets):
        raise BadInput("plans.no_target", name=fields.name)
    units = {target.unit_id for target in fields.targets if target.unit_id is not None}
    if visible_units(actor).filter(pk__in=units).count() != len(units):
        raise BadInput("plans.bad_choice", field="unit", value=sorted(units))
    for target in fields.targets:
        checked_value(target.value)
        checked_value(target.upper)
        checked_deadline(target.deadline)
        _comparator(target.comparator)
    return {name: getattr(fields, name) for name in PLAIN_INDICATOR_FIELDS}


def adding_up(traits: Sequence[str], fields: IndicatorFields) -> dict[str, str]:
    """How its values add up in time and over districts, guessed from what the indicator says."""
    comparator = fields.targets[0].comparator if fields.targets else ""
    return {
        "accrual": accrual_of(traits, fields.unit_of_measure, fields.name, fields.frequency),
        "roll_up": roll_up_of(traits, fields.unit_of_measure, comparator),
    }


def set_targets(row: IndicatorVersion, targets: Sequence[TargetFields]) -> None:
    """Replace the targets; one that stays for its deadline keeps its row and so its words."""
    old = list(row.targets.all())
    for position, fields in enumerate(targets):
        same = [target for target in old if target.deadline == fields.deadline] or old[:1]
        target = same[0] if same else Target(indicator_version=row)
        if same:
            old.remove(target)
        for name, value in asdict(fields).items():
            setattr(target, name, value)
        target.position = position
        target.save()
    forget(row.plan_version_id, Subject.TARGET, [target.pk for target in old])
    Target.objects.filter(pk__in=[target.pk for target in old]).delete()


def set_measures(row: TaskVersion, titles: Sequence[str]) -> None:
    """Replace the measures; one that is still there keeps its row and so its words."""
    old = {measure.title: measure for measure in row.measures.all()}
    for position, title in enumerate(title.strip() for title in titles if title.strip()):
        measure = old.pop(title, None) or Measure(task_version=row, title=title)
        measure.position = position
        measure.save()
    gone = [measure.pk for measure in old.values()]
    forget(row.plan_version_id, Subject.MEASURE, gone)
    Measure.objects.filter(pk__in=gone).delete()


def replace_assignments(actor: Actor, row: TaskVersion, assignments: Sequence[AssignmentFields]) -> None:
    """Replace who leads and who helps; a name that stays keeps its row, its words and its match."""
    old = {(one.role, one.printed): one for one in row.assignments.all()}
    lines = [_line(actor, fields, old.get((fields.role, fields.printed))) for fields in assignments]
    new = [line for line in lines if not (line.unit or line.group or line.post)]
    match_assignments(new, row.plan_version.plan.jurisdiction, localdate(row.plan_version.created_at))
    for position, line in enumerate(lines):
        one = old.pop((line.role, line.printed), None)
        one = one or Assignment(task_version=row, role=line.role, printed=line.printed)
        one.unit_id, one.group_id, one.post_id = line.unit, line.group, line.post
        one.position = position
        one.save()
    gone = [one.pk for one in old.values()]
    forget(row.plan_version_id, Subject.ASSIGNMENT, gone)
    Assignment.objects.filter(pk__in=gone).delete()


def check_known(actor: Actor, fields: AssignmentFields) -> None:
    """Raises BadInput for a role, unit, group or post that there is not for the actor."""
    known = fields.role in Role.values
    for number, seen in (
        (fields.unit_id, visible_units(actor)),
        (fields.group_id, visible_groups(actor)),
        (fields.post_id, visible_posts(actor)),
    ):
        known = known and (number is None or seen.filter(pk=number).exists())
    if not known:
        raise BadInput("plans.bad_choice", field="assignment", value=fields.printed)


def _line(actor: Actor, fields: AssignmentFields, old: Assignment | None) -> AssignmentLine:
    check_known(actor, fields)
    check_lengths(Assignment, {"printed": required(fields.printed, "printed")})
    given = (fields.unit_id, fields.group_id, fields.post_id)
    if old and not any(given):
        given = (old.unit_id, old.group_id, old.post_id)
    unit, group, post = given
    return AssignmentLine(role=fields.role, printed=fields.printed, unit=unit, group=group, post=post)


def forget(version_id: int, subject: Subject, row_ids: Sequence[int]) -> None:
    """Remove the citations of rows that are removed."""
    Citation.objects.filter(plan_version=version_id, subject=subject, row_id__in=row_ids).delete()


def _correct(actor: Actor, subject: Subject, row_id: int, version: int, values: dict[str, Any]) -> VersionRow:
    return _save(actor, _current(actor, subject, row_id, version), version, values)


def _current(actor: Actor, subject: Subject, row_id: int, version: int) -> VersionRow:
    row = access.row_for_change(actor, subject, row_id)
    check_current(row, version)
    return row


def _save(
    actor: Actor,
    row: VersionRow,
    version: int,
    values: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> VersionRow:
    check_lengths(type(row), values)
    old = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    for name, value in values.items():
        setattr(row, name, value)
    save_corrected(actor, row, version, old | (before or {}), values)
    return row


def check_lengths(model: type[Model], values: dict[str, Any]) -> None:
    """Raises BadInput where a text is longer than its column."""
    for name, value in values.items():
        most = getattr(model._meta.get_field(name.removesuffix("_id")), "max_length", None)
        if isinstance(value, str) and most and len(value) > most:
            raise BadInput("plans.too_long", field=name, most=most)


def required(text: str, name: str) -> str:
    if not text.strip():
        raise BadInput("plans.required", field=name)
    return text.strip()


def _comparator(comparator: str) -> str:
    if comparator not in Comparator.values:
        raise BadInput("plans.bad_choice", field="comparator", value=comparator)
    return comparator


def _strength(strength: str) -> str:
    if strength and strength not in Strength.values:
        raise BadInput("plans.bad_choice", field="strength", value=strength)
    return strength
