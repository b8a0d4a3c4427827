"""Filling in a report and handing it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.cores.series.kinds import Accrual
from chuangwen.desk import actions as desk
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Entry, ReportItem, UnitReport
from ..queries.checking import Rows, doubts, rows_of
from ..queries.locks import lock_of
from ..queries.reports import computed_of, gaps_of, handed_in_before, members_items
from ..queries.series import last_amounts
from ..rules.asks import REPORT, RETURNED
from ..rules.filling import (
    MOST_OF_ENTRY,
    MOST_WORDS,
    checked_words,
    joined,
    unchanged,
)
from ..rules.states import ItemState, Part, Progress, next_state
from .computing import recompute_items
from .values import Typed, check_typed, made_of_sums, write_value

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit


@dataclass(frozen=True, kw_only=True)
class TypedItem:
    """What was typed for one task; `entries` by the indicator's id, those left out stay as they are."""

    progress: str = ""
    done_words: str = ""
    stuck_words: str = ""
    helper: Unit | None = None
    next_step: str = ""
    entries: Mapping[int, Typed] = field(default_factory=dict)


@transaction.atomic
def fill_item(*, actor: Actor, item_id: int, version: int, typed: TypedItem, now: datetime) -> ReportItem:
    """Keep what was typed; nothing is handed in yet. What looks wrong is marked, and must then be explained.

    Raises Hidden, Denied, Stale, NotAllowedNow (handed in, or locked: it says why); BadInput, whose `field`
    is the one that cannot be kept.
    """
    item = _item_of_version(actor, item_id, version, now)
    words = {name: getattr(typed, name).strip() for name in MOST_WORDS}
    checked_words(MOST_WORDS, words)
    for name, said in words.items():
        setattr(item, name, said)
    item.progress, item.helper, item.unchanged = typed.progress, typed.helper, False
    _save_item(actor, item)
    rows = rows_of(item.report.period.beat.following)
    entries = list(item.entries.select_related("indicator"))
    of_sums = made_of_sums(item.report.period.beat.following, rows)
    for entry in entries:
        if entry.indicator_id in typed.entries:
            said_of = typed.entries[entry.indicator_id]
            shared = entry.indicator_id in of_sums
            check_typed(entry.indicator.key, said_of, timezone.localdate(now), of_sums=shared)
            _keep(entry, said_of)
    _mark_doubts(item, entries, rows)
    audit.record(actor, "progress.item_filled", item, progress=item.progress)
    return item


@transaction.atomic
def say_unchanged(*, actor: Actor, item_id: int, version: int, now: datetime) -> ReportItem:
    """ "No change", by one tap: a level stays as it was, a flow was zero; of a task whose indicators are
    computed: it is as the system says.

    Raises as `fill_item` does; NotAllowedNow too where there is no earlier report to stay as it was. What
    stays is doubted no more: whoever gave it first has said why.
    """
    item = _item_of_version(actor, item_id, version, now)
    before = handed_in_before(item)
    entries = list(item.entries.select_related("indicator"))
    if before is None and (entries or not computed_of(item)):
        raise NotAllowedNow("progress.nothing_before")
    item.progress, item.unchanged, item.done_words = Progress.GOING, True, ""
    if before is not None:
        item.progress, item.stuck_words = before.progress, before.stuck_words
        item.helper_id, item.next_step = before.helper_id, before.next_step
    _save_item(actor, item)
    period = item.report.period
    rows = rows_of(period.beat.following) if entries else {}
    last = last_amounts([(entry.indicator_id, entry.unit_id) for entry in entries], before=period.first_day)
    for entry in entries:
        amount, day = last.get((entry.indicator_id, entry.unit_id), (None, None))
        same = unchanged(Accrual(rows[entry.indicator_id].accrual), amount, day, period.last_day)
        _keep(
            entry,
            Typed(
                numerator=same.numerator,
                denominator=same.denominator,
                words=same.words,
                missing=entry.missing,
            ),
        )
    item.entries.update(warned=[])
    audit.record(actor, "progress.item_unchanged", item)
    return item


@transaction.atomic
def say_not_due(*, actor: Actor, item_id: int, version: int, now: datetime) -> ReportItem:
    """ "Not due yet", by one tap: the task owes nothing this time. Raises as `fill_item` does."""
    item = _item_of_version(actor, item_id, version, now)
    item.progress, item.unchanged = Progress.NOT_DUE, False
    _save_item(actor, item)
    audit.record(actor, "progress.item_not_due", item)
    return item


@transaction.atomic
def take_over_words(*, actor: Actor, item_id: int, version: int, now: datetime) -> ReportItem:
    """The lead unit takes over, by one tap, what its members have handed in. Raises as `fill_item` does;
    NotAllowedNow too where no member has said anything.
    """
    item = _item_of_version(actor, item_id, version, now)
    members = members_items([item]).get(item.pk, []) if item.part == Part.LEAD else []
    done = [(str(one.report.unit), one.done_words) for one in members if one.done_words]
    stuck = [(str(one.report.unit), one.stuck_words) for one in members if one.stuck_words]
    if not done and not stuck:
        raise NotAllowedNow("progress.nothing_from_members")
    item.done_words = joined(item.done_words, done, MOST_WORDS["done_words"])
    item.stuck_words = joined(item.stuck_words, stuck, MOST_WORDS["stuck_words"])
    item.progress, item.unchanged = item.progress or Progress.GOING, False
    _save_item(actor, item)
    audit.record(actor, "progress.words_taken_over", item, count=len(members))
    return item


