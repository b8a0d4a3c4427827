"""What the worker does for the desk."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.timetable import scheduled
from chuangwen.orgs.actors import system_actor

from . import actions
from .actions import notices

RULES = system_actor("desk.rules", via="job")


@scheduled(cron="*/5 * * * *", title=_("Write and send reminders"))
def remind(now: datetime) -> None:
    notices.write_notices(now=now)
    notices.send_notices(now=now)


@scheduled(cron="25 3 * * *", title=_("Settle due times that were provisional"))
def settle_due_times(now: datetime) -> None:
    actions.settle_due_times(actor=RULES, now=now)


@scheduled(cron="*/10 * * * *", title=_("Pass up what is overdue, and draft supervision slips"))
def apply_rules(now: datetime) -> None:
    actions.escalate_overdue(actor=RULES, now=now)
    actions.draft_slips(actor=RULES, now=now)
