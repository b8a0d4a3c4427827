"""Every address stands in an access table: method × URL × role, with what is expected written by hand."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, get_resolver


def views(resolver: URLResolver, room: str = "site") -> Iterator[tuple[str, str]]:
    """(room, name of the view) for every address below `resolver`."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry, entry.app_name or room)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry} has no name"
            yield room, entry.name


def in_access_table(room: str) -> set[str]:
    """The first column of TABLE in chuangwen/<room>/tests/test_access_table.py."""
    module = f"chuangwen.{room}.tests.test_access_table"
    if find_spec(module) is None:
        return set()
    table: str = import_module(module).TABLE
    return {line.split()[0] for line in table.strip().splitlines()[1:]}


def test_every_address_stands_in_the_access_table_of_its_room() -> None:
    known = {room: in_access_table(room) for room, _ in views(get_resolver())}
    assert [f"{room}:{name}" for room, name in views(get_resolver()) if name not in known[room]] == []
