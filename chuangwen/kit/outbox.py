"""How a lower room is heard above: a row written in the transaction in which the thing happened.

An upper room subscribes a job to a topic in its `apps.py`; the worker asks for that job once for each row.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from .models import OutboxRow

_SUBSCRIBERS: dict[str, list[Any]] = {}


def post_once(topic: str, *, key: str, **values: Any) -> bool:
    """Post `values` under `topic` ("plans.confirmed"). True if new; the same `key` again posts nothing."""
    _, new = OutboxRow.objects.get_or_create(key=key, defaults={"topic": topic, "values": values})
    return new


def subscribe(topic: str, task: Any) -> None:
    """Ask for the job `task(**values)` once for each row under `topic`."""
    _SUBSCRIBERS.setdefault(topic, []).append(task)


def deliver(now: datetime) -> int:
    """Ask for the jobs of all subscribers of rows that nobody delivered yet; how many rows that were.

    Several workers may do this at once. A job that fails stays among the failed ones, to be run again.
    """
    waiting = OutboxRow.objects.filter(delivered_at=None).order_by("pk")[:100]
    return sum(_deliver(row, now) for row in waiting)


@transaction.atomic
def _deliver(row: OutboxRow, now: datetime) -> bool:
    """The row is marked and the jobs are written in one transaction: both or neither, and only by one."""
    if not OutboxRow.objects.filter(pk=row.pk, delivered_at=None).update(delivered_at=now):
        return False
    for task in _SUBSCRIBERS.get(row.topic, []):
        task.enqueue(**row.values)
    return True
