"""PDF files made by hand for the tests: text at given places, ruled lines, no embedded fonts."""

from __future__ import annotations

from collections.abc import Iterable

A4 = (595, 842)
LEFT, RIGHT = 80, 512  # edges of the text
SIZE = 16  # of the type; a Chinese character is as wide

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /A def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <ffff> <0000> endbfrange
endcmap end end"""


def text(x: float, y: float, words: str) -> str:
    """Words that begin at a place, in points from the bottom left; a character is as wide as high."""
    return f"BT /F {SIZE} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n"


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x} {y} m {to_x} {to_y} l S\n"


def paragraph(top: float, words: str) -> str:
    """Words wrapped between the edges, lines 28 points apart, the first one indented."""
    drawn, x, y = "", LEFT + 2 * SIZE, top
    while words:
        fits = (RIGHT - x) // SIZE
        drawn += text(x, y, words[:fits])
        words, x, y = words[fits:], LEFT, y - 28
    return drawn


def pdf(pages: Iterable[str], *, image: bool = False) -> bytes:
    """A PDF whose pages draw this; `image` adds a picture that fills each page."""
    scan = "q 595 0 0 842 0 0 cm /P Do Q\n" if image else ""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 1000/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200>>",
        stream(_TO_UNICODE),
        stream(b"\x80", b"/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"),
    ]
    kids = []
    for drawn in pages:
        objects.append(stream((scan + drawn).encode()))
        used = b"/Resources<</Font<</F 3 0 R>>/XObject<</P 7 0 R>>>>/Contents %d 0 R" % len(objects)
        objects.append(b"<</Type/Page/Parent 2 0 R%s>>" % used)
        kids.append(b"%d 0 R" % len(objects))
    facts = (*A4, len(kids), b" ".join(kids))
    objects[1] = b"<</Type/Pages/MediaBox[0 0 %d %d]/Count %d/Kids[%s]>>" % facts
    return _file(objects)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _file(objects: list[bytes], trailer: bytes = b"") -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(data))
    return data + head + table + end


def locked() -> bytes:
    """A PDF that asks for a password: its encryption dictionary holds hashes that no empty password fits."""
    key = b"<" + b"5a" * 32 + b">"
    encryption = b"<</Filter/Standard/V 1/R 2/P -4/O %s/U %s>>" % (key, key)
    pages = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", encryption]
    return _file(pages, b"/Encrypt 3 0 R/ID[<00><00>]")
