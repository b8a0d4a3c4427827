"""Handing a seat over as giver and successor do it."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuangwen.desk.models import HandOver
from chuangwen.kit import clock
from chuangwen.orgs.models import Person, Seat
from chuangwen.orgs.testing import Cast, seat, sign_in

from .world import ask, offered


def test_a_seat_is_handed_over_from_the_account_to_the_record(cast: Cast, client: Client) -> None:
    assert cast.urban_staff.seat
    Person.objects.filter(username="seatless").update(home=cast.housing)
    ask(cast, unit_id=cast.urban.pk, seat=cast.urban_staff.seat, now=clock.now())
    start = f"/desk/seats/{cast.urban_staff.seat.pk}/hand-over/"
    sign_in(client, cast.urban_staff)
    for place in ("/profile/", "/desk/", "/desk/hand-overs/"):
        assert start in client.get(place).content.decode(), place
    values = {"successor": "seatless", "on": clock.today().isoformat(), "note": "台账在二楼"}
    wrong = client.post(start, {**values, "successor": "nobody"})
    assert (wrong.status_code, "台账在二楼" in wrong.content.decode()) == (422, True)
    own = client.post(start, {**values, "successor": "urban"})
    assert (own.status_code, "程管就是该席位的现任" in own.content.decode()) == (422, True)
    at = client.post(start, values).headers["Location"]
    draft = client.get(at).content.decode()
    assert "第1号" in draft
    assert "接任人尚不知悉" in draft
    changed = client.post(f"{at}change/", {**values, "version": 1, "note": "台账在三楼"})
    assert changed.status_code == 302
    assert client.post(f"{at}offer/", {"version": 2}).status_code == 302
    assert client.post(f"{at}offer/", {"version": 3}).status_code == 409
    sign_in(client, cast.seatless)
    assert at in client.get("/profile/").content.decode()
    assert "台账在三楼" in client.get(at).content.decode()
    assert client.post(f"{at}accept/", {"version": 2, "remark": "已核对"}).status_code == 409
    assert client.post(f"{at}accept/", {"version": 3, "remark": "已核对"}).status_code == 302
    record = client.get(at).content.decode()
    assert "随席位移交未办结待办 1 项" in record
    assert "已核对" in record
    assert "第1号" in client.get("/desk/").content.decode()
    sign_in(client, cast.office)
    assert at in client.get("/desk/hand-overs/").content.decode()


def test_the_page_of_a_person_leads_there_for_who_ends_the_seat(cast: Cast, client: Client) -> None:
    assert cast.urban_staff.seat
    row = offered(cast.urban_staff, cast.seatless)
    sign_in(client, cast.office)
    text = client.get(f"/people/{cast.urban_staff.person_id}/").content.decode()
    assert f"/desk/seats/{cast.urban_staff.seat.pk}/hand-over/" in text
    assert f"/desk/hand-overs/{row.pk}/" in text


def test_before_the_day_the_successor_reads_and_waits(cast: Cast, client: Client) -> None:
    row = offered(cast.urban_staff, cast.seatless)
    HandOver.objects.filter(pk=row.pk).update(on=clock.today() + timedelta(days=1))
    sign_in(client, cast.seatless)
    text = client.get(f"/desk/hand-overs/{row.pk}/").content.decode()
    assert "方可接收" in text
    assert f"/desk/hand-overs/{row.pk}/accept/" not in text
    assert client.post(f"/desk/hand-overs/{row.pk}/accept/", {"version": 2}).status_code == 409


def test_a_seat_that_stands_apart_is_refused_in_words(cast: Cast, client: Client) -> None:
    row = offered(cast.urban_staff, cast.administrator)
    sign_in(client, cast.administrator)
    answer = client.post(f"/desk/hand-overs/{row.pk}/accept/", {"version": 2, "remark": "已核对"})
    assert answer.status_code == 422
    assert "已核对" in answer.content.decode()
    assert Seat.objects.get(pk=row.seat_id).ends_on is None


def test_the_pages_cost_the_same_for_any_number_of_rows(cast: Cast, client: Client) -> None:
    assert cast.urban_staff.seat
    Person.objects.filter(username="seatless").update(home=cast.housing)
    row = offered(cast.urban_staff, cast.seatless)
    sign_in(client, cast.office)

    def cost(rows: int) -> list[int]:
        for number in range(rows):
            colleague = seat(f"colleague-{rows}-{number}", "某", cast.housing)
            offered(colleague, cast.seatless)
            ask(cast, unit_id=cast.urban.pk, seat=cast.urban_staff.seat, subject_id=number, now=clock.now())
            ask(cast, subject_id=number, now=clock.now())
        found = []
        of_person = [f"/people/{cast.urban_staff.person_id}/", f"/people/{cast.seatless.person_id}/"]
        for address in ["/desk/hand-overs/", f"/desk/hand-overs/{row.pk}/", *of_person]:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            found.append(len(seen))
        return found

    assert cost(1) == cost(29)
