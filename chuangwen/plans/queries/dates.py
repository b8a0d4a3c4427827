"""What is due when: the calendar of deadlines, the timeline, the goals of each county."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Goal, PlanVersion, Stage, Target
from ..rules.deadlines import is_past, last_day, quarter_of, year_of
from ..rules.states import RowState
from .book import Book, IndicatorLine, TaskLine

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit


@dataclass(frozen=True)
class DueTarget:
    line: IndicatorLine
    target: Target


@dataclass
class DueMonth:
    """All that one deadline ends; `last_day` is None for "" (none named), which comes last."""

    deadline: str
    last_day: date | None
    past: bool
    indicators: list[DueTarget] = field(default_factory=list)
    tasks: list[TaskLine] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)


@dataclass
class YearColumn:
    """`quarters` holds what is due in a month of each quarter, `whole_year` what is due by the year's end."""

    year: int
    stages: list[Stage] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    tasks: list[TaskLine] = field(default_factory=list)
    quarters: list[list[DueTarget]] = field(default_factory=lambda: [[], [], [], []])
    whole_year: list[DueTarget] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """`yearly` is owed again every year; `undated` has no deadline."""

    version: PlanVersion
    years: list[YearColumn]
    yearly: list[IndicatorLine]
    undated: list[IndicatorLine]


@dataclass(frozen=True)
class CountyGoals:
    """`unit` is None for the whole city, or where `county` is a name that no known unit has."""

    unit: Unit | None
    county: str
    goals: list[Goal]


def calendar(actor: Actor, version_id: int, today: date) -> list[DueMonth]:
    """Deadlines in order, with what each ends. Raises Hidden."""
    book = Book(access.one_version(actor, version_id))
    months: dict[str, DueMonth] = {}

    def month(deadline: str) -> DueMonth:
        new = DueMonth(deadline, last_day(deadline), is_past(deadline, today))
        return months.setdefault(deadline, new)

    for line in book.indicators:
        for target in line.targets:
            month(target.deadline).indicators.append(DueTarget(line, target))
    for task in book.tasks:
        if task.row.deadline:
            month(task.row.deadline).tasks.append(task)
    for stage in _stages(book.version):
        if stage.deadline:
            month(stage.deadline).stages.append(stage)
    return sorted(months.values(), key=lambda month: (month.last_day is None, month.last_day or today))


def timeline(actor: Actor, version_id: int) -> Timeline:
    """Stages, goals and deadlines by year and quarter. Raises Hidden."""
    version = access.one_version(actor, version_id)
    book = Book(version)
    columns: dict[int, YearColumn] = {}

    def column(year: int) -> YearColumn:
        return columns.setdefault(year, YearColumn(year))

    if version.first_year and version.last_year:
        for year in range(version.first_year, version.last_year + 1):
            column(year)
    for line in book.indicators:
        for target in line.targets:
            if due_in := year_of(target.deadline):
                quarter = quarter_of(target.deadline)
                due = column(due_in).quarters[quarter - 1] if quarter else column(due_in).whole_year
                due.append(DueTarget(line, target))
    for task in book.tasks:
        if due_in := year_of(task.row.deadline):
            column(due_in).tasks.append(task)
    for stage in _stages(version):
        if due_in := year_of(stage.deadline):
            column(due_in).stages.append(stage)
    for goal in _goals(version):
        if goal.year:
            column(goal.year).goals.append(goal)
    yearly = [line for line in book.indicators if line.row.frequency == "yearly"]
    undated = [
        line
        for line in book.indicators
        if line not in yearly and not any(target.deadline for target in line.targets)
    ]
    return Timeline(version, [columns[year] for year in sorted(columns)], yearly, undated)


def county_goals(actor: Actor, version_id: int) -> list[CountyGoals]:
    """Goals of the city, then of each county in the order of the register, then of unknown names.

    Raises Hidden.
    """
    version = access.one_version(actor, version_id)
    city: list[Goal] = []
    counties: dict[Unit, list[Goal]] = {}
    unknown: dict[str, list[Goal]] = {}
    for goal in _goals(version):
        units = list(goal.jurisdictions.all())
        for unit in units:
            counties.setdefault(unit, []).append(goal)
        if not units and not goal.counties:
            city.append(goal)
        if not units:
            for county in goal.counties:
                unknown.setdefault(county, []).append(goal)
    found = [CountyGoals(None, "", city)] if city else []
    found += [
        CountyGoals(unit, unit.name, counties[unit]) for unit in sorted(counties, key=lambda unit: unit.path)
    ]
    return found + [CountyGoals(None, county, goals) for county, goals in unknown.items()]


def _stages(version: PlanVersion) -> list[Stage]:
    return [row for row in version.stage_rows.all() if row.state != RowState.DROPPED]


def _goals(version: PlanVersion) -> list[Goal]:
    rows = version.goal_rows.prefetch_related("jurisdictions")
    return [row for row in rows if row.state != RowState.DROPPED]
