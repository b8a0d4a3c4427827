import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from chuangwen.kit import files
from chuangwen.kit.secret import secret_key


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def kept(data: Path) -> list[Path]:
    return [path for path in (data / "files").rglob("*") if path.is_file()]


def test_bytes_come_back_as_they_were_and_the_same_bytes_are_kept_once(data: Path) -> None:
    one, again = files.put("计划".encode()), files.put("计划".encode())
    assert one == again
    assert files.read(one) == "计划".encode()
    assert len(kept(data)) == 1


def test_a_file_that_changed_on_the_disk_is_not_handed_out(data: Path) -> None:
    sha256 = files.put(b"plan")
    kept(data)[0].write_bytes(b"plam")
    with pytest.raises(files.DamagedFile):
        files.read(sha256)


def test_what_was_never_put_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        files.read("0" * 64)


def test_a_write_that_fails_leaves_no_file_behind(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        files.put(b"plan")
    assert kept(data) == []


def test_the_key_is_made_once_and_only_its_owner_reads_it(data: Path) -> None:
    path = data / "secret.key"
    first = secret_key(path)
    assert secret_key(path) == first
    assert len(first) > 80
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in data.iterdir()] == ["secret.key"]
