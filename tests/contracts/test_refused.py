"""What Chuangwen refuses to hold (docs/explanation/refused.md): no table and no field is named after it."""

import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
REFUSED = re.compile(
    r"check_?in|attendance|online_time|leaderboard|person_score|person_rank|staff_points|credit_record"
    r"|household|family_profile|camera|video|gps|track(s|ing)?\b|geolocation",
    re.IGNORECASE,
)


def names() -> list[str]:
    models = [model for model in apps.get_models() if model.__module__.startswith("chuangwen.")]
    return [
        f"{model._meta.label}.{name}"
        for model in models
        for name in ["", *(field.name for field in model._meta.get_fields())]
    ]


def test_no_table_or_field_holds_what_is_refused() -> None:
    assert len(names()) > 50
    assert [name for name in names() if REFUSED.search(name)] == []


def test_the_page_that_says_so_names_each_thing() -> None:
    page = (ROOT / "docs/explanation/refused.md").read_text(encoding="utf-8")
    for thing in ("ranking", "credit files", "household profiles", "camera", "tracks", "check-ins"):
        assert thing in page
