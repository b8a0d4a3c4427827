"""Systems in the browser: written, brought in by a file, on a desk and on a phone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chuangwen.orgs.testing import Cast
from chuangwen.standards import actions
from chuangwen.standards.models import Item
from chuangwen.standards.testing import make_system
from chuangwen.standards.tests.test_tables import MERGES, OFFICIAL, book

from .look import faults

pytestmark = pytest.mark.browser


def test_an_item_is_written_with_the_fields_of_its_kind(cast: Cast, desk: Any) -> None:
    made = make_system(cast, published=False)
    office = desk(cast.office, width=1440)
    page = office.go(f"/standards/versions/{made.version.pk}/")
    page.get_by_role("link", name="(1) 街面干净整洁").click()
    page.get_by_role("link", name="添加检查项").click()
    page.get_by_label("检查项类型").select_option("deductions")
    page.get_by_role("button", name="选定类型").click()
    page.get_by_label("检查内容").fill("路面无散落垃圾")
    page.get_by_label("问题 1").fill("散落垃圾")
    page.get_by_label("每处扣 1").fill("0.2")
    page.get_by_label("主干道").check()
    assert faults(page) == []
    page.get_by_role("button", name="添加").click()
    page.get_by_text("散落垃圾每处扣0.2").wait_for()
    assert faults(page) == []
    assert Item.objects.get(title="路面无散落垃圾").rule == {
        "faults": [{"key": "散落垃圾", "title": "散落垃圾", "each_milli": 200}],
        "floor_milli": 0,
    }
    page.get_by_role("button", name="上移 路面无散落垃圾").click()
    page.get_by_role("button", name="发布").click()
    page.get_by_text("第 1 版已发布").wait_for()
    assert office.errors == []


def test_a_file_is_corrected_by_its_cells_and_then_taken_over(cast: Cast, desk: Any, tmp_path: Path) -> None:
    made = make_system(cast, published=False)
    lines = [list(line) for line in OFFICIAL]
    lines[3][6] = "随便扣"
    wrong, right = tmp_path / "错.xlsx", tmp_path / "对.xlsx"
    wrong.write_bytes(book(lines, merges=MERGES))
    right.write_bytes(book(OFFICIAL, merges=MERGES))
    office = desk(cast.office, width=360)
    page = office.go(f"/standards/versions/{made.version.pk}/bring-in/")
    page.set_input_files("input[name=file]", wrong)
    page.get_by_role("button", name="预览变化").click()
    page.get_by_text("测评体系!G4").wait_for()
    assert faults(page) == []
    office.errors.clear()  # the console notes the status of the refusal
    page.set_input_files("input[name=file]", right)
    page.get_by_role("button", name="预览变化").click()
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("文件内容已写入草稿").wait_for()
    assert office.errors == []


def test_the_sample_fits_a_phone(cast: Cast, desk: Any) -> None:
    draft = actions.take_over_sample(actor=cast.office, jurisdiction_id=cast.city.pk, today=date(2021, 3, 1))
    item = draft.items.filter(kind="grades").first()
    assert item is not None
    office = desk(cast.office, width=360)
    for path in (
        f"/standards/versions/{draft.pk}/?node={item.node_id}",
        f"/standards/items/{item.pk}/change/",
        f"/standards/versions/{draft.pk}/checklists/{item.point_types.all()[0].pk}/",
        "/standards/types/",
    ):
        assert faults(office.go(path)) == [], path
    assert office.errors == []
