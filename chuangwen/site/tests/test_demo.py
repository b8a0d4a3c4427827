from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from chuangwen.site.management.commands import demo as command


def demo(**options: bool) -> list[str]:
    """The lines of accounts that the command prints."""
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return [line for line in out.getvalue().splitlines() if line.count("\t") == 2]


@pytest.mark.django_db(transaction=True)
def test_the_demo_keeps_what_is_there_and_begins_anew_when_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    first = demo()
    assert len(first) >= 5
    assert demo() == first
    kept = tmp_path / "demo-accounts.txt"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text().splitlines() == first
    monkeypatch.setattr(command, "ROOMS", ())  # their cities were loaded above
    again = demo(reset=True)
    assert [line.split("\t")[1] for line in again] == [line.split("\t")[1] for line in first]
    assert {line.split("\t")[2] for line in again}.isdisjoint(line.split("\t")[2] for line in first)
