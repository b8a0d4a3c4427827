"""A register in the browser: one click says it, the sentence follows, and a table is seen before it is taken over."""

from pathlib import Path
from typing import Any

import pytest

from chuangwen.orgs.testing import Cast
from chuangwen.registers.tests.test_tables import book
from chuangwen.registers.tests.world import make_register

from .look import faults

pytestmark = pytest.mark.browser


def test_one_click_says_it_and_the_sentence_on_top_follows(cast: Cast, desk: Any) -> None:
    register = make_register(cast, villages=3)
    village = register.members.get(name="第1村")
    office = desk(cast.office, width=1440, language="zh-hans")
    page = office.go(f"/registers/{register.pk}/")
    page.locator(f"#member-{village.pk} button[value=yes]").click()
    page.locator("#judgement", has_text="3 个村，3 个齐全").wait_for()
    assert page.locator(f"#member-{village.pk} button").count() == 0
    assert office.errors == []


def test_a_table_is_seen_and_then_taken_over(cast: Cast, desk: Any, tmp_path: Path) -> None:
    register = make_register(cast, villages=1)
    table = tmp_path / "名单.xlsx"
    table.write_bytes(
        book([["名称", "所在单位", "红白理事会"], ["第1村", "望江街道", "√"], ["上坞村", "东浦区", "×"]])
    )
    office = desk(cast.office, width=360, language="zh-hans")
    page = office.go(f"/registers/{register.pk}/bring-in/")
    page.set_input_files("input[name=file]", table)
    page.get_by_role("button", name="预览变化").click()
    page.get_by_role("heading", name="表格将带来 2 处变化").wait_for()
    assert faults(page, "zh-hans", axe=True) == []
    page.get_by_role("button", name="确认导入").click()
    page.locator("#judgement", has_text="2 个村，1 个齐全（50\u202f%），1 个缺红白理事会").wait_for()
    assert office.errors == []
