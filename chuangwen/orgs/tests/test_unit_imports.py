"""Tables of units through the pages: handed in, looked at, taken over, undone."""

import io
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores import sheets
from chuangwen.kit import audit, clock
from chuangwen.orgs import actions, queries
from chuangwen.orgs.models import Import, ImportedRow, Unit, UnitGroup, UnitMove, UnitName
from chuangwen.orgs.rules import NameKind, Role, UnitKind
from chuangwen.orgs.rules.imports import ImportState
from chuangwen.orgs.rules.unit_sheet import COLUMNS
from chuangwen.orgs.testing import SYSTEM, Cast, make_cast, make_unit, seat, sign_in

HEADS = [column.title for column in COLUMNS]


def table(*rows: str, heads: Sequence[str] = ("名称", "上级单位", "类别", "编码", "简称", "别名")) -> bytes:
    lines = [",".join(heads), *(row.replace("|", ",") for row in rows)]
    return "\n".join(lines).encode("gb18030")


def hand_in(client: Client, data: bytes, name: str = "单位.csv", **more: object) -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    return client.post("/units/imports/", {"file": file, **more})  # type: ignore[return-value]


def handed_in(client: Client, data: bytes, name: str = "单位.csv") -> Import:
    answer = hand_in(client, data, name)
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(pk=int(answer.headers["Location"].split("/")[3]))


