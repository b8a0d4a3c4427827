"""What a version promises, as plain data for the rooms that follow it: identities, units, targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from chuangwen.orgs.actors import Actor

from .. import access
from ..models import AssignedUnit, PlanVersion, Role
from ..rules.content import Content, GoalRow, IndicatorRow, ProgramRow, StageRow, TaskRow
from ..rules.deadlines import last_day
from ..rules.states import VersionState
from .content import content_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

LEADING = {Role.LEAD, Role.RESPONSIBLE}


@dataclass(frozen=True)
class TaskPromise:
    """A task of the version. `leads` and `members` are units in the order of the document, each once."""

    id: int
    row: TaskRow
    leads: tuple[int, ...]
    members: tuple[int, ...]
    indicators: tuple[int, ...]


@dataclass(frozen=True)
class IndicatorPromise:
    """An indicator of the version; `tasks` are the identities of the tasks it stands under."""

    id: int
    row: IndicatorRow
    tasks: tuple[int, ...]


class Commitments:
    """All that `version` promises. About 20 queries, however many rows."""

    def __init__(self, version: PlanVersion) -> None:
        self.version = version
        self.content: Content = content_of(version)

    @property
    def programs(self) -> list[ProgramRow]:
        return self.content.programs

    @property
    def stages(self) -> list[StageRow]:
        return self.content.stages

    @property
    def goals(self) -> list[GoalRow]:
        return self.content.goals

    @property
    def begins(self) -> date:
        """The first day of the plan's years; of the year of confirmation where the document names none."""
        return date(self.version.first_year or self._confirmed_year, 1, 1)

    @property
    def ends(self) -> date:
        """The last day of the plan's years; two years after the first where the document names none."""
        return date(self.version.last_year or self.begins.year + 2, 12, 31)

    @property
    def _confirmed_year(self) -> int:
        return (self.version.confirmed_at or self.version.created_at).year

    @cached_property
    def indicators(self) -> list[IndicatorPromise]:
        ids = dict(self.version.indicatorversion_rows.values_list("indicator__key", "indicator_id"))
        return [
            IndicatorPromise(ids[row.key], row, tuple(self._task_ids[key] for key in row.tasks))
            for row in self.content.indicators
        ]

    @cached_property
    def tasks(self) -> list[TaskPromise]:
        of_task: dict[int, list[int]] = {}
        for indicator in self.indicators:
            for task in indicator.tasks:
                of_task.setdefault(task, []).append(indicator.id)
        return [
            self._task(row, self._task_ids[row.key], tuple(of_task.get(self._task_ids[row.key], ())))
            for row in self.content.tasks
        ]

    @cached_property
    def _task_ids(self) -> dict[str, int]:
        return dict(self.version.taskversion_rows.values_list("task__key", "task_id"))

    def _task(self, row: TaskRow, id_: int, indicators: tuple[int, ...]) -> TaskPromise:
        leads = dict.fromkeys(u for line in row.assignments if line.role in LEADING for u in line.units)
        members = dict.fromkeys(u for line in row.assignments if line.role == Role.MEMBER for u in line.units)
        others = tuple(unit for unit in members if unit not in leads)
        return TaskPromise(id_, row, tuple(leads), others, indicators)


def target_day(deadline: str) -> date | None:
    """The last day that is in time; None where no deadline is named."""
    return last_day(deadline)


def versions_in_force(actor: Actor) -> QuerySet[PlanVersion]:
    """Confirmed versions that count now, of the plans that the actor may see, the latest plan first."""
    found = access.visible_versions(actor).filter(state=VersionState.CONFIRMED)
    return found.select_related("plan__jurisdiction").order_by("-plan_id")


def leads_task(version: PlanVersion, task_id: int, unit_id: int) -> bool:
    """Whether the version gives the lead of the task to the unit."""
    bound = AssignedUnit.objects.filter(assignment__task_version__plan_version=version, unit=unit_id)
    return bound.filter(assignment__task_version__task=task_id, assignment__role__in=LEADING).exists()
