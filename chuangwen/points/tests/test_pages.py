"""The pages of points, through the doors that people use."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from chuangwen.cores.tests.test_photos import WHERE, turned
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import Cast, make_unit, sign_in
from chuangwen.orgs.tree import label
from chuangwen.standards.testing import make_types

from ..models import Boundary, Point
from ..testing import make_point, make_points
from .test_tables import HEAD, book, row
from .world import jpeg, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    sign_in(client, cast.office)
    return client


def typed(cast: Cast, **values: Any) -> dict[str, Any]:
    known = {"type_id": make_types(cast)["JMSC"].pk, "name": "望江农贸市场", "crs": "wgs84"}
    return {**known, "unit": label(cast.east), "lead_unit": "市城管局", **values}


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/points/", "/points/map/", "/points/map/points/", "/points/table/"])
def test_a_page_costs_the_same_for_one_point_and_for_thirty(cast: Cast, office: Client, address: str) -> None:
    make_points(cast, 1)
    before = cost(office, address)
    make_points(cast, 29)
    assert cost(office, address) == before <= 12


def test_the_page_of_duplicates_costs_the_same_for_one_pair_and_for_many(cast: Cast, office: Client) -> None:
    alike = {"name": "望江农贸市场", "lon_e7": 1_205_000_000, "lat_e7": 313_000_000}
    make_points(cast, 2)
    Point.objects.update(**alike)
    before = cost(office, "/points/duplicates/")
    make_points(cast, 28)
    Point.objects.update(**alike)
    assert "200 对" in office.get("/points/duplicates/").content.decode()
    assert cost(office, "/points/duplicates/") == before


def test_a_point_is_entered_changed_and_shown_with_its_three_owners(cast: Cast, office: Client) -> None:
    wrong = office.post("/points/add/", typed(cast, lon="望江路口"))
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "“望江路口”不是坐标" in page and 'value="望江路口"' in page
    made = office.post(
        "/points/add/", typed(cast, lon="120.5", lat="31.3", venue_name="某某物业", hours="每天6:00-19:00")
    )
    point = Point.objects.get()
    assert made["Location"] == f"/points/{point.pk}/"
    page = office.get(made["Location"]).content.decode()
    for said in ("市城管局", "东浦区", "某某物业", "120.500000, 31.300000", "每天 06:00-19:00", "登记点位"):
        assert said in page
    changed = typed(cast, version=1, lon="120.5", lat="31.3", name="望江新市场")
    assert office.post(f"/points/{point.pk}/change/", changed).status_code == 302
    assert office.post(f"/points/{point.pk}/change/", changed).status_code == 409


def test_staff_are_told_when_a_point_would_not_be_theirs(cast: Cast, client: Client) -> None:
    sign_in(client, cast.east_staff)
    answer = client.post("/points/add/", typed(cast, unit=label(cast.river)))
    assert (answer.status_code, "不在您的管理范围内" in answer.content.decode()) == (422, True)


def test_steps_chiefs_and_refusals_stand_on_the_page_of_the_point(cast: Cast, office: Client) -> None:
    point = make_point(cast)
    at = f"/points/{point.pk}/"
    answer = office.post(f"{at}suspend/", {"version": 1, "on": "2099-01-01", "why": "改造"})
    assert (answer.status_code, "日期" in answer.content.decode()) == (422, True)
    assert office.post(f"{at}suspend/", {"version": 1, "on": "2022-03-01", "why": "改造"}).status_code == 302
    assert "暂停点位0001（2022-03-01）：改造" in office.get(at).content.decode()
    office.post(
        f"{at}add-chief/", {"kind": "road", "level": "district", "name": "钱可期", "starts_on": "2021-06-01"}
    )
    page = office.get(at).content.decode()
    assert "区级路长" in page and "钱可期" in page
    history = page[page.index('id="history"') if 'id="history"' in page else page.rindex("<ol") :]
    assert "钱可期" not in history
    chief = point.chiefs.get()
    office.post(f"/points/chiefs/{chief.pk}/end/", {"version": 1, "ends_on": "2022-01-01"})
    assert "目前没有点位长" in office.get(at).content.decode()


def test_a_photo_is_kept_as_it_is_and_shown_without_what_it_tells(cast: Cast, office: Client) -> None:
    point = make_point(cast)
    data = jpeg(exif=turned(6))
    at = f"/points/{point.pk}/add-photo/"
    office.post(at, {"file": SimpleUploadedFile("../门头.jpg", data), "caption": "正门"})
    office.post(at, {"file": SimpleUploadedFile("again.jpg", data)})
    photo = point.photos.get()
    assert (photo.name, photo.size, photo.width) == ("门头.jpg", len(data), 40)
    answer = office.get(f"/points/photos/{photo.pk}/")
    assert (answer["Content-Type"], WHERE in data, WHERE in answer.content) == ("image/jpeg", True, False)
    assert answer["X-Content-Type-Options"] == "nosniff"
    wrong = office.post(at, {"file": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")})
    assert (wrong.status_code, "这不是照片" in wrong.content.decode()) == (422, True)
    assert office.post(f"/points/photos/{photo.pk}/remove/").status_code == 302
    assert not point.photos.exists()


def test_map_and_list_show_the_same_count_for_the_same_filters(cast: Cast, office: Client) -> None:
    make_points(cast, 7)
    make_points(cast, 3, type_code="ZGD", unit=cast.river)
    make_point(cast, name="不知何处")
    Point.objects.filter(name="集贸市场2号").update(status="closed")
    for query, count in (
        ("", 10),
        ("type=ZGD", 3),
        ("status=closed", 1),
        ("status=all", 11),
        ("text=不知", 1),
        (f"unit={label(cast.river)}", 3),
        ("owner=市城管局", 10),
        ("type=ZGD&text=没有", 0),
    ):
        listed = office.get(f"/points/?{query}").content.decode()
        page = office.get(f"/points/map/?{query}").content.decode()
        found = office.get(f"/points/map/points/?{query}").json()
        assert f"{count} 个点位" in listed, query
        assert f"{count} 个点位" in page, query
        assert found["total"] == count, query
        assert len(found["points"]) == count - (
            "text=不知" in query or query in ("", "status=all", "owner=市城管局")
        )


def test_a_filter_that_means_nothing_is_said_beside_it(cast: Cast, office: Client) -> None:
    page = office.get("/points/?unit=没有的街道&type=没有").content.decode()
    assert "没有的街道" in page and "errorlist" in page


def test_the_map_loads_nothing_from_elsewhere_unless_a_tile_source_is_set(
    cast: Cast, office: Client, settings: Settings
) -> None:
    plain = office.get("/points/map/")
    assert "img-src 'self' data:;" in plain["Content-Security-Policy"] + ";"
    settings.MAP_TILES = "https://tiles.example/{z}/{x}/{y}.png?k={key}"
    settings.MAP_KEY, settings.MAP_ORIGINS = "a b", ["https://tiles.example"]
    page = office.get("/points/map/")
    assert "https://tiles.example" in page["Content-Security-Policy"]
    assert "https://tiles.example/{z}/{x}/{y}.png?k=a%20b" in page.content.decode()
    assert "tiles.example" not in office.get("/points/")["Content-Security-Policy"]


def test_on_a_shifted_map_points_and_boundaries_are_drawn_where_it_draws_them(
    cast: Cast, office: Client, settings: Settings
) -> None:
    settings.MAP_CRS = "gcj02"
    make_point(cast, lon="116.404", lat="39.915")
    file = SimpleUploadedFile("a.geojson", square(("东浦区", 116.404, 39.915, 0.1)))
    office.post("/points/boundaries/", {"file": file, "crs": "wgs84"})
    (drawn,) = office.get("/points/map/points/").json()["points"]
    assert drawn[1:3] == [116.410244, 39.916404]
    (area,) = office.get("/points/map/outlines/").json()["features"]
    assert [116.410244, 39.916404] in area["geometry"]["coordinates"][0]


def test_boundaries_are_taken_over_whole_or_not_at_all(cast: Cast, office: Client) -> None:
    def hand_in(data: bytes) -> Any:
        return office.post(
            "/points/boundaries/", {"file": SimpleUploadedFile("界线.geojson", data), "crs": "gcj02"}
        )

    wrong = hand_in(square(("东浦区", 120.0, 31.0, 1.0), ("月球区", 121.0, 31.0, 1.0)))
    assert (wrong.status_code, "2 月球区" in wrong.content.decode()) == (422, True)
    assert not Boundary.objects.exists()
    assert hand_in(square(("东浦区", 120.0, 31.0, 1.0))).status_code == 302
    assert hand_in(square(("东浦区", 120.0, 31.0, 0.5), ("云河区", 121.0, 31.0, 1.0))).status_code == 302
    assert [str(row.unit) for row in Boundary.objects.all()] == ["东浦区", "云河区"]
    assert hand_in(b"{").status_code == 422
    row_id = Boundary.objects.get(unit=cast.east).pk
    assert office.post(f"/points/boundaries/{row_id}/remove/").status_code == 302
    assert Boundary.objects.count() == 1


def test_two_are_merged_or_told_apart_from_the_page(cast: Cast, office: Client) -> None:
    one, other = make_point(cast), make_point(cast)
    page = office.get("/points/duplicates/").content.decode()
    assert "1 对" in page and "同一处，保留0001" in page
    stale = {"one": one.pk, "version": 9, "other": other.pk, "other_version": 1}
    assert office.post("/points/merge/", stale).status_code == 409
    assert office.post("/points/merge/", {**stale, "version": 1}).status_code == 302
    assert "为同一处，已并入" in office.get(f"/points/{other.pk}/").content.decode()


def handed_in(client: Client, data: bytes) -> Any:
    return client.post("/points/bring-in/", {"file": SimpleUploadedFile("点位.xlsx", data)})


def held(answer: Any) -> dict[str, str]:
    page = answer.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(table|seen)" value="([^"]+)">', page))
    assert (answer.status_code, set(found)) == (200, {"table", "seen"}), page
    return found


def test_a_table_is_seen_and_then_taken_over(cast: Cast, office: Client) -> None:
    make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    preview = handed_in(
        office,
        book([[*HEAD, "联系电话"], row("望江农贸市场", 属地单位="望江街道", 经度="31.3", 纬度="120.5")]),
    )
    page = preview.content.decode()
    assert "表格将带来 1 处变化" in page and "已对调" in page and "联系电话" in page
    assert not Point.objects.exists()
    assert office.post("/points/bring-in/", held(preview))["Location"] == "/points/"
    assert Point.objects.get().lon_e7 == 1_205_000_000
    wrong = handed_in(office, book([HEAD, row("无主市场", 牵头部门=""), row("无地市场", 属地单位="")]))
    assert wrong.status_code == 422
    rows = re.findall(r'<td class="nowrap">(\S+)</td><th scope="row">(.*?)</th>', wrong.content.decode())
    assert rows == [("Sheet1!I2", "牵头部门"), ("Sheet1!H3", "属地单位")]
    assert office.post("/points/bring-in/", {"table": "forged", "seen": "x"}).status_code == 422


def test_what_is_taken_out_is_what_the_filters_ask_for(cast: Cast, office: Client) -> None:
    from python_calamine import CalamineWorkbook

    make_points(cast, 2)
    make_points(cast, 1, type_code="ZGD")
    data = office.get("/points/table/?type=ZGD").content
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in rows[3:]] == ["主干道3号"]
    assert "表格没有带来任何变化" in handed_in(office, data).content.decode()
    assert office.get("/points/template/").status_code == 200


def test_points_as_json_are_small(cast: Cast, office: Client) -> None:
    make_points(cast, 100)
    data = office.get("/points/map/points/").content
    assert len(data) / 100 < 80
    assert json.loads(data)["types"] == ["主干道", "集贸市场"]
