"""Numbers as officials write them: 1,200 · 4.5万 · 10余万 · 一百二十 · 百分之八十 · 三成 · 翻一番 · 四分之三.

Values are exact Decimals with 万 and 亿 multiplied out. What is no amount (数百, 几十, 二十大 …) is not for
this module to know, except where the numeral itself is vague.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_TIMES = {
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}

_HANZI = "零一二两三四五六七八九十百千万亿"
# Up to 12 digits: longer runs are identity, licence or telephone numbers.
_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d{1,8})?|\d{1,12}(?:\.\d{1,8})?"
# 千瓦, 千伏 … are units and 百分点, 百姓 words: not multipliers.
_MULTIPLIER = r"万亿|[百千]?[万亿]|千(?![瓦伏克米升卡帕焦赫])|百(?![分姓货强佳优])"
_NUMERAL = re.compile(
    rf"(?P<of>[百千])分之(?P<percent>{_ARABIC}|[{_HANZI}]+(?:点[{_HANZI}]+)?)"
    r"|(?P<half_of>一半|半数|过半)"
    rf"|(?P<below>[{_HANZI}\d]{{1,4}})分之(?P<above>[{_HANZI}\d]{{1,4}})"
    r"|(?P<tenths>[一二两三四五六七八九]|\d)成(?P<half>[一二三四五六七八九])?(?=[以左多,;。、)的]|$)"
    rf"|翻(?P<doublings>[一二两三四]|\d(?:\.\d{{1,2}})?)?番"
    rf"|(?:(?<=GDP)|(?<![\dA-Za-z.]))(?P<arabic>{_ARABIC})(?!\d)(?P<more>[余多])?(?P<times>{_MULTIPLIER})?"
    rf"|(?P<hanzi>(?<![第数几{_HANZI}])[{_HANZI}]{{1,12}})"
)


class Numeral(NamedTuple):
    """An amount at `text[start:end]`.

    `more` is True for 余 and 多 (an amount above the one printed); `hanzi` where it is written in characters,
    `lone` where it is a bare 百, 千, 万; `unit` is "%" or "番" where the words carry it, else "".
    """

    start: int
    end: int
    value: Decimal
    more: bool = False
    hanzi: bool = False
    lone: bool = False
    unit: str = ""


def chinese_number(words: str) -> int | None:
    """The value of a numeral in characters (两百零五 is 205, 百 is 100); None if it is none (三五)."""
    total = section = 0
    digit: int | None = None
    step = large_step = 10**12
    for char in words:
        if char in _DIGITS:
            if digit:  # two digits in a row: 三五
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            if _SMALL[char] >= step or (digit is None and (section or total)):
                return None
            step = _SMALL[char]
            section += step * (1 if digit is None else digit)
            digit = None
        else:
            large = _LARGE[char]
            section += digit or 0
            if large >= large_step and total:
                return _scaled(words)
            if not section and total:
                return _scaled(words)
            total += (section or 1) * large
            section, digit, step, large_step = 0, None, 10**12, large
    return total + section + (digit or 0)


def _scaled(words: str) -> int | None:
    """万亿 after a number: 两万亿 is 2 × 10¹²."""
    head = words.removesuffix("万亿")
    if head == words or not head:
        return 10**12 if words == "万亿" else None
    value = chinese_number(head)
    return None if value is None else value * 10**12


def number(words: str) -> Decimal | None:
    """The value of digits or of a numeral in characters, None if the characters state none."""
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    if "点" in words:  # 四点五
        whole, _, tenths = words.partition("点")
        value, digits = chinese_number(whole), [_DIGITS.get(char) for char in tenths]
        return None if value is None or None in digits else Decimal(f"{value}.{''.join(map(str, digits))}")
    value = chinese_number(words)
    return None if value is None else Decimal(value)


def numerals(text: str) -> Iterator[Numeral]:
    """All numerals of a view's text, from left to right, not overlapping."""
    for match in _NUMERAL.finditer(text):
        found = _numeral(match)
        if found is not None:
            yield found


def _numeral(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    kind = match.lastgroup or ""
    if match["arabic"]:
        value = Decimal(match["arabic"].replace(",", "")) * _TIMES.get(match["times"] or "", 1)
        return Numeral(start, end, value, more=bool(match["more"]))
    if match["hanzi"]:
        amount = chinese_number(match["hanzi"])
        lone = match["hanzi"][0] in "百千万亿" and amount is not None
        return None if not amount else Numeral(start, end, Decimal(amount), hanzi=True, lone=lone)
    if match["percent"]:
        share = number(match["percent"])
        return None if share is None else Numeral(start, end, share, unit="%‰"[match["of"] == "千"])
    if match["tenths"]:
        tenths = number(match["tenths"]) or Decimal(0)
        return Numeral(start, end, tenths * 10 + (number(match["half"] or "零") or 0), unit="%")
    if kind == "half_of":
        return Numeral(start, end, Decimal(50), more=match["half_of"] == "过半", unit="%")
    if match["below"]:
        return _fraction(match)
    return Numeral(start, end, number(match["doublings"] or "一") or Decimal(1), unit="番")


def _fraction(match: re.Match[str]) -> Numeral | None:
    """四分之三 is 75 %; 三分之一 has no exact decimal and is left out."""
    below, above = number(match["below"]), number(match["above"])
    if not below or not above or (above * 10000) % below:
        return None
    return Numeral(match.start(), match.end(), above * 100 / below, unit="%")
