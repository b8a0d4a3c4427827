"""Runs jobs from the database under a lease, and takes back the jobs of workers that were lost.

A running job's `run_after` says until when its worker holds it. The worker renews that every third of the
lease from a second thread; when it was killed nobody does, and any other worker returns the job to the queue.
After `ATTEMPTS` lost workers the job is marked failed: it may be what kills them.
Between two jobs it asks for those that the outbox and the timetable call for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, TypeAlias

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from chuangwen.kit import clock, outbox, timetable

ATTEMPTS = 3

Job: TypeAlias = "DBTaskResult[..., Any]"

logger = logging.getLogger("chuangwen.jobs")


class LostWorker(Exception):
    """The workers that ran this job ended without finishing it."""


class Worker(DatabaseWorker):
    def __init__(self, worker_id: str, *, lease: timedelta, interval: float, batch: bool) -> None:
        """`interval` is in seconds; with `batch` the worker ends when nothing is left to do."""
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self.lease = lease
        self.next_slot: datetime | None = clock.now()

    def run(self) -> None:
        while self.running:
            close_old_connections()
            job = None
            with suppress(OperationalError):  # SQLite is busy, or PostgreSQL restarts: ask again
                return_lost_jobs()
                self.ask_for_more()
                job = self.claim()
                if job is None and self.batch:
                    return
            if job is None:
                time.sleep(self.interval)
                continue
            with lease_kept(job, self.lease):
                self.run_task(job)

    def ask_for_more(self) -> None:
        """Ask for the jobs of what lower rooms said and, unless it is a batch, of the timetable."""
        now = clock.now()
        outbox.deliver(now)
        if not self.batch and self.next_slot is not None and now >= self.next_slot:
            self.next_slot = timetable.take_up(now)

    def claim(self) -> Job | None:
        with exclusive_transaction():
            job = DBTaskResult.objects.ready().get_locked()
            if job is not None:
                job.claim(self.worker_id)
                renew(job, self.lease)
        return job


@contextmanager
def lease_kept(job: Job, lease: timedelta) -> Iterator[None]:
    done = Event()

    def keep() -> None:
        while not done.wait(lease.total_seconds() / 3):
            with suppress(OperationalError):
                renew(job, lease)
        connection.close()

    keeper = Thread(target=keep, name="lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def renew(job: Job, lease: timedelta) -> None:
    running = DBTaskResult.objects.running().filter(pk=job.pk)
    running.update(run_after=timezone.now() + lease)


def return_lost_jobs() -> None:
    """Queue anew, or mark as failed, every running job whose lease has ended."""
    lost = DBTaskResult.objects.running().filter(run_after__lt=timezone.now())
    for job in lost:
        # The lease that was read must still be the one that is stored: its worker may just have renewed it.
        mine = DBTaskResult.objects.running().filter(pk=job.pk, run_after=job.run_after)
        if len(job.worker_ids) < ATTEMPTS:
            if mine.update(status=TaskResultStatus.READY, run_after=timezone.now()):
                logger.warning("Job %s (%s) lost its worker and runs again.", job.pk, job.task_path)
        elif mine.update(status=TaskResultStatus.FAILED):
            job.set_failed(LostWorker(f"{len(job.worker_ids)} workers were lost while running this job"))
            logger.error(
                "Job %s (%s) lost %d workers and failed.", job.pk, job.task_path, len(job.worker_ids)
            )
