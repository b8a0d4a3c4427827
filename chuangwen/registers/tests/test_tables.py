"""Tables out and in: own ones and a city's own, with a preview, faults by row, and changes of others kept."""

import re
import subprocess
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from chuangwen.cores import roundtrip
from chuangwen.kit import audit
from chuangwen.kit.models import OutboxRow
from chuangwen.orgs.testing import Cast, sign_in

from ..models import MemberMark, ProjectList, Register
from ..rules.coverage import MarkState
from .world import BODIES, make_lanes, make_register, mark

pytestmark = pytest.mark.django_db
Lines = list[list[Any]]
HEAD = ["名称", "所在单位", *BODIES]


def book(lines: Iterable[Iterable[Any]], *, hidden: Lines | None = None) -> bytes:
    """A workbook with the lines; `hidden` is the sheet that a table taken from here brings along."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in [("Sheet1", lines), *([(roundtrip.BASE_SHEET, hidden)] if hidden else [])]:
            sheet = made.add_worksheet(name)
            for y, line in enumerate(rows):
                for x, cell in enumerate(line):
                    sheet.write(y, x, cell)
    return out.getvalue()


def taken_out(client: Client, address: str) -> tuple[Lines, Lines]:
    """The rows of the first sheet, and of the hidden one."""
    found = CalamineWorkbook.from_filelike(BytesIO(client.get(address).content))
    first, hidden = (found.get_sheet_by_name(name).to_python() for name in found.sheet_names)
    return first, hidden


def handed_in(client: Client, address: str, data: bytes, **values: str) -> Any:
    file = SimpleUploadedFile("名单.xlsx", data)
    return client.post(address, {"file": file, "as_of": "2022-03-31", **values})


def held(response: Any) -> dict[str, str]:
    """What the preview holds to be taken over."""
    page = response.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(table|seen)" value="([^"]+)">', page))
    assert (response.status_code, set(found)) == (200, {"table", "seen"}), page
    return found


def faults(response: Any) -> list[tuple[str, str, str]]:
    assert response.status_code == 422
    rows = re.findall(
        r'<tr><td class="nowrap">\S*?[A-Z]*(\d+)</td><th scope="row">(.*?)</th><td>(.*?)</td></tr>',
        response.content.decode(),
    )
    return [(row, column, what) for row, column, what in rows]


@pytest.fixture
def register(cast: Cast, client: Client) -> Register:
    sign_in(client, cast.urban_staff)
    return make_register(cast, villages=3)


def bring_in(register: Register) -> str:
    return f"/registers/{register.pk}/bring-in/"


def test_a_city_s_own_table_is_previewed_and_then_taken_over(client: Client, register: Register) -> None:
    data = book(
        [
            ["云浦市移风易俗组织情况统计表", "", "", "", "", "", ""],  # a title over the whole width
            ["序号", "村名", "所在镇街", "村民议事会", "红白理事会", "村规民约", "联系人"],
            [1, "第１村", "望江街道", "", "√", "", "甲"],
            [2, "第2村", "望江街道", "有", "无", "２０２１年５月", "乙"],
            [3, "上坞村", "东浦区", "是", "×", date(2021, 5, 4), "丙"],
            ["", "", "", "", "", "", ""],
        ]
    )
    preview = handed_in(client, bring_in(register), data)
    page = preview.content.decode()
    assert "表格将带来 4 处变化" in page
    assert "未读取：序号、联系人" in page
    assert "东浦区（云浦市），村民议事会 有，红白理事会 无，村规民约 有，村规民约起始日期 2021-05-04" in page
    assert register.members.count() == 3
    OutboxRow.objects.filter(topic="sources.changed").delete()
    taken = client.post(bring_in(register), held(preview))
    assert taken["Location"] == f"/registers/{register.pk}/"
    said = {
        (mark.member.name, mark.column.name): (mark.state, mark.since)
        for mark in MemberMark.objects.filter(as_of=date(2022, 3, 31)).select_related("member", "column")
    }
    assert said == {
        ("第1村", "红白理事会"): ("yes", None),
        ("第2村", "红白理事会"): ("no", None),
        ("第2村", "村规民约"): ("yes", date(2021, 5, 1)),
        ("上坞村", "村民议事会"): ("yes", None),
        ("上坞村", "红白理事会"): ("no", None),
        ("上坞村", "村规民约"): ("yes", date(2021, 5, 4)),
    }
    assert audit.sentence(audit.history(register)[0]) == (
        "导入表格“名单.xlsx”：新增 1 个，修改 0 个，填报 6 处（截至2022-03-31）"
    )
    assert OutboxRow.objects.filter(topic="sources.changed").count() == 2
    assert "表格没有带来任何变化" in handed_in(client, bring_in(register), data).content.decode()


def test_what_is_wrong_is_told_by_row_and_nothing_is_stored(client: Client, register: Register) -> None:
    data = book(
        [
            HEAD,
            ["第1村", "望江街道", "大概有"],
            ["第1村", "望江街道", "", "有"],
            ["新村", "没有的街道"],
            ["无处村", ""],
            ["新二村", "望江街道", "", "", "", "", "前年"],
            ["", "望江街道", "有"],
            ["第3村", "望江街道", "有"],
            ["第3村", "望江街道", "无"],
        ]
    )
    assert faults(handed_in(client, bring_in(register), data)) == [
        ("2", "村民议事会", "“大概有”看不出有还是无，请填“有”“无”或留空"),
        ("4", "所在单位", "没有唯一名为“没有的街道”的单位，请填写全称"),
        ("5", "所在单位", "此处必须填写"),
        ("6", "村规民约", "“前年”看不出有还是无，请填“有”“无”或留空"),
        ("7", "名称", "此处必须填写"),
        ("9", "名称", "与第 8 行重复"),
    ]
    assert (register.members.count(), MemberMark.objects.filter(as_of=date(2022, 3, 31)).count()) == (3, 0)


def test_a_table_taken_from_here_comes_back_with_what_was_edited(client: Client, register: Register) -> None:
    rows, hidden = taken_out(client, f"/registers/{register.pk}/table/")
    title, _subtitle, head, first, *_others = rows
    assert (title[0], head[:2], first[0], first[1]) == (
        "移风易俗组织名录",
        ["名称", "所在单位"],
        "第1村",
        "望江街道（东浦区）",
    )
    same = handed_in(client, bring_in(register), book(rows, hidden=hidden))
    assert "表格没有带来任何变化" in same.content.decode()
    out = head.index("红白理事会")
    without = [line[:out] + line[out + 1 :] for line in rows]
    assert (
        "表格没有带来任何变化"
        in handed_in(client, bring_in(register), book(without, hidden=hidden)).content.decode()
    )
    first[head.index("红白理事会")] = "有"
    first[head.index("名称")] = "上坞村"
    rows[4][head.index("村规民约")] = ""
    preview = handed_in(client, bring_in(register), book(rows, hidden=hidden))
    assert "表格将带来 3 处变化" in preview.content.decode()
    client.post(bring_in(register), held(preview))
    assert register.members.filter(name="上坞村").exists()
    said = (
        MemberMark.objects.filter(as_of=date(2022, 3, 31)).order_by("pk").values_list("member__name", "state")
    )
    assert sorted(said) == [("上坞村", "yes"), ("第2村", "unknown")]


def test_what_another_changed_meanwhile_is_a_fault_and_not_overwritten(
    client: Client, register: Register
) -> None:
    rows, hidden = taken_out(client, f"/registers/{register.pk}/table/")
    mark(register, "第1村", "红白理事会", MarkState.YES)
    rows[3][rows[2].index("红白理事会")] = "不明"
    assert faults(handed_in(client, bring_in(register), book(rows, hidden=hidden))) == [
        ("4", "红白理事会", "导出之后有人把此处由“无”改成了“有”，请核对后改正")
    ]
    rows[3][rows[2].index("红白理事会")] = "无"  # not edited: the other's change stays
    rows[3][rows[2].index("村民议事会")] = "无"
    preview = handed_in(client, bring_in(register), book(rows, hidden=hidden))
    assert "表格将带来 1 处变化" in preview.content.decode()


def test_what_changed_between_preview_and_taking_over_is_shown_anew(
    client: Client, register: Register
) -> None:
    data = book(
        [["名称", "所在单位", "红白理事会"], ["第1村", "望江街道", "有"], ["第2村", "望江街道", "无"]]
    )
    shown = held(handed_in(client, bring_in(register), data))
    mark(register, "第1村", "红白理事会", MarkState.YES)
    again = client.post(bring_in(register), shown)
    assert (again.status_code, "请重新确认" in again.content.decode()) == (409, True)
    assert "表格将带来 1 处变化" in again.content.decode()
    assert client.post(bring_in(register), shown | {"table": "forged"}).status_code == 422


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0\1", "名单.xlsx 不是 XLSX 或 CSV 文件，或已损坏"),
        (book([["随便", "写写"], ["甲", "乙"]]), "名单.xlsx 的表头缺少：名称"),
        (book([HEAD]), "名单.xlsx 只有表头，没有内容"),
    ],
)
def test_what_is_no_table_of_ours_is_refused_in_a_sentence(
    client: Client, register: Register, data: bytes, said: str
) -> None:
    response = handed_in(client, bring_in(register), data)
    page = response.content.decode()
    assert (response.status_code, said in page, "2022-03-31" in page) == (422, True, True)


def test_a_table_of_another_list_and_copied_rows_are_refused(
    cast: Cast, client: Client, register: Register
) -> None:
    rows, hidden = taken_out(client, f"/registers/{register.pk}/table/")
    other = make_register(cast, name="另一名录")
    foreign = handed_in(client, bring_in(other), book(rows, hidden=hidden))
    assert "从另一份清单导出" in foreign.content.decode()
    rows.append(list(rows[3]))
    rows.append([*rows[4][:-1], "999999"])
    found = faults(handed_in(client, bring_in(register), book(rows, hidden=hidden)))
    assert [(row, what) for row, _column, what in found] == [
        ("7", "与第 4 行重复"),
        ("8", "名单中已没有这一行；如为新增，请清空此单元格"),
    ]


@pytest.fixture
def lanes(cast: Cast, client: Client) -> ProjectList:
    sign_in(client, cast.urban_staff)
    return make_lanes(cast, lanes=2)


def test_projects_come_in_with_their_days_and_what_was_measured(client: Client, lanes: ProjectList) -> None:
    address = f"/registers/projects/{lanes.pk}/bring-in/"
    head = [
        "项目名称",
        "所在镇街",
        "进展",
        "开工时间",
        "完成时间",
        "成效指标",
        "计量单位",
        "治理前",
        "治理后",
    ]
    data = book(
        [
            head,
            [
                "第1巷",
                "望江街道",
                "已完工",
                "2021.6.10",
                "2021年11月20日",
                "高峰通行时间",
                "分钟",
                14,
                "９．５",
            ],
            ["书院巷", "望江街道", "", "", "", "", "", "", ""],
        ]
    )
    client.post(address, held(handed_in(client, address, data)))
    done, _planned, new = lanes.projects.order_by("pk")
    assert (done.state, str(done.done_on), str(done.before), str(done.after)) == (
        "done",
        "2021-11-20",
        "14.000000",
        "9.500000",
    )
    assert (new.name, new.state) == ("书院巷", "planned")
    wrong = book(
        [head, ["第2巷", "望江街道", "完成", "", "", "", "", 3, ""], ["第1巷", "望江街道", "", "2022-1-1"]]
    )
    assert faults(handed_in(client, address, wrong)) == [
        ("2", "状态", "状态与日期不一致，请填写相应的开工日期或完成日期"),
        ("2", "成效指标", "填了数值，还须填写成效指标名称"),
        ("3", "完成日期", "完成日期早于开工日期"),
    ]


def test_projects_taken_out_come_back_unchanged_and_edited(client: Client, lanes: ProjectList) -> None:
    address = f"/registers/projects/{lanes.pk}/bring-in/"
    rows, hidden = taken_out(client, f"/registers/projects/{lanes.pk}/table/")
    same = handed_in(client, address, book(rows, hidden=hidden))
    assert "表格没有带来任何变化" in same.content.decode()
    rows[3][rows[2].index("完成日期")] = "2022-01-14"
    client.post(address, held(handed_in(client, address, book(rows, hidden=hidden))))
    assert [project.state for project in lanes.projects.order_by("pk")] == ["done", "planned"]


@pytest.mark.office
def test_a_table_saved_by_a_spreadsheet_program_comes_back(
    client: Client, register: Register, tmp_path: Path
) -> None:
    ours = tmp_path / "out.xlsx"
    ours.write_bytes(client.get(f"/registers/{register.pk}/table/").content)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "theirs"), str(ours)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    theirs = (tmp_path / "theirs/out.xlsx").read_bytes()
    assert theirs != ours.read_bytes()
    preview = handed_in(client, bring_in(register), theirs)
    assert "表格没有带来任何变化" in preview.content.decode()
