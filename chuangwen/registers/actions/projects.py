"""Projects of a list: what is planned, how far they are, what was measured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor
from chuangwen.plans.rules.measuring import checked_value, plain

from .. import access
from ..figures import OF_PROJECTS, tell
from ..models import Project
from ..rules.projects import ProjectState, checked_days, next_state

FIELDS = ("name", "unit", "planned_on", "note")


@transaction.atomic
def add_project(
    *, actor: Actor, list_id: int, name: str, unit_id: int, planned_on: date | None = None, note: str = ""
) -> Project:
    """One more by name; it is planned. Raises Hidden, Denied; BadInput if the list has the name there."""
    kept = access.project_list_for_change(actor, list_id)
    project = Project(list=kept, name=name, unit=one_unit(actor, unit_id), planned_on=planned_on, note=note)
    check_project(project)
    project.save(force_insert=True)
    _told(actor, "registers.project_added", project)
    return project


@transaction.atomic
def change_project(
    *,
    actor: Actor,
    project_id: int,
    version: int,
    name: str,
    unit_id: int,
    planned_on: date | None,
    note: str,
) -> Project:
    """Another name, place, planned day or note. Raises Hidden, Denied, Stale, BadInput."""
    project = access.project_for_change(actor, project_id)
    check_current(project, version)
    was = as_told(project)
    project.name, project.unit = name, one_unit(actor, unit_id)
    project.planned_on, project.note = planned_on, note
    check_project(project)
    save_if_current(project, version, fields=FIELDS)
    _told(actor, "registers.project_changed", project, was)
    return project


@transaction.atomic
def start_project(*, actor: Actor, project_id: int, version: int, on: date, today: date) -> Project:
    """Work began on the day. Raises Hidden, Denied, Stale, NotAllowedNow; BadInput for a day to come."""
    return _moved(actor, project_id, version, "start", today, started_on=on)


@transaction.atomic
def finish_project(*, actor: Actor, project_id: int, version: int, on: date, today: date) -> Project:
    """It was done on the day. Raises Hidden, Denied, Stale, NotAllowedNow; BadInput for the day."""
    return _moved(actor, project_id, version, "finish", today, done_on=on)


@transaction.atomic
def reopen_project(*, actor: Actor, project_id: int, version: int, today: date) -> Project:
    """Take the last step back: not done after all, not even begun.

    Raises Hidden, Denied, Stale, NotAllowedNow.
    """
    project = access.project_to_move(actor, project_id)
    taken_back = "done_on" if project.state == ProjectState.DONE else "started_on"
    return _moved(actor, project_id, version, "reopen", today, **{taken_back: None})


@transaction.atomic
def measure_project(
    *,
    actor: Actor,
    project_id: int,
    version: int,
    measure_name: str,
    measure_unit: str,
    before: Decimal | None,
    after: Decimal | None,
) -> Project:
    """What was measured before and after; None: not measured. Raises Hidden, Denied, Stale, BadInput."""
    project = access.project_to_move(actor, project_id)
    check_current(project, version)
    was = as_told(project)
    project.measure_name, project.measure_unit = measure_name, measure_unit
    project.before, project.after = before, after
    check_project(project)
    save_if_current(project, version, fields=["measure_name", "measure_unit", "before", "after"])
    _told(actor, "registers.project_measured", project, was)
    return project


@transaction.atomic
def remove_project(*, actor: Actor, project_id: int, version: int) -> None:
    """Leave out what was entered by mistake. Raises Hidden, Denied, Stale; NotAllowedNow once work began."""
    project = access.project_for_change(actor, project_id)
    check_current(project, version)
    next_state(project.state, "remove")
    save_if_current(project, version, fields=[])
    _told(actor, "registers.project_removed", project)
    project.delete()


def _moved(
    actor: Actor, project_id: int, version: int, move: str, today: date, **days: date | None
) -> Project:
    project = access.project_to_move(actor, project_id)
    check_current(project, version)
    was = as_told(project)
    project.state = next_state(project.state, move)
    for name, day in days.items():
        setattr(project, name, day)
    checked_days(project.started_on, project.done_on, today)
    save_if_current(project, version, fields=["state", *days])
    verb = {"start": "started", "finish": "finished", "reopen": "reopened"}[move]
    _told(actor, f"registers.project_{verb}", project, was)
    return project


def _told(actor: Actor, code: str, project: Project, was: dict[str, Any] | None = None) -> None:
    told = as_told(project)
    changed = {key: value for key, value in (was or {}).items() if told[key] != value}
    entry = audit.record_bulk(actor, code, project.list, [project], **told, was=changed)
    tell(OF_PROJECTS, project.list_id, entry.pk)


def check_project(project: Project) -> None:
    """Raises BadInput: a unit of another city, a name that stands there, a value without its measure."""
    if not project.unit.path.startswith(project.list.jurisdiction.path):
        raise BadInput("registers.unit_elsewhere", unit=str(project.unit))
    others = Project.objects.filter(list=project.list, unit=project.unit, name=project.name)
    if others.exclude(pk=project.pk).exists():
        raise BadInput("registers.project_exists", name=project.name, unit=str(project.unit))
    for value in (checked_value(project.before), checked_value(project.after)):
        if value is not None and not project.measure_name:
            raise BadInput("registers.measure_missing")


def as_told(project: Project) -> dict[str, Any]:
    """What the audit says of a project."""
    return {
        "name": project.name,
        "unit": str(project.unit),
        "state": project.state,
        "planned_on": project.planned_on,
        "started_on": project.started_on,
        "done_on": project.done_on,
        "measure": _measure(project),
        "measured_before": plain(project.before),
        "measured_after": plain(project.after),
        "note": project.note,
    }


def _measure(project: Project) -> str:
    unit = project.measure_unit
    return f"{project.measure_name}（{unit}）" if unit else project.measure_name
