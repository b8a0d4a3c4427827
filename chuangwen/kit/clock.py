"""What time it is. Only doors (views, jobs, commands) ask; rules, queries and actions are told."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """In test mode (CHUANGWEN_TODAY) this time of the day that was chosen, for pages and jobs alike."""
    return timezone.now() + settings.TODAY_SHIFT


def today() -> date:
    """The calendar day in the city's time zone."""
    return timezone.localdate(now())
