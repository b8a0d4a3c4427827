"""Method × URL × role × relation. The URLconf gives the list; what is expected stands here by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from chuangwen.kit import audit, slots
from chuangwen.orgs.actions import add_group, add_post, make_token
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import PeerGroup, UnitContact, UnitName
from chuangwen.orgs.rules import NameKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, sign_in
from chuangwen.orgs.urls import urlpatterns

WHO = ["office", "administrator", "leader", "urban_staff", "observer", "stranger", "seatless", "anonymous"]

# 302 for the anonymous is the way to the sign-in page; the stranger is the campaign office of another city.
TABLE = """
view             method  office administrator leader urban_staff observer stranger seatless anonymous
sign_in          GET     302    302           302    302         302      302      302      200
sign_in          POST    302    302           302    302         302      302      302      422
sign_out         GET     405    405           405    405         405      405      405      302
sign_out         POST    302    302           302    302         302      302      302      302
profile          GET     200    200           200    200         200      200      200      302
profile          POST    422    422           422    422         422      422      422      302
change_phone     GET     405    405           405    405         405      405      405      302
change_phone     POST    302    302           302    302         302      302      302      302
reveal           GET     405    405           405    405         405      405      405      302
reveal           POST    200    200           404    200         404      404      404      302
change_password  GET     200    200           200    200         200      200      200      302
change_password  POST    422    422           422    422         422      422      422      302
choose_seat      GET     405    405           405    405         405      405      405      302
choose_seat      POST    302    302           302    302         302      302      302      302
choose_language  GET     405    405           405    405         405      405      405      405
choose_language  POST    302    302           302    302         302      302      302      302
audit_log        GET     403    403           403    403         403      403      403      302
audit_log        POST    405    405           405    405         405      405      405      302
tokens           GET     200    200           200    200         200      200      200      302
tokens           POST    405    405           405    405         405      405      405      302
make_token       GET     200    200           200    200         200      200      403      302
make_token       POST    422    422           422    422         422      422      403      302
revoke_token     GET     405    405           405    405         405      405      405      302
revoke_token     POST    404    404           404    302         404      404      404      302
log_ins          GET     200    200           200    200         200      200      200      302
log_ins          POST    405    405           405    405         405      405      405      302
end_log_in       GET     405    405           405    405         405      405      405      302
end_log_in       POST    404    404           404    404         404      404      404      302
invitation       GET     409    409           409    409         409      409      409      409
invitation       POST    409    409           409    409         409      409      409      409
open_invitation  GET     302    302           302    302         302      302      302      302
open_invitation  POST    405    405           405    405         405      405      405      405
accounts         GET     200    200           403    403         403      200      403      302
accounts         POST    405    405           405    405         405      405      405      302
invite           GET     405    405           405    405         405      405      405      302
invite           POST    200    200           403    403         403      404      403      302
remove_second_factor GET  405   405           405    405         405      405      405      302
remove_second_factor POST 403   403           403    403         403      403      403      302
unlock           GET     405    405           405    405         405      405      405      302
unlock           POST    403    403           403    403         403      403      403      302
people           GET     200    200           403    403         403      200      403      302
people           POST    405    405           405    405         405      405      405      302
add_person       GET     200    200           403    403         403      200      403      302
add_person       POST    422    422           403    403         403      422      403      302
person           GET     200    200           403    403         403      404      403      302
person           POST    405    405           405    405         405      405      405      302
give_seat        GET     200    403           403    403         403      404      403      302
give_seat        POST    422    403           403    403         403      404      403      302
close_account    GET     405    405           405    405         405      405      405      302
close_account    POST    302    302           403    403         403      404      403      302
reopen_account   GET     405    405           405    405         405      405      405      302
reopen_account   POST    302    302           403    403         403      404      403      302
end_seat         GET     200    403           404    404         404      404      404      302
end_seat         POST    422    403           404    404         404      404      404      302
name_deputy      GET     200    403           404    200         404      404      404      302
name_deputy      POST    422    403           404    422         404      404      404      302
incomplete_units GET     200    200           200    200         200      200      200      302
incomplete_units POST    405    405           405    405         405      405      405      302
add_contact      GET     200    200           403    403         403      404      404      302
add_contact      POST    422    422           403    403         403      404      404      302
change_contact   GET     200    200           403    403         403      404      404      302
change_contact   POST    422    422           403    403         403      404      404      302
make_firm_link   GET     409    403           403    403         403      404      404      302
make_firm_link   POST    409    403           403    403         403      404      404      302
revoke_firm_link GET     405    405           405    405         405      405      405      302
revoke_firm_link POST    404    404           404    404         404      404      404      302
open_firm_link   GET     409    409           409    409         409      409      409      409
open_firm_link   POST    405    405           405    405         405      405      405      405
firm             GET     409    409           409    409         409      409      409      409
firm             POST    405    405           405    405         405      405      405      405
roles            GET     200    200           200    200         200      200      200      302
roles            POST    405    405           405    405         405      405      405      302
units            GET     200    200           200    200         200      200      200      302
units            POST    405    405           405    405         405      405      405      302
unit             GET     200    200           200    200         200      404      404      302
unit             POST    405    405           405    405         405      405      405      302
add_unit         GET     200    200           403    403         403      404      404      302
add_unit         POST    422    422           403    403         403      404      404      302
add_name         GET     200    200           403    403         403      404      404      302
add_name         POST    422    422           403    403         403      404      404      302
remove_name      GET     405    405           405    405         405      405      405      302
remove_name      POST    302    302           403    403         403      404      404      302
rename_unit      GET     200    200           403    403         403      404      404      302
rename_unit      POST    422    422           403    403         403      404      404      302
close_unit       GET     200    200           403    403         403      404      404      302
close_unit       POST    422    422           403    403         403      404      404      302
change_codes     GET     200    200           403    403         403      404      404      302
change_codes     POST    422    422           403    403         403      404      404      302
set_end_date     GET     200    200           403    403         403      404      404      302
set_end_date     POST    422    422           403    403         403      404      404      302
unit_tree        GET     200    200           200    200         200      200      200      302
unit_tree        POST    405    405           405    405         405      405      405      302
pick_unit        GET     200    200           200    200         200      200      200      302
pick_unit        POST    405    405           405    405         405      405      405      302
move_unit        GET     200    200           403    403         403      404      404      302
move_unit        POST    422    422           403    403         403      404      404      302
merge_unit       GET     200    200           403    403         403      404      404      302
merge_unit       POST    422    422           403    403         403      404      404      302
peer_groups       GET    200    200           200    200         200      200      200      302
peer_groups       POST   405    405           405    405         405      405      405      302
add_peer_group    GET    200    200           403    403         403      200      403      302
add_peer_group    POST   422    422           403    403         403      422      403      302
change_peer_group GET    200    200           403    403         403      404      404      302
change_peer_group POST   422    422           403    403         403      404      404      302
remove_peers      GET    405    405           405    405         405      405      405      302
remove_peers      POST   422    422           403    403         403      404      404      302
delete_peer_group GET    405    405           405    405         405      405      405      302
delete_peer_group POST   422    422           403    403         403      404      404      302
groups           GET     200    200           200    200         200      200      200      302
groups           POST    405    405           405    405         405      405      405      302
add_group        GET     200    200           403    403         403      200      403      302
add_group        POST    422    422           403    403         403      422      403      302
change_group     GET     200    200           403    403         403      404      404      302
change_group     POST    422    422           403    403         403      404      404      302
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


