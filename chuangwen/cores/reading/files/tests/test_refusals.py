"""What cannot be read is refused with one sentence that says why, and nothing worse happens."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files import MAX_BYTES, Source, decode, load
from chuangwen.cores.reading.files.tests.docx_files import docx, p, zipped
from chuangwen.cores.reading.files.tests.pdf_files import locked, paragraph, pdf
from chuangwen.cores.reading.files.words import WORDS, sentence

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DIRECTORY = (
    b"PK\x01\x02\x14\x03\x14\x00"  # before the flags of an entry, the first of which is for encryption
)
NOISE = random.Random(7).randbytes(5000)  # noqa: S311
WORD = docx(p("到2025年，建成公园20个。") * 20)
PDF = pdf([paragraph(700, "到2025年，建成公园20个。")])
OFFICE_PDF = (Path(__file__).parent / "data" / "office.pdf").read_bytes()
ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><document><body><p>&b;</p></body></document>'
)

REFUSED: list[tuple[str, str, bytes]] = [
    ("empty_file", "方案.txt", b""),
    ("empty_file", "方案.docx", b""),
    ("blank_file", "方案.txt", " \t\r\n\u3000\n".encode()),
    ("blank_file", "方案.docx", docx(p(""))),
    ("picture", "照片.png", b"\x89PNG\r\n\x1a\n" + NOISE),
    ("picture", "照片.jpg", b"\xff\xd8\xff\xe0" + NOISE),
    ("picture", "照片.docx", b"GIF89a" + NOISE),
    ("picture", "照片.webp", b"RIFF\x00\x01\x00\x00WEBP" + NOISE),
    ("picture", "照片.heic", b"\x00\x00\x00\x18ftypheic" + NOISE),
    ("picture", "照片.bmp", b"BM\x00\x01\x00\x00\x00\x00\x00\x00" + NOISE),
    ("picture", "图.svg", b"<?xml version='1.0'?><!-- a --><svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("binary", "方案", NOISE),
    ("binary", "方案.txt", "云浦市\0绿地".encode()),
    ("binary", "方案.html", b"<html>\0\1\2\3"),
    ("binary", "程序.exe", b"MZ\x90\x00\x03\x00\x00\x00" + NOISE),
    ("not_text", "方案.txt", "Caf\xe9 \xe0 c\xf4t\xe9 \xfc".encode("latin-1")),
    ("broken_docx", "方案.docx", NOISE),
    ("broken_docx", "方案.docx", WORD[: len(WORD) // 2]),
    ("broken_docx", "方案", WORD[: len(WORD) // 2]),
    ("broken_docx", "方案.docx", WORD[:-10]),
    ("broken_docx", "方案.docx", docx("", extra={"word/document.xml": b"<document><body>"})),
    ("broken_docx", "方案.docx", docx("", extra={"word/document.xml": b"<document/>"})),
    ("broken_docx", "方案.docx", docx("", extra={"word/document.xml": ENTITIES})),
    ("broken_docx", "方案.docx", docx("", extra={"word/document.xml": ENTITIES.decode().encode("utf-16")})),
    ("broken_docx", "方案.docx", docx("<w:sdt><w:sdtContent>" * 9999 + "</w:sdtContent></w:sdt>" * 9999)),
    ("broken_docx", "方案.docx", zipped({"word/other.xml": b"<a/>"})),
    ("bomb", "方案.docx", zipped({"word/document.xml": bytes(20_000_000)})),
    ("bomb", "方案.zip", b"PK\x03\x04" + b"PK\x01\x02" * 20_001),
    ("locked_office", "方案.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    ("locked_office", "方案.docx", WORD.replace(DIRECTORY + b"\0", DIRECTORY + b"\1")),
    ("legacy_office", "方案.doc", OLE),
    ("legacy_office", "方案.wps", OLE),
    ("legacy_office", "方案.xls", OLE),
    ("legacy_office", "方案.xml", b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><a/>'),
    ("spreadsheet", "任务表.docx", zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})),
    ("presentation", "汇报.pptx", zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"})),
    ("ofd", "公文.ofd", zipped({"OFD.xml": b"<a/>"})),
    ("opendocument", "方案.odt", zipped({"mimetype": b"x", "META-INF/manifest.xml": b"<a/>"})),
    ("other_archive", "材料.zip", zipped({"方案.txt": "方案".encode()})),
    ("other_archive", "材料.rar", b"Rar!\x1a\x07\x01\x00" + NOISE),
    ("other_archive", "材料.7z", b"7z\xbc\xaf\x27\x1c" + NOISE),
    ("other_archive", "材料.gz", b"\x1f\x8b\x08" + NOISE),
    ("web_archive", "网页.mht", b"From: <Saved by a browser>"),
    ("web_archive", "网页", b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
    ("rtf", "方案.doc", b"{\\rtf1\\ansi}"),
    ("locked_pdf", "方案.pdf", locked()),
    ("broken_pdf", "方案.pdf", NOISE),
    ("broken_pdf", "方案.pdf", PDF[:300]),
    ("broken_pdf", "方案.pdf", b"%PDF-1.7"),
    ("scanned_pdf", "扫描.pdf", pdf([""], image=True)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "data"), REFUSED, ids=[f"{c}-{i}" for i, (c, _, _) in enumerate(REFUSED)]
)
def test_a_file_that_cannot_be_read_is_refused(code: str, name: str, data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        decode(name, data)
    assert refused.value.code == f"reading.{code}"
    for language in ("zh", "en"):
        assert f"“{name}”" in sentence(refused.value, language)


def test_the_extension_does_not_hide_what_a_file_is() -> None:
    text = "到2025年，建成公园20个。"
    assert decode("方案.docx", text.encode()).format == "text"
    assert decode("方案.pdf", text.encode()).format == "text"
    assert decode("方案.doc", WORD).format == "docx"
    assert decode("方案", PDF).format == "pdf"
    assert decode("方案.pdf", b"\n\n junk \n" + PDF).format == "pdf"
    assert decode("方案.doc", f"<html><p>{text}</p></html>".encode()).format == "html"
    assert decode("方案.txt", f" <!DOCTYPE html><p>{text}</p>".encode()).format == "html"
    assert decode("方案.html", text.encode()).format == "text"


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "大.pdf"
    with file.open("wb") as sparse:
        sparse.truncate(MAX_BYTES * 4)
    refused = refusal(file)
    assert refused.code == "reading.too_big"
    assert "50 MB" in sentence(refused)
    with pytest.raises(BadInput, match="too_big"):
        decode("大.txt", b"a" * (MAX_BYTES + 1))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    cases: list[tuple[str, str | Path]] = [
        ("is_folder", tmp_path),
        ("is_folder", "/"),
        ("missing_file", tmp_path / "没有.txt"),
        ("is_folder", ""),
        ("missing_file", "a\0b"),
        ("missing_file", "长" * 5000),
        ("missing_file", Path(__file__) / "下级"),
        ("not_a_file", tmp_path / "管道"),
    ]
    for code, path in cases:
        assert refusal(path).code == f"reading.{code}", path


@pytest.mark.parametrize(
    ("error", "code"), [(PermissionError(13, "no"), "no_permission"), (OSError(5, "disk"), "unreadable_file")]
)
def test_a_file_that_the_system_does_not_give_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: OSError, code: str
) -> None:
    def fails(*_: object) -> None:
        raise error

    (tmp_path / "方案.txt").write_text("方案")
    monkeypatch.setattr(Path, "open", fails)
    assert refusal(tmp_path / "方案.txt").code == f"reading.{code}"


def refusal(path: str | Path) -> BadInput:
    with pytest.raises(BadInput) as refused:
        load(path)
    return refused.value


NAMES = st.sampled_from(["a", "方案.txt", "a.html", "a.docx", "a.pdf", "a.doc", ""]) | st.text(max_size=20)
STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"{\\rtf", OLE]
)
MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td rowspan=9>",
            "</table>",
            "<ol>",
            "<li>",
            "</ol>",
            "<a href=x>",
        ]
    )
    | st.sampled_from(
        ["</a>", "<br>", "<div class=ad>", "</div>", "<h1>", "<pre>", "<!--", "-->", "<script>", "&#0;"]
    )
    | st.text(max_size=5)
)


TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "ins",
    "del",
    "sdt",
    "sdtContent",
    "numPr",
    "pPr",
    "br",
    "txbxContent",
    "sym",
]


@settings(deadline=None, max_examples=60, derandomize=True)
@given(NAMES, STARTS, st.binary(max_size=2000))
@example("a.txt", b"\xff\xfe\x00", b"\xd8")
@example("a.pdf", b"%PDF-1.4\n", b"trailer<</Root 1 0 R>>")
def test_any_bytes_give_a_document_or_a_refusal(name: str, start: bytes, data: bytes) -> None:
    taken_or_refused(name, start + data)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(MARKUP)
def test_any_markup_gives_a_document_or_a_refusal(pieces: list[str]) -> None:
    taken_or_refused("a.html", f"<html>{''.join(pieces)}".encode())


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    st.sampled_from([WORD, PDF, OFFICE_PDF]),
    st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=30),
)
def test_a_damaged_file_gives_a_document_or_a_refusal(good: bytes, damages: list[tuple[int, int]]) -> None:
    data = bytearray(good)
    for place, value in damages:
        data[place % len(data)] = value
    taken_or_refused("a", bytes(data))


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    st.recursive(
        st.text(max_size=5), lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4))
    )
)
def test_any_word_markup_gives_a_document_or_a_refusal(tree: object) -> None:
    taken_or_refused("a.docx", docx(markup(tree)))


def markup(tree: object) -> str:
    if isinstance(tree, tuple):
        tag, inner = tree
        return f"<w:{tag} w:val='1'>{''.join(map(markup, inner))}</w:{tag}>"
    return "".join(char for char in str(tree) if char.isalnum())


def taken_or_refused(name: str, data: bytes) -> None:
    """Decode, which raises BadInput or gives a text that can be stored, always the same."""
    try:
        source = decode(name, data)
    except BadInput as refused:
        assert refused.code in WORDS
        sentence(refused).encode()
        return
    assert isinstance(source, Source)
    assert source == decode(name, data)
    assert source.text.strip()
    assert "\r" not in source.text
    assert "\0" not in source.text
    source.text.encode()


@pytest.mark.parametrize(
    "limit", ["package.MAX_PART", "package.MAX_UNPACKED", "package.MAX_ENTRIES", "pdf.MAX_PAGES"]
)
def test_limits_hold(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    data = PDF if limit.startswith("pdf") else WORD
    decode("方案", data)
    monkeypatch.setattr(f"chuangwen.cores.reading.files.{limit}", 0)
    with pytest.raises(BadInput, match=r"bomb|too_many_pages"):
        decode("方案", data)
