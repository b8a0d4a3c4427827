"""Which reminder is due when, when it is quiet, and what robots want to be sent."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, time, timedelta
from enum import StrEnum
from urllib.parse import quote_plus

from chuangwen.cores.worktime import WorkCalendar


class Step(StrEnum):
    ASKED = "asked"
    BEFORE = "before"  # one working day before it is due
    DUE = "due"
    OVERDUE = "overdue"  # a day after
    REFUSED = "refused"  # to the asker: a named person did not let it through


class Channel(StrEnum):
    IN_APP = "in_app"
    MAIL = "mail"
    WEBHOOK = "webhook"


class NoticeState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # nobody knows whether it arrived: shown, not repeated


class HookKind(StrEnum):
    PLAIN = "plain"
    DINGTALK = "dingtalk"
    WECOM = "wecom"


QUIET_FROM, QUIET_UNTIL = time(22), time(7, 30)
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
OVERDUE_AFTER = timedelta(days=1)
LOST_AFTER = timedelta(minutes=10)


def step(now: datetime, due_at: datetime | None, before: datetime | None) -> Step:
    """The one reminder that fits now: a late reader is told how it stands, not how it stood.

    `before` is one working day before it is due; both None without a deadline.
    """
    if due_at is None or before is None or now < before:
        return Step.ASKED
    if now < due_at:
        return Step.BEFORE
    return Step.OVERDUE if now >= due_at + OVERDUE_AFTER else Step.DUE


def is_quiet(local: datetime) -> bool:
    """Whether nothing is sent at this time of the day in the city."""
    return local.time() >= QUIET_FROM or local.time() < QUIET_UNTIL


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures; None: give up."""
    return now + BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None


def hook_request(
    kind: str, url: str, secret: str, text: str, now: datetime
) -> tuple[str, dict[str, str], bytes]:
    """Address, headers and body. Signed with `secret` as each kind wants; WeCom's key stands in its address.

    DingTalk: custom robots, "加签"; WeCom: group robots, "文本类型".
    """
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if kind == HookKind.PLAIN:
        body = _json({"text": text})
        at = str(int(now.timestamp()))
        digest = hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
        signed = {"X-Chuangwen-Timestamp": at, "X-Chuangwen-Signature": f"sha256={digest}"}
        return url, headers | signed, body
    body = _json({"msgtype": "text", "text": {"content": text}})
    if kind == HookKind.DINGTALK and secret:
        at = str(int(now.timestamp() * 1000))
        digest64 = base64.b64encode(hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), "sha256"))
        url += f"{'&' if '?' in url else '?'}timestamp={at}&sign={quote_plus(digest64)}"
    return url, headers, body


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def one_working_day_before(due_at: datetime, calendar: WorkCalendar) -> datetime:
    """The same time of the last worked day before it is due."""
    at = due_at.astimezone(calendar.zone) - timedelta(days=1)
    while not calendar.is_worked(at.date()):
        at -= timedelta(days=1)
    return at
