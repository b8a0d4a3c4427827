"""The reference of roles tells what the rooms declare."""

from pathlib import Path

from django.utils import translation

from chuangwen.orgs import people_queries, scopes
from chuangwen.orgs.rules import Scope
from chuangwen.orgs.views.people import SCOPES

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "roles.md"


def test_the_table_of_roles_is_what_the_rooms_declare() -> None:
    with translation.override("en"):
        titles = [str(room.title) for room in scopes.rooms().values()]
        lines = [f"| Role | {' | '.join(titles)} |", f"|{'---|' * (len(titles) + 1)}"]
        for role, name, far in people_queries.roles_and_rooms():
            words = " | ".join(str(SCOPES[Scope(scope)]) for scope in far)
            lines.append(f"| {name} (`{role}`) | {words} |")
    assert "\n".join(lines) in PAGE.read_text(encoding="utf-8")
