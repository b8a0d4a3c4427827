import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from chuangwen.orgs import demo
from chuangwen.orgs.models import Person, Unit
from chuangwen.orgs.rules import Role


@pytest.fixture(autouse=True)
def quick(db: None, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_each_account_of_the_demo_signs_in_to_its_seat() -> None:
    accounts = demo.load()
    roles = set()
    for account in accounts:
        person = authenticate(username=account.username, password=account.password)
        assert isinstance(person, Person)
        roles |= {seat.role for seat in person.seats.all()}
    assert roles == {role for *_, role, _label in demo.PEOPLE}
    assert len(accounts) == len(demo.PEOPLE)


def test_loading_again_keeps_what_was_entered_and_gives_no_new_passwords() -> None:
    demo.load()
    Unit.objects.filter(short_name="市城管局").update(short_name="城管")
    assert demo.load() == []
    assert Unit.objects.filter(short_name="城管").exists()


def found(city: str, *accounts: str) -> str:
    said = StringIO()
    names = zip(("--system", "--security", "--audit"), accounts, strict=True)
    call_command(
        "found_city", city, *(word for flag, name in names for word in (flag, name, "管理")), stdout=said
    )
    return said.getvalue()


def test_a_city_is_founded_with_three_administrators_who_choose_their_passwords(client: Client) -> None:
    links = re.findall(r"/invitation/\S+/", found("岚州市", "xitong", "anquan", "shenji"))
    assert len(set(links)) == 3
    for account, link, role in zip(
        ("xitong", "anquan", "shenji"),
        links,
        (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR),
        strict=True,
    ):
        person = Person.objects.get(username=account)
        assert [(seat.unit.name, seat.role) for seat in person.seats.all()] == [("岚州市", role)]
        assert not person.has_usable_password()
        client.get(link)
        values = {"new_password1": "Qiu-shui-2022-yan", "new_password2": "Qiu-shui-2022-yan"}
        assert client.post("/invitation/", values).headers["Location"] == "/sign-in/"
        assert authenticate(username=account, password="Qiu-shui-2022-yan") == person


@pytest.mark.parametrize(
    ("city", "accounts", "why"),
    [
        ("岚州市", ("a", "b", "c"), "岚州市"),
        ("云浦市", ("xitong", "b", "c"), "xitong"),
        ("云浦市", ("a", "a", "c"), "三|three"),
    ],
)
def test_a_city_is_not_founded_twice_nor_with_a_taken_or_shared_account(
    city: str, accounts: tuple[str, ...], why: str
) -> None:
    found("岚州市", "xitong", "anquan", "shenji")
    with pytest.raises(CommandError, match=why):
        found(city, *accounts)
    assert not Unit.objects.filter(name="云浦市").exists()


def test_passwords_are_never_the_same_twice() -> None:
    assert len({account.password for account in demo.load()}) == len(demo.PEOPLE)
