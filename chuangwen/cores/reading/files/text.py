"""Plain text: which encoding its bytes are in, and line breaks that are all the same."""

from __future__ import annotations

import codecs
import re

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.kinds import is_named

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
BIG5 = "big5hkscs"
_CUT = {"unexpected end of data", "incomplete multibyte sequence", "truncated data"}  # the codecs' own words
_NOISE = re.compile("[\0-\x08\x0e-\x1f\x7f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # where Big5 lands when it is decoded as GB18030
_LOST = re.compile("\ufffd")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 1 << 20


def decode_text(name: str, data: bytes, declared: str = "gb18030") -> tuple[str, str]:
    """Text of a plain text file and the name of its encoding. Nothing is stripped but a byte order mark.

    `declared` is the encoding to try after UTF-8, such as a web page names. What cannot be decoded of a
    slightly damaged file stands in the text as U+FFFD. Raises BadInput if it is no text or no encoding fits.
    """
    found = decoded(data, declared)
    if found is None or (found[1] == "gb18030" and _share(_PRIVATE, found[0]) > 0.02):
        found = _damaged(data, [BIG5]) or found
    if found is None:
        noise = _share(_NOISE, data[:4096].decode("latin-1")) > 0.02
        raise BadInput(_not_text(name, "reading.binary" if noise else "reading.not_text"), name=name)
    text, encoding = found
    if "\0" in text or _share(_NOISE, text) > 0.05:
        raise BadInput(_not_text(name, "reading.binary"), name=name)
    return text, encoding


def decoded(data: bytes, declared: str = "gb18030") -> tuple[str, str] | None:
    """Text and encoding: by byte order mark, UTF-8, the `declared` encoding, GB18030; None if none fits.

    A text cut within its last character still counts, and so does one with a few damaged characters.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _whole(data[len(mark) :], encoding) or _damaged(data[len(mark) :], [encoding])
    encodings = ["utf-8", declared, "gb18030"]
    for encoding in encodings:
        if found := _whole(data, encoding):
            return found
    return _damaged(data, encodings)


def _whole(data: bytes, encoding: str) -> tuple[str, str] | None:
    """The text if all of it decodes, but perhaps for a last character that was cut."""
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if error.reason not in _CUT or data[: error.start].isascii():
            return None
        return data.decode(encoding, "replace"), encoding


def _damaged(data: bytes, encodings: list[str]) -> tuple[str, str] | None:
    """The text in the encoding that loses fewest characters, if those are less than one in fifty."""
    sample = data[:_SAMPLE]
    readings = [(sample.decode(encoding, "replace"), encoding) for encoding in encodings]
    lost, encoding = min((_share(_LOST, text), encoding) for text, encoding in readings)
    return (data.decode(encoding, "replace"), encoding) if lost < 0.02 else None


def _share(what: re.Pattern[str], text: str) -> float:
    """Share of such characters in the beginning of the text."""
    sample = text[:_SAMPLE]
    return len(what.findall(sample)) / max(len(sample), 1)


def _not_text(name: str, otherwise: str) -> str:
    """The code for bytes that are no text under this name."""
    if is_named(name, ".docx", ".docm"):
        return "reading.broken_docx"
    return "reading.broken_pdf" if is_named(name, ".pdf") else otherwise


def unified(text: str) -> str:
    """The text with each line break as one line feed; lone surrogates become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
