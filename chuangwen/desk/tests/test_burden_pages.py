"""The burden as leaders, the office and units have it before them; a request from the form to the desk."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuangwen.desk import actions
from chuangwen.desk.models import Cap, DutyList, FreeAsk, Notice, Todo
from chuangwen.desk.rules.burden import week_name, week_of
from chuangwen.kit import clock
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, make_unit, seat, sign_in

from .world import ask, busy_weeks, community, free


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def table(text: str, name: str) -> list[list[str]]:
    """Rows of a table of the page, as words."""
    section = text.partition(f'id="{name}"')[2].partition("</section>")[0]
    body = section.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_a_leader_reads_who_asks_and_who_carries_it(cast: Cast, client: Client) -> None:
    busy_weeks(cast)
    sign_in(client, cast.leader)
    text = page(client, "/desk/burden/")
    assert "本周向 4 个单位提出 9 件，预计用时 260 分钟，要求照片 4 张。" in text
    assert "其中清单外 2 件。" in text
    assert "1 个单位已到或超过上限。" in text
    # Unit; asks, minutes, photos, units asked, outside the list, held.
    assert table(text, "askers") == [
        ["云浦市", "2", "120", "4", "2", "2", "0"],
        ["市创建办", "5", "100", "0", "2", "0", "2"],
        ["市城管局", "1", "20", "0", "1", "0", "0"],
        ["市住建局", "1", "20", "0", "1", "0", "0"],
    ]
    assert [row[:6] for row in table(text, "units")] == [
        ["临波社区", "3", "100", "2", "3 件、120 分钟", "已到上限 100 %"],
        ["市城管局", "4", "80", "0", "—", "未设上限"],
        ["渡口社区", "1", "60", "2", "3 件、120 分钟", "未到上限 50 %"],
        ["市住建局", "1", "20", "0", "—", "未设上限"],
    ]
    by_tree = [row[0] for row in table(page(client, "/desk/burden/?order=tree"), "units")]
    assert by_tree == ["市城管局", "市住建局", "临波社区", "渡口社区"]
    weeks = table(text, "weeks")
    assert len(weeks) == 13
    assert weeks[-1][1:3] == ["9", "260"]
    assert table(text, "kinds") == [["请单位办理", "3", "140"], ["清理楼道", "6", "120"]]


def test_an_earlier_week_is_opened_by_its_name_and_a_later_one_is_this_week(
    cast: Cast, client: Client
) -> None:
    now = clock.now()
    ask(cast, now=now - timedelta(days=7))
    sign_in(client, cast.leader)
    before = week_name(week_of(now - timedelta(days=7)))
    assert table(page(client, f"/desk/burden/?week={before}"), "units")[0][:3] == ["市城管局", "1", "20"]
    for name in ("2999-W01", "rubbish"):
        assert "本周未向任何单位提出要求" in page(client, f"/desk/burden/?week={name}")


def test_each_unit_sees_its_own_burden_a_manager_what_lies_below(cast: Cast, client: Client) -> None:
    now = clock.now()
    unit = community(cast)
    ask(cast, unit_id=unit.pk, now=now)
    ask(cast, by=cast.urban_staff, unit_id=cast.housing.pk, now=now)
    for who, units in [
        (cast.urban_staff, []),
        (cast.housing_staff, ["市住建局"]),
        (seat("manager", "管东", cast.east, Role.MANAGER), ["临波社区"]),
        (cast.office, ["临波社区", "市住建局"]),
    ]:
        sign_in(client, who)
        assert sorted(row[0] for row in table(page(client, "/desk/burden/"), "units")) == units
    sign_in(client, cast.urban_staff)
    assert "本单位向其他 1 个单位提出 1 件，预计用时 20 分钟。" in page(client, "/desk/burden/")


def test_no_table_of_the_burden_names_a_person(cast: Cast, client: Client) -> None:
    busy_weeks(cast)
    sign_in(client, cast.leader)
    text = page(client, "/desk/burden/")
    cells = [
        cell for name in ("askers", "units", "kinds", "weeks") for row in table(text, name) for cell in row
    ]
    names = {one.person.name for one in cast.by_name().values() if one.person}
    assert cells
    assert not [cell for cell in cells if any(name in cell for name in names)]


def test_the_page_costs_the_same_for_any_number_of_rows(cast: Cast, client: Client) -> None:
    now = clock.now()
    sign_in(client, cast.leader)

    def cost(rows: int) -> int:
        for number in range(rows):
            unit = make_unit(cast.city, f"第{rows}-{number}局")
            asker = seat(f"asker-{rows}-{number}", "某", unit)
            ask(cast, by=asker, unit_id=unit.pk, now=now)
            held = ask(cast, by=asker, unit_id=unit.pk, now=now)
            Todo.objects.filter(pk=held.pk).update(state="held", held_over="asks")
        with CaptureQueriesContext(connection) as seen:
            text = page(client, "/desk/burden/")
        assert len(table(text, "units")) == Todo.objects.filter(state="open").count()
        return len(seen)

    assert cost(1) == cost(29)


def test_the_office_lets_through_or_not_and_the_asker_is_told(cast: Cast, client: Client) -> None:
    unit = community(cast)
    for number in range(5):
        ask(cast, by=cast.housing_staff, unit_id=unit.pk, subject_id=number, now=clock.now())
    first, second = Todo.objects.filter(state="held").order_by("pk")
    sign_in(client, cast.office)
    assert client.get("/desk/burden/held/count/").content.decode().strip() == "2"
    assert client.post(f"/desk/todos/{first.pk}/approve/", {"version": 1}).status_code == 302
    assert client.post(f"/desk/todos/{second.pk}/refuse/", {"version": 1, "reason": ""}).status_code == 422
    refused = {"version": 1, "reason": "下周合并布置"}
    assert client.post(f"/desk/todos/{second.pk}/refuse/", refused).status_code == 302
    assert client.post(f"/desk/todos/{second.pk}/refuse/", refused).status_code == 409
    assert client.get("/desk/burden/held/count/").content.decode().strip() == ""
    sign_in(client, cast.housing_staff)
    assert Notice.objects.get().person == cast.housing_staff.person
    assert "未准予交办" in page(client, "/desk/notices/")
    assert "下周合并布置" in page(client, f"/desk/todos/{second.pk}/")


def test_the_asker_finds_what_is_held_on_the_desk_and_why(cast: Cast, client: Client) -> None:
    unit = community(cast)
    for number in range(4):
        todo = ask(cast, by=cast.housing_staff, unit_id=unit.pk, subject_id=number, now=clock.now())
    sign_in(client, cast.housing_staff)
    assert "待批准" in page(client, "/desk/?of=waiting")
    assert "超过该单位本周件数上限" in page(client, f"/desk/todos/{todo.pk}/")
    assert "暂缓待批" in page(client, "/desk/burden/")
    assert client.post(f"/desk/todos/{todo.pk}/withdraw/", {"version": 1}).status_code == 302


def test_what_is_held_is_in_nobodys_calendar(cast: Cast, client: Client) -> None:
    unit = community(cast)
    staff = seat("shequ", "佘区", unit, Role.COMMUNITY)
    for number in range(4):
        ask(cast, unit_id=unit.pk, subject_id=number, now=clock.now())
    token = actions.make_feed(actor=staff, now=clock.now())
    assert client.get(f"/desk/feed/{token}.ics").content.count(b"BEGIN:VEVENT") == 3


REQUEST = {
    "token": "8d5f1a8e-0000-4000-8000-000000000001",
    "text": "请报送充电桩清单",
    "units": "临波社区\n市城管局",
    "allowance": "3",
    "minutes": "40",
    "photos": "0",
    "photos_why": "",
}


def test_a_request_shows_its_cost_before_it_is_asked(cast: Cast, client: Client) -> None:
    unit = community(cast)
    for _ in range(3):
        free(cast, [unit], now=clock.now())
    sign_in(client, cast.office)
    answer = client.post("/desk/ask/", REQUEST)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "4 / 3" in text
    assert "100 / 120" in text
    assert "有 1 个单位已到上限" in text
    assert Todo.objects.count() == 3
    changed = client.post("/desk/ask/", {**REQUEST, "step": "change"})
    assert (changed.status_code, "请报送充电桩清单" in changed.content.decode()) == (200, True)
    for _ in range(2):  # a second click asks nothing
        sent = client.post("/desk/ask/", {**REQUEST, "step": "send"})
    row = FreeAsk.objects.get(text="请报送充电桩清单")
    assert sent.headers["Location"] == f"/desk/asks/{row.pk}/"
    states = Todo.objects.filter(subject_id=row.pk, kind="desk.free_ask").values_list("unit__name", "state")
    assert dict(states) == {"临波社区": "held", "云浦市城市管理局": "open"}
    assert "请报送充电桩清单" in page(client, sent.headers["Location"])


def test_outside_the_duty_list_it_must_be_confirmed(cast: Cast, client: Client) -> None:
    community(cast)
    sign_in(client, cast.office)
    duties = {
        "unit_kind": "community",
        "version": 0,
        "kinds": ["test.by_doing"],
        "duties": "网格巡查\n\n网格巡查",
    }
    assert client.post("/desk/burden/duties/", duties).status_code == 302
    assert DutyList.objects.get().duties == ["网格巡查"]
    text = page(client, "/desk/ask/")
    assert "网格巡查" in text
    answer = client.post("/desk/ask/", {**REQUEST, "step": "send"})
    assert answer.status_code == 422
    assert "请勾选仍要提出" in answer.content.decode()
    assert not FreeAsk.objects.exists()
    assert client.post("/desk/ask/", {**REQUEST, "step": "send", "despite": "1"}).status_code == 302
    assert Todo.objects.filter(outside_duties=True).count() == 1
    inside = {**REQUEST, "token": "8d5f1a8e-0000-4000-8000-000000000002", "duty": "网格巡查", "step": "send"}
    assert client.post("/desk/ask/", inside).status_code == 302
    assert Todo.objects.filter(outside_duties=True).count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"units": "无此单位"}, "无此单位"),
        ({"text": ""}, "id_text"),
        ({"photos": "2"}, "请说明照片用途"),
        ({"minutes": "0"}, "id_minutes"),
        ({"token": "x"}, "token"),
    ],
)
def test_a_request_that_cannot_be_taken_keeps_what_was_typed(
    cast: Cast, client: Client, wrong: dict[str, str], said: str
) -> None:
    community(cast)
    sign_in(client, cast.office)
    answer = client.post("/desk/ask/", {**REQUEST, **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert ("请报送充电桩清单" in text) == ("text" not in wrong)


def test_a_manager_asks_below_and_a_group_stands_for_its_members(cast: Cast, client: Client) -> None:
    community(cast)
    sign_in(client, seat("manager", "管东", cast.east, Role.MANAGER))
    answer = client.post("/desk/ask/", REQUEST)
    assert answer.status_code == 422
    assert "您的席位不能向这些单位提出要求：市城管局" in answer.content.decode()
    sign_in(client, cast.leader)
    answer = client.post("/desk/ask/", {**REQUEST, "units": "各区政府"})
    assert [name in answer.content.decode() for name in ("东浦区", "云河区")] == [True, True]


def test_the_office_sets_caps_on_a_page_that_everybody_reads(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    values = {"unit_kind": "department", "version": 0, "asks": "5", "minutes": ""}
    wrong = client.post("/desk/burden/caps/", {**values, "asks": "0"})
    assert (wrong.status_code, 'value="0"' in wrong.content.decode()) == (422, True)
    assert client.post("/desk/burden/caps/", values).status_code == 302
    assert client.post("/desk/burden/caps/", values).status_code == 409  # another window was quicker
    cap = Cap.objects.get()
    assert (cap.asks, cap.minutes, cap.version) == (5, None, 1)
    assert "设定部门每周上限：5 件、— 分钟" in page(client, "/desk/burden/caps/")
    sign_in(client, cast.urban_staff)
    text = page(client, "/desk/burden/caps/")
    assert "本市设定" in text
    assert ">保存<" not in text
