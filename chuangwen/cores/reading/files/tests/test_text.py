from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from chuangwen.cores.reading.files import decode, load

TEXT = "云浦市公园方案\n　　一、到2025年，建成公园20个。\n"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_the_encodings_of_chinese_offices_are_told_apart(encoding: str, named: str) -> None:
    data = TEXT.encode(encoding)
    source = decode("方案.txt", data)
    assert (source.text, source.format, source.encoding) == (TEXT, "text", named)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_utf_16_the_other_way_round_is_read_by_its_mark() -> None:
    assert decode("方案.txt", b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_traditional_text_in_big5_is_not_taken_for_gb18030() -> None:
    text = "雲浦市公園方案，到二○二五年，建成公園二十個，讓市民出門就能走進公園。" * 3
    source = decode("方案.txt", text.encode("big5"))
    assert (source.text, source.encoding) == (text, "big5hkscs")


def test_every_kind_of_line_break_becomes_one_line_feed_and_nothing_else_changes() -> None:
    text = "\ufeff 一\r\n\r\n二\r三\n\n\t四 \x0c\u2028五\x85六　\n"
    assert decode("a.txt", text.encode()).text == " 一\n\n二\n三\n\n\t四 \x0c\u2028五\x85六　\n"


def test_tags_in_a_text_file_are_text() -> None:
    text = "<p>云浦市公园方案</p>\n<br/>一、建成公园<b>20</b>个。&nbsp;"
    assert decode("方案.txt", text.encode()).text == text
    assert decode("方案", text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_within_its_last_character_keeps_a_mark_of_the_loss(encoding: str) -> None:
    text = "云浦市公园方案，到2025年建成公园20个，绿地率达到百分之四十二"
    assert decode("a.txt", text.encode(encoding)[:-1]).text == text[:-1] + "\ufffd"


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    data = bytearray((TEXT * 20).encode())
    data[300:302] = b"\xff\xff"
    source = decode("a.txt", bytes(data))
    assert source.encoding == "utf-8"
    assert 1 <= source.text.count("\ufffd") <= 4


def test_loading_a_file_gives_the_same_as_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "方案.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    assert load(file) == load(str(file)) == decode(file.name, file.read_bytes())


def test_importing_the_decoders_loads_only_the_standard_library() -> None:
    code = "import sys, chuangwen.cores.reading.files as f; f.decode('a.txt', b'abc'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    heavy = {"lxml", "trafilatura", "docx", "pypdfium2", "charset_normalizer", "rich", "django"}
    assert "chuangwen" in loaded
    assert not loaded & heavy
