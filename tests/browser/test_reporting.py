"""A focal expert reports on a phone, and the touches are counted."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from chuangwen.orgs.testing import Cast
from chuangwen.progress import actions
from chuangwen.progress.models import Evidence, Value
from chuangwen.progress.tests.reporting_world import Reporting, make_reporting
from chuangwen.progress.tests.test_evidence import PNG
from chuangwen.progress.tests.world import given

from .look import WIDER, faults

pytestmark = pytest.mark.browser


@pytest.fixture
def june(cast: Cast) -> Reporting:
    return make_reporting(cast)


class Hand:
    """A thumb on a phone: each tap, each field that is filled in and each file that is chosen counts as one."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def tap(self, what: Locator) -> None:
        self.count += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        self.count += 1
        what.fill(text)

    def choose(self, what: Locator, file: Path) -> None:
        self.count += 1
        what.set_input_files(file)


def test_eight_tasks_are_reported_on_a_phone_in_under_40_touches_and_fields(
    june: Reporting, desk: Any, tmp_path: Path
) -> None:
    photo = tmp_path / "现场.png"
    photo.write_bytes(PNG)
    phone = desk(june.cast.urban_staff, width=360)
    page: Page = phone.go("/desk/")
    hand = Hand(page)

    def task(number: int) -> Locator:
        return page.locator(f"#item-{june.item(number).pk}")

    def answered(count: int) -> None:
        expect(page.locator("#report-bar")).to_contain_text(f"已填 {count} / 8")

    hand.tap(page.get_by_role("link", name="填报").first)
    hand.tap(page.get_by_role("link", name="打开"))
    expect(page.locator("h1")).to_have_text("2021 年 6 月报告")
    for count, number in enumerate((4, 5, 6), 1):
        hand.tap(task(number).get_by_role("button", name="没有变化"))
        answered(count)
    for count, number in enumerate((7, 8), 4):
        hand.tap(task(number).get_by_role("button", name="还没到时候"))
        answered(count)
    for count, (number, value, words) in enumerate([(2, "57", "新建五座"), (3, "19.5", "又覆盖半个街道")], 6):
        hand.tap(task(number).get_by_role("link", name="有新进展"))
        expect(task(number).locator(f"[name=I{number}-value]")).to_be_focused()
        hand.fill(task(number).locator(f"[name=I{number}-value]"), value)
        hand.fill(task(number).get_by_label("做了什么"), words)
        hand.tap(task(number).get_by_role("button", name="保存这一项"))
        answered(count)
    hand.tap(task(1).get_by_role("link", name="遇到困难"))
    hand.fill(task(1).get_by_label("卡在哪里"), "一段产权不清，施工受阻")
    hand.fill(task(1).locator("[name=I1-value]"), "22")
    hand.choose(task(1).get_by_label("照片或文件"), photo)
    hand.tap(task(1).get_by_role("button", name="保存这一项"))
    answered(8)
    hand.tap(page.get_by_role("button", name="交给审核人"))
    expect(page.get_by_text("报告已提交。")).to_be_visible()
    print(f"\neight tasks on a phone: {hand.count} touches and fields")
    assert hand.count < 40
    assert phone.errors == []
    assert page.evaluate(WIDER) <= 0
    report = june.report(june.cast.urban_staff)
    assert set(report.items.values_list("state", flat=True)) == {"submitted"}
    assert list(report.items.order_by("pk").values_list("progress", flat=True)) == [
        "stuck",
        *["going"] * 5,
        *["not_due"] * 2,
    ]
    assert Value.objects.filter(item__report=report).count() == 6
    assert Evidence.objects.get().item == june.item(1)


def test_what_is_typed_outlives_a_broken_network_and_a_doubt_takes_one_tap(
    june: Reporting, desk: Any
) -> None:
    phone = desk(june.cast.urban_staff, width=360)
    page: Page = phone.go(f"/progress/reports/{june.report(june.cast.urban_staff).pk}/")
    card = page.locator(f"#item-{june.item(2).pk}")
    card.get_by_role("link", name="有新进展").click()
    value = card.locator("[name=I2-value]")
    value.fill("50")
    card.get_by_label("做了什么").fill("拆除两座危厕")
    expect(
        card.get_by_text("比2021 年 5 月 31 日报的 52")
    ).to_be_visible()  # else the button may move under the click
    page.context.set_offline(True)
    card.get_by_role("button", name="保存这一项").click()
    expect(page.get_by_text("网络没有响应")).to_be_visible()
    expect(value).to_have_value("50")
    page.context.set_offline(False)
    expect(page.get_by_text("网络没有响应")).to_be_hidden()
    page.reload()  # as after a sign-in in between
    card.get_by_role("link", name="有新进展").click()
    expect(card.get_by_text("已恢复您刚才填写的内容")).to_be_visible()
    expect(card.get_by_label("做了什么")).to_have_value("拆除两座危厕")
    value.fill("49")
    value.blur()
    expect(card.get_by_text("比2021 年 5 月 31 日报的 52")).to_be_visible()
    card.get_by_role("button", name="以前多报，现予更正").click()
    expect(page.locator("#report-bar")).to_contain_text("已填 1 / 8")
    entry = june.item(2).entries.get()
    assert (entry.numerator, entry.why, june.item(2).done_words) == (
        49_000_000,
        "以前多报，现予更正",
        "拆除两座危厕",
    )


def test_pages_with_doubts_remarks_files_and_members_fit_and_are_accessible(
    june: Reporting, desk: Any
) -> None:
    cast = june.cast
    staff, east, now = cast.urban_staff, cast.east_staff, timezone.now()
    member = june.item(1, east)
    typed = actions.TypedItem(progress="stuck", done_words="东浦两条", stuck_words="管线未迁")
    actions.fill_item(actor=east, item_id=member.pk, version=1, typed=typed, now=now)
    actions.hand_in(actor=east, report_id=june.report(east).pk, version=1, now=now)
    item = june.item(1)
    actions.add_evidence(actor=staff, item_id=item.pk, name="现场.png", data=PNG, source="现场", now=now)
    first = {entry.indicator_id: given(20) for entry in item.entries.all()}
    actions.fill_item(
        actor=staff,
        item_id=item.pk,
        version=1,
        typed=actions.TypedItem(progress="going", done_words="整治", entries=first),
        now=now,
    )
    value = Value.objects.get(item=june.item(3, period=june.may))
    report, plan = june.report(staff).pk, june.version.plan_id
    member.refresh_from_db()
    remarks = {"done_words": "请写明地点", "stuck_words": "请写明权属"}
    actions.return_item(
        actor=cast.office, item_id=member.pk, version=member.version, remarks=remarks, now=now
    )
    paths: list[tuple[Any, str]] = [
        (staff, "/progress/reports/"),
        (staff, f"/progress/reports/{report}/"),
        (staff, f"/progress/items/{item.pk}/?as=stuck"),
        (east, f"/progress/reports/{june.report(east).pk}/"),
        (cast.office, f"/progress/{plan}/review/?state=handed_in"),
        (cast.office, f"/progress/items/{member.pk}/"),
        (cast.office, f"/progress/values/{value.pk}/"),
    ]
    desks = {who.name: desk(who, width=360) for who, _path in paths}
    found = {path: faults(desks[who.name].go(path)) for who, path in paths}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert [error for at in desks.values() for error in at.errors] == []
