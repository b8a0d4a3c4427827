"""A changed document for a plan in force: a draft of what was reviewed, with each difference to decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading import Reading, read_text
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor

from ..models import ROW_MODELS, Document, PlanVersion, ProposedChange
from ..rules.differences import Change
from ..rules.from_reading import content_of as content_of_reading
from ..rules.reissued import Text
from ..rules.reissued import reissue as compared
from .asks import ask_about_doubts
from .draft import open_draft
from .versions import amendable, version_in_force


@transaction.atomic
def reissue(
    *, actor: Actor, plan_id: int, document: Document, reading: Reading, now: datetime
) -> PlanVersion:
    """A draft that repeats the version in force on the words of `document`, with what the document changes.

    Raises Hidden, Denied, NotAllowedNow (nothing in force, a draft is open), BadInput (the same document).
    """
    base = version_in_force(actor, plan_id)
    if base.document is None:
        raise BadInput("plans.no_document")
    if base.document.text == document.text:
        raise BadInput("plans.same_document", name=document.name)
    old = content_of_reading(read_text(base.document.text), base.document.pk)
    new = content_of_reading(reading, document.pk)
    result = compared(
        amendable(base),
        old,
        new,
        Text(base.document.pk, base.document.text),
        Text(document.pk, document.text),
    )
    draft = open_draft(base.plan, result.draft, document=document, base=base, reason="", now=now)
    ask_about_doubts(actor, draft, now)
    propose(draft, result.changes)
    audit.record(actor, "plans.reissued", draft, document=document.name, count=len(result.changes))
    return draft


def propose(draft: PlanVersion, changes: Iterable[Change]) -> None:
    """Write the differences down; a row without key is named by its number in the database."""
    rows: dict[str, list[int]] = {}

    def row_id(subject: str, index: int) -> int:
        if subject not in rows:
            found = ROW_MODELS[subject].objects.filter(plan_version=draft)
            rows[subject] = list(found.values_list("pk", flat=True))
        return rows[subject][index]

    proposed = []
    for position, change in enumerate(changes):
        payload = dict(change.payload)
        if change.index is not None and not change.key:
            payload["row_id"] = row_id(change.subject, change.index)
        for also in payload.get("also", ()):
            if also["index"] is not None and not also["key"]:
                also["payload"]["row_id"] = row_id(also["subject"], also["index"])
        proposed.append(
            ProposedChange(
                plan_version=draft,
                position=position,
                action=change.action,
                subject=change.subject,
                key=change.key,
                field=change.field,
                before=change.before,
                after=change.after,
                payload=payload,
                conflict=change.conflict,
                start=change.place.start if change.place else None,
                end=change.place.end if change.place else None,
            )
        )
    ProposedChange.objects.bulk_create(proposed)
