"""Who did what, when, from which seat: one row for each action, shown in words on the page of its subject."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .audit_keys import keys_of, locked, unlocked
from .models import AuditEntry, PersonKey

TOUCHES_AT_ONCE = 1000
GUEST = "link:"  # `via` of who acts without an account begins so; the number of the link follows
ERASED = _("Deleted person")
DEPUTY = "·deputy"  # ends the seat of one who stands in for its holder
_WORDS: dict[str, str | Promise] = {}
_KINDS: dict[str, str | Promise] = {}
_TERMS: dict[str, dict[str, str | Promise]] = {}


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


@dataclass(frozen=True)
class Keeper:
    """The audit's own commands and jobs as an actor."""

    name: str = "audit"
    person_id: int | None = None
    seat_name: str = ""
    via: str = "command"
    address: str = ""


def words(sentences: Mapping[str, str | Promise]) -> None:
    """Say in words what actions mean: code → lazy sentence with %(name)s for the values of `record`.

    Rooms call this in `apps.py`. A code without words makes `record` fail, so that none is forgotten.
    The names of systems that act ("demo") are worded here too.
    """
    _WORDS.update(sentences)


def kinds(names: Mapping[str, str | Promise]) -> None:
    """Say what the subjects of a room are called: "orgs.unit" → lazy word. Called in `apps.py`.

    One without a word makes `record` fail.
    """
    _KINDS.update(names)


def terms(name: str, words: Mapping[Any, str | Promise]) -> None:
    """Say what the codes mean that rows hold as the value `name` ("role"). Called in `apps.py`."""
    _TERMS.setdefault(name, {}).update({str(code): word for code, word in words.items()})


def record(
    actor: Who,
    action: str,
    subject: models.Model,
    /,
    *,
    before: Mapping[str, Any] | None = None,
    about: int | None = None,
    personal: Mapping[str, Any] | None = None,
    **values: Any,
) -> AuditEntry:
    """Write that `actor` did `action` to `subject`; `values` say to what, `before` what was there.

    Called once by each action, inside its transaction. Values are what JSON and Django's encoder can hold.
    Names, phones and the like of a person go into `personal`, with the person's id as `about`: they are
    encrypted, and can be erased by `erase`. The sentence names them like the other values.
    """
    entry = _entry(actor, action, subject)
    entry.before, entry.after = dict(before or {}), values
    if personal:
        if about is None:
            raise TypeError("Personal values need to be about a person.")
        entry.about_id, entry.personal = about, locked(about, personal)
        entry.personal_values = dict(personal)
    entry.save(force_insert=True)
    return entry


def record_bulk(
    actor: Who, action: str, subject: models.Model, objects: Iterable[models.Model], /, **values: Any
) -> AuditEntry:
    """One step on many objects: a header row on `subject` with the values, a touch row on each object."""
    header = record(actor, action, subject, **values)
    common = {name: getattr(header, name) for name in _OF_THE_ACTOR}
    touches = (
        AuditEntry(**common, header=header, subject_kind=one._meta.label_lower, subject_id=one.pk)
        for one in objects
    )
    AuditEntry.objects.bulk_create(touches, batch_size=TOUCHES_AT_ONCE)
    return header


_OF_THE_ACTOR = ("at", "person_id", "who", "system", "seat", "via", "action")


def _entry(actor: Who, action: str, subject: models.Model) -> AuditEntry:
    if action not in _WORDS:
        raise LookupError(f"No words for the action {action!r}: see audit.words.")
    if subject._meta.label_lower not in _KINDS:
        raise LookupError(f"No word for {subject._meta.label_lower!r}: see audit.kinds.")
    entry = AuditEntry(
        person_id=actor.person_id,
        who=locked(actor.person_id, {"name": actor.name, "address": actor.address}),
        system="" if actor.person_id else actor.name,
        seat=actor.seat_name,
        via=actor.via,
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
    )
    if entry.who is not None:
        entry.person_name, entry.address = actor.name, actor.address
    return entry


