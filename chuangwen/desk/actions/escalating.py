"""What is overdue goes up by rule: first to the unit's manager, then to the leaders."""

from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import Stale
from chuangwen.kit import audit, outbox
from chuangwen.kit.locking import save_if_current
from chuangwen.orgs.actors import Actor

from ..models import Todo
from ..rules import STEPS, TodoState, escalation_step


def escalate_overdue(*, actor: Actor, now: datetime) -> int:
    """Pass up every open to-do that is due for it; how many. Safe to run twice."""
    late = Todo.objects.filter(state=TodoState.OPEN, paused_at=None, due_at__lt=now, escalated__lt=len(STEPS))
    return sum(_escalate(actor, todo, now) for todo in late.iterator())


def _escalate(actor: Actor, todo: Todo, now: datetime) -> bool:
    step = escalation_step(todo.due_at, now) if todo.due_at else 0
    if step <= todo.escalated:
        return False
    try:
        with transaction.atomic():
            todo.escalated = step
            save_if_current(todo, todo.version, fields=["escalated"])
            audit.record(actor, "desk.escalated", todo, step=step)
            outbox.post_once(
                "desk.escalated", key=f"desk.escalated:{todo.pk}:{step}", todo=todo.pk, step=step
            )
    except Stale:
        return False
    return True
