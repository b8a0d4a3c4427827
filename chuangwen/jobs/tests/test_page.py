from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from chuangwen.jobs.tests.sample import fail
from chuangwen.jobs.worker import Worker
from chuangwen.kit import clock, timetable
from chuangwen.orgs.testing import make_cast, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def run_all() -> None:
    Worker("tester", lease=timedelta(seconds=30), interval=0, batch=True).run()


def test_the_page_shows_every_job_of_the_timetable_and_runs_a_failed_one_again(client: Client) -> None:
    sign_in(client, make_cast().administrator)
    client.cookies["django_language"] = "en"
    task = fail.enqueue()
    run_all()
    page = client.get("/jobs/").content.decode()
    with translation.override("en"):
        assert all(str(job.title) in page for job in timetable.jobs())
    assert "ZeroDivisionError" in page
    assert client.post(f"/jobs/{task.id}/run-again").status_code == 302
    assert DBTaskResult.objects.get(pk=task.id).status == "READY"
    assert client.post(f"/jobs/{task.id}/run-again").status_code == 409


def test_the_page_costs_the_same_for_one_run_and_for_thirty(client: Client) -> None:
    sign_in(client, make_cast().administrator)
    fail.enqueue()
    run_all()
    assert queries(client) == queries_after_thirty(client)


def queries_after_thirty(client: Client) -> int:
    for days in range(30):
        timetable.take_up(clock.now() - timedelta(days=30 - days))
        fail.enqueue()
    run_all()
    return queries(client)


def queries(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get("/jobs/").status_code == 200
    return len(seen)
