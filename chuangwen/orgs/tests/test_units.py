from datetime import date

import pytest
from django.test import Client

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow, Stale
from chuangwen.kit import audit
from chuangwen.kit.models import AuditEntry
from chuangwen.orgs import actions, queries
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import NameKind, UnitKind, path_of
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, sign_in

DAY = date(2021, 4, 16)


def test_the_subtree_of_a_unit_is_a_range_of_paths(cast: Cast) -> None:
    street = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    community = make_unit(street, "渡口社区", kind=UnitKind.COMMUNITY)
    assert community.path == path_of(path_of(path_of(cast.city.path, cast.east.pk), street.pk), community.pk)
    assert list(Unit.objects.below(cast.east.path)) == [cast.east, street, community]
    assert queries.ancestors(community) == [cast.city, cast.east, street]
    assert cast.other_city not in Unit.objects.below(cast.city.path)


def test_the_campaign_office_adds_a_unit_on_its_page(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    values = {"kind": "subdistrict", "name": "望江街道", "opened_on": "2020-01-01"}
    page = client.post(f"/units/{cast.east.pk}/add-unit", values, follow=True)
    unit = Unit.objects.get(name="望江街道")
    assert (unit.parent, unit.opened_on) == (cast.east, date(2020, 1, 1))
    assert "望江街道" in page.content.decode()
    entry = audit.opened(AuditEntry.objects.all()[:1])[0]
    assert (entry.action, entry.person_name, entry.address) == ("orgs.unit_created", "林办", "127.0.0.1")


def test_what_was_typed_survives_a_refusal(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    page = client.post(
        f"/units/{cast.city.pk}/add-unit", {"kind": "district", "name": "东浦区", "code": "D1"}
    )
    assert page.status_code == 422
    assert 'value="D1"' in page.content.decode()
    assert not Unit.objects.filter(code="D1").exists()


def test_a_code_is_given_once(cast: Cast) -> None:
    actions.add_unit(actor=SYSTEM, parent_id=cast.east.pk, kind=UnitKind.OTHER, name="一", code="X")
    with pytest.raises(BadInput, match=r"orgs\.code_taken"):
        actions.add_unit(actor=SYSTEM, parent_id=cast.east.pk, kind=UnitKind.OTHER, name="二", code="X")


def test_a_new_name_leaves_the_one_before_as_an_old_name(cast: Cast) -> None:
    actions.rename_unit(
        actor=cast.office,
        unit_id=cast.urban.pk,
        version=1,
        name="云浦市城市运行局",
        short_name="",
        on=DAY,
        today=DAY,
    )
    old = cast.urban.names.get()
    assert (old.kind, old.name, old.ends_on) == (NameKind.OLD, "云浦市城市管理局", DAY)
    assert queries.match_name(cast.city, "城管局", DAY).how == "old"


def test_the_second_of_two_people_who_rename_is_told(cast: Cast) -> None:
    def rename(name: str) -> None:
        actions.rename_unit(
            actor=cast.office, unit_id=cast.urban.pk, version=1, name=name, short_name="", on=None, today=DAY
        )

    rename("云浦市城市运行局")
    with pytest.raises(Stale):
        rename("云浦市市容局")
    assert Unit.objects.get(pk=cast.urban.pk).name == "云浦市城市运行局"


def test_a_unit_closes_after_those_below_it(cast: Cast) -> None:
    street = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    with pytest.raises(NotAllowedNow, match=r"orgs\.units_below_are_open"):
        actions.close_unit(actor=cast.office, unit_id=cast.east.pk, version=1, on=DAY)
    for unit in (street, cast.east):
        actions.close_unit(actor=cast.office, unit_id=unit.pk, version=1, on=DAY)
    with pytest.raises(NotAllowedNow, match=r"orgs\.unit_is_closed"):
        actions.close_unit(actor=cast.office, unit_id=street.pk, version=2, on=DAY)


def test_a_name_is_added_and_removed_and_the_history_tells_both(cast: Cast, client: Client) -> None:
    sign_in(client, cast.administrator)
    client.post(f"/units/{cast.urban.pk}/add-name", {"kind": "alias", "name": "市综合执法局"})
    name = cast.urban.names.get()
    page = client.post(f"/units/{cast.urban.pk}/remove-name/{name.pk}", follow=True).content.decode()
    assert "添加名称“市综合执法局”" in page
    assert "删除名称“市综合执法局”" in page
    assert not cast.urban.names.exists()


def test_a_name_does_not_end_before_it_begins(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    values = {"kind": "old", "name": "市容局", "starts_on": "2020-01-01", "ends_on": "2019-01-01"}
    page = client.post(f"/units/{cast.urban.pk}/add-name", values)
    assert page.status_code == 422
    assert "此日早于起始日期" in page.content.decode()


def test_only_systems_found_a_jurisdiction(cast: Cast) -> None:
    with pytest.raises(Denied):
        actions.found_jurisdiction(actor=cast.office, kind=UnitKind.CITY, name="新市")


def test_search_finds_names_of_every_kind_and_all_its_words(cast: Cast) -> None:
    actions.add_name(actor=SYSTEM, unit_id=cast.urban.pk, kind=NameKind.OLD, name="市容局")
    for text in ("城管", "城市管理", "市容", "云浦 城市"):
        assert cast.urban in queries.units_like(cast.office, text)
    assert not queries.units_like(cast.stranger, "城管")
