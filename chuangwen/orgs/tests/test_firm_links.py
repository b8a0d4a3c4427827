"""Links by which firms and shops come in without an account: given, opened, revoked."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow
from chuangwen.kit import audit, clock, slots
from chuangwen.orgs import actions, scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.firm_door import OPENINGS
from chuangwen.orgs.models import FirmLink, Unit
from chuangwen.orgs.rules import Role, UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, seat, sign_in
from chuangwen.orgs.views.firms import firm_links_panel

OVER = "此链接无效或已失效"


@pytest.fixture
def shop(cast: Cast) -> Unit:
    community = make_unit(cast.east, "渡口社区", kind=UnitKind.COMMUNITY)
    return make_unit(community, "渡口便利店", kind=UnitKind.ENTERPRISE)


def make(actor: Actor, shop: Unit, now: datetime | None = None, days: int = 30) -> tuple[FirmLink, str]:
    at = now or clock.now()
    return actions.make_firm_link(
        actor=actor,
        unit_id=shop.pk,
        label="收银台",
        expires_at=at + timedelta(days=days),
        now=at,
        today=timezone.localdate(at),
    )


def test_a_link_is_shown_once_and_opens_the_page_of_its_firm(cast: Cast, client: Client, shop: Unit) -> None:
    sign_in(client, cast.office)
    until = (clock.today() + timedelta(days=30)).isoformat()
    made = client.post(f"/units/{shop.pk}/make-link", {"label": "收银台", "until": until})
    assert "no-store" in made["Cache-Control"]
    found = re.search(r"http://testserver(/firm/[\w-]+/)", made.content.decode())
    assert found
    token = found[1].split("/")[2]
    link = FirmLink.objects.get()
    assert token not in str(vars(link))
    page = client.get(f"/units/{shop.pk}/").content.decode()
    assert str(link) in page and token not in page
    assert f"为企业生成链接“{link}”" in page
    phone = Client()
    opened = phone.get(found[1])
    assert (opened.status_code, opened["Location"]) == (302, "/firm/")
    assert token not in str(dict(phone.session))
    firm = phone.get("/firm/").content.decode()
    assert "渡口便利店" in firm
    assert 'class="rail"' not in firm and "登录" not in firm
    link.refresh_from_db()
    assert link.last_used_at is not None


def test_the_page_of_the_firm_shows_no_rail_to_somebody_who_is_signed_in_as_well(
    cast: Cast, client: Client, shop: Unit
) -> None:
    sign_in(client, cast.office)
    client.get(f"/firm/{make(cast.office, shop)[1]}/")
    page = client.get("/firm/").content.decode()
    assert 'class="rail"' not in page and "林办" not in page
    assert client.get("/units/").status_code == 200


def test_each_gives_links_to_firms_of_its_reach(cast: Cast, shop: Unit) -> None:
    assert shop.parent is not None
    elsewhere = make_unit(cast.river, "云河饭店", kind=UnitKind.ENTERPRISE)
    community = seat("community", "佘区", shop.parent, Role.COMMUNITY)
    manager = seat("manager", "管浦", cast.east, Role.MANAGER)
    for actor in (community, manager, cast.office):
        assert make(actor, shop)[0].made_by == actor.person
    for actor in (community, manager, cast.leader, cast.east_staff, cast.administrator):
        with pytest.raises(Denied):
            make(actor, elsewhere)
    with pytest.raises(Hidden):
        make(cast.stranger, shop)
    with pytest.raises(NotAllowedNow, match=r"orgs\.no_firm"):
        make(cast.office, cast.urban)


def test_a_link_lasts_a_year_at_most_and_not_beyond_its_firm(cast: Cast, shop: Unit) -> None:
    for days in (0, 367):
        with pytest.raises(BadInput, match=r"orgs\.link_too_long"):
            make(cast.office, shop, days=days)
    actions.close_unit(actor=SYSTEM, unit_id=shop.pk, version=1, on=clock.today())
    with pytest.raises(NotAllowedNow, match=r"orgs\.unit_is_closed"):
        make(cast.office, shop)


def test_a_link_that_is_revoked_expired_or_of_a_firm_that_ended_opens_one_clear_page(
    cast: Cast, client: Client, shop: Unit
) -> None:
    link, token = make(cast.office, shop)
    client.get(f"/firm/{token}/")
    assert client.get("/firm/").status_code == 200
    sign_in(office := Client(), cast.office)
    assert office.post(f"/links/{link.pk}/revoke").status_code == 302
    assert office.post(f"/links/{link.pk}/revoke").status_code == 409
    assert "已吊销" in office.get(f"/units/{shop.pk}/").content.decode()
    _link, old = make(cast.office, shop, now=clock.now() - timedelta(days=31))
    closed = make_unit(cast.east, "旧书店", kind=UnitKind.ENTERPRISE)
    _link, ended = make(cast.office, closed)
    actions.close_unit(actor=SYSTEM, unit_id=closed.pk, version=1, on=clock.today())
    for address in ("/firm/", f"/firm/{token}/", f"/firm/{old}/", f"/firm/{ended}/", "/firm/none/"):
        page = client.get(address)
        assert page.status_code == 409, address
        assert OVER in page.content.decode()
        assert "登录" not in page.content.decode()


def test_a_link_ends_while_its_page_is_open(cast: Cast, client: Client, shop: Unit) -> None:
    link, token = make(cast.office, shop)
    client.get(f"/firm/{token}/")
    FirmLink.objects.filter(pk=link.pk).update(expires_at=clock.now())
    assert OVER in client.get("/firm/").content.decode()


def test_only_who_gives_links_there_revokes_them(cast: Cast, shop: Unit) -> None:
    link, _token = make(cast.office, shop)
    manager = seat("other", "管河", cast.river, Role.MANAGER)
    for actor in (manager, cast.leader, cast.administrator, cast.stranger):
        with pytest.raises(Hidden):
            actions.revoke_firm_link(actor=actor, link_id=link.pk, now=clock.now())


def test_too_many_wrong_links_from_one_address_are_stopped_and_right_ones_do_not_count(
    cast: Cast, client: Client, shop: Unit
) -> None:
    token = make(cast.office, shop)[1]
    for _ in range(3):
        assert client.get(f"/firm/{token}/").status_code == 302
    for _ in range(OPENINGS.tries):
        assert client.get("/firm/wrong/").status_code == 409
    page = client.get(f"/firm/{token}/")
    assert page.status_code == 429
    assert "尝试次数过多" in page.content.decode()


def test_a_browser_that_opens_a_link_gets_another_session(cast: Cast, client: Client, shop: Unit) -> None:
    """Else whoever planted the session in it could answer for the firm."""
    client.get("/firm/none/")
    client.session.save()
    planted = client.session.session_key
    client.get(f"/firm/{make(cast.office, shop)[1]}/")
    assert client.session.session_key != planted


def test_a_link_as_actor_reaches_nothing_by_itself(cast: Cast, shop: Unit) -> None:
    link, _token = make(cast.office, shop)
    firm = actions.use_firm_link(link_id=link.pk, address="", now=clock.now(), today=clock.today())
    assert (firm.role, firm.unit_id, firm.seat, firm.person_id) == (Role.FIRM, None, None, None)
    assert (firm.name, firm.seat_name) == (f"收银台 #{link.pk}", "渡口便利店·firm")
    assert not firm.is_system
    assert not [room for room in scopes.rooms() if scopes.sees(firm, room)]
    assert not scopes.units_in_scope(firm, "orgs").exists()


def test_the_audit_names_the_link_and_only_to_auditors_of_its_city(
    cast: Cast, client: Client, shop: Unit
) -> None:
    link, _token = make(cast.office, shop)
    firm = actions.use_firm_link(link_id=link.pk, address="", now=clock.now(), today=clock.today())
    audit.record(firm, "orgs.name_added", shop, name="便利店")
    assert audit.by(audit.history(shop)[0]) == f"收银台 #{link.pk}"
    home = seat("auditor", "申察", cast.city, Role.AUDIT_ADMINISTRATOR)
    abroad = seat("auditor2", "申外", cast.other_city, Role.AUDIT_ADMINISTRATOR)
    for actor, seen in [(home, True), (abroad, False)]:
        sign_in(client, actor)
        page = client.get("/audit/?action=orgs.name_added").content.decode()
        assert (f"收银台 #{link.pk}" in page) is seen
        assert ("渡口便利店 · 企业" in page) is seen


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_links_costs_the_same_for_any_number(
    cast: Cast,
    client: Client,
    shop: Unit,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slots, "_PANELS", {"orgs.unit": [firm_links_panel]})
    for _ in range(rows):
        make(cast.office, shop)
    sign_in(client, cast.office)
    with django_assert_num_queries(17):
        page = client.get(f"/units/{shop.pk}/").content.decode()
    assert page.count("收银台 #") >= rows