def history(subject: models.Model, limit: int | None = None) -> list[AuditEntry]:
    """What was done to `subject`, the latest first, ready to be worded. Two queries."""
    rows = AuditEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return opened(rows.select_related("header")[:limit])


def entries(
    people: models.QuerySet[Any],
    guests: models.QuerySet[Any],
    *,
    since: datetime | None,
    until: datetime | None,
    action: str = "",
) -> models.QuerySet[AuditEntry]:
    """Rows of systems, of `people` (a query of ids) and of `guests` (of ways to come in), the latest first.

    From `since` to before `until`: None leaves an end open; "" takes every action. Touch rows are told by
    their header.
    """
    systems = models.Q(person_id=None) & ~models.Q(via__startswith=GUEST)
    whose = systems | models.Q(person_id__in=people) | models.Q(via__in=guests)
    rows = AuditEntry.objects.filter(whose, header=None)
    rows = rows.filter(at__gte=since) if since else rows
    rows = rows.filter(at__lt=until) if until else rows
    return rows.filter(action=action) if action else rows


def who_acted(people: Iterable[int], since: datetime) -> set[int]:
    """Those of `people` (ids) who did anything after `since`; signing in counts."""
    rows = AuditEntry.objects.filter(person_id__in=list(people), at__gt=since)
    return {id_ for id_ in rows.values_list("person_id", flat=True).distinct() if id_ is not None}


def opened(rows: Iterable[AuditEntry]) -> list[AuditEntry]:
    """`rows` with what is encrypted in them made readable, where the keys still exist. One query."""
    found = list(rows)
    with_headers = found + [entry.header for entry in found if entry.header]
    people = {id_ for entry in with_headers for id_ in (entry.person_id, entry.about_id) if id_ is not None}
    keys = keys_of(people) if people else {}
    for entry in with_headers:
        who = unlocked(keys, entry.person_id, entry.who)
        entry.person_name, entry.address = who.get("name", ""), who.get("address", "")
        entry.personal_values = unlocked(keys, entry.about_id, entry.personal)
    return found


def sentence(entry: AuditEntry) -> str:
    """What `entry` records, in the reader's language."""
    values = {name: _TERMS.get(name, {}).get(str(value), value) for name, value in entry.values.items()}
    return str(_WORDS.get(entry.action, entry.action)) % _Lenient(values)


def deed(action: str) -> str:
    """What the action is, without what it was done to or any other value."""
    return str(_WORDS.get(action, action)) % _Lenient(missing="…")


def kind(entry: AuditEntry) -> str:
    """What the subject is called; the name of its table where a new release has no word for it any more."""
    return str(_KINDS.get(entry.subject_kind, entry.subject_kind))


def by(entry: AuditEntry) -> str:
    """Who did it: the person's name as it was then, or what `words` calls the system."""
    if entry.person_id is None:
        return str(_WORDS.get(entry.system, entry.system))
    name = entry.person_name or str(ERASED)
    return str(_("%(name)s (deputy)") % {"name": name}) if entry.seat.endswith(DEPUTY) else name


def actions() -> list[tuple[str, str]]:
    """Code and words of everything that can be done, in the order of the words."""
    worded = [(code, deed(code)) for code in _WORDS if "." in code]
    return sorted(worded, key=lambda pair: pair[1])


@transaction.atomic
def erase(actor: Who, person_id: int) -> None:
    """Destroy the key of a person: no row can show the person's name, address or values any more.

    Rows stay, and so does the chain. What the person does later is kept without a name.
    """
    key, _made = PersonKey.objects.update_or_create(person_id=person_id, defaults={"wrapped": None})
    record(actor, "kit.person_erased", key)


class _Lenient(dict[str, Any]):
    """A sentence may name a value that old rows do not have, or that cannot be read any more."""

    def __init__(self, values: Mapping[str, Any] | None = None, *, missing: str = "—") -> None:
        super().__init__(values or {})
        self.missing = missing

    def __missing__(self, key: str) -> str:
        return self.missing
