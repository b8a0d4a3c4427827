"""Files in: received and kept, then read in the background into a draft, or refused with the reason."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.module_loading import import_string

from chuangwen.cores.errors import BadInput, ChuangwenError, NotAllowedNow
from chuangwen.cores.reading import Reading, files, read_text
from chuangwen.kit import audit
from chuangwen.kit import files as kept_files
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Document, Intake, IntakeState, PlanVersion
from ..rules.states import VersionState
from .draft import draft_from_reading
from .reissuing import reissue

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit


def receive(*, actor: Actor, name: str, data: bytes, now: datetime, plan_id: int | None = None) -> Intake:
    """Take a document in to be read in the background; with `plan_id`, as a re-issue of that plan.

    Raises BadInput where it cannot be decoded, Denied, Hidden, NotAllowedNow (the plan has an open draft);
    then nothing is stored.
    """
    access.require_keeper(actor)
    plan = access.plan_for_change(actor, plan_id) if plan_id else None
    if plan and plan.versions.filter(state=VersionState.DRAFT).exists():
        raise NotAllowedNow("plans.draft_open", plan=plan.title)
    source = files.decode(name, data)
    with transaction.atomic():
        city = plan.jurisdiction if plan else jurisdiction(actor)
        document = keep_document(city, name, data, source, now)
        alike = Intake.objects.filter(jurisdiction=city, plan=plan, sha256=document.sha256)
        unread = alike.filter(state__in=(IntakeState.WAITING, IntakeState.READING)).first()
        if unread is not None:  # the button was pressed twice
            return unread
        intake = Intake.objects.create(
            jurisdiction=city,
            plan=plan,
            name=document.name,
            sha256=document.sha256,
            size=document.size,
            requested_by=actor.person,
            requested_at=now,
        )
        audit.record(actor, "plans.received", intake, name=intake.name)
        # The job stands above the actions and is therefore named, not imported.
        import_string("chuangwen.plans.jobs.read_intake").enqueue(intake.pk)
    return intake


@transaction.atomic
def import_document(*, actor: Actor, city: Unit, path: Path, title: str, now: datetime) -> PlanVersion:
    """Read a file into a draft of a new plan of `city`. Raises BadInput, Denied; then nothing is stored."""
    source = files.load(path)
    document = keep_document(city, path.name, path.read_bytes(), source, now)
    reading = read_text(document.text)
    return draft_from_reading(actor=actor, document=document, reading=reading, now=now, title=title)


def keep_document(city: Unit, name: str, data: bytes, source: files.Source, now: datetime) -> Document:
    """The document with its bytes kept; the same bytes are one document of the city. Inside a transaction."""
    if "\x00" in source.text:
        raise BadInput("reading.binary", name=name)
    document, _ = Document.objects.get_or_create(
        jurisdiction=city,
        sha256=kept_files.put(data),
        defaults={
            "name": name[-255:],
            "size": len(data),
            "format": source.format,
            "encoding": source.encoding or "",
            "text": source.text,
            "text_sha256": hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest(),
            "received_at": now,
        },
    )
    return document


def read_intake(*, actor: Actor, intake_id: int, now: datetime) -> Intake:
    """Read a received file into a draft, or note why it was refused.

    Safe to run twice: the first that ends counts.
    """
    intake = access.one_intake(actor, intake_id)
    if not _advance(intake, (IntakeState.WAITING, IntakeState.READING), IntakeState.READING):
        return intake
    document = Document.objects.get(jurisdiction=intake.jurisdiction_id, sha256=intake.sha256)
    reading = read_text(document.text)
    try:
        with transaction.atomic():
            if not _advance(intake, (IntakeState.READING,), IntakeState.READ):
                return intake
            intake.plan_version = _drafted(actor, intake, document, reading, now)
            intake.finished_at = now
            intake.save(update_fields=["plan_version", "finished_at"])
    except ChuangwenError as refusal:
        intake.state = IntakeState.REFUSED
        intake.refusal = {"code": refusal.code, "params": {k: str(v) for k, v in refusal.params.items()}}
        intake.plan_version = None
        intake.finished_at = now
        intake.save()
    return intake


def _drafted(
    actor: Actor, intake: Intake, document: Document, reading: Reading, now: datetime
) -> PlanVersion:
    if intake.plan is None:
        return draft_from_reading(actor=actor, document=document, reading=reading, now=now)
    return reissue(actor=actor, plan_id=intake.plan.pk, document=document, reading=reading, now=now)


def _advance(intake: Intake, states: tuple[IntakeState, ...], to: IntakeState) -> bool:
    """Whether the row stood in one of `states` and now stands in `to`."""
    moved = Intake.objects.filter(pk=intake.pk, state__in=states).update(state=to)
    intake.refresh_from_db()
    return bool(moved)
