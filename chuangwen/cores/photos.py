"""Photos: what kind of file it is by its bytes, how large, and the picture without what it tells besides.

A phone writes into a photo where it was taken, when, and with which machine. What is stored stays as it came,
because its hash is evidence; what is shown has lost all of it but the way up.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from chuangwen.cores.errors import BadInput

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 100_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers of a JPEG that hold its size
_KEPT_OF_JPEG = {0xE0, 0xEE}  # JFIF; how Adobe wrote the colours
_KEPT_OF_PNG = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sRGB sBIT bKGD pHYs".split())
_KEPT_OF_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_ICC = b"ICC_PROFILE\0"


@dataclass(frozen=True)
class Photo:
    """`media_type`; `width` and `height` in pixels as stored, before it is turned the way up."""

    media_type: str
    width: int
    height: int


def checked(data: bytes) -> Photo:
    """Raises BadInput: photos.too_big, photos.kind (no JPEG, PNG, WebP), photos.damaged, photos.too_large."""
    if len(data) > MOST_BYTES:
        raise BadInput("photos.too_big", limit_mb=MOST_BYTES // 1024 // 1024)
    try:
        found = _read(data)
    except (struct.error, IndexError):
        raise BadInput("photos.damaged") from None
    if not found.width or not found.height:
        raise BadInput("photos.damaged")
    if found.width * found.height > MOST_PIXELS:
        raise BadInput("photos.too_large", megapixels=MOST_PIXELS // 1_000_000)
    return found


def bare(data: bytes) -> bytes:
    """The same pixels without EXIF, XMP, IPTC and comments; of those the way up stays. Raises BadInput."""
    kind = checked(data).media_type
    try:
        if kind == "image/jpeg":
            return _bare_jpeg(data)
        return _bare_png(data) if kind == "image/png" else _bare_webp(data)
    except (struct.error, IndexError):
        raise BadInput("photos.damaged") from None


def _read(data: bytes) -> Photo:
    if data.startswith(b"\xff\xd8\xff"):
        for marker, part in _segments(data):
            if marker in _SIZES:
                height, width = struct.unpack(">HH", part[1:5])
                return Photo("image/jpeg", width, height)
        raise BadInput("photos.damaged")
    if data.startswith(_PNG):
        width, height = struct.unpack(">II", data[16:24])
        if data[12:16] != b"IHDR" or b"IEND" not in data[-16:]:
            raise BadInput("photos.damaged")
        return Photo("image/png", width, height)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Photo("image/webp", *_webp_size(data))
    raise BadInput("photos.kind")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of each segment before the pixels."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise BadInput("photos.damaged")
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker in (0xDA, 0xD9):
            return
        (length,) = struct.unpack(">H", data[at : at + 2])
        if length < 2 or at + length > len(data):
            raise BadInput("photos.damaged")
        yield marker, data[at + 2 : at + length]
        at += length


def _bare_jpeg(data: bytes) -> bytes:
    out = [b"\xff\xd8"]
    turned = 1
    for marker, part in _segments(data):
        if marker == 0xE1 and part.startswith(b"Exif\0\0"):
            turned = _orientation(part[6:])
        is_profile = marker == 0xE2 and part.startswith(_ICC)
        if (not 0xE0 <= marker <= 0xEF and marker != 0xFE) or marker in _KEPT_OF_JPEG or is_profile:
            out.append(_segment(marker, part))
    if turned != 1:
        out.insert(1, _segment(0xE1, _exif(turned)))
    return b"".join([*out, _pixels(data)])


def _segment(marker: int, part: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(part) + 2) + part


def _pixels(data: bytes) -> bytes:
    """From the start of the scan to the end of the image: what a phone appends behind it is left out."""
    at = 2
    for _marker, part in _segments(data):
        while data[at + 1] == 0xFF:
            at += 1
        at += 4 + len(part)
    end = _end_of_image(data, at)
    return data[at:end] + (b"" if data[end - 2 : end] == b"\xff\xd9" else b"\xff\xd9")


def _end_of_image(data: bytes, at: int) -> int:
    """Behind the first end marker of the scans that begin at `at`; there is none inside of pixels."""
    end = data.find(b"\xff\xd9", at)
    return len(data) if end < 0 else end + 2


def _orientation(tiff: bytes) -> int:
    """The way up that the camera wrote (1 to 8); 1 where it says nothing that can be read."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (first,) = struct.unpack(f"{order}I", tiff[4:8])
        (count,) = struct.unpack(f"{order}H", tiff[first : first + 2])
        for number in range(min(count, 200)):
            entry = tiff[first + 2 + 12 * number : first + 14 + 12 * number]
            tag, _kind, _n, value = struct.unpack(f"{order}HHIH", entry[:10])
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1


def _exif(turned: int) -> bytes:
    """The least that says the way up."""
    return b"Exif\0\0II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)


def _bare_png(data: bytes) -> bytes:
    out, at = [_PNG], len(_PNG)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            raise BadInput("photos.damaged")
        if kind in _KEPT_OF_PNG:
            out.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            break
    return b"".join(out)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        kind = data[at : at + 4]
        (length,) = struct.unpack("<I", data[at + 4 : at + 8])
        if at + 8 + length > len(data):
            raise BadInput("photos.damaged")
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _webp_size(data: bytes) -> tuple[int, int]:
    for kind, part in _chunks(data):
        if kind == b"VP8X":
            return int.from_bytes(part[4:7], "little") + 1, int.from_bytes(part[7:10], "little") + 1
        if kind == b"VP8 ":
            width, height = struct.unpack("<HH", part[6:10])
            return width & 0x3FFF, height & 0x3FFF
        if kind == b"VP8L":
            bits = int.from_bytes(part[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise BadInput("photos.damaged")


def _bare_webp(data: bytes) -> bytes:
    out = []
    for kind, part in _chunks(data):
        if kind == b"VP8X":
            part = bytes([part[0] & ~0x0C]) + part[1:]  # says no more that EXIF and XMP follow
        if kind in _KEPT_OF_WEBP:
            out.append(kind + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2))
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body
