"""Tasks of reports as cards: what is asked, what was there last, what the system knows, what still lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from chuangwen.cores.series.kinds import Kind, RollUp, class_in, kinds_of
from chuangwen.cores.series.lights import lacking
from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import Commitments, IndicatorRow
from chuangwen.plans.rules.content import TaskRow

from .. import access
from ..models import Entry, Evidence, Following, LateGrant, Milestone, Remark, ReportItem, Value
from ..rules.amounts import MICRO, decimal, ratio, value_of
from ..rules.filling import Gap
from ..rules.states import HANDED_IN, ItemState, Mode, Origin, Part, Progress
from .locks import Lock, lock_among
from .reports import Known, KnownKey, gaps_of, members_items
from .series import Point, rolled_up_series, series

SHARES = {"%", "％", "‰"}
SHOWN_PLACES = 2  # of a share, which is a quotient; what was typed is shown as it was typed


def shown(numerator: int | None, denominator: int | None, unit_of_measure: str) -> Decimal | None:
    """An amount for print: rounded once, here."""
    value = value_of(numerator, denominator, unit_of_measure)
    return decimal(value, SHOWN_PLACES if denominator is not None else 6)


def typed_number(millionths: int | None) -> Decimal | None:
    """One of the numbers of an amount, as it was typed."""
    return None if millionths is None else decimal(Fraction(millionths, MICRO))


@dataclass
class Line:
    """An indicator whose value is typed. `of_sums`: a percentage alone is not enough."""

    entry: Entry
    row: IndicatorRow
    last: Point | None
    value: Value | None
    judged: bool
    of_sums: bool
    remarks: list[Remark]

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def is_share(self) -> bool:
        return self.row.unit_of_measure in SHARES

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes to choose from, best first; () of what is a number."""
        row = self.row
        kinds = kinds_of(row.traits, row.frequency, row.words or row.name, scope=row.scope)
        found = class_in(row.words) if Kind.ORDERED_CLASS in kinds else None
        return found[0] if found else ()

    @property
    def amount(self) -> Decimal | None:
        return shown(self.entry.numerator, self.entry.denominator, self.row.unit_of_measure)

    @property
    def correction(self) -> bool:
        """Whether the office has corrected what was handed in."""
        return self.value is not None and self.value.origin == Origin.CORRECTED

    @property
    def last_amount(self) -> Decimal | None:
        return (
            shown(self.last.numerator, self.last.denominator, self.row.unit_of_measure) if self.last else None
        )

    def more_than_last(self, numerator: int | None, denominator: int | None) -> Decimal | None:
        """How much more the amount is than last time's; None where one of both is missing."""
        if self.last is None:
            return None
        now = value_of(numerator, denominator, self.row.unit_of_measure)
        before = self.last.value(self.row.unit_of_measure)
        places = 6 if denominator is None and self.last.denominator is None else SHOWN_PLACES
        return None if now is None or before is None else decimal(now - before, places)


@dataclass(frozen=True)
class Input:
    """What stands behind a computed value: an indicator by its name, or a source by its code."""

    name: str
    amount: Decimal | None
    unit_of_measure: str
    reason: str
    url: str


@dataclass(frozen=True)
class Computed:
    """An indicator that the system knows. `point` None: not computed yet."""

    row: IndicatorRow
    rolled: bool
    point: Point | None
    inputs: list[Input]

    @property
    def amount(self) -> Decimal | None:
        return (
            shown(self.point.numerator, self.point.denominator, self.row.unit_of_measure)
            if self.point
            else None
        )

    @property
    def url(self) -> str:
        """The list behind the number; "" where there is none."""
        return next((one.url for one in self.inputs if one.url), "")


@dataclass(frozen=True)
class Awaited:
    """A document that the task is to bring about. `lacks` names what is not in yet: number, date, file."""

    milestone: Milestone
    lacks: tuple[str, ...]


