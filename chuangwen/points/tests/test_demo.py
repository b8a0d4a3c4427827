"""The demo city has its points, each inside the town that it names."""

import pytest
from django.test import override_settings

from chuangwen.orgs import demo as orgs_demo
from chuangwen.orgs.access import visible_units

from .. import demo, queries
from ..models import Boundary, Point, PointChief
from ..queries import Territory

pytestmark = pytest.mark.django_db


def test_the_demo_city_has_some_hundred_points_where_its_towns_are() -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        orgs_demo.load()
    demo.load()
    demo.load()
    points = list(Point.objects.select_related("unit", "lead_unit"))
    assert (len(points), Boundary.objects.count(), PointChief.objects.count()) == (117, 16, 8)
    territory = Territory(visible_units(demo.ACTOR).get(parent=None))
    elsewhere = [
        point.name
        for point in points
        if point.lon_e7 is not None and territory.unit_at(point.lon_e7, point.lat_e7) != point.unit
    ]
    assert elsewhere == []
    assert len({point.type_id for point in points}) == 25
    assert [str(one) for pair in queries.proposed_pairs(demo.ACTOR) for one in (pair.one, pair.other)] == [
        "望江农贸市场",
        "望江路农贸市场",
    ]
    assert sorted(point.status for point in points if point.status != "open") == [
        "closed",
        "suspended",
        "suspended",
    ]
