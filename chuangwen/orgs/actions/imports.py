"""Tables handed in, taken over as a whole, and undone as a whole; what a row does stands with its kind."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from chuangwen.cores import sheets
from chuangwen.cores.errors import NotAllowedNow, Stale
from chuangwen.kit import audit

from .. import import_access, import_queries
from ..actors import Actor
from ..models import Import, Person
from ..rules.imports import Fate, ImportKind, ImportState, digest, fates
from . import import_people, import_units
from .accounts import tokens_for
from .units import lock_tree


@dataclass(frozen=True)
class _Deeds:
    """What taking over and undoing do for a kind; both return what they touched, for the audit."""

    store: Callable[[Import, Any, datetime], list[Model]]
    remove: Callable[[Actor, Import], list[Model]]
    taken: str
    undone: str


_DEEDS = {
    ImportKind.UNITS: _Deeds(
        import_units.store, import_units.remove, "orgs.units_imported", "orgs.unit_import_undone"
    ),
    ImportKind.PEOPLE: _Deeds(
        import_people.store, import_people.remove, "orgs.people_imported", "orgs.people_import_undone"
    ),
}


def receive_import(
    *,
    actor: Actor,
    kind: ImportKind,
    name: str,
    data: bytes,
    now: datetime,
    instead_of: int | None = None,
) -> Import:
    """Keep a table to be looked at; `instead_of` an open import whose file is corrected.

    Raises Denied, Hidden, NotAllowedNow; BadInput as `cores.sheets.read` does; then nothing is stored.
    """
    unit = import_access.top_of_reach(actor, kind)
    sheets.read(name, data, import_queries.COLUMNS[kind])
    sha256 = hashlib.sha256(data).hexdigest()
    file = b64encode(data).decode()
    with transaction.atomic():
        if instead_of is not None:
            one = import_access.open_import(actor, kind, instead_of)
            _write(one, ImportState.OPEN, name=name[-255:], sha256=sha256, file=file)
        else:
            alike = Import.objects.filter(kind=kind, unit=unit, sha256=sha256, state=ImportState.OPEN)
            if (again := alike.filter(requested_by=actor.person_id).first()) is not None:
                return again  # the button was pressed twice
            one = Import.objects.create(
                kind=kind,
                unit=unit,
                name=name[-255:],
                sha256=sha256,
                file=file,
                requested_by_id=actor.person_id or 0,
                requested_at=now,
            )
        audit.record(actor, "orgs.sheet_received", one, name=one.name)
    return one


@transaction.atomic
def discard_import(*, actor: Actor, kind: ImportKind, import_id: int) -> Import:
    """The file is not wanted, and forgotten. Raises Hidden, NotAllowedNow."""
    one = import_access.open_import(actor, kind, import_id)
    _write(one, ImportState.OPEN, state=ImportState.DISCARDED, file="")
    audit.record(actor, "orgs.import_discarded", one, name=one.name)
    return one


def take_over_import(*, actor: Actor, kind: ImportKind, import_id: int, seen: str, now: datetime) -> Import:
    """Do what the page with the digest `seen` has shown, as a whole.

    Raises Hidden; NotAllowedNow if somebody was first, and while a row is wrong; Stale if the table would do
    something else by now.
    """
    try:
        return _take_over(actor, kind, import_id, seen, now)
    except IntegrityError as error:  # a name, a code or an account that another has taken meanwhile
        raise Stale from error


@transaction.atomic
def _take_over(actor: Actor, kind: ImportKind, import_id: int, seen: str, now: datetime) -> Import:
    one = import_access.open_import(actor, kind, import_id)
    lock_tree(one.unit)
    _write(one, ImportState.OPEN, state=ImportState.TAKEN, taken_at=now)
    lines, _table = import_queries.planned(actor, one, timezone.localdate(now), lock=True)
    count = fates(lines)
    if count[Fate.WRONG]:
        raise NotAllowedNow("orgs.import_wrong", name=one.name)
    if digest(lines) != seen:
        raise Stale
    done = {fate.value: count[fate] for fate in (Fate.ADDED, Fate.CHANGED, Fate.SAME)}
    _write(one, ImportState.TAKEN, file="", **done)
    deeds = _DEEDS[kind]
    touched = deeds.store(one, lines, now)
    audit.record_bulk(actor, deeds.taken, one, touched, name=one.name, added=one.added, changed=one.changed)
    return one


def undo_import(*, actor: Actor, kind: ImportKind, import_id: int) -> Import:
    """Remove what the import added and restore what it changed.

    Raises Hidden, Denied; NotAllowedNow if it was not taken over, or if something has been used since.
    """
    try:
        return _undo(actor, kind, import_id)
    except IntegrityError as error:
        raise NotAllowedNow("orgs.import_given_away") from error


@transaction.atomic
def _undo(actor: Actor, kind: ImportKind, import_id: int) -> Import:
    one = import_access.one_import(actor, kind, import_id)
    lock_tree(one.unit)
    _write(one, ImportState.TAKEN, state=ImportState.UNDONE)
    if stops := import_queries.stops(one):
        what = "、".join(dict.fromkeys(stop.what for stop in stops[:5]))
        raise NotAllowedNow("orgs.import_used", what=what)
    deeds = _DEEDS[kind]
    touched = deeds.remove(actor, one)
    audit.record_bulk(actor, deeds.undone, one, touched, name=one.name)
    return one


def _write(one: Import, was: ImportState, /, **values: Any) -> None:
    """If the import is in the state still: of two people who press a button at once the second is told."""
    if not Import.objects.filter(pk=one.pk, state=was).update(**values):
        raise NotAllowedNow("orgs.import_not_open", name=one.name)
    for column, value in values.items():
        setattr(one, column, value)


@transaction.atomic
def invite_people(*, actor: Actor, import_id: int, now: datetime) -> list[tuple[Person, str]]:
    """A link for a first password for each person of the import who has none and may be invited.

    Raises Hidden; NotAllowedNow if there is nobody.
    """
    one = import_access.one_import(actor, ImportKind.PEOPLE, import_id)
    people = import_queries.people_in(actor, one, timezone.localdate(now))
    waiting = [person for person in people if import_queries.may_be_invited(actor, person)]
    if not waiting:
        raise NotAllowedNow("orgs.nobody_waits")
    audit.record_bulk(actor, "orgs.people_invited", one, waiting, count=len(waiting))
    return list(zip(waiting, tokens_for(waiting, now), strict=True))
