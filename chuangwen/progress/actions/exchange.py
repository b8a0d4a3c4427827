"""A report that was taken out as a sheet, filled in elsewhere, and comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor

from .. import access
from ..exchange.report_sheet import UNCHANGED, Errors, ItemChanges, changes_of, fault, sheet_errors
from ..models import UnitReport
from .reporting import TypedItem, fill_item, say_unchanged
from .values import Typed


@transaction.atomic
def bring_in_sheet(*, actor: Actor, report_id: int, name: str, data: bytes, now: datetime) -> int:
    """Fill in what an edited sheet changes, all of it or nothing; of how many tasks.

    Nothing is handed in. Raises Hidden, Denied; BadInput: no workbook, progress.sheet_foreign (taken from
    another report), progress.sheet_same, progress.sheet_errors (`errors`: row, column, what).
    """
    report: UnitReport = access.report_for_change(actor, report_id)
    changes = changes_of(actor, report, name, data, now)
    errors: Errors = []
    for change in changes:
        try:
            _fill(actor, change, now)
        except NotAllowedNow as error:
            errors.append(fault(_row(change, ""), "progress", error))
        except BadInput as error:
            field = str(error.params.get("field", ""))
            column = field if field in change.task else "value"
            errors.append(fault(_row(change, field), column, error))
    if errors:
        raise sheet_errors(errors)
    audit.record(actor, "progress.sheet_read", report, name=name, count=len(changes))
    return len(changes)


def _row(change: ItemChanges, key: str) -> int:
    return change.rows.get(key) or change.rows.get("") or min(change.rows.values())


def _fill(actor: Actor, change: ItemChanges, now: datetime) -> None:
    item = change.card.item
    if change.task.get("progress") == UNCHANGED and "progress" in change.edited:
        say_unchanged(actor=actor, item_id=item.pk, version=item.version, now=now)
        return
    ids = {line.key: line.entry.indicator_id for line in change.card.lines}
    said: dict[str, Any] = {
        "done_words": item.done_words,
        "stuck_words": item.stuck_words,
        "helper": item.helper,
        "next_step": item.next_step,
        "progress": item.progress,
    } | change.task
    if said["progress"] == UNCHANGED:
        said["progress"] = item.progress
    entries = {ids[key]: _typed(key, values) for key, values in change.values.items()}
    typed = TypedItem(**said, entries=entries)
    fill_item(actor=actor, item_id=item.pk, version=item.version, typed=typed, now=now)


def _typed(key: str, values: dict[str, Any]) -> Typed:
    """Raises BadInput for a share that is given twice."""
    words = values["value"] if isinstance(values["value"], str) else ""
    value, whole, share = None if words else values["value"], values["of"], values["share"]
    if value is not None and share is not None:
        raise BadInput("progress.share_twice", field=key)
    return Typed(
        numerator=share if value is None else value,
        denominator=None if value is None else whole,
        words=words,
        missing=values["missing"],
        why=values["why"],
        as_of=values["as_of"],
        evidence_on=values["evidence_on"],
    )
