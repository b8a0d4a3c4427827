"""Filling in a report, handing it in, reviewing, returning and confirming it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from chuangwen.cores.errors import BadInput, NotAllowedNow, Stale
from chuangwen.cores.series.kinds import Accrual
from chuangwen.desk import actions as desk
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import Commitments

from .. import access
from ..models import Entry, LateGrant, Remark, ReportItem, UnitReport, Value
from ..queries.checking import doubts
from ..queries.locks import lock_of
from ..queries.series import last_amounts
from ..rules.asks import REPORT, RETURNED
from ..rules.filling import Amount, Filled, Gap, gaps, unchanged
from ..rules.states import HANDED_IN, ItemState, Origin, Progress, next_state
from .computing import recompute_after
from .values import Typed, write_value

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

    Raises Hidden, Denied, Stale, NotAllowedNow (handed in, or locked: it says why).
    """
    item = _item_to_fill(actor, item_id, version, now)
    item.progress, item.done_words, item.stuck_words = typed.progress, typed.done_words, typed.stuck_words
    item.helper, item.next_step, item.unchanged = typed.helper, typed.next_step, False
    _save_item(actor, item)
    for entry in item.entries.filter(indicator__in=typed.entries).select_related("indicator"):
        _keep(entry, typed.entries[entry.indicator_id])
    _mark_doubts(item)
    audit.record(actor, "progress.item_filled", item, progress=item.progress)
    return item


@transaction.atomic
def say_unchanged(*, actor: Actor, item_id: int, version: int, now: datetime) -> ReportItem:
    """ "No change", by one tap: a level stays as it was, a flow was zero. Raises as `fill_item` does;

    NotAllowedNow too where there is no earlier report to stay as it was.
    """
    item = _item_to_fill(actor, item_id, version, now)
    before = _item_before(item)
    if before is None:
        raise NotAllowedNow("progress.nothing_before")
    item.progress, item.unchanged = before.progress, True
    item.done_words, item.stuck_words, item.helper_id, item.next_step = (
        "",
        before.stuck_words,
        before.helper_id,
        before.next_step,
    )
    _save_item(actor, item)
    period = item.report.period
    accruals = _accruals(item)
    entries = list(item.entries.select_related("indicator"))
    last = last_amounts([(entry.indicator_id, entry.unit_id) for entry in entries], before=period.first_day)
    for entry in entries:
        amount, day = last.get((entry.indicator_id, entry.unit_id), (None, None))
        same = unchanged(accruals[entry.indicator_id], amount, day, period.last_day)
        _keep(
            entry,
            Typed(
                numerator=same.numerator,
                denominator=same.denominator,
                words=same.words,
                missing=entry.missing,
                as_of=period.last_day if same.numerator is not None else None,
            ),
        )
    _mark_doubts(item)
    audit.record(actor, "progress.item_unchanged", item)
    return item


@transaction.atomic
def say_not_due(*, actor: Actor, item_id: int, version: int, now: datetime) -> ReportItem:
    """ "Not due yet", by one tap: the task owes nothing this time. Raises as `fill_item` does."""
    item = _item_to_fill(actor, item_id, version, now)
    item.progress, item.unchanged = Progress.NOT_DUE, False
    _save_item(actor, item)
    audit.record(actor, "progress.item_not_due", item)
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
    items = list(
        report.items.filter(state__in=[ItemState.DRAFT, ItemState.RETURNED]).select_related(
            "report__period", "task"
        )
    )
    if not items:
        raise NotAllowedNow("progress.nothing_to_hand_in")
    missing = [gap for item in items for gap in item_gaps(item)]
    if missing:
        raise NotAllowedNow(missing[0].code, field=missing[0].field, count=len(missing))
    for item in items:
        _hand_in_item(actor, item, now)
    report.handed_in_at = now
    save_if_current(report, version, fields=["handed_in_at"])
    audit.record_bulk(actor, "progress.handed_in", report, items, count=len(items))
    for kind in (REPORT, RETURNED):
        desk.finish(actor=actor, kind=kind, subject_id=report.pk, now=now)
    _recompute(items, now)
    return report


