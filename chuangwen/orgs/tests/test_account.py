import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from chuangwen.kit import clock
from chuangwen.kit.models import AuditEntry
from chuangwen.orgs import actions
from chuangwen.orgs.models import Person, Seat
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, Cast

PASSWORD = "wu-jian-2021-chun"
NEW = "qiu-shui-2022-yan"


@pytest.fixture
def person(cast: Cast, settings: Settings) -> Person:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    person = cast.urban_staff.person
    assert person is not None
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client: Client, username: str, password: str = PASSWORD, address: str = "10.0.0.1") -> int:
    values = {"login": username, "password": password}
    return client.post("/sign-in/", values, REMOTE_ADDR=address).status_code


def test_signing_in_leads_to_the_page_that_was_asked_for(person: Person, client: Client) -> None:
    page = client.get("/units/")
    assert page.headers["Location"] == "/sign-in/?next=/units/"
    values = {"login": person.username, "password": PASSWORD, "next": "/units/"}
    assert client.post("/sign-in/", values).headers["Location"] == "/units/"
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert (entry.action, entry.person_id) == ("orgs.signed_in", person.pk)


def test_a_wrong_account_and_a_wrong_password_sound_the_same(person: Person, client: Client) -> None:
    def said(username: str) -> str:
        page = client.post("/sign-in/", {"login": username, "password": "x"}).content.decode()
        found = re.search(r'<ul class="errorlist nonfield".*?</ul>', page, re.S)
        assert found is not None
        return re.sub(r'id="\w+"', "", found[0])

    assert said(person.username) == said("nobody")
    assert "账号与密码不符" in said("nobody")


def test_five_wrong_tries_close_the_door_for_that_account_and_address(person: Person, client: Client) -> None:
    for _ in range(5):
        sign_in(client, person.username, "wrong")
    assert sign_in(client, person.username) == 422  # refused, though the password is right
    assert sign_in(client, person.username, address="10.0.0.2") == 302


def test_thirty_wrong_tries_close_the_door_for_the_address(person: Person, client: Client) -> None:
    for number in range(30):
        sign_in(client, f"guess{number}", "wrong")
    assert sign_in(client, person.username) == 422


def test_signing_in_takes_no_tries_away(person: Person, client: Client) -> None:
    for _ in range(35):
        assert sign_in(client, person.username) == 302
        client.logout()


def test_signing_out_is_a_button_and_no_link(person: Person, client: Client) -> None:
    sign_in(client, person.username)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/units/").status_code == 302


def test_a_password_that_another_set_opens_only_the_page_to_change_it(person: Person, client: Client) -> None:
    Person.objects.filter(pk=person.pk).update(must_change_password=True)
    client.force_login(person)
    assert client.get("/units/").headers["Location"] == "/change-password/"
    values = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client.post("/change-password/", values)
    assert client.get("/units/").status_code == 200
    client.logout()
    assert sign_in(client, person.username, NEW) == 302


@pytest.mark.parametrize("weak", ["20212021202120", "password123", "duan"])
def test_a_weak_password_is_refused(person: Person, client: Client, weak: str) -> None:
    client.force_login(person)
    values = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    assert client.post("/change-password/", values).status_code == 422


def test_a_closed_account_does_not_open(person: Person, client: Client) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert sign_in(client, person.username) == 422


def test_pages_are_chinese_until_a_person_switches_whatever_the_browser_says(
    person: Person, client: Client
) -> None:
    client.force_login(person)
    english = {"Accept-Language": "en"}
    assert '<html lang="zh-Hans">' in client.get("/units/", headers=english).content.decode()
    answer = client.post("/choose-language/", {"language": "en", "next": "/units/?text=a"})
    assert answer.headers["Location"] == "/units/?text=a"
    page = client.get("/units/").content.decode()
    assert '<html lang="en">' in page
    assert "<h1>Units</h1>" in page


def test_the_language_of_the_profile_comes_with_signing_in(person: Person, client: Client) -> None:
    client.force_login(person)
    client.post("/profile/", {"email": "cheng@example.org", "language": "en"})
    person.refresh_from_db()
    assert (person.email, person.language) == ("cheng@example.org", "en")
    other_browser = Client()
    sign_in(other_browser, person.username)
    assert '<html lang="en">' in other_browser.get("/units/").content.decode()


@pytest.mark.parametrize(
    "to", ["https://example.org/", "//example.org", "\\\\example.org", "", "orgs:unit", "x"]
)
def test_the_switch_sends_nobody_to_a_strange_site_or_to_what_is_no_address(
    client: Client, db: None, to: str
) -> None:
    answer = client.post("/choose-language/", {"language": "en", "next": to})
    assert answer.headers["Location"] == "/"


def test_a_person_acts_from_the_seat_they_chose(cast: Cast, person: Person, client: Client) -> None:
    seat = actions.seat_person(
        actor=SYSTEM, person=person, unit_id=cast.office_unit.pk, role=Role.CAMPAIGN_OFFICE
    )
    client.force_login(person)
    assert client.get(f"/units/{cast.urban.pk}/add-name").status_code == 403
    client.post("/choose-seat/", {"seat": seat.pk})
    assert client.get(f"/units/{cast.urban.pk}/add-name").status_code == 200


def test_nobody_takes_the_seat_of_another(cast: Cast, person: Person, client: Client) -> None:
    client.force_login(person)
    assert cast.office.seat is not None
    client.post("/choose-seat/", {"seat": cast.office.seat.pk})
    assert client.get(f"/units/{cast.urban.pk}/add-name").status_code == 403


def test_a_seat_that_ended_or_has_not_begun_shows_nothing(person: Person, cast: Cast, client: Client) -> None:
    client.force_login(person)
    today = clock.today()
    Seat.objects.filter(person=person).update(ends_on=today)
    assert client.get(f"/units/{cast.urban.pk}/").status_code == 404
    Seat.objects.filter(person=person).update(ends_on=None, starts_on=today + timedelta(days=1))
    assert client.get(f"/units/{cast.urban.pk}/").status_code == 404
    Seat.objects.filter(person=person).update(starts_on=today)
    assert client.get(f"/units/{cast.urban.pk}/").status_code == 200


def test_until_the_password_is_changed_there_is_no_menu_and_a_part_leads_to_the_whole_page(
    person: Person, client: Client
) -> None:
    Person.objects.filter(pk=person.pk).update(must_change_password=True)
    client.force_login(person)
    assert "/desk/count/" not in client.get("/change-password/").content.decode()
    answer = client.get("/desk/count/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/change-password/")


def test_a_part_of_a_page_that_was_asked_for_too_late_leads_the_whole_page_to_sign_in(
    client: Client, db: None
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/groups/?a=1"}
    answer = client.get("/units/", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Fgroups%2F"