def test_the_table_holds_every_address_of_the_room() -> None:
    assert {row[0] for row in ROWS} == {pattern.name for pattern in urlpatterns}
    assert HEAD[2:] == WHO


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_what_the_table_says(cast: Cast, client: Client, who: str) -> None:
    found = {}
    for view, method, *_ in ROWS:
        UnitName.objects.get_or_create(unit=cast.urban, kind=NameKind.ALIAS, name="市容局")
        client.logout()
        if who in cast.by_name():
            sign_in(client, cast.by_name()[who])
        found[view, method] = client.generic(method, address(cast, view)).status_code
    column = HEAD.index(who)
    assert found == {(row[0], row[1]): int(row[column]) for row in ROWS}


def address(cast: Cast, view: str) -> str:
    """The page of 市城管局: their own for `urban_staff`, a peer's for the others of the city."""
    if view == "remove_name":
        return reverse("orgs:remove_name", args=[cast.urban.pk, UnitName.objects.get().pk])
    if view == "revoke_token":
        return reverse("orgs:revoke_token", args=[token_of(cast.urban_staff)])
    if view == "change_contact":
        contact = UnitContact.objects.get_or_create(unit=cast.urban, kind="lead_office", name="市容管理处")[0]
        return reverse("orgs:change_contact", args=[contact.pk])
    if view in {"end_seat", "name_deputy"}:
        assert cast.urban_staff.seat is not None
        return reverse(f"orgs:{view}", args=[cast.urban_staff.seat.pk])
    if view in {"person", "give_seat", "close_account", "reopen_account"}:
        return reverse(f"orgs:{view}", args=[cast.urban_staff.person_id])
    if view in {"invite", "remove_second_factor"}:
        return reverse(f"orgs:{view}", args=[cast.urban_staff.person_id])
    if view in {"open_invitation", "end_log_in", "unlock", "open_firm_link", "revoke_firm_link"}:
        return reverse(f"orgs:{view}", args=[1])
    if view == "reveal":
        return reverse("orgs:reveal", args=[cast.urban_staff.person_id])
    if view in {"change_peer_group", "remove_peers", "delete_peer_group"}:
        group = PeerGroup.objects.get_or_create(jurisdiction=cast.city, name="城区")[0]
        return reverse(f"orgs:{view}", args=[group.pk])
    if view == "change_group":
        return reverse("orgs:change_group", args=[cast.districts.pk])
    of_a_unit = view in {"add_contact", "unit", "add_unit", "add_name", "rename_unit", "close_unit"}
    of_a_unit |= view in {"move_unit", "merge_unit", "set_end_date", "change_codes", "make_firm_link"}
    return reverse(f"orgs:{view}", args=[cast.urban.pk] if of_a_unit else [])


