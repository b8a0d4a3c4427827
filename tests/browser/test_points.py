"""Points in the browser: a map without any map service, read and worked by keyboard; a table taken over."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from chuangwen.orgs.testing import SYSTEM, Cast
from chuangwen.points import actions
from chuangwen.points.models import Point
from chuangwen.points.testing import make_point, make_points
from chuangwen.points.tests.test_tables import HEAD, book, row
from chuangwen.points.tests.world import TODAY, square

from .look import faults

pytestmark = pytest.mark.browser


@pytest.fixture
def land(cast: Cast) -> None:
    """Two districts; twelve points close to each other, one apart, one nowhere."""
    file = square(("东浦区", 120.0, 31.0, 1.0), ("云河区", 121.0, 31.0, 1.0))
    actions.bring_in_boundaries(
        actor=SYSTEM, jurisdiction_id=cast.city.pk, name="界线", data=file, crs="wgs84", today=TODAY
    )
    for at, point in enumerate(make_points(cast, 12)):
        Point.objects.filter(pk=point.pk).update(lon_e7=1_205_000_000 + at * 1_000, lat_e7=315_000_000)
    make_point(cast, name="云河公园", unit=cast.river, lon="121.5", lat="31.5")
    make_point(cast, name="不知何处", unit=cast.river)


def shown(page: Page) -> int:
    """Points that the marks on the map stand for."""
    page.locator("#point-map[data-drawn]").wait_for()
    counts = page.locator("#point-map .cluster").all_inner_texts()
    return sum(map(int, counts)) + page.locator("#point-map .mark").count()


@pytest.mark.usefixtures("land")
def test_the_map_shows_what_the_list_counts_and_loads_nothing_from_elsewhere(cast: Cast, desk: Any) -> None:
    office = desk(cast.office)
    asked: list[str] = []
    office.page.on("request", lambda request: asked.append(request.url))
    page = office.go("/points/map/")
    assert shown(page) == 13
    page.get_by_role("heading", name="14 个点位").wait_for()
    assert page.get_by_text("图上 13 个 · 1 个无坐标").is_visible()
    assert page.locator("#point-map path").count() == 2
    assert faults(page, "zh-hans", axe=True) == []
    assert {address for address in asked if not address.startswith((office.address, "data:"))} == set()
    page.get_by_label("名称、编号或地址").fill("云河")
    page.get_by_role("button", name="显示", exact=True).click()
    page.get_by_role("heading", name="1 个点位").wait_for()
    assert shown(page) == 1
    assert office.errors == []


@pytest.mark.usefixtures("land")
def test_a_cluster_and_a_point_open_by_keyboard(cast: Cast, desk: Any) -> None:
    office = desk(cast.office)
    page = office.go("/points/map/")
    shown(page)
    page.get_by_title("此处有 12 个点位，放大查看").focus()
    page.keyboard.press("Enter")
    page.locator("#point-map .cluster, #point-map .mark").nth(1).wait_for()
    page.goto(f"{office.address}/points/map/?text=云河公园")
    shown(page)
    page.get_by_title("云河公园").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="打开点位").click()
    page.get_by_role("heading", name="云河公园", exact=True).wait_for()
    assert office.errors == []


@pytest.mark.usefixtures("land")
def test_the_pages_of_points_fit_a_phone_and_are_accessible(cast: Cast, desk: Any) -> None:
    make_point(cast, name="云河公园（东门）", unit=cast.river, lon="121.5005", lat="31.5")
    point = Point.objects.get(name="云河公园")
    office = desk(cast.office, width=360)
    wrong = {}
    for path in (
        "",
        f"{point.pk}/",
        f"{point.pk}/change/",
        "duplicates/",
        "bring-in/",
        "boundaries/",
        "map/",
    ):
        found = faults(office.go(f"/points/{path}"), "zh-hans", axe=True)
        if found:
            wrong[path] = found
    assert wrong == {}
    assert office.errors == []


def test_a_table_is_seen_with_what_to_look_at_and_then_taken_over(
    cast: Cast, desk: Any, tmp_path: Path
) -> None:
    make_point(cast, lon="120.5", lat="31.3")
    table = tmp_path / "点位.xlsx"
    table.write_bytes(book([HEAD, row("望江路农贸市场", 经度="31.3", 纬度="120.5005")]))
    office = desk(cast.office, width=360)
    page = office.go("/points/bring-in/")
    page.set_input_files("input[name=file]", table)
    page.get_by_role("button", name="预览变化").click()
    page.get_by_role("heading", name="表格将带来 1 处变化").wait_for()
    notes = page.locator("#notes").inner_text()
    assert "已对调" in notes and "可能与0001“望江农贸市场”是同一处，相距48米" in notes
    assert faults(page, "zh-hans", axe=True) == []
    page.get_by_role("button", name="确认导入").click()
    page.get_by_role("heading", name="2 个点位").wait_for()
    assert office.errors == []
