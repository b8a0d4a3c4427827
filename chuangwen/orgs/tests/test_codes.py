"""A unit's own code and its division code, by hand."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from chuangwen.cores.errors import BadInput, NotAllowedNow, Stale
from chuangwen.orgs import actions, queries
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import NameKind, UnitKind
from chuangwen.orgs.rules.divisions import plain_code
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, sign_in

DAY = date(2021, 4, 16)


def change(cast: Cast, unit: Unit, division_code: str, since: date | None = None, **values: Any) -> Unit:
    unit.refresh_from_db()
    values = {"actor": cast.office, "version": unit.version, "code": unit.code, "today": DAY, **values}
    return actions.change_codes(unit_id=unit.pk, division_code=division_code, since=since, **values)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", ""),
        ("98", "98"),
        ("9801", "9801"),
        (" 980 102 ", "980102"),
        ("９８０１０２００１", "980102001"),
        ("980102001005", "980102001005"),
        ("980", None),
        ("98010", None),
        ("98010A", None),
        ("九八", None),
    ],
)
def test_a_division_code_has_the_digits_of_a_level(typed: str, code: str | None) -> None:
    assert plain_code(typed) == code


def test_the_former_code_stays_with_its_period_and_finds_the_unit(cast: Cast) -> None:
    change(cast, cast.east, "980102", date(2010, 1, 1))
    change(cast, cast.east, "980112", DAY)
    former = cast.east.names.get()
    assert (former.kind, former.name) == (NameKind.CODE, "980102")
    assert (former.starts_on, former.ends_on) == (date(2010, 1, 1), DAY)
    for text in ("980102", "980112"):
        assert list(queries.units_like(cast.office, text)) == [cast.east]


def test_a_code_that_comes_back_keeps_its_first_day(cast: Cast) -> None:
    for code, since in [("980102", 2010), ("980112", 2015), ("980102", 2018), ("980122", 2020)]:
        change(cast, cast.east, code, date(since, 1, 1))
    kept = cast.east.names.get(name="980102")
    assert (kept.starts_on, kept.ends_on) == (date(2010, 1, 1), date(2020, 1, 1))


def test_a_code_is_taken_away_and_needs_no_other(cast: Cast) -> None:
    change(cast, cast.east, "980102", date(2010, 1, 1))
    zone = change(cast, cast.east, "", DAY)
    assert (zone.division_code, zone.division_code_from) == ("", None)
    assert cast.east.names.get().ends_on == DAY


def test_two_open_units_of_a_city_never_share_a_code(cast: Cast) -> None:
    change(cast, cast.east, "980102")
    with pytest.raises(BadInput, match=r"orgs\.division_code_taken"):
        change(cast, cast.river, "980102")
    change(cast, cast.east, "980102", code="D1")
    with pytest.raises(BadInput, match=r"orgs\.code_taken"):
        change(cast, cast.river, "", code="D1")
    change(cast, cast.other_city, "980102", actor=SYSTEM)
    actions.close_unit(actor=SYSTEM, unit_id=cast.east.pk, version=3, on=DAY)
    assert change(cast, cast.river, "980102").division_code == "980102"


def test_what_is_no_code_or_no_period_is_refused_and_a_stale_page_is_told(cast: Cast) -> None:
    with pytest.raises(BadInput, match=r"orgs\.no_division_code"):
        change(cast, cast.east, "98010")
    change(cast, cast.east, "980102", DAY)
    with pytest.raises(BadInput, match=r"orgs\.period_empty"):
        change(cast, cast.east, "980112", DAY)
    with pytest.raises(Stale):
        change(cast, cast.east, "980112", version=1)
    actions.close_unit(actor=SYSTEM, unit_id=cast.east.pk, version=2, on=DAY)
    with pytest.raises(NotAllowedNow, match=r"orgs\.unit_is_closed"):
        change(cast, cast.east, "980112")


def test_the_page_changes_both_codes_and_warns_where_the_unit_above_begins_otherwise(
    cast: Cast, client: Client
) -> None:
    street = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    change(cast, cast.city, "9801")
    sign_in(client, cast.office)
    address = f"/units/{street.pk}/change-codes"
    values = {"version": 1, "code": "WJ", "division_code": "980102001", "since": "2021-04-16"}
    page = client.post(address, values, follow=True).content.decode()
    assert "980102001" in page and "2021 年 4 月 16 日 起" in page
    assert "单位代码 WJ，区划代码 980102001" in page
    assert "请核对" not in page
    values |= {"version": 2, "division_code": "970102001", "since": "2022-01-01"}
    page = client.post(address, values, follow=True).content.decode()
    assert "已保存，但上级单位的区划代码为 9801" in page
    assert Unit.objects.get(pk=street.pk).division_code == "970102001"
    assert client.post(address, values | {"version": 3, "since": "2999-01-01"}).status_code == 422


@pytest.mark.parametrize("typed", ["980102", "980112", "市容局"])
def test_the_picker_finds_by_an_old_code_and_the_browser_keeps_what_it_found(
    cast: Cast, client: Client, typed: str
) -> None:
    change(cast, cast.east, "980102")
    change(cast, cast.east, "980112")
    actions.add_name(actor=SYSTEM, unit_id=cast.east.pk, kind=NameKind.OLD, name="市容局")
    sign_in(client, cast.office)
    options = client.get("/units/pick/", {"to": typed}).content.decode()
    assert 'value="东浦区（云浦市）"' in options and typed in options
    form = {"version": 1, "to": typed, "on": "2021-04-16"}
    assert client.post(f"/units/{cast.urban.pk}/move", form).status_code == 302
