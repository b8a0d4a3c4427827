"""The frame of every page: wide and narrow, by keyboard, on paper, in both languages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from chuangwen.orgs.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_is_wider_than_its_window_or_breaks_the_policy(
    desk: Any, cast: Cast, width: int, language: str
) -> None:
    office = desk(cast.office, width=width, language=language)
    unit = f"/units/{cast.city.pk}/"
    for path in ("/kit/", "/units/", unit, f"{unit}add-unit", "/groups/", "/profile/", "/change-password/"):
        office.go(path)
        assert office.sideways() <= 0, path
    assert office.errors == []


def test_the_first_tab_leads_past_the_menu_and_focus_is_seen(desk: Any, cast: Cast) -> None:
    page = desk(cast.office).go("/units/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert skip.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_phone_has_its_menu_and_paper_has_none(desk: Any, cast: Cast) -> None:
    page = desk(cast.office, width=360).go("/units/")
    link = page.locator("details.menu nav a[href='/groups/']")
    expect(link).to_be_hidden()
    page.locator("details.menu summary").click()
    link.click()
    expect(page.locator("h1")).to_have_text("单位组")
    page.emulate_media(media="print")
    expect(page.locator("header.head")).to_be_hidden()
    expect(page.locator("main h1")).to_be_visible()


def test_the_switch_of_language_stays_on_the_page(desk: Any, cast: Cast) -> None:
    page = desk(cast.office).go("/units/?text=城管")
    page.get_by_role("button", name="EN").click()
    expect(page.locator("h1")).to_have_text("Units")
    expect(page.get_by_label("Name, alias or old name")).to_have_value("城管")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("h1")).to_have_text("单位")
