"""What the worker does for standards."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.timetable import scheduled
from chuangwen.orgs.actors import system_actor

from . import actions

RULES = system_actor("standards.rules", via="job")


@scheduled(cron="20 6 * * *", title=_("Ask for the restricted reports of the month that has ended"))
def ask_negative_reports(now: datetime) -> None:
    actions.ask_for_reports(actor=RULES, now=now)
