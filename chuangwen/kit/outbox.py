"""How a lower room is heard above: a row written in the transaction in which the thing happened.

An upper room subscribes a job to a topic in its `apps.py`; the worker asks for that job. Rows that wait at
the same time and say the same ask for it once: a hundred changes of one list are one recomputation.
"""

import json
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
    """Ask for the job `task(**values)` for what is posted under `topic`."""
    _SUBSCRIBERS.setdefault(topic, []).append(task)


def deliver(now: datetime) -> int:
    """Ask for the jobs of all subscribers of rows that nobody delivered yet; how many rows that were.

    Several workers may do this at once. A job that fails stays among the failed ones, to be run again.
    """
    waiting = OutboxRow.objects.filter(delivered_at=None).order_by("pk")[:100]
    alike: dict[str, list[OutboxRow]] = {}
    for row in waiting:
        alike.setdefault(json.dumps([row.topic, row.values], sort_keys=True), []).append(row)
    return sum(_deliver(rows, now) for rows in alike.values())


@transaction.atomic
def _deliver(rows: list[OutboxRow], now: datetime) -> int:
    """Rows that say the same are marked and their jobs are written in one transaction: both or neither, and
    only by one.
    """
    marked = OutboxRow.objects.filter(pk__in=[row.pk for row in rows], delivered_at=None)
    count = marked.update(delivered_at=now)
    if count:
        for task in _SUBSCRIBERS.get(rows[0].topic, []):
            task.enqueue(**rows[0].values)
    return count
