"""Files that are handed in as proof or as filed material: photos, PDF, Word and Excel; by what is in them."""

from __future__ import annotations

from pathlib import PurePosixPath

from chuangwen.cores import photos
from chuangwen.cores.errors import BadInput

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 20
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = (*OFFICE, ".pdf", ".jpg", ".jpeg", ".png", ".webp")


def checked(name: str, data: bytes) -> tuple[str, str]:
    """The name without folders, and the media type.

    Raises BadInput: assessments.file_too_big, assessments.file_kind.
    """
    kept = PurePosixPath(name.replace("\\", "/")).name[-200:] or "file"
    if not data or len(data) > MOST_BYTES:
        raise BadInput("assessments.file_too_big", name=kept, most_mb=MOST_BYTES // 1024 // 1024)
    return kept, media_type(kept, data)


def media_type(name: str, data: bytes) -> str:
    """By the first bytes. Raises BadInput: assessments.file_kind."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    ending = PurePosixPath(name).suffix.lower()
    if data.startswith(b"PK\x03\x04") and ending in OFFICE:
        return OFFICE[ending]
    try:
        return photos.checked(data).media_type
    except BadInput:
        raise BadInput("assessments.file_kind", name=name) from None
