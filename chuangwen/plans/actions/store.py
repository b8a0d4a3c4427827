"""Writes content as rows of a version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from ..models import (
    AssignedUnit,
    Assignment,
    Citation,
    Doubt,
    Goal,
    Indicator,
    IndicatorVersion,
    Measure,
    Mechanism,
    PlanVersion,
    Program,
    Result,
    Rhythm,
    Stage,
    Subject,
    Target,
    Task,
    TaskVersion,
    VersionRow,
)
from ..rules.content import Content, DoubtLine, Place, Row

ROOM = 1000  # positions made free for rows that are added between others
HEADING = ("title", "city", "kind", "first_year", "last_year", "announced", "left_out")


def head(content: Content) -> dict[str, Any]:
    """The fields of a PlanVersion that come from the content."""
    issued_on = date.fromisoformat(content.issued_on) if content.issued_on else None
    return {name: getattr(content, name) for name in HEADING} | {"issued_on": issued_on}


def store_rows(version: PlanVersion, content: Content) -> None:
    """Write all rows of `content`, with its keys, into `version`.

    The same number of queries for any, but for batches.
    """
    _Writer(version).store(content)


def add_rows(version: PlanVersion, content: Content, *, after: str) -> None:
    """Write the few rows of `content` into a draft that has rows already.

    They stand behind the row with the key `after` of their kind, or at the end.
    """
    writer = _Writer(version)
    writer.known_programs = dict(version.program_rows.values_list("key", "pk"))
    writer.known_tasks = {row.task.key: row for row in version.taskversion_rows.select_related("task")}
    for model, key in ((Program, "key"), (TaskVersion, "task__key"), (IndicatorVersion, "indicator__key")):
        rows = model.objects.filter(plan_version=version)
        behind = rows.filter(**{key: after}).values_list("position", flat=True).first()
        if behind is not None:
            rows.filter(position__gt=behind).update(position=F("position") + ROOM)
            writer.first_positions[model] = behind + 1
    writer.store(content)


class _Writer:
    def __init__(self, version: PlanVersion) -> None:
        self.version = version
        self.citations: list[Citation] = []
        self.known_programs: dict[str, int] = {}
        self.known_tasks: dict[str, TaskVersion] = {}
        self.first_positions: dict[type[VersionRow], int] = {}

    def store(self, content: Content) -> None:
        programs = Program.objects.bulk_create(
            Program(**self.of(Program, n, row), key=row.key, number=row.number, title=row.title)
            for n, row in enumerate(content.programs)
        )
        self.cite_all(Subject.PROGRAM, programs, content.programs)
        tasks = self.known_tasks | self.tasks(
            content, self.known_programs | {row.key: row.pk for row in programs}
        )
        indicators = self.indicators(content, tasks)
        self.results(content, tasks, indicators)
        self.goals(content)
        self.plain_rows(content)
        self.doubts(content.doubts)
        Citation.objects.bulk_create(self.citations, batch_size=500)

    def of(self, model: type[VersionRow], n: int, row: Row) -> dict[str, Any]:
        """What every row has; `n` counts the rows of its kind that are written."""
        return {
            "plan_version": self.version,
            "position": self.first_positions.get(model, 0) + n,
            "state": row.state,
            "origin": row.origin,
        }

    def cite(self, subject: Subject, row_id: int, places: Iterable[Place]) -> None:
        self.citations += [
            Citation(
                plan_version=self.version,
                document_id=place.document,
                subject=subject,
                row_id=row_id,
                start=place.start,
                end=place.end,
            )
            for place in places
        ]

    def cite_all(self, subject: Subject, rows: Iterable[Any], lines: Iterable[Any]) -> None:
        for row, line in zip(rows, lines, strict=True):
            self.cite(subject, row.pk, line.places)

    def tasks(self, content: Content, programs: dict[str, int]) -> dict[str, TaskVersion]:
        known = identities(Task, self.version, [row.key for row in content.tasks])
        rows = TaskVersion.objects.bulk_create(
            TaskVersion(
                **self.of(TaskVersion, n, row),
                task=known[row.key],
                program_id=programs.get(row.program or ""),
                number=row.number,
                title=row.title,
                text=row.text,
                deadline=row.deadline,
            )
            for n, row in enumerate(content.tasks)
        )
        self.cite_all(Subject.TASK, rows, content.tasks)
        measures = [
            (row, n, line) for row, task in _pairs(rows, content.tasks) for n, line in _lines(task.measures)
        ]
        made = Measure.objects.bulk_create(
            Measure(task_version=row, position=n, title=line.title) for row, n, line in measures
        )
        self.cite_all(Subject.MEASURE, made, [line for _, _, line in measures])
        self.assignments(
            [
                (row, n, line)
                for row, task in _pairs(rows, content.tasks)
                for n, line in _lines(task.assignments)
            ]
        )
        return {row.key: task for task, row in _pairs(rows, content.tasks)}

    def assignments(self, lines: list[tuple[TaskVersion, int, Any]]) -> None:
        made = Assignment.objects.bulk_create(
            Assignment(
                task_version=row,
                position=n,
                role=line.role,
                printed=line.printed,
                unit_id=line.unit,
                group_id=line.group,
                post_id=line.post,
            )
            for row, n, line in lines
        )
        AssignedUnit.objects.bulk_create(
            AssignedUnit(assignment=assignment, unit_id=unit)
            for assignment, (_, _, line) in zip(made, lines, strict=True)
            for unit in line.units
        )
        self.cite_all(Subject.ASSIGNMENT, made, [line for _, _, line in lines])

    def indicators(self, content: Content, tasks: dict[str, TaskVersion]) -> dict[str, IndicatorVersion]:
        known = identities(Indicator, self.version, [row.key for row in content.indicators])
        rows = IndicatorVersion.objects.bulk_create(
            IndicatorVersion(
                **self.of(IndicatorVersion, n, row),
                indicator=known[row.key],
                **{name: getattr(row, name) for name in INDICATOR_FIELDS},
            )
            for n, row in enumerate(content.indicators)
        )
        self.cite_all(Subject.INDICATOR, rows, content.indicators)
        link = IndicatorVersion.tasks.through
        link.objects.bulk_create(
            link(indicatorversion=row, taskversion=tasks[key])
            for row, line in _pairs(rows, content.indicators)
            for key in line.tasks
        )
        targets = [
            (row, n, t) for row, line in _pairs(rows, content.indicators) for n, t in _lines(line.targets)
        ]
        made = Target.objects.bulk_create(
            Target(
                indicator_version=row,
                position=n,
                unit_id=line.unit,
                deadline=line.deadline,
                comparator=line.comparator,
                value=line.value,
                upper=line.upper,
            )
            for row, n, line in targets
        )
        self.cite_all(Subject.TARGET, made, [line for _, _, line in targets])
        return {line.key: row for row, line in _pairs(rows, content.indicators)}

    def results(
        self, content: Content, tasks: dict[str, TaskVersion], indicators: dict[str, IndicatorVersion]
    ) -> None:
        rows = Result.objects.bulk_create(
            Result(
                **self.of(Result, n, row),
                task_version=tasks.get(row.task or ""),
                indicator_version=indicators.get(row.indicator or ""),
                name=row.name,
                comparator=row.comparator,
                value=row.value,
                unit_of_measure=row.unit_of_measure,
                period=row.period,
            )
            for n, row in enumerate(content.results)
        )
        self.cite_all(Subject.RESULT, rows, content.results)

    def goals(self, content: Content) -> None:
        rows = Goal.objects.bulk_create(
            Goal(
                **self.of(Goal, n, row),
                title=row.title,
                strength=row.strength,
                year=row.year,
                counties=row.counties,
            )
            for n, row in enumerate(content.goals)
        )
        link = Goal.jurisdictions.through
        link.objects.bulk_create(
            link(goal=row, unit_id=unit)
            for row, line in _pairs(rows, content.goals)
            for unit in line.jurisdictions
        )
        self.cite_all(Subject.GOAL, rows, content.goals)

    def plain_rows(self, content: Content) -> None:
        stages = Stage.objects.bulk_create(
            Stage(**self.of(Stage, n, row), title=row.title, deadline=row.deadline, goals=row.goals)
            for n, row in enumerate(content.stages)
        )
        self.cite_all(Subject.STAGE, stages, content.stages)
        beats = Rhythm.objects.bulk_create(
            Rhythm(**self.of(Rhythm, n, row), period=row.period, duty=row.duty)
            for n, row in enumerate(content.rhythm)
        )
        self.cite_all(Subject.RHYTHM, beats, content.rhythm)
        mechanisms = Mechanism.objects.bulk_create(
            Mechanism(**self.of(Mechanism, n, row), name=row.name) for n, row in enumerate(content.mechanisms)
        )
        self.cite_all(Subject.MECHANISM, mechanisms, content.mechanisms)

    def doubts(self, doubts: list[DoubtLine]) -> None:
        Doubt.objects.bulk_create(
            Doubt(
                plan_version=self.version,
                position=n,
                code=line.code,
                params=line.params,
                options=line.options,
                start=line.start,
                end=line.end,
                answer=line.answer,
            )
            for n, line in enumerate(doubts)
        )


INDICATOR_FIELDS = (
    "name",
    "unit_of_measure",
    "frequency",
    "strength",
    "scope",
    "traits",
    "words",
    "accrual",
    "roll_up",
    "baseline_value",
    "baseline_year",
    "baseline_words",
)


def identities(model: type[Any], version: PlanVersion, keys: list[str]) -> dict[str, Any]:
    """Identity of each key in the plan of `version`; those that do not exist yet are made."""
    known = {one.key: one for one in model.objects.filter(plan=version.plan_id)}
    made = model.objects.bulk_create(
        model(plan_id=version.plan_id, key=key) for key in dict.fromkeys(keys) if key not in known
    )
    return known | {one.key: one for one in made}


def next_keys(version: PlanVersion, letter: str, count: int = 1) -> list[str]:
    """Keys never used in the plan before: for tasks (T), indicators (I) or programs (P)."""
    rows: QuerySet[Any] = {
        "P": Program.objects.filter(plan_version__plan=version.plan_id),
        "T": Task.objects.filter(plan=version.plan_id),
        "I": Indicator.objects.filter(plan=version.plan_id),
    }[letter]
    used = rows.values_list("key", flat=True)
    last = max((int(key[1:]) for key in used if key[1:].isdigit()), default=0)
    return [f"{letter}{last + n}" for n in range(1, count + 1)]


def _pairs(rows: list[Any], lines: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(rows, lines, strict=True))


def _lines(lines: list[Any]) -> list[tuple[int, Any]]:
    return list(enumerate(lines))
