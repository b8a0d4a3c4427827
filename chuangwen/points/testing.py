"""Points for tests of this room and of those above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chuangwen.orgs.testing import SYSTEM, Cast
from chuangwen.standards.testing import make_types

from . import actions
from .actions import Facts
from .models import Point

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

WEST, SOUTH = 120.5, 31.3  # where points made here begin to stand


def make_point(cast: Cast, *, type_code: str = "JMSC", unit: Unit | None = None, **facts: Any) -> Point:
    """A market of 东浦区, led by 市城管局, unless `unit` and `facts` say otherwise; the system enters it."""
    values = {"name": "望江农贸市场", "lead_unit_id": cast.urban.pk, **facts}
    return actions.add_point(
        actor=SYSTEM,
        jurisdiction_id=cast.city.pk,
        facts=Facts(type_id=make_types(cast)[type_code].pk, unit_id=(unit or cast.east).pk, **values),
    )


def make_points(
    cast: Cast, count: int, *, type_code: str = "JMSC", unit: Unit | None = None, **facts: Any
) -> list[Point]:
    """Many at once, numbered in their names, each about a kilometre from the next; without audit rows."""
    where = unit or cast.east
    kind = make_types(cast)[type_code]
    first = Point.objects.filter(jurisdiction=cast.city).count() + 1
    return Point.objects.bulk_create(
        Point(
            jurisdiction=cast.city,
            number=f"{number:04}",
            type=kind,
            name=f"{kind.name}{number}号",
            unit=where,
            lead_unit=cast.urban,
            lon_e7=round((WEST + number % 100 / 100) * 1e7),
            lat_e7=round((SOUTH + number // 100 / 100) * 1e7),
            **facts,
        )
        for number in range(first, first + count)
    )
