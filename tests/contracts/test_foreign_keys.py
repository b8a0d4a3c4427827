"""What the import contracts cannot see: a table never points to a table of a higher floor."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.apps import apps
from django.db import models
from django.db.models.fields.related import RelatedField

ROOT = Path(__file__).parents[2]

Link: TypeAlias = "RelatedField[Any, Any]"


def floors() -> dict[str, int]:
    """Room → floor, from the layers in pyproject.toml; the lowest floor is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["name"].startswith("Floors"))["layers"]
    return {
        room.strip(" ()"): floor for floor, rooms in enumerate(reversed(layers)) for room in rooms.split("|")
    }


def room(model: type[models.Model]) -> str | None:
    """`plans` for a model of chuangwen.plans; None for one of a library."""
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "chuangwen" else None


def links() -> Iterator[Link]:
    """Every foreign key, one-to-one and many-to-many field of our rooms."""
    for model in apps.get_models(include_auto_created=True):
        if room(model):
            yield from (field for field in model._meta.get_fields() if isinstance(field, RelatedField))


def complaint(field: Link) -> str | None:
    here, there = room(field.model), room(field.related_model)
    if here is None or there is None:
        return None
    if floors()[there] > floors()[here]:
        return f"{field} points up, from {here} to {there}"
    if here != there and not field.remote_field.hidden:
        return f'{field} crosses rooms and needs related_name="+"'
    return None


def test_no_foreign_key_points_to_a_higher_floor_or_shows_itself_across_rooms() -> None:
    assert [text for text in map(complaint, links()) if text] == []


def test_every_room_with_tables_has_a_floor() -> None:
    assert {name for name in map(room, apps.get_models()) if name} <= floors().keys()


@pytest.mark.parametrize(
    ("here", "there", "related_name", "said"),
    [
        ("kit", "plans", "+", "points up"),
        ("plans", "orgs", None, 'needs related_name="+"'),
        ("plans", "orgs", "+", None),
        ("plans", "plans", None, None),
    ],
)
def test_a_planted_foreign_key_is_seen(
    here: str, there: str, related_name: str | None, said: str | None
) -> None:
    from django.test.utils import isolate_apps

    with isolate_apps():

        def model(name: str, room_name: str, **fields: object) -> type[models.Model]:
            meta = type("Meta", (), {"app_label": "planted"})
            attributes = {"__module__": f"chuangwen.{room_name}.models", "Meta": meta, **fields}
            return type(name, (models.Model,), attributes)

        target = model("Target", there)
        link: object = models.ForeignKey(target, on_delete=models.CASCADE, related_name=related_name)
        source = model("Source", here, link=link)
        text = complaint(source._meta.get_field("link"))  # type: ignore[arg-type]
    assert (text is None) if said is None else (text is not None and said in text)
