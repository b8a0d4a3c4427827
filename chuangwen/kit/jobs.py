"""What the worker does for the house itself."""

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from . import timetable
from .timetable import scheduled


@scheduled(cron="10 3 * * *", title=_("Clear sessions, cache entries and finished jobs that are out of date"))
def clear_old(now: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    before = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_cache WHERE expires < %s", [before])
    timetable.clear_old(now)
