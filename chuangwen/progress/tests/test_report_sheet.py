"""The same sheet out and in: filled in elsewhere, it comes back with what is wrong named by row."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from chuangwen.cores.errors import BadInput, Denied, Hidden
from chuangwen.orgs.testing import sign_in
from chuangwen.plans.tests.test_table import through_libreoffice
from chuangwen.progress import actions
from chuangwen.progress.exchange import report_sheet

from .reporting_world import Reporting
from .test_filling import hand_in_all, say
from .test_report_page import text
from .world import given

pytestmark = pytest.mark.django_db
AT = {column.name: n for n, column in enumerate(report_sheet.COLUMNS, 1)} | {
    "key": len(report_sheet.COLUMNS) + 1
}
Edit = Callable[[Any], None]


def taken_out(june: Reporting) -> bytes:
    staff = june.cast.urban_staff
    return report_sheet.sheet_out(staff, june.report(staff).pk, timezone.now())[1]


def edited(data: bytes, cells: dict[tuple[int, str], object]) -> bytes:
    """The workbook with other cells, as a spreadsheet program writes it; a row is that of its task, from 1."""
    book = load_workbook(BytesIO(data))
    for (task, column), value in cells.items():
        book.worksheets[0].cell(task + 3, AT[column]).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def bring_in(june: Reporting, data: bytes) -> int:
    staff = june.cast.urban_staff
    return actions.bring_in_sheet(
        actor=staff, report_id=june.report(staff).pk, name="六月.xlsx", data=data, now=timezone.now()
    )


def faults(june: Reporting, data: bytes) -> list[tuple[object, object, object]]:
    with pytest.raises(BadInput, match=r"progress\.sheet_errors") as refusal:
        bring_in(june, data)
    errors: Any = refusal.value.params["errors"]
    return [(error["row"], error["column"], error["what"]) for error in errors]


def test_the_sheet_has_a_row_for_each_task_with_what_stood_last(june: Reporting) -> None:
    page = load_workbook(BytesIO(taken_out(june))).worksheets[0]
    assert page["A1"].value == "云浦市城市管理局2021 年 6 月工作进展报告"
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    assert [row[AT["task"] - 1] for row in rows][:3] == ["整治背街小巷", "新建改造公厕", "扩大清扫覆盖"]
    assert (rows[1][AT["last"] - 1], rows[1][AT["unit"] - 1]) == ("52", "座")
    assert (rows[2][AT["of"] - 1], rows[2][AT["value"] - 1]) == ("20", None)
    assert page.column_dimensions["R"].hidden
    choices = page.data_validations.dataValidation[0].formula1
    assert choices == '"推进中,已办结,遇到困难,未启动,尚未到期,没有变化"'


def test_what_was_filled_in_elsewhere_comes_back(june: Reporting) -> None:
    data = edited(
        taken_out(june),
        {
            (1, "progress"): "推进中",
            (1, "value"): 24,
            (1, "done_words"): "整治两条",
            (1, "as_of"): date(2021, 6, 28),
            (2, "progress"): "没有变化",
            (3, "progress"): "已办结",
            (3, "value"): "１９.５",
            (4, "progress"): "遇到困难",
            (4, "stuck_words"): "产权不清",
            (4, "helper"): "市住建局",
            (4, "missing"): "台账核对中",
        },
    )
    assert bring_in(june, data) == 4
    one, two, three, four = (june.item(number) for number in (1, 2, 3, 4))
    entry = one.entries.get()
    assert (one.progress, one.done_words, entry.numerator) == ("going", "整治两条", 24_000_000)
    assert entry.as_of == date(2021, 6, 28)
    assert (two.unchanged, two.entries.get().numerator) == (True, 52_000_000)
    assert (three.progress, three.entries.get().denominator) == ("done", 20_000_000)
    assert (four.helper, four.entries.get().missing) == (june.cast.housing, "台账核对中")
    assert {item.state for item in (one, two, three, four)} == {"draft"}  # handing in is another step
    with pytest.raises(BadInput, match=r"progress\.sheet_same"):
        bring_in(june, data)


def test_a_cell_that_was_changed_on_both_sides_is_a_named_conflict(june: Reporting) -> None:
    data = taken_out(june)
    say(june, 1, given(23), done_words="同事填的")
    say(june, 2, given(55), done_words="同事填的")
    mine = edited(data, {(1, "value"): 24, (2, "value"): 55, (3, "progress"): "推进中"})
    assert faults(june, mine) == [
        (4, "数值（比率填分子）", "导出之后有人把此处由“—”改成了“23”，请核对后改正")
    ]
    assert june.item(3).progress == ""  # all of it or nothing
    assert bring_in(june, edited(data, {(1, "next_step"): "下月收尾"})) == 1
    item = june.item(1)
    assert (item.done_words, item.next_step, item.entries.get().numerator) == (
        "同事填的",
        "下月收尾",
        23_000_000,
    )


FAULTS: list[tuple[dict[tuple[int, str], object], list[tuple[int, str]]]] = [
    ({(1, "value"): "约二十"}, [(4, "数值（比率填分子）")]),
    ({(1, "progress"): "快好了"}, [(4, "进展情况")]),
    ({(1, "as_of"): "明天"}, [(4, "截至日期")]),
    ({(1, "as_of"): date(2999, 1, 1)}, [(4, "数值（比率填分子）")]),
    ({(1, "helper"): "无此单位"}, [(4, "需谁协助")]),
    ({(1, "done_words"): "长" * 1001}, [(4, "做了什么")]),
    ({(3, "value"): 5, (3, "of"): 0}, [(6, "数值（比率填分子）")]),
    ({(3, "value"): 5, (3, "share"): 95}, [(6, "数值（比率填分子）")]),
    ({(7, "value"): 5}, [(10, "数值（比率填分子）")]),
    ({(8, "progress"): "没有变化", (8, "done_words"): "另外"}, [(11, "进展情况")]),
    ({(1, "key"): "999-I1"}, [(4, "系统编号（请勿改动）")]),
    ({(1, "value"): "多", (4, "value"): "少"}, [(4, "数值（比率填分子）"), (7, "数值（比率填分子）")]),
]


def test_faults_are_told_by_row_and_column_and_nothing_is_stored(june: Reporting) -> None:
    data = taken_out(june)
    for cells, expected in FAULTS:
        assert [(row, column) for row, column, what in faults(june, edited(data, cells)) if what] == expected
    assert june.item(1).version == june.item(8).version == 1


def test_a_sheet_belongs_to_its_report_and_its_unit(june: Reporting, client: Client) -> None:
    cast, data = june.cast, taken_out(june)
    report = june.report(cast.urban_staff)
    with pytest.raises(Denied):
        actions.bring_in_sheet(
            actor=cast.office, report_id=report.pk, name="x", data=data, now=timezone.now()
        )
    with pytest.raises(Hidden):
        report_sheet.sheet_out(cast.east_staff, report.pk, timezone.now())
    with pytest.raises(BadInput, match=r"progress\.sheet_foreign"):
        actions.bring_in_sheet(
            actor=cast.urban_staff,
            report_id=june.report(cast.urban_staff, june.may).pk,
            name="x",
            data=data,
            now=timezone.now(),
        )
    sign_in(client, cast.urban_staff)
    address = f"/progress/reports/{report.pk}/sheet"
    out = client.get(f"{address}.xlsx")
    assert "attachment" in out.headers["Content-Disposition"]
    wrong = SimpleUploadedFile("六月.xlsx", edited(out.content, {(1, "value"): "约二十"}))
    answer = client.post(f"{address}/", {"file": wrong})
    assert (answer.status_code, "约二十" in text(answer)) == (422, True)
    assert client.post(f"{address}/", {"file": SimpleUploadedFile("a.xlsx", b"no")}).status_code == 422
    assert client.post(f"{address}/").status_code == 422
    blank = BytesIO()
    Workbook().save(blank)
    answer = client.post(f"{address}/", {"file": SimpleUploadedFile("空.xlsx", blank.getvalue())})
    assert "空.xlsx 是空表，没有填写任何内容" in text(answer)
    right = SimpleUploadedFile("六月.xlsx", edited(out.content, {(1, "progress"): "没有变化"}))
    assert "已填入 1 项任务。" in text(client.post(f"{address}/", {"file": right}, follow=True))


def test_what_is_handed_in_is_not_changed_by_a_sheet(june: Reporting) -> None:
    data = taken_out(june)
    hand_in_all(june)
    changed = faults(june, edited(data, {(4, "next_step"): "另行安排"}))
    assert changed == [(7, "下一步", "已提交，等待审核")]


@pytest.mark.office
def test_the_sheet_comes_back_from_a_spreadsheet_program(june: Reporting, tmp_path: Path) -> None:
    """LibreOffice opens it, recalculates and saves it as XLSX of its own."""
    cells: dict[tuple[int, str], object] = {
        (1, "progress"): "推进中",
        (1, "value"): "=20+4",
        (2, "progress"): "没有变化",
    }
    saved = through_libreoffice(edited(taken_out(june), cells), tmp_path, "xlsx")
    assert bring_in(june, saved) == 2
    assert june.item(1).entries.get().numerator == 24_000_000
