"""Reads: the reminders of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from chuangwen.orgs.actors import Actor

from . import access, queries
from .models import Notice, NoticeWish
from .queries import Line
from .rules.notices import Channel


@dataclass(frozen=True)
class NoticeLine:
    """A reminder with its to-do, as the actor may know that one; `line` is None where it is not for them."""

    notice: Notice
    line: Line | None


def own_notices(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(person=actor.person_id) if actor.person_id else Notice.objects.none()


def in_app(actor: Actor) -> QuerySet[Notice]:
    return own_notices(actor).filter(channel=Channel.IN_APP)


def sent_out(actor: Actor) -> QuerySet[Notice]:
    """The latest that went, or should have gone, by mail or webhook."""
    return own_notices(actor).exclude(channel=Channel.IN_APP)[:30]


def count_unread(actor: Actor) -> int:
    return in_app(actor).filter(read_at=None).count()


def notice_lines(actor: Actor, notices: Iterable[Notice], now: datetime) -> list[NoticeLine]:
    rows = list(notices)
    todos = access.visible_todos(actor).filter(pk__in={notice.todo_id for notice in rows})
    lines = {line.todo.pk: line for line in queries.lines(actor, todos.select_related("unit"), now)}
    return [NoticeLine(notice, lines.get(notice.todo_id)) for notice in rows]


def wish_of(actor: Actor) -> NoticeWish:
    """What reaches the actor; the usual where they set nothing."""
    return NoticeWish.objects.filter(person=actor.person_id).first() or NoticeWish()
