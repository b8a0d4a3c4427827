"""Initials of names in pinyin, by which a unit is found: 东浦区 → dpq."""

from pypinyin import Style, lazy_pinyin


def initials(*names: str) -> str:
    """Small letters of each of the names, with blanks between; "" where there are none. Each counts once."""
    found = [_of_name(name) for name in names]
    return " ".join(dict.fromkeys(filter(None, found)))


def _of_name(name: str) -> str:
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())
