"""An empty SQLite database as the migrations leave it, made once for each state of the migrations.

Django renders every related model anew after each operation: migrating takes longer than most test files.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def migrated() -> Path:
    inputs = [ROOT / "requirements.lock", *sorted((ROOT / "chuangwen").glob("*/migrations/*.py"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    path = Path(sys.prefix) / "migrated" / f"{digest}.sqlite3"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as folder:
            subprocess.run(
                [sys.executable, "-m", "chuangwen.cli", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env=os.environ | {"CHUANGWEN_DATA": folder, "CHUANGWEN_DATABASE": ""},
                check=True,
            )
            # Whole or not at all: another run may be at it.
            (Path(folder) / "chuangwen.sqlite3").replace(path)
    return path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """The test database as the migrations leave it; nothing where no test of this run asks for one."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite" and settings["NAME"] == settings["TEST"]["NAME"]:
        with django_db_blocker.unblock():
            connection.ensure_connection()
            with closing(sqlite3.connect(request.getfixturevalue("migrated"))) as kept:
                kept.backup(connection.connection)


@pytest.fixture
def empty_installation(migrated: Path, tmp_path: Path) -> Path:
    """A data directory with an empty database, for processes of their own."""
    shutil.copy(migrated, tmp_path / "chuangwen.sqlite3")
    return tmp_path
