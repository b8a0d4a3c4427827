"""The frame of every page: wide and narrow, by keyboard, on paper, in both languages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from chuangwen.orgs.testing import Cast

from .test_every_page import english, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_of_units_and_accounts_fits_and_is_accessible(
    desk: Any, cast: Cast, width: int, language: str
) -> None:
    office = desk(cast.office, width=width, language=language)
    faults = {}
    for path in ("", "add-unit", "add-name", "rename", "close"):
        faults[path] = wrong(office, f"/units/{cast.urban.pk}/{path}", language)
    for path in ("/units/?text=城管", "/groups/", "/groups/add", "/profile/", "/change-password/"):
        faults[path] = wrong(office, path, language)
    assert {path: fault for path, fault in faults.items() if fault} == {}
    assert office.errors == []


def wrong(office: Any, path: str, language: str) -> list[str]:
    page = office.go(path)
    wide = [f"{office.sideways()} px too wide"] if office.sideways() > 0 else []
    # The account name on the profile is in Latin letters by nature.
    left = english(page) if language == "zh-hans" and path != "/profile/" else []
    return [*violations(page), *wide, *left]


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
