"""Whether a report may still be filled in, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chuangwen.kit.formats import moment

from ..models import UnitReport


@dataclass(frozen=True)
class Lock:
    """Why nothing can be typed: worded by its code."""

    code: str
    params: dict[str, str]


def lock_of(report: UnitReport, now: datetime) -> Lock | None:
    """None while it is open: until it is locked, and while a late grant runs."""
    lock_at = report.period.lock_at
    if now <= lock_at or report.grants.filter(until__gte=now).exists():
        return None
    last = report.grants.order_by("-until").first()
    if last is not None:
        return Lock("progress.grant_over", {"at": moment(lock_at), "until": moment(last.until)})
    return Lock("progress.locked", {"at": moment(lock_at)})
