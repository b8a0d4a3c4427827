import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from chuangwen.kit import clock
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
        ("CHUANGWEN_TODAY", "30.6.2021"),
        ("CHUANGWEN_TODAY", "2999-01-01"),
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


@pytest.mark.django_db
def test_in_test_mode_pages_and_jobs_live_on_from_the_chosen_day(client: Client, settings: Settings) -> None:
    shown = "测试模式"
    assert shown not in client.get("/sign-in/").content.decode()
    settings.TODAY_SHIFT = date(2021, 6, 30) - clock.today()
    assert clock.today() == date(2021, 6, 30)
    assert timezone.localdate(clock.now()) == date(2021, 6, 30)
    assert shown in client.get("/sign-in/").content.decode()
