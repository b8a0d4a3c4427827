"""A stored version as plain content: what is copied, compared and exported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

from ..models import (
    AssignedUnit,
    Assignment,
    Doubt,
    Goal,
    IndicatorVersion,
    Measure,
    PlanVersion,
    Subject,
    Target,
    VersionRow,
)
from ..rules.content import (
    AssignmentLine,
    Content,
    DoubtLine,
    GoalRow,
    IndicatorRow,
    MeasureLine,
    MechanismRow,
    Place,
    ProgramRow,
    ResultRow,
    RhythmRow,
    StageRow,
    TargetLine,
    TaskRow,
)

Line = TypeVar("Line", bound=Model)


def content_of(version: PlanVersion) -> Content:
    """Everything that `version` says, its rows in their order. 16 queries, however many rows."""
    return _Reader(version).content()


def indicator_rows(version: PlanVersion) -> dict[int, IndicatorRow]:
    """The indicators of `version` alone, by their identity. Seven queries."""
    reader = _Reader(version)
    numbers = (row.indicator_id for row in reader.indicators)
    return dict(zip(numbers, reader.indicator_rows(), strict=True))


class _Reader:
    def __init__(self, version: PlanVersion) -> None:
        self.version = version
        self.places: defaultdict[tuple[str, int], list[Place]] = defaultdict(list)
        for citation in version.citations.order_by("start", "end", "pk"):
            place = Place(citation.document_id, citation.start, citation.end)
            self.places[citation.subject, citation.row_id].append(place)
        self.programs = list(version.program_rows.all())
        self.tasks = list(version.taskversion_rows.select_related("task"))
        self.indicators = list(version.indicatorversion_rows.select_related("indicator"))
        self.program_keys = {row.pk: row.key for row in self.programs}
        self.task_keys = {row.pk: row.task.key for row in self.tasks}
        self.indicator_keys = {row.pk: row.indicator.key for row in self.indicators}

    def content(self) -> Content:
        version = self.version
        return Content(
            title=version.title,
            city=version.city,
            kind=version.kind,
            issued_on=version.issued_on.isoformat() if version.issued_on else None,
            first_year=version.first_year,
            last_year=version.last_year,
            programs=[
                ProgramRow(key=row.key, title=row.title, number=row.number, **self.of(Subject.PROGRAM, row))
                for row in self.programs
            ],
            tasks=self.task_rows(),
            indicators=self.indicator_rows(),
            results=self.result_rows(),
            goals=self.goal_rows(),
            stages=[
                StageRow(
                    title=row.title,
                    deadline=row.deadline,
                    goals=list(row.goals),
                    **self.of(Subject.STAGE, row),
                )
                for row in version.stage_rows.all()
            ],
            rhythm=[
                RhythmRow(period=row.period, duty=row.duty, **self.of(Subject.RHYTHM, row))
                for row in version.rhythm_rows.all()
            ],
            mechanisms=[
                MechanismRow(name=row.name, **self.of(Subject.MECHANISM, row))
                for row in version.mechanism_rows.all()
            ],
            doubts=[_doubt(row) for row in version.doubts.all()],
            announced=[dict(said) for said in version.announced],
            left_out=[dict(piece) for piece in version.left_out],
        )

    def of(self, subject: Subject, row: VersionRow) -> dict[str, Any]:
        """What every row has."""
        return {"state": row.state, "origin": row.origin, "places": self.places[subject, row.pk]}

    def task_rows(self) -> list[TaskRow]:
        measures = _by(Measure.objects.filter(task_version__plan_version=self.version), "task_version_id")
        assignments = _by(
            Assignment.objects.filter(task_version__plan_version=self.version), "task_version_id"
        )
        bound = AssignedUnit.objects.filter(assignment__task_version__plan_version=self.version)
        units = _by(bound.order_by("unit__path"), "assignment_id")
        return [
            TaskRow(
                key=row.task.key,
                title=row.title,
                program=self.program_keys.get(row.program_id or 0),
                number=row.number,
                text=row.text,
                deadline=row.deadline,
                measures=[
                    MeasureLine(title=line.title, places=self.places[Subject.MEASURE, line.pk])
                    for line in measures[row.pk]
                ],
                assignments=[
                    AssignmentLine(
                        role=line.role,
                        printed=line.printed,
                        unit=line.unit_id,
                        group=line.group_id,
                        post=line.post_id,
                        units=[one.unit_id for one in units[line.pk]],
                        places=self.places[Subject.ASSIGNMENT, line.pk],
                    )
                    for line in assignments[row.pk]
                ],
                **self.of(Subject.TASK, row),
            )
            for row in self.tasks
        ]

    def indicator_rows(self) -> list[IndicatorRow]:
        targets = _by(
            Target.objects.filter(indicator_version__plan_version=self.version), "indicator_version_id"
        )
        through = IndicatorVersion.tasks.through.objects
        links = through.filter(indicatorversion__plan_version=self.version)
        tasks = _by(links.order_by("taskversion__position", "taskversion_id"), "indicatorversion_id")
        return [
            IndicatorRow(
                key=row.indicator.key,
                name=row.name,
                tasks=[self.task_keys[link.taskversion_id] for link in tasks[row.pk]],
                unit_of_measure=row.unit_of_measure,
                frequency=row.frequency,
                strength=row.strength,
                scope=row.scope,
                traits=list(row.traits),
                words=row.words,
                accrual=row.accrual,
                roll_up=row.roll_up,
                baseline_value=row.baseline_value,
                baseline_year=row.baseline_year,
                baseline_words=row.baseline_words,
                targets=[
                    TargetLine(
                        value=line.value,
                        comparator=line.comparator,
                        deadline=line.deadline,
                        upper=line.upper,
                        unit=line.unit_id,
                        places=self.places[Subject.TARGET, line.pk],
                    )
                    for line in targets[row.pk]
                ],
                **self.of(Subject.INDICATOR, row),
            )
            for row in self.indicators
        ]

    def result_rows(self) -> list[ResultRow]:
        return [
            ResultRow(
                name=row.name,
                value=row.value,
                comparator=row.comparator,
                unit_of_measure=row.unit_of_measure,
                period=row.period,
                task=self.task_keys.get(row.task_version_id or 0),
                indicator=self.indicator_keys.get(row.indicator_version_id or 0),
                **self.of(Subject.RESULT, row),
            )
            for row in self.version.result_rows.all()
        ]

    def goal_rows(self) -> list[GoalRow]:
        links = Goal.jurisdictions.through.objects.filter(goal__plan_version=self.version)
        units = _by(links.order_by("unit__path"), "goal_id")
        return [
            GoalRow(
                title=row.title,
                strength=row.strength,
                year=row.year,
                counties=list(row.counties),
                jurisdictions=[link.unit_id for link in units[row.pk]],
                **self.of(Subject.GOAL, row),
            )
            for row in self.version.goal_rows.all()
        ]


def _by(lines: Iterable[Any], name: str) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for line in lines:
        groups[getattr(line, name)].append(line)
    return groups


def _doubt(row: Doubt) -> DoubtLine:
    return DoubtLine(
        code=row.code,
        start=row.start,
        end=row.end,
        params=dict(row.params),
        options=list(row.options),
        answer=row.answer,
    )
