"""Systems as tables: in as officials draw them, out, and back; each fault by its cell."""

import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from chuangwen.cores.errors import BadInput, NotAllowedNow, Stale
from chuangwen.orgs.testing import Cast

from .. import actions, queries
from ..actions.tables import seen_of
from ..exchange import workbook
from ..exchange.cells import critical_of, numbered, weighed, with_number
from ..exchange.incoming import Incoming
from ..exchange.reading import incoming
from ..models import Item, Node, SystemVersion
from ..rules.differences import differences
from ..rules.words import Level, Method, Sums
from ..testing import make_system, make_types

pytestmark = pytest.mark.django_db
TODAY = date(2021, 3, 1)
NOW = datetime(2021, 3, 1, 1, tzinfo=UTC)


def book(
    lines: list[list[str]], *, title: str = "测评体系", merges: Sequence[tuple[int, int, int, int]] = ()
) -> bytes:
    """Cells as given; `merges` are first row, first column, last row, last column."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet(title)
    covered = set()
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, lines[top][left])
        covered |= {(y, x) for y in range(top, bottom + 1) for x in range(left, right + 1)}
    for y, line in enumerate(lines):
        for x, text in enumerate(line):
            if text and (y, x) not in covered:
                sheet.write(y, x, text)
    made.close()
    return out.getvalue()


OFFICIAL = [
    ["云浦市文明城市测评体系（模拟）", "", "", "", "", "", "", "", ""],
    ["测评项目", "测评内容", "测评标准", "测评方法", "检查", "", "", "责任单位", "点位类型"],
    ["", "", "", "", "检查项", "计分方式", "计分规则", "", ""],
    [
        "一、公共环境（60分）",
        "1. 街面",
        "(1) 干净",
        "实地考察",
        "地面无垃圾",
        "扣分",
        "垃圾每处扣0.2",
        "市城管局",
        "主干道、集贸市场",
    ],
    ["", "", "", "", "果皮箱完好", "是否", "", "", "主干道"],
    ["", "", "(2) 有序", "实地考察", "车辆归位", "观察率", "至少看20个", "各区政府、市城管局", "主干道"],
    ["二、文明风尚（40分）", "1. 氛围", "(1) 资料", "材料审核", "", "", "", "", ""],
]
MERGES = [
    *((0, 0, 0, 8), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 6), (1, 7, 2, 7)),
    *((1, 8, 2, 8), (3, 0, 5, 0), (3, 1, 5, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 7, 4, 7)),
]


@pytest.fixture
def draft(cast: Cast) -> SystemVersion:
    return make_system(cast, published=False).version


def read(draft: SystemVersion, data: bytes, **usual: Any) -> Incoming:
    return incoming(draft, "体系.xlsx", data, today=TODAY, **usual)


def take(cast: Cast, draft: SystemVersion, data: bytes) -> SystemVersion:
    found = read(draft, data)
    assert found.errors == []
    return actions.bring_in(
        actor=cast.office,
        version_id=draft.pk,
        version=draft.version,
        name="体系.xlsx",
        data=data,
        seen=seen_of(draft, found),
        today=TODAY,
    )


def test_a_table_as_officials_draw_it_becomes_a_tree(cast: Cast, draft: SystemVersion) -> None:
    take(cast, draft, book(OFFICIAL, merges=MERGES))
    tree = queries.tree(draft.pk)
    assert [(one.level, one.number, one.title, one.weight_milli) for one in tree.nodes] == [
        (Level.CATEGORY, "一", "公共环境", 60_000),
        (Level.CONTENT, "1", "街面", 1000),
        (Level.STANDARD, "(1)", "干净", 1000),
        (Level.STANDARD, "(2)", "有序", 1000),
        (Level.CATEGORY, "二", "文明风尚", 40_000),
        (Level.CONTENT, "1", "氛围", 1000),
        (Level.STANDARD, "(1)", "资料", 1000),
    ]
    standards = tree.standards
    assert [one.method for one in standards] == [Method.FIELD, Method.FIELD, Method.MATERIAL]
    assert standards[0].unit_ids == (cast.urban.pk,)
    assert set(standards[1].unit_ids) == {cast.urban.pk, cast.east.pk, cast.river.pk}
    assert [(one.title, one.kind, len(one.type_ids)) for one in tree.items] == [
        ("地面无垃圾", "deductions", 2),
        ("果皮箱完好", "yes_no", 1),
        ("车辆归位", "observed", 1),
    ]
    seen = tree.digest()
    actions.publish(actor=cast.office, version_id=draft.pk, seen=seen, now=NOW)


def test_blank_cells_on_the_left_do_as_well_as_merged_ones(cast: Cast, draft: SystemVersion) -> None:
    take(cast, draft, book(OFFICIAL))
    merged = read(draft, book(OFFICIAL, merges=MERGES))
    assert (merged.nodes, merged.items) == (
        read(draft, book(OFFICIAL)).nodes,
        read(draft, book(OFFICIAL)).items,
    )
    repeated = [list(line) for line in OFFICIAL]
    for y in (4, 5):
        for x in range(2 + (y == 4)):
            repeated[y][x] = repeated[3][x]
    assert read(draft, book(repeated)).nodes == merged.nodes


def test_every_wrong_cell_is_named_and_nothing_is_stored(cast: Cast, draft: SystemVersion) -> None:
    head = [
        *(
            "测评项目",
            "项目分值",
            "测评标准",
            "测评方法",
            "责任单位",
            "检查项",
            "计分方式",
            "计分规则",
            "权重",
        ),
        *("点位类型", "关键项", "照片数", "严重程度", "整改时限", "不适用须说明"),
    ]
    lines = [
        ["体系"],
        head,
        [
            "一、环境",
            "六十",
            "干净",
            "目测",
            "无此单位",
            "地面",
            "猜测",
            "",
            "1",
            "主干道",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            "",
            "60",
            "",
            "",
            "",
            "墙面",
            "扣分",
            "随便扣",
            "x",
            "无此类型、主干道",
            "也许",
            "99",
            "特重",
            "明年",
            "不知道",
        ],
        ["", "61", "", "", "", "箱子", "", "", "", "", "封顶0.6", "", "", "", ""],
        ["二、风尚", "", "", "", "", "缺标准", "", "", "", "", "", "", "", "", ""],
        ["三、空", "", "标准", "", "", "", "扣分", "", "", "", "", "", "", "", ""],
    ]
    before = queries.tree(draft.pk)
    data = book(lines, title="体系表")
    found = read(draft, data)
    assert [(one.place, one.code.removeprefix("standards.")) for one in found.errors] == [
        ("体系表!B3", "not_a_weight"),
        ("体系表!D3", "cell_choice"),
        ("体系表!E3", "cell_unit"),
        ("体系表!G3", "cell_choice"),
        ("体系表!B4", "cell_differs"),
        ("体系表!H4", "rule_text"),
        ("体系表!I4", "not_a_weight"),
        ("体系表!K4", "cell_critical"),
        ("体系表!L4", "cell_whole"),
        ("体系表!M4", "cell_choice"),
        ("体系表!N4", "cell_choice"),
        ("体系表!O4", "cell_choice"),
        ("体系表!J4", "cell_type"),
        ("体系表!B5", "cell_differs"),
        ("体系表!C6", "cell_empty"),
        ("体系表!G7", "cell_of_no_item"),
    ]
    with pytest.raises(BadInput):
        actions.bring_in(
            actor=cast.office, version_id=draft.pk, version=1, name="x", data=data, seen="", today=TODAY
        )
    assert queries.tree(draft.pk) == before


def test_a_system_out_and_back_is_the_same(cast: Cast) -> None:
    made = make_system(cast, published=False)
    tree = rich_tree(cast, made.version)
    data = workbook.write("体系", tree, {cast.urban.pk: "市城管局", cast.east.pk: "东浦区"})
    take(cast, made.version, data)
    again = queries.tree(made.version.pk)
    assert differences(tree, again) == []
    assert again.digest() == tree.digest()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("测评体系")
    assert ((6, 0), (14, 0)) in (sheet.merged_cell_ranges or [])


def rich_tree(cast: Cast, version: SystemVersion) -> Any:
    """With every kind of item, groups, weights, a cap and odd numbers."""
    rules: list[tuple[str, dict[str, Any]]] = [
        ("k_of_n", {"n": 5}),
        ("deductions", {"faults": [{"key": "a", "title": "垃圾", "each_milli": 200}], "floor_milli": 100}),
        ("grades", {"grades": [{"key": "A", "weight_milli": 1000}, {"key": "B", "weight_milli": 500}]}),
        ("measured", {"unit": "个", "comparator": ">=", "value": "5", "met_from_milli": 500}),
        ("observed", {"least": 20}),
        ("all_or_nothing", {"parts": [{"key": "围挡", "title": "围挡"}, {"key": "x", "title": "冲洗"}]}),
        ("hotline", {"parts": [{"key": "接通", "title": "接通", "share_milli": 1000}]}),
    ]
    standard = Node.objects.get(system_version=version, key="s2")
    standard.units.add(cast.east)
    group = Node.objects.create(
        system_version=version, key="g1", parent=standard, level=Level.GROUP, title="内部", weight_milli=2500
    )
    Node.objects.filter(system_version=version, key="t2").update(number="B-7", title="3. 起首的数字")
    roads = make_types(cast)["ZGD"]
    for at, (kind, rule) in enumerate(rules):
        item = Item.objects.create(
            system_version=version,
            key=f"r{at}",
            node=group if at % 2 else standard,
            number=f"{at}" if at else "",
            title=f"检查项{at}",
            kind=kind,
            rule=dict(_full(kind, rule)),
            weight_milli=500 + at,
            position=10 + at,
            critical="cap" if at == 2 else "",
            cap_nano=600_000_000 if at == 2 else None,
            photos_least=at,
            severity=("light", "serious", "grave")[at % 3],
            deadline_class=("at_once", "day", "three_days", "week", "long")[at % 5],
            requires_reason=bool(at % 2),
        )
        item.point_types.add(roads)
    SystemVersion.objects.filter(pk=version.pk).update(sums=Sums.NOWHERE)
    version.refresh_from_db()
    return queries.tree(version.pk)


def _full(kind: str, rule: dict[str, Any]) -> Any:
    from chuangwen.cores.scoring.kinds import parse_rule

    return parse_rule(kind, rule).data


def test_a_row_keeps_its_key_without_hidden_columns(cast: Cast) -> None:
    made = make_system(cast)
    draft = actions.begin_draft(actor=cast.office, system_id=made.system.pk, empty=True)
    head = ["测评项目", "测评内容", "测评标准", "测评方法", "检查项", "点位类型"]
    lines = [
        head,
        ["一、公共环境", "1. 街面", "(1) 街面干净整洁", "实地考察", "地面无散落垃圾", "主干道"],
        ["", "", "", "", "新的一项", "主干道"],
    ]
    take(cast, draft, book(lines))
    tree = queries.tree(draft.pk)
    assert [one.key for one in tree.nodes] == ["c1", "t1", "s1"]
    assert tree.items[0].key == "i1" and tree.items[1].key not in made.items


def test_what_was_seen_is_what_is_taken(cast: Cast, draft: SystemVersion) -> None:
    data = book(OFFICIAL, merges=MERGES)
    seen = seen_of(draft, read(draft, data))
    actions.remove_item(actor=cast.office, item_id=draft.items.get(key="i5").pk, version=1)
    arguments: dict[str, Any] = {"actor": cast.office, "version_id": draft.pk, "name": "x", "data": data}
    with pytest.raises(Stale):
        actions.bring_in(**arguments, version=1, seen=seen, today=TODAY)
    published = make_system(cast, name="另一体系").version
    with pytest.raises(NotAllowedNow):
        actions.bring_in(**{**arguments, "version_id": published.pk}, version=1, seen=seen, today=TODAY)


def test_the_template_is_read_and_brings_nothing(draft: SystemVersion) -> None:
    with pytest.raises(BadInput) as refused:
        read(draft, workbook.template("体系"))
    assert refused.value.code == "sheets.no_rows"


def test_what_a_table_does_not_say_is_asked_once_for_all(draft: SystemVersion, cast: Cast) -> None:
    lines = [["测评项目", "测评标准", "检查项"], ["一、环境", "干净", "地面"], ["", "", "墙面"]]
    roads = make_types(cast)["ZGD"].pk
    found = read(draft, book(lines), method=Method.FIELD, type_ids=[roads])
    assert {one.type_ids for one in found.items} == {(roads,)}
    assert [one.method for one in found.nodes] == ["", Method.FIELD]


ROWS, PLANTED = 100_000, 37
HEADS = [
    "测评项目",
    "测评内容",
    "测评标准",
    "测评方法",
    "检查项",
    "序号",
    "计分方式",
    "计分规则",
    "权重",
    "点位类型",
]
ROOT = "http://schemas.openxmlformats.org/"


def big_table(wrong: dict[int, str]) -> Iterable[list[str]]:
    """A title, a header, and ROWS items in standards of fifty; `wrong` are letters of cells by row."""
    yield ["大表"]
    yield HEADS
    for row in range(ROWS):
        standard = row // 50
        cells = ["一、公共环境", f"{standard // 20 + 1}. 内容", f"({standard + 1}) 标准", "实地考察"]
        left = cells if row % 50 == 0 else ["", "", "", ""]
        line = [*left, f"检查项{row}", str(row % 50), "扣分", "垃圾每处扣0.2", "1", "主干道"]
        if row in wrong:
            line["ABCDEFGHIJ".index(wrong[row])] = "错"
        yield line


def packed(lines: Iterable[list[str]]) -> bytes:
    """A workbook written by hand, as a library would need minutes: cells without empty ones."""
    rows = []
    for y, line in enumerate(lines, 1):
        cells = (
            f'<c r="{letter}{y}" t="inlineStr"><is><t>{text}</t></is></c>'
            for letter, text in zip("ABCDEFGHIJ", line, strict=False)
            if text
        )
        rows.append(f'<row r="{y}">{"".join(cells)}</row>')
    main = f"{ROOT}spreadsheetml/2006/main"
    relations = f"{ROOT}officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{ROOT}package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{ROOT}package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="测评体系" '
        'sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{ROOT}package/2006/relationships"><Relationship '
        f'Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def test_thirty_seven_planted_errors_in_a_hundred_thousand_rows_are_all_named(draft: SystemVersion) -> None:
    seeded = random.Random(37)  # noqa: S311  # which cells are wrong, the same each time
    wrong = {row: seeded.choice(["G", "H", "I", "J"]) for row in seeded.sample(range(ROWS), PLANTED)}
    found = read(draft, packed(big_table(wrong)))
    assert sorted(one.place for one in found.errors) == sorted(
        f"测评体系!{letter}{row + 3}" for row, letter in wrong.items()
    )
    assert len(found.errors) == PLANTED
    assert Item.objects.filter(system_version=draft).count() == 5


def test_cells_say_what_officials_write() -> None:
    said = [
        "一、公共环境",
        "1. 街面",
        "(1) 干净",
        "1.2.3 细项",
        "十二、其他",
        "Ⅱ、指标",
        "无号",
        "2021年目标",
    ]
    assert [numbered(text) for text in said] == [
        ("一", "公共环境"),
        ("1", "街面"),
        ("(1)", "干净"),
        ("1.2.3", "细项"),
        ("十二", "其他"),
        ("Ⅱ", "指标"),
        ("", "无号"),
        ("", "2021年目标"),
    ]
    for number, title in [
        ("一", "环境"),
        ("1", "街面"),
        ("", "3. 起首"),
        ("B-7", "奇"),
        ("(1)", "x"),
        ("", "x"),
    ]:
        assert numbered(with_number(number, title)) == (number, title)
    assert weighed("公共环境（60分）") == ("公共环境", 60_000)
    assert weighed("公共环境") == ("公共环境", None)
    assert critical_of("封顶60%") == critical_of("封顶0.6") == ("cap", 600_000_000)
