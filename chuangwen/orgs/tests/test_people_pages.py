"""The pages on which accounts are opened, seats given and ended, deputies named."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.kit import clock, slots
from chuangwen.orgs import queries, scopes
from chuangwen.orgs.models import Deputy, Person, Seat
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, seat, sign_in


def test_an_account_is_opened_and_seated_by_two_administrators(cast: Cast, client: Client) -> None:
    sign_in(client, cast.administrator)
    values = {"name": "新来", "username": "xinlai", "unit": "市城管局"}
    answer = client.post("/people/add", values)
    person = Person.objects.get(username="xinlai")
    assert answer.headers["Location"] == f"/people/{person.pk}/"
    assert not person.has_usable_password()
    assert client.post("/people/add", values).status_code == 422
    assert client.get(f"/people/{person.pk}/give-seat").status_code == 403
    sign_in(client, seat("p-security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR))
    assert client.get("/people/add").status_code == 403
    given = client.post(f"/people/{person.pk}/give-seat", {"unit": "城市管理局", "role": "unit_staff"})
    assert given.status_code == 302
    assert [seat.unit for seat in queries.seats_of(person, clock.today())] == [cast.urban]


def test_a_manager_is_offered_own_roles_and_refused_other_units_with_what_was_typed(
    cast: Cast, client: Client
) -> None:
    sign_in(client, seat("p-manager", "管局", cast.urban, Role.MANAGER))
    person = cast.urban_staff.person_id
    page = client.get(f"/people/{person}/give-seat").content.decode()
    assert 'value="community"' in page
    assert 'value="leader"' not in page
    values = {"unit": "市住建局", "role": "unit_staff"}
    assert client.post(f"/people/{person}/give-seat", values).status_code == 403
    refused = client.post(f"/people/{person}/give-seat", {"unit": "没有的局", "role": "unit_staff"})
    assert refused.status_code == 422
    assert "没有的局" in refused.content.decode()
    assert client.get(f"/people/{cast.housing_staff.person_id}/").status_code == 404


def test_the_list_holds_the_own_people_and_is_searched_by_name_or_account(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    page = client.get("/people/").content.decode()
    assert "程管" in page
    assert "岚同" not in page
    found = client.get("/people/?text=urban").content.decode()
    assert "程管" in found
    assert "朱建" not in found
    sign_in(client, seat("p-manager", "管局", cast.urban, Role.MANAGER))
    page = client.get("/people/").content.decode()
    assert "程管" in page
    assert "朱建" not in page


def test_a_seat_is_ended_and_an_administrators_seat_refused_on_the_page(cast: Cast, client: Client) -> None:
    assert cast.urban_staff.seat is not None and cast.urban_staff.person is not None
    sign_in(client, seat("p-security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR))
    give = f"/people/{cast.urban_staff.person.pk}/give-seat"
    refused = client.post(give, {"unit": "云浦市", "role": "audit_administrator"})
    assert refused.status_code == 422
    today = clock.today()
    end = f"/seats/{cast.urban_staff.seat.pk}/end"
    assert client.post(end, {"on": today.isoformat()}).status_code == 302
    assert client.post(end, {"on": today.isoformat()}).status_code == 422
    values = {"unit": "云浦市", "role": "audit_administrator", "starts_on": today.isoformat()}
    assert client.post(give, values).status_code == 302
    assert queries.seats_of(cast.urban_staff.person, today - timedelta(days=1))


def test_a_holder_names_a_deputy_by_account_who_then_switches_from_every_page(
    cast: Cast, client: Client
) -> None:
    assert cast.urban_staff.seat is not None
    sign_in(client, cast.urban_staff)
    days = {"starts_on": clock.today().isoformat()}
    days["ends_on"] = (clock.today() + timedelta(days=5)).isoformat()
    address = f"/seats/{cast.urban_staff.seat.pk}/deputy"
    assert client.post(address, days | {"person": "stranger"}).status_code == 422
    assert client.post(address, days | {"person": "housing"}).headers["Location"] == "/profile/"
    assert Deputy.objects.get().person == cast.housing_staff.person
    assert b"seat-switch" not in client.get("/units/").content
    sign_in(client, cast.housing_staff)
    page = client.get("/units/").content.decode()
    assert "seat-switch" in page
    assert f'<option value="{cast.urban_staff.seat.pk}"' in page


def test_the_page_of_roles_has_every_role_and_room(cast: Cast, client: Client) -> None:
    sign_in(client, cast.urban_staff)
    page = client.get("/roles/").content.decode()
    assert page.count('<th scope="row">') == len(Role)
    assert page.count('<th scope="col">') == len(scopes.rooms()) + 1


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("page", "number"), [("/people/", 6), ("/people/{person}/", 11)])
def test_a_list_costs_the_same_for_any_number_of_rows(
    cast: Cast,
    client: Client,
    page: str,
    number: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slots, "_PANELS", {})  # what upper rooms show is theirs to count
    person = cast.urban_staff.person
    assert person is not None
    for count in range(rows):
        other = seat(f"many{count}", f"众{count}", cast.urban)
        held = Seat.objects.create(person=person, unit=cast.east, role=Role.MANAGER)
        days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=5)}
        assert other.person is not None
        Deputy.objects.create(seat=held, person=other.person, **days)
    sign_in(client, cast.office)
    with django_assert_num_queries(number):
        assert client.get(page.format(person=cast.urban_staff.person_id)).status_code == 200
