"""Chiefs of a point. Names are people's, and stay out of the audit."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import PointChief
from ..rules.states import checked_term


@transaction.atomic
def add_chief(
    *,
    actor: Actor,
    point_id: int,
    kind: str,
    level: str,
    name: str,
    post: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> PointChief:
    """Somebody takes the point on. Raises Hidden, Denied; BadInput: no name, days out of order."""
    point = access.point_for_change(actor, point_id)
    if not name.strip():
        raise BadInput("points.name_missing")
    checked_term(starts_on, ends_on)
    chief = PointChief.objects.create(
        point=point,
        kind=kind,
        level=level,
        name=name.strip(),
        post=post.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record(
        actor, "points.chief_added", point, number=point.number, chief_kind=kind, chief_level=level, post=post
    )
    return chief


@transaction.atomic
def end_chief(*, actor: Actor, chief_id: int, version: int, ends_on: date) -> PointChief:
    """From `ends_on` on it is somebody else's. Raises Hidden, Denied, Stale; BadInput: before it began."""
    chief = access.chief_for_change(actor, chief_id)
    check_current(chief, version)
    checked_term(chief.starts_on, ends_on)
    chief.ends_on = ends_on
    save_if_current(chief, version, fields=["ends_on"])
    audit.record(
        actor,
        "points.chief_ended",
        chief.point,
        number=chief.point.number,
        chief_kind=chief.kind,
        chief_level=chief.level,
        ends_on=ends_on,
    )
    return chief
