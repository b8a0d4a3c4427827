"""What the worker does for assessments."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.timetable import scheduled
from chuangwen.orgs.actors import system_actor

from . import actions

RULES = system_actor("assessments.rules", via="job")


@scheduled(cron="*/10 * * * *", title=_("Ask owners for their reply to findings, once a round may be known"))
def ask_for_replies(now: datetime) -> None:
    actions.ask_all_for_replies(actor=RULES, now=now)
