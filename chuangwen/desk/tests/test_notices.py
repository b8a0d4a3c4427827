import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from chuangwen.cores.worktime import ZONE, WorkCalendar
from chuangwen.desk import registry
from chuangwen.desk.actions import notices
from chuangwen.desk.models import Notice, NoticeWish, Todo
from chuangwen.desk.rules.notices import Step, hook_request, is_quiet, one_working_day_before, step
from chuangwen.kit import outside
from chuangwen.orgs.models import Person
from chuangwen.orgs.testing import Cast, make_cast, sign_in

from .world import BY_HAND, NOW, ask

BEFORE = datetime(2026, 3, 2, 17, 30, tzinfo=ZONE)
DUE = datetime(2026, 3, 3, 17, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-02T17:29", Step.ASKED),
        ("2026-03-02T17:30", Step.BEFORE),
        ("2026-03-03T17:30", Step.DUE),
        ("2026-03-04T17:29", Step.DUE),
        ("2026-03-04T17:30", Step.OVERDUE),
    ],
)
def test_the_reminder_fits_the_time(now: str, expected: Step) -> None:
    assert step(datetime.fromisoformat(f"{now}+08:00"), DUE, BEFORE) == expected


def test_without_a_deadline_only_the_ask_itself_is_told() -> None:
    assert step(DUE, None, None) == Step.ASKED


def test_one_working_day_before_monday_is_friday() -> None:
    monday = datetime(2026, 3, 9, 17, 30, tzinfo=ZONE)
    assert one_working_day_before(monday, WorkCalendar()) == datetime(2026, 3, 6, 17, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("at", "quiet"), [("07:29", True), ("07:30", False), ("21:59", False), ("22:00", True), ("03:00", True)]
)
def test_nights_are_quiet(at: str, quiet: bool) -> None:
    assert is_quiet(datetime.fromisoformat(f"2026-03-02T{at}")) == quiet


def test_a_plain_webhook_is_signed_over_time_and_body() -> None:
    url, headers, body = hook_request("plain", "https://a.example/x", "s", "你好", NOW)
    at = str(int(NOW.timestamp()))
    expected = hmac.new(b"s", f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert (url, headers["X-Chuangwen-Signature"]) == ("https://a.example/x", f"sha256={expected}")
    assert json.loads(body) == {"text": "你好"}


def test_dingtalk_is_signed_in_its_address() -> None:
    url, _, body = hook_request("dingtalk", "https://a.example/x?access_token=1", "SEC", "你好", NOW)
    query = parse_qs(urlsplit(url).query)
    at = str(int(NOW.timestamp() * 1000))
    expected = hmac.new(b"SEC", f"{at}\nSEC".encode(), hashlib.sha256).digest()
    assert query["timestamp"] == [at]
    assert base64.b64decode(query["sign"][0]) == expected
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "你好"}}


def test_wecom_is_sent_as_it_wants() -> None:
    url, _, body = hook_request("wecom", "https://a.example/x?key=1", "", "你好", NOW)
    assert url == "https://a.example/x?key=1"
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "你好"}}


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "100.64.0.1"]
)
def test_webhooks_never_reach_into_the_house(ip: str, settings: Settings) -> None:
    settings.WEBHOOKS_PRIVATE = False
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (ip, 80))]
    with (
        patch("socket.getaddrinfo", return_value=found),
        patch("socket.create_connection", side_effect=AssertionError("it connected")),
        pytest.raises(outside.Refused),
    ):
        outside.post("http://looks-harmless.example/", b"", {})


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://a.example/", "http://", "x"])
def test_webhooks_speak_http_alone(url: str) -> None:
    with pytest.raises(outside.Refused):
        outside.post(url, b"", {})


