"""What time it is. Only doors (views, jobs, commands) ask; rules, queries and actions are told."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The calendar day in the city's time zone."""
    return timezone.localdate()
