"""What holds for every address of the house, taken from the URLconf itself."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {"/sign-in/": 200, "/choose-language/": 405, "/kit/": 200, "/favicon.ico": 302}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address, with 1 for each number and a word for each name."""
    for entry in patterns:
        here = before + re.sub(r"<int:\w+>", "1", re.sub(r"<(?:str|slug):\w+>", "a", str(entry.pattern)))
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, here)
        else:
            yield here


ADDRESSES = sorted(addresses(get_resolver().url_patterns))


def test_every_kind_of_key_is_filled() -> None:
    assert [address for address in ADDRESSES if "<" in address] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_sees_anything_before_signing_in_but_what_is_listed_here(
    client: Client, db: None, address: str
) -> None:
    answer = client.get(address)
    if address in OPEN:
        assert answer.status_code == OPEN[address]
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_takes_a_post_without_its_token(db: None, address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address).status_code in {302, 403}