@dataclass
class Card:
    """A task of a report, or what stands under no task.

    `lock` says why nothing can be typed; `remarks` are those that are not settled, by field.
    """

    item: ReportItem
    task: TaskRow | None
    lines: list[Line]
    computed: list[Computed]
    before: ReportItem | None
    members: list[ReportItem]
    awaited: list[Awaited]
    evidence: list[Evidence]
    remarks: Mapping[str, list[Remark]]
    lock: Lock | None
    gaps: list[Gap] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is still with the unit."""
        return self.item.state in {ItemState.DRAFT, ItemState.RETURNED}

    @property
    def is_ready(self) -> bool:
        return not self.is_open or not self.gaps

    @property
    def answer(self) -> str:
        """Which of the buttons was taken: unchanged, not_due, stuck, news; "" for none."""
        if not self.item.progress:
            return ""
        if self.item.unchanged:
            return "unchanged"
        return {Progress.NOT_DUE: "not_due", Progress.STUCK: "stuck"}.get(
            Progress(self.item.progress), "news"
        )

    @property
    def all_computed(self) -> bool:
        """Whether the system knows all that is asked."""
        return bool(self.computed) and not self.lines

    @property
    def answers(self) -> list[str]:
        """The three likeliest answers."""
        begun = self.all_computed or (self.before is not None and self.before.progress != Progress.NOT_DUE)
        third = "stuck" if begun else "not_due"
        if self.before is not None or self.all_computed:
            return ["unchanged", "news", third]
        return ["news", "not_due", "stuck"]

    @property
    def doubted(self) -> bool:
        return any(line.entry.warned for line in self.lines)


def with_before(items: Any) -> Any:
    """Items, each with the id of the one before it that was handed in."""
    earlier = ReportItem.objects.annotate(of=Coalesce("task_id", 0)).filter(
        of=Coalesce(OuterRef("task_id"), 0),
        report__unit=OuterRef("report__unit"),
        state__in=HANDED_IN,
        report__period__last_day__lt=OuterRef("report__period__first_day"),
    )
    last = earlier.order_by("-report__period__last_day").values("pk")[:1]
    return items.annotate(before_id=Subquery(last))


def cards_of(actor: Actor, following: Following, items: Sequence[ReportItem], now: datetime) -> list[Card]:
    """A card for each of the items, which `with_before` found in reports on the plan that is followed.

    As many queries for one as for a hundred: about 15 for the plan, 15 for the rest.
    """
    return _Cards(actor, following, items, now).cards()


def one_card(actor: Actor, item_id: int, now: datetime) -> Card:
    """Raises Hidden."""
    found = access.one_item(actor, item_id)
    items = with_before(access.visible_items(actor).filter(pk=found.pk))
    (card,) = cards_of(actor, found.report.period.beat.following, list(items), now)
    return card


class _Cards:
    def __init__(
        self, actor: Actor, following: Following, items: Sequence[ReportItem], now: datetime
    ) -> None:
        self.actor, self.following, self.items, self.now = actor, following, items, now
        self.promises = Commitments(following.plan_version)
        self.rows = {one.id: one.row for one in self.promises.indicators}
        self.tasks = {one.id: one.row for one in self.promises.tasks}
        self.modes = dict(following.courses.values_list("indicator_id", "mode"))
        self.known = Known(following, self.promises)

    def cards(self) -> list[Card]:
        remarks, evidence, before = self._remarks(), self._evidence(), self._before()
        members, grants = members_items(self.items), self._grants()
        awaited = self._awaited()
        lines, computed = self._lines(remarks), self._computed()
        return [
            Card(
                item=item,
                task=self.tasks[item.task_id] if item.task_id else None,
                lines=lines[item.pk],
                computed=computed[item.pk],
                before=before.get(item.before_id),  # type: ignore[attr-defined]  # see with_before
                members=members.get(item.pk, []),
                awaited=awaited[item.task_id] if item.part == Part.LEAD else [],
                evidence=evidence[item.pk],
                remarks=dict(remarks[item.pk]),  # a template would ask a defaultdict for "items"
                lock=self._lock(item, grants),
                gaps=gaps_of(item, [line.entry for line in lines[item.pk]]),
            )
            for item in self.items
        ]

    def _lock(self, item: ReportItem, grants: Mapping[int, list[LateGrant]]) -> Lock | None:
        if item.state in HANDED_IN:
            return Lock(f"progress.is_{item.state}", {})
        return lock_among(item.report, grants[item.report_id], self.now)

    def _grants(self) -> Mapping[int, list[LateGrant]]:
        found: dict[int, list[LateGrant]] = defaultdict(list)
        for grant in LateGrant.objects.filter(report__in={item.report_id for item in self.items}):
            found[grant.report_id].append(grant)
        return found

    def _remarks(self) -> Mapping[int, Mapping[str, list[Remark]]]:
        found: dict[int, dict[str, list[Remark]]] = defaultdict(lambda: defaultdict(list))
        rows = Remark.objects.filter(item__in=self.items, settled_at=None).select_related("by")
        for remark in rows:
            found[remark.item_id][remark.field].append(remark)
        return found

    def _evidence(self) -> Mapping[int, list[Evidence]]:
        found: dict[int, list[Evidence]] = defaultdict(list)
        seen = access.visible_evidence(self.actor).filter(item__in=self.items)
        for one in seen.select_related("indicator"):
            found[one.item_id].append(one)
        return found

    def _awaited(self) -> Mapping[int | None, list[Awaited]]:
        found: dict[int | None, list[Awaited]] = defaultdict(list)
        for row in self.following.milestones.filter(task__in={item.task_id for item in self.items}):
            lacks = lacking(row.document_number, row.issued_on, bool(row.sha256))
            found[row.task_id].append(Awaited(row, lacks))
        return found

    def _before(self) -> Mapping[int | None, ReportItem]:
        ids = {item.before_id for item in self.items}  # type: ignore[attr-defined]
        rows = ReportItem.objects.filter(pk__in=ids - {None}).select_related("helper")
        return {row.pk: row for row in rows}

    def _lines(self, remarks: Mapping[int, Mapping[str, list[Remark]]]) -> Mapping[int, list[Line]]:
        rows = Entry.objects.filter(item__in=self.items).select_related("indicator", "unit")
        entries = [entry for entry in rows if entry.indicator_id in self.rows]
        spans = {item.pk: item.report.period.first_day for item in self.items}
        known = series([(entry.indicator_id, entry.unit_id) for entry in entries])
        brought = Value.objects.filter(item__in=self.items, current=True)
        values = {(value.item_id, value.indicator_id): value for value in brought}
        found: dict[int, list[Line]] = defaultdict(list)
        for entry in entries:
            row = self.rows[entry.indicator_id]
            points = known.get((entry.indicator_id, entry.unit_id), [])
            mode = self.modes.get(entry.indicator_id)
            found[entry.item_id].append(
                Line(
                    entry=entry,
                    row=row,
                    last=_last(points, spans[entry.item_id]),
                    value=values.get((entry.item_id, entry.indicator_id)),
                    judged=mode == Mode.JUDGED,
                    of_sums=mode == Mode.AREAS and row.roll_up == RollUp.RATIO_OF_SUMS,
                    remarks=remarks[entry.item_id].get(row.key, []),
                )
            )
        return found

    def _computed(self) -> Mapping[int, list[Computed]]:
        keys = {item.pk: self.known.of(item) for item in self.items}
        every = {key for found in keys.values() for key in found}
        points = series([(key.indicator, key.unit) for key in every if not key.rolled])
        rolled = rolled_up_series([key.indicator for key in every if key.rolled])
        last: dict[tuple[int, KnownKey], Point | None] = {}
        for item in self.items:
            for key in keys[item.pk]:
                of = (
                    rolled.get(key.indicator, []) if key.rolled else points.get((key.indicator, key.unit), [])
                )
                day = item.report.period.last_day
                last[item.pk, key] = next((point for point in reversed(of) if point.last_day <= day), None)
        inputs = self._inputs({point.value_id for point in last.values() if point and point.value_id})
        return {
            item.pk: [
                Computed(
                    row=self.rows[key.indicator],
                    rolled=key.rolled,
                    point=last[item.pk, key],
                    inputs=self._named(last[item.pk, key], inputs),
                )
                for key in keys[item.pk]
            ]
            for item in self.items
        }

    def _inputs(self, values: set[int]) -> Mapping[int, list[list[str]]]:
        rows = Value.objects.filter(pk__in=values).values_list("pk", "inputs")
        return {pk: inputs or [] for pk, inputs in rows}

    def _named(self, point: Point | None, inputs: Mapping[int, list[list[str]]]) -> list[Input]:
        if point is None or point.value_id is None:
            return []
        names = {row.key: row.name for row in self.rows.values()}
        return [
            Input(
                name=names.get(name, name),
                amount=_amount(numerator, denominator, unit),
                unit_of_measure=unit,
                reason=reason,
                url=url,
            )
            for name, _subject, _period, numerator, denominator, unit, reason, url in inputs[point.value_id]
        ]


def _last(points: Sequence[Point], before: date) -> Point | None:
    """The last one with something in it of a period that ended before the day."""
    known = [
        point for point in points if point.last_day < before and (point.numerator is not None or point.words)
    ]
    return known[-1] if known else None


def _amount(numerator: str, denominator: str, unit: str) -> Decimal | None:
    """An input as `actions.computing` keeps it: fractions as text."""
    if not numerator:
        return None
    if not denominator:
        return decimal(Fraction(numerator))
    return decimal(ratio(Fraction(numerator), Fraction(denominator), unit), SHOWN_PLACES)
