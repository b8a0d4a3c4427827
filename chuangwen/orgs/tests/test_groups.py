from datetime import date

import pytest
from django.test import Client

from chuangwen.cores.errors import Stale
from chuangwen.orgs import actions, queries
from chuangwen.orgs.models import UnitGroup
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, sign_in

DAY = date(2021, 4, 16)


def test_a_group_is_whoever_falls_under_it_on_the_day(cast: Cast) -> None:
    assert queries.group_members(cast.districts, DAY) == [cast.east, cast.river]
    actions.close_unit(actor=SYSTEM, unit_id=cast.river.pk, version=1, on=DAY)
    assert queries.group_members(cast.districts, DAY) == [cast.east]


def test_a_group_is_entered_by_kinds_and_by_names_as_people_know_them(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    values = {
        "name": "重点单位",
        "other_names": "各重点单位、重点部门",
        "kinds": ["district"],
        "members": "城管局\n",
    }
    assert client.post("/groups/add", values).status_code == 302
    group = UnitGroup.objects.get(name="重点单位")
    assert group.other_names == ["各重点单位", "重点部门"]
    assert queries.group_members(group, DAY) == [cast.urban, cast.east, cast.river]


def test_a_name_that_no_unit_has_is_named_and_what_was_typed_stays(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    page = client.post("/groups/add", {"name": "重点单位", "members": "市城管局\n市气象台"})
    assert page.status_code == 422
    said = page.content.decode()
    assert "没有唯一名为“市气象台”的单位" in said
    assert "市城管局\n市气象台" in said


def test_a_group_of_nobody_is_refused(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    assert client.post("/groups/add", {"name": "重点单位"}).status_code == 422


def test_the_page_changes_the_rule_and_tells_it_in_the_history(cast: Cast, client: Client) -> None:
    sign_in(client, cast.administrator)
    address = f"/groups/{cast.districts.pk}/change"
    values = {"version": 1, "name": "各区政府", "other_names": "各区", "members": "市城管局"}
    assert client.post(address, values).status_code == 302
    group = UnitGroup.objects.get(pk=cast.districts.pk)
    assert queries.group_members(group, DAY) == [cast.urban]
    assert "修改单位组规则" in client.get(address).content.decode()
    assert client.post(address, values).status_code == 409


def test_the_second_of_two_people_who_change_a_group_is_told(cast: Cast) -> None:
    def change(kind: UnitKind) -> None:
        actions.change_group(
            actor=cast.office,
            group_id=cast.districts.pk,
            version=1,
            name="各区政府",
            other_names=[],
            kinds=[kind],
            members=[],
        )

    change(UnitKind.COUNTY)
    with pytest.raises(Stale):
        change(UnitKind.ZONE)
    assert UnitGroup.objects.get(pk=cast.districts.pk).kinds == ["county"]
