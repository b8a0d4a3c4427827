"""`kill -9` of server and worker while both are at work: nothing is half done, sent twice or lost.

Actions go through the real server, jobs and reminders through the real worker, mail to a real mail server.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from aiosmtpd.controller import Controller

from chuangwen.site.supervisor import server_command

from .test_serve import free_port

ACTIONS, OFFICES, JOBS, PEOPLE = 500, 5, 30, 20

SET_UP = """
import json, sys
import django; django.setup()
from django.test import Client
from chuangwen.desk import actions, registry
from chuangwen.desk.tests.world import BY_HAND
from chuangwen.jobs.tests.sample import note
from chuangwen.kit import clock, timetable
from chuangwen.orgs.models import Person
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import make_cast, seat, sign_in
offices, jobs, people, path = *map(int, sys.argv[1:4]), sys.argv[4]
registry.register(BY_HAND)
cast = make_cast()
for number in range(people):
    made = seat(f"p{number}", "甲", cast.river, Role.UNIT_STAFF).person
    Person.objects.filter(pk=made.pk).update(email=f"p{number}@yunpu.example")
actions.ask(actor=cast.office, kind=BY_HAND.code, subject_id=1, unit_id=cast.river.pk, now=clock.now())
for number in range(jobs):
    note.enqueue(path, str(number))
    if number % 30 == 5:
        timetable.run_slot.enqueue(job="desk.remind")
sessions = []
for number in range(offices):
    client = Client()
    sign_in(client, seat(f"office{number}", "乙", cast.office_unit, Role.CAMPAIGN_OFFICE))
    sessions.append(client.cookies["sessionid"].value)
print(json.dumps({"unit": cast.east.pk, "sessions": sessions}))
"""

WORKER = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from chuangwen.desk import registry
from chuangwen.desk.actions import notices
from chuangwen.desk.tests.world import BY_HAND
registry.register(BY_HAND)
notices.is_quiet = lambda local: False
notices.LOST_AFTER = timedelta(seconds=1)
call_command("worker", lease=2, interval=0.05)
"""

REPORT = """
import json, time
from collections import Counter
import django; django.setup()
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from chuangwen.desk.models import Notice
from chuangwen.kit import audit_chain, timetable
from chuangwen.kit.models import AuditEntry
from chuangwen.orgs.models import UnitName
timetable.jobs()
timetable.run_slot.enqueue(job="desk.remind")
deadline = time.monotonic() + 90
while time.monotonic() < deadline:
    jobs = Counter(DBTaskResult.objects.values_list("status", flat=True))
    notices = dict(Notice.objects.filter(channel="mail").values_list("person__email", "state"))
    if set(jobs) == {"SUCCESSFUL"} and set(notices.values()) <= {"sent", "uncertain"}:
        break
    time.sleep(0.1)
audit_chain.seal_all(timezone.now())
print(json.dumps({
    "names": list(UnitName.objects.filter(name__startswith="别名").values_list("name", flat=True)),
    "audited": AuditEntry.objects.filter(action="orgs.name_added").count(),
    "jobs": jobs,
    "notices": notices,
    "faults": [str(fault) for fault in audit_chain.verify(timezone.now())],
}))
"""


class Box:
    """A mail server that takes its time, so that a worker is killed while it sends."""

    def __init__(self) -> None:
        self.letters: Counter[str] = Counter()

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        self.letters.update(envelope.rcpt_tos)
        time.sleep(0.02)
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, controller.port
    controller.stop()


def run(script: str, environment: dict[str, str], *arguments: str) -> Any:
    found = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environment, check=True, stdout=subprocess.PIPE
    )
    return json.loads(found.stdout or b"null")


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(
        command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """`kill -9` of the process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(happened: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


class Office:
    """Somebody who gives a unit one name after the other, and tries again where no answer came."""

    def __init__(self, address: str, session: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.cookies.set("sessionid", session)
        self.token = ""
        self.done = 0
        self.unanswered = 0

    def work(self, numbers: range) -> None:
        for number in numbers:
            while not self.add(f"别名{number}"):
                self.unanswered += 1
                time.sleep(0.05)
            self.done += 1

    def add(self, name: str) -> bool:
        """Whether an answer came; a name that is there already, as the killed server had it, is one."""
        try:
            self.token = self.token or self.read_token()
            typed = {"kind": "alias", "name": name, "csrfmiddlewaretoken": self.token}
            answer = self.session.post(self.address, typed, allow_redirects=False)
        except requests.RequestException:
            return False
        assert answer.status_code in {302, 422}, answer.status_code
        return True

    def read_token(self) -> str:
        page = self.session.get(self.address)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token, page.status_code
        return token[1]


def test_killed_in_the_middle_of_their_actions_nothing_is_half_done_repeated_or_lost(
    empty_installation: Path, box: tuple[Box, int], capsys: pytest.CaptureFixture[str]
) -> None:
    letters, notes, port = box[0].letters, empty_installation / "notes", free_port()
    environment = os.environ | {
        "CHUANGWEN_DATA": str(empty_installation),
        "CHUANGWEN_DATABASE": "",
        "CHUANGWEN_MAIL": f"smtp://127.0.0.1:{box[1]}?from=office@yunpu.example",
        "DJANGO_SETTINGS_MODULE": "chuangwen.site.settings",
    }
    world = run(SET_UP, environment, str(OFFICES), str(JOBS), str(PEOPLE), str(notes))
    server, worker = server_command("127.0.0.1", port), [sys.executable, "-c", WORKER]
    address = f"http://127.0.0.1:{port}/units/{world['unit']}/add-name"
    offices = [Office(address, session) for session in world["sessions"]]
    posters = [
        Thread(target=office.work, args=(range(number, ACTIONS, OFFICES),), daemon=True)
        for number, office in enumerate(offices)
    ]

    def done() -> int:
        return sum(office.done for office in offices)

    with running(server, environment) as first_server, running(worker, environment) as first_worker:
        for poster in posters:
            poster.start()
        wait_for(lambda: letters.total() >= PEOPLE // 2)
        kill(first_worker)
        wait_for(lambda: done() >= ACTIONS // 2)
        kill(first_server)
    sent_before, done_before = letters.total(), done()
    with running(server, environment), running(worker, environment):
        for poster in posters:
            poster.join(90)
        report = run(REPORT, environment)

    unanswered = sum(office.unanswered for office in offices)
    unsent = {to for to, state in report["notices"].items() if state != "sent"}
    with capsys.disabled():
        print(
            f"\ncrash: {done()} actions of {OFFICES} people, {done_before} before the server was killed, "
            f"{unanswered} tries unanswered; {JOBS} jobs; {letters.total()} letters to {PEOPLE} people, "
            f"{sent_before} before the worker was killed, {len(unsent)} uncertain"
        )
    assert done() == ACTIONS
    assert done_before < ACTIONS, "the server was not killed in the middle"
    assert all(office.unanswered for office in offices), "the server was not killed in the middle"
    assert sent_before < PEOPLE, "the worker was not killed in the middle"
    assert sorted(report["names"]) == sorted(f"别名{number}" for number in range(ACTIONS))
    assert report["audited"] == ACTIONS
    assert set(report["jobs"]) == {"SUCCESSFUL"}
    assert set(notes.read_text().split()) == {str(number) for number in range(JOBS)}
    assert len(report["notices"]) == PEOPLE
    assert max(letters.values()) == 1
    assert {report["notices"][to] for to in unsent} <= {"uncertain"}
    assert len(unsent) <= 1
    assert report["faults"] == []
