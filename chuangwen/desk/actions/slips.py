"""Supervision slips: drafted by rule, issued and numbered by a person."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Slip, Todo
from ..rules import SlipState, TodoState, slip_colour


def draft_slips(*, actor: Actor, now: datetime) -> int:
    """Draft what the rule wants, each colour once for a to-do; how many are new. Safe to run twice."""
    todos = Todo.objects.filter(state=TodoState.OPEN, paused_at=None, due_at__isnull=False)
    return sum(_draft(actor, todo, now) for todo in todos.iterator())


@transaction.atomic
def _draft(actor: Actor, todo: Todo, now: datetime) -> bool:
    colour = slip_colour(todo.due_at, todo.time_unit, now) if todo.due_at else None
    if colour is None:
        return False
    slip, new = Slip.objects.get_or_create(
        todo=todo, colour=colour, defaults={"jurisdiction_id": todo.jurisdiction_id, "drafted_at": now}
    )
    if new:
        audit.record(actor, "desk.slip_drafted", slip, colour=colour)
    return new


@transaction.atomic
def issue_slip(*, actor: Actor, slip_id: int, version: int, now: datetime) -> Slip:
    """Give it the next number of the city and year. Raises Hidden, Denied, Stale, NotAllowedNow."""
    slip = _drafted(actor, slip_id, version)
    type(slip.jurisdiction).objects.select_for_update().get(pk=slip.jurisdiction_id)  # one number at a time
    slip.year = timezone.localdate(now).year
    issued = Slip.objects.filter(jurisdiction=slip.jurisdiction_id, year=slip.year)
    slip.number = (issued.aggregate(last=Max("number"))["last"] or 0) + 1
    slip.state, slip.issued_at, slip.issued_by = SlipState.ISSUED, now, actor.person
    save_if_current(slip, version, fields=["year", "number", "state", "issued_at", "issued_by"])
    audit.record(actor, "desk.slip_issued", slip, number=str(slip), colour=slip.colour)
    return slip


@transaction.atomic
def discard_slip(*, actor: Actor, slip_id: int, version: int) -> Slip:
    """Raises Hidden, Denied, Stale, NotAllowedNow."""
    slip = _drafted(actor, slip_id, version)
    slip.state = SlipState.DISCARDED
    save_if_current(slip, version, fields=["state"])
    audit.record(actor, "desk.slip_discarded", slip, colour=slip.colour)
    return slip


def _drafted(actor: Actor, slip_id: int, version: int) -> Slip:
    slip = access.slip_to_decide(actor, slip_id)
    check_current(slip, version)
    if slip.state != SlipState.DRAFTED:
        raise NotAllowedNow("desk.slip_decided_already")
    return slip
