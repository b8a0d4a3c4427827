"""Method × URL × role × relation over the whole URLconf; what is expected stands in access_table.txt."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django.template import Template
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker

from chuangwen.desk import registry
from chuangwen.desk.tests.world import BY_HAND
from chuangwen.kit.throttle import Throttle
from chuangwen.orgs import access, account_queries, middleware, queries
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import Role

from .access_table import METHODS, TABLE, View, read, views
from .access_world import World, cells, make_world, needless, wrong

pytestmark = pytest.mark.django_db
VIEWS = {view.name: view for view in views(get_resolver())}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for the module, taken back at its end."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(Throttle, "take", lambda self, key: "slot")
        patch.setattr(Template, "render", lambda self, context: "")  # what a page shows is tested elsewhere
        patch.setattr(registry, "_KINDS", registry._KINDS | {BY_HAND.code: BY_HAND})
        patch.setattr(middleware, "SEEN_EVERY", 10**9)  # seconds: what a log-in notes is taken back each time
        for room, name in ((queries, "seats_of"), (account_queries, "lacks_code")):
            patch.setattr(room, name, cache(getattr(room, name)))  # nobody's seat or log-in changes here
        patch.setattr(auth, "get_user", once_for_each_session(auth.get_user))
        yield make_world()
        transaction.set_rollback(True)


def once_for_each_session(get_user: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    known: dict[str | None, Any] = {}

    def found(request: HttpRequest) -> Any:
        key = request.session.session_key
        if key not in known:
            known[key] = get_user(request)
        return known[key]

    return found


def test_every_address_method_and_relation_has_its_row(world: World) -> None:
    rows = {(view.name, method, "own") for view in VIEWS.values() for method in METHODS}
    for view in VIEWS.values():
        for method in METHODS:
            if set(TABLE.get((view.name, method, "own"), {}).values()) - {405, 302}:
                rows |= {(view.name, method, relation) for relation in world.relations(view)}
    missing, gone = sorted(rows - TABLE.keys()), sorted(name for name, _, _ in TABLE if name not in VIEWS)
    assert (missing, gone) == ([], [])


@pytest.mark.parametrize("name", VIEWS)
def test_each_role_gets_what_the_table_says(world: World, name: str) -> None:
    found = wrong(world, VIEWS[name])
    assert not found, found


@pytest.mark.parametrize("name", VIEWS)
def test_other_methods_give_no_more_than_reading(world: World, name: str) -> None:
    read_as_office = TABLE[name, "GET", "own"]["campaign_office"]
    for method in ("DELETE", "PATCH"):
        assert world.ask(VIEWS[name], method, "own", "campaign_office") in {405, read_as_office}


def test_what_is_foreign_is_there_for_its_own_city(world: World) -> None:
    """Else its 404 would prove nothing."""
    for (name, method, relation), answers in TABLE.items():
        own = TABLE[name, method, "own"]["campaign_office"]
        if relation == "foreign" and method == "GET" and own == 200 and answers["campaign_office"] == 404:
            assert world.ask(VIEWS[name], "GET", "foreign", "abroad") == 200, name


def test_the_cells_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    number = sum(1 for view in VIEWS.values() for _ in cells(view))
    with capsys.disabled():
        asked = sum(not needless(cell) for view in VIEWS.values() for cell in cells(view))
        print(f"\naccess table: {number} cells, {asked} asked, {len(VIEWS)} addresses, {len(TABLE)} rows")
    assert number == sum(len(answers) for answers in TABLE.values())


def test_a_line_that_says_nothing_or_says_it_twice_is_refused() -> None:
    for text in (
        "home GET",
        "home GET own 200 nobody",
        "home GET own 200 keepers",
        "home GET own 200 *\n" * 2,
    ):
        with pytest.raises(ValueError):
            read(text)


def test_a_planted_view_without_its_check_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "require_keeper", lambda actor: None)
    assert wrong(world, VIEWS["orgs:add_group"])["GET orgs:add_group (own) as observer"] == "200, not 403"


def test_a_planted_foreign_answer_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "visible_units", lambda actor: Unit.objects.all())
    assert wrong(world, VIEWS["orgs:unit"])["GET orgs:unit (foreign) as leader"] == "200, not 404"


def test_a_planted_role_too_many_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "KEEPERS", access.KEEPERS | {Role.INSPECTOR})
    found = wrong(world, VIEWS["orgs:rename_unit"])
    assert found["GET orgs:rename_unit (peer) as inspector"] == "200, not 403"
    assert {cell.rpartition(" ")[2] for cell in found} == {"inspector"}


def test_a_new_address_without_rows_is_caught(world: World) -> None:
    new = View("orgs:planted", ("unit_id",))
    assert list(cells(new)) == []
    assert world.relations(new) == ["own", "peer", "foreign"]
