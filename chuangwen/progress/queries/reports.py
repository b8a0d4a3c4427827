"""Reports as the desk and pages list them."""

from __future__ import annotations

from collections.abc import Collection

from chuangwen.orgs.actors import Actor

from .. import access


def titles_of_reports(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Plan and period of those reports that the actor may see, for the desk."""
    found = access.visible_reports(actor).filter(pk__in=ids)
    return {
        report.pk: f"{report.period.beat.following.plan_version} · {report.period.first_day:%Y-%m-%d} – "
        f"{report.period.last_day:%Y-%m-%d}"
        for report in found
    }
