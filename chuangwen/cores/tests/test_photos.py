"""Photos by their bytes: what kind, how large; and the same picture without where and when it was taken."""

import struct
import zlib

import pytest

from chuangwen.cores import photos
from chuangwen.cores.errors import BadInput

WHERE = b"GPS 31.3 120.5"


def segment(marker: int, part: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(part) + 2) + part


def jpeg(*, exif: bytes = b"", behind: bytes = b"") -> bytes:
    """The least that is a JPEG: 40 × 30; its scan holds a stuffed byte and a restart marker."""
    parts = [b"\xff\xd8", segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")]
    if exif:
        parts += [segment(0xE1, b"Exif\0\0" + exif), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + WHERE)]
        parts += [segment(0xED, WHERE), segment(0xFE, WHERE), segment(0xE2, b"ICC_PROFILE\0colour")]
    parts += [segment(0xDB, b"\0" * 65), segment(0xC0, struct.pack(">BHHB", 8, 30, 40, 1) + b"\1\x11\0")]
    parts += [segment(0xDA, b"\1\1\0\0\x3f\0"), b"\x12\xff\x00\x34\xff\xd0\x56", b"\xff\xd9", behind]
    return b"".join(parts)


def turned(way: int) -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, way, 0)
    return (
        b"II*\0"
        + struct.pack("<IH", 8, 2)
        + struct.pack("<HHII", 0x0100, 4, 1, 40)
        + entry
        + b"\0" * 4
        + WHERE
    )


def chunk(kind: bytes, part: bytes) -> bytes:
    return struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))


PNG = b"".join(
    [
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0)),
        chunk(b"eXIf", WHERE),
        chunk(b"tEXt", b"Comment\0" + WHERE),
        chunk(b"IDAT", zlib.compress(b"\0" * 30 * 41)),
        chunk(b"IEND", b""),
    ]
)


def webp() -> bytes:
    parts = [(b"VP8X", b"\x0c\0\0\0" + (39).to_bytes(3, "little") + (29).to_bytes(3, "little"))]
    parts += [(b"VP8 ", b"\0" * 11), (b"EXIF", WHERE), (b"XMP ", WHERE)]
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for kind, part in parts
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    ("data", "kind"), [(jpeg(exif=turned(6)), "image/jpeg"), (PNG, "image/png"), (webp(), "image/webp")]
)
def test_what_is_shown_tells_nothing_of_where_it_was_taken(data: bytes, kind: str) -> None:
    assert photos.checked(data) == photos.Photo(kind, 40, 30)
    assert WHERE in data
    shown = photos.bare(data)
    assert WHERE not in shown
    assert photos.checked(shown) == photos.Photo(kind, 40, 30)
    assert photos.bare(shown) == shown


def test_the_way_up_and_the_colours_stay_and_the_pixels_are_the_same() -> None:
    shown = photos.bare(jpeg(exif=turned(6)))
    assert b"ICC_PROFILE" in shown
    assert photos._orientation(shown[shown.index(b"Exif\0\0") + 6 :]) == 6
    assert shown.endswith(b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9")
    assert b"Exif" not in photos.bare(jpeg(exif=turned(1)))


def test_what_a_phone_appends_behind_the_image_is_left_out() -> None:
    assert photos.bare(jpeg(behind=b"film " + WHERE)) == jpeg()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a", "photos.kind"),
        (b"<svg onload=alert(1)>", "photos.kind"),
        (b"\xff\xd8\xff\xe0\x00", "photos.damaged"),
        (b"\xff\xd8\xff\xd9", "photos.damaged"),
        (b"\xff\xd8\xff" + b"\xff" * 50, "photos.damaged"),
        (PNG[:30], "photos.damaged"),
        (webp()[:20], "photos.damaged"),
        (PNG.replace(struct.pack(">II", 40, 30), struct.pack(">II", 40_000, 30_000)), "photos.too_large"),
        (PNG + b"\0" * photos.MOST_BYTES, "photos.too_big"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_code(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        photos.checked(data)
    assert refused.value.code == code