def token_of(actor: Actor) -> int:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    end = at + timedelta(days=30)
    return make_token(actor=actor, name="x", scopes=["orgs:read"], expires_at=end, now=at)[0].pk


def test_nobody_opens_a_unit_of_another_city(cast: Cast, client: Client) -> None:
    for who in WHO[:5]:
        sign_in(client, cast.by_name()[who])
        assert client.get(reverse("orgs:unit", args=[cast.other_city.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("page", "queries"),
    # session, person, seats; then the page's own
    [("/units/", 6), ("/units/?text=中学", 6), ("/units/{city}/", 16), ("/groups/", 6)],
)
def test_a_list_costs_the_same_for_any_number_of_rows(
    cast: Cast,
    client: Client,
    page: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slots, "_PANELS", {})  # what upper rooms show is theirs to count
    for number in range(rows):
        school = make_unit(cast.city, f"第{number}中学")
        add_group(actor=SYSTEM, jurisdiction_id=cast.city.pk, name=f"组{number}", members=[school])
        add_post(actor=SYSTEM, unit_id=cast.city.pk, title=f"副市长{number}", holder_name="高市")
    audit.record(
        cast.office, "orgs.name_added", cast.city, name="x"
    )  # a name to be decrypted for the history
    sign_in(client, cast.office)
    with django_assert_num_queries(queries):
        assert client.get(page.format(city=cast.city.pk)).content.count("中学".encode()) >= rows
