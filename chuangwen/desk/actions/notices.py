"""Reminders: written for whom they are meant, claimed, sent. Each row is its own record: no audit rows."""

import json
import smtplib
from collections.abc import Iterable
from datetime import datetime
from http.client import HTTPException
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chuangwen.cores.errors import Denied
from chuangwen.cores.worktime import WorkCalendar
from chuangwen.kit import audit, outside
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import seats_asked

from .. import queries, registry
from ..access import LOOKERS
from ..models import Notice, NoticeWish, Todo
from ..models.notices import STEPS
from ..rules import TodoState
from ..rules.notices import (
    LOST_AFTER,
    Channel,
    HookKind,
    NoticeState,
    Step,
    hook_request,
    is_quiet,
    next_try,
    one_working_day_before,
    step,
)

if TYPE_CHECKING:
    from chuangwen.orgs.models import Person, Seat


class NotSent(Exception):
    """It surely did not arrive: it may be tried again."""


class Uncertain(Exception):
    """It may have arrived: it is not tried again."""


def write_notices(*, now: datetime) -> None:
    """A row for each person and channel that the step of an open to-do calls for; again adds nothing."""
    todos = Todo.objects.filter(state=TodoState.OPEN, paused_at=None).select_related("unit")
    written = set(Notice.objects.filter(todo__in=todos).values_list("todo_id", "step"))
    calendars: dict[int, WorkCalendar] = {}
    for todo in todos:
        root = todo.jurisdiction_id
        calendars[root] = calendars.get(root) or queries.calendar_of(root)
        before = one_working_day_before(todo.due_at, calendars[root]) if todo.due_at else None
        current = step(now, todo.due_at, before)
        if (todo.pk, current) not in written:
            _write(todo, current, now)


def _write(todo: Todo, current: Step, now: datetime) -> None:
    tell(todo, current, {seat.person for seat in _seats(todo, now) if seat.role not in LOOKERS}, now)


def tell(todo: Todo, current: Step, people: set["Person"], now: datetime) -> None:
    """A row for each of the people and each channel that they wish; again adds nothing."""
    wishes = {wish.person_id: wish for wish in NoticeWish.objects.filter(person__in=people)}
    rows = [
        Notice(
            person=person,
            todo=todo,
            step=current,
            channel=channel,
            state=NoticeState.SENT if channel == Channel.IN_APP else NoticeState.WAITING,
            made_at=now,
            try_at=now,
        )
        for person in people
        for channel in _channels(person, wishes.get(person.pk) or NoticeWish())
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _seats(todo: Todo, now: datetime) -> QuerySet["Seat"]:
    day = timezone.localdate(now)
    return seats_asked(unit=todo.unit, seat_id=todo.seat_id, role=todo.role, day=day)


def _channels(person: "Person", wish: NoticeWish) -> Iterable[Channel]:
    if wish.in_app:
        yield Channel.IN_APP
    if wish.mail and person.email and settings.EMAIL_HOST:
        yield Channel.MAIL
    if wish.hook_url:
        yield Channel.WEBHOOK


def send_notices(*, now: datetime) -> None:
    """Send what waits, one message for each person and channel; nothing at night.

    Several workers may do this at once: each row is claimed by one, before it is sent.
    """
    Notice.objects.filter(state=NoticeState.SENDING, claimed_at__lt=now - LOST_AFTER).update(
        state=NoticeState.UNCERTAIN, error="LostWorker"
    )
    waiting = Notice.objects.filter(state=NoticeState.WAITING)
    waiting.exclude(todo__state=TodoState.OPEN).exclude(step=Step.REFUSED).delete()
    if is_quiet(timezone.localtime(now)):
        return
    waiting = waiting.filter(try_at__lte=now)
    for person_id, channel in waiting.order_by().values_list("person_id", "channel").distinct():
        claim = uuid4()
        rows = waiting.filter(person_id=person_id, channel=channel)
        if rows.update(state=NoticeState.SENDING, claim=claim, claimed_at=now, attempts=F("attempts") + 1):
            _send(claim, Channel(channel), now)


def _send(claim: UUID, channel: Channel, now: datetime) -> None:
    rows = Notice.objects.filter(claim=claim, state=NoticeState.SENDING)
    notices = list(rows.select_related("todo", "person"))
    try:
        with translation.override(notices[0].person.language):
            (_mail if channel == Channel.MAIL else _hook)(notices, now)
    except NotSent as error:
        _put_back(notices, str(error), now)
    except Uncertain as error:
        rows.update(state=NoticeState.UNCERTAIN, error=str(error)[:200])
    else:
        rows.update(state=NoticeState.SENT, sent_at=now, error="")


def _put_back(notices: list[Notice], error: str, now: datetime) -> None:
    for notice in notices:
        at = next_try(notice.attempts, now)
        Notice.objects.filter(pk=notice.pk, claim=notice.claim, state=NoticeState.SENDING).update(
            state=NoticeState.WAITING if at else NoticeState.FAILED,
            try_at=at or now,
            error=error[:200],
        )


def _text(notices: list[Notice]) -> str:
    """What leaves the house names no subject: it may be secret. Who signs in reads it."""
    lines = [_("%(n)s things are asked of you; sign in to read them.") % {"n": len(notices)}]
    for notice in notices:
        due = notice.todo.due_at
        at = f"{timezone.localtime(due):%Y-%m-%d %H:%M}" if due else _("no deadline")
        lines.append(f"· {registry.kind(notice.todo.kind).words} · {STEPS[Step(notice.step)]} · {at}")
    return "\n".join(lines)


def _mail(notices: list[Notice], now: datetime) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__) from error
    subject = _("%(n)s reminders from Chuangwen") % {"n": len(notices)}
    message = EmailMessage(subject, _text(notices), to=[notices[0].person.email], connection=connection)
    try:
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        raise NotSent(type(error).__name__) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(type(error).__name__) from error
    finally:
        connection.close()