def item_gaps(item: ReportItem) -> list[Gap]:
    """What must still be said before the item can be handed in."""
    entries = item.entries.select_related("indicator")
    return gaps(item.progress, item.stuck_words, [_filled(entry) for entry in entries])


def _hand_in_item(actor: Actor, item: ReportItem, now: datetime) -> None:
    item.state = next_state(item.state, "submit", item.part)
    item.author = item.author or actor.person
    save_if_current(item, item.version, fields=["state", "author"])
    item.remarks.filter(settled_at=None).update(settled_at=now)
    if item.progress != Progress.NOT_DUE:
        for entry in item.entries.select_related("indicator"):
            write_value(
                actor,
                indicator_id=entry.indicator_id,
                unit_id=entry.unit_id,
                first_day=item.report.period.first_day,
                last_day=item.report.period.last_day,
                now=now,
                item=item,
                typed=_typed(entry),
                warned=entry.warned,
            )


@transaction.atomic
def review_item(*, actor: Actor, item_id: int, version: int) -> ReportItem:
    """The lead unit has looked at a member's item. Raises Hidden, Denied, Stale, NotAllowedNow."""
    item = access.item_to_review(actor, item_id)
    check_current(item, version)
    item.state = next_state(item.state, "review", item.part)
    save_if_current(item, version, fields=["state"])
    audit.record(actor, "progress.item_reviewed", item)
    return item


@transaction.atomic
def confirm_items(*, actor: Actor, items: Iterable[tuple[int, int]]) -> int:
    """Confirm (id, version) at once, all or none. Raises Hidden, Denied, Stale, NotAllowedNow."""
    access.require_keeper(actor)
    chosen = dict(items)
    found = list(access.visible_items(actor).filter(pk__in=chosen))
    if not chosen or len(found) != len(chosen):
        raise BadInput("progress.nothing_chosen")
    for item in found:
        check_current(item, chosen[item.pk])
        item.state = next_state(item.state, "confirm", item.part)
        save_if_current(item, item.version, fields=["state"])
    audit.record_bulk(actor, "progress.confirmed", found[0].report.period, found, count=len(found))
    return len(found)


@transaction.atomic
def return_item(
    *, actor: Actor, item_id: int, version: int, remarks: Mapping[str, str], now: datetime
) -> ReportItem:
    """Back to its author with a remark on each field that is wrong; its values stop counting.

    Raises Hidden, Denied, Stale, NotAllowedNow; BadInput without a remark.
    """
    item = access.item_to_return(actor, item_id)
    check_current(item, version)
    said = {name: words.strip()[:500] for name, words in remarks.items() if words.strip()}
    if not said:
        raise BadInput("progress.remark_missing")
    item.state = next_state(item.state, "return", item.part)
    save_if_current(item, version, fields=["state"])
    Remark.objects.bulk_create(
        Remark(item=item, field=name, words=words, by=actor.person, at=now) for name, words in said.items()
    )
    _withdraw_values(item)
    audit.record(actor, "progress.item_returned", item, fields=sorted(said), count=len(said))
    desk.ask(
        actor=actor,
        kind=RETURNED,
        subject_id=item.report_id,
        unit_id=item.report.unit_id,
        key=f"{RETURNED}:{item.report_id}:{item.pk}:{item.version}",
        now=now,
    )
    _recompute([item], now)
    return item


def _withdraw_values(item: ReportItem) -> None:
    """What the item brought counts no more; the revision before it, where it came from elsewhere, does
    again.
    """
    for value in Value.objects.filter(item=item, current=True):
        Value.objects.filter(pk=value.pk).update(current=False)
        of = Value.objects.filter(
            indicator=value.indicator_id,
            unit=value.unit_id,
            first_day=value.first_day,
            last_day=value.last_day,
        )
        before = of.filter(Q(item=None) | ~Q(item=item)).order_by("-revision").first()
        if before is not None:
            Value.objects.filter(pk=before.pk).update(current=True)