def page(client: Client, one: Import, more: str = "") -> str:
    answer = client.get(f"/units/imports/{one.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def seen(text: str) -> str:
    return text.partition('name="seen" value="')[2].partition('"')[0]


def take_over(client: Client, one: Import) -> None:
    answer = client.post(f"/units/imports/{one.pk}/take-over", {"seen": seen(page(client, one))})
    assert answer.status_code == 302, answer.content.decode()
    one.refresh_from_db()


TREE = table(
    "渡口社区|渡口街道|社区|S1||",
    "渡口街道|东浦区|街道|J1|渡口|渡口办、老渡口",
    "东浦区|云浦市|市辖区|Q1|东浦|",
    "云河区|云浦市|||云河|",
)


def test_a_tree_is_shown_row_by_row_then_taken_over_as_a_whole(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, TREE)
    text = page(client, one)
    assert "共 4 行：新增 <b>2</b> 行，变更 <b>2</b> 行" in text
    assert '编码：<span class="muted">—</span> → Q1' in text
    assert not Unit.objects.filter(name="渡口街道").exists()
    take_over(client, one)
    street = Unit.objects.get(name="渡口街道")
    assert (street.parent, street.kind, street.code, street.short_name) == (
        cast.east,
        UnitKind.SUBDISTRICT,
        "J1",
        "渡口",
    )
    assert street.initials == "dkjd dk"
    assert [other.name for other in street.names.all()] == ["渡口办", "老渡口"]
    community = Unit.objects.get(name="渡口社区")
    assert queries.ancestors(community) == [cast.city, cast.east, street]
    cast.east.refresh_from_db()
    assert (cast.east.code, cast.east.short_name, cast.east.version) == ("Q1", "东浦", 2)
    assert (one.state, one.added, one.changed, one.file) == (ImportState.TAKEN, 2, 2, "")
    text = page(client, one)
    assert f"/units/{street.pk}/" in text
    assert "撤回导入" in text


def test_one_audit_row_heads_a_touch_row_for_each_unit(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, TREE)
    take_over(client, one)
    done = [entry.action for entry in audit.history(one)]
    assert done == ["orgs.units_imported", "orgs.sheet_received"]
    for name in ("渡口社区", "渡口街道", "东浦区", "云河区"):
        latest = audit.history(Unit.objects.get(name=name))[0]
        assert audit.sentence(latest) == "导入表格 单位.csv：新增单位 2 个，变更 2 个"
        assert latest.header is not None


def test_what_is_wrong_is_named_by_row_and_column_and_nothing_can_be_taken_over(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.office)
    one = handed_in(
        client, table("渡口街道|无此区|街道|||", "南门街道|东浦区|街道|||", "北门街道|东浦区|大街|||")
    )
    text = page(client, one)
    assert "共 3 行，其中 2 行有 <b>2</b> 处须先改正" in text
    assert "本表也没有这一行" in text and "没有“大街”这一类别" in text
    assert "南门街道" in text
    assert "take-over" not in text
    refused = client.post(f"/units/imports/{one.pk}/take-over", {"seen": seen(text)})
    assert refused.status_code == 409
    assert not Unit.objects.filter(name="南门街道").exists()
    assert page(client, one, "?show=added").count("南门街道") == 1
    assert "北门街道" not in page(client, one, "?show=added").partition("<h2>表格内容</h2>")[2]


def test_the_corrected_file_takes_the_place_of_the_first(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, table("渡口街道|无此区|街道|||"))
    answer = hand_in(client, table("渡口街道|东浦区|街道|||"), instead_of=one.pk)
    assert answer.headers["Location"] == f"/units/imports/{one.pk}/"
    take_over(client, one)
    assert Unit.objects.get(name="渡口街道").parent == cast.east
    again = hand_in(client, table("渡口街道|东浦区|街道|||"), instead_of=one.pk)
    assert again.status_code == 409


def test_a_file_that_is_no_table_is_said_in_the_form_and_the_first_file_stays(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.office)
    for data, said in [
        (b"\xd0\xcf\x11\xe0" + bytes(99), "旧版 Excel"),
        (table("x", heads=("名称", "类别")), "表头缺少：上级单位"),
        (b"", "文件是空的"),
    ]:
        answer = hand_in(client, data)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Import.objects.exists()
    one = handed_in(client, table("渡口街道|无此区|街道|||"))
    answer = hand_in(client, b"PK\x03\x04", instead_of=one.pk)
    assert answer.status_code == 422
    assert "渡口街道" in answer.content.decode()


def test_the_same_file_sent_twice_is_one_import_and_can_be_discarded(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    assert handed_in(client, TREE) == handed_in(client, TREE)
    one = Import.objects.get()
    assert client.post(f"/units/imports/{one.pk}/discard").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.file) == (ImportState.DISCARDED, "")
    assert "已放弃" in page(client, one)
    assert client.post(f"/units/imports/{one.pk}/discard").status_code == 409


def test_units_are_renamed_and_moved_with_all_below_them_and_all_of_it_is_undone(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.office)
    street = actions.add_unit(
        actor=SYSTEM, parent_id=cast.east.pk, kind=UnitKind.SUBDISTRICT, name="望江街道", code="J1"
    )
    community = make_unit(street, "渡口社区", kind=UnitKind.COMMUNITY)
    actions.add_name(actor=SYSTEM, unit_id=street.pk, kind=NameKind.ALIAS, name="新江街道")
    before = snapshot()
    one = handed_in(
        client,
        table("新江街道|新区|街道|J1||望江办", "新区|云浦市|市辖区|Q9||", "渡口社区|新江街道|社区|S1||"),
    )
    take_over(client, one)
    street.refresh_from_db()
    new = Unit.objects.get(name="新区")
    assert (street.name, street.parent) == ("新江街道", new)
    community.refresh_from_db()
    assert queries.ancestors(community) == [cast.city, new, street]
    assert {(other.name, other.kind) for other in street.names.all()} == {
        ("望江街道", "old"),
        ("望江办", "alias"),
    }
    assert UnitMove.objects.get().from_parent == cast.east
    assert client.post(f"/units/imports/{one.pk}/undo").status_code == 302
    one.refresh_from_db()
    assert one.state == ImportState.UNDONE
    assert snapshot() == before
    assert [entry.action for entry in audit.history(street)][:2] == [
        "orgs.unit_import_undone",
        "orgs.units_imported",
    ]
    assert "已撤回" in page(client, one)
    assert client.post(f"/units/imports/{one.pk}/undo").status_code == 409


def test_a_name_that_was_given_away_meanwhile_stops_the_undoing(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    street = actions.add_unit(
        actor=SYSTEM, parent_id=cast.east.pk, kind=UnitKind.SUBDISTRICT, name="望江街道", code="J1"
    )
    one = handed_in(client, table("新江街道|东浦区||J1||"))
    take_over(client, one)
    make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    refused = client.post(f"/units/imports/{one.pk}/undo")
    assert refused.status_code == 409
    assert "另一单位已使用" in refused.content.decode()
    street.refresh_from_db()
    assert street.name == "新江街道"


def test_imports_are_undone_one_after_the_other_backwards(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    before = snapshot()
    first = handed_in(client, TREE)
    take_over(client, first)
    second = handed_in(client, table("渡口街道|东浦区||J1|新简称|"))
    take_over(client, second)
    assert client.post(f"/units/imports/{first.pk}/undo").status_code == 409
    for one in (second, first):
        assert client.post(f"/units/imports/{one.pk}/undo").status_code == 302
    assert snapshot() == before


def test_a_former_division_code_stays_with_its_period(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    since, today = date(2019, 1, 1), clock.today()
    codes = {"code": "", "division_code": "980102"}
    actions.change_codes(actor=SYSTEM, unit_id=cast.east.pk, version=1, **codes, since=since, today=today)
    one = handed_in(client, table("东浦区|云浦市|９８０１０３", heads=("名称", "上级单位", "行政区划代码")))
    take_over(client, one)
    cast.east.refresh_from_db()
    former = cast.east.names.get()
    assert (cast.east.division_code, cast.east.division_code_from) == ("980103", None)
    assert (former.name, former.kind, former.starts_on) == ("980102", NameKind.CODE, date(2019, 1, 1))
    assert client.post(f"/units/imports/{one.pk}/undo").status_code == 302
    cast.east.refresh_from_db()
    assert (cast.east.division_code, cast.east.division_code_from) == ("980102", date(2019, 1, 1))
    assert not cast.east.names.exists()


def snapshot() -> list[tuple[object, ...]]:
    """All of the register but the count of changes."""
    fields = (
        "pk",
        "parent",
        "path",
        "name",
        "short_name",
        "kind",
        "code",
        "initials",
        "opened_on",
        "closed_on",
    )
    names = UnitName.objects.order_by("unit", "name").values_list("unit", "name", "kind", "initials")
    return [*Unit.objects.order_by("pk").values_list(*fields), *names, *UnitMove.objects.values_list("pk")]


def test_two_units_that_change_places_do_so_and_back(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    above = actions.add_unit(actor=SYSTEM, parent_id=cast.east.pk, kind=UnitKind.OTHER, name="甲", code="A")
    actions.add_unit(actor=SYSTEM, parent_id=above.pk, kind=UnitKind.OTHER, name="乙", code="B")
    before = snapshot()
    one = handed_in(client, table("甲|乙||A||", "乙|东浦区||B||"))
    take_over(client, one)
    assert [unit.name for unit in queries.ancestors(Unit.objects.get(code="A"))] == ["云浦市", "东浦区", "乙"]
    assert client.post(f"/units/imports/{one.pk}/undo").status_code == 302
    assert snapshot() == before


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (lambda cast, unit: seat("new", "新来", unit), "已有人员持有席位"),
        (lambda cast, unit: make_unit(unit, "新社区"), "其下已有其他单位"),
        (
            lambda cast, unit: actions.rename_unit(
                actor=SYSTEM,
                unit_id=unit.pk,
                version=1,
                name="新名",
                short_name="",
                on=None,
                today=clock.today(),
            ),
            "导入后又有改动",
        ),
        (
            lambda cast, unit: actions.add_name(
                actor=SYSTEM, unit_id=unit.pk, kind=NameKind.OLD, name="旧名"
            ),
            "导入后增加了别名",
        ),
        (
            lambda cast, unit: UnitGroup.objects.get(name="各区政府", jurisdiction=cast.city).members.add(
                unit
            ),
            "已被方案、交办或其他记录引用",
        ),
        (
            lambda cast, unit: actions.add_post(actor=SYSTEM, unit_id=unit.pk, title="主任"),
            "已被方案、交办或其他记录引用",
        ),
    ],
)
def test_what_was_used_since_is_named_and_stops_the_undoing(
    cast: Cast, client: Client, use: object, said: str
) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, TREE)
    take_over(client, one)
    use(cast, Unit.objects.get(name="渡口街道"))  # type: ignore[operator]
    text = page(client, one)
    assert said in text
    assert "undo" not in text
    refused = client.post(f"/units/imports/{one.pk}/undo")
    assert refused.status_code == 409
    assert Unit.objects.filter(name="渡口社区").exists()


def test_a_register_that_changed_under_the_page_is_shown_again_first(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, TREE)
    digest = seen(page(client, one))
    make_unit(cast.east, "渡口街道", kind=UnitKind.SUBDISTRICT)
    assert client.post(f"/units/imports/{one.pk}/take-over", {"seen": digest}).status_code == 409
    one.refresh_from_db()
    assert (one.state, ImportedRow.objects.count()) == (ImportState.OPEN, 0)
    take_over(client, one)
    assert (one.added, one.changed) == (1, 3)


def test_the_same_table_again_has_nothing_to_do(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    take_over(client, handed_in(client, TREE))
    text = page(client, handed_in(client, TREE))
    assert "全部 4 行与系统现有内容一致" in text
    assert "take-over" not in text


def test_tables_of_another_city_and_of_those_who_keep_no_register_are_hidden(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, TREE)
    assert "/units/imports/" in client.get("/units/").content.decode()
    for actor in (cast.stranger, cast.urban_staff, cast.leader):
        sign_in(client, actor)
        assert client.get(f"/units/imports/{one.pk}/").status_code == 404
        assert client.post(f"/units/imports/{one.pk}/take-over").status_code == 404
    assert client.get("/units/imports/").status_code == 403
    sign_in(client, cast.stranger)
    assert "单位.csv" not in client.get("/units/imports/").content.decode()


def test_the_template_is_a_table_that_is_taken_when_it_is_filled_in(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    answer = client.get("/units/imports/template")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    table = sheets.read("模板.xlsx", filled(answer.content), COLUMNS)
    assert [row.cells["name"] for row in table.rows] == ["渡口街道"]


def filled(template: bytes) -> bytes:
    book = load_workbook(io.BytesIO(template))
    for x, text in enumerate(["渡口街道", "", "街道", "东浦区"], 1):
        book.worksheets[0].cell(5, x, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.office
def test_a_workbook_that_libreoffice_saved_is_read_as_it_stands(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    sign_in(client, cast.office)
    book = load_workbook(io.BytesIO(client.get("/units/imports/template").content))
    sheet = book.worksheets[0]
    rows: list[list[object]] = [
        [
            "渡口街道",
            "渡口",
            "街道",
            "东浦区",
            "Ｊ０１",
            980102001,
            date(2026, 3, 1),
            None,
            "渡口办、老渡口",
        ],
        ["南门街道", None, "街道", None, "Ｊ０２", None, "２０２６年３月２日"],
        ["市容专班", None, "工作专班", '="市"&"创建办"', None, None, None, date(2099, 12, 31)],
    ]
    for y, row in enumerate(rows, 5):
        for x, value in enumerate(row, 1):
            cell = sheet.cell(y, x, value)
            cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"
    sheet.merge_cells("D5:D6")
    one = handed_in(client, through_libreoffice(book, tmp_path), "单位.xlsx")
    text = page(client, one)
    assert "共 3 行：新增 <b>3</b> 行" in text
    take_over(client, one)
    found = Unit.objects.filter(name__in=[row[0] for row in rows]).order_by("name")
    assert list(
        found.values_list("name", "parent__name", "code", "division_code", "opened_on", "closed_on")
    ) == [
        ("南门街道", "东浦区", "J02", "", date(2026, 3, 2), None),
        ("市容专班", cast.office_unit.name, "", "", None, date(2099, 12, 31)),
        ("渡口街道", "东浦区", "J01", "980102001", date(2026, 3, 1), None),
    ]


def through_libreoffice(book: Workbook, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it after opening it."""
    (folder / "in").mkdir()
    source = folder / "in" / "table.xlsx"
    book.save(source)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=120)
    return (folder / "table.xlsx").read_bytes()


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_cost_the_same_for_any_number_of_rows(
    cast: Cast, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, cast.office)
    lines = [f"街道{n}|东浦区|街道|J{n}|街{n}|别{n}" for n in range(rows)]
    one = handed_in(client, table(*lines))
    for _n in range(rows):
        like = {"unit": cast.city, "requested_by": cast.office.person, "requested_at": clock.now()}
        Import.objects.create(kind="units", name="别的.csv", **like)
    with django_assert_num_queries(6):
        client.get("/units/imports/")
    with django_assert_num_queries(10):
        client.get(f"/units/imports/{one.pk}/")
    take_over(client, one)
    client.get(f"/units/imports/{one.pk}/")  # tells once that it was taken over
    number = 11 + tables_that_name_units()
    with django_assert_num_queries(number):
        client.get(f"/units/imports/{one.pk}/")


def tables_that_name_units() -> int:
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    return sum(field.related_model is Unit for model in models for field in model._meta.local_fields)


def test_days_and_division_codes_come_in_and_a_temporary_group_has_its_end(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.administrator)
    heads = ("名称", "上级单位", "类别", "行政区划代码", "启用日期", "撤销日期")
    one = handed_in(
        client,
        table("专班|云浦市|工作专班||2026年3月1日|2099/12/31", "新区|云浦市|区|９８０１０９||", heads=heads),
    )
    take_over(client, one)
    group, zone = Unit.objects.get(name="专班"), Unit.objects.get(name="新区")
    assert (group.kind, group.opened_on, group.closed_on) == (
        UnitKind.WORK_GROUP,
        date(2026, 3, 1),
        date(2099, 12, 31),
    )
    assert zone.division_code == "980109"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_over_one_import_at_once_one_wins_and_the_other_is_told() -> None:
    cast = make_cast()
    clients = [Client(), Client()]
    sign_in(clients[0], cast.office)
    sign_in(clients[1], seat("second", "二办", cast.office_unit, Role.CAMPAIGN_OFFICE))
    start = Barrier(2)

    def press(desk: int, one: Import, digest: str) -> int:
        start.wait()
        try:
            return clients[desk].post(f"/units/imports/{one.pk}/take-over", {"seen": digest}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for number in range(3):
            one = handed_in(
                clients[0], table(f"街道{number}|东浦区|街道|||", f"社区{number}|街道{number}|社区|||")
            )
            digest = seen(page(clients[0], one))
            assert sorted(pool.map(press, (0, 1), (one, one), (digest, digest))) == [302, 409]
            assert Unit.objects.filter(name=f"社区{number}").count() == 1
