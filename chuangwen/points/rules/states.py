"""What a point is at the moment, who answers for it, and who is its chief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from chuangwen.cores.errors import BadInput, NotAllowedNow


class Status(StrEnum):
    OPEN = "open"
    SUSPENDED = "suspended"  # 暂停: being rebuilt, shut for a while
    CLOSED = "closed"  # 撤销


MOVES = {
    (Status.OPEN, "suspend"): Status.SUSPENDED,
    (Status.SUSPENDED, "resume"): Status.OPEN,
    (Status.OPEN, "close"): Status.CLOSED,
    (Status.SUSPENDED, "close"): Status.CLOSED,
    (Status.CLOSED, "reopen"): Status.OPEN,
}
STATUS_WORDS = {
    Status.OPEN: ["正常", "在用", "开放", "营业", "启用", "open"],
    Status.SUSPENDED: ["暂停", "停用", "停业", "施工", "维修", "suspended"],
    Status.CLOSED: ["撤销", "关闭", "已撤销", "已关闭", "注销", "拆除", "closed"],
}
_STATUS_OF = {word: status for status, words in STATUS_WORDS.items() for word in words}


class Level(StrEnum):
    """Of a chief: who takes the point on."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"


class ChiefKind(StrEnum):
    POINT = "point"  # 点位长
    ROAD = "road"  # 路长
    LANE = "lane"  # 巷长


class Term(Protocol):
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...


Held = TypeVar("Held", bound=Term)


def next_status(status: str, move: str, *, merged: bool = False) -> Status:
    """Raises NotAllowedNow: also for a point that became part of another one."""
    to = MOVES.get((Status(status), move))
    if to is None or merged:
        raise NotAllowedNow("points.status", status=status, move=move)
    return to


def moves_from(status: str, *, merged: bool = False) -> list[str]:
    return [] if merged else [move for known, move in MOVES if known == status]


def status_in(text: str) -> Status | None:
    """What a cell says; None for an empty one. Raises BadInput."""
    word = text.strip().lower()
    if not word:
        return None
    if word not in _STATUS_OF:
        raise BadInput("points.cell_status", text=text)
    return _STATUS_OF[word]


def runs_on(term: Term, day: date) -> bool:
    """Whether it holds on `day`; None is open, `ends_on` is the first day after it."""
    return (term.starts_on is None or term.starts_on <= day) and (term.ends_on is None or day < term.ends_on)


def checked_term(starts_on: date | None, ends_on: date | None) -> None:
    """Raises BadInput: points.days_out_of_order."""
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        raise BadInput("points.days_out_of_order")


def on_day(terms: Iterable[Held], day: date) -> Sequence[Held]:
    return [term for term in terms if runs_on(term, day)]