@transaction.atomic
def hand_in(*, actor: Actor, report_id: int, version: int, now: datetime) -> UnitReport:
    """Hand in every item that is still with the unit; its entries become values, which count from now on.

    Raises Hidden, Denied, Stale; NotAllowedNow where it is locked, nothing is left to hand in, or
    something must still be said (the first gap is named: the page shows all of them).
    """
    report = access.report_for_change(actor, report_id)
    check_current(report, version)
    _require_open(report, now)
    left = report.items.filter(state__in=[ItemState.DRAFT, ItemState.RETURNED])
    items = list(left.select_related("report__period", "task").prefetch_related("entries__indicator"))
    if not items:
        raise NotAllowedNow("progress.nothing_to_hand_in")
    missing = [gap for item in items for gap in gaps_of(item, item.entries.all())]
    if missing:
        raise NotAllowedNow(missing[0].code, field=missing[0].field, count=len(missing))
    for item in items:
        _hand_in_item(actor, item, now)
    report.handed_in_at = now
    save_if_current(report, version, fields=["handed_in_at"])
    audit.record_bulk(actor, "progress.handed_in", report, items, count=len(items))
    for kind in (REPORT, RETURNED):
        desk.finish(actor=actor, kind=kind, subject_id=report.pk, now=now)
    recompute_items(items, now)
    return report


def _hand_in_item(actor: Actor, item: ReportItem, now: datetime) -> None:
    item.state = next_state(item.state, "submit", item.part)
    item.author = item.author or actor.person
    save_if_current(item, item.version, fields=["state", "author"])
    open_remarks = item.remarks.filter(settled_at=None)
    returned_for = {remark.field: remark.words for remark in open_remarks}
    open_remarks.update(settled_at=now)
    if item.progress != Progress.NOT_DUE:
        for entry in item.entries.all():
            write_value(
                actor,
                indicator_id=entry.indicator_id,
                unit_id=entry.unit_id,
                first_day=item.report.period.first_day,
                last_day=item.report.period.last_day,
                now=now,
                item=item,
                typed=_typed(entry),
                reason=entry.why or _why_again(entry, returned_for),
                warned=entry.warned,
            )


def _why_again(entry: Entry, returned_for: Mapping[str, str]) -> str:
    """A value that comes again after it was returned comes for the remark on it, else for the first one."""
    own = returned_for.get(entry.indicator.key) or next(iter(returned_for.values()), "")
    return own[: MOST_OF_ENTRY["why"]]


def item_to_fill(actor: Actor, item_id: int, now: datetime) -> ReportItem:
    """An item that is still with the actor's unit, in a report that is open.

    Raises Hidden, Denied, NotAllowedNow (handed in, or locked: it says why).
    """
    item = access.item_for_change(actor, item_id)
    _require_open(item.report, now)
    next_state(item.state, "fill", item.part)
    return item


def _item_of_version(actor: Actor, item_id: int, version: int, now: datetime) -> ReportItem:
    item = item_to_fill(actor, item_id, now)
    check_current(item, version)
    return item


def _require_open(report: UnitReport, now: datetime) -> None:
    lock = lock_of(report, now)
    if lock is not None:
        raise NotAllowedNow(lock.code, **lock.params)


def _save_item(actor: Actor, item: ReportItem) -> None:
    """The author stays the author: whoever first filled it in."""
    item.author = item.author or actor.person
    save_if_current(
        item,
        item.version,
        fields=["progress", "done_words", "stuck_words", "helper", "next_step", "unchanged", "author"],
    )


def _keep(entry: Entry, typed: Typed) -> None:
    entry.numerator, entry.denominator, entry.words = typed.numerator, typed.denominator, typed.words
    given = typed.numerator is not None or bool(typed.words)
    entry.missing = "" if given else typed.missing.strip()
    entry.as_of, entry.evidence_on, entry.why = typed.as_of, typed.evidence_on, typed.why.strip()
    entry.save()


def _mark_doubts(item: ReportItem, entries: Sequence[Entry], rows: Rows) -> None:
    for entry, found in zip(entries, doubts(item.report.period, entries, rows), strict=True):
        if list(entry.warned) != found:
            entry.warned = found
            entry.save(update_fields=["warned"])


def _typed(entry: Entry) -> Typed:
    return Typed(
        numerator=entry.numerator,
        denominator=entry.denominator,
        words=entry.words,
        missing=entry.missing,
        as_of=entry.as_of,
        evidence_on=entry.evidence_on,
        why=entry.why,
    )