def _hook(notices: list[Notice], now: datetime) -> None:
    wish = NoticeWish.objects.filter(person=notices[0].person).first() or NoticeWish()
    url, headers, body = hook_request(wish.hook_kind, wish.hook_url, wish.hook_secret, _text(notices), now)
    try:
        answer = outside.post(url, body, headers)
    except (outside.Refused, outside.NotConnected) as error:
        raise NotSent(type(error).__name__) from error
    except (OSError, HTTPException) as error:
        raise Uncertain(type(error).__name__) from error
    if not 200 <= answer.status < 300 or not _taken(wish.hook_kind, answer.body):
        raise NotSent(f"{answer.status} {answer.body[:150].decode(errors='replace')}")


def _taken(kind: str, body: bytes) -> bool:
    """Robots answer 200 also when they refuse, with a code in the body."""
    if kind == HookKind.PLAIN:
        return True
    try:
        return bool(json.loads(body).get("errcode") == 0)
    except (ValueError, AttributeError):
        return False


def mark_read(*, actor: Actor, now: datetime) -> None:
    """All that stands in the actor's list. Reading one's own list is no event: it writes no audit row."""
    own = Q(person=actor.person_id, channel=Channel.IN_APP, read_at=None)
    if actor.person_id is not None:
        Notice.objects.filter(own).update(read_at=now)


@transaction.atomic
def set_wish(
    *, actor: Actor, in_app: bool, mail: bool, hook_kind: str, hook_url: str, hook_secret: str
) -> NoticeWish:
    """What reaches the actor. An empty secret keeps the one before, as long as there is an address."""
    if actor.person is None:
        raise Denied
    wish, _new = NoticeWish.objects.get_or_create(person=actor.person)
    wish.in_app, wish.mail, wish.hook_kind, wish.hook_url = in_app, mail, hook_kind, hook_url
    wish.hook_secret = (hook_secret or wish.hook_secret) if hook_url else ""
    wish.save()
    audit.record(actor, "desk.notices_set", wish, in_app=in_app, mail=mail, webhook=bool(hook_url))
    return wish
