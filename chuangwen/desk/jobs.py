"""What the worker does for the desk."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.timetable import scheduled

from .actions import notices


@scheduled(cron="*/5 * * * *", title=_("Write and send reminders"))
def remind(now: datetime) -> None:
    notices.write_notices(now=now)
    notices.send_notices(now=now)
