"""Passwords, closed doors, the second step, limits on log-ins, links for a password."""

import re
from datetime import timedelta
from threading import Thread

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from chuangwen.cores.errors import ChuangwenError, Denied, Hidden, NotAllowedNow
from chuangwen.kit import clock
from chuangwen.kit.models import AuditEntry
from chuangwen.kit.throttle import Throttle
from chuangwen.orgs import account_queries, actions
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.middleware import BEGAN_KEY, SEEN_KEY
from chuangwen.orgs.models import Lockout, PasswordRecord, Person
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, Cast, seat

PASSWORD = "Wu-jian-2021-chun"
NEW = "Qiu-shui-2022-yan"


@pytest.fixture
def person(cast: Cast, settings: Settings) -> Person:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return with_password(cast.urban_staff)


@pytest.fixture
def security(cast: Cast) -> Actor:
    return seat("anquan", "安守则", cast.city, Role.SECURITY_ADMINISTRATOR)


def with_password(actor: Actor) -> Person:
    assert actor.person is not None
    actions.change_password(actor=actor, password=PASSWORD, now=clock.now())
    return actor.person


def sign_in(client: Client, person: Person, password: str = PASSWORD, address: str = "10.0.0.1") -> str:
    """Where signing in leads; "" if it is refused."""
    values = {"login": person.username, "password": password}
    answer = client.post("/sign-in/", values, REMOTE_ADDR=address)
    return answer.headers.get("Location", "")


