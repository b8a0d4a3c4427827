"""Whether a report may still be filled in, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chuangwen.kit.formats import moment

from ..models import LateGrant, UnitReport


@dataclass(frozen=True)
class Lock:
    """Why nothing can be typed: worded by its code."""

    code: str
    params: dict[str, str]


def lock_of(report: UnitReport, now: datetime) -> Lock | None:
    """None while it is open: until it is locked, and while a late grant runs."""
    return lock_among(report, report.grants.all(), now) if now > report.period.lock_at else None


def lock_among(report: UnitReport, grants: Iterable[LateGrant], now: datetime) -> Lock | None:
    """`lock_of` where the grants are read already."""
    lock_at = report.period.lock_at
    last = max((grant.until for grant in grants), default=None)
    if now <= lock_at or (last is not None and now <= last):
        return None
    if last is not None:
        return Lock("progress.grant_over", {"at": moment(lock_at), "until": moment(last)})
    return Lock("progress.locked", {"at": moment(lock_at)})
