"""What the worker does for plans."""

from __future__ import annotations

from django_tasks import task

from chuangwen.kit import clock
from chuangwen.orgs.actors import system_actor

from . import actions


@task()
def read_intake(intake_id: int) -> None:
    """Read a received file into a draft.

    Runs again if the worker was killed: what was finished is not done twice.
    """
    actions.read_intake(actor=system_actor("reading", via="job"), intake_id=intake_id, now=clock.now())
