"""Peer groups: who is compared with whom."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.kit import audit
from chuangwen.orgs import actions, peer_queries
from chuangwen.orgs.models import PeerGroup, Unit
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, sign_in

DAY = date(2021, 4, 16)


def add(cast: Cast, name: str, *units: Unit, kinds: tuple[UnitKind, ...] = ()) -> PeerGroup:
    return actions.add_peer_group(
        actor=cast.office, jurisdiction_id=cast.city.pk, name=name, units=units, kinds=kinds, today=DAY
    )


def members(group: PeerGroup) -> list[Unit]:
    return list(peer_queries.members_of(group, DAY))


def test_units_join_by_name_on_the_page_and_the_rest_is_listed(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    values = {"name": "城区", "units": "东浦区\n云河区（云浦市）\n"}
    page = client.post("/peer-groups/add", values, follow=True).content.decode()
    group = PeerGroup.objects.get()
    assert members(group) == [cast.east, cast.river]
    alone = page.partition('id="alone"')[2]
    assert "市城管局" in alone and "东浦区" not in alone
    assert "城区" in client.get(f"/units/{cast.east.pk}/").content.decode()
    page = client.get("/peer-groups/?kind=district").content.decode()
    assert "该类单位均已分组" in page


def test_units_of_a_kind_join_that_stand_in_no_group(cast: Cast) -> None:
    zone = make_unit(cast.city, "高新区", kind=UnitKind.ZONE)
    first = add(cast, "新区", zone)
    second = add(cast, "各区", cast.east, kinds=(UnitKind.DISTRICT, UnitKind.ZONE))
    assert (members(first), members(second)) == ([zone], [cast.east, cast.river])
    later = make_unit(cast.city, "北塘区", kind=UnitKind.DISTRICT)
    assert later not in members(second)
    assert list(peer_queries.units_without_peers(cast.office, "district", DAY)) == [later]


def test_a_unit_stands_in_one_group_of_its_own_city(cast: Cast) -> None:
    add(cast, "甲组", cast.east)
    with pytest.raises(BadInput, match=r"orgs\.in_other_peer_group"):
        add(cast, "乙组", cast.river, cast.east)
    with pytest.raises(BadInput, match=r"orgs\.other_city"):
        add(cast, "丙组", cast.other_city)
    with pytest.raises(BadInput, match=r"orgs\.peer_group_exists"):
        add(cast, "甲组")
    assert PeerGroup.objects.count() == 1


def test_a_group_is_renamed_and_grows_and_the_second_writer_is_told(cast: Cast) -> None:
    group = add(cast, "甲组", cast.east)
    add(cast, "乙组")
    change = {"actor": cast.office, "group_id": group.pk, "today": DAY}
    actions.change_peer_group(version=1, name="城区", units=[cast.river], **change)  # type: ignore[arg-type]
    assert members(PeerGroup.objects.get(name="城区")) == [cast.east, cast.river]
    with pytest.raises(Stale):
        actions.change_peer_group(version=1, name="区", **change)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=r"orgs\.peer_group_exists"):
        actions.change_peer_group(version=2, name="乙组", **change)  # type: ignore[arg-type]


def test_units_are_ticked_and_removed_and_an_empty_group_is_deleted(cast: Cast, client: Client) -> None:
    group = add(cast, "城区", cast.east, cast.river)
    sign_in(client, cast.office)
    at = f"/peer-groups/{group.pk}/"
    assert client.post(f"{at}remove-units", {"version": 1}).status_code == 422
    assert client.post(f"{at}delete", {"version": 1}).status_code == 409
    page = client.post(f"{at}remove-units", {"version": 1, "unit": cast.east.pk}, follow=True)
    assert members(group) == [cast.river]
    assert "将东浦区移出同类分组“城区”" in page.content.decode()
    assert "将东浦区移出同类分组“城区”" in client.get(f"/units/{cast.east.pk}/").content.decode()
    assert client.post(f"{at}remove-units", {"version": 1, "unit": cast.river.pk}).status_code == 409
    client.post(f"{at}remove-units", {"version": 2, "unit": cast.river.pk})
    assert client.post(f"{at}delete", {"version": 3}).status_code == 302
    assert not PeerGroup.objects.exists()


def test_a_closed_unit_keeps_no_group_from_being_deleted(cast: Cast) -> None:
    group = add(cast, "城区", cast.east)
    delete = {"actor": cast.office, "group_id": group.pk, "version": 1, "today": DAY}
    with pytest.raises(NotAllowedNow, match=r"orgs\.peer_group_not_empty"):
        actions.delete_peer_group(**delete)  # type: ignore[arg-type]
    actions.close_unit(actor=SYSTEM, unit_id=cast.east.pk, version=1, on=DAY)
    actions.delete_peer_group(**delete)  # type: ignore[arg-type]
    assert Unit.objects.get(pk=cast.east.pk).peer_group is None


def test_only_who_keeps_the_register_changes_a_group(cast: Cast) -> None:
    group = add(cast, "城区", cast.east)
    for actor, refused in [(cast.leader, Denied), (cast.urban_staff, Denied), (cast.stranger, Hidden)]:
        with pytest.raises(refused):
            actions.remove_peers(actor=actor, group_id=group.pk, version=1, unit_ids=[cast.east.pk])
    assert [entry.action for entry in audit.history(group)] == ["orgs.peer_group_added"]


def test_a_name_that_means_no_single_unit_is_told_and_stays(cast: Cast, client: Client) -> None:
    for above in (cast.east, cast.river):
        make_unit(above, "城关镇", kind=UnitKind.TOWN)
    sign_in(client, cast.office)
    page = client.post("/peer-groups/add", {"name": "镇", "units": "城关镇"})
    assert page.status_code == 422
    assert "没有唯一名为“城关镇”的单位" in page.content.decode()
    page = client.post("/peer-groups/add", {"name": "镇", "units": "城关镇（云河区）"}, follow=True)
    assert [str(unit.parent) for unit in members(PeerGroup.objects.get())] == ["云河区"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_cost_the_same_for_any_number_of_groups_and_units(
    cast: Cast, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        group = add(cast, f"第{number}组", make_unit(cast.city, f"第{number}局"))
        make_unit(cast.city, f"第{number}中学")
    grown = [make_unit(group.jurisdiction, f"第{number}处") for number in range(rows)]
    actions.change_peer_group(
        actor=cast.office, group_id=group.pk, version=1, name=group.name, units=grown, today=DAY
    )
    sign_in(client, cast.office)
    with django_assert_num_queries(7):
        page = client.get("/peer-groups/").content.decode()
    assert page.count("中学</a>") == rows and page.count("局</a>") == rows + 2
    with django_assert_num_queries(7):
        page = client.get(f"/peer-groups/{group.pk}/change").content.decode()
    assert page.count("处</a>") == rows
