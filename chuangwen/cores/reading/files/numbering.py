"""Automatic numbering of a Word document as the text that Word shows: 一、 (一) 1. ① 第一条.

Source of the rules: ISO/IEC 29500-1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
}
_DIGIT_BY_DIGIT = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"}
# First code point and length of the runs of ready-made characters.
_READY: dict[str, tuple[tuple[int, int], ...]] = {
    "decimalEnclosedCircle": ((0x2460, 20), (0x3251, 15), (0x32B1, 15)),
    "decimalEnclosedCircleChinese": ((0x2460, 20), (0x3251, 15), (0x32B1, 15)),
    "decimalEnclosedFullstop": ((0x2488, 20),),
    "decimalEnclosedParen": ((0x2474, 20),),
    "ideographEnclosedCircle": ((0x3280, 10),),
}
_CYCLES = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Signs of the fonts Symbol and Wingdings, which stand at private code points.
_SIGNS = dict(zip("ltnuvqpoxØüþ§·¨ª", "●●■◆❖□□□☒➢✓☑▪•□◆", strict=True))
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def sign(text: str) -> str:
    """`text` with the private characters of sign fonts as the signs they look like, • for the less usual."""
    return _PRIVATE.sub(lambda found: _SIGNS.get(chr(ord(found[0]) - 0xF000), "•"), text)


def chinese(number: int, digits: str = _DIGITS, tens: str = "十百千") -> str:
    """A whole number under 10,000 in words: 十一, 一百零一. Larger ones are left in figures."""
    if not 0 < number < 10_000:
        return str(number)
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap else "") + digits[digit] + (tens[place - 1] if place else "")
        gap = bool(words) and not digit
    return words[1:] if words.startswith(digits[1] + tens[0]) and digits is _DIGITS else words


def formatted(number: int, style: str) -> str:
    """A counter in one of the number formats of Word; an unknown format is shown in figures."""
    if number < 0:
        return str(number)
    if style in _CHINESE:
        return chinese(number)
    if style in _DIGIT_BY_DIGIT:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if style in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return chinese(number, _FORMAL, "拾佰仟")
    if style in _READY:
        return _ready(number, _READY[style])
    if style in _CYCLES:
        return _CYCLES[style][(number - 1) % len(_CYCLES[style])]
    if style in ("upperRoman", "lowerRoman"):
        return _cased(_roman(number), style)
    if style in ("upperLetter", "lowerLetter"):
        return _cased(chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30), style)
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate({ord("0") + i: 0xFF10 + i for i in range(10)})
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "numberInDash":
        return f"- {number} -"
    return "" if style == "none" else str(number)


def _ready(number: int, runs: tuple[tuple[int, int], ...]) -> str:
    rest = number
    for first, length in runs:
        if 0 < rest <= length:
            return chr(first + rest - 1)
        rest -= length
    return f"({number})"


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _cased(word: str, style: str) -> str:
    return word.upper() if style.startswith("upper") else word


@dataclass(slots=True)
class Level:
    """One level of a list: where it starts, how it counts, and the pattern (`第%1章`) that it is shown in."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    close: bool = False  # nothing stands between the number and the text
    legal: bool = False  # all numbers in figures
    restart: int | None = (
        None  # begins anew after this level (1-based) or a higher one; 0 never; None any higher
    )
    paragraph_style: str = ""


@dataclass(slots=True)
class Num:
    """One list: its definition, whose counters it shares, and what it overrides of it."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The running counters of all lists of one document."""

    def __init__(self, root: ET.Element | None, style_lists: dict[str, str]) -> None:
        """`style_lists` gives the list (numId) that a numbering style stands for."""
        self._nums: dict[str, Num] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root, style_lists)

    def _read(self, root: ET.Element, style_lists: dict[str, str]) -> None:
        abstracts = {found.get("abstractNumId", ""): found for found in root.iterfind("abstractNum")}
        owners = {found.get("numId", ""): value(found, "abstractNumId") for found in root.iterfind("num")}
        for found in root.iterfind("num"):
            key = owners[found.get("numId", "")]
            linked = value(abstracts.get(key), "numStyleLink")
            if linked:
                key = owners.get(style_lists.get(linked, ""), key)
            abstract = abstracts.get(key)
            levels = _levels(abstract) if abstract is not None else {}
            num = Num(key, levels)
            for override in found.iterfind("lvlOverride"):
                depth = number(override.get("ilvl"), 0)
                levels.update(_levels(override))
                if override.find("startOverride") is not None:
                    num.starts[depth] = number(value(override, "startOverride"), 1)
            self._nums[found.get("numId", "")] = num

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to."""
        levels = self._nums[num_id].levels if num_id in self._nums else {}
        return next((depth for depth, level in levels.items() if level.paragraph_style == style), None)

    def next_label(self, num_id: str, depth: int) -> str:
        """Count one more paragraph of a list and say what stands before its text, "" for no number."""
        num = self._nums.get(num_id)
        if num is None or depth not in num.levels:
            return ""
        self._count(num_id, num, depth)
        level = num.levels[depth]
        if level.style == "bullet":
            label = sign(level.pattern)
        else:
            label = re.sub(
                "%([1-9])", lambda found: self._shown(num, int(found[1]) - 1, level.legal), level.pattern
            )
        return label if not label or level.close or label[-1] in "、，）】．；：" else label + " "

    def _count(self, num_id: str, num: Num, depth: int) -> None:
        counts = self._counts.setdefault(num.abstract, {})
        if depth in num.starts and (num_id, depth) not in self._begun:
            counts[depth] = num.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = num.levels[depth].start
        self._begun.add((num_id, depth))
        for deeper in [d for d in counts if d > depth]:
            level = num.levels.get(deeper)
            if level is None or level.restart is None or depth < level.restart:
                del counts[deeper]

    def _shown(self, num: Num, depth: int, legal: bool) -> str:
        level = num.levels.get(depth, Level())
        count = self._counts[num.abstract].get(depth, level.start)
        return formatted(count, "decimal" if legal else level.style)


def _levels(parent: ET.Element) -> dict[int, Level]:
    levels = {}
    for found in parent.iterfind("lvl"):
        depth = number(found.get("ilvl"), 0)
        if 0 <= depth < _LEVELS:
            restart = value(found, "lvlRestart")
            levels[depth] = Level(
                start=number(value(found, "start"), 1),
                style=value(found, "numFmt") or value(found, "AlternateContent/Fallback/numFmt") or "decimal",
                pattern=value(found, "lvlText")[:100],
                close=value(found, "suff") == "nothing",
                legal=found.find("isLgl") is not None,
                restart=number(restart, 0) if restart else None,
                paragraph_style=value(found, "pStyle"),
            )
    return levels


def value(parent: ET.Element | None, path: str) -> str:
    """The `val` of an element below `parent`, "" if either is missing."""
    found = None if parent is None else parent.find(path)
    return "" if found is None else found.get("val", "")


def number(text: str | None, otherwise: int) -> int:
    """A whole number of up to nine digits, `otherwise` where there is none."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise
