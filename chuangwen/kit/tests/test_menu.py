import pytest

from chuangwen.kit import menu


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_ENTRIES", [])
    menu.add(entry("mine", "letter", "plans:my_letter"), entry("plans", "plans", "plans:"))
    menu.add(entry("settings", "units", "orgs:unit", who="keeper"))


def entry(part: str, title: str, lit: str, who: str = "") -> menu.Entry:
    return menu.Entry(part=part, title=title, url="home", lit=(lit,), shown=lambda actor: who in (actor, ""))


def lit(view: str) -> list[str | object]:
    return [
        entry.title for _, entries in menu.parts_for("keeper", view) for entry, is_lit in entries if is_lit
    ]


@pytest.mark.parametrize(
    ("view", "titles"),
    [
        ("plans:overview", ["plans"]),
        ("plans:my_letter", ["letter"]),
        ("orgs:units", ["units"]),
        ("orgs:profile", []),
        ("", []),
    ],
)
def test_one_entry_at_most_is_lit_and_it_is_the_nearest(view: str, titles: list[str]) -> None:
    assert lit(view) == titles


def test_a_part_with_nothing_for_this_actor_is_left_out() -> None:
    shown = [[entry.title for entry, _ in entries] for _, entries in menu.parts_for("anybody", "")]
    assert shown == [["letter"], ["plans"]]
