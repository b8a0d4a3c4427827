from string import Formatter

from chuangwen.cores.reading.doubts import WORDS
from chuangwen.cores.reading.doubts_english import ENGLISH


def parameters(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def test_every_doubt_says_the_same_in_both_languages() -> None:
    assert ENGLISH.keys() == WORDS.keys()
    for code, sentence in WORDS.items():
        assert parameters(ENGLISH[code]) == parameters(sentence), code
