"""All that a plan version says, as plain data: what is stored, compared, copied, exported and brought back.

Rows refer to each other by stable keys (P1, T3, I7), to units, groups and posts by their numbers in the
database, and to words by Place. Missing is None or "", never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class Place(NamedTuple):
    """Code points [start, end) of the text of a document, which is given by its number in the database."""

    document: int
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Row:
    places: list[Place] = field(default_factory=list)
    state: str = "proposed"
    origin: str = "read"


@dataclass(slots=True, kw_only=True)
class ProgramRow(Row):
    key: str
    title: str
    number: str = ""


@dataclass(slots=True, kw_only=True)
class MeasureLine:
    title: str
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class AssignmentLine:
    """`units` are the units bound at confirmation; empty in a draft."""

    role: str
    printed: str
    unit: int | None = None
    group: int | None = None
    post: int | None = None
    units: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class TaskRow(Row):
    key: str
    title: str
    program: str | None = None
    number: str = ""
    text: str = ""
    deadline: str = ""
    measures: list[MeasureLine] = field(default_factory=list)
    assignments: list[AssignmentLine] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class TargetLine:
    value: Decimal | None
    comparator: str = ">="
    deadline: str = ""
    upper: Decimal | None = None
    unit: int | None = None
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class IndicatorRow(Row):
    key: str
    name: str
    tasks: list[str] = field(default_factory=list)
    unit_of_measure: str = ""
    frequency: str = ""
    strength: str = ""
    scope: str = ""
    traits: list[str] = field(default_factory=list)
    words: str = ""
    accrual: str = "level"
    roll_up: str = "none"
    baseline_value: Decimal | None = None
    baseline_year: int | None = None
    baseline_words: str = ""
    targets: list[TargetLine] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ResultRow(Row):
    name: str
    value: Decimal
    comparator: str = "="
    unit_of_measure: str = ""
    period: str = ""
    task: str | None = None
    indicator: str | None = None


@dataclass(slots=True, kw_only=True)
class GoalRow(Row):
    """`counties` are the names printed, `jurisdictions` the units that they were matched with."""

    title: str
    strength: str = ""
    year: int | None = None
    counties: list[str] = field(default_factory=list)
    jurisdictions: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class StageRow(Row):
    title: str
    deadline: str = ""
    goals: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RhythmRow(Row):
    period: str
    duty: str


@dataclass(slots=True, kw_only=True)
class MechanismRow(Row):
    name: str


@dataclass(slots=True, kw_only=True)
class DoubtLine:
    code: str
    start: int
    end: int
    params: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    answer: str = ""


@dataclass(slots=True, kw_only=True)
class Content:
    title: str = ""
    city: str = ""
    kind: str = ""
    issued_on: str | None = None  # YYYY-MM-DD
    first_year: int | None = None
    last_year: int | None = None
    programs: list[ProgramRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    indicators: list[IndicatorRow] = field(default_factory=list)
    results: list[ResultRow] = field(default_factory=list)
    goals: list[GoalRow] = field(default_factory=list)
    stages: list[StageRow] = field(default_factory=list)
    rhythm: list[RhythmRow] = field(default_factory=list)
    mechanisms: list[MechanismRow] = field(default_factory=list)
    doubts: list[DoubtLine] = field(default_factory=list)
    announced: list[dict[str, str | int]] = field(default_factory=list)
    left_out: list[dict[str, str | int]] = field(default_factory=list)
