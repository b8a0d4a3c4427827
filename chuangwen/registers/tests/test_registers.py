"""A register through its pages: begun, filled, said how it stands, read by others."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores.errors import BadInput, Denied, Hidden, Stale
from chuangwen.kit import audit, clock
from chuangwen.kit.models import OutboxRow
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, make_unit, seat, sign_in

from .. import actions
from ..models import MemberMark, Register, RegisterMember
from ..rules.coverage import MarkState
from .world import BODIES, EARLIER, TODAY, make_register, make_town, mark

pytestmark = pytest.mark.django_db
YES, NO, UNKNOWN = MarkState


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_register_is_begun_filled_and_said_how_it_stands(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    make_town(cast)
    head = {"name": "移风易俗组织名录", "noun": "村", "keeper": "市城管局", "announced": "2"}
    begun = client.post("/registers/add/", head)
    register = Register.objects.get()
    assert begun["Location"] == f"/registers/{register.pk}/"
    for name in ("村民议事会", "红白理事会"):
        client.post(f"/registers/{register.pk}/add-column/", {"name": name, "required": "on"})
    client.post(f"/registers/{register.pk}/add-member/", {"name": "上坞村", "unit": "望江街道（东浦区）"})
    assert "尚无任何填报，不能计算覆盖率" in text(client, f"/registers/{register.pk}/")
    village = RegisterMember.objects.get()
    for column, state in zip(register.columns.all(), ("yes", "no"), strict=True):
        address = f"/registers/members/{village.pk}/marks/{column.pk}/"
        said = client.post(f"{address}?missing=1", {"state": state, "version": "0"})
        assert said["Location"] == f"/registers/{register.pk}/?missing=1#member-{village.pk}"
    page = text(client, f"/registers/{register.pk}/")
    assert "1 个村，0 个齐全（0\u202f%），1 个缺红白理事会。公布 2 个，列名 1 个，另有 1 个未列名。" in page
    assert set(MemberMark.objects.values_list("as_of", flat=True)) == {clock.today()}


def test_ten_villages_of_which_one_lacks_one_body_are_ninety_per_cent(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=10)
    sign_in(client, cast.observer)
    page = text(client, f"/registers/{register.pk}/")
    assert "10 个村，9 个齐全（90\u202f%），1 个缺红白理事会。" in page
    missing = text(client, f"/registers/{register.pk}/?missing=1")
    assert ("第1村" in missing, "第2村" in missing) == (True, False)
    assert "10 个村，9 个齐全（90\u202f%），1 个缺红白理事会。" in text(client, "/registers/")


def test_one_click_says_it_and_brings_the_row_and_the_sentence_back(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=3)
    village, column = register.members.get(name="第1村"), register.columns.get(name="红白理事会")
    sign_in(client, cast.urban_staff)
    response = client.post(
        f"/registers/members/{village.pk}/marks/{column.pk}/",
        {"state": "yes", "version": "1"},
        headers={"HX-Request": "true"},
    )
    fragment = response.content.decode()
    assert fragment.startswith(f'<tr id="member-{village.pk}">')
    assert '<p class="sheet judgement" id="judgement" hx-swap-oob="true">3 个村，3 个齐全' in fragment


def test_a_stale_click_changes_nothing_and_is_told_in_place(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=1)
    village, column = register.members.get(), register.columns.get(name="红白理事会")
    sign_in(client, cast.office)
    address = f"/registers/members/{village.pk}/marks/{column.pk}/"
    for headers in ({}, {"HX-Request": "true"}):
        assert client.post(address, {"state": "yes", "version": "0"}, headers=headers).status_code == 409
    assert village.marks.filter(column=column).get().state == NO


def test_what_is_typed_wrong_comes_back_with_a_sentence(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=1)
    village, column = register.members.get(), register.columns.get(name="村规民约")
    sign_in(client, cast.office)
    typed = {"state": "yes", "version": "1", "note": "已公示", "as_of": "2022-01-31", "since": "2022-02-01"}
    response = client.post(f"/registers/members/{village.pk}/marks/{column.pk}/", typed)
    page = response.content.decode()
    assert (response.status_code, "起始日期晚于数据日期" in page) == (422, True)
    assert all(word in page for word in ("已公示", "2022-01-31", "2022-02-01"))


def test_said_again_for_a_day_it_replaces_and_for_another_day_it_is_added(cast: Cast) -> None:
    register = make_register(cast, villages=1)
    mark(register, "第1村", "红白理事会", YES, note="三月成立")
    mark(register, "第1村", "红白理事会", NO, note="写错")
    marks = MemberMark.objects.filter(column__name="红白理事会")
    assert [(one.as_of, one.state, one.version) for one in marks] == [(TODAY, NO, 2), (EARLIER, NO, 1)]
    (entry, *_before) = audit.history(register.members.get())
    assert audit.sentence(entry) == "红白理事会：无（截至2022-03-31）"
    assert (entry.before["state"], entry.after["note"]) == ("yes", "写错")


def test_how_it_stood_on_an_earlier_day_is_not_changed_by_what_is_said_later(
    cast: Cast, client: Client
) -> None:
    register = make_register(cast, villages=10)
    mark(register, "第2村", "村规民约", NO)
    sign_in(client, cast.office)
    before = text(client, f"/registers/{register.pk}/?on=2022-03-30")
    assert "10 个村，9 个齐全（90\u202f%），1 个缺红白理事会。" in before
    assert '<button class="btn small" name="state"' not in before
    assert '<button class="btn small" name="state"' in text(client, f"/registers/{register.pk}/")
    after = text(client, f"/registers/{register.pk}/?on=2022-03-31")
    assert "8 个齐全（80\u202f%），2 个有缺项（红白理事会 1 个、村规民约 1 个）。" in after
    assert "尚无任何填报" in text(client, f"/registers/{register.pk}/?on=2021-12-30")


def test_coverage_of_an_area_is_of_what_lies_below_it(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=4)
    actions.add_member(actor=cast.office, register_id=register.pk, name="云村", unit_id=cast.river.pk)
    sign_in(client, cast.office)
    whole = text(client, f"/registers/{register.pk}/")
    assert "5 个村，3 个齐全（60\u202f%），1 个缺红白理事会，1 个情况不明。" in whole
    east = text(client, f"/registers/{register.pk}/?unit={cast.east.pk}")
    assert "4 个村，3 个齐全（75\u202f%），1 个缺红白理事会。" in east
    assert ">云村</a>" in whole and ">云村</a>" not in east
    river = text(client, f"/registers/{register.pk}/?unit={cast.river.pk}")
    assert "1 个村。尚无任何填报，不能计算覆盖率。" in river
    assert "5 个村，3 个齐全" in text(client, f"/registers/{register.pk}/?unit={cast.other_city.pk}")


def test_a_member_that_is_closed_counts_no_more_and_stays_to_be_read(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=3)
    village = register.members.get(name="第1村")
    sign_in(client, cast.urban_staff)
    typed = {"version": "1", "name": "第1村", "unit": "望江街道", "closed_on": "2022-01-01"}
    client.post(f"/registers/members/{village.pk}/change/", typed)
    page = text(client, f"/registers/{register.pk}/")
    assert "2 个村，2 个齐全（100\u202f%）。" in page
    assert f'<a href="/registers/members/{village.pk}/">第1村</a>' in page
    assert "今日不在册" in text(client, f"/registers/members/{village.pk}/")
    assert "撤销“第1村”，自2022-01-01起" in page
    assert "3 个村，2 个齐全" in text(client, f"/registers/{register.pk}/?on=2021-12-31")


def test_the_keeper_writes_an_area_says_and_others_read(cast: Cast) -> None:
    register = make_register(cast, villages=1)
    village, column = register.members.get(), register.columns.get(name="红白理事会")
    boss = seat("boss", "城管领导", cast.urban, Role.LEADER)
    community = seat("water", "佘区", make_unit(make_town(cast), "临波社区"), Role.COMMUNITY)
    for actor in (cast.urban_staff, cast.east_staff):
        mark(register, "第1村", "红白理事会", YES)
        said = sum(one.version for one in MemberMark.objects.filter(member=village, column=column))
        actions.set_mark(
            actor=actor,
            member_id=village.pk,
            column_id=column.pk,
            version=said,
            state=YES,
            as_of=TODAY,
            today=TODAY,
        )
    with pytest.raises(Denied):
        actions.add_member(actor=cast.east_staff, register_id=register.pk, name="x", unit_id=cast.east.pk)
    for actor in (cast.housing_staff, cast.observer, cast.leader, boss, community):
        with pytest.raises(Denied):
            actions.set_mark(
                actor=actor,
                member_id=village.pk,
                column_id=column.pk,
                version=9,
                state=NO,
                as_of=TODAY,
                today=TODAY,
            )
    for actor in (cast.administrator, cast.stranger, cast.seatless):
        with pytest.raises(Hidden):
            actions.add_member(actor=actor, register_id=register.pk, name="x", unit_id=cast.east.pk)
    with pytest.raises(Denied):
        actions.change_register(
            actor=cast.urban_staff,
            register_id=register.pk,
            version=1,
            name="x",
            noun="村",
            keeper_id=cast.housing.pk,
            announced=None,
        )


def test_names_codes_days_and_places_that_cannot_be_are_refused(cast: Cast) -> None:
    register, town = make_register(cast, villages=1), make_town(cast)
    abroad = make_unit(cast.other_city, "远街道")
    actions.add_member(actor=cast.office, register_id=register.pk, name="丙村", unit_id=town.pk, code="330")
    other: dict[str, Any] = {"actor": cast.office, "register_id": register.pk, "unit_id": town.pk}
    wrong: dict[str, dict[str, Any]] = {
        "registers.member_exists": {"name": "第1村"},
        "registers.code_taken": {"name": "乙村", "code": "330"},
        "registers.days_out_of_order": {"name": "乙村", "opened_on": TODAY, "closed_on": EARLIER},
    }
    for code, values in wrong.items():
        with pytest.raises(BadInput) as refused:
            actions.add_member(**other | values)
        assert refused.value.code == code
    with pytest.raises(Hidden):
        actions.add_member(**other | {"name": "乙村", "unit_id": abroad.pk})
    with pytest.raises(BadInput):
        actions.add_column(actor=cast.office, register_id=register.pk, name="红白理事会")
    with pytest.raises(BadInput):
        make_register(cast)
    with pytest.raises(BadInput):
        mark(register, "第1村", "红白理事会", YES, as_of=TODAY + timedelta(days=1))


def test_a_column_that_ends_is_asked_no_more_from_its_day(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=2)
    column = register.columns.get(name="红白理事会")
    sign_in(client, cast.office)
    typed = {"version": "1", "name": "红白理事会", "required": "on", "ends_on": "2022-02-01"}
    client.post(f"/registers/columns/{column.pk}/change/", typed)
    assert "2 个村，2 个齐全" in text(client, f"/registers/{register.pk}/?on=2022-02-01")
    assert "2 个村，1 个齐全" in text(client, f"/registers/{register.pk}/?on=2022-01-31")
    assert client.post(f"/registers/columns/{column.pk}/change/", typed).status_code == 409


def test_each_change_is_told_once_to_the_rooms_above(cast: Cast) -> None:
    register = make_register(cast, villages=1)
    told = OutboxRow.objects.filter(topic="sources.changed")
    told.delete()
    mark(register, "第1村", "红白理事会", YES)
    assert [row.values for row in told] == [{"source": "registers.coverage", "subject": register.pk}]
    told.delete()
    actions.add_member(actor=cast.office, register_id=register.pk, name="乙村", unit_id=cast.east.pk)
    assert {row.values["source"] for row in told} == {"registers.coverage", "registers.count"}
    with pytest.raises(Stale):
        mark(register, "第1村", "红白理事会", NO, version=0)
    assert told.count() == 2


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("page", "queries"), [("/registers/", 8), ("/registers/{}/", 10), ("/registers/{}/table/", 7)]
)
def test_a_register_costs_the_same_for_any_number_of_members(
    cast: Cast,
    client: Client,
    page: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    register = make_register(cast, villages=rows)
    sign_in(client, cast.office)
    with django_assert_num_queries(queries):
        assert client.get(page.format(register.pk)).status_code == 200


def test_a_dated_body_shows_since_when_it_is_there(cast: Cast, client: Client) -> None:
    register = make_register(cast, villages=1)
    mark(register, "第1村", "村规民约", YES, since=date(2022, 2, 1))
    sign_in(client, cast.leader)
    assert "始于2022 年 2 月 1 日" in text(client, f"/registers/{register.pk}/")
    assert len(BODIES) == register.columns.count()
