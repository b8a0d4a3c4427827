"""Who sees and keeps points.

Every seat that takes part in the campaign reads the points of its city (SCOPES); administrators see none. The
campaign office keeps all of them; staff of a unit keep those that lie in it or below it, and those of the
trade that it leads. Boundaries are the campaign office's. Another city's points are hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, SEATED, Role, Scope, path_range

from .models import Boundary, Point, PointChief, PointPhoto

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

Row = TypeVar("Row", bound=Model)
ROOM = "points"
SCOPES = {role: Scope.CITY for role in SEATED if role not in ADMINISTRATORS}
WRITERS = frozenset({Role.MANAGER, Role.UNIT_STAFF, Role.COMMUNITY})
JOINED = ("type", "unit", "lead_unit", "venue_unit")


def sees_points(actor: Actor) -> bool:
    return scopes.sees(actor, ROOM)


def require_seen(actor: Actor) -> None:
    """Raises Denied."""
    if not sees_points(actor):
        raise Denied


def keeps_all(actor: Actor) -> bool:
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def writes(actor: Actor) -> bool:
    """Whether there are points that the actor may enter."""
    return keeps_all(actor) or actor.role in WRITERS


def require_writer(actor: Actor) -> None:
    """Raises Denied."""
    if not writes(actor):
        raise Denied


def require_keeper_of_all(actor: Actor) -> None:
    """Raises Denied."""
    if not keeps_all(actor):
        raise Denied


def keeps(actor: Actor, unit: Unit, lead_unit: Unit) -> bool:
    """Whether the actor keeps points that lie in `unit` and whose trade `lead_unit` leads."""
    if keeps_all(actor):
        return True
    if actor.seat is None or actor.role not in WRITERS:
        return False
    return unit.path.startswith(actor.seat.unit.path) or lead_unit.path.startswith(actor.seat.unit.path)


def kept_by(actor: Actor) -> Q:
    """Filter for the points that the actor keeps."""
    if keeps_all(actor):
        return Q(pk__isnull=False)
    if actor.seat is None or actor.role not in WRITERS:
        return Q(pk__in=())
    first, end = path_range(actor.seat.unit.path)
    return Q(unit__path__gte=first, unit__path__lt=end) | Q(
        lead_unit__path__gte=first, lead_unit__path__lt=end
    )


def visible_points(actor: Actor) -> QuerySet[Point]:
    return Point.objects.filter(scopes.within(actor, ROOM, "jurisdiction"))


def visible_boundaries(actor: Actor) -> QuerySet[Boundary]:
    return Boundary.objects.filter(scopes.within(actor, ROOM, "unit")).select_related("unit")


def one_point(actor: Actor, point_id: int) -> Point:
    """Raises Hidden."""
    return _one(visible_points(actor).select_related("jurisdiction", "merged_into", *JOINED), point_id)


def one_photo(actor: Actor, photo_id: int) -> PointPhoto:
    """Raises Hidden."""
    photos = PointPhoto.objects.filter(scopes.within(actor, ROOM, "point__jurisdiction"))
    return _one(photos.select_related("point__unit", "point__lead_unit"), photo_id)


def point_for_change(actor: Actor, point_id: int) -> Point:
    """Raises Hidden, Denied."""
    return _kept(actor, one_point(actor, point_id))


def photo_for_change(actor: Actor, photo_id: int) -> PointPhoto:
    """Raises Hidden, Denied."""
    photo = one_photo(actor, photo_id)
    _kept(actor, photo.point)
    return photo


def chief_for_change(actor: Actor, chief_id: int) -> PointChief:
    """Raises Hidden, Denied."""
    chiefs = PointChief.objects.filter(scopes.within(actor, ROOM, "point__jurisdiction"))
    chief = _one(chiefs.select_related("point__unit", "point__lead_unit"), chief_id)
    _kept(actor, chief.point)
    return chief


def boundary_for_change(actor: Actor, boundary_id: int) -> Boundary:
    """Raises Hidden, Denied."""
    boundary = _one(visible_boundaries(actor), boundary_id)
    require_keeper_of_all(actor)
    return boundary


def _kept(actor: Actor, point: Point) -> Point:
    if not keeps(actor, point.unit, point.lead_unit):
        raise Denied
    return point


def _one(rows: QuerySet[Row], number: int) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Hidden
    return row
