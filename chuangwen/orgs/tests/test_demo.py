from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
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


def test_a_city_is_founded_with_an_administrator_who_must_change_the_password() -> None:
    said = StringIO()
    call_command("found_city", "岚州市", "guanli", "管理", stdout=said)
    person = authenticate(username="guanli", password=said.getvalue().split("：")[1].strip())
    assert isinstance(person, Person)
    assert person.must_change_password
    assert [(seat.unit.name, seat.role) for seat in person.seats.all()] == [
        ("岚州市", Role.SYSTEM_ADMINISTRATOR)
    ]
    with pytest.raises(CommandError, match="岚州市"):
        call_command("found_city", "岚州市", "second", "管理")
    with pytest.raises(CommandError, match="guanli"):
        call_command("found_city", "云浦市", "guanli", "管理")
    assert not Unit.objects.filter(name="云浦市").exists()


def test_passwords_are_never_the_same_twice() -> None:
    assert len({account.password for account in demo.load()}) == len(demo.PEOPLE)
