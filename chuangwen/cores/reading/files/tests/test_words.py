from __future__ import annotations

import re
from collections import defaultdict

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.words import WORDS, sentence


@pytest.mark.parametrize("code", WORDS)
def test_each_reason_has_one_sentence_in_each_language_with_the_same_parameters(code: str) -> None:
    chinese, english = WORDS[code]
    assert (chinese.count("。"), chinese[-1]) == (1, "。")
    assert (english.count(". "), english[-1]) == (0, ".")
    assert set(re.findall(r"\{\w+\}", chinese)) == set(re.findall(r"\{\w+\}", english))
    assert "{" not in chinese.format_map(defaultdict(str))


def test_a_sentence_names_the_file() -> None:
    error = BadInput("reading.too_big", name="方案.pdf", limit_mb=50)
    assert sentence(error) == "“方案.pdf”超过50 MB的上限，请删去图片或拆分后重试。"
    assert sentence(error, "en").startswith("“方案.pdf” is larger than the limit of 50 MB")


def test_a_name_cannot_smuggle_in_lines_or_terminal_commands() -> None:
    words = sentence(BadInput("reading.empty_file", name="a\nb\x1b[31m\udcff{limit_mb}.txt"))
    assert words.startswith("“a�b�[31m�{limit_mb}.txt”")
    assert words.encode()
