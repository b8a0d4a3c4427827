"""Reviewing, confirming and returning what was handed in; correcting a value; a late report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow, Stale
from chuangwen.cores.worktime import TimeUnit
from chuangwen.desk import actions as desk
from chuangwen.desk.queries import calendar_of, open_of
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Course, LateGrant, Remark, ReportItem, Value
from ..queries.checking import Typing, doubts, rows_of
from ..queries.reports import led_tasks
from ..rules.asks import RETURN_DAYS, RETURNED
from ..rules.filling import MOST_OF_ENTRY, MOST_OF_REMARK, checked_words, fields_of
from ..rules.states import HANDED_IN, ItemState, Mode, Origin, Part, next_state
from .computing import recompute_after, recompute_items
from .values import Typed, check_typed, made_of_sums, write_value


@transaction.atomic
def review_items(*, actor: Actor, items: Iterable[tuple[int, int]]) -> int:
    """The lead unit has looked at items (id, version) of its members, all or none; how many.

    Raises Hidden, Denied, Stale, NotAllowedNow; BadInput where none is chosen.
    """
    found = []
    for item_id, version in dict(items).items():
        item = access.item_to_review(actor, item_id)
        _move(item, version, "review", item.part)
        found.append(item)
    if not found:
        raise BadInput("progress.nothing_chosen")
    audit.record_bulk(actor, "progress.reviewed", found[0].report.period, found, count=len(found))
    return len(found)


@transaction.atomic
def confirm_items(*, actor: Actor, items: Iterable[tuple[int, int]]) -> int:
    """Confirm items (id, version) at once, all or none; how many.

    What a member handed in waits for the lead unit first; where the task has none in the period, it does not.
    Raises Denied, Stale, NotAllowedNow; BadInput where none is chosen, or one that is not there.
    """
    access.require_keeper(actor)
    chosen = dict(items)
    found = list(access.visible_items(actor).filter(pk__in=chosen))
    if not chosen or len(found) != len(chosen):
        raise BadInput("progress.nothing_chosen")
    led = led_tasks(found)
    for item in found:
        has_lead = (item.report.period_id, item.task_id) in led
        _move(item, chosen[item.pk], "confirm", item.part if has_lead else Part.LEAD)
    audit.record_bulk(actor, "progress.confirmed", found[0].report.period, found, count=len(found))
    return len(found)


def _move(item: ReportItem, version: int, move: str, part: str) -> None:
    check_current(item, version)
    item.state = next_state(item.state, move, part)
    save_if_current(item, version, fields=["state"])


@transaction.atomic
def return_item(
    *, actor: Actor, item_id: int, version: int, remarks: Mapping[str, str], now: datetime
) -> ReportItem:
    """Back to its author with a remark on each field that is wrong; its values stop counting.

    The unit has RETURN_DAYS working days, also where the report is locked before. The unit is asked once,
    however many of its tasks are returned. Raises Hidden, Stale, NotAllowedNow; Denied, also for a lead unit
    once the office has confirmed; BadInput without a remark, and for a remark on what is no field of it.
    """
    item = access.item_to_return(actor, item_id)
    check_current(item, version)
    if item.state == ItemState.CONFIRMED and not access.keeps_progress(actor):
        raise Denied
    said = {name: words.strip() for name, words in remarks.items() if words.strip()}
    keys = item.entries.values_list("indicator__key", flat=True)
    if not said or not said.keys() <= fields_of(keys):
        raise BadInput("progress.remark_missing")
    checked_words(dict.fromkeys(said, MOST_OF_REMARK), said)
    _move(item, version, "return", item.part)
    Remark.objects.bulk_create(
        Remark(item=item, field=name, words=words, by=actor.person, at=now) for name, words in said.items()
    )
    _withdraw_values(item)
    audit.record(actor, "progress.item_returned", item, fields=sorted(said), count=len(said))
    _ask_again(actor, item, next(iter(said.values())), now)
    recompute_items([item], now)
    return item


def _ask_again(actor: Actor, item: ReportItem, why: str, now: datetime) -> None:
    report = item.report
    city = report.period.beat.following.plan.jurisdiction_id
    until = calendar_of(city).due(now, RETURN_DAYS, TimeUnit.WORKING_DAYS).at
    if report.period.lock_at < until:
        LateGrant.objects.create(report=report, until=until, why=why, by=actor.person, at=now)
    if not open_of(RETURNED, report.pk).exists():
        desk.ask(
            actor=actor,
            kind=RETURNED,
            subject_id=report.pk,
            unit_id=report.unit_id,
            key=f"{RETURNED}:{item.pk}:{item.version}",
            due_at=until,
            now=now,
        )


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
        elsewhere = Q(item=None) | (Q(item__state__in=HANDED_IN) & ~Q(item=item))
        before = of.filter(elsewhere).order_by("-revision").first()
        if before is not None:
            Value.objects.filter(pk=before.pk).update(current=True)


@transaction.atomic
def correct_value(*, actor: Actor, value_id: int, typed: Typed, reason: str, now: datetime) -> Value:
    """Another number for a value that counts, by the office: a new revision with its reason, the old one
    stays.

    Raises Hidden, Denied; BadInput without a reason, without a number or why it is missing, or for what no
    unit could hand in either; NotAllowedNow for what is computed; Stale where the value was corrected in the
    meantime.
    """
    value = access.value_for_change(actor, value_id)
    following = access.following_of(actor, value.indicator.plan_id)
    if value.origin == Origin.COMPUTED and _computes(value):
        raise NotAllowedNow("progress.computed_value")
    if not reason.strip():
        raise BadInput("progress.reason_missing")
    checked_words({"reason": MOST_OF_ENTRY["why"]}, {"reason": reason.strip()})
    if typed.numerator is None and not typed.words and not typed.missing.strip():
        raise BadInput("progress.say_value_or_why")
    rows = rows_of(following)
    of_sums = value.indicator_id in made_of_sums(following, rows)
    check_typed(value.indicator.key, typed, timezone.localdate(now), of_sums=of_sums)
    if not Value.objects.filter(pk=value.pk, current=True).update(current=False):
        raise Stale
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
        reason=reason.strip(),
        warned=doubts(
            value,
            [Typing(value.indicator_id, value.unit_id, typed.numerator, typed.denominator)],
            rows,
        )[0],
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


def _computes(value: Value) -> bool:
    """Whether the next computation would bring the value again: by a formula, or from a plan below."""
    by_formula = Q(indicator=value.indicator_id, mode=Mode.FORMULA)
    from_below = Q(parent=value.indicator_id, following__plan__jurisdiction=value.unit_id)
    return Course.objects.filter(by_formula | from_below).exists()


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
