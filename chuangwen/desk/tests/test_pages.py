"""The desk as people see it, and the calendar as programs read it."""

from datetime import timedelta

from django.test import Client
from icalendar import Calendar

from chuangwen.desk import actions
from chuangwen.desk.models import CityHours, DelayRequest, Todo
from chuangwen.kit import clock
from chuangwen.orgs.testing import Cast, sign_in

from .world import ask


def test_the_lamp_says_by_word_how_it_stands(cast: Cast, client: Client) -> None:
    now = clock.now()
    ask(cast, now=now - timedelta(days=40))
    ask(cast, now=now, allowance=1)
    ask(cast, now=now, allowance=60)
    sign_in(client, cast.urban_staff)
    page = client.get("/desk/", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert page.index("lamp late") < page.index("lamp near") < page.index("lamp go")
    assert client.get("/desk/count/").content.decode().strip() == "3"


def test_several_are_marked_done_at_once(cast: Cast, client: Client) -> None:
    todos = [ask(cast, subject_id=number) for number in (1, 2)]
    sign_in(client, cast.urban_staff)
    chosen = [f"{todo.pk}:1" for todo in todos]
    assert client.post("/desk/batch/", {"todo": chosen, "step": "done"}).status_code == 302
    assert not Todo.objects.filter(state="open").exists()
    assert client.post("/desk/batch/", {"todo": ["x"]}).status_code == 422


def test_a_refused_delay_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    todo = ask(cast)
    sign_in(client, cast.urban_staff)
    values = {"version": 1, "kind": "extension", "reason": "连续下雨", "until": ""}
    page = client.post(f"/desk/todos/{todo.pk}/delay/", values)
    assert page.status_code == 422
    assert "连续下雨" in page.content.decode()
    assert not DelayRequest.objects.exists()


def test_the_office_sets_days_and_hours(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    values = {"day": "2026-09-30", "is_worked": "0", "words": "市民日"}
    assert client.post("/desk/calendar/", values).headers["Location"] == "/desk/calendar/?year=2026"
    assert "市民日" in client.get("/desk/calendar/?year=2026").content.decode()
    hours = {
        "version": 0,
        "opens_at": "08:30",
        "lunch_from": "12:00",
        "lunch_to": "15:00",
        "closes_at": "18:00",
    }
    assert client.post("/desk/calendar/hours/", {**hours, "closes_at": "14:00"}).status_code == 422
    assert client.post("/desk/calendar/hours/", hours).status_code == 302
    assert CityHours.objects.get().jurisdiction == cast.city


def test_the_feed_is_a_calendar_without_titles(cast: Cast, client: Client) -> None:
    todo = ask(cast)
    token = actions.make_feed(actor=cast.urban_staff, now=clock.now())
    found = Calendar.from_ical(client.get(f"/desk/feed/{token}.ics").content)
    (event,) = found.walk("VEVENT")
    assert event.decoded("dtstart") == todo.due_at
    assert "清理楼道" in str(event["summary"])
    assert "第1号" not in found.to_ical().decode()
    assert not event.errors


def test_a_new_address_closes_the_one_before(cast: Cast, client: Client) -> None:
    first = actions.make_feed(actor=cast.urban_staff, now=clock.now())
    actions.make_feed(actor=cast.urban_staff, now=clock.now())
    assert client.get(f"/desk/feed/{first}.ics").status_code == 404


def test_the_feed_of_a_closed_account_is_gone(cast: Cast, client: Client) -> None:
    token = actions.make_feed(actor=cast.urban_staff, now=clock.now())
    person = cast.urban_staff.person
    assert person is not None
    person.is_active = False
    person.save()
    assert client.get(f"/desk/feed/{token}.ics").status_code == 404
