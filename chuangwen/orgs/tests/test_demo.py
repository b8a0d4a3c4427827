import pytest
from django.contrib.auth import authenticate
from pytest_django import Settings

from chuangwen.orgs import demo
from chuangwen.orgs.models import Person, Unit
from chuangwen.orgs.rules import Role


@pytest.fixture(autouse=True)
def quick(db: None, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_demo_has_an_account_for_every_role_and_each_signs_in() -> None:
    accounts = demo.load()
    roles = set()
    for account in accounts:
        person = authenticate(username=account.username, password=account.password)
        assert isinstance(person, Person)
        roles |= {seat.role for seat in person.seats.all()}
    assert roles == set(Role)


def test_loading_again_keeps_what_was_entered_and_gives_no_new_passwords() -> None:
    demo.load()
    Unit.objects.filter(short_name="市城管局").update(short_name="城管")
    assert demo.load() == []
    assert Unit.objects.filter(short_name="城管").exists()


def test_passwords_are_never_the_same_twice() -> None:
    assert len({account.password for account in demo.load()}) == len(demo.PEOPLE)