class Box:
    """What a real mail server received."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str]] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        if self.answer.startswith("250"):
            text = message_from_bytes(envelope.content).get_payload(decode=True)
            self.letters.append((envelope.rcpt_tos, bytes(text).decode()))
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.DEFAULT_FROM_EMAIL = "office@yunpu.example"
    yield box
    controller.stop()


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    """程管 of 市城管局 has a mail address."""
    registry.register(BY_HAND)
    cast = make_cast()
    Person.objects.filter(username="urban").update(email="urban@yunpu.example", language="zh-hans")
    yield cast
    del registry._KINDS[BY_HAND.code]


def states(channel: str = "mail") -> list[str]:
    return list(Notice.objects.filter(channel=channel).order_by("pk").values_list("state", flat=True))


def test_one_letter_holds_all_that_waits_for_a_person_and_comes_once(people: Cast, box: Box) -> None:
    for number in (1, 9):
        ask(people, subject_id=number)
    for _ in range(3):
        notices.write_notices(now=NOW)
        notices.send_notices(now=NOW)
    ((to, text),) = box.letters
    assert to == ["urban@yunpu.example"]
    assert text.count("清理楼道") == 2
    assert "第" not in text.replace("第一", "")  # no subject leaves the house
    assert states() == ["sent", "sent"]
    assert states("in_app") == ["sent", "sent"]


def test_eight_workers_send_each_letter_once(people: Cast, box: Box) -> None:
    ask(people)
    notices.write_notices(now=NOW)
    barrier = Barrier(8)

    def one() -> None:
        barrier.wait()
        notices.send_notices(now=NOW)
        connection.close()

    threads = [Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(box.letters) == 1


def test_at_night_it_waits_for_the_morning(people: Cast, box: Box) -> None:
    ask(people)
    night = NOW.replace(hour=23)
    notices.write_notices(now=night)
    notices.send_notices(now=night)
    assert (box.letters, states()) == ([], ["waiting"])
    notices.send_notices(now=night + timedelta(hours=8, minutes=30))
    assert len(box.letters) == 1


def test_what_the_server_refuses_is_tried_again_later_and_given_up_at_last(people: Cast, box: Box) -> None:
    ask(people)
    box.answer = "451 not now"
    now = NOW
    notices.write_notices(now=now)
    notices.send_notices(now=now)
    assert states() == ["waiting"]
    notices.send_notices(now=now)
    assert Notice.objects.get(channel="mail").attempts == 1
    for _ in range(4):
        now = Notice.objects.get(channel="mail").try_at
        notices.send_notices(now=now)
    assert states() == ["failed"]


def test_a_sender_that_died_leaves_it_uncertain_and_it_is_not_repeated(people: Cast, box: Box) -> None:
    ask(people)
    notices.write_notices(now=NOW)
    with patch.object(notices, "_mail", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        notices.send_notices(now=NOW)
    assert states() == ["sending"]
    notices.send_notices(now=NOW + timedelta(minutes=9))
    assert states() == ["sending"]
    notices.send_notices(now=NOW + timedelta(minutes=11))
    assert (states(), box.letters) == (["uncertain"], [])


def test_what_is_done_before_it_is_sent_is_not_sent(people: Cast, box: Box) -> None:
    todo = ask(people)
    notices.write_notices(now=NOW)
    Todo.objects.filter(pk=todo.pk).update(state="done")
    notices.send_notices(now=NOW)
    assert (box.letters, states()) == ([], [])


def test_each_sets_what_reaches_them(people: Cast, box: Box) -> None:
    notices.set_wish(
        actor=people.urban_staff, in_app=False, mail=False, hook_kind="plain", hook_url="", hook_secret=""
    )
    ask(people)
    notices.write_notices(now=NOW)
    assert not Notice.objects.filter(person=people.urban_staff.person).exists()


class Hook(BaseHTTPRequestHandler):
    answers: list[tuple[int, bytes]]
    bodies: list[bytes]

    def do_POST(self) -> None:
        type(self).bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        status, body = type(self).answers.pop(0)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_robot_that_refuses_with_200_is_tried_again(people: Cast, settings: Settings) -> None:
    settings.WEBHOOKS_PRIVATE = True
    Hook.answers = [(200, b'{"errcode": 310000}'), (500, b""), (200, b'{"errcode": 0}')]
    Hook.bodies = []
    server = HTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/robot"
    notices.set_wish(
        actor=people.urban_staff,
        in_app=True,
        mail=False,
        hook_kind="dingtalk",
        hook_url=address,
        hook_secret="SEC",
    )
    ask(people)
    now = NOW
    notices.write_notices(now=now)
    for expected in (["waiting"], ["waiting"], ["sent"], ["sent"]):
        notices.send_notices(now=now)
        assert states("webhook") == expected
        now += timedelta(minutes=10)
    server.shutdown()
    server.server_close()
    assert len(Hook.bodies) == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT hook_secret, hook_url FROM desk_noticewish")
        assert "SEC" not in str(cursor.fetchone())


def test_a_person_reads_the_reminders_and_sets_them_on_pages(people: Cast, client: Client) -> None:
    ask(people)
    notices.write_notices(now=NOW)
    sign_in(client, people.urban_staff)
    assert client.get("/desk/notices/count/").content.strip() == b"1"
    assert "清理楼道" in client.get("/desk/notices/").content.decode()
    client.post("/desk/notices/read/")
    assert client.get("/desk/notices/count/").content.strip() == b""
    typed = {"in_app": "on", "hook_kind": "wecom", "hook_url": "https://robot.example/send?key=1"}
    assert client.post("/desk/notices/settings/", typed).status_code == 302
    assert NoticeWish.objects.get().hook_url == "https://robot.example/send?key=1"
    assert client.post("/desk/notices/settings/", typed | {"hook_url": "::"}).status_code == 422


def test_the_list_costs_the_same_for_one_reminder_and_for_thirty(people: Cast, client: Client) -> None:
    sign_in(client, people.urban_staff)

    def cost(number: int) -> int:
        for subject in range(number):
            ask(people, subject_id=subject + number)
        notices.write_notices(now=NOW)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/desk/notices/").status_code == 200
        return len(seen)

    assert cost(1) == cost(29)
