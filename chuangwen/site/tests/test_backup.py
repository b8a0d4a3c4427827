"""The drill: back up, restore elsewhere, open pages, read files and what is encrypted."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from chuangwen.kit import clock, files
from chuangwen.orgs.actions import change_personal
from chuangwen.orgs.models import Unit
from chuangwen.orgs.testing import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812345678"
LOOK = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from chuangwen.kit import files
from chuangwen.orgs.actions import add_group
from chuangwen.orgs.models import Person, Unit
from chuangwen.orgs.testing import SYSTEM
person = Person.objects.get(username="urban")
client = Client()
client.force_login(Person.objects.get(username="office"))
pages = ["/units/", "/groups/", "/plans/", "/profile/", *(f"/units/{unit.pk}/" for unit in Unit.objects.filter(path__startswith=Unit.objects.get(name="云浦市").path))]
group = add_group(actor=SYSTEM, jurisdiction_id=Unit.objects.get(name="云浦市").pk, name="新组")
call_command("audit", "verify")
print(json.dumps({
    "pages": {page: client.get(page).status_code for page in pages},
    "phone": person.phone,
    "shown": person.phone in client.post(f"/people/{person.pk}/reveal").content.decode(),
    "file": files.read(sys.argv[1]).decode(),
    "units": [str(unit.version) + unit.path + unit.name for unit in Unit.objects.order_by("pk")],
    "group": group.pk,
}))
"""
RESTORE_EACH = """
import io, json, sys
from contextlib import redirect_stderr
from chuangwen import cli
ends = []
for path in sys.argv[1:]:
    with redirect_stderr(io.StringIO()) as told:
        try:
            code = cli.run(["restore", path])
        except SystemExit as end:
            code = end.code
    ends.append((code, told.getvalue()))
print(json.dumps(ends))
"""


@dataclass(frozen=True)
class Elsewhere:
    """Another data directory, and on PostgreSQL another database."""

    environment: dict[str, str]
    directory: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def restore_each(self, paths: list[Path]) -> list[tuple[int, str]]:
        """The exit code for each backup, and what was told on standard error."""
        done = self.run("-c", RESTORE_EACH, *map(str, paths))
        assert done.returncode == 0, done.stderr
        return [(code, told) for code, told in json.loads(done.stdout.splitlines()[-1])]


@pytest.fixture
def elsewhere(transactional_db: None, tmp_path: Path) -> Iterator[Elsewhere]:
    directory = tmp_path / "elsewhere"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHUANGWEN_")}
    environment |= {"CHUANGWEN_DATA": str(directory), "CHUANGWEN_HOSTS": "testserver", "CHUANGWEN_LANG": "en"}
    environment["DJANGO_SETTINGS_MODULE"] = "chuangwen.site.settings"
    if connection.vendor == "sqlite":
        yield Elsewhere(environment, directory)
        return
    name = f"{connection.settings_dict['NAME']}_restored"
    url = os.environ["CHUANGWEN_DATABASE"].rpartition("/")[0]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield Elsewhere(environment | {"CHUANGWEN_DATABASE": f"{url}/{name}"}, directory)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def cast(transactional_db: None, settings: Settings, tmp_path: Path) -> Cast:
    (tmp_path / "here").mkdir()
    settings.DATA_DIR = tmp_path / "here"
    settings.KEYS_DIR = tmp_path / "here" / "keys"
    cast = make_cast()
    person_id = cast.urban_staff.person_id
    assert person_id is not None
    change_personal(actor=cast.office, person_id=person_id, phone=PHONE, today=clock.today())
    return cast


def back_up(directory: Path) -> Path:
    path = directory / "backup.tar.gz"
    call_command("backup", str(path), keys=directory / "keys.tar.gz")
    return path


def test_a_backup_restored_elsewhere_opens_pages_files_and_what_is_encrypted(
    cast: Cast, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    sha256 = files.put("方案原文".encode())
    backup = back_up(tmp_path)
    keys = str(tmp_path / "keys.tar.gz")
    restored = elsewhere.run("-m", "chuangwen.cli", "restore", str(backup), "--keys", keys)
    assert (restored.returncode, restored.stderr) == (0, "")
    looked = elsewhere.run("-c", LOOK, sha256)
    assert looked.returncode == 0, looked.stderr
    found = json.loads(looked.stdout.splitlines()[-1])
    assert set(found["pages"].values()) == {200} and len(found["pages"]) >= 9
    assert (found["phone"], found["shown"], found["file"]) == (PHONE, True, "方案原文")
    units = Unit.objects.order_by("pk")
    assert found["units"] == [str(unit.version) + unit.path + unit.name for unit in units]


def test_the_backup_holds_neither_plain_numbers_nor_keys(cast: Cast, tmp_path: Path) -> None:
    backup = back_up(tmp_path)
    with tarfile.open(backup) as tar:
        names = tar.getnames()
        texts = [file.read() for name in names if (file := tar.extractfile(name))]
    assert not [name for name in names if name.endswith(".key") or name.startswith("keys")]
    assert not any(PHONE.encode() in text for text in texts)
    with tarfile.open(tmp_path / "keys.tar.gz") as tar:
        assert {"keys/1.key", "data/audit.key"} <= set(tar.getnames())
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.tar.gz")} == {0o600}


def test_what_is_damaged_or_finds_no_empty_place_is_refused_in_a_sentence_before_anything_is_written(
    cast: Cast, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    backup = back_up(tmp_path)
    whole = backup.read_bytes()
    damaged = [whole[:-40], whole[:900], whole[:2000] + b"x" + whole[2001:], b"no archive"]
    refused = [tmp_path / f"damaged{number}.tar.gz" for number in range(len(damaged))]
    for path, content in zip(refused, damaged, strict=True):
        path.write_bytes(content)
    refused.append(another_content_under_a_right_frame(backup))
    ends = elsewhere.restore_each([*refused, backup, backup])
    assert [code for code, _ in ends] == [2] * 5 + [0, 2]  # it was still empty, and then no more
    assert {told.count("\n") for code, told in ends if code} == {1}


def another_content_under_a_right_frame(backup: Path) -> Path:
    forged = backup.with_name("forged.tar.gz")
    with tarfile.open(backup) as old, tarfile.open(forged, "w:gz") as new:
        for member in old:
            if member.name != "rows/orgs.seat.jsonl":
                new.addfile(member, old.extractfile(member))
    return forged


def test_a_name_that_is_taken_is_never_written_over(cast: Cast, tmp_path: Path) -> None:
    back_up(tmp_path)
    before = (tmp_path / "backup.tar.gz").read_bytes()
    with pytest.raises(CommandError):
        back_up(tmp_path)
    assert (tmp_path / "backup.tar.gz").read_bytes() == before


def test_a_file_that_changed_on_the_disk_is_named_and_the_rest_is_kept(cast: Cast, tmp_path: Path) -> None:
    good, bad = files.put(b"good"), files.put(b"bad")
    (tmp_path / "here" / "files" / bad[:2] / bad[2:]).write_bytes(b"bax")
    with pytest.raises(CommandError, match=bad):
        back_up(tmp_path)
    with tarfile.open(tmp_path / "backup.tar.gz") as tar:
        assert [name for name in tar.getnames() if name.startswith("files/")] == [f"files/{good}"]
