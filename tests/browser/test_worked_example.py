"""The worked example of docs/explanation/worked-example.md, entered through the pages by those whose work it is.

The office writes the system, registers eighteen points and plans the round; its lead draws twelve of them; a
team marks, and districts file their material; owners object and a second marker decides; the lead locks the
round. On the way the numbers that the docs work out by hand stand on the screen. Units and people alone are
there before.
"""

import io
import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from chuangwen.assessments.testing import PASSPHRASE
from chuangwen.assessments.tests.test_worked_example import FRAME, MARKS
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, make_unit, seat
from chuangwen.points.tests.world import jpeg

from .conftest import Desk
from .look import faults

pytestmark = pytest.mark.browser

LOOK_AT = os.environ.get("CHUANGWEN_SHOTS")  # a folder for pictures of each step, to be looked at by people
TYPES = {"R": ("道路", "1"), "M": ("市场", "1"), "P": ("公园", "0.5")}
NODES = [  # number, title, under, level, weight, method
    ("A", "环境", "", "测评项目", "0.6", ""),
    ("A1", "街面环境", "环境", "测评标准", "0.5", "实地考察"),
    ("A2", "通行秩序", "环境", "测评标准", "0.5", "实地考察"),
    ("B", "宣传", "", "测评项目", "0.4", ""),
    ("B1", "公益广告", "宣传", "测评标准", "1", "实地考察"),
    ("B2", "宣传工作", "宣传", "测评标准", "1", "材料审核"),
]
ITEMS = {  # key in the docs: standard, title, kind, weight, types, what else is filled in
    "clean": ("街面环境", "地面整洁", "分级", "2", "RMP", {}),
    "bins": ("街面环境", "垃圾分类容器齐全", "是否", "1", "RMP", {}),
    "exit": ("通行秩序", "安全出口畅通", "是否", "1", "M", {"点位封顶分": "0.5"}),
    "parking": ("通行秩序", "停车有序", "分级", "1", "RM", {}),
    "ads": ("公益广告", "公益广告完好", "是否", "1", "RMP", {}),
    "papers": ("宣传工作", "应有材料齐全", "计数", "1", "", {"应有项数": "10"}),
}
GRADES = [("优", "1"), ("中", "0.5"), ("差", "0")]
GRADE_OF = dict(zip("ABC", ("优", "中", "差"), strict=True))
NAMES = {key: title for key, (_, title, *_) in ITEMS.items()}


@dataclass
class People:
    cast: Cast
    lead: Actor
    marker: Actor
    second: Actor
    river_staff: Actor


@pytest.fixture
def people(cast: Cast) -> People:
    home = make_unit(cast.city, "云浦市调查队")
    return People(
        cast,
        lead=seat("lead", "章测", cast.office_unit, Role.CAMPAIGN_OFFICE),
        marker=seat("marker", "甲明", home),
        second=seat("second", "乙清", home),
        river_staff=seat("river", "何云", cast.river),
    )


