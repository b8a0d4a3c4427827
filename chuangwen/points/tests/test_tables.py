"""Points as tables out and in: owners asked for, faults by row, changes of others kept, what to look at told."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from chuangwen.cores import roundtrip
from chuangwen.cores.errors import BadInput, Stale
from chuangwen.kit import audit
from chuangwen.kit.models import AuditEntry
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import Cast, make_unit

from .. import access, actions, queries
from ..exchange import merging, table
from ..exchange.merging import Merged
from ..models import Point
from ..testing import make_point, make_points
from .world import TODAY, square

pytestmark = pytest.mark.django_db
Lines = list[list[Any]]
HEAD = [
    "点位名称",
    "点位编号",
    "点位类型",
    "地址",
    "经度",
    "纬度",
    "坐标系",
    "属地单位",
    "牵头部门",
    "主体单位",
    "开放时间",
    "状态",
]


def book(lines: Iterable[Iterable[Any]], *, hidden: Lines | None = None) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as made:
        for name, rows in [("Sheet1", lines), *([(roundtrip.BASE_SHEET, hidden)] if hidden else [])]:
            sheet = made.add_worksheet(name)
            for y, line in enumerate(rows):
                for x, cell in enumerate(line):
                    sheet.write(y, x, cell)
    return out.getvalue()


def row(name: str, **values: Any) -> list[Any]:
    known = {"点位名称": name, "点位类型": "集贸市场", "属地单位": "东浦区", "牵头部门": "市城管局", **values}
    return [known.get(title, "") for title in HEAD]


def read(cast: Cast, lines: Iterable[Iterable[Any]], hidden: Lines | None = None) -> roundtrip.Table:
    return table.read("点位.xlsx", book(lines, hidden=hidden), queries.types_for(cast.office))


def merged(
    cast: Cast, lines: Iterable[Iterable[Any]], hidden: Lines | None = None, actor: Actor | None = None
) -> Merged:
    return merging.merge(actor or cast.office, cast.city, read(cast, lines, hidden), TODAY)


def bring_in(cast: Cast, lines: Iterable[Iterable[Any]], hidden: Lines | None = None) -> Merged:
    found = read(cast, lines, hidden)
    seen = merging.digest(merging.merge(cast.office, cast.city, found, TODAY))
    return actions.bring_in_points(
        actor=cast.office, jurisdiction_id=cast.city.pk, name="点位.xlsx", table=found, seen=seen, today=TODAY
    )


def faults(
    cast: Cast, lines: Lines, hidden: Lines | None = None, actor: Actor | None = None
) -> list[tuple[Any, Any]]:
    with pytest.raises(BadInput) as refused:
        merged(cast, lines, hidden, actor)
    assert refused.value.code == "points.table_errors", refused.value
    errors: Any = refused.value.params["errors"]
    return [(error["row"], error["column"]) for error in errors]


def taken_out(cast: Cast) -> tuple[Lines, Lines]:
    points = access.visible_points(cast.office).select_related(*access.JOINED, "unit__parent")
    data = table.table_out(cast.city, points, queries.types_for(cast.office), "", TODAY)
    found = CalamineWorkbook.from_filelike(BytesIO(data))
    first, hidden = (found.get_sheet_by_name(name).to_python() for name in found.sheet_names)
    return first, hidden


def test_a_city_s_own_table_comes_in_with_numbers_and_its_own_system_of_coordinates(cast: Cast) -> None:
    shop = make_unit(cast.east, "望江市场公司", kind=UnitKind.ENTERPRISE)
    bring_in(
        cast,
        [
            HEAD,
            row(
                "望江农贸市场",
                经度="116.41024449916938",
                纬度="39.91640428150164",
                坐标系="高德",
                主体单位="望江市场公司",
            ),
            row("柳荫市场", 点位编号="A-7", 主体单位="某某物业", 开放时间="每天6:00-19:00", 状态="停业"),
            row("云桥市场", 点位类型="JMSC", 属地单位="云河区"),
        ],
    )
    one, other, third = Point.objects.order_by("pk")
    assert (one.number, one.lon_e7, one.lat_e7, one.crs) == ("0001", 1_164_040_000, 399_150_000, "gcj02")
    assert (one.venue_unit, other.venue_name, third.venue) == (shop, "某某物业", "云桥市场")
    assert (other.number, other.status, other.status_on, third.number) == ("A-7", "suspended", TODAY, "0002")
    assert audit.history(one)[0].header is not None


def test_a_row_without_an_owner_is_refused_by_its_number_with_all_others_and_nothing_is_stored(
    cast: Cast,
) -> None:
    found = faults(
        cast,
        [
            HEAD,
            row("好的市场"),
            row("无牵头", 牵头部门=""),
            row("无属地", 属地单位=""),
            row("无类型", 点位类型=""),
            row("错类型", 点位类型="月球站"),
            row("错部门", 牵头部门="没有的局"),
            row("错坐标", 经度="120.5"),
            row("错坐标系", 坐标系="北京54"),
            row("错时间", 开放时间="看心情"),
            row("错状态", 状态="不详"),
            row("长名" * 60),
            row(""),
            row("错三处", 状态="不详", 牵头部门="", 属地单位=""),
            row("重号一", 点位编号="9"),
            row("重号二", 点位编号="9"),
        ],
    )
    assert found == [
        (3, "牵头部门"),
        (4, "属地单位"),
        (5, "点位类型"),
        (6, "点位类型"),
        (7, "牵头部门"),
        (8, "经度"),
        (9, "坐标系"),
        (10, "开放时间"),
        (11, "状态"),
        (12, "点位名称"),
        (13, "点位名称"),
        (14, "状态"),
        (14, "牵头部门"),
        (14, "属地单位"),
        (16, "点位编号"),
    ]
    assert not Point.objects.exists()


def test_each_fault_names_its_cell_as_the_spreadsheet_program_does(cast: Cast) -> None:
    def places(lines: Lines) -> list[Any]:
        with pytest.raises(BadInput) as refused:
            merged(cast, lines)
        errors: Any = refused.value.params["errors"]
        return [error["place"] for error in errors]

    assert places(
        [["各区点位汇总"], [""], HEAD, row("错类型", 点位类型="月球站"), row("错状态", 状态="不详")]
    ) == [
        "Sheet1!C4",
        "Sheet1!L5",
    ]
    short = [title for title in HEAD if title != "牵头部门"]
    assert places([short, ["无牵头", "", "集贸市场", *[""] * 4, "东浦区"]]) == ["Sheet1!2"]


def test_the_unit_is_proposed_by_its_boundary_and_the_preview_says_so(cast: Cast) -> None:
    file = square(("东浦区", 120.0, 31.0, 1.0), ("云河区", 121.0, 31.0, 1.0))
    actions.bring_in_boundaries(
        actor=cast.office, jurisdiction_id=cast.city.pk, name="a.geojson", data=file, crs="wgs84", today=TODAY
    )
    lines = [
        HEAD,
        row("一号市场", 属地单位="", 经度="120.5", 纬度="31.5"),
        row("二号市场", 属地单位="", 经度="31.5", 纬度="121.5"),
        row("三号市场", 属地单位="东浦区", 经度="121.6", 纬度="31.5"),
        row("四号市场", 属地单位="东浦区", 经度="130.5", 纬度="31.5"),
    ]
    said = [(note.row, note.what) for note in merged(cast, lines).notes]
    assert said == [
        (2, "属地单位按界线判定为东浦区"),
        (3, "经度与纬度填反，已对调"),
        (3, "属地单位按界线判定为云河区"),
        (4, "填写的是东浦区，坐标却位于云河区"),
        (5, "坐标不在本市任何界线之内"),
    ]
    bring_in(cast, lines)
    assert [str(point.unit) for point in Point.objects.order_by("pk")] == [
        "东浦区",
        "云河区",
        "东浦区",
        "东浦区",
    ]
    assert faults(cast, [HEAD, row("五号市场", 属地单位="", 经度="130.5", 纬度="31.5")]) == [(2, "属地单位")]


def test_what_may_be_there_already_is_proposed_and_stops_nothing(cast: Cast) -> None:
    there = make_point(cast, lon="120.5", lat="31.3")
    lines = [
        HEAD,
        row("望江路农贸市场", 经度="120.5005", 纬度="31.3"),
        row("望江路农贸市场二期", 经度="120.5006", 纬度="31.3"),
        row("望江农贸市场", 点位类型="主干道", 经度="120.5", 纬度="31.3"),
    ]
    said = {(note.row, note.what) for note in merged(cast, lines).notes}
    assert (2, f"可能与{there.number}“望江农贸市场”是同一处，相距48米") in said
    assert (3, "可能与第2行“望江路农贸市场”是同一处，相距10米") in said
    assert not [what for number, what in said if number == 4]


def test_what_was_taken_out_comes_back_unchanged_and_edited_by_its_hidden_number(cast: Cast) -> None:
    make_point(cast, lon="120°30′0″", lat="31°18′0″", hours="工作日9点到17点", venue_name="某某物业")
    make_points(cast, 2)
    rows, hidden = taken_out(cast)
    assert rows[2][: len(HEAD)] == HEAD
    assert merged(cast, rows, hidden).empty
    rows[3][0], rows[3][rows[2].index("经度")] = "望江新市场", "120.6"
    rows[4][rows[2].index("状态")] = "撤销"
    bring_in(cast, rows, hidden)
    one, other, _third = Point.objects.order_by("pk")
    assert (one.name, one.lon_e7, one.lat_e7, one.version) == ("望江新市场", 1_206_000_000, 313_000_000, 2)
    assert (other.status, other.lon_e7) == ("closed", 1_205_200_000)


def test_chiefs_go_out_and_come_in_and_whoever_is_named_no_more_ends(cast: Cast) -> None:
    point = make_point(cast)
    told: dict[str, Any] = {"actor": cast.office, "point_id": point.pk}
    actions.add_chief(
        **told, kind="point", level="city", name="张三", post="局长；组长", starts_on=date(2022, 1, 4)
    )
    actions.add_chief(**told, kind="lane", level="grid", name="阿依 古丽")
    actions.add_chief(**told, kind="road", level="street", name="来者（女）", starts_on=date(2022, 5, 1))
    actions.add_chief(**told, kind="road", level="street", name="前任", ends_on=date(2022, 3, 1))
    rows, hidden = taken_out(cast)
    at = rows[2].index("点位长")
    assert rows[3][at] == (
        "市级点位长 张三（局长、组长） 2022-01-04；街道级路长 来者（女） 2022-05-01；网格级巷长 阿依 古丽"
    )
    assert merged(cast, rows, hidden).empty
    rows[3][at] = "市级点位长 张三（局长、组长） 2022-01-04 至2022-06-01；社区级：王五 2022-4-1"
    (line,) = merged(cast, rows, hidden).lines
    assert (line.column, line.after) == (
        "点位长",
        "市级点位长 张三（局长、组长） 2022-01-04 至2022-06-01；社区级点位长 王五 2022-04-01",
    )
    bring_in(cast, rows, hidden)
    found = [(one.name, one.level, one.kind, one.ends_on) for one in point.chiefs.all()]
    assert found == [
        ("张三", "city", "point", date(2022, 6, 1)),
        ("阿依 古丽", "grid", "lane", TODAY),
        ("前任", "street", "road", date(2022, 3, 1)),
        ("王五", "community", "point", None),
    ]
    said = " ".join(f"{vars(entry)}" for entry in AuditEntry.objects.all())
    assert "张三" not in said and "王五" not in said


def test_a_city_s_own_table_names_chiefs_and_a_cell_that_names_none_is_a_fault(cast: Cast) -> None:
    head = [*HEAD, "包保领导"]
    bring_in(cast, [head, [*row("一号市场"), "镇街级路长：李四（主任）2022-03-01起"]])
    chief = Point.objects.get().chiefs.get()
    assert (chief.level, chief.kind, chief.name, chief.post) == ("street", "road", "李四", "主任")
    assert chief.starts_on == date(2022, 3, 1)
    wrong = [
        "张三",
        "街道级点位长",
        "市级 张三 2022-02-30",
        "市级 张三 2022-05-01至2022-04-01",
        "市级 " + "长" * 65,
    ]
    lines = [head, *([*row(f"{n}市场"), text] for n, text in enumerate(wrong))]
    assert faults(cast, lines) == [(n, "点位长") for n in range(2, 7)]


def test_what_another_changed_meanwhile_is_a_fault_and_what_was_not_edited_stays(cast: Cast) -> None:
    point = make_point(cast, address="望江路1号", note="旧")
    rows, hidden = taken_out(cast)
    Point.objects.filter(pk=point.pk).update(address="望江路2号", note="新")
    assert merged(cast, rows, hidden).empty
    rows[3][rows[2].index("地址")] = "望江路3号"
    assert faults(cast, rows, hidden) == [(4, "地址")]
    rows[3][rows[2].index("地址")] = "望江路2号"  # both say the same
    assert merged(cast, rows, hidden).empty


def test_rows_of_another_city_of_nobody_and_twice_are_refused(cast: Cast) -> None:
    make_point(cast)
    rows, hidden = taken_out(cast)
    rows.append([*rows[3]])
    rows.append([*rows[3][:-1], "999999"])
    assert faults(cast, rows, hidden) == [(5, "点位名称"), (6, "系统编号（请勿改动）")]
    with pytest.raises(BadInput, match=r"points\.table_foreign"):
        merging.merge(cast.stranger, cast.other_city, read(cast, rows[:4], hidden), TODAY)


def test_staff_bring_in_what_they_keep_and_nothing_else(cast: Cast) -> None:
    lines = [HEAD, row("我的市场"), row("别处的市场", 属地单位="云河区")]
    assert faults(cast, lines, actor=cast.east_staff) == [(3, "属地单位")]
    make_point(cast, name="别处的市场", unit=cast.river)
    lines = [HEAD, row("别处的市场", 属地单位="云河区", 地址="改一改")]
    assert faults(cast, lines, actor=cast.east_staff) == [(2, "点位名称")]


def test_what_changed_since_the_preview_is_not_taken_over(cast: Cast) -> None:
    make_point(cast, number="0001")
    found = read(cast, [HEAD, row("望江农贸市场", 点位编号="0001", 地址="望江路1号")])
    seen = merging.digest(merging.merge(cast.office, cast.city, found, TODAY))
    Point.objects.update(address="望江路9号")
    with pytest.raises(Stale):
        actions.bring_in_points(
            actor=cast.office, jurisdiction_id=cast.city.pk, name="a", table=found, seen=seen, today=TODAY
        )


def test_the_template_shows_how_and_brings_nothing_in_by_itself(cast: Cast) -> None:
    types = queries.types_for(cast.office)
    data = table.template(cast.city, types)
    with pytest.raises(BadInput, match=r"sheets\.no_rows"):
        table.read("模板.xlsx", data, types)
    found = CalamineWorkbook.from_filelike(BytesIO(data))
    first, hidden = (found.get_sheet_by_name(name).to_python() for name in found.sheet_names)
    head = first[2]
    line = dict(zip(head, first[3], strict=True)) | {
        "点位名称": "新市场",
        "属地单位": "东浦区",
        "牵头部门": "市城管局",
        "主体单位": "",
    }
    first.append([line[title] for title in head])
    assert len(merged(cast, first, hidden).added) == 1
