"""The demo city has a round that is half marked, and whose draw can be repeated."""

import pytest
from django.test import override_settings

from chuangwen.orgs import demo as orgs_demo
from chuangwen.points import demo as points_demo

from .. import demo, queries
from ..models import Draw, Round, Visit
from ..rules.sealing import unseal

pytestmark = pytest.mark.django_db


def test_the_demo_city_has_a_round_half_marked() -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        orgs_demo.load()
    points_demo.load()
    demo.load()
    demo.load()
    found = Round.objects.get()
    assert (found.state, found.units.count(), found.teams.count()) == ("marking", 5, 2)
    states = set(Visit.objects.values_list("state", flat=True))
    assert states == {"assigned", "marked", "accepted"}
    draw = Draw.objects.get()
    made = queries.drawn(draw, unseal(draw.sealed, demo.PASSPHRASE, draw.seed_sha256))
    opened = set(Visit.objects.values_list("point__number", flat=True))
    assert {one.number for one in made.points} == opened and len(opened) >= 30
    lines, whole = queries.agreement_lines(found)
    assert lines and whole.n > 10
