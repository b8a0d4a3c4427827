"""One version read as a whole, in a fixed number of queries; every page is a view of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..models import (
    Assignment,
    Document,
    IndicatorVersion,
    Measure,
    PlanVersion,
    Program,
    Role,
    Subject,
    Target,
    TaskVersion,
)
from ..rules.content import Place
from ..rules.states import RowState

AROUND = 40  # characters of the paragraph shown on each side of a quote


@dataclass(frozen=True)
class Quote:
    """Words of a document, with up to 40 characters of the same paragraph on each side."""

    document_id: int
    start: int
    end: int
    text: str
    before: str
    after: str


@dataclass
class IndicatorLine:
    row: IndicatorVersion
    key: str
    targets: list[Target]
    tasks: list[TaskVersion]
    quote: Quote | None


@dataclass
class TaskLine:
    row: TaskVersion
    key: str
    assignments: list[Assignment]
    measures: list[Measure]
    quote: Quote | None
    indicators: list[IndicatorLine] = field(default_factory=list)

    def _in_role(self, role: Role) -> list[Assignment]:
        return [one for one in self.assignments if one.role == role]

    @property
    def leaders(self) -> list[Assignment]:
        return self._in_role(Role.LEADER)

    @property
    def leads(self) -> list[Assignment]:
        return self._in_role(Role.LEAD)

    @property
    def members(self) -> list[Assignment]:
        return self._in_role(Role.MEMBER)

    @property
    def responsible(self) -> list[Assignment]:
        return self._in_role(Role.RESPONSIBLE)


class Book:
    """Programs, tasks and indicators of `version` with everything in them.

    Rows that the review left out are not in it, unless `dropped`.
    """

    def __init__(self, version: PlanVersion, *, dropped: bool = False) -> None:
        self.version = version
        self.dropped = dropped

    @cached_property
    def programs(self) -> list[Program]:
        rows = self.version.program_rows.all()
        return [row for row in rows if self._kept(row.state)]

    @cached_property
    def tasks(self) -> list[TaskLine]:
        """Tasks in the order of the document, each with its indicators."""
        rows = self.version.taskversion_rows.select_related("task", "program").prefetch_related(
            "measures",
            "assignments__unit",
            "assignments__group",
            "assignments__post",
            "assignments__units__unit",
        )
        lines = {
            row.pk: TaskLine(
                row,
                row.task.key,
                list(row.assignments.all()),
                list(row.measures.all()),
                self.quote(Subject.TASK, row.pk),
            )
            for row in rows
            if self._kept(row.state)
        }
        for indicator in self.indicators:
            indicator.tasks = [lines[task.pk].row for task in indicator.tasks if task.pk in lines]
            for task in indicator.tasks:
                lines[task.pk].indicators.append(indicator)
        return list(lines.values())

    @cached_property
    def indicators(self) -> list[IndicatorLine]:
        rows = self.version.indicatorversion_rows.select_related("indicator").prefetch_related(
            "targets__unit", "tasks"
        )
        return [
            IndicatorLine(
                row,
                row.indicator.key,
                list(row.targets.all()),
                list(row.tasks.all()),
                self.quote(Subject.INDICATOR, row.pk),
            )
            for row in rows
            if self._kept(row.state)
        ]

    @cached_property
    def places(self) -> dict[tuple[str, int], list[tuple[int, int, int]]]:
        """Documents and ranges cited, by kind and number of the row."""
        groups: defaultdict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
        for citation in self.version.citations.all():
            place = (citation.document_id, citation.start, citation.end)
            groups[citation.subject, citation.row_id].append(place)
        return groups

    @cached_property
    def texts(self) -> dict[int, str]:
        numbers = {place[0] for places in self.places.values() for place in places}
        if self.version.document_id:
            numbers.add(self.version.document_id)
        return dict(Document.objects.filter(pk__in=numbers).values_list("pk", "text"))

    def quotes(self, subject: Subject, row_id: int) -> list[Quote]:
        """All words that the row was taken from, in the order of the text."""
        return [self.cut(*place) for place in self.places.get((subject, row_id), ())]

    def quote(self, subject: Subject, row_id: int) -> Quote | None:
        places = self.places.get((subject, row_id))
        return self.cut(*places[0]) if places else None

    def start(self, subject: Subject, row_id: int) -> int | None:
        """Where the row's words begin in the document of the version; None where it cites none."""
        starts = [
            start
            for document, start, _ in self.places.get((subject, row_id), ())
            if document == self.version.document_id
        ]
        return min(starts, default=None)

    def cut(self, document: int, start: int, end: int) -> Quote:
        """The words at a place of a document."""
        return _cut(self.texts[document], document, start, end)

    def _kept(self, state: str) -> bool:
        return self.dropped or state != RowState.DROPPED


def quotes_at(places: Iterable[Place]) -> list[Quote]:
    """The words at places of documents. One query."""
    wanted = list(places)
    numbers = {place.document for place in wanted}
    texts = dict(Document.objects.filter(pk__in=numbers).values_list("pk", "text"))
    return [_cut(texts[place.document], *place) for place in wanted]


def _cut(text: str, document: int, start: int, end: int) -> Quote:
    before = text[max(start - AROUND, 0) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    return Quote(document, start, end, text[start:end], before, after)


def bound_units(one: Assignment) -> set[int]:
    """Units that an assignment binds: the frozen list once confirmed, in a draft the unit it means."""
    frozen = {bound.unit_id for bound in one.units.all()}
    return frozen or ({one.unit_id} if one.unit_id else set())


def distinct(lines: Iterable[IndicatorLine]) -> list[IndicatorLine]:
    """Each indicator once, in order: one under two tasks counts once."""
    return list({line.row.pk: line for line in lines}.values())
