"""Tables of people through the pages: accounts opened, seats given, links made, all of it undone."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from chuangwen.kit import audit, clock
from chuangwen.orgs import actions
from chuangwen.orgs.models import Import, Invitation, Person, Seat
from chuangwen.orgs.rules import Role
from chuangwen.orgs.rules.imports import ImportState
from chuangwen.orgs.testing import SYSTEM, Cast, make_cast, make_unit, seat, sign_in

HEADS = "姓名,账号,单位,角色,手机,邮箱,起始日期,截止日期"


def table(*rows: str) -> bytes:
    return "\n".join([HEADS, *(row.replace("|", ",") for row in rows)]).encode("gb18030")


PEOPLE = table(
    "王　强|wangqiang|市城管局|联络员|138 1234 5678|||",
    "王强|wangqiang|东浦区|单位管理员||||2099-12-31",
    "李梅|limei|城市管理局|联络员||limei@yunpu.test|2020-01-01|",
    "程管|urban|市住建局|联络员||||",
)


def hand_in(client: Client, data: bytes) -> HttpResponse:
    return client.post("/people/imports/", {"file": SimpleUploadedFile("人员.csv", data)})  # type: ignore[return-value]


def handed_in(client: Client, data: bytes) -> Import:
    answer = hand_in(client, data)
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(pk=int(answer.headers["Location"].split("/")[3]))


def page(client: Client, one: Import) -> str:
    answer = client.get(f"/people/imports/{one.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def take_over(client: Client, one: Import) -> None:
    seen = page(client, one).partition('name="seen" value="')[2].partition('"')[0]
    answer = client.post(f"/people/imports/{one.pk}/take-over", {"seen": seen})
    assert answer.status_code == 302, answer.content.decode()
    one.refresh_from_db()


def seats(username: str) -> list[tuple[str, str]]:
    found = Seat.objects.filter(person__username=username).select_related("unit")
    return [(str(one.unit), one.role) for one in found]


def test_accounts_are_opened_without_passwords_and_seats_given(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, PEOPLE)
    assert "共 4 行：新增 <b>4</b> 行" in page(client, one)
    take_over(client, one)
    person = Person.objects.get(username="wangqiang")
    assert (person.name, person.phone, person.home) == ("王强", "13812345678", cast.urban)
    assert not person.has_usable_password()
    assert seats("wangqiang") == [("市城管局", "unit_staff"), ("东浦区", "manager")]
    assert Seat.objects.get(person=person, role=Role.MANAGER).ends_on == date(2099, 12, 31)
    assert Person.objects.get(username="limei").email == "limei@yunpu.test"
    assert seats("urban") == [("市城管局", "unit_staff"), ("市住建局", "unit_staff")]
    assert audit.history(person)[0].action == "orgs.people_imported"
    assert audit.history(cast.housing)[0].action == "orgs.people_imported"


def test_a_phone_is_masked_on_the_page_and_plain_in_no_table(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, PEOPLE)
    text = page(client, one)
    assert "138*" in text
    assert "1234 5678" not in text and "13812345678" not in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orgs_import")
        row = str(cursor.fetchall())
    assert "王" not in row and "1234" not in row.replace(one.sha256, "")
    take_over(client, one)
    assert (one.state, one.file) == (ImportState.TAKEN, "")


def test_each_role_takes_over_what_it_could_have_done_by_hand(cast: Cast, client: Client) -> None:
    accounts = table("王强|wangqiang|市城管局|||||")
    with_role = table("王强|wangqiang|市城管局|联络员||||")
    sign_in(client, cast.administrator)
    refused = page(client, handed_in(client, with_role))
    assert "您的席位只开账号、不授席位" in refused
    one = handed_in(client, accounts)
    take_over(client, one)
    assert seats("wangqiang") == []
    assert "须先有席位" in page(client, one)
    sign_in(client, seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR))
    assert "您的席位不能开账号" in page(client, handed_in(client, table("李梅|limei|市城管局|联络员||||")))
    take_over(client, handed_in(client, with_role))
    assert seats("wangqiang") == [("市城管局", "unit_staff")]


def test_a_manager_reaches_the_own_units_and_sees_the_own_tables(cast: Cast, client: Client) -> None:
    team = make_unit(cast.urban, "监察支队")
    manager = seat("manager", "管局", cast.urban, Role.MANAGER)
    sign_in(client, cast.office)
    of_the_city = handed_in(client, PEOPLE)
    sign_in(client, manager)
    assert client.get(f"/people/imports/{of_the_city.pk}/").status_code == 404
    text = page(
        client,
        handed_in(
            client,
            table(
                "甲|jia|市住建局|联络员||||",
                "乙|yi|市城管局|领导||||",
                "丙|bing|市城管局|单位管理员||||",
                "丁|housing|监察支队|联络员||||",
            ),
        ),
    )
    for said in (
        "不在您的管理范围内",
        "不能在该单位授予“领导”",
        "不能在该单位授予“单位管理员”",
        "账号 housing 已被占用",
    ):
        assert said in text
    one = handed_in(client, table("戊|wu|监察支队|单位管理员||||"))
    take_over(client, one)
    assert seats("wu") == [("监察支队", "manager")]
    sign_in(client, seat("other", "管建", cast.housing, Role.MANAGER))
    assert client.get(f"/people/imports/{one.pk}/").status_code == 404
    sign_in(client, cast.office)
    assert page(client, one)
    sign_in(client, seat("below", "管队", team, Role.MANAGER))
    assert client.get(f"/people/imports/{one.pk}/").status_code == 404
    sign_in(client, cast.stranger)
    assert client.get(f"/people/imports/{one.pk}/").status_code == 404


def test_administrators_stand_apart_in_a_table_too(cast: Cast, client: Client) -> None:
    sign_in(client, seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR))
    text = page(
        client,
        handed_in(
            client, table("程管|urban|云浦市|审计管理员||||", "管理|administrator|市城管局|联络员||||")
        ),
    )
    assert text.count("不得与其他席位兼任") == 4  # above, and in their rows
    deputy = seat("deputy", "代班")
    assert deputy.person is not None and cast.urban_staff.seat is not None
    actions.name_deputy(
        actor=cast.office,
        seat_id=cast.urban_staff.seat.pk,
        person=deputy.person,
        starts_on=date(2020, 1, 1),
        ends_on=date(2099, 1, 1),
    )
    Seat.objects.create(person=deputy.person, unit=cast.urban, role=Role.UNIT_STAFF, ends_on=date(2020, 1, 1))
    assert "不得与其他席位兼任" in page(client, handed_in(client, table("代班|deputy|云浦市|审计管理员||||")))


def links(client: Client, one: Import) -> list[list[str]]:
    answer = client.post(f"/people/imports/{one.pk}/links")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in rows[3:]]


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def test_one_workbook_has_a_link_for_each_new_person_and_each_opens(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, PEOPLE)
    take_over(client, one)
    text = page(client, one)
    person = Person.objects.get(username="wangqiang")
    assert f"/accounts/{person.pk}/invite" in text
    first = links(client, one)
    assert [row[:3] for row in first] == [
        ["王强", "wangqiang", "市城管局、东浦区"],
        ["李梅", "limei", "市城管局"],
    ]
    second = links(client, one)
    assert Invitation.objects.count() == 2
    assert not any(row[3] in str(Invitation.objects.values()) for row in second)
    guest = Client()
    for link, expected in [(first[0][3], 409), (second[0][3], 200)]:
        path = link.removeprefix("http://testserver")
        assert guest.get(path, follow=True).status_code == expected
    good = {"new_password1": "Chuangwen2026!", "new_password2": "Chuangwen2026!"}
    assert guest.post("/invitation/", good).status_code == 302
    assert [row[1] for row in links(client, one)] == ["limei"]
    assert "已设置" in page(client, one)


def test_who_may_invite_nobody_gets_no_links(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, PEOPLE)
    take_over(client, one)
    sign_in(client, seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR))
    assert "invite" not in page(client, one)
    assert client.post(f"/people/imports/{one.pk}/links").status_code == 409


def test_the_import_is_undone_while_nobody_has_signed_in(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    before = (Person.objects.count(), Seat.objects.count())
    one = handed_in(client, PEOPLE)
    take_over(client, one)
    links(client, one)
    assert client.post(f"/people/imports/{one.pk}/undo").status_code == 302
    assert (Person.objects.count(), Seat.objects.count()) == before
    assert seats("urban") == [("市城管局", "unit_staff")]
    assert audit.history(cast.housing)[0].action == "orgs.people_import_undone"
    take_over(client, handed_in(client, PEOPLE))
    assert len(seats("wangqiang")) == 2


def test_whoever_signed_in_or_was_built_upon_stops_the_undoing(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, PEOPLE)
    take_over(client, one)
    person = Person.objects.get(username="limei")
    Client().force_login(person)
    assert cast.urban_staff.person is not None
    held = Seat.objects.get(person__username="wangqiang", role=Role.MANAGER)
    days = {"starts_on": clock.today(), "ends_on": date(2099, 1, 1)}
    actions.name_deputy(actor=cast.office, seat_id=held.pk, person=cast.urban_staff.person, **days)
    given = Seat.objects.get(person=cast.urban_staff.person, unit=cast.housing)
    actions.end_seat(actor=SYSTEM, seat_id=given.pk, on=clock.today())
    text = page(client, one)
    assert "<b>李梅</b> 已登录使用" in text
    assert "<b>王强 · 东浦区 · 单位管理员</b> 已被方案" in text
    assert "<b>程管 · 市住建局 · 单位联络员</b> 导入后又有改动" in text
    assert "undo" not in text
    assert client.post(f"/people/imports/{one.pk}/undo").status_code == 409
    assert seats("wangqiang") and seats("limei")


def test_who_gives_no_seats_cannot_undo_those_that_were_given(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    one = handed_in(client, PEOPLE)
    take_over(client, one)
    sign_in(client, cast.administrator)
    assert "undo" not in page(client, one)
    assert client.post(f"/people/imports/{one.pk}/undo").status_code == 403
    assert len(seats("wangqiang")) == 2


def test_the_template_offers_the_roles_that_the_actor_gives(cast: Cast, client: Client) -> None:
    sign_in(client, seat("manager", "管局", cast.urban, Role.MANAGER))
    assert "单位联络员" in lists(client)
    assert "领导" not in lists(client)
    sign_in(client, cast.administrator)
    assert lists(client) == ""
    blank = client.get("/people/imports/template").content
    cells = CalamineWorkbook.from_filelike(io.BytesIO(blank)).get_sheet_by_index(0).to_python()[3]
    assert (cells[1], cells[3]) == ("jiangyichuan", "")


def lists(client: Client) -> str:
    book = load_workbook(io.BytesIO(client.get("/people/imports/template").content))
    return "".join(str(one.formula1) for one in book.worksheets[0].data_validations.dataValidation)


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_cost_the_same_for_any_number_of_rows(
    cast: Cast, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, cast.office)
    one = handed_in(
        client,
        table(
            *[f"众{n}|many{n}|市城管局|联络员|13800000000|||" for n in range(rows)],
            "程管|urban|市住建局|联络员||||",
        ),
    )
    with django_assert_num_queries(17):
        client.get(f"/people/imports/{one.pk}/")
    take_over(client, one)
    client.get(f"/people/imports/{one.pk}/")  # tells once that it was taken over
    with django_assert_num_queries(15 + tables_that_name_people()):
        client.get(f"/people/imports/{one.pk}/")


def tables_that_name_people() -> int:
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    fields = [field for model in models if model is not Invitation for field in model._meta.local_fields]
    return sum(field.related_model in (Person, Seat) for field in fields)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_over_and_give_the_same_seat_at_once_one_is_told() -> None:
    cast = make_cast()
    clients = [Client(), Client()]
    sign_in(clients[0], cast.office)
    sign_in(clients[1], seat("second", "二办", cast.office_unit, Role.CAMPAIGN_OFFICE))
    start = Barrier(2)
    person = cast.urban_staff.person_id

    def run(desk: int, one: Import, seen: str, unit: str) -> int:
        start.wait()
        try:
            if desk == 0:
                return clients[0].post(f"/people/imports/{one.pk}/take-over", {"seen": seen}).status_code
            form = {"unit": unit, "role": "unit_staff"}
            return clients[1].post(f"/people/{person}/give-seat", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for number in range(3):
            unit = make_unit(cast.city, f"第{number}中学")
            one = handed_in(clients[0], table(f"程管|urban|{unit.name}|联络员||||"))
            seen = page(clients[0], one).partition('name="seen" value="')[2].partition('"')[0]
            answers = list(pool.map(run, (0, 1), (one, one), (seen, seen), (unit.name, unit.name)))
            assert answers in ([302, 422], [409, 302])
            assert Seat.objects.filter(unit=unit).count() == 1
