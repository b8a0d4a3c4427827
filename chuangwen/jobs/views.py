"""The page of jobs: what runs by the clock, what failed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import Denied
from chuangwen.kit import clock, timetable
from chuangwen.orgs.actors import Actor, Request
from chuangwen.orgs.rules import Role


def keeps_jobs(actor: Actor) -> bool:
    return actor.role == Role.SYSTEM_ADMINISTRATOR


@require_GET
def jobs(request: Request) -> HttpResponse:
    _check(request)
    now = clock.now()
    context = {
        "statuses": timetable.statuses(now),
        "failed": timetable.failed_tasks(now),
        "counts": timetable.counts(),
    }
    return render(request, "jobs/jobs.html", context)


@require_POST
def run_again(request: Request, task_id: UUID) -> HttpResponse:
    _check(request)
    timetable.run_again(actor=request.actor, task_id=task_id, now=clock.now())
    return redirect("jobs:jobs")


def _check(request: Request) -> None:
    if not keeps_jobs(request.actor):
        raise Denied
