"""What was due provisionally gets its due time, once the calendar knows every day on the way."""

from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from chuangwen.cores.errors import Stale
from chuangwen.cores.worktime import TimeUnit, WorkCalendar
from chuangwen.kit import audit
from chuangwen.kit.locking import save_if_current
from chuangwen.orgs.actors import Actor

from .. import queries
from ..models import DelayRequest, Todo
from ..rules import TodoState, escalation_step
from ..rules.settling import Granted, settled

AT_ONCE = 500


def settle_due_times(*, actor: Actor, now: datetime) -> int:
    """Settle every open to-do that can be; how many. Safe to run twice. A paused one waits."""
    granted = Prefetch("delays", DelayRequest.objects.filter(granted=True), to_attr="granted")
    todos = Todo.objects.filter(state=TodoState.OPEN, paused_at=None, provisional=True)
    calendars: dict[int, WorkCalendar] = {}
    count = 0
    for todo in todos.prefetch_related(granted).iterator(AT_ONCE):
        root = todo.jurisdiction_id
        calendars[root] = calendars.get(root) or queries.calendar_of(root)
        count += _settle(actor, todo, calendars[root], now)
    return count


def _settle(actor: Actor, todo: Todo, calendar: WorkCalendar, now: datetime) -> bool:
    delays = [
        Granted(delay.decided_at, delay.until, delay.resumed_at)
        for delay in todo.granted  # type: ignore[attr-defined]
    ]
    due = settled(calendar, todo.asked_at, todo.allowance, TimeUnit(todo.time_unit), delays)
    if due is None or due.provisional:
        return False
    before = {"due_at": todo.due_at}
    todo.due_at, todo.provisional = due.at, False
    todo.escalated = min(todo.escalated, escalation_step(due.at, now))
    try:
        with transaction.atomic():
            save_if_current(todo, todo.version, fields=["due_at", "provisional", "escalated"])
            audit.record(actor, "desk.due_settled", todo, before=before, due_at=due.at)
    except Stale:
        return False
    return True
