import os
import subprocess
import sys
from pathlib import Path

import pytest

from chuangwen.site import settings


def said(tmp_path: Path, **variables: str) -> str:
    """What starting with these variables ends with."""
    env = {**os.environ, "CHUANGWEN_DATA": str(tmp_path / "data"), **variables}
    done = subprocess.run(
        [sys.executable, "-c", "import chuangwen.site.settings"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHUANGWEN_DEBUG", "true"),
        ("CHUANGWEN_HTTPS", ""),
        ("CHUANGWEN_DATABASE", "mysql://localhost/chuangwen"),
        ("CHUANGWEN_DATABASE", "postgresql://localhost"),
        ("CHUANGWEN_DATA", "/proc/nowhere"),
    ],
)
def test_a_value_that_makes_no_sense_stops_the_start_and_is_named(
    tmp_path: Path, name: str, value: str
) -> None:
    assert f"ImproperlyConfigured: {name}" in said(tmp_path, **{name: value})


def test_reading_the_settings_makes_no_key(tmp_path: Path) -> None:
    assert said(tmp_path) == ""
    assert list((tmp_path / "data").iterdir()) == []


def test_a_database_address_is_taken_apart() -> None:
    found = settings.postgresql("postgresql://cw:p%40ss@db.example:5433/chuang?sslmode=require")
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("chuang", "cw", "p@ss")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("db.example", "5433", {"sslmode": "require"})
