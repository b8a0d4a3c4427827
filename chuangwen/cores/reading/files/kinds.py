"""What a file is, told by its first bytes; the extension decides only between what that leaves open."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from chuangwen.cores.errors import BadInput

Format = Literal["text", "html", "docx", "pdf"]

_PICTURES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"8BPS",
    b"\x00\x00\x01\x00",
    b"\x00\x00\x00\x0cjP  ",
)
_PICTURE_INSIDE = re.compile(rb"RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)|BM.{4}\0\0\0\0", re.DOTALL)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

# Where markup may begin: after marks of encoding, blank lines, declarations and comments.
_BEFORE_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*", re.DOTALL
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_SVG = re.compile(rb"<(?:!doctype\s+svg|svg)\b", re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word|<w:wordDocument|<pkg:package")


def format_of(name: str, data: bytes) -> Format:
    """Format of the document in `data`. Raises BadInput for a kind of file that cannot be read."""
    if data.startswith(_PICTURES) or _PICTURE_INSIDE.match(data):
        raise BadInput("reading.picture", name=name)
    if data.startswith(_OLE):
        locked = _ENCRYPTED_PACKAGE in data
        raise BadInput("reading.locked_office" if locked else "reading.legacy_office", name=name)
    if data.startswith(_ARCHIVES):
        raise BadInput("reading.other_archive", name=name)
    if data.startswith(_ZIP):
        return "docx"
    if (is_named(name, ".pdf") and b"%PDF-" in data[:1024]) or data[:64].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if is_named(name, ".mht", ".mhtml") or data.startswith(b"MIME-Version:"):
        raise BadInput("reading.web_archive", name=name)
    if data.startswith(b"{\\rtf"):
        raise BadInput("reading.rtf", name=name)
    if found := _markup(name, data[:4096]):
        return found
    return "html" if is_named(name, ".html", ".htm", ".xhtml", ".shtml") and b"<" in data else "text"


def _markup(name: str, head: bytes) -> Format | None:
    """The format, if the text begins with markup that names itself. Nulls of 16-bit text are passed over."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    before = _BEFORE_MARKUP.match(head)
    begin = before.end() if before else 0
    if _HTML.match(head, begin):
        return "html"
    if _SVG.match(head, begin):
        raise BadInput("reading.picture", name=name)
    if _WORD_XML.match(head, begin):
        raise BadInput("reading.legacy_office", name=name)
    return None


def is_named(name: str, *extensions: str) -> bool:
    """Whether the name ends in one of these extensions (lower case, with their dots)."""
    return PurePath(name).suffix.lower() in extensions
