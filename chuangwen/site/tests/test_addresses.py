"""What holds for every address of the house, taken from the URLconf itself. Who may see what: tests/contracts."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

KEYS = {r"<int:\w+>": "1", r"<uuid:\w+>": "00000000-0000-4000-8000-000000000000", r"<(\w+:)?\w+>": "a"}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address, with 1 for each number and a word for each name."""
    for entry in patterns:
        here = str(entry.pattern)
        for key, filled in KEYS.items():
            here = re.sub(key, filled, here)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, before + here)
        else:
            yield before + here


ADDRESSES = sorted(addresses(get_resolver().url_patterns))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_takes_a_post_without_its_token(db: None, address: str) -> None:
    refused = {401, 403, 404, 405} if address.startswith("/api/") else {302, 403}
    assert Client(enforce_csrf_checks=True).post(address).status_code in refused
