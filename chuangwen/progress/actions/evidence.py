"""Files behind a report."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit, files
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import CONFIDENTIAL, Evidence
from ..rules.evidence import checked
from ..rules.filling import checked_days, checked_words
from .reporting import item_to_fill

MOST_FILES = 20
MOST_OF_EVIDENCE = {"source": 100}


@transaction.atomic
def add_evidence(
    *,
    actor: Actor,
    item_id: int,
    name: str,
    data: bytes,
    source: str = "",
    confidentiality: str = "internal",
    dated_on: date | None = None,
    indicator: str = "",
    now: datetime,
) -> Evidence:
    """Keep a file with a task, or with the one of its indicators whose key is given; twice the same is kept
    once.

    Raises Hidden, Denied, NotAllowedNow as for filling in; BadInput for what is no picture, PDF or Office
    file, for one too large or one too many.
    """
    item = item_to_fill(actor, item_id, now)
    kept, kind = checked(name, data)
    checked_words(MOST_OF_EVIDENCE, {"source": source.strip()})
    checked_days("evidence", [dated_on], timezone.localdate(now))
    if confidentiality not in CONFIDENTIAL:
        raise BadInput("progress.no_such_confidentiality")
    entry = item.entries.filter(indicator__key=indicator).first() if indicator else None
    sha256 = files.put(data)
    same = item.evidence.filter(sha256=sha256).first()
    if same is not None:
        return same
    if item.evidence.count() >= MOST_FILES:
        raise BadInput("progress.too_many_files", most=MOST_FILES)
    evidence = Evidence.objects.create(
        item=item,
        indicator_id=entry.indicator_id if entry else None,
        name=kept,
        sha256=sha256,
        size=len(data),
        media_type=kind.media_type,
        source=source.strip(),
        confidentiality=confidentiality,
        dated_on=dated_on,
        added_at=now,
        added_by=actor.person,
    )
    audit.record(actor, "progress.evidence_added", item, name=kept, sha256=sha256)
    return evidence


@transaction.atomic
def remove_evidence(*, actor: Actor, evidence_id: int, now: datetime) -> None:
    """Take a file back while the task is still with the unit; its bytes stay in the archive.

    Raises Hidden, Denied, NotAllowedNow.
    """
    evidence = access.one_evidence(actor, evidence_id)
    item = item_to_fill(actor, evidence.item_id, now)
    audit.record(
        actor, "progress.evidence_removed", item, name=evidence.name, before={"sha256": evidence.sha256}
    )
    evidence.delete()
