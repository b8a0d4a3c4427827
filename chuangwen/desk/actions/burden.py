"""Caps and duty lists; what is above a cap is let through or not; requests in a sentence."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import BadInput, Denied, Hidden, Stale
from chuangwen.kit import audit, formats
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs import scopes
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.words import unit_kind as kind_words

from .. import access, burden_access, burden_queries
from ..models import Cap, DutyList, FreeAsk, Todo
from ..rules import TodoState, next_state
from ..rules.burden import CAPPED, WITH_DUTIES
from ..rules.kinds import FREE_ASK
from ..rules.notices import Step
from .asking import ask, start
from .notices import tell

Row = TypeVar("Row", Cap, DutyList)


@transaction.atomic
def set_cap(*, actor: Actor, unit_kind: str, version: int, asks: int | None, minutes: int | None) -> Cap:
    """What units of the kind may be asked in a week; None: no cap. `version` 0 where the city set none yet.

    Raises Denied, Stale; BadInput for a kind without caps, and for a cap below one.
    """
    access.require_keeper(actor)
    if unit_kind not in CAPPED or any(most is not None and most < 1 for most in (asks, minutes)):
        raise BadInput("desk.no_cap")
    city = jurisdiction(actor)
    row = Cap.objects.filter(jurisdiction=city, unit_kind=unit_kind).first()
    before = {"asks": row.asks, "minutes": row.minutes} if row else {}
    if row is None:
        row = _first(Cap(jurisdiction=city, unit_kind=unit_kind, asks=asks, minutes=minutes), version)
    else:
        check_current(row, version)
        row.asks, row.minutes = asks, minutes
        save_if_current(row, version, fields=["asks", "minutes"])
    audit.record(
        actor,
        "desk.cap_set",
        city,
        before=before,
        kind=str(kind_words(unit_kind)),
        asks=formats.number(asks),
        minutes=formats.number(minutes),
    )
    return row


@transaction.atomic
def set_duties(
    *, actor: Actor, unit_kind: str, version: int, kinds: list[str], duties: list[str]
) -> DutyList:
    """The duty list of a kind of unit; with nothing on it there is none, and nothing is outside of it.

    `version` 0 where the city wrote none yet. Raises Denied, Stale; BadInput for a kind without duties.
    """
    access.require_keeper(actor)
    if unit_kind not in WITH_DUTIES:
        raise BadInput("desk.no_duties")
    city = jurisdiction(actor)
    row = DutyList.objects.filter(jurisdiction=city, unit_kind=unit_kind).first()
    before = {"kinds": row.kinds, "duties": row.duties} if row else {}
    if row is None:
        row = _first(DutyList(jurisdiction=city, unit_kind=unit_kind, kinds=kinds, duties=duties), version)
    else:
        check_current(row, version)
        row.kinds, row.duties = kinds, duties
        save_if_current(row, version, fields=["kinds", "duties"])
    words = str(kind_words(unit_kind))
    audit.record(actor, "desk.duties_set", city, before=before, kind=words, kinds=kinds, duties=duties)
    return row


def _first(row: Row, version: int) -> Row:
    """Store the first row of its kind; another one may have been quicker. Raises Stale."""
    if version != 0:
        raise Stale
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Stale from None
    return row


@transaction.atomic
def approve(*, actor: Actor, todo_id: int, version: int, now: datetime, today: date) -> Todo:
    """Let a held ask through: it is asked now, its time runs from now, and it counts in this week.

    Raises Hidden, Denied (also for one's own), Stale, NotAllowedNow.
    """
    todo = burden_access.todo_to_approve(actor, todo_id, today)
    check_current(todo, version)
    before = {"state": todo.state, "asked_at": todo.asked_at}
    todo.state = next_state(todo.state, "approve")
    start(todo, now)
    save_if_current(todo, version, fields=["state", "asked_at", "due_at", "provisional"])
    audit.record(actor, "desk.let_through", todo, before=before, kind=todo.kind, unit=str(todo.unit))
    return todo


@transaction.atomic
def refuse(*, actor: Actor, todo_id: int, version: int, reason: str, now: datetime, today: date) -> Todo:
    """Do not let a held ask through, and tell the asker why.

    Raises Hidden, Denied (also for one's own), Stale, NotAllowedNow, BadInput (no reason).
    """
    todo = burden_access.todo_to_approve(actor, todo_id, today)
    check_current(todo, version)
    if not reason.strip():
        raise BadInput("desk.reason_missing")
    if todo.state != TodoState.HELD:
        next_state(todo.state, "approve")
    before = {"state": todo.state}
    todo.state = next_state(todo.state, "withdraw")
    todo.closed_at, todo.reason = now, reason.strip()[:500]
    save_if_current(todo, version, fields=["state", "closed_at", "reason"])
    audit.record(actor, "desk.not_let_through", todo, before=before, kind=todo.kind, reason=todo.reason)
    if todo.asker is not None:
        tell(todo, Step.REFUSED, {todo.asker}, now)
    return todo


@transaction.atomic
def ask_freely(
    *,
    actor: Actor,
    text: str,
    unit_ids: list[int],
    allowance: int,
    minutes: int,
    photos: int,
    photos_why: str,
    duty: str,
    despite_duties: bool,
    token: UUID,
    now: datetime,
    today: date,
) -> FreeAsk:
    """Ask units for something in a sentence; the same `token` again asks nothing.

    Raises Denied; Hidden for a unit out of reach; BadInput without words or units, for photos without saying
    what for, and outside a duty list without `despite_duties`.
    """
    burden_access.require_free_asker(actor)
    if actor.person is None or actor.seat is None:
        raise Denied
    units = list(scopes.units_in_scope(actor, burden_access.ASKS).open_on(today).filter(pk__in=unit_ids))
    if len(units) != len(set(unit_ids)):
        raise Hidden
    _require_said(text, unit_ids, photos, photos_why)
    costs = burden_queries.costs(FREE_ASK, units, now, minutes=minutes, photos=photos, duty=duty)
    if any(cost.outside for cost in costs) and not despite_duties:
        raise BadInput("desk.outside_duties")
    row = FreeAsk(jurisdiction_id=burden_queries.root_id(actor), text=text.strip()[:200], duty=duty)
    row.photos_why, row.token, row.asked_at = photos_why.strip()[:200] if photos else "", token, now
    row.asker_unit, row.asked_by = actor.seat.unit, actor.person
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return FreeAsk.objects.get(token=token, asked_by=actor.person)
    for unit in sorted(units, key=lambda unit: unit.pk):  # caps are locked in one order
        ask(
            actor=actor,
            kind=FREE_ASK,
            subject_id=row.pk,
            unit_id=unit.pk,
            now=now,
            allowance=allowance,
            minutes=minutes,
            photos=photos,
            duty=duty,
        )
    audit.record(actor, "desk.asked_freely", row, text=row.text, units=[unit.pk for unit in units])
    return row


def _require_said(text: str, unit_ids: list[int], photos: int, photos_why: str) -> None:
    if not text.strip() or not unit_ids:
        raise BadInput("desk.ask_incomplete")
    if photos and not photos_why.strip():
        raise BadInput("desk.photos_why_missing")
