"""Whoever must help where a task is stuck is asked once, until the unit says that it is stuck no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chuangwen.desk import actions as desk
from chuangwen.desk.queries import open_or_held_among
from chuangwen.orgs.actors import Actor

from ..models import ReportItem, UnitReport
from ..rules.asks import HELP
from ..rules.states import Progress


def ask_helpers(actor: Actor, report: UnitReport, items: Iterable[ReportItem], now: datetime) -> None:
    """After the items were handed in, in that transaction. Another helper is asked instead of the last."""
    earlier = ReportItem.objects.filter(report__unit=report.unit_id)
    todos = list(open_or_held_among(HELP, earlier.values("pk")))
    tasks = dict(earlier.filter(pk__in=[todo.subject_id for todo in todos]).values_list("pk", "task"))
    for item in items:
        helper = item.helper_id if item.progress == Progress.STUCK else None
        asked = [todo for todo in todos if tasks[todo.subject_id] == item.task_id]
        for todo in asked:
            if todo.unit_id != helper:
                desk.finish(actor=actor, kind=HELP, subject_id=todo.subject_id, now=now)
                desk.withdraw_all(actor=actor, kind=HELP, subject_id=todo.subject_id, now=now)
        if helper and helper not in {report.unit_id, *(todo.unit_id for todo in asked)}:
            desk.ask(
                actor=actor,
                kind=HELP,
                subject_id=item.pk,
                unit_id=helper,
                key=f"{HELP}:{item.pk}:{item.version}",
                now=now,
            )
