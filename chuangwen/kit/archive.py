"""Backup and restore: one archive with every row and every file, and a second one with the keys.

The archive is a .tar.gz: `rows/<table>.jsonl`, `files/<sha256>`, and as its last member `manifest.json` with
the SHA-256 of each other member.
"""

import gzip
import hashlib
import json
import os
import re
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from chuangwen.cores.errors import BadInput

from . import files, rows

MANIFEST = "manifest.json"
FORMAT = 1
FILE = re.compile(r"files/([0-9a-f]{64})")
KEY = re.compile(r"data/[\w.-]+\.key|keys/(?:retired/)?\d+\.key")
DAMAGE = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Kept:
    """What a backup holds; `damaged` names files whose bytes changed on the disk: they are left out."""

    rows: int
    files: int
    damaged: list[str]
    sha256: str


def write(path: Path) -> Kept:
    """A backup of the running installation. Raises BadInput if there is something at `path` already."""
    count = 0
    with _new_archive(path) as archive:
        with rows.snapshot():
            applied = rows.migrations()
            for model in rows.tables():
                with tempfile.TemporaryFile(dir=path.parent) as lines:
                    count += rows.write_rows(model, lines)
                    archive.add(f"rows/{model._meta.label_lower}.jsonl", lines)
        kept, damaged = _write_files(archive)
        archive.finish({"format": FORMAT, "migrations": applied})
    return Kept(count, kept, damaged, _digest(path))


def write_keys(path: Path) -> None:
    """The keys alone, to be kept apart from the backup. Raises BadInput if there is something at `path`."""
    with _new_archive(path) as archive:
        for place, directory in (("data", Path(settings.DATA_DIR)), ("keys", Path(settings.KEYS_DIR))):
            found = sorted(directory.glob("*.key")) + sorted(directory.glob("retired/*.key"))
            for key in found:
                archive.add(f"{place}/{key.relative_to(directory)}", BytesIO(key.read_bytes()))
        archive.finish({"format": FORMAT})


def restore(path: Path, keys: Path | None = None) -> None:
    """Put a backup, and the keys if they are given, into an empty database and an empty data directory.

    Raises BadInput, before anything is written, for a damaged archive, a target that is not empty, a backup
    of another version of the program, and keys where others stand already.
    """
    manifest = _checked(path)
    if connection.introspection.table_names() or any(files.stored()):
        raise BadInput("kit.backup_not_empty")
    if set(manifest["migrations"]) != {".".join(key) for key in MigrationLoader(None).disk_migrations}:
        raise BadInput("kit.backup_other_version")
    if keys:
        _restore_keys(keys)
    call_command("migrate", verbosity=0)
    tables = {f"rows/{model._meta.label_lower}.jsonl": model for model in rows.tables()}
    with transaction.atomic(), _members(path) as members:
        rows.remove_rows(tables.values())
        for name, member in members:
            if name in tables:
                rows.read_rows(tables[name], member)
            elif found := FILE.fullmatch(name):
                _put(member.read(), found[1])
        rows.go_on_counting(tables.values())
        connection.check_constraints()


def _put(data: bytes, sha256: str) -> None:
    if files.put(data) != sha256:
        raise BadInput("kit.backup_damaged", path=sha256)


def _restore_keys(path: Path) -> None:
    """Raises BadInput for a damaged archive, and if another key stands in the place of one."""
    _checked(path)
    with _members(path) as members:
        keys = {_key_path(name): member.read() for name, member in members if KEY.fullmatch(name)}
    if any(target.exists() and target.read_bytes() != text for target, text in keys.items()):
        raise BadInput("kit.backup_other_keys")
    for target, text in keys.items():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text)


def _key_path(name: str) -> Path:
    place, _slash, rest = name.partition("/")
    return Path(settings.DATA_DIR if place == "data" else settings.KEYS_DIR) / rest


class _Archive:
    """Members are added one by one; `finish` adds the manifest over them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: dict[str, str] = {}

    def add(self, name: str, file: IO[bytes]) -> None:
        file.seek(0)
        self.members[name] = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        member = tarfile.TarInfo(name)
        member.size, member.mode = file.seek(0, os.SEEK_END), 0o600
        file.seek(0)
        self.tar.addfile(member, file)

    def finish(self, about: dict[str, Any]) -> None:
        self.add(MANIFEST, BytesIO(json.dumps({**about, "members": self.members}, indent=1).encode()))


@contextmanager
def _new_archive(path: Path) -> Iterator[_Archive]:
    """Appears under its name whole, mode 600, or not at all."""
    if path.exists():
        raise BadInput("kit.backup_exists", path=path)
    if not path.parent.is_dir():
        raise BadInput("kit.backup_no_directory", path=path.parent)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".backup-")
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar:
                yield _Archive(tar)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        os.unlink(draft)


def _write_files(archive: _Archive) -> tuple[int, list[str]]:
    kept, damaged = 0, []
    for sha256 in files.stored():
        try:
            archive.add(f"files/{sha256}", BytesIO(files.read(sha256)))
            kept += 1
        except files.DamagedFile:
            damaged.append(sha256)
    return kept, damaged


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    with tarfile.open(path, mode="r:gz") as tar:
        yield ((member.name, _opened(tar, member)) for member in tar)


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member)
    if file is None:
        raise ValueError(member.name)
    return file


def _checked(path: Path) -> dict[str, Any]:
    """The manifest, after every member was compared with it. Raises BadInput."""
    if not path.is_file():
        raise BadInput("kit.backup_no_file", path=path)
    digests: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with gzip.open(path) as frame:  # has a checksum at its end, where tarfile does not look
            while frame.read(2**20):
                pass
        with _members(path) as members:
            for name, member in members:
                if name == MANIFEST:
                    manifest = json.load(member)
                elif name in digests:
                    raise ValueError(name)
                else:
                    digests[name] = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
        whole = manifest["format"] == FORMAT and manifest["members"] == digests
    except DAMAGE as error:
        raise BadInput("kit.backup_damaged", path=path) from error
    if not whole:
        raise BadInput("kit.backup_damaged", path=path)
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