class Story:
    """Who sits where, and pictures of what they see."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.desks: dict[str, Desk] = {}
        self.wrong: dict[str, list[str]] = {}
        self.steps = 0

    def of(self, who: Actor, path: str = "") -> Page:
        """The page before `who`, opened at `path` or as it was left."""
        if who.name not in self.desks:
            self.desks[who.name] = self.desk(who)
        at = self.desks[who.name]
        if path:
            at.go(path)
        return at.page

    def look(self, page: Page, step: str) -> None:
        """The page fits, is accessible and speaks Chinese."""
        self.steps += 1
        if wrong := faults(page):
            self.wrong[step] = wrong
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if LOOK_AT:
                path = Path(LOOK_AT) / f"{self.steps:02}-{step}-{width}.png"
                page.screenshot(path=path, full_page=True)


def press(page: Page | Locator, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page | Locator, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()


def take(page: Page, todo: str) -> None:
    """From the desk to where it is done."""
    follow(page, todo)
    follow(page, "打开")


def confirm(page: Page, button: str, **said: str) -> None:
    """Open the question behind `button`, answer it, and press the button in it."""
    asked = page.locator("details.confirm").filter(has_text=button)
    asked.locator("summary").click()
    for label, text in said.items():
        asked.get_by_label(label).fill(text)
    press(asked, button)


def fill(page: Page | Locator, **said: str) -> None:
    """Type into lines, and choose in lists, by their labels; what is optional says so after its label."""
    for label, text in said.items():
        line = page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*（选填）)?\s*$")).first
        if line.evaluate("e => e.tagName") == "SELECT":
            line.select_option(label=text)
        else:
            line.fill(text)


def add_types(page: Page) -> None:
    for code, (name, weight) in TYPES.items():
        follow(page, "添加点位类型")
        fill(page, 代码=code, 名称=name, 权重=weight)
        press(page, "添加")


def write_system(page: Page) -> None:
    for number, title, under, level, weight, method in NODES:
        if under:
            page.locator("section[aria-labelledby=tree]").get_by_role("link", name=under).first.click()
            follow(page, "在下面添加")
        else:
            follow(page, "添加测评项目")
        fill(page, 层级=level, 编号=number, 标题=title, 权重=weight)
        if method:
            fill(page, 测评方法=method)
        press(page, "添加")
    for standard, title, kind, weight, types, more in ITEMS.values():
        page.locator("section[aria-labelledby=tree]").get_by_role("link", name=standard).click()
        follow(page, "添加检查项")
        fill(page, 检查项类型=kind)
        press(page, "选定类型")
        fill(page, 检查内容=title, 权重=weight, **more)
        if kind == "分级":
            for at, (grade, worth) in enumerate(GRADES, 1):
                fill(page, **{f"等级 {at}": grade, f"得分 {at}": worth})
        if "点位封顶分" in more:
            fill(page, 关键项="不符合则点位封顶")
        for code in types:
            page.get_by_label(TYPES[code][0]).check()
        press(page, "添加")


def rows_of_points() -> list[dict[str, str]]:
    rows = []
    for unit, counts in FRAME.items():
        for code, count in counts.items():
            for at in range(1, count + 1):
                kind = TYPES[code][0]
                name = f"{unit[:2]}{kind}{at}号"
                rows.append({"点位名称": name, "点位类型": kind, "属地单位": unit, "牵头部门": "市城管局"})
    return rows


def register_points(page: Page, rows: list[dict[str, str]]) -> None:
    for row in rows:
        page.get_by_role("link", name="登记点位").click()
        fill(page, 名称=row["点位名称"], **{key: row[key] for key in ("点位类型", "属地单位", "牵头部门")})
        press(page, "添加")
        follow(page.locator(".crumbs"), "点位")


def bring_points_in(page: Page, rows: list[dict[str, str]]) -> None:
    """The template, filled in."""
    follow(page, "导入表格")
    with page.expect_download() as taken:
        follow(page, "下载模板")
    book = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    heads: dict[str, int] = {}
    for line in sheet.iter_rows():
        heads = {str(cell.value): cell.column for cell in line if cell.value}
        if "点位名称" in heads:
            break
    for at, row in enumerate(rows, sheet.max_row + 1):
        for head, text in row.items():
            sheet.cell(at, heads[head], text)
    out = io.BytesIO()
    book.save(out)
    file = {"name": "点位.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    page.set_input_files("input[name=file]", file)  # type: ignore[arg-type]
    press(page, "预览变化")
    press(page, "确认导入")


def mark(page: Page, row: dict[str, Any]) -> None:
    """What was found at one point; None: it does not apply there."""
    fill(page, 走访时间="2022-04-12T09:30")
    for key, found in row.items():
        item = page.locator("section.sheet").filter(has=page.get_by_role("heading", name=NAMES[key]))
        if found is None:
            item.locator("summary").click()
            item.get_by_label("不适用", exact=True).check()
            fill(item, 不适用的理由="此处没有该设施")
        else:
            answer = GRADE_OF[found] if isinstance(found, str) else ("达标" if found else "不达标")
            item.get_by_label(answer, exact=True).check()
    press(page, "提交走访")


def mark_visits(page: Page) -> int:
    """The marks of the docs, on the points that were drawn in each stratum; how many visits that is."""
    waiting = defaultdict(list)
    for text in page.locator("tbody th").all_inner_texts():
        name = text.split("\n")[0]
        unit = next(unit for unit in FRAME if name.startswith(unit[:2]))
        code = next(code for code, (kind, _) in TYPES.items() if kind in name)
        waiting[unit, code].append(name)
    for stratum, rows in MARKS.items():
        for name, row in zip(waiting[stratum], rows, strict=False):
            follow(page, name)
            mark(page, row)
    return sum(len(rows) for rows in MARKS.values())


def row_of(page: Page, name: str) -> list[str]:
    """The cells that stand beside a name in a table."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))
    return [" ".join(text.split()) for text in row.locator("td").all_inner_texts()]


