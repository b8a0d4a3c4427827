"""What a reading of a document holds: facts, each with the place in the text that it came from.

Places are half-open ranges of Unicode code points in the canonical text (see `files`). None always means
"the document does not say", never zero or "no".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in the canonical text."""

    start: int
    end: int


class Trait(StrEnum):
    """What kind of number a target is; an indicator may have several (DOMAIN.md 1.7)."""

    PER_YEAR = "per_year"  # one value for each named year (分别 36、62、60)
    YEARLY_ANEW = "yearly_anew"  # 每年 …: owed again every year
    CUMULATIVE = "cumulative"  # over the whole period (三年 4000 名, 累计)
    HELD_FLOOR = "held_floor"  # 保持在 … 以上
    EACH = "each"  # least of each one (每个不少于 600 平方米)
    MEAN = "mean"  # 平均, 年均
    PER_HEAD = "per_head"  # per head, or a density (人均, 每平方公里)
    AGAINST_BASE = "against_base"  # a change: 下降 20%, 比 2020 年提高
    FROM_ABOVE = "from_above"  # 不低于上级下达的指标: the number is issued elsewhere
    ORDERED_CLASS = "ordered_class"  # B 级以上, 优于 Ⅲ 类
    RANGE = "range"  # 2-3 家: `value` is the lower end, `upper` the upper


@dataclass(slots=True)
class Baseline:
    """What a change is measured against. `value` is None where only the year or the words are given."""

    words: str
    span: Span
    value: Decimal | None = None
    unit: str = ""
    year: int | None = None


@dataclass(slots=True)
class Indicator:
    """One quantified thing: a target to reach or a result reported.

    `value` is None only for traits FROM_ABOVE and ORDERED_CLASS (then `words` holds the class or the phrase).
    `deadline` is "YYYY" or "YYYY-MM"; `frequency` is "yearly" or None; `strength` is "mandatory" (确保),
    "stretch" (力争, 努力) or None where the text uses neither.
    """

    name: str
    kind: str  # "target" | "result"
    comparator: str  # ">=" "<=" "=" ">" "<"
    value: Decimal | None
    unit: str
    span: Span  # the quote, at most 160 characters
    value_span: Span  # the number and its unit
    deadline: str | None = None
    frequency: str | None = None
    strength: str | None = None
    scope: str | None = None
    baseline: Baseline | None = None
    upper: Decimal | None = None
    words: str = ""
    traits: tuple[Trait, ...] = ()
    task: int | None = None  # index into Reading.tasks


@dataclass(slots=True)
class Assignment:
    """A unit or person named for a task. `role` is leader, lead or member."""

    role: str
    name: str
    span: Span


@dataclass(slots=True)
class Measure:
    """One of the counted or numbered pieces of work inside a task's text."""

    title: str
    span: Span


@dataclass(slots=True)
class Task:
    """A numbered measure or article. `number` is as printed, without its punctuation; None if unnumbered.

    `span` covers the whole task with its text and its responsibility line; `title_span` the title.
    """

    title: str
    title_span: Span
    span: Span
    number: str | None = None
    program: int | None = None  # index into Reading.programs
    assignments: list[Assignment] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    deadline: str | None = None  # of the task itself, as in a table's 完成时限 column


@dataclass(slots=True)
class Program:
    """A top-level group: 工程, 行动, a keyword, a numbered section. `span` covers all that is under it."""

    title: str
    title_span: Span
    span: Span
    number: str | None = None


@dataclass(slots=True)
class Goal:
    """An aim of the whole plan: a title to win, a kind of city to become."""

    title: str
    span: Span
    strength: str | None = None
    jurisdictions: tuple[str, ...] = ()  # counties it is set for; empty: the city
    year: int | None = None


@dataclass(slots=True)
class Stage:
    """A year or phase of the plan with what is to be reached by its end."""

    title: str
    span: Span
    deadline: str | None = None
    goals: list[Measure] = field(default_factory=list)


@dataclass(slots=True)
class Beat:
    """One beat of the supervision rhythm: `period` is day, week, month, quarter, half_year or year."""

    period: str
    duty: str  # 督查, 通报, 晒榜 …
    span: Span


@dataclass(slots=True)
class Mechanism:
    """How the carrying out of the work is watched, measured, rewarded or called to account."""

    name: str
    span: Span


@dataclass(slots=True)
class Announced:
    """What the document says that it contains, against what was found: "116 announced, 0 found"."""

    what: str  # programs | tasks | indicators | measures
    count: int
    found: int
    span: Span


@dataclass(slots=True)
class Doubt:
    """A place that a person should look at: damaged, contradictory or unclear. Nothing is guessed.

    `code` names the kind (worded in `doubts.WORDS`), `options` are answers to offer, possibly none.
    """

    code: str
    span: Span
    params: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class LeftOut:
    """A piece of the text that is no part of the document: page furniture, credits, adverts, spam."""

    span: Span
    code: str


@dataclass(slots=True)
class Heading:
    """The facts of the document as a whole. `title` is "" if it has none; `issued` is YYYY-MM-DD."""

    title: str = ""
    title_span: Span | None = None
    city: str | None = None  # without 市
    kind: str = "action_plan"  # action_plan | implementation_opinions | news_report | work_report
    issued: str | None = None
    period: tuple[int, int] | None = None


@dataclass(slots=True)
class Reading:
    """All that was read from one document, in the order of the text."""

    text: str
    heading: Heading
    goals: list[Goal] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    rhythm: list[Beat] = field(default_factory=list)
    mechanisms: list[Mechanism] = field(default_factory=list)
    announced: list[Announced] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def quote(self, span: Span) -> str:
        """The exact words at a place."""
        return self.text[span.start : span.end]
