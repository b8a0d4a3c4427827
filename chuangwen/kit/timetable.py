"""Jobs that run by the clock: a function in a room's `jobs.py`, decorated with the moments it is due at.

Each due moment is taken up by one worker, by a unique row that is written in one transaction with the task.
After a standstill only the latest moment is made up for. A job may run twice, so it acts idempotently.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cronsim import CronSim
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from chuangwen.cores.errors import Hidden, NotAllowedNow

from . import audit, clock
from .models import JobSlot

Function = Callable[[datetime], None]

KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    name: str  # "plans.remind": room and function
    title: str | Promise
    cron: str
    function: Function

    def latest(self, now: datetime) -> datetime:
        """The last moment up to `now` at which it was due, by the clock of the city."""
        moment = timezone.localtime(now) + timedelta(microseconds=1)
        return next(CronSim(self.cron, moment, reverse=True))

    def next(self, now: datetime) -> datetime:
        return next(CronSim(self.cron, timezone.localtime(now)))


@dataclass(frozen=True, kw_only=True)
class Status:
    """How a job stands. None: it never ran, or never failed, within the days that are kept."""

    job: Job
    next_at: datetime
    last_at: datetime | None
    failed_at: datetime | None
    error: str  # class of the last failure, such as "OSError"
    failed_task: UUID | None  # the last run, where it failed and may run again
    failures: int
    waiting: int
    running: int


@dataclass(frozen=True, kw_only=True)
class FailedTask:
    """A failed task that is not of the timetable."""

    task_id: UUID
    name: str
    failed_at: datetime | None
    error: str


_JOBS: dict[str, Job] = {}


def scheduled(*, cron: str, title: str | Promise) -> Callable[[Function], Function]:
    """Run `def job(now)` at the moments of `cron` ("30 8 * * 1-5"), read in Asia/Shanghai.

    `title` says in words what it does, on the page of jobs.
    """

    def register(function: Function) -> Function:
        name = ".".join([*function.__module__.split(".")[1:-1], function.__name__])
        _JOBS[name] = Job(name, title, cron, function)
        return function

    return register


def jobs() -> list[Job]:
    autodiscover_modules("jobs")
    return list(_JOBS.values())


@task()
def run_slot(job: str) -> None:
    """Run a job of the timetable. One that a new release no longer has is left alone."""
    known = {job.name: job for job in jobs()}
    if job in known:
        known[job].function(clock.now())


def take_up(now: datetime) -> datetime | None:
    """Ask for every job whose moment has come; returns when the next one comes, None if there are no jobs."""
    everything = jobs()
    for job in everything:
        due_at = job.latest(now)
        if not JobSlot.objects.filter(job=job.name, due_at__range=(due_at, now)).exists():
            _take_up(job, due_at)
    return min((job.next(now) for job in everything), default=None)


@transaction.atomic
def _take_up(job: Job, due_at: datetime) -> None:
    slot, new = JobSlot.objects.get_or_create(job=job.name, due_at=due_at)
    if new:
        slot.task_id = run_slot.enqueue(job=job.name).id
        slot.save(update_fields=["task_id"])


def statuses(now: datetime) -> list[Status]:
    everything = jobs()
    slots = JobSlot.objects.filter(job__in=[job.name for job in everything])
    runs: dict[str, list[DBTaskResult[..., Any]]] = {}
    by_task = dict(slots.values_list("task_id", "job"))
    for run in _runs().filter(task_path=run_slot.module_path, enqueued_at__gt=now - KEPT):
        if run.pk in by_task:
            runs.setdefault(by_task[run.pk], []).append(run)
    return [_status(job, runs.get(job.name, []), now) for job in everything]


def _runs() -> Any:
    fields = ("status", "started_at", "finished_at", "enqueued_at", "task_path", "exception_class_path")
    return DBTaskResult.objects.order_by("-enqueued_at").only("id", *fields)


def _status(job: Job, runs: list[DBTaskResult[..., Any]], now: datetime) -> Status:
    """`runs` come the latest first."""
    finished = [run for run in runs if run.finished_at]
    failed = [run for run in finished if run.status == TaskResultStatus.FAILED]
    return Status(
        job=job,
        next_at=job.next(now),
        last_at=max((run.started_at for run in runs if run.started_at), default=None),
        failed_at=failed[0].finished_at if failed else None,
        error=_error(failed[0]) if failed else "",
        failed_task=failed[0].pk if failed and failed[0] is finished[0] else None,
        failures=len(failed),
        waiting=sum(run.status == TaskResultStatus.READY for run in runs),
        running=sum(run.status == TaskResultStatus.RUNNING for run in runs),
    )


def _error(run: DBTaskResult[..., Any]) -> str:
    return str(run.exception_class_path.rpartition(".")[2])


def failed_tasks(now: datetime) -> list[FailedTask]:
    """Failed tasks of the last days that pages and other jobs asked for, the latest first."""
    found = _runs().failed().exclude(task_path=run_slot.module_path).filter(enqueued_at__gt=now - KEPT)
    return [
        FailedTask(
            task_id=run.pk,
            name=run.task_path.rpartition(".")[2],
            failed_at=run.finished_at,
            error=_error(run),
        )
        for run in found[:100]
    ]


def counts() -> dict[str, int]:
    """How many tasks wait and how many run."""
    found = DBTaskResult.objects.order_by().values_list("status").annotate(n=Count("pk"))
    by_status = dict(found)
    return {
        "waiting": by_status.get(TaskResultStatus.READY, 0),
        "running": by_status.get(TaskResultStatus.RUNNING, 0),
    }


@transaction.atomic
def run_again(*, actor: audit.Who, task_id: UUID, now: datetime) -> None:
    """Put a failed task back among those that wait. Raises Hidden, NotAllowedNow when it did not fail."""
    run = DBTaskResult.objects.filter(pk=task_id).first()
    if run is None:
        raise Hidden
    failed = DBTaskResult.objects.failed().filter(pk=task_id)
    if not failed.update(status=TaskResultStatus.READY, worker_ids=[], run_after=now, finished_at=None):
        raise NotAllowedNow
    name = run.task_path.rpartition(".")[2]
    slot, _ = JobSlot.objects.get_or_create(task_id=task_id, defaults={"job": name, "due_at": now})
    audit.record(actor, "kit.job_run_again", slot, job=slot.job)


def clear_old(now: datetime) -> None:
    """Forget finished tasks and taken-up moments after 30 days; the last moment of each job stays."""
    DBTaskResult.objects.finished().filter(enqueued_at__lt=now - KEPT).delete()
    last = JobSlot.objects.order_by().values("job").annotate(last=Max("pk"))
    kept = list(last.values_list("last", flat=True))
    JobSlot.objects.filter(due_at__lt=now - KEPT).exclude(pk__in=kept).delete()
