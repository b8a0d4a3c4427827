"""Bytes under their SHA-256 in the data directory: written whole or not at all, checked when read."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


class DamagedFile(Exception):
    """What is stored is not what was put there."""


def put(data: bytes) -> str:
    """Keep `data`; returns its SHA-256 in 64 hexadecimal digits. The same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
    _fsync_directory(path.parent)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes kept under `sha256`. Raises FileNotFoundError, or DamagedFile if they changed on the disk."""
    data = _path(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedFile(sha256)
    return data


def stored() -> Iterator[str]:
    """The SHA-256 of everything that is kept, in order."""
    for path in sorted((Path(settings.DATA_DIR) / "files").glob("??/*")):
        if not path.name.startswith(".draft-"):
            yield path.parent.name + path.name


def _path(sha256: str) -> Path:
    return Path(settings.DATA_DIR) / "files" / sha256[:2] / sha256[2:]


def _fsync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
