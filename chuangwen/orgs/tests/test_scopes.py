"""How far roles see, on a room of tests alone; the access table of its plain and its covert notes."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from chuangwen.orgs import scopes
from chuangwen.orgs.models import Unit
from chuangwen.orgs.models.units import PeerGroup
from chuangwen.orgs.rules import ADMINISTRATORS, Role, Scope, UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, seat, sign_in

from .room import open_room
from .room.access import visible_notes
from .room.models import Note

# The note of 市城管局, that of a unit below it, that of a peer, that of another city; then the same, covert.
TABLE = """
who            own below peer foreign covert covert-foreign
office         200 200   200  404     404    404
manager        200 200   404  404     404    404
urban_staff    200 404   404  404     404    404
housing_staff  404 404   200  404     404    404
leader         404 404   404  404     404    404
observer       404 404   404  404     404    404
administrator  404 404   404  404     404    404
security       404 404   404  404     404    404
audit          404 404   404  404     404    404
reviewer       200 404   200  404     404    404
inspector      200 200   200  404     200    404
stranger       404 404   404  200     404    404
seatless       404 404   404  404     404    404
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture
def notes(cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Note]]:
    monkeypatch.setattr(scopes, "_ROOMS", scopes.rooms())
    open_room()
    settings.ROOT_URLCONF = "chuangwen.orgs.tests.room.urls"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_room_note (id bigint PRIMARY KEY, unit_id bigint, covert boolean)")
    below = make_unit(cast.urban, "市政设施管理处", kind=UnitKind.OTHER)
    peers = PeerGroup.objects.create(jurisdiction=cast.city, name="窗口单位")
    Unit.objects.filter(pk__in=[cast.urban.pk, cast.housing.pk]).update(peer_group=peers)
    places = {
        "own": (cast.urban, False),
        "below": (below, False),
        "peer": (cast.housing, False),
        "foreign": (cast.other_city, False),
        "covert": (cast.urban, True),
        "covert-foreign": (cast.other_city, True),
    }
    yield {
        name: Note.objects.create(pk=number, unit=unit, covert=covert)
        for number, (name, (unit, covert)) in enumerate(places.items(), 1)
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_room_note")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_role_gets_of_the_room_what_the_table_says(
    cast: Cast, notes: dict[str, Note], client: Client, row: list[str]
) -> None:
    actors = cast.by_name() | {
        "manager": seat("r-manager", "管局", cast.urban, Role.MANAGER),
        "security": seat("r-security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR),
        "audit": seat("r-audit", "审计", cast.city, Role.AUDIT_ADMINISTRATOR),
        "reviewer": seat("r-reviewer", "复核", Unit.objects.get(pk=cast.urban.pk), Role.REVIEWER),
        "inspector": seat("r-inspector", "查访", cast.office_unit, Role.INSPECTOR),
    }
    sign_in(client, actors[row[0]])
    found = [client.get(f"/room/{notes[name].pk}/").status_code for name in HEAD[1:]]
    assert found == [int(cell) for cell in row[1:]]


def test_a_system_sees_what_it_must_work_on(notes: dict[str, Note]) -> None:
    assert visible_notes(SYSTEM).count() == len(notes)


def test_what_no_room_declared_nobody_sees(cast: Cast) -> None:
    for actor in cast.by_name().values():
        assert not scopes.sees(actor, "unheard_of")
        assert not scopes.units_in_scope(actor, "unheard_of").exists()


def test_administrators_see_units_and_people_and_no_business() -> None:
    for name, room in scopes.rooms().items():
        if not name.startswith("orgs"):
            assert not room.scopes.keys() & ADMINISTRATORS, name


def test_firms_and_citizens_see_no_room() -> None:
    for room in scopes.rooms():
        assert scopes.scope_of(Role.FIRM, room) == scopes.scope_of(Role.CITIZEN, room) == Scope.NONE
