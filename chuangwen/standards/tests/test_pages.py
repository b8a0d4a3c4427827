"""Systems through their pages: begun, written, brought in, published, read by others."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuangwen.cores.scoring.kinds import Kind
from chuangwen.orgs.testing import Cast, sign_in

from .. import actions, queries
from ..models import Item, Node, PointType, System, SystemVersion
from ..testing import make_system, make_types
from .test_tables import MERGES, OFFICIAL, book

pytestmark = pytest.mark.django_db
TODAY = date(2021, 3, 1)


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def seen_on(page: str, name: str) -> str:
    """The value of a hidden field."""
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_every_form_shows_what_it_asks(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    made = make_system(cast, published=False)
    node, item = made.version.nodes.filter(level="standard")[0], made.version.items.all()[0]
    kind = PointType.objects.all()[0]
    for address, asked in {
        "/standards/add/": ("name", "purpose"),
        f"/standards/{made.version.system_id}/change/": ("name", "purpose"),
        f"/standards/versions/{made.version.pk}/head/": ("sums", "total_milli"),
        f"/standards/versions/{made.version.pk}/add-node/": ("level", "title", "weight_milli", "method"),
        f"/standards/nodes/{node.pk}/add-node/": ("level", "title", "weight_milli", "method"),
        f"/standards/nodes/{node.pk}/change/": ("level", "title", "weight_milli", "method"),
        f"/standards/nodes/{node.pk}/move/": ("under",),
        f"/standards/items/{item.pk}/move/": ("under",),
        "/standards/types/add/": ("code", "name", "weight_milli"),
        f"/standards/types/{kind.pk}/change/": ("code", "name", "weight_milli"),
        "/standards/negative/add/": ("title", "level", "owner", "starts_on"),
    }.items():
        page = text(client, address)
        assert [name for name in asked if f'for="id_{name}' not in page] == [], address


def test_a_system_is_begun_written_and_published(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    roads = make_types(cast)["ZGD"]
    client.post("/standards/add/", {"name": "云浦市测评体系", "purpose": "total"})
    draft = SystemVersion.objects.get()
    here = f"/standards/versions/{draft.pk}/"
    assert "还没有内容" in text(client, here)
    client.post(
        here + "add-node/", {"level": "category", "number": "一", "title": "公共环境", "weight_milli": "100"}
    )
    top = Node.objects.get()
    client.post(
        f"/standards/nodes/{top.pk}/add-node/",
        {
            "level": "standard",
            "title": "街面干净",
            "weight_milli": "1.5",
            "method": "field",
            "units": "市城管局、各区政府",
        },
    )
    standard = Node.objects.get(level="standard")
    assert standard.weight_milli == 1500
    assert {str(unit) for unit in standard.units.all()} == {"市城管局", "东浦区", "云河区"}
    page = text(client, here)
    assert "有 1 个问题" in page and 'name="seen"' not in page
    client.post(
        f"/standards/nodes/{standard.pk}/add-item/?kind=deductions",
        {
            **common("地面无散落垃圾", types=[roads.pk]),
            "line_1_title": "散落垃圾",
            "line_1_milli": "0.2",
            "line_2_title": "",
            "floor_milli": "0",
        },
    )
    item = Item.objects.get()
    assert item.rule == {
        "faults": [{"key": "散落垃圾", "title": "散落垃圾", "each_milli": 200}],
        "floor_milli": 0,
    }
    page = text(client, here)
    answer = client.post(here + "publish/", {"seen": seen_on(page, "seen")})
    assert answer["Location"] == here
    assert SystemVersion.objects.get().number == 1
    for refused in (
        f"/standards/items/{item.pk}/change/",
        f"/standards/nodes/{standard.pk}/add-item/",
        here + "bring-in/",
    ):
        text(client, refused, 409)


def common(title: str, **values: Any) -> dict[str, Any]:
    return {
        "number": "",
        "title": title,
        "weight_milli": "1",
        "critical": "",
        "photos_least": "0",
        "severity": "light",
        "deadline_class": "day",
        "requires_reason": "on",
        **values,
    }


SENT: dict[Kind, tuple[dict[str, Any], dict[str, Any]]] = {
    Kind.YES_NO: ({}, {}),
    Kind.K_OF_N: ({"n": "5"}, {"n": 5}),
    Kind.DEDUCTIONS: (
        {"line_1_title": "甲", "line_1_milli": "0.1", "floor_milli": "0.2"},
        {"faults": [{"key": "甲", "title": "甲", "each_milli": 100}], "floor_milli": 200},
    ),
    Kind.GRADES: (
        {"line_1_title": "优", "line_1_milli": "1", "line_3_title": "差", "line_3_milli": "0"},
        {
            "grades": [
                {"key": "优", "title": "优", "weight_milli": 1000},
                {"key": "差", "title": "差", "weight_milli": 0},
            ]
        },
    ),
    Kind.MEASURED: (
        {"unit": "个", "comparator": ">=", "value": "5"},
        {"unit": "个", "comparator": ">=", "value": "5"},
    ),
    Kind.OBSERVED: ({"least": "20"}, {"least": 20}),
    Kind.ALL_OR_NOTHING: (
        {"line_1_title": "围挡", "line_2_title": "冲洗"},
        {"parts": [{"key": "围挡", "title": "围挡"}, {"key": "冲洗", "title": "冲洗"}]},
    ),
    Kind.HOTLINE: (
        {"line_1_title": "接通", "line_1_milli": "0.4", "line_2_title": "答复", "line_2_milli": "0.6"},
        {
            "parts": [
                {"key": "接通", "title": "接通", "share_milli": 400},
                {"key": "答复", "title": "答复", "share_milli": 600},
            ]
        },
    ),
}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_fields_and_they_come_back_as_they_were(
    cast: Cast, client: Client, kind: Kind
) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    item = made.items["i1"]
    address = f"/standards/items/{item.pk}/change/?kind={kind}"
    fields, rule = SENT[kind]
    sent = {**common("新题目", version=1, types=[made.types["ZGD"].pk]), **fields}
    assert client.post(address, sent).status_code == 302
    item.refresh_from_db()
    assert (item.kind, item.rule) == (kind, rule)
    page = client.get(f"/standards/items/{item.pk}/change/")
    form = page.context["form"]
    shown = page.content.decode()
    assert [field.name for field in form if f'name="{field.html_name}"' not in shown] == []
    values = {field.html_name: field.value() for field in form}
    again = {name: value for name, value in values.items() if value is not None and value is not False}
    assert client.post(f"/standards/items/{item.pk}/change/", {**again, "version": 2}).status_code == 302
    before = (item.title, item.kind, item.rule, item.weight_milli, item.deadline_class)
    item.refresh_from_db()
    assert (item.title, item.kind, item.rule, item.weight_milli, item.deadline_class) == before
    assert list(item.point_types.all()) == [made.types["ZGD"]]


def test_a_measured_value_has_steps_or_one_bound(cast: Cast, client: Client) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    address = f"/standards/nodes/{made.nodes['s1'].pk}/add-item/?kind=measured"
    steps = {"line_1_title": "30", "line_1_milli": "1", "line_2_title": "20", "line_2_milli": "0.5"}
    sent = {**common("占比"), "unit": "%", "comparator": ">=", **steps}
    refused = client.post(address, {**sent, "value": "5"})
    assert refused.status_code == 422 and "占比" in refused.content.decode()
    assert client.post(address, {**sent, "line_2_title": "40"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    rule = Item.objects.get(title="占比").rule
    assert rule and rule["steps"][1] == {"value": "20", "weight_milli": 500}


def test_a_critical_item_and_its_cap(cast: Cast, client: Client) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    item = made.items["i1"]
    address = f"/standards/items/{item.pk}/change/"
    sent = common("题", version=1, critical="cap", types=[made.types["ZGD"].pk])
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "cap_milli": "0.6"}).status_code == 302
    item.refresh_from_db()
    assert item.cap_nano == 600_000_000
    assert "封顶" in text(client, f"/standards/versions/{made.version.pk}/?node={made.nodes['s1'].pk}")


def test_rows_move_by_their_buttons(cast: Cast, client: Client) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    client.post(f"/standards/items/{made.items['i2'].pk}/move/", {"version": 1, "step": "-1"})
    client.post(f"/standards/nodes/{made.nodes['s3'].pk}/move/", {"version": 1, "step": "-1"})
    tree = queries.tree(made.version.pk)
    assert [one.key for one in tree.items][:2] == ["i2", "i1"]
    assert [one.key for one in tree.nodes][-2:] == ["s3", "s2"]
    form = text(client, f"/standards/nodes/{made.nodes['s1'].pk}/move/")
    assert "公共环境" in form and "街面干净整洁" not in form.partition("<select")[2]
    moved = {"version": 1, "under": made.nodes["t2"].pk}
    client.post(f"/standards/nodes/{made.nodes['s1'].pk}/move/", moved)
    assert Node.objects.get(key="s1").parent == made.nodes["t2"]
    client.post(f"/standards/items/{made.items['i3'].pk}/move/", {"version": 1, "under": made.nodes["s1"].pk})
    assert Item.objects.get(key="i3").node == made.nodes["s1"]
    client.post(f"/standards/items/{made.items['i3'].pk}/remove/", {"version": 2})
    client.post(f"/standards/nodes/{made.nodes['c1'].pk}/remove/", {"version": 1})
    assert not Item.objects.filter(key="i3").exists()
    assert not Node.objects.filter(key="c1").exists()


def test_a_table_is_seen_before_it_takes_the_place_of_the_draft(cast: Cast, client: Client) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    address = f"/standards/versions/{made.version.pk}/bring-in/"
    file = SimpleUploadedFile("体系.xlsx", book(OFFICIAL, merges=MERGES))
    page = client.post(address, {"file": file}).content.decode()
    assert "3 条标准、3 个检查项" in page and "地面无垃圾" in page
    assert Item.objects.count() == 5
    sent = {"held": seen_on(page, "held"), "seen": seen_on(page, "seen")}
    assert client.post(address, sent).status_code == 302
    assert set(Item.objects.values_list("title", flat=True)) == {"地面无垃圾", "果皮箱完好", "车辆归位"}
    again = client.post(address, sent)
    assert again.status_code == 409 and "没有差异" in again.content.decode()
    assert client.post(address, {**sent, "held": "x"}).status_code == 422


def test_wrong_cells_are_shown_by_sheet_and_cell(cast: Cast, client: Client) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    lines = [list(line) for line in OFFICIAL]
    lines[3][6], lines[5][8] = "随便扣", "无此类型"
    file = SimpleUploadedFile("体系.xlsx", book(lines, merges=MERGES))
    answer = client.post(f"/standards/versions/{made.version.pk}/bring-in/", {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "测评体系!G4" in page and "测评体系!I6" in page and "2 个单元格" in page
    assert Item.objects.count() == 5
    nothing = SimpleUploadedFile("体系.xlsx", b"no table")
    answer = client.post(f"/standards/versions/{made.version.pk}/bring-in/", {"file": nothing})
    assert answer.status_code == 422


def test_what_is_taken_out_comes_back_without_a_change(cast: Cast, client: Client) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    here = f"/standards/versions/{made.version.pk}/"
    data = client.get(here + "table/").content
    page = client.post(here + "bring-in/", {"file": SimpleUploadedFile("x.xlsx", data)}).content.decode()
    assert "没有差异" in page
    assert client.get("/standards/template/").content.startswith(b"PK")


def test_differences_are_told_in_words(cast: Cast, client: Client) -> None:
    made = make_system(cast)
    draft = actions.begin_draft(actor=cast.office, system_id=made.system.pk)
    sign_in(client, cast.office)
    item = draft.items.get(key="i1")
    sent = {
        **common("地面无散落垃圾", version=1, types=[made.types["JMSC"].pk]),
        "n": "4",
        "photos_least": "2",
    }
    client.post(f"/standards/items/{item.pk}/change/?kind=k_of_n", sent)
    page = text(client, f"/standards/versions/{draft.pk}/differences/")
    for words in ("检查项类型", "共4项", "主干道、集贸市场", "至少照片数"):
        assert words in page, words
    first = text(client, f"/standards/versions/{made.version.pk}/differences/")
    assert "之前没有版本" in first


def test_a_checklist_shows_what_is_looked_at_on_a_type(cast: Cast, client: Client) -> None:
    made = make_system(cast)
    sign_in(client, cast.urban_staff)
    page = text(client, f"/standards/versions/{made.version.pk}/checklists/{made.types['JMSC'].pk}/")
    assert "入口有公益广告" in page and "无大面积垃圾堆积" not in page
    text(client, f"/standards/versions/{made.version.pk}/checklists/0/", 404)


def test_readers_read_and_are_offered_no_change(cast: Cast, client: Client) -> None:
    made = make_system(cast)
    draft = actions.begin_draft(actor=cast.office, system_id=made.system.pk)
    sign_in(client, cast.urban_staff)
    page = text(client, f"/standards/versions/{made.version.pk}/?node={made.nodes['s1'].pk}")
    assert "街面干净整洁" in page and "市城管局" in page
    for word in ("/change/", "/move/", "/remove/", "发布</button>"):
        assert word not in page, word
    assert f"/standards/versions/{draft.pk}/" not in text(client, f"/standards/{made.system.pk}/")
    text(client, f"/standards/versions/{draft.pk}/", 404)
    assert "草稿" not in text(client, "/standards/")
    sign_in(client, cast.administrator)
    text(client, "/standards/", 403)


def test_point_types_through_their_pages(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    client.post("/standards/types/take-over/")
    assert PointType.objects.count() == 57
    client.post("/standards/types/add/", {"code": "DT", "name": "地铁站", "weight_milli": "1"})
    found = PointType.objects.get(code="DT")
    address = f"/standards/types/{found.pk}/change/"
    client.post(address, {"version": 1, "code": "DT", "name": "轨道站点", "weight_milli": "1.5"})
    found.refresh_from_db()
    assert (found.name, found.weight_milli) == ("轨道站点", 1500)
    refused = client.post(address, {"version": 2, "code": "GY", "name": "轨道站点", "weight_milli": "1"})
    assert refused.status_code == 422
    client.post(f"/standards/types/{found.pk}/remove/", {"version": 2})
    assert "轨道站点" not in text(client, "/standards/types/")


def test_the_sample_through_its_button(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    answer = client.post("/standards/sample/")
    page = text(client, answer["Location"])
    assert "59" in page and "260" in page
    system = System.objects.get()
    client.post(f"/standards/{system.pk}/change/", {"version": 1, "name": "本市体系", "purpose": "total"})
    assert "本市体系" in text(client, "/standards/")
    draft = system.versions.get()
    client.post(f"/standards/versions/{draft.pk}/head/", {"version": 1, "sums": "each", "total_milli": "100"})
    assert "问题" in text(client, f"/standards/versions/{draft.pk}/")
    client.post(f"/standards/versions/{draft.pk}/discard/", {"version": 2})
    client.post(f"/standards/{system.pk}/begin-draft/", {"empty": "1"})
    assert system.versions.get().nodes.count() == 0


def test_pages_cost_the_same_for_any_number_of_rows(cast: Cast, client: Client) -> None:
    made = make_system(cast, published=False)
    sign_in(client, cast.office)
    here = f"/standards/versions/{made.version.pk}/"
    pages = (
        *("/standards/", "/standards/types/", f"/standards/{made.system.pk}/", here, here + "differences/"),
        f"{here}?node={made.nodes['s1'].pk}",
        f"{here}checklists/{made.types['ZGD'].pk}/",
    )

    def counts() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found.append(len(captured))
        return found

    before = counts()
    for n in range(30):
        standard = Node.objects.create(
            system_version=made.version, key=f"x{n}", parent=made.nodes["t1"], level="standard", title="标准"
        )
        standard.units.add(cast.east)
        item = Item.objects.create(
            system_version=made.version, key=f"y{n}", node=made.nodes["s1"], title="项", kind="yes_no"
        )
        item.point_types.add(made.types["ZGD"])
        PointType.objects.create(jurisdiction=cast.city, code=f"C{n}", name=f"类{n}")
        System.objects.create(jurisdiction=cast.city, name=f"体系{n}")
        SystemVersion.objects.create(
            system=made.system, number=n + 1, digest="x", published_at="2021-01-01T00:00Z"
        )
    assert counts()[:4] == before[:4] and counts()[5:] == before[5:]
