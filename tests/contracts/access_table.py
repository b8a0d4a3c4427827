"""The table of `access_table.txt` as rows, and the addresses of the URLconf that it must hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from django.urls import URLPattern, URLResolver

from chuangwen.orgs.rules.roles import ADMINISTRATORS, SEATED, Role

ROLES = (*(str(role) for role in SEATED), "seatless", "anonymous", "firm")
GROUPS: dict[str, set[Role] | set[str]] = {
    "keepers": {Role.CAMPAIGN_OFFICE, Role.SYSTEM_ADMINISTRATOR},
    "admins": set(ADMINISTRATORS),
    "account_keepers": {
        Role.CAMPAIGN_OFFICE,
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.MANAGER,
    },
    "openers": {Role.CAMPAIGN_OFFICE, Role.SYSTEM_ADMINISTRATOR, Role.MANAGER},
    "givers": {Role.CAMPAIGN_OFFICE, Role.SECURITY_ADMINISTRATOR, Role.MANAGER},
    "list_writers": {Role.CAMPAIGN_OFFICE, Role.MANAGER, Role.UNIT_STAFF, Role.COMMUNITY},
    "lookers": {Role.OBSERVER, Role.EXTERNAL_SUPERVISOR},
    "*": set(ROLES) - {"anonymous", "firm"},
}
METHODS = ("GET", "POST")
ROW = re.compile(r"(\{[^}]+\}|\S+)\s+(GET|POST)\s+((?:own|peer|foreign)(?: (?:peer|foreign))*)\s+(\d.*)")


@dataclass(frozen=True)
class View:
    """An address of the URLconf: the name of its view ("orgs:unit") and what stands in it."""

    name: str
    params: tuple[str, ...]


def views(resolver: URLResolver, space: str = "", above: tuple[str, ...] = ()) -> Iterator[View]:
    """Every address below `resolver`."""
    for entry in resolver.url_patterns:
        params = above + tuple(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            yield from views(entry, f"{space}{entry.namespace}:" if entry.namespace else space, params)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry} has no name"
            yield View(space + entry.name, params)


def read(text: str) -> dict[tuple[str, str, str], dict[str, int]]:
    """(view, method, relation) → role → status. Raises ValueError for a line that is no row, or one said twice."""
    rows: dict[tuple[str, str, str], dict[str, int]] = {}
    for line in text.splitlines():
        line = line.partition("#")[0].strip()
        if not line:
            continue
        found = ROW.fullmatch(line)
        if not found:
            raise ValueError(f"This is no row: {line}")
        names, method, relations, answers = found.groups()
        for key in product(names.strip("{}").split(), [method], relations.split()):
            if key in rows:
                raise ValueError(f"Said twice: {key}")
            rows[key] = _answers(answers, "401" if key[0].startswith("api:") else "302")
    return rows


def _answers(text: str, unsigned: str) -> dict[str, int]:
    """Each role with the first answer that names it or its group."""
    answers: dict[str, int] = {}
    for part in [*text.split(","), f"{unsigned} anonymous"]:
        status, *names = part.split()
        for name in names:
            if name not in GROUPS and name not in ROLES:
                raise ValueError(f"No such role or group: {name}")
            for role in GROUPS.get(name, {name}):
                answers.setdefault(str(role), int(status))
    answers.setdefault("firm", answers["anonymous"])
    if answers.keys() != set(ROLES):
        raise ValueError(f"Not for every role: {text}")
    return answers


TABLE = read(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))
