"""Charts are drawn from the numbers of the page, stand on paper, and are not needed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chuangwen.kit import clock
from chuangwen.orgs.testing import Cast
from chuangwen.plans.tests.world import make_plan
from chuangwen.progress.tests.seen_world import give_values

from .look import faults

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(cast: Cast, settings: Any) -> int:
    version = make_plan(cast.city, cast.office)
    give_values(version, cast)
    settings.TODAY_SHIFT = date(2021, 6, 15) - clock.today()
    return version.plan_id


def test_an_indicator_is_drawn_and_says_by_line_and_word_what_is_what(
    cast: Cast, plan: int, desk: Any, tmp_path: Path
) -> None:
    office = desk(cast.office)
    page = office.go(f"/progress/{plan}/indicators/I2/")
    chart = page.locator(".chart svg")
    chart.wait_for()
    words = chart.text_content()
    assert all(word in words for word in ("应达路径", "已达", "今天", "照此预测"))
    assert chart.locator("path[stroke-dasharray]").count() >= 2  # the path and the forecast
    screen = chart.bounding_box()["width"]
    page.emulate_media(media="print")
    page.wait_for_function(
        "before => document.querySelector('.chart svg').getBoundingClientRect().width > before", arg=screen
    )  # the side column stands below it on paper
    assert page.pdf(path=tmp_path / "indicator.pdf")[:4] == b"%PDF"
    assert office.errors == []


def test_a_unit_has_a_small_chart_for_each_indicator_with_its_table(cast: Cast, plan: int, desk: Any) -> None:
    east = desk(cast.east_staff)
    page = east.go(f"/progress/{plan}/units/{cast.east.pk}/")
    page.locator(".trends .chart svg").wait_for()
    page.locator(".trends summary").click()
    # In March the five others gave 600, 900, 1200, 1500 and 1800.
    assert "1,200" in page.locator(".trends table").inner_text()
    assert page.locator(".legend").inner_text().split() == ["本单位", "同组中位数", "同组居中一半"]
    assert east.errors == []


def test_pages_with_numbers_in_them_fit_and_are_accessible(cast: Cast, plan: int, desk: Any) -> None:
    for language in ("zh-hans", "en"):
        office = desk(cast.office, language=language)
        for path in ("", "leader/", "indicators/", "indicators/I2/", f"units/{cast.east.pk}/"):
            page = office.go(f"/progress/{plan}/{path}")
            page.wait_for_load_state("networkidle")
            assert faults(page, language) == [], path
        assert office.errors == []


def test_without_scripts_the_numbers_stand(
    cast: Cast, plan: int, client: Any, live_server: Any, browser: Any
) -> None:
    client.force_login(cast.office.person)
    context = browser.new_context(java_script_enabled=False)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([session])
    page = context.new_page()
    page.goto(f"{live_server.url}/progress/{plan}/indicators/I2/")
    assert "图表需启用脚本" in page.locator("main").inner_text()
    assert page.locator("#values").is_visible()
    assert page.locator("section:has(#values) tbody tr").count() == 4
    page.goto(f"{live_server.url}/progress/")
    assert page.get_by_role("link", name="看总览").is_visible()
    context.close()
