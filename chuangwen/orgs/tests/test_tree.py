from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from chuangwen.cores.errors import BadInput, Hidden, NotAllowedNow, Stale
from chuangwen.orgs import actions, queries
from chuangwen.orgs.models import Seat, Unit, UnitMove
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.rules.initials import initials
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, sign_in

DAY = date(2021, 4, 16)


def move(cast: Cast, unit: Unit, to: Unit, version: int = 1) -> Unit:
    return actions.move_unit(actor=cast.office, unit_id=unit.pk, version=version, to_id=to.pk, on=DAY)


def test_a_unit_moves_with_all_below_it_and_keeps_where_it_stood(cast: Cast) -> None:
    street = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    community = make_unit(street, "渡口社区", kind=UnitKind.COMMUNITY)
    move(cast, street, cast.river)
    community.refresh_from_db()
    street.refresh_from_db()
    assert queries.ancestors(community) == [cast.city, cast.river, street]
    assert list(Unit.objects.below(cast.east.path)) == [cast.east]
    kept = UnitMove.objects.get()
    assert (kept.unit, kept.from_parent, kept.to_parent, kept.on) == (street, cast.east, cast.river, DAY)


def test_a_unit_does_not_move_below_itself_to_another_city_or_beside_its_name(cast: Cast) -> None:
    street = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    make_unit(cast.river, "望江街道", kind=UnitKind.SUBDISTRICT)
    with pytest.raises(BadInput, match=r"orgs\.below_itself"):
        move(cast, cast.east, street)
    with pytest.raises(BadInput, match=r"orgs\.unit_exists"):
        move(cast, street, cast.river)
    with pytest.raises(Hidden):
        move(cast, street, cast.other_city)
    with pytest.raises(BadInput, match=r"orgs\.other_city"):
        actions.move_unit(actor=SYSTEM, unit_id=street.pk, version=1, to_id=cast.other_city.pk, on=DAY)
    with pytest.raises(NotAllowedNow, match=r"orgs\.city_stays"):
        actions.merge_units(actor=SYSTEM, unit_id=street.pk, version=1, others=[(cast.city.pk, 1)], on=DAY)


def test_the_second_of_two_people_who_move_a_unit_is_told(cast: Cast) -> None:
    move(cast, cast.urban, cast.east)
    with pytest.raises(Stale):
        move(cast, cast.urban, cast.river)


def test_merged_units_end_and_leave_names_seats_and_units_to_the_one(cast: Cast) -> None:
    team = make_unit(cast.urban, "监察支队")
    actions.merge_units(
        actor=cast.office, unit_id=cast.housing.pk, version=1, others=[(cast.urban.pk, 1)], on=DAY
    )
    cast.urban.refresh_from_db()
    team.refresh_from_db()
    assert (cast.urban.closed_on, cast.urban.merged_into) == (DAY, cast.housing)
    assert team.parent == cast.housing
    assert queries.ancestors(team) == [cast.city, cast.housing]
    assert queries.match_name(cast.city, "市城管局", DAY).unit == cast.housing
    assert Seat.objects.get(person__username="urban").unit == cast.housing
    assert Unit.objects.get(pk=cast.housing.pk).version == 2


def test_a_temporary_group_is_open_until_its_day(cast: Cast) -> None:
    group = actions.add_unit(
        actor=SYSTEM, parent_id=cast.city.pk, kind=UnitKind.WORK_GROUP, name="专班", closed_on=DAY
    )
    assert group.is_open_on(date(2021, 4, 15))
    assert not group.is_open_on(DAY)


@pytest.mark.parametrize(
    ("names", "letters"),
    [(("东浦区",), "dpq"), (("云浦市城市管理局", "市城管局"), "ypscsglj scgj"), (("",), "")],
)
def test_initials_are_those_of_the_pinyin(names: tuple[str, ...], letters: str) -> None:
    assert initials(*names) == letters


@pytest.mark.parametrize("text", ["东浦", "dpq", "DPQ"])
def test_the_picker_finds_by_name_and_initials_what_the_actor_sees(
    cast: Cast, client: Client, text: str
) -> None:
    sign_in(client, cast.office)
    assert "东浦区（云浦市）" in client.get("/units/pick/", {"to": text}).content.decode()
    sign_in(client, cast.stranger)
    assert "东浦区" not in client.get("/units/pick/", {"to": text}).content.decode()


@pytest.mark.parametrize("typed", ["东浦区", "dpq", "东浦区（云浦市）"])
def test_a_unit_moves_on_its_page_which_says_from_where(cast: Cast, client: Client, typed: str) -> None:
    sign_in(client, cast.office)
    form = {"version": 1, "to": typed, "on": "2021-04-16"}
    page = client.post(f"/units/{cast.urban.pk}/move", form, follow=True).content.decode()
    cast.urban.refresh_from_db()
    assert cast.urban.parent == cast.east
    assert f'<a href="/units/{cast.city.pk}/">云浦市</a> <span class="muted small">2021 年 4 月 16 日' in page


def test_a_name_that_nobody_has_is_told_and_stays_in_the_form(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    form = {"version": 1, "to": "无此区", "on": "2021-04-16"}
    page = client.post(f"/units/{cast.urban.pk}/move", form)
    assert page.status_code == 422
    assert 'value="无此区"' in page.content.decode()


def test_both_pages_of_a_merger_name_the_other(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    form = {"version": 1, "other": "市城管局", "on": "2021-04-16"}
    page = client.post(f"/units/{cast.housing.pk}/merge", form, follow=True).content.decode()
    assert f"/units/{cast.urban.pk}/" in page
    assert f"/units/{cast.housing.pk}/" in client.get(f"/units/{cast.urban.pk}/").content.decode()


def test_a_branch_of_the_tree_opens_alone_or_as_a_page(cast: Cast, client: Client) -> None:
    make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    sign_in(client, cast.office)
    assert "望江街道" not in client.get("/units/tree/").content.decode()
    page = client.get(f"/units/tree/?at={cast.east.pk}").content.decode()
    branch = client.get(f"/units/tree/?at={cast.east.pk}", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert branch.startswith("<li>")
    assert "望江街道" in page and "望江街道" in branch


def folder(path: Path, streets: str) -> Path:
    for name, rows in {
        "provinces.csv": "98,海东省",
        "cities.csv": "9801,云浦市",
        "areas.csv": "980102,东浦区",
        "streets.csv": streets,
    }.items():
        (path / name).write_text(f"code,name\n{rows}\n", encoding="utf-8")
    return path


@pytest.mark.django_db
def test_divisions_stand_under_the_code_that_begins_their_own(tmp_path: Path) -> None:
    out = StringIO()
    call_command("import_divisions", folder(tmp_path, "980102001,望江街道\n980102100,渡口镇"), stdout=out)
    street = Unit.objects.get(division_code="980102001")
    assert (street.kind, street.initials) == (UnitKind.SUBDISTRICT, "wjjd")
    assert [unit.name for unit in queries.ancestors(street)] == ["海东省", "云浦市", "东浦区"]
    with pytest.raises(CommandError):
        call_command("import_divisions", tmp_path)


@pytest.mark.django_db
def test_a_wrong_row_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"streets\.csv:3"):
        call_command("import_divisions", folder(tmp_path, "980102001,望江街道\n990102001,渡口镇"))
    assert not Unit.objects.exists()