@transaction.atomic
def correct_value(*, actor: Actor, value_id: int, typed: Typed, reason: str, now: datetime) -> Value:
    """Another number for a value that counts, by the office: a new revision with its reason, the old one
    stays.

    Raises Hidden, Denied; BadInput without a reason or without a number or why it is missing; Stale where the
    value was corrected in the meantime.
    """
    value = access.value_for_change(actor, value_id)
    if not value.current:
        raise Stale
    if not reason.strip():
        raise BadInput("progress.reason_missing")
    if typed.numerator is None and not typed.words and not typed.missing.strip():
        raise BadInput("progress.say_value_or_why")
    written = write_value(
        actor,
        indicator_id=value.indicator_id,
        unit_id=value.unit_id,
        first_day=value.first_day,
        last_day=value.last_day,
        typed=typed,
        now=now,
        item=value.item,
        origin=Origin.CORRECTED,
        reason=reason.strip()[:200],
    )
    audit.record(
        actor,
        "progress.value_corrected",
        value.indicator,
        before={"numerator": value.numerator, "denominator": value.denominator, "revision": value.revision},
        numerator=typed.numerator,
        denominator=typed.denominator,
        unit=str(value.unit),
        last_day=value.last_day,
        reason=written.reason,
    )
    recompute_after([(value.indicator_id, value.first_day, value.last_day)], now=now)
    return written


@transaction.atomic
def grant_late(*, actor: Actor, report_id: int, until: datetime, why: str, now: datetime) -> LateGrant:
    """Open a locked report again until then. Raises Hidden, Denied, BadInput."""
    report = access.one_report(actor, report_id)
    access.require_keeper(actor)
    if not why.strip() or until <= now:
        raise BadInput("progress.grant_needs_why_and_until")
    grant = LateGrant.objects.create(
        report=report, until=until, why=why.strip()[:500], by=actor.person, at=now
    )
    audit.record(actor, "progress.late_granted", report, until=until, why=grant.why)
    return grant


def _item_to_fill(actor: Actor, item_id: int, version: int, now: datetime) -> ReportItem:
    item = access.item_for_change(actor, item_id)
    check_current(item, version)
    _require_open(item.report, now)
    next_state(item.state, "fill", item.part)
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
    entry.missing = "" if typed.numerator is not None or typed.words else typed.missing.strip()[:200]
    entry.as_of, entry.evidence_on, entry.why = typed.as_of, typed.evidence_on, typed.why.strip()[:200]
    entry.save()


def _mark_doubts(item: ReportItem) -> None:
    for entry, codes in doubts(item).items():
        if list(entry.warned) != codes:
            entry.warned = codes
            entry.save(update_fields=["warned"])


def _item_before(item: ReportItem) -> ReportItem | None:
    """The last item of the same task and unit that was handed in."""
    earlier = ReportItem.objects.filter(
        task=item.task_id,
        report__unit=item.report.unit_id,
        state__in=HANDED_IN,
        report__period__last_day__lt=item.report.period.first_day,
    )
    return earlier.order_by("-report__period__last_day").first()


def _accruals(item: ReportItem) -> dict[int, Accrual]:
    version = item.report.period.beat.following.plan_version
    return {one.id: Accrual(one.row.accrual) for one in Commitments(version).indicators}


def _filled(entry: Entry) -> Filled:
    amount = Amount(entry.numerator, entry.denominator, entry.words)
    return Filled(entry.indicator.key, amount, entry.missing, tuple(entry.warned), entry.why)


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


def _recompute(items: Iterable[ReportItem], now: datetime) -> None:
    touched = [
        (entry.indicator_id, item.report.period.first_day, item.report.period.last_day)
        for item in items
        for entry in item.entries.all()
    ]
    recompute_after(touched, now=now)
