"""The chain over the audit: entries get gapless numbers and a keyed hash each, after they were committed.

The key and the head of the chain are files, so that whoever can write to the database alone can neither
change a row unseen nor cut off the end. Writers never wait for the sealer: it takes no lock on the entries.
"""

import hmac
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .audit_keys import derived
from .models import AuditEntry, AuditSeal, AuditTombstone

AT_ONCE = 500

SENTENCES: dict[str, Promise] = {
    "changed": _("Row %(rows)s was changed after it was sealed."),
    "removed": _("Row %(rows)s was removed."),
    "reordered": _("Row %(rows)s stands in another order than it was sealed in."),
    "cut_off": _("The end of the chain was cut off: row %(rows)s is missing."),
    "head": _("Row %(rows)s is not the one that was at the head of the chain."),
    "tombstone": _("The purge of row %(rows)s was not made by this program."),
}


class ChainBroken(Exception):
    """Sealing or purging would cover up what was done to the chain; `audit verify` says what."""


@dataclass(frozen=True)
class Head:
    """The last seal when it was written. Number 0 is the beginning of the chain."""

    number: int = 0
    hash: str = ""


@dataclass(frozen=True)
class Fault:
    """`kind` is a key of SENTENCES; `first` to `last` are numbers of seals, both counted."""

    kind: str
    first: int
    last: int

    def __str__(self) -> str:
        rows = str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
        return str(SENTENCES[self.kind]) % {"rows": rows}


@dataclass(frozen=True)
class State:
    """How the chain stands; `verified_at` is None before the first verification."""

    sealed_up_to: int
    verified_at: datetime | None
    whole: bool


def seal(now: datetime, limit: int = AT_ONCE) -> int:
    """Number and chain at most `limit` committed entries; how many. 0 also where another sealer was first.

    Raises ChainBroken where the end of the chain is not what the head file says.
    """
    kept = read_head()
    if kept and not _fits(kept):
        raise ChainBroken
    seals = list(_chained(end(), _unsealed()[:limit]))
    try:
        with transaction.atomic():
            AuditSeal.objects.bulk_create(seals)
    except IntegrityError:
        return 0
    _keep_head(end(), now)
    return len(seals)


def seal_all(now: datetime) -> int:
    """Seal until nothing is left, or another sealer is at work; how many. Raises ChainBroken."""
    total = 0
    while count := seal(now):
        total += count
    return total


def verify(now: datetime) -> list[Fault]:
    """What was done to the chain; empty where it is whole. When and how it was found is kept in a file."""
    kept = read_head()
    before = base()
    known = [kept, *_exported()] if kept else _exported()
    found = [*_forged(), *_broken(before), *(fault for head in known if (fault := _head_fault(head)))]
    purged = base().number if base() != before else 0  # while we looked
    faults = [fault for fault in _in_ranges(found) if fault.last > purged]
    _write(_path("audit-verified.json"), {"at": now.isoformat(), "whole": not faults})
    return faults


def state() -> State:
    path = _path("audit-verified.json")
    if not path.exists():
        return State(end().number, None, True)
    last = json.loads(path.read_text())
    return State(end().number, datetime.fromisoformat(last["at"]), last["whole"])


def end() -> Head:
    """The last seal, or what a purge of all of them left."""
    last = AuditSeal.objects.last()
    return Head(last.number, last.hash) if last else base()


def base() -> Head:
    """Where the chain begins: after the last purge."""
    last = AuditTombstone.objects.last()
    return Head(last.last, last.last_hash) if last else Head()


def proof(tombstone: AuditTombstone) -> str:
    parts = [tombstone.first, tombstone.last, tombstone.first_hash, tombstone.last_hash]
    return _keyed("tombstone", [*parts, tombstone.before_month, tombstone.at.astimezone(UTC).isoformat()])


def read_head() -> Head | None:
    return _head_in(_path("audit-head.json"))


def forget_head() -> None:
    """For a database that is emptied as a whole."""
    _path("audit-head.json").unlink(missing_ok=True)
    for path in _path("audit-heads").glob("*.json"):
        path.unlink()


def digest(entry: AuditEntry) -> str:
    """Over what the row holds, except its id. A column that is added later must be null in older rows."""
    held = ((field.attname, getattr(entry, field.attname)) for field in AuditEntry._meta.concrete_fields)
    values = {name: _plain(value) for name, value in held if name != "id" and value is not None}
    return _keyed("digest", values)


