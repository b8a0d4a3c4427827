"""The negative list. The audit row of each step says that it was a restricted one, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.desk import actions as desk
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import negative_access as access
from ..models import NegativeItem, NegativeOccurrence, NegativeReport
from ..rules.negative import MOST_MONTHS, REPORT, add_months, holds_in, month_before, month_of
from ..rules.words import NegativeLevel

RESTRICTED = "standards.restricted"
FIELDS = ("number", "title", "level", "window_months", "deduct_milli", "owner", "starts_on", "ended_on")


@dataclass(frozen=True, kw_only=True)
class NegativeValues:
    title: str
    level: NegativeLevel
    owner_id: int
    starts_on: date
    number: str = ""
    window_months: int = 12
    deduct_milli: int | None = None
    ended_on: date | None = None


@transaction.atomic
def add_negative(*, actor: Actor, jurisdiction_id: int, values: NegativeValues) -> NegativeItem:
    """Raises Hidden; BadInput: no title, the same title twice, a window, an owner or days that cannot be."""
    access.require_keeper(actor)
    item = NegativeItem(jurisdiction=one_unit(actor, jurisdiction_id))
    _fill(actor, item, values)
    item.save(force_insert=True)
    audit.record(actor, RESTRICTED, item)
    return item


@transaction.atomic
def change_negative(*, actor: Actor, item_id: int, version: int, values: NegativeValues) -> NegativeItem:
    """Raises Hidden, Denied, Stale; BadInput as `add_negative`."""
    item = access.item_for_change(actor, item_id)
    check_current(item, version)
    _fill(actor, item, values)
    save_if_current(item, version, fields=FIELDS)
    audit.record(actor, RESTRICTED, item)
    return item


@transaction.atomic
def tell_occurrence(
    *, actor: Actor, item_id: int, happened_on: date, facts: str, now: datetime
) -> NegativeOccurrence:
    """Say that it happened. That is the unit's report for the month as well.

    Raises Hidden; BadInput: no facts, a day to come or before the item held.
    """
    item = access.one_item(actor, item_id)
    if not facts.strip():
        raise BadInput("standards.facts_missing")
    if happened_on > timezone.localdate(now) or happened_on < item.starts_on:
        raise BadInput("standards.negative_day")
    found = NegativeOccurrence.objects.create(
        item=item, happened_on=happened_on, facts=facts.strip(), told_at=now, told_by=actor.person
    )
    report = NegativeReport.objects.filter(unit=item.owner_id, month=month_of(happened_on)).first()
    if report is not None and report.happened is not True:
        _say(actor, report, report.version, True, now)
    audit.record(actor, RESTRICTED, found)
    return found


@transaction.atomic
def withdraw_occurrence(
    *, actor: Actor, occurrence_id: int, version: int, reason: str, now: datetime
) -> NegativeOccurrence:
    """It did not happen, or not so. Raises Hidden, Denied, Stale, NotAllowedNow; BadInput: no reason."""
    found = access.occurrence_to_withdraw(actor, occurrence_id)
    check_current(found, version)
    if found.withdrawn_at is not None:
        raise NotAllowedNow("standards.withdrawn")
    if not reason.strip():
        raise BadInput("standards.reason_missing")
    found.withdrawn_at, found.withdrawn_by = now, actor.person
    found.withdrawn_reason = reason.strip()[:500]
    save_if_current(found, version, fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    audit.record(actor, RESTRICTED, found)
    return found


@transaction.atomic
def report_nothing(*, actor: Actor, report_id: int, version: int, now: datetime) -> NegativeReport:
    """The zero report of a month: nothing on the unit's items happened.

    Raises Hidden, Denied, Stale; NotAllowedNow: it was given, or something was told for the month.
    """
    report = access.report_to_say(actor, report_id)
    check_current(report, version)
    if report.happened is not None:
        raise NotAllowedNow("standards.report_given")
    told = NegativeOccurrence.objects.filter(
        item__owner=report.unit_id,
        happened_on__gte=report.month,
        happened_on__lt=add_months(report.month, 1),
        withdrawn_at=None,
    )
    if told.exists():
        raise NotAllowedNow("standards.something_told")
    _say(actor, report, version, False, now)
    audit.record(actor, RESTRICTED, report)
    return report


def ask_for_reports(*, actor: Actor, now: datetime) -> int:
    """Ask each owner unit for its report of the last month; how many are new. Safe to run twice."""
    month, asked = month_before(timezone.localdate(now)), 0
    items = NegativeItem.objects.select_related("owner", "jurisdiction").order_by("pk")
    owners = {one.owner_id: one for one in items if holds_in(month, one.starts_on, one.ended_on)}
    there = set(NegativeReport.objects.filter(month=month).values_list("unit", flat=True))
    for unit_id, item in owners.items():
        if unit_id not in there:
            _ask(actor, item, month, now)
            asked += 1
    return asked


@transaction.atomic
def _ask(actor: Actor, item: NegativeItem, month: date, now: datetime) -> None:
    end = add_months(month, 1)
    told = NegativeOccurrence.objects.filter(
        item__owner=item.owner_id, happened_on__gte=month, happened_on__lt=end, withdrawn_at=None
    ).exists()
    report = NegativeReport.objects.create(
        jurisdiction=item.jurisdiction,
        unit=item.owner,
        month=month,
        happened=True if told else None,
        said_at=now if told else None,
    )
    audit.record(actor, RESTRICTED, report)
    if not told:
        desk.ask(
            actor=actor,
            kind=REPORT,
            subject_id=report.pk,
            unit_id=report.unit_id,
            key=f"{REPORT}:{report.pk}",
            now=now,
        )


def _say(actor: Actor, report: NegativeReport, version: int, happened: bool, now: datetime) -> None:
    report.happened, report.said_at, report.said_by = happened, now, actor.person
    save_if_current(report, version, fields=["happened", "said_at", "said_by"])
    desk.finish(actor=actor, kind=REPORT, subject_id=report.pk, now=now)


def _fill(actor: Actor, item: NegativeItem, values: NegativeValues) -> None:
    item.owner = one_unit(actor, values.owner_id)
    item.number, item.title, item.level = values.number.strip(), values.title.strip(), values.level
    item.window_months, item.deduct_milli = values.window_months, values.deduct_milli
    item.starts_on, item.ended_on = values.starts_on, values.ended_on
    if not item.title:
        raise BadInput("standards.title_missing")
    if not 1 <= item.window_months <= MOST_MONTHS:
        raise BadInput("standards.window", most=MOST_MONTHS)
    if item.deduct_milli is not None and item.level != NegativeLevel.DEDUCT:
        raise BadInput("standards.deducts_nothing")
    if item.ended_on is not None and item.ended_on < item.starts_on:
        raise BadInput("standards.days_out_of_order")
    if not item.owner.path.startswith(item.jurisdiction.path):
        raise BadInput("standards.unit_elsewhere")
    same = NegativeItem.objects.filter(jurisdiction=item.jurisdiction, title=item.title)
    if same.exclude(pk=item.pk).exists():
        raise BadInput("standards.negative_exists")