def test_the_worked_example_is_entered_through_the_pages(people: People, desk: Any) -> None:
    story = Story(desk)
    cast = people.cast

    # the office writes the system
    office = story.of(cast.office, "/standards/types/")
    add_types(office)
    follow(office.locator(".crumbs"), "测评体系")
    follow(office, "新建体系")
    fill(office, 体系名称="算例体系")
    office.get_by_label("计入全市总分").check()
    press(office, "建立")
    follow(office, "打开草稿")
    write_system(office)
    story.look(office, "draft")
    press(office, "发布")
    expect(office.locator(".told.success")).to_contain_text("第 1 版已发布")

    # registers the points: three by hand, the others with a table
    rows = rows_of_points()
    office = story.of(cast.office, "/points/")
    register_points(office, rows[3:6])
    bring_points_in(office, rows[:3] + rows[6:])
    office.goto(office.url.split("/points/")[0] + "/points/")
    expect(office.locator("#found")).to_have_text("18 个点位")
    story.look(office, "points")

    # plans the round
    follow(story.of(cast.office, "/assessments/"), "计划一轮测评")
    weights = {"实地考察权重（百分比）": "70", "材料审核权重（百分比）": "30", "复测比例（%）": "0"}
    fill(office, 名称="算例", 测评体系="算例体系 · 第 1 版", 测评负责人="章测 · 市创建办", **weights)
    fill(office, 起始日期="2022-04-11", 截止日期="2030-04-22")
    story.look(office, "plan")
    press(office, "创建")
    story.look(office, "planned")
    follow(office, "参评单位")
    for unit in FRAME:
        office.get_by_label(unit).first.check()
    story.look(office, "units")
    press(office, "保存")
    follow(office, "添加测评组")
    fill(office, 列出单位人员="云浦市调查队")
    press(office, "列出")
    fill(office, 名称="一组", 类别="调查队")
    office.get_by_label("甲明").check()
    office.get_by_label("乙清").check()
    press(office, "添加")
    story.look(office, "ready")

    # its lead draws and opens
    lead = story.of(people.lead, "/assessments/")
    follow(lead, "算例")
    follow(lead, "抽取点位")
    fill(lead, 每个单位的点位数="6", 每层至少="2", 口令=PASSPHRASE, 再次输入口令=PASSPHRASE)
    press(lead, "抽签")
    story.look(lead, "drawn")
    follow(lead, "向测评组开启点位")
    fill(lead, 口令=PASSPHRASE)
    press(lead, "开启点位")
    story.look(lead, "opened")

    # the team marks nine of them
    marker = story.of(people.marker, "/assessments/visits/")
    expect(marker.locator("#found")).to_have_text("12 次走访")
    mark_visits(marker)
    story.look(marker, "marked")

    # the lead accepts them, and cancels those that nobody could reach
    follow(lead, "质量审核")
    for box in lead.get_by_role("checkbox").all():
        box.check()
    story.look(lead, "quality")
    press(lead, "通过所选走访")
    for _ in range(3):
        lead.locator("tr").filter(has_text="待走访").first.get_by_role("link").click()
        confirm(lead, "取消走访", 原因="封路")
    story.look(lead, "accepted")

    # districts are asked for their material, file it, and the lead reviews it
    follow(lead.locator(".crumbs"), "算例")
    follow(lead, "申报材料")
    press(lead, "下达材料申报")
    for who in (cast.east_staff, people.river_staff):
        page = story.of(who, "/desk/")
        take(page, "申报测评标准材料")
        fill(page, 结论="达标", 说明报告="应有材料10份，均已归档。")
        press(page, "提交")
        story.look(page, f"filed-{who.name}")
    for unit, k in (("东浦区", "9"), ("云河区", "8")):
        lead.goto(lead.url)
        lead.locator("tr").filter(has_text=unit).get_by_role("link").first.click()
        fill(lead, **{"10 项中达标几项": k})
        press(lead, "按以上评分通过")
        story.look(lead, f"reviewed-{unit}")
        follow(lead.locator(".crumbs"), "申报材料")

    # the numbers of the docs stand on the board
    follow(lead, "成绩榜")
    press(lead, "立即计分")
    story.look(lead, "board")
    first = ["1", "1", "67.34", "58.11–75.39", "67.34", "64.29", "6 / 6", "24", "2", "92%", ""]
    withheld = ["—", "—", "—", "—", "—", "72.73", "3 / 6", "10", "1", "36%", "覆盖不足 36%"]
    city = ["66.67", "9 / 12", "34", "3", "64%"]  # its own score lacks what only districts file
    assert row_of(lead, "东浦区") == first
    assert row_of(lead, "云河区") == withheld
    assert row_of(lead, "云浦市") == city
    expect(lead.locator("section[aria-labelledby=role-unit] header")).to_contain_text(
        "有测评方式尚无结果 材料审核"
    )
    follow(lead, "东浦区")
    story.look(lead, "east")
    assert row_of(lead, "实地考察") == ["70%", "57.63"]
    assert row_of(lead, "材料审核") == ["30%", "90.00"]
    assert [row_of(lead, name)[1] for name in ("A1 街面环境", "A2 通行秩序", "B1 公益广告", "A 环境")] == [
        *("56.67", "68.75", "50.00", "62.71"),
    ]
    expect(lead.locator("main")).to_contain_text("2 条不适用")

    # and so do those of what to mend
    follow(lead, "得分解释")
    story.look(lead, "explain")
    expect(lead.locator(".judgement")).to_contain_text("百分制得分 67.34：24 条记录中 10 条失分。")
    costs = lead.locator("section[aria-labelledby=lost] tbody td:nth-child(2)").all_inner_texts()
    assert costs[:3] == ["7.525", "5.600", "5.600"]
    expect(lead.locator("tbody tr").first).to_contain_text("安全出口畅通 点位封顶")
    for at, box in enumerate(lead.locator("input[name=fix]").all()):
        box.set_checked(at < 3)
    press(lead, "测算整改所选各条可提高多少")
    expect(lead.locator(".judgement")).to_contain_text("整改这 3 条可提高 18.725 分")

    # West's score is withheld, and is no zero
    follow(lead.locator(".crumbs"), "成绩榜")
    follow(lead, "云河区")
    story.look(lead, "west")
    expect(lead.locator(".figures")).to_contain_text("暂不出分：覆盖不足 36%")
    assert lead.locator(".figures .figure").all_inner_texts() == ["—", "—", "3 / 6", "10", "—"]

    # the marking ends, and owners are asked
    follow(lead.locator(".crumbs"), "算例")
    confirm(lead, "结束评分")
    story.look(lead, "replying")
    follow(lead, "异议")
    press(lead, "请责任单位反馈")
    story.look(lead, "asked")

    # East objects with proof to the exit; a second marker looks and upholds it
    east = story.of(cast.east_staff, "/desk/")
    take(east, "反馈测评结果")
    story.look(east, "findings")
    east.locator("tr").filter(has_text=NAMES["exit"]).get_by_role("link", name="提出异议").click()
    fill(east, 异议理由="出口畅通，照片拍的是备用门")
    proof = {"name": "出口.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    east.get_by_label("证明材料").set_input_files(proof)  # type: ignore[arg-type]
    press(east, "提出异议")
    story.look(east, "objected")
    second = story.of(people.second, "/assessments/")
    follow(second, "算例")
    story.look(second, "second")
    follow(second, "异议")
    second.get_by_role("link", name="出口畅通").click()
    second.get_by_label("达标", exact=True).check()
    fill(second, 认定依据="照片属实")
    press(second, "成立，按此改判")
    story.look(second, "decided")

    # all owners are through, and the lead locks the round
    for who in (cast.east_staff, people.river_staff, cast.urban_staff):
        page = story.of(who, "/desk/")
        take(page, "反馈测评结果")
        press(page, "核对完毕，其余无异议")
        story.look(page, f"through-{who.name}")
    follow(lead, "成绩榜")
    confirm(lead, "锁定测评")
    story.look(lead, "locked")
    # the exit was clear: no cap holds any more, and what the mark cost is gained
    assert row_of(lead, "东浦区")[2:5] == ["74.86", "65.21–82.55", "74.86"]
    assert row_of(lead, "云河区") == withheld
    sha256 = lead.locator("section[aria-labelledby=lock] code").first.inner_text()
    verify = lead.locator("section[aria-labelledby=lock] code").last.inner_text()
    assert verify.startswith("chuangwen round verify ")
    out = io.StringIO()
    call_command(*verify.split()[1:], stdout=out)
    assert sha256 in out.getvalue()

    # the seed is revealed, and everybody in the city sees what was locked
    follow(lead.locator(".crumbs"), "算例")
    expect(lead.locator("main")).to_contain_text("请公布种子")
    follow(lead, "抽签及公开文件")
    fill(lead, 口令=PASSPHRASE)
    press(lead, "公布")
    story.look(lead, "revealed")
    expect(lead.locator(".judgement")).to_contain_text("18 个点位中抽取 12 个。 种子已公布")
    page = story.of(people.river_staff, f"{urlsplit(lead.url).path.removesuffix('draw/')}board/")
    assert row_of(page, "东浦区")[2] == "74.86"
    assert row_of(page, "云河区") == withheld
    assert story.wrong == {}
    assert [error for at in story.desks.values() for error in at.errors] == []
