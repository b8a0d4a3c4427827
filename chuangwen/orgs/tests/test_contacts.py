"""Deputy in charge, lead office and focal expert of a unit, and the units that lack one."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores.errors import Denied, Stale
from chuangwen.orgs import actions, contact_queries
from chuangwen.orgs.models import UnitContact
from chuangwen.orgs.rules import ContactKind, Role
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, seat, sign_in

DAY = date(2026, 3, 2)


def test_a_unit_is_complete_with_all_three_contacts_of_the_day(cast: Cast) -> None:
    for number, kind in enumerate(ContactKind):
        assert cast.urban in contact_queries.incomplete_units(cast.office, DAY), number
        actions.add_contact(actor=cast.office, unit_id=cast.urban.pk, kind=kind, name="市容管理处")
    assert cast.urban not in contact_queries.incomplete_units(cast.office, DAY)
    last = UnitContact.objects.latest("pk")
    actions.change_contact(
        actor=cast.office, contact_id=last.pk, version=1, name=last.name, starts_on=None, ends_on=DAY
    )
    assert cast.urban in contact_queries.incomplete_units(cast.office, DAY)
    assert cast.urban not in contact_queries.incomplete_units(cast.office, DAY - timedelta(days=1))
    with pytest.raises(Stale):
        actions.change_contact(
            actor=cast.office, contact_id=last.pk, version=1, name="x", starts_on=None, ends_on=None
        )


def test_only_departments_and_areas_of_the_own_city_are_listed(cast: Cast) -> None:
    listed = set(contact_queries.incomplete_units(cast.office, DAY))
    assert listed == {cast.office_unit, cast.urban, cast.housing, cast.east, cast.river}


def test_a_manager_enters_contacts_of_the_own_unit_alone(cast: Cast, client: Client) -> None:
    manager = seat("c-manager", "管局", cast.urban, Role.MANAGER)
    sign_in(client, manager)
    values = {"kind": "focal_expert", "name": "明小白"}
    assert client.post(f"/units/{cast.urban.pk}/add-contact", values).status_code == 302
    assert "明小白" in client.get(f"/units/{cast.urban.pk}/").content.decode()
    assert client.get(f"/contacts/{UnitContact.objects.get().pk}/change").status_code == 200
    with pytest.raises(Denied):
        actions.add_contact(
            actor=manager, unit_id=cast.housing.pk, kind=ContactKind.LEAD_OFFICE, name="办公室"
        )


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_any_number_of_rows(
    cast: Cast, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        unit = make_unit(cast.city, f"第{number}局")
        actions.add_contact(actor=SYSTEM, unit_id=unit.pk, kind=ContactKind.LEAD_OFFICE, name="办公室")
    sign_in(client, cast.office)
    with django_assert_num_queries(6):
        page = client.get("/units/incomplete/").content.decode()
    assert page.count("局</a>") >= rows