def second_step(person: Person) -> str:
    """Turns it on; its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30)))


@pytest.mark.parametrize(
    "weak", ["Kurz-1", "nurkleinbuchstaben", "20212021202120", "password123", "Urban-2022-ab"]
)
def test_a_password_is_long_mixed_and_not_common(person: Person, weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, person)
    validate_password(NEW, person)


def test_none_of_the_last_five_passwords_is_taken_again(person: Person) -> None:
    actor = Actor(person=person)
    for number in range(5):
        with pytest.raises(ValidationError):
            validate_password(PASSWORD, person)
        actions.change_password(actor=actor, password=f"{NEW}-{number}", now=clock.now())
    validate_password(PASSWORD, person)
    assert PasswordRecord.objects.filter(person=person).count() == 5


def test_an_old_password_must_be_changed_at_the_next_sign_in(
    person: Person, client: Client, settings: Settings
) -> None:
    PasswordRecord.objects.update(set_at=clock.now() - timedelta(days=91))
    settings.PASSWORD_DAYS = 0
    sign_in(client, person)
    assert client.get("/units/").status_code == 200
    settings.PASSWORD_DAYS = 90
    client.logout()
    sign_in(client, person)
    assert client.get("/units/").headers["Location"] == "/change-password/"


@pytest.mark.django_db(transaction=True)
def test_tries_are_counted_for_all_connections_together() -> None:
    throttle = Throttle("race", tries=5, seconds=60)
    taken: list[str] = []

    def guess() -> None:
        taken.extend(throttle.take("somebody") for _ in range(5))
        connection.close()

    threads = [Thread(target=guess) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([slot for slot in taken if slot]) == 5


def test_the_security_administrator_opens_a_closed_door(
    cast: Cast, person: Person, security: Actor, client: Client
) -> None:
    for _ in range(6):
        sign_in(client, person, "wrong")
    (closed,) = Lockout.objects.all()
    assert AuditEntry.objects.filter(action="orgs.locked_out", subject_id=person.pk).count() == 1
    for other in (cast.office, cast.administrator, cast.stranger):
        with pytest.raises(Denied):
            actions.unlock(actor=other, lockout_id=closed.pk, now=clock.now())
    assert sign_in(client, person) == ""
    assert security.person is not None
    client.force_login(security.person)
    assert "10.0.0.1" in client.get("/accounts/").content.decode()
    client.post(f"/accounts/lockouts/{closed.pk}/unlock")
    client.logout()
    assert sign_in(client, person) == "/"
    assert AuditEntry.objects.filter(action="orgs.unlocked", subject_id=person.pk).exists()


def test_signing_in_asks_for_the_second_step_and_takes_a_code_once(person: Person, client: Client) -> None:
    secret = second_step(person)
    assert secret not in str(Authenticator.objects.get().data)
    assert sign_in(client, person) == "/sign-in/code/"
    assert client.get("/units/").status_code == 302
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    code = code_of(secret)
    assert client.post("/sign-in/code/", {"code": code}).headers["Location"] == "/"
    assert client.get("/units/").status_code == 200
    client.logout()
    sign_in(client, person)
    assert client.post("/sign-in/code/", {"code": code}).status_code == 422


def test_five_wrong_codes_close_the_door_from_every_address(person: Person, client: Client) -> None:
    secret = second_step(person)
    for number in range(5):
        sign_in(client, person, address=f"10.0.0.{number}")
        client.post("/sign-in/code/", {"code": "000000"}, REMOTE_ADDR=f"10.0.0.{number}")
    sign_in(client, person)
    assert client.post("/sign-in/code/", {"code": code_of(secret)}).status_code == 422
    assert Lockout.objects.filter(person=person).exists()


def test_who_must_have_the_second_step_reaches_nothing_before_it(
    cast: Cast, person: Person, client: Client, settings: Settings
) -> None:
    settings.REQUIRE_TOTP = True
    office = with_password(cast.office)
    sign_in(client, office)
    assert client.get("/units/").headers["Location"] == "/two-steps/on/"
    client.get("/two-steps/on/", follow=True)
    client.post("/sign-in/again/?next=/two-steps/on/", {"password": PASSWORD})
    page = client.get("/two-steps/on/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret and "data:image/svg+xml;base64," in page
    answer = client.post("/two-steps/on/", {"code": code_of(secret[1])})
    assert answer.headers["Location"] == "/two-steps/codes/"
    codes = re.findall(r"<code>(\w+)</code>", client.get("/two-steps/codes/").content.decode())
    assert len(codes) == 10
    assert client.get("/units/").status_code == 200
    assert client.post("/two-steps/off/").status_code == 422
    client.logout()
    sign_in(client, office)
    assert client.post("/sign-in/code/", {"code": codes[0]}).headers["Location"] == "/"
    client.logout()
    sign_in(client, person)
    assert client.get("/units/").status_code == 200


def test_the_security_administrator_turns_off_a_lost_second_step(
    cast: Cast, person: Person, security: Actor, client: Client
) -> None:
    second_step(person)
    for other in (cast.office, cast.administrator):
        with pytest.raises(Denied):
            actions.remove_second_factor(actor=other, person_id=person.pk, now=clock.now())
    actions.remove_second_factor(actor=security, person_id=person.pk, now=clock.now())
    assert sign_in(client, person) == "/"


@pytest.mark.parametrize(
    ("idle", "open_for", "status"), [(29, 29, 200), (31, 31, 302), (1, 11 * 60, 200), (1, 12 * 60 + 1, 302)]
)
def test_an_idle_and_an_old_log_in_end(
    person: Person, client: Client, idle: int, open_for: int, status: int
) -> None:
    sign_in(client, person)
    session, now = client.session, int(clock.now().timestamp())
    session[SEEN_KEY], session[BEGAN_KEY] = now - idle * 60, now - open_for * 60
    session.save()
    assert client.get("/units/").status_code == status


def test_one_ends_ones_own_log_ins_and_nobody_elses(cast: Cast, person: Person, client: Client) -> None:
    lost, foreign = Client(), Client()
    for one in (client, lost):
        sign_in(one, person)
    sign_in(foreign, with_password(cast.office))
    assert client.get("/log-ins/").content.decode().count("/end") == 1
    theirs = UserSession.objects.get(session_key=foreign.session.session_key)
    assert client.post(f"/log-ins/{theirs.pk}/end").status_code == 404
    mine = UserSession.objects.get(session_key=lost.session.session_key)
    client.post(f"/log-ins/{mine.pk}/end")
    assert (lost.get("/units/").status_code, client.get("/units/").status_code) == (302, 200)


def test_where_people_log_in_only_once_the_newest_log_in_stays(person: Person, settings: Settings) -> None:
    first, second = Client(), Client()
    sign_in(first, person)
    sign_in(second, person)
    assert first.get("/units/").status_code == 200
    settings.SINGLE_LOGIN = True
    third = Client()
    sign_in(third, person)
    found = [one.get("/units/").status_code for one in (first, second, third)]
    assert found == [302, 302, 200]


def test_a_link_sets_a_password_once_and_ends_the_log_ins_of_before(
    cast: Cast, person: Person, client: Client
) -> None:
    old = Client()
    sign_in(old, person)
    assert cast.office.person is not None
    client.force_login(cast.office.person)
    page = client.post(f"/accounts/{person.pk}/invite").content.decode()
    link = re.search(r"/invitation/[\w-]+/", page)
    assert link
    client.logout()
    assert client.get(link[0]).headers["Location"] == "/invitation/"
    assert person.username in client.get("/invitation/").content.decode()
    weak = {"new_password1": "kurz", "new_password2": "kurz"}
    assert client.post("/invitation/", weak).status_code == 422
    values = {"new_password1": NEW, "new_password2": NEW}
    assert client.post("/invitation/", values).headers["Location"] == "/sign-in/"
    assert old.get("/units/").status_code == 302
    assert sign_in(client, person, NEW) == "/"
    client.logout()
    client.get(link[0])
    assert client.get("/invitation/").status_code == 409


def test_a_link_ends_after_seven_days_and_when_there_is_a_newer_one(cast: Cast, person: Person) -> None:
    now = clock.now()
    first = actions.make_invitation(actor=SYSTEM, person_id=person.pk, now=now)
    second = actions.make_invitation(actor=SYSTEM, person_id=person.pk, now=now)
    assert actions.open_invitation(second, now + timedelta(days=6)).person == person
    for token, when in [(first, now), (second, now + timedelta(days=8)), ("", now)]:
        with pytest.raises(NotAllowedNow):
            actions.open_invitation(token, when)


def test_who_makes_links_for_whom(cast: Cast, security: Actor) -> None:
    manager = seat("manager", "管城", cast.urban, Role.MANAGER)
    colleague = seat("colleague", "同城", cast.urban, Role.MANAGER)
    assert colleague.person is not None
    actions.seat_person(actor=SYSTEM, person=colleague.person, unit_id=cast.east.pk, role=Role.UNIT_STAFF)
    asked = {
        (manager, cast.urban_staff): None,
        (manager, cast.housing_staff): Hidden,
        (manager, colleague): Denied,  # sits elsewhere too
        (cast.office, cast.urban_staff): None,
        (cast.office, cast.administrator): Denied,
        (cast.office, cast.stranger): Hidden,
        (cast.administrator, security): None,
        (security, cast.urban_staff): Denied,
        (cast.leader, cast.urban_staff): Denied,
        (cast.urban_staff, cast.urban_staff): Denied,
    }
    for (actor, target), expected in asked.items():
        found: type[ChuangwenError] | None = None
        try:
            actions.make_invitation(actor=actor, person_id=target.person_id or 0, now=clock.now())
        except ChuangwenError as refusal:
            found = type(refusal)
        assert found is expected, (actor.name, target.name)


def test_a_new_password_comes_by_mail(person: Person, client: Client) -> None:
    Person.objects.filter(pk=person.pk).update(email="cheng@example.org")
    assert (
        client.post("/forgotten/", {"email": "nobody@example.org"}).headers["Location"] == "/forgotten/sent/"
    )
    assert mail.outbox == []
    client.post("/forgotten/", {"email": "cheng@example.org"})
    link = re.search(r"/forgotten/\S+", str(mail.outbox[0].body))
    assert link
    page = client.get(link[0]).headers["Location"]
    assert client.post(page, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 422
    client.post(page, {"password1": NEW, "password2": NEW})
    assert sign_in(client, person, NEW) == "/"
    assert AuditEntry.objects.filter(action="orgs.password_changed", via="mail").exists()


def test_there_is_no_way_to_register(client: Client, db: None) -> None:
    for path in ("/signup/", "/sign-up/", "/accounts/signup/", "/social/signup/"):
        assert client.get(path).status_code in (302, 404)


@pytest.mark.parametrize("people", [1, 30])
def test_the_list_of_accounts_costs_the_same_for_any_number(
    cast: Cast, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(people):
        seat(f"staff{number}", f"职员{number}", cast.urban)
    with django_assert_num_queries(2):
        assert len(account_queries.accounts(cast.office, "职员", clock.today())) == people
