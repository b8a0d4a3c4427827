"""What the reader found, as the content of a draft: a series becomes one indicator."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from chuangwen.cores.reading import model as read
from chuangwen.cores.reading.model import Reading, Span, Trait

from .content import (
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
from .likeness import normal, same_name
from .measuring import accrual_of, fits, roll_up_of

SAME_TARGET = "plans.same_target"
HELPING = re.compile(
    "^(配合|协助|协同|联合|共同|参与)"
)  # who helps with a target repeats it under another verb
TOO_LONG = "plans.too_many_digits"


def content_of(reading: Reading, document: int) -> Content:
    """The content that a reviewer starts from; `document` is the number that citations carry.

    Values of one name in one task for several deadlines become one indicator with several targets; results
    are never targets, but are linked to the target of the same name as candidates for its baseline.
    """
    source = _Source(document, reading)
    heading = reading.heading
    content = Content(
        title=_clip(heading.title, 200),
        city=_clip(heading.city or "", 50),
        kind=heading.kind,
        issued_on=_day(heading.issued),
        first_year=heading.period[0] if heading.period else None,
        last_year=heading.period[1] if heading.period else None,
        programs=[source.program(n, program) for n, program in enumerate(reading.programs, 1)],
        tasks=[source.task(n, task) for n, task in enumerate(reading.tasks, 1)],
        goals=[source.goal(goal) for goal in reading.goals],
        stages=[source.stage(stage) for stage in reading.stages],
        rhythm=[
            RhythmRow(period=beat.period, duty=_clip(beat.duty, 50), places=source.at(beat.span))
            for beat in reading.rhythm
        ],
        mechanisms=[
            MechanismRow(name=_clip(mechanism.name, 200), places=source.at(mechanism.span))
            for mechanism in reading.mechanisms
        ],
        announced=[
            {"what": said.what, "count": said.count, "found": said.found, **_range(said.span)}
            for said in reading.announced
        ],
        left_out=[{"code": piece.code, **_range(piece.span)} for piece in reading.left_out],
    )
    exact = [i for i in reading.indicators if fits(i.value) and fits(i.upper) and fits(_baseline_value(i))]
    targets = [i for i in exact if i.kind == "target"]
    content.indicators = [source.indicator(n, group) for n, group in enumerate(_series(targets), 1)]
    content.results = [
        source.result(i, content.indicators) for i in exact if i.kind == "result" and i.value is not None
    ]
    content.doubts = [_doubt(doubt) for doubt in reading.doubts]
    content.doubts += [
        DoubtLine(
            code=TOO_LONG,
            params={"value": str(i.value)},
            start=i.value_span.start,
            end=i.value_span.end,
        )
        for i in reading.indicators
        if not (fits(i.value) and fits(i.upper) and fits(_baseline_value(i)))
    ]
    content.doubts += [_same_target(group) for group in same_targets(content.indicators)]
    content.doubts.sort(key=lambda doubt: (doubt.start, doubt.end))
    return content


def same_targets(indicators: Sequence[IndicatorRow]) -> list[list[IndicatorRow]]:
    """Groups of indicators that state one target under different tasks: same name, unit and values."""
    alike: defaultdict[tuple[object, ...], list[IndicatorRow]] = defaultdict(list)
    for row in indicators:
        values = tuple((t.deadline, t.comparator, t.value, t.upper, t.unit) for t in row.targets)
        name = "".join(sorted(normal(HELPING.sub("", row.name))))
        alike[name, row.unit_of_measure, row.frequency, row.scope, row.words, values].append(row)
    return [group for group in alike.values() if len({tuple(row.tasks) for row in group}) > 1]


def _same_target(group: list[IndicatorRow]) -> DoubtLine:
    _, start, end = group[-1].places[0]
    keys = ",".join(row.key for row in group)
    params = {"name": group[0].name, "keys": keys}
    return DoubtLine(code=SAME_TARGET, params=params, options=["merge", "keep"], start=start, end=end)


def _series(indicators: Iterable[read.Indicator]) -> list[list[read.Indicator]]:
    """Each list is one indicator: values of one name and unit in one task, for deadlines that all differ."""
    groups: dict[tuple[object, ...], list[read.Indicator]] = {}
    alone: list[list[read.Indicator]] = []
    for i in indicators:
        traits = Trait.PER_YEAR in i.traits
        key = (i.task, normal(i.name), i.unit, i.frequency, i.scope, i.words, traits)
        group = groups.get(key)
        if i.deadline is None or (group and i.deadline in {other.deadline for other in group}):
            alone.append([i])
        elif group:
            group.append(i)
        else:
            groups[key] = [i]
            alone.append(groups[key])
    return alone


class _Source:
    """Makes rows that cite one document."""

    def __init__(self, document: int, reading: Reading) -> None:
        self.document = document
        self.reading = reading

    def at(self, *spans: Span) -> list[Place]:
        return [Place(self.document, start, end) for start, end in sorted(set(spans)) if end > start]

    def words_after(self, start: int, end: int) -> str:
        """The words of a task after its title, without what is no part of the document."""
        kept = []
        for piece in self.reading.left_out:
            if start < piece.span.end and piece.span.start < end:
                kept.append(self.reading.text[start : piece.span.start])
                start = piece.span.end
        kept.append(self.reading.text[start:end])
        return "".join(kept).strip().lstrip("。.:：,，、").strip()

    def program(self, n: int, program: read.Program) -> ProgramRow:
        return ProgramRow(
            key=f"P{n}",
            number=_clip(program.number or "", 20),
            title=_clip(program.title, 200),
            places=self.at(program.title_span),
        )

    def task(self, n: int, task: read.Task) -> TaskRow:
        return TaskRow(
            key=f"T{n}",
            program=None if task.program is None else f"P{task.program + 1}",
            number=_clip(task.number or "", 20),
            title=_clip(task.title, 300),
            text=self.words_after(task.title_span.end, task.span.end),
            deadline=task.deadline or "",
            places=self.at(task.span),
            measures=[
                MeasureLine(title=_clip(measure.title, 300), places=self.at(measure.span))
                for measure in task.measures
            ],
            assignments=[
                AssignmentLine(role=a.role, printed=_clip(a.name, 100), places=self.at(a.span))
                for a in task.assignments
            ],
        )

    def indicator(self, n: int, series: list[read.Indicator]) -> IndicatorRow:
        first = series[0]
        traits = sorted({trait.value for i in series for trait in i.traits})
        baseline = first.baseline
        name = _clip(first.name, 200)
        frequency = first.frequency or ""
        return IndicatorRow(
            key=f"I{n}",
            name=name,
            tasks=[] if first.task is None else [f"T{first.task + 1}"],
            unit_of_measure=_clip(first.unit, 30),
            frequency=frequency,
            strength=first.strength or "",
            scope=_clip(first.scope or "", 50),
            traits=traits,
            words=_clip(first.words, 200),
            accrual=accrual_of(traits, first.unit, name, frequency).value,
            roll_up=roll_up_of(traits, first.unit, first.comparator).value,
            baseline_value=_baseline_value(first),
            baseline_year=baseline.year if baseline else None,
            baseline_words=_clip(baseline.words, 100) if baseline else "",
            places=self.at(*(i.span for i in series)),
            targets=[
                TargetLine(
                    value=i.value,
                    comparator=i.comparator,
                    deadline=i.deadline or "",
                    upper=i.upper,
                    places=self.at(i.value_span),
                )
                for i in sorted(series, key=lambda i: i.deadline or "")
            ],
        )

    def result(self, i: read.Indicator, indicators: Sequence[IndicatorRow]) -> ResultRow:
        promised = [r for r in indicators if r.unit_of_measure == i.unit and same_name(r.name, i.name)]
        return ResultRow(
            name=_clip(i.name, 200),
            value=i.value if i.value is not None else Decimal(0),
            comparator=i.comparator,
            unit_of_measure=_clip(i.unit, 30),
            period=i.deadline or "",
            task=None if i.task is None else f"T{i.task + 1}",
            indicator=promised[0].key if promised else None,
            places=self.at(i.span),
        )

    def goal(self, goal: read.Goal) -> GoalRow:
        return GoalRow(
            title=_clip(goal.title, 300),
            strength=goal.strength or "",
            year=goal.year,
            counties=list(goal.jurisdictions),
            places=self.at(goal.span),
        )

    def stage(self, stage: read.Stage) -> StageRow:
        return StageRow(
            title=_clip(stage.title, 200),
            deadline=stage.deadline or "",
            goals=[goal.title for goal in stage.goals],
            places=self.at(stage.span),
        )


def _doubt(doubt: read.Doubt) -> DoubtLine:
    return DoubtLine(
        code=doubt.code,
        params=dict(doubt.params),
        options=list(doubt.options),
        start=doubt.span.start,
        end=doubt.span.end,
    )


def _range(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _baseline_value(indicator: read.Indicator) -> Decimal | None:
    return indicator.baseline.value if indicator.baseline else None


def _day(issued: str | None) -> str | None:
    """The day, or None where it is not in the calendar."""
    try:
        return date.fromisoformat(issued).isoformat() if issued else None
    except ValueError:
        return None


def _clip(text: str, most: int) -> str:
    """At most `most` characters: a title that runs on is cut, and the words stay in the document."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
