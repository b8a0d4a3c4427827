"""The frame of every page: by keyboard, on a phone, on paper, in another language."""

from typing import Any

import pytest
from playwright.sync_api import expect

from chuangwen.orgs.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    expect(page.get_by_label("Name, alias, old name or code")).to_have_value("城管")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("h1")).to_have_text("单位")
