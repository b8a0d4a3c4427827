"""Pauses and extensions: asked for by the asked, granted by an approver."""

from datetime import datetime

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.worktime import TimeUnit
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access, queries
from ..models import DelayRequest, Todo
from ..rules import Delay, next_state


@transaction.atomic
def ask_for_delay(
    *,
    actor: Actor,
    todo_id: int,
    version: int,
    kind: Delay,
    reason: str,
    until: datetime | None,
    now: datetime,
) -> DelayRequest:
    """A pause, or an extension `until` later than it is due.

    Raises Hidden, Denied, Stale, NotAllowedNow (not open, or one is asked for already), BadInput.
    """
    todo = access.todo_to_delay(actor, todo_id)
    check_current(todo, version)
    next_state(todo.state, "change")
    if not reason.strip():
        raise BadInput("desk.reason_missing")
    later = until is not None and until > now and (todo.due_at is None or until > todo.due_at)
    if kind is Delay.EXTENSION and not later:
        raise BadInput("desk.until_missing")
    delay = DelayRequest(todo=todo, kind=kind, reason=reason.strip()[:500], asked_at=now)
    delay.until, delay.asked_by = (until if kind is Delay.EXTENSION else None), actor.person
    try:
        with transaction.atomic():
            delay.save(force_insert=True)
    except IntegrityError:
        raise NotAllowedNow("desk.delay_asked_already") from None
    Todo.objects.filter(pk=todo.pk, answered_at=None).update(answered_at=now)
    audit.record(actor, "desk.delay_asked", todo, delay=kind, reason=delay.reason, until=delay.until)
    return delay


@transaction.atomic
def decide_delay(*, actor: Actor, delay_id: int, version: int, granted: bool, now: datetime) -> DelayRequest:
    """Raises Hidden, Denied (also for one's own request), Stale, NotAllowedNow."""
    delay = access.delay_to_decide(actor, delay_id)
    check_current(delay, version)
    todo = delay.todo
    if delay.granted is not None:
        raise NotAllowedNow("desk.delay_decided_already")
    next_state(todo.state, "change")
    delay.granted, delay.decided_by, delay.decided_at = granted, actor.person, now
    save_if_current(delay, version, fields=["granted", "decided_by", "decided_at"])
    before = {"due_at": todo.due_at, "paused_at": todo.paused_at}
    if granted:
        _grant(todo, delay, now)
    code = "desk.delay_granted" if granted else "desk.delay_refused"
    audit.record(actor, code, todo, before=before, delay=delay.kind, due_at=todo.due_at)
    return delay


@transaction.atomic
def resume(*, actor: Actor, todo_id: int, version: int, now: datetime) -> Todo:
    """End a pause: what time was left then is left now. Raises Hidden, Denied, Stale, NotAllowedNow."""
    todo = access.todo_to_decide(actor, todo_id)
    check_current(todo, version)
    if todo.paused_at is None:
        raise NotAllowedNow("desk.not_paused")
    next_state(todo.state, "change")
    before = {"due_at": todo.due_at, "paused_at": todo.paused_at}
    if todo.due_at is not None:
        calendar = queries.calendar_of(todo.jurisdiction_id)
        due = calendar.resumed(todo.due_at, todo.paused_at, now, TimeUnit(todo.time_unit))
        todo.due_at, todo.provisional = due.at, todo.provisional or due.provisional
    todo.paused_at = None
    save_if_current(todo, version, fields=["due_at", "provisional", "paused_at"])
    todo.delays.filter(kind=Delay.PAUSE, granted=True, resumed_at=None).update(resumed_at=now)
    audit.record(actor, "desk.resumed", todo, before=before, due_at=todo.due_at)
    return todo


def _grant(todo: Todo, delay: DelayRequest, now: datetime) -> None:
    if delay.kind == Delay.PAUSE:
        todo.paused_at = todo.paused_at or now
    else:
        todo.due_at, todo.provisional, todo.escalated = delay.until, False, 0
    save_if_current(todo, todo.version, fields=["paused_at", "due_at", "provisional", "escalated"])
