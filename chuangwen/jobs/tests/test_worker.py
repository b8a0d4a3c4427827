import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from chuangwen.jobs.tests.sample import fail, nap, note, note_slowly
from chuangwen.jobs.worker import ATTEMPTS, Worker, return_lost_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def run_all() -> None:
    Worker("tester", lease=timedelta(seconds=30), interval=0, batch=True).run()


def asked_for() -> "QuerySet[DBTaskResult[..., Any]]":
    """Jobs that the test asked for: the worker runs those of the timetable as well."""
    found: QuerySet[DBTaskResult[..., Any]] = DBTaskResult.objects.filter(task_path__contains=".tests.")
    return found.order_by("enqueued_at")


def statuses() -> list[str]:
    return list(asked_for().values_list("status", flat=True))


def test_a_job_runs_once_after_the_transaction_that_asked_for_it(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    with transaction.atomic():
        note.enqueue(str(path), "hello")
    run_all()
    run_all()
    assert path.read_text() == "hello\n"
    assert statuses() == ["SUCCESSFUL"]


def test_a_transaction_that_is_rolled_back_leaves_no_job(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.enqueue(str(tmp_path / "notes"), "never")
        raise ZeroDivisionError
    assert statuses() == []


def test_a_job_that_raises_is_marked_failed_and_the_next_one_runs(tmp_path: Path) -> None:
    fail.enqueue()
    note.enqueue(str(tmp_path / "notes"), "after")
    run_all()
    assert statuses() == ["FAILED", "SUCCESSFUL"]


def test_a_running_job_stays_with_a_worker_that_renews_its_lease(tmp_path: Path) -> None:
    note.enqueue(str(tmp_path / "notes"), "x")
    job = Worker("busy", lease=timedelta(seconds=30), interval=0, batch=True).claim()
    assert job is not None
    return_lost_jobs()
    assert statuses() == ["RUNNING"]


def test_a_job_that_loses_every_worker_is_marked_failed(tmp_path: Path) -> None:
    note.enqueue(str(tmp_path / "notes"), "x")
    for attempt in range(ATTEMPTS):
        assert Worker(f"doomed-{attempt}", lease=timedelta(0), interval=0, batch=True).claim() is not None
        return_lost_jobs()
    assert statuses() == ["FAILED"]
    assert "LostWorker" in asked_for().get().exception_class_path


def test_a_job_asked_for_later_waits(tmp_path: Path) -> None:
    note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(str(tmp_path / "notes"), "x")
    run_all()
    assert statuses() == ["READY"]


def start_worker(lease: float = 1.5) -> "subprocess.Popen[bytes]":
    """A worker of its own process on this test's database."""
    name = connection.settings_dict["NAME"]
    script = (
        "import django; from django.conf import settings; django.setup();"
        f"settings.DATABASES['default']['NAME'] = {str(name)!r};"
        "from django.core.management import call_command;"
        f"call_command('worker', lease={lease}, interval=0.1)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    return subprocess.Popen([sys.executable, "-c", script], env=environment, stderr=subprocess.DEVNULL)


def wait_for(happened: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def test_the_job_of_a_killed_worker_is_finished_by_another(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    note_slowly.enqueue(str(path))
    first = start_worker()
    wait_for(path.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert statuses() == ["RUNNING"]

    second = start_worker()
    try:
        wait_for(lambda: statuses() == ["SUCCESSFUL"])
    finally:
        second.terminate()
        second.wait()
    assert path.read_text() == "begun\nbegun\ndone\n"
    assert len(asked_for().get().worker_ids) == 2


def test_a_worker_that_is_told_to_stop_finishes_its_job_first(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("")  # so that the slow job does not hang
    note_slowly.enqueue(str(path))
    worker = start_worker()
    wait_for(lambda: statuses() == ["SUCCESSFUL"])
    worker.terminate()
    assert worker.wait(timeout=10) == 0


def test_a_job_longer_than_its_lease_runs_once_while_its_worker_lives(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    nap.enqueue(str(path), 4)
    workers = [start_worker(lease=2.5), start_worker(lease=2.5)]
    try:
        wait_for(lambda: statuses() == ["SUCCESSFUL"])
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
    assert path.read_text() == "rested\n"
    assert len(asked_for().get().worker_ids) == 1
