"""What the worker does for the house itself."""

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from . import audit_chain, timetable
from .timetable import scheduled


@scheduled(cron="10 3 * * *", title=_("Clear sessions, cache entries and finished jobs that are out of date"))
def clear_old(now: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    before = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_cache WHERE expires < %s", [before])
    timetable.clear_old(now)


@scheduled(cron="* * * * *", title=_("Seal new rows of the audit"))
def seal_audit(now: datetime) -> None:
    audit_chain.seal_all(now)


@scheduled(cron="40 3 * * *", title=_("Verify the chain of the audit"))
def verify_audit(now: datetime) -> None:
    """Fails where the chain is not whole, so that the page of jobs shows it."""
    if audit_chain.verify(now):
        raise audit_chain.ChainBroken
