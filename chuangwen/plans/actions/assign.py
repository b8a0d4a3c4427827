"""Who leads and who helps: set by hand, matched to a known unit, group or post, or to a unit made for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.db.models import F

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs import actions as orgs_actions
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import UnitKind

from .. import access
from ..models import Assignment, Role, Subject, TaskVersion
from .correct import AssignmentFields, check_known, replace_assignments
from .rows import save_corrected

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit


@transaction.atomic
def set_assignments(
    *, actor: Actor, row_id: int, version: int, assignments: Sequence[AssignmentFields]
) -> TaskVersion:
    """Set who leads and who helps in a task. Raises Hidden, Denied, NotAllowedNow, Stale, BadInput."""
    row = cast(TaskVersion, access.row_for_change(actor, Subject.TASK, row_id))
    check_current(row, version)
    before = {"assignments": [f"{one.role} {one.printed}" for one in row.assignments.all()]}
    replace_assignments(actor, row, assignments)
    save_corrected(actor, row, version, before, [])
    return row


@transaction.atomic
def match_assignment(
    *,
    actor: Actor,
    assignment_id: int,
    version: int,
    unit_id: int | None = None,
    group_id: int | None = None,
    post_id: int | None = None,
) -> int:
    """Say which unit, group or post a printed name means, wherever the draft prints it; returns how often.

    A leader's name and a unit's are told apart. `version` is that of the PlanVersion. Raises Hidden,
    Denied, NotAllowedNow, Stale, BadInput (not exactly one given).
    """
    one = _assignment(actor, assignment_id)
    fields = AssignmentFields(one.role, one.printed, unit_id, group_id, post_id)
    if sum(number is not None for number in (unit_id, group_id, post_id)) != 1:
        raise BadInput("plans.match_one", printed=one.printed)
    check_known(actor, fields)
    return _match(actor, one, version, fields)


@transaction.atomic
def create_unit_for_assignment(
    *,
    actor: Actor,
    assignment_id: int,
    version: int,
    name: str,
    kind: str,
    parent_id: int,
) -> Unit:
    """Enter a unit that the document names and nobody knew, and match its name.

    `version` is that of the PlanVersion. Raises Hidden, Denied, NotAllowedNow, Stale, BadInput.
    """
    one = _assignment(actor, assignment_id)
    unit = orgs_actions.add_unit(actor=actor, parent_id=parent_id, kind=_kind(kind), name=name)
    _match(actor, one, version, AssignmentFields(one.role, one.printed, unit.pk))
    return unit


def _kind(kind: str) -> UnitKind:
    try:
        return UnitKind(kind)
    except ValueError:
        raise BadInput("plans.bad_choice", field="kind", value=kind) from None


def _assignment(actor: Actor, assignment_id: int) -> Assignment:
    seen = access.visible_versions(actor)
    one = Assignment.objects.filter(task_version__plan_version__in=seen, pk=assignment_id).first()
    if one is None:
        raise Hidden
    return one


def _match(actor: Actor, one: Assignment, version: int, fields: AssignmentFields) -> int:
    draft = access.version_for_change(actor, one.task_version.plan_version_id)
    check_current(draft, version)
    save_if_current(draft, version, fields=[])
    alike = Assignment.objects.filter(task_version__plan_version=draft, printed=one.printed)
    alike = alike.filter(role=Role.LEADER) if one.role == Role.LEADER else alike.exclude(role=Role.LEADER)
    TaskVersion.objects.filter(assignments__in=alike).update(version=F("version") + 1)
    count = alike.update(unit=fields.unit_id, group=fields.group_id, post=fields.post_id)
    audit.record(actor, "plans.name_matched", draft, printed=one.printed, count=count)
    return count
