"""A firm with a phone and a link: it sees what is asked of it, answers, and is told when the link is over."""

from datetime import timedelta
from typing import Any

import pytest

from chuangwen.desk import actions as desk_actions
from chuangwen.desk import registry
from chuangwen.desk.tests.world import BY_HAND
from chuangwen.kit.clock import now, today
from chuangwen.orgs import actions as orgs
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import Cast, make_unit

from .look import faults

pytestmark = pytest.mark.browser


def test_a_firm_answers_from_a_phone(cast: Cast, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_KINDS", registry._KINDS | {BY_HAND.code: BY_HAND})
    shop = make_unit(cast.east, "渡口便利店", kind=UnitKind.ENTERPRISE)
    end = now() + timedelta(days=30)
    link, token = orgs.make_firm_link(
        actor=cast.office, unit_id=shop.pk, label="收银台", expires_at=end, now=now(), today=today()
    )
    for number in (1, 2):
        desk_actions.ask(actor=cast.office, kind=BY_HAND.code, subject_id=number, unit_id=shop.pk, now=now())
    phone = desk(cast.seatless, width=360)
    phone.page.context.clear_cookies()
    page = phone.go(f"/firm/{token}/")
    assert page.url.endswith("/firm/")
    assert faults(page) == []
    page.get_by_text("不属本单位").first.click()
    page.get_by_label("原因").first.fill("属物业公司")
    page.get_by_role("button", name="退回交办单位").click()
    page.get_by_text("已连同理由退回交办单位").wait_for()
    page.get_by_role("button", name="标记办结").click()
    page.get_by_text("目前没有交办给贵单位的事项").wait_for()
    orgs.revoke_firm_link(actor=cast.office, link_id=link.pk, now=now())
    phone.go("/firm/")
    page.get_by_role("heading", name="此链接无效或已失效").wait_for()
    assert faults(page) == []
    assert page.get_by_role("link", name="登录").count() == 0
