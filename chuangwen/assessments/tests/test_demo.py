"""The demo city has a locked round whose board stands in ranges, one in which units reply, one half marked."""

from datetime import datetime

import pytest
from django.test import override_settings

from chuangwen.cores.worktime import ZONE
from chuangwen.orgs import demo as orgs_demo
from chuangwen.orgs.actors import Actor
from chuangwen.points import demo as points_demo

from .. import demo, queries
from ..demo.city import City
from ..models import Cycle, Draw, Mark, Objection, Round, Visit
from ..queries.board import board
from ..queries.cycles import cycle_lines
from ..queries.locks import verified
from ..queries.replies import findings
from ..rules.sealing import unseal

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 7, 5, 9, tzinfo=ZONE)


def test_the_demo_city_has_its_rounds() -> None:
    """One load of the city for all that is asked of it."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        orgs_demo.load()
    points_demo.load()
    demo.load()
    demo.load()
    assert sorted(Round.objects.values_list("state", flat=True)) == [
        "locked",
        "locked",
        "marking",
        "replying",
    ]
    a_round_is_half_marked_and_its_draw_can_be_repeated()
    city = City.of(Round.objects.first().jurisdiction)  # type: ignore[union-attr]
    the_locked_round_has_a_board_with_ranges(city.lead)
    a_unit_may_still_object(city.who("东浦区"))
    the_cycle_has_two_years_and_official_results(city.lead)


def a_round_is_half_marked_and_its_draw_can_be_repeated() -> None:
    found = Round.objects.get(name=demo.NAME)
    assert (found.state, found.units.count(), found.teams.count()) == ("marking", 5, 2)
    states = set(Visit.objects.filter(round=found).values_list("state", flat=True))
    assert states == {"assigned", "marked", "accepted"}
    draw = Draw.objects.get(round=found)
    made = queries.drawn(draw, unseal(draw.sealed, demo.PASSPHRASE, draw.seed_sha256))
    opened = set(Visit.objects.filter(round=found).values_list("point__number", flat=True))
    assert {one.number for one in made.points} == opened and len(opened) >= 30
    lines, whole = queries.agreement_lines(found)
    assert lines and 10 < whole.n > whole.same
    assert set(found.filings.values_list("state", flat=True)) == {"asked", "filed", "returned", "accepted"}


def the_locked_round_has_a_board_with_ranges(office: Actor) -> None:
    found = Round.objects.get(name=demo.LOCKED)
    shown = {peers.name: peers.lines for peers in board(office, found, NOW).peers}
    places = {str(line.score.unit): (line.score.rank_first, line.score.rank_last) for line in shown["城区组"]}
    assert places == {"东浦区": (1, 2), "云河区": (1, 3), "北塘区": (2, 3)}
    assert all(
        line.final_low < line.score.final_nano < line.final_high  # type: ignore[operator]
        for line in shown["城区组"]
    )
    withheld = {str(line.score.unit): line.score.missing for line in shown["县市组"] if line.score.withheld}
    assert withheld == {"石桥市": ["survey"]}
    of_round = Mark.objects.filter(visit__round=found)
    assert of_round.filter(nano=None).exists() and of_round.filter(before__isnull=False).count() == 1
    capped = [one.key for one in City.of(found.jurisdiction).tree.items if one.title == "无大面积垃圾堆积"]
    assert of_round.filter(item__in=capped, nano=0, visit__state="accepted").exists()
    states = Objection.objects.filter(mark__visit__round=found).values_list("state", flat=True)
    assert sorted(states) == ["rejected", "rejected", "upheld", "withdrawn"]
    assert verified(found).same and found.draw.seed


def a_unit_may_still_object(unit: Actor) -> None:
    found = Round.objects.get(name=demo.REPLYING)
    assert unit.seat
    told = findings(unit, found, unit.seat.unit, NOW)
    assert told.open and told.reply is None and any(line.may_object for line in told.lines)


def the_cycle_has_two_years_and_official_results(office: Actor) -> None:
    lines = [
        line
        for _peers, found in cycle_lines(office, Cycle.objects.get(), NOW, goal_nano=9 * 10**10)
        for line in found
    ]
    assert [str(line.unit) for line in lines if line.cells[1].mock.nano is None] == ["石桥市"]
    assert all(line.cells[0].official and line.cells[0].mock.nano for line in lines) and len(lines) == 5
