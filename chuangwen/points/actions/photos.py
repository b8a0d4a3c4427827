"""Photos of a point."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePosixPath

from django.db import transaction
from django.utils import timezone

from chuangwen.cores import photos
from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit, files
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import PointPhoto

MOST_PHOTOS = 20


@transaction.atomic
def add_photo(
    *,
    actor: Actor,
    point_id: int,
    name: str,
    data: bytes,
    caption: str = "",
    taken_on: date | None = None,
    now: datetime,
) -> PointPhoto:
    """Keep a photo as it came, under its hash; twice the same is kept once.

    Raises Hidden, Denied; BadInput for what is no JPEG, PNG or WebP, for one too large or one too many.
    """
    point = access.point_for_change(actor, point_id)
    found = photos.checked(data)
    if taken_on is not None and taken_on > timezone.localdate(now):
        raise BadInput("points.day_to_come")
    sha256 = files.put(data)
    same = point.photos.filter(sha256=sha256).first()
    if same is not None:
        return same
    if point.photos.count() >= MOST_PHOTOS:
        raise BadInput("points.too_many_photos", most=MOST_PHOTOS)
    photo = PointPhoto.objects.create(
        point=point,
        sha256=sha256,
        name=PurePosixPath(name.replace("\\", "/")).name[-100:] or "photo",
        media_type=found.media_type,
        size=len(data),
        width=found.width,
        height=found.height,
        caption=caption.strip(),
        taken_on=taken_on,
        added_at=now,
        added_by=actor.person,
    )
    audit.record(actor, "points.photo_added", point, number=point.number, sha256=sha256)
    return photo


@transaction.atomic
def remove_photo(*, actor: Actor, photo_id: int) -> int:
    """Take a photo off its point; its bytes stay in the archive. The point's id. Raises Hidden, Denied."""
    photo = access.photo_for_change(actor, photo_id)
    point = photo.point
    audit.record(actor, "points.photo_removed", point, before={"sha256": photo.sha256}, number=point.number)
    photo.delete()
    return point.pk
