"""Who did what, when, from which seat: one row for each action, shown in words on the page of its subject."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise

from .models import AuditEntry

_WORDS: dict[str, str | Promise] = {}


class Who(Protocol):
    """What a row says about the actor."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def seat_name(self) -> str: ...
    @property
    def via(self) -> str: ...
    @property
    def address(self) -> str: ...


def words(sentences: Mapping[str, str | Promise]) -> None:
    """Say in words what actions mean: code → lazy sentence with %(name)s for the values of `record`.

    Rooms call this in `apps.py`. A code without words makes `record` fail, so that none is forgotten.
    The names of systems that act ("demo") are worded here too.
    """
    _WORDS.update(sentences)


def record(
    actor: Who,
    action: str,
    subject: models.Model,
    /,
    *,
    before: Mapping[str, Any] | None = None,
    **values: Any,
) -> AuditEntry:
    """Write that `actor` did `action` to `subject`; `values` say to what, `before` what was there.

    Called once by each action, inside its transaction. Values are what JSON and Django's encoder can hold.
    """
    if action not in _WORDS:
        raise LookupError(f"No words for the action {action!r}: see audit.words.")
    return AuditEntry.objects.create(
        person_id=actor.person_id,
        person_name=actor.name,
        seat=actor.seat_name,
        via=actor.via,
        address=actor.address,
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        before=dict(before or {}),
        after=values,
    )


def history(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """What was done to `subject`, the latest first."""
    return AuditEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


def sentence(entry: AuditEntry) -> str:
    """What `entry` records, in the reader's language."""
    return str(_WORDS.get(entry.action, entry.action)) % _Lenient(entry.after)


def by(entry: AuditEntry) -> str:
    """Who did it: the person's name as it was then, or what `words` calls the system."""
    return entry.person_name if entry.person_id else str(_WORDS.get(entry.person_name, entry.person_name))


class _Lenient(dict[str, Any]):
    """A sentence may name a value that old rows do not have."""

    def __missing__(self, key: str) -> str:
        return "—"