def _chained(before: Head, entries: Iterable[AuditEntry]) -> Iterator[AuditSeal]:
    for entry in entries:
        link = AuditSeal(number=before.number + 1, entry_id=entry.pk, digest=digest(entry))
        link.hash = _link(before.hash, link)
        before = Head(link.number, link.hash)
        yield link


def _link(before: str, link: AuditSeal) -> str:
    return _keyed("chain", [before, link.number, link.entry_id, link.digest])


def _unsealed() -> QuerySet[AuditEntry]:
    sealed = AuditSeal.objects.filter(entry_id=OuterRef("pk"))
    return AuditEntry.objects.filter(~Exists(sealed)).order_by("pk")


def _broken(before: Head) -> Iterator[Fault]:
    """Faults of single numbers, in their order."""
    doubtful: dict[int, str] = {}  # number of a seal whose row has another digest now → that digest
    stored: dict[str, int] = {}
    hash_before: str | None = before.hash
    number = before.number
    for some in _batches(AuditSeal.objects.filter(number__gt=number).iterator()):
        entries = {row.pk: row for row in AuditEntry.objects.filter(pk__in=[one.entry_id for one in some])}
        for link in some:
            if link.number > number + 1:
                yield Fault("removed", number + 1, link.number - 1)
                hash_before = None  # what it was chained to is gone
            entry = entries.get(link.entry_id)
            if entry is None:
                yield Fault("removed", link.number, link.number)
            elif (actual := digest(entry)) != link.digest:
                doubtful[link.number], stored[link.digest] = actual, link.number
            elif hash_before is not None and _link(hash_before, link) != link.hash:
                yield Fault("reordered", link.number, link.number)
            number, hash_before = link.number, link.hash
    for number, actual in doubtful.items():
        yield Fault("reordered" if actual in stored else "changed", number, number)


def _batches(seals: Iterator[AuditSeal]) -> Iterator[list[AuditSeal]]:
    while some := list(islice(seals, AT_ONCE)):
        yield some


def _head_fault(head: Head) -> Fault | None:
    last = end().number
    if head.number > last:
        return Fault("cut_off", last + 1, head.number)
    return None if _fits(head) else Fault("head", head.number, head.number)


def _fits(head: Head) -> bool:
    """Whether the chain still goes through `head`, as far as it was not purged."""
    start = base()
    if head.number <= start.number:
        return head.number < start.number or head.hash == start.hash
    return AuditSeal.objects.filter(number=head.number, hash=head.hash).exists()


def _forged() -> Iterator[Fault]:
    for one in AuditTombstone.objects.all():
        if not hmac.compare_digest(one.proof, proof(one)):
            yield Fault("tombstone", one.first, one.last)


def _in_ranges(faults: Iterable[Fault]) -> list[Fault]:
    """Neighbours of one kind as one, each once, in the order of their numbers."""
    merged: list[Fault] = []
    for fault in sorted(set(faults), key=lambda one: (one.kind, one.first, one.last)):
        if merged and merged[-1].kind == fault.kind and fault.first <= merged[-1].last + 1:
            merged[-1] = replace(merged[-1], last=max(merged[-1].last, fault.last))
        else:
            merged.append(fault)
    return sorted(merged, key=lambda one: one.first)


def _keep_head(head: Head, now: datetime) -> None:
    day = timezone.localdate(now)
    _path("audit-heads").mkdir(mode=0o700, exist_ok=True)
    for path in (_path("audit-head.json"), _path("audit-heads") / f"{day.isoformat()}.json"):
        _write(path, {**asdict(head), "at": now.isoformat()})


def _exported() -> list[Head]:
    found = (_head_in(path) for path in sorted(_path("audit-heads").glob("*.json")))
    return [head for head in found if head]


def _head_in(path: Path) -> Head | None:
    if not path.exists():
        return None
    values = json.loads(path.read_text())
    return Head(values["number"], values["hash"])


def _path(name: str) -> Path:
    return Path(settings.DATA_DIR) / name


def _write(path: Path, values: dict[str, Any]) -> None:
    """Whole or not at all."""
    number, draft = tempfile.mkstemp(dir=path.parent, prefix=".audit-")
    with os.fdopen(number, "w") as file:
        json.dump(values, file)
    os.replace(draft, path)


def _keyed(purpose: str, values: Any) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(derived(purpose), text.encode(), "sha256").hex()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value
