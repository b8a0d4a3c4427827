"""Tables of all kinds are found and read; files that would harm are refused before they are taken apart."""

import contextlib
import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from chuangwen.cores import sheets
from chuangwen.cores.errors import BadInput
from chuangwen.cores.sheets import Column

COLUMNS = (
    Column("name", "名称", also=("单位名称",), required=True),
    Column("parent", "上级单位", required=True),
    Column("code", "编码"),
    Column("day", "启用日期"),
)


def book(*lines: tuple[Any, ...], more: Callable[[Any, Any], None] | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        days = made.add_format({"num_format": "yyyy-mm-dd"})
        for y, line in enumerate(lines):
            for x, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(y, x, value, days)
                elif value is not None:
                    sheet.write(y, x, value)
        if more is not None:
            more(made, sheet)
    return out.getvalue()


def rows(data: bytes, name: str = "单位.xlsx") -> list[tuple[int, dict[str, str]]]:
    found = sheets.read(name, data, COLUMNS).rows
    return [(row.number, {key: text for key, text in row.cells.items() if text}) for row in found]


HEAD = ("名称", "上级单位", "编码", "启用日期")


def test_heads_are_found_below_a_title_in_any_order_width_and_dress() -> None:
    heads = ("序号", "启用日期", "上级 单位*", "编码（可不填）", "单位名称\n（必填）", "备注")
    data = book(
        ("云浦市单位表",), (None, "填报单位：市创建办"), heads, (1, None, "云浦市", "Ａ１", "市城管局", "新")
    )
    table = sheets.read("单位.xlsx", data, COLUMNS)
    assert rows(data) == [(4, {"name": "市城管局", "parent": "云浦市", "code": "Ａ１"})]
    assert table.unread == ("序号", "备注")
    assert [column.title for column in table.columns] == ["单位名称", "上级单位", "编码", "启用日期"]
    assert table.absent == ()


def test_what_a_file_does_not_have_is_told_apart_from_what_is_empty_and_notes_in_titles_do_no_harm() -> None:
    asked = (*COLUMNS, Column("post", "实践站（点）"))
    table = sheets.read("单位.xlsx", book(("名称", "上级单位", "实践站(点)"), ("甲", "乙", "有")), asked)
    assert table.absent == ("code", "day")
    assert table.rows[0].cells == {"name": "甲", "parent": "乙", "code": "", "day": "", "post": "有"}


def test_cells_may_be_read_otherwise_than_as_words_in_one_line() -> None:
    data = book(("名称", "上级单位"), ("甲\n乙", "丙"))
    assert rows(data) == [(2, {"name": "甲 乙", "parent": "丙"})]
    assert sheets.read("单位.xlsx", data, COLUMNS, str).rows[0].cells["name"] == "甲\n乙"


def test_days_numbers_and_formulas_come_as_the_text_that_people_see() -> None:
    data = book(
        HEAD,
        ("东浦区", "云浦市", 330102001001, date(2026, 3, 1)),
        ("云河区", "云浦市", 1.5, datetime(2026, 3, 2, 8)),  # noqa: DTZ001
    )
    assert rows(data) == [
        (2, {"name": "东浦区", "parent": "云浦市", "code": "330102001001", "day": "2026-03-01"}),
        (3, {"name": "云河区", "parent": "云浦市", "code": "1.5", "day": "2026-03-02"}),
    ]

    def formula(_book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 0, '="东"&"浦区"', None, "东浦区")

    assert rows(book(HEAD, (None, "云浦市"), more=formula)) == [(2, {"name": "东浦区", "parent": "云浦市"})]


def test_what_is_merged_downwards_stands_in_each_row_but_the_header_does_not() -> None:
    def merge(_book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "名称")
        sheet.merge_range(0, 1, 1, 1, "上级单位")
        sheet.merge_range(2, 1, 4, 1, "东浦区")

    lines = (("",), ("",), ("望江街道",), ("渡口街道",), ("南门街道",), ("云河区", "云浦市"))
    assert rows(book(*lines, more=merge)) == [
        (3, {"name": "望江街道", "parent": "东浦区"}),
        (4, {"name": "渡口街道", "parent": "东浦区"}),
        (5, {"name": "南门街道", "parent": "东浦区"}),
        (6, {"name": "云河区", "parent": "云浦市"}),
    ]


def test_blank_rows_repeated_heads_and_examples_are_passed_over() -> None:
    data = book(HEAD, ("示例：望江街道", "东浦区"), (), ("东浦区", "云浦市"), HEAD, ("云河区", "云浦市"))
    assert [number for number, _cells in rows(data)] == [4, 6]


CSV = '单位表,,\r\n名称,上级单位,编码\r\n"东浦\r\n区",云浦市,001\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_a_csv_file_is_read_in_each_usual_encoding(encoding: str, between: str) -> None:
    data = CSV.replace(",", between).encode(encoding)
    assert rows(data, "单位.csv") == [(3, {"name": "东浦 区", "parent": "云浦市", "code": "001"})]


def test_the_table_may_stand_on_another_sheet() -> None:
    def another(made: Any, _sheet: Any) -> None:
        sheet = made.add_worksheet("单位")
        sheet.write_row(2, 3, ["名称", "上级单位"])
        sheet.write_row(3, 3, ["东浦区", "云浦市"])

    assert rows(book(("填表说明",), more=another)) == [(4, {"name": "东浦区", "parent": "云浦市"})]


def refused(data: bytes, name: str = "单位.xlsx") -> tuple[str, object]:
    with pytest.raises(BadInput) as error:
        sheets.read(name, data, COLUMNS)
    return error.value.code, error.value.params.get("missing")


def far_away(_book: Any, sheet: Any) -> None:
    sheet.write(1_048_575, 16_383, "误填")


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


GOOD = book(HEAD, ("东浦区", "云浦市"))
SHEET = "xl/worksheets/sheet1.xml"


def damaged(change: Callable[[bytes], bytes]) -> bytes:
    """The good workbook with another worksheet."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    return packed(**parts | {SHEET: change(parts[SHEET])})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheets.empty"),
        (book(), "sheets.empty"),
        (book(("", "")), "sheets.empty"),
        (b"x" * (sheets.MOST_BYTES + 1), "sheets.too_big"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheets.old_excel"),
        (b"%PDF-1.7\n\x00\x01\x02\xff\xfe" + bytes(range(256)) * 9, "sheets.no_table"),
        (b"PK\x03\x04 no zip", "sheets.no_table"),
        (packed(readme=b"no workbook"), "sheets.no_table"),
        (packed(zeros=bytes(sheets.MOST_UNPACKED + 1)), "sheets.bomb"),
        (GOOD + b"PK\x01\x02" * 20_001, "sheets.bomb"),
        (book(HEAD, ("东浦区", "云浦市"), more=far_away), "sheets.too_wide"),
        (damaged(lambda xml: xml[:-40]), "sheets.no_table"),
        (damaged(lambda xml: xml.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)), "sheets.no_table"),
        (damaged(lambda xml: xml.replace(b'<row r="1"', b'<row r="one"')), "sheets.no_table"),
        (book(HEAD), "sheets.no_rows"),
        (book(HEAD, *[("区", "市")] * (sheets.MOST_ROWS + 1)), "sheets.too_many"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_or_would_fill_the_memory_is_refused(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_a_cell_without_a_place_counts_from_the_one_before() -> None:
    far = b'<row r="1048576"><c><v>1</v></c></row></sheetData>'
    assert refused(damaged(lambda xml: xml.replace(b"</sheetData>", far)))[0] == "sheets.too_wide"


def test_empty_cells_far_away_do_no_harm() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert len(rows(damaged(lambda xml: xml.replace(b"</sheetData>", far)))) == 1


def test_a_header_that_lacks_a_column_says_which() -> None:
    assert refused(book(("单位表",), ("名称", "编码"), ("东浦区", "1"))) == ("sheets.columns", "上级单位")
    assert refused(book(("单位表",))) == ("sheets.columns", "名称、上级单位")


def test_what_is_written_is_read_again_and_offers_its_choices() -> None:
    columns = (COLUMNS[0], COLUMNS[1], Column("kind", "类别", choices=("市辖区", "街道")))
    data = sheets.write("单位表", "一行一个单位。", columns, [("东浦区", "云浦市", "=1+1")])
    assert [row.cells["kind"] for row in sheets.read("单位.xlsx", data, columns).rows] == ["=1+1"]
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert (page["A1"].value, page.freeze_panes) == ("单位表", "B4")
    assert [one.formula1 for one in page.data_validations.dataValidation] == ['"市辖区,街道"']


def test_any_damage_gives_a_table_or_a_refusal() -> None:
    seeded = random.Random(20260301)  # noqa: S311
    for _round in range(300):
        data = bytearray(GOOD if seeded.random() < 0.7 else CSV.encode("gb18030"))
        for _flip in range(seeded.randrange(1, 12)):
            data[seeded.randrange(len(data))] = seeded.randrange(256)
        with contextlib.suppress(BadInput):
            assert sheets.read("单位", bytes(data[: seeded.choice((None, -9, 60))]), COLUMNS).rows
