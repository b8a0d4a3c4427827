"""From a file or its bytes to a Source, or to a BadInput that says why not."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.kinds import Format, format_of
from chuangwen.cores.reading.files.text import decode_text, unified

MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A document's canonical text and what it was made from.

    All places in a Reading are code points of `text`; its line breaks are single line feeds. `encoding` names
    the character encoding of a text or a web page and is None for the other formats. `sha256` is the digest
    of the original bytes, in hexadecimal digits.
    """

    text: str
    format: Format
    encoding: str | None
    sha256: str


def load(path: str | os.PathLike[str]) -> Source:
    """Read the document in a file. Raises BadInput, worded in `words`, for whatever prevents it."""
    path = Path(path)
    return decode(path.name, _bytes_of(path))


def decode(name: str, data: bytes) -> Source:
    """The document in `data`; its format follows from the content, with the extension of `name` as a hint.

    Raises BadInput and nothing else, whatever the bytes are.
    """
    if len(data) > MAX_BYTES:
        _too_big(name)
    if not data:
        raise BadInput("reading.empty_file", name=name)
    kind = format_of(name, data)
    encoding: str | None = None
    if kind == "text":
        text, encoding = decode_text(name, data)
    elif kind == "html":
        from chuangwen.cores.reading.files.html import decode_html

        text, encoding = decode_html(name, data)
    elif kind == "docx":
        from chuangwen.cores.reading.files.docx import decode_docx

        text = decode_docx(name, data)
    else:
        from chuangwen.cores.reading.files.pdf import decode_pdf

        text = decode_pdf(name, data)
    text = unified(text)
    if not text.strip():
        raise BadInput("reading.blank_file", name=name)
    return Source(text, kind, encoding, hashlib.sha256(data).hexdigest())


def _too_big(name: str) -> NoReturn:
    raise BadInput("reading.too_big", name=name, limit_mb=MAX_BYTES // (1024 * 1024))


def _bytes_of(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise BadInput("reading.is_folder", name=name)
        if not stat.S_ISREG(facts.st_mode):
            raise BadInput("reading.not_a_file", name=name)
        if facts.st_size > MAX_BYTES:
            _too_big(name)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(_REASONS.get(error.errno or 0, "reading.unreadable_file"), name=name) from error
    except ValueError as error:  # a null character in the name
        raise BadInput("reading.missing_file", name=name) from error


_REASONS = {
    errno.ENOENT: "reading.missing_file",
    errno.ENOTDIR: "reading.missing_file",
    errno.ENAMETOOLONG: "reading.missing_file",
    errno.EACCES: "reading.no_permission",
    errno.EPERM: "reading.no_permission",
    errno.EISDIR: "reading.is_folder",
}
