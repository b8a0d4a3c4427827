"""My desk as people use it: three roles, a deputy, the keyboard alone, a network that goes away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from chuangwen.desk import registry
from chuangwen.desk.tests.world import BY_HAND, ask
from chuangwen.kit import clock
from chuangwen.orgs.testing import Cast
from chuangwen.plans.tests.world import indicator_row, make_draft

from .conftest import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A to-do that is marked done at the desk."""
    monkeypatch.setattr(registry, "_KINDS", registry._KINDS | {BY_HAND.code: BY_HAND})


def begin(person: Desk, words: str) -> Page:
    """From the desk through the to-do to the place where it is done."""
    page = person.go("/desk/")
    page.locator("#mine, #unit").get_by_role("link", name=words).click()
    expect(page.locator("h1")).to_have_text(words)
    page.get_by_role("link", name="打开", exact=True).click()
    return page


def is_gone(person: Desk, words: str) -> bool:
    page = person.go("/desk/")
    expect(page.locator("h1")).to_have_text("我的待办")
    return page.get_by_role("link", name=words).count() == 0


def test_doubts_confirmation_and_letter_are_done_from_the_desks_of_three_roles(desk: Any, cast: Cast) -> None:
    version = make_draft(cast.city, cast.office)
    office, leader, unit = desk(cast.office), desk(cast.leader, width=360), desk(cast.urban_staff)

    page = begin(office, "答复计划草稿的疑问")
    for _ in range(version.doubts.count()):
        page.locator("#doubts").get_by_role("button", name="按原文保留").first.click()
        page.wait_for_load_state()
    assert is_gone(office, "答复计划草稿的疑问")

    page = office.go(f"/plans/drafts/{version.pk}/")
    rest = page.locator("details.confirm", has_text="其余全部核对通过")
    rest.locator("summary").click()
    rest.get_by_role("button").click()
    page.goto(f"{office.address}/plans/drafts/{version.pk}/confirm/")
    page.get_by_role("button", name="提请领导确认").click()
    page.wait_for_load_state()

    page = begin(leader, "审核确认计划")
    page.get_by_role("button", name="确认计划").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    assert is_gone(leader, "审核确认计划")

    page = begin(unit, "签收任务书")
    page.get_by_role("button", name="签收任务书").click()
    expect(page.get_by_role("button", name="签收任务书")).to_have_count(0)
    assert is_gone(unit, "签收任务书")
    assert office.errors + leader.errors + unit.errors == []


@pytest.mark.usefixtures("by_hand")
def test_a_deputy_acts_from_the_seat_of_who_is_away_and_the_history_says_so(desk: Any, cast: Cast) -> None:
    todo = ask(cast, now=clock.now())
    holder, deputy = desk(cast.urban_staff), desk(cast.housing_staff)
    page = holder.go("/profile/")
    page.get_by_role("link", name="指定代理人").click()
    page.get_by_label("代理人账号").fill("housing")
    page.get_by_label("起始日期").fill(f"{clock.today():%Y-%m-%d}")
    page.get_by_label("截止日期").fill(f"{clock.today() + timedelta(days=3):%Y-%m-%d}")
    page.get_by_role("button", name="指定代理人").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")

    page = deputy.go("/desk/")
    assert page.get_by_role("link", name=str(BY_HAND.words)).count() == 0
    page.get_by_label("席位", exact=True).select_option(label="市城管局 · 单位联络员 · 代程管")
    page.get_by_role("button", name="切换").click()
    page.get_by_role("link", name=str(BY_HAND.words)).click()
    page.get_by_role("button", name="标记办结").click()
    page.wait_for_url("**/desk/")
    page.goto(f"{deputy.address}/desk/todos/{todo.pk}/")
    expect(page.locator(".history li").first).to_contain_text("朱建")
    expect(page.locator(".history li").first).to_contain_text("代理")
    assert holder.errors + deputy.errors == []


@pytest.mark.usefixtures("by_hand")
def test_a_seat_is_handed_over_and_its_open_work_arrives_at_the_successor(desk: Any, cast: Cast) -> None:
    assert cast.urban_staff.seat
    ask(cast, seat=cast.urban_staff.seat, now=clock.now())
    holder, successor = desk(cast.urban_staff), desk(cast.housing_staff, width=360)
    page = holder.go(f"/desk/seats/{cast.urban_staff.seat.pk}/hand-over/")
    page.locator("[name=successor]").fill("housing")
    page.locator("[name=on]").fill(f"{clock.today():%Y-%m-%d}")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("link", name=str(BY_HAND.words))).to_be_visible()
    page.get_by_role("button", name="提交接任人").click()
    page.wait_for_load_state()

    page = begin(successor, "接收席位")
    expect(page.get_by_role("link", name=str(BY_HAND.words))).to_be_visible()
    page.get_by_role("button", name="接收席位及工作").click()
    page.wait_for_load_state()
    page = successor.go("/desk/")
    page.get_by_label("席位", exact=True).select_option(label="市城管局 · 单位联络员")
    page.get_by_role("button", name="切换").click()
    expect(page.get_by_role("link", name=str(BY_HAND.words))).to_be_visible()
    assert holder.errors + successor.errors == []


@pytest.mark.usefixtures("by_hand")
def test_the_keyboard_alone_signs_in_opens_a_to_do_and_returns_it_with_a_reason(
    page: Page, cast: Cast
) -> None:
    person = cast.urban_staff.person
    assert person is not None
    person.set_password("Qiu-shui-2022-yan")
    person.save()
    todo = ask(cast, now=clock.now())
    keys = page.keyboard
    page.goto("/sign-in/")
    expect(page.get_by_label("账号")).to_be_focused()
    keys.type("urban")
    keys.press("Tab")
    keys.type("Qiu-shui-2022-yan")
    keys.press("Enter")
    page.wait_for_url("**/desk/")
    keys.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    keys.press("Enter")
    tab_to(page.get_by_role("link", name=str(BY_HAND.words)))
    keys.press("Enter")
    page.wait_for_url("**/desk/todos/**")
    tab_to(page.get_by_label("原因").first)
    keys.type("不属本单位职责")
    tab_to(page.get_by_role("button", name="退回交办单位"))
    keys.press("Enter")
    page.wait_for_url("**/desk/")
    todo.refresh_from_db()
    assert (todo.state, todo.reason) == ("returned", "不属本单位职责")


def tab_to(wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus; whatever has it on the way is in sight and shows it."""
    page = wanted.page
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_be_in_viewport()
        assert focused.evaluate("e => getComputedStyle(e).outlineStyle") != "none", focused.inner_text()
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError("Tab does not lead there")


def test_without_network_what_was_typed_stays_and_the_person_is_told(desk: Any, cast: Cast) -> None:
    draft = make_draft(cast.city, cast.office)
    row = indicator_row(draft, "I1")
    office = desk(cast.office)
    page = office.go(f"/plans/drafts/{draft.pk}/")
    card = page.locator(f"#indicator-{row.pk}")
    card.get_by_role("link", name="改").click()
    card.get_by_label("名称").fill("修缮小路")
    page.context.set_offline(True)
    card.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("连不上服务器")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(card.get_by_label("名称")).to_have_value("修缮小路")
    page.context.set_offline(False)
    card.get_by_role("button", name="保存").click()
    expect(card).to_contain_text("修缮小路")
    expect(page.get_by_role("alert")).to_be_empty()
    row.refresh_from_db()
    assert row.name == "修缮小路"
