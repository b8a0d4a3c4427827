from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.jobs.worker import Worker
from chuangwen.kit import audit, jobs, outbox, timetable
from chuangwen.kit.models import AuditEntry, JobSlot, OutboxRow
from chuangwen.orgs.actors import system_actor

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai
HEARD: list[object] = []


def morning(now: datetime) -> None:
    HEARD.append("morning")


def broken(now: datetime) -> None:
    raise ZeroDivisionError("on purpose")


@task()
def hear(number: int) -> None:
    HEARD.append(number)


@pytest.fixture(autouse=True)
def two_jobs() -> Iterator[None]:
    timetable.jobs()
    HEARD.clear()
    with patch.dict(timetable._JOBS, clear=True):
        timetable.scheduled(cron="30 8 * * 1-5", title="m")(morning)
        yield


def run_all() -> None:
    Worker("tester", lease=timedelta(seconds=30), interval=0, batch=True).run()


@pytest.mark.parametrize(
    ("now", "latest", "following"),
    [
        ("2026-03-02T08:30:00", "2026-03-02T08:30:00", "2026-03-03T08:30:00"),
        ("2026-03-02T08:29:59", "2026-02-27T08:30:00", "2026-03-02T08:30:00"),  # Monday after Friday
        ("2026-03-07T12:00:00", "2026-03-06T08:30:00", "2026-03-09T08:30:00"),
    ],
)
def test_moments_are_read_by_the_clock_of_the_city(now: str, latest: str, following: str) -> None:
    (job,) = timetable.jobs()
    at = datetime.fromisoformat(f"{now}+08:00")
    assert job.latest(at) == datetime.fromisoformat(f"{latest}+08:00")
    assert job.next(at) == datetime.fromisoformat(f"{following}+08:00")


def test_a_due_moment_is_taken_up_once_and_says_when_the_next_comes() -> None:
    assert timetable.take_up(MONDAY) == MONDAY + timedelta(days=1)
    timetable.take_up(MONDAY + timedelta(hours=5))
    run_all()
    assert HEARD == ["morning"]


def test_after_a_standstill_only_the_latest_moment_is_made_up_for() -> None:
    timetable.take_up(MONDAY)
    timetable.take_up(MONDAY + timedelta(days=9))
    assert [slot.due_at for slot in JobSlot.objects.all()] == [MONDAY + timedelta(days=9), MONDAY]


def race(ask: object) -> None:
    """Eight workers at once."""
    barrier, errors = Barrier(8), []

    def one() -> None:
        barrier.wait()
        try:
            ask()  # type: ignore[operator]
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_eight_workers_take_up_each_moment_once() -> None:
    for day in range(5):
        now = MONDAY + timedelta(days=day)
        race(lambda now=now: timetable.take_up(now))
    assert JobSlot.objects.count() == DBTaskResult.objects.count() == 5


def test_eight_workers_deliver_each_row_once_to_each_subscriber() -> None:
    with patch.dict(outbox._SUBSCRIBERS, {"test.said": [hear, hear]}):
        for number in range(10):
            outbox.post_once("test.said", key=f"said:{number}", number=number)
        race(lambda: outbox.deliver(MONDAY))
        run_all()
    assert sorted(HEARD) == sorted([*range(10), *range(10)])  # type: ignore[type-var]
    assert not OutboxRow.objects.filter(delivered_at=None).exists()


def test_rows_that_say_the_same_and_wait_together_are_one_job() -> None:
    with patch.dict(outbox._SUBSCRIBERS, {"test.said": [hear]}):
        for key, number in enumerate((7, 8, 7, 7)):
            outbox.post_once("test.said", key=f"said:{key}", number=number)
        assert outbox.deliver(MONDAY) == 4
        run_all()
        outbox.post_once("test.said", key="said:later", number=7)
        assert outbox.deliver(MONDAY) == 1
        run_all()
    assert HEARD == [7, 8, 7]


def test_a_row_whose_jobs_cannot_be_written_stays_undelivered() -> None:
    outbox.post_once("test.said", key="said", number=1)
    with (
        patch.dict(outbox._SUBSCRIBERS, {"test.said": [hear, None]}),
        pytest.raises(AttributeError),
    ):
        outbox.deliver(MONDAY)
    assert OutboxRow.objects.filter(delivered_at=None).count() == 1
    assert DBTaskResult.objects.count() == 0


def test_a_failed_run_is_told_and_runs_again_when_asked() -> None:
    timetable.scheduled(cron="0 * * * *", title="b")(broken)
    now = datetime.now(UTC)
    timetable.take_up(now)
    run_all()
    good, bad = timetable.statuses(now)
    assert (good.failures, good.failed_task, good.last_at is not None) == (0, None, True)
    assert (bad.failures, bad.error) == (1, "ZeroDivisionError")
    assert bad.failed_task
    timetable.run_again(actor=system_actor("test"), task_id=bad.failed_task, now=now)
    assert timetable.statuses(now)[1].waiting == 1
    with pytest.raises(NotAllowedNow):
        timetable.run_again(actor=system_actor("test"), task_id=bad.failed_task, now=now)
    assert [audit.sentence(entry) for entry in AuditEntry.objects.filter(action="kit.job_run_again")]
    run_all()
    assert timetable.statuses(now)[1].failures == 1


def test_a_job_that_a_new_release_no_longer_has_is_left_alone() -> None:
    timetable.run_slot.enqueue(job="gone.away")
    run_all()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_what_is_out_of_date_is_cleared_and_the_last_moment_stays() -> None:
    cache.set("old", 1, timeout=-5)
    cache.set("new", 1, timeout=500)
    now = datetime.now(UTC)
    timetable.take_up(now - timedelta(days=50))
    timetable.take_up(now - timedelta(days=40))
    run_all()
    DBTaskResult.objects.update(enqueued_at=now - timedelta(days=31))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_cache SET expires = '2020-01-01' WHERE cache_key LIKE %s", ["%old"])
    jobs.clear_old(now)
    assert JobSlot.objects.count() == 1
    assert DBTaskResult.objects.count() == 0
    assert cache.get("new") == 1
