"""Retention: whole months of sealed rows go, and an audited tombstone stays, from which the chain goes on."""

from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Min
from django.utils import timezone

from chuangwen.cores.errors import BadInput

from . import audit, audit_chain
from .models import AuditEntry, AuditSeal, AuditTombstone

FLOOR_MONTHS = 6  # 网络安全法 article 21: network logs are kept for six months at least


def purge(actor: audit.Who, before: date, now: datetime) -> AuditTombstone | None:
    """Delete the sealed rows of all months before that of `before`; None where there are none.

    It ends at the first row that is younger. Raises BadInput for a month within the floor, ChainBroken where
    the chain is not whole: a purge must not cover that up.
    """
    month = before.replace(day=1)
    if month > oldest_kept(timezone.localdate(now)):
        raise BadInput("kit.audit_floor")
    if audit_chain.verify(now):
        raise audit_chain.ChainBroken
    start, last = audit_chain.base(), _last_before(month)
    if last.number <= start.number:
        return None
    first = AuditSeal.objects.get(number=start.number + 1)
    tombstone = AuditTombstone(
        first=first.number,
        last=last.number,
        first_hash=first.hash,
        last_hash=last.hash,
        before_month=f"{month:%Y-%m}",
        at=now,
    )
    tombstone.proof = audit_chain.proof(tombstone)
    _delete(actor, tombstone)
    return tombstone


def oldest_kept(today: date) -> date:
    """The first day of the oldest month that must stay."""
    year, month = divmod(today.year * 12 + today.month - 1 - FLOOR_MONTHS, 12)
    return date(year, month + 1, 1)


def _last_before(month: date) -> audit_chain.Head:
    moment = timezone.make_aware(datetime(month.year, month.month, 1))  # noqa: DTZ001
    younger = AuditEntry.objects.filter(at__gte=moment).values("pk")
    first = AuditSeal.objects.filter(entry_id__in=younger).aggregate(first=Min("number"))["first"]
    if first is None:
        return audit_chain.end()
    last = AuditSeal.objects.filter(number=first - 1).first()
    return audit_chain.Head(last.number, last.hash) if last else audit_chain.base()


@transaction.atomic
def _delete(actor: audit.Who, tombstone: AuditTombstone) -> None:
    tombstone.save(force_insert=True)
    seals = AuditSeal.objects.filter(number__lte=tombstone.last)
    models.QuerySet(AuditEntry).filter(pk__in=seals.values("entry_id")).delete()
    seals.delete()
    audit.record(
        actor,
        "kit.audit_purged",
        tombstone,
        first=tombstone.first,
        last=tombstone.last,
        before_month=tombstone.before_month,
    )
