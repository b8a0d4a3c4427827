"""Files behind reports, offered where the same unit is asked for papers again."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from chuangwen.kit.papers import Paper

from ..models import Evidence
from ..rules.states import HANDED_IN
from .reports import title_of

MOST = 200


def papers_of(unit_id: int) -> Iterator[Paper]:
    """The latest that the unit handed in; what it only drafted is none."""
    found = Evidence.objects.filter(item__report__unit=unit_id, item__state__in=HANDED_IN)
    rows = found.select_related("item__report__period__beat__following__plan_version")
    for one in rows.order_by("-added_at", "-pk")[:MOST]:
        period = one.item.report.period
        said = one.item.done_words or one.source or str(period.beat.following.plan_version)
        yield Paper(
            key=f"progress.evidence:{one.pk}",
            name=one.name,
            sha256=one.sha256,
            caption=f"{title_of(period)} · {said}"[:300],
            day=one.dated_on or timezone.localdate(one.added_at),
        )
