"""What the worker does for progress."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from chuangwen.kit import clock
from chuangwen.kit.timetable import scheduled
from chuangwen.orgs.actors import system_actor

from . import actions

RULES = system_actor("progress.rules", via="job")


@task()
def follow_plan(plan: int, version: int, number: int) -> None:
    """A confirmed version is followed from now on."""
    actions.follow(actor=RULES, version_id=version, now=clock.now())


@task()
def recompute_source(source: str, subject: int) -> None:
    """Formulas that read what changed in another room."""
    actions.recompute_sources(source, subject, now=clock.now())


@scheduled(cron="5 6 * * *", title=_("Open the reports of periods that have ended"))
def open_periods(now: datetime) -> None:
    actions.open_due_periods(actor=RULES, now=now)
    actions.recompute_open(now=now)
