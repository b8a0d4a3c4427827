"""Which files may stand behind a report: told by their bytes, never by what they are called."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from chuangwen.cores.errors import BadInput

MOST_BYTES = 20 * 1024 * 1024
MOST_PARTS = 10_000  # of an Office file: its list of parts is read, none of them is unpacked
MOST_OF_NAME = 255


@dataclass(frozen=True)
class Kind:
    """What a file is served as; the first ending is given to a name that has none of them."""

    media_type: str
    endings: tuple[str, ...]


JPEG = Kind("image/jpeg", ("jpg", "jpeg"))
PNG = Kind("image/png", ("png",))
GIF = Kind("image/gif", ("gif",))
WEBP = Kind("image/webp", ("webp",))
HEIC = Kind("image/heic", ("heic", "heif"))
PDF = Kind("application/pdf", ("pdf",))
OFD = Kind("application/ofd", ("ofd",))
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = Kind(f"{OFFICE}.wordprocessingml.document", ("docx",))
SHEET = Kind(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",))
SLIDES = Kind(f"{OFFICE}.presentationml.presentation", ("pptx",))
OLD_OFFICE = (
    Kind("application/msword", ("doc", "wps")),
    Kind("application/vnd.ms-excel", ("xls", "et")),
    Kind("application/vnd.ms-powerpoint", ("ppt", "dps")),
)
_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
)
_PARTS = (
    ("OFD.xml", OFD),
    ("word/document.xml", WORD),
    ("xl/workbook.xml", SHEET),
    ("ppt/presentation.xml", SLIDES),
)
_HEIC_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"hevc"}
_NOISE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # with what would turn the name around


def checked(name: str, data: bytes) -> tuple[str, Kind]:
    """A name that is safe to give back, with the right ending, and what the file is.

    Raises BadInput: progress.file_empty, progress.file_too_big, progress.file_kind.
    """
    plain = _NOISE.sub("", re.split(r"[/\\]", name)[-1]).strip() or "file"
    if not data:
        raise BadInput("progress.file_empty", name=plain)
    if len(data) > MOST_BYTES:
        raise BadInput("progress.file_too_big", name=plain, limit_mb=MOST_BYTES // 1024 // 1024)
    stem, _dot, ending = plain.rpartition(".")
    kind = _kind(data, ending.lower())
    if kind is None:
        raise BadInput("progress.file_kind", name=plain)
    if not stem or ending.lower() not in kind.endings:
        stem, ending = plain, kind.endings[0]
    return f"{stem[: MOST_OF_NAME - len(ending) - 1]}.{ending}", kind


def _kind(data: bytes, ending: str) -> Kind | None:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return HEIC
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((kind for kind in OLD_OFFICE if ending in kind.endings), OLD_OFFICE[0])
    return _packed(data) if data.startswith(b"PK\x03\x04") else None


def _packed(data: bytes) -> Kind | None:
    """Of a package: what its parts say it is; one with macros is not taken."""
    if data.count(b"PK\x01\x02") > MOST_PARTS:
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in _PARTS if part in names), None)
