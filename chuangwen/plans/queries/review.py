"""The review of a draft: the marked document, what was read from it, the doubts first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import Hidden
from chuangwen.cores.reading.doubts import WORDS
from chuangwen.cores.reading.doubts_english import ENGLISH
from chuangwen.kit import formats
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import match_names

from .. import access
from ..models import (
    Assignment,
    Document,
    Doubt,
    Measure,
    PlanVersion,
    Program,
    ProposedChange,
    Role,
    Subject,
    Target,
    TaskVersion,
    VersionRow,
)
from ..rules.deadlines import DEADLINE
from ..rules.doubts import blocks
from ..rules.from_reading import SAME_TARGET, TOO_LONG
from ..rules.states import ChangeState, RowState
from .book import Book, IndicatorLine, Quote, TaskLine
from .document import Segment, marks, segments

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

OWN_DOUBTS: dict[str, str | Promise] = {
    SAME_TARGET: _("“%(name)s” is stated under several tasks with the same value. Is it one indicator?"),
    TOO_LONG: _("%(value)s has more digits than can be kept exactly and was left out; enter it by hand."),
}
ANSWERS: dict[str, str | Promise] = {
    "merge": _("One indicator under these tasks"),
    "keep": _("Keep them apart"),
    "as_printed": _("It stands as printed"),
}


@dataclass
class Item:
    """One row of the review. `start` is where its words begin in the document, None where it cites none."""

    ref: str
    subject: str
    row: VersionRow
    depth: int
    start: int | None
    quote: Quote | None
    assignments: list[Assignment] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    tasks: list[TaskVersion] = field(default_factory=list)

    @property
    def checked(self) -> bool:
        return self.row.state == RowState.ACCEPTED

    @property
    def dropped(self) -> bool:
        return self.row.state == RowState.DROPPED


@dataclass(frozen=True)
class DoubtCard:
    """`why` is the doubt in words; `options` are values with what their buttons say."""

    row: Doubt
    why: str
    quote: Quote | None
    blocking: bool
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class UnmatchedName:
    """A name that no known unit, group or post has, with the units that it is most like."""

    printed: str
    role: str
    assignment_ids: list[int]
    suggestions: list[Unit]

    @property
    def count(self) -> int:
        return len(self.assignment_ids)


@dataclass(frozen=True)
class Counts:
    """What stands between a draft and its confirmation."""

    checked: int
    left: int
    dropped: int
    open_doubts: int
    blocking: int
    open_changes: int


@dataclass(frozen=True)
class Review:
    version: PlanVersion
    document: Document | None
    segments: list[Segment]
    items: list[Item]
    doubts: list[DoubtCard]
    changes: list[ProposedChange]
    unmatched: list[UnmatchedName]
    counts: Counts
    program_choices: list[Program]
    task_choices: list[TaskVersion]

    @property
    def titles(self) -> dict[str, str]:
        """Number and name of each program, task and indicator by its stable key."""
        keys = {Subject.PROGRAM: "key", Subject.TASK: "task.key", Subject.INDICATOR: "indicator.key"}
        return {
            attrgetter(keys[Subject(item.subject)])(
                item.row
            ): f"{getattr(item.row, 'number', '')} {item.row}".strip()
            for item in self.items
            if item.subject in keys
        }

    @property
    def announced(self) -> list[dict[str, Any]]:
        return list(self.version.announced)

    @property
    def left_out(self) -> int:
        return len(self.version.left_out)

    @property
    def checked(self) -> int:
        return self.counts.checked

    @property
    def left(self) -> int:
        return self.counts.left

    @property
    def open_doubts(self) -> int:
        return self.counts.open_doubts

    @property
    def blocking(self) -> int:
        return self.counts.blocking


def review(actor: Actor, version_id: int) -> Review:
    """Everything the review page shows: rows in the order of the document, open doubts and changes first.

    Raises Hidden.
    """
    version = access.one_version(actor, version_id)
    book = Book(version, dropped=True)
    text = version.document.text if version.document else ""
    found = _items(book)
    doubts = list(version.doubts.all())
    changes = sorted(version.proposed_changes.all(), key=lambda change: change.state != ChangeState.OPEN)
    return Review(
        version=version,
        document=version.document,
        segments=segments(text, marks(version, version.document)),
        items=found,
        doubts=[_card(book, doubt) for doubt in sorted(doubts, key=_urgency)],
        changes=changes,
        unmatched=_unmatched(version, book.tasks),
        counts=_counts(found, doubts, changes),
        program_choices=book.programs,
        task_choices=[line.row for line in book.tasks],
    )


def review_item(actor: Actor, version_id: int, subject: str, row_id: int) -> tuple[Item, Counts]:
    """One row of the review and what is left to do. Raises Hidden."""
    version = access.one_version(actor, version_id)
    found = _items(Book(version, dropped=True))
    counts = _counts(found, list(version.doubts.all()), list(version.proposed_changes.all()))
    for item in found:
        if (item.subject, item.row.pk) == (subject, row_id):
            return item, counts
    raise Hidden


def why(doubt: Doubt) -> str:
    """The doubt in words."""
    if doubt.code in OWN_DOUBTS:
        return str(str(OWN_DOUBTS[doubt.code]) % doubt.params)
    words = WORDS if (get_language() or "").startswith("zh") else ENGLISH
    return words[doubt.code].format(**doubt.params)


def _urgency(doubt: Doubt) -> tuple[bool, bool, int, int]:
    """Open before answered, damage before the rest, then as in the text."""
    return (bool(doubt.answer), not blocks(doubt.code), doubt.start, doubt.pk)


def _card(book: Book, doubt: Doubt) -> DoubtCard:
    document = book.version.document_id
    quote = book.cut(document, doubt.start, doubt.end) if document else None
    options = [(option, _label(option)) for option in doubt.options]
    return DoubtCard(doubt, why(doubt), quote, blocks(doubt.code), options)


def _label(option: str) -> str:
    if DEADLINE.fullmatch(option):
        return formats.deadline(option)
    return str(ANSWERS.get(option, option))


def _counts(found: list[Item], doubts: list[Doubt], changes: list[ProposedChange]) -> Counts:
    states = Counter(item.row.state for item in found)
    waiting = [doubt for doubt in doubts if not doubt.answer]
    return Counts(
        checked=states[RowState.ACCEPTED],
        left=states[RowState.PROPOSED],
        dropped=states[RowState.DROPPED],
        open_doubts=len(waiting),
        blocking=sum(blocks(doubt.code) for doubt in waiting),
        open_changes=sum(change.state == ChangeState.OPEN for change in changes),
    )


def _unmatched(version: PlanVersion, tasks: Iterable[TaskLine]) -> list[UnmatchedName]:
    """Units alone: a leader that no post is known for stands well as printed."""
    groups: defaultdict[str, list[Assignment]] = defaultdict(list)
    for task in tasks:
        for one in task.assignments:
            if one.role != Role.LEADER and not (one.unit_id or one.group_id):
                groups[one.printed].append(one)
    on = timezone.localdate(version.created_at)
    known = match_names(version.plan.jurisdiction, groups, on) if groups else {}
    return [
        UnmatchedName(printed, ones[0].role, [one.pk for one in ones], list(known[printed].candidates))
        for printed, ones in groups.items()
    ]


def _items(book: Book) -> list[Item]:
    """Rows in the order of the document; what stands in a program or task follows it."""
    return _Listing(book).items()


class _Listing:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.placed: set[int] = set()  # indicators shown already: one under two tasks is shown once
        self.results = list(book.version.result_rows.all())

    def items(self) -> list[Item]:
        version = self.book.version
        blocks_of_items = [self.block([self.item(Subject.GOAL, row)]) for row in version.goal_rows.all()]
        blocks_of_items += [self.program(row) for row in self.book.programs]
        blocks_of_items += [
            self.block(self.task(line)) for line in self.book.tasks if line.row.program_id is None
        ]
        loose = [line for line in self.book.indicators if line.row.pk not in self.placed]
        blocks_of_items += [self.block([self.indicator(line)]) for line in loose]
        blocks_of_items += [
            self.block([self.item(Subject.RESULT, row, 2)])
            for row in self.results
            if row.task_version_id is None
        ]
        for subject, rows in (
            (Subject.STAGE, version.stage_rows.all()),
            (Subject.RHYTHM, version.rhythm_rows.all()),
            (Subject.MECHANISM, version.mechanism_rows.all()),
        ):
            blocks_of_items += [self.block([self.item(subject, row)]) for row in rows]
        last = float("inf")
        blocks_of_items.sort(key=lambda block: last if block[0] is None else block[0])
        return [item for _start, block in blocks_of_items for item in block]

    def block(self, found: list[Item]) -> tuple[int | None, list[Item]]:
        return found[0].start, found

    def item(self, subject: Subject, row: VersionRow, depth: int = 0, **inside: Any) -> Item:
        return Item(
            ref=f"{subject}-{row.pk}",
            subject=subject.value,
            row=row,
            depth=depth,
            start=self.book.start(subject, row.pk),
            quote=self.book.quote(subject, row.pk),
            **inside,
        )

    def program(self, row: Program) -> tuple[int | None, list[Item]]:
        tasks = [line for line in self.book.tasks if line.row.program_id == row.pk]
        found = [self.item(Subject.PROGRAM, row)]
        for line in tasks:
            found += self.task(line)
        return self.block(found)

    def task(self, line: TaskLine) -> list[Item]:
        found = [self.item(Subject.TASK, line.row, 1, assignments=line.assignments, measures=line.measures)]
        for indicator in line.indicators:
            if indicator.row.pk not in self.placed:
                found.append(self.indicator(indicator))
        results = [row for row in self.results if row.task_version_id == line.row.pk]
        return found + [self.item(Subject.RESULT, row, 2) for row in results]

    def indicator(self, line: IndicatorLine) -> Item:
        self.placed.add(line.row.pk)
        return self.item(Subject.INDICATOR, line.row, 2, targets=line.targets, tasks=line.tasks)
