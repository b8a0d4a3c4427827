"""Marks that may number a heading (一、 (一) 1. 第一条 一是 ■ …); their sequence decides what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chuangwen.cores.reading.view import View


class Mark(NamedTuple):
    """A possible number of a heading at `view.text[start:end]`.

    `kind` names the series it may belong to, `number` its value (None for a bullet), `printed` the numeral.
    """

    kind: str
    number: int | None
    printed: str | None
    start: int
    end: int


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0}
_CN = "[零一二三四五六七八九十百]{1,5}"
_CIRCLES = "①-⑳❶-❿➊-➓⓵-⓾"
# Numbers drawn as one character: ① ❶ ➊ ⓵ ⑴ ⒈ ㈠ Ⅰ.
_DRAWN = {
    chr(first + i): i + 1
    for first, count in (
        (0x2460, 20),
        (0x2776, 10),
        (0x278A, 10),
        (0x24F5, 10),
        (0x2474, 20),
        (0x2488, 20),
        (0x3220, 10),
        (0x2160, 12),
    )
    for i in range(count)
}
_LATIN = {letter: i % 8 + 1 for i, letter in enumerate("ABCDEFGHabcdefgh")}
BULLETS = "■◆●★▲◇□○•·※▶►➤➢◎△▪✦❖▍▌☆◉✓✔▸"

# One pattern for each series, tried in this order at the begin of a paragraph. Group 1 is the numeral.
_LEADING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第({_CN}|\d{{1,2}})(?:部分|篇|编)[:、.]?")),
    ("chapter", re.compile(rf"第({_CN}|\d{{1,2}})章[:、.]?")),
    ("section", re.compile(rf"第({_CN}|\d{{1,2}})节[:、.]?")),
    ("article", re.compile(rf"第({_CN}|\d{{1,3}})条[:、.]?")),
    ("item", re.compile(rf"第({_CN}|\d{{1,2}})[项步][:、.]?")),
    ("ordinal", re.compile(rf"(?:其|第)({_CN})[,、:]")),
    ("cn_paren", re.compile(rf"(?:[(\[〔【]({_CN})[)\]〕】]|([㈠-㈩]))[、.:,]?")),
    ("cn", re.compile(rf"({_CN})[、.:](?!是)")),
    ("cn_half", re.compile(rf"({_CN})\)[、.]?")),
    ("is", re.compile(rf"({_CN})(?:是|要(?!求|素|点|闻|务))(?:要)?[,:]?")),
    ("decimal3", re.compile(r"(?:\d{1,2}\.){2}(\d{1,2})(?![\d.%年月日])[、.]?")),
    (
        "decimal2",
        re.compile(
            r"\d{1,2}\.(\d{1,2})(?![\d.%‰万亿年月日个家户座元条公平名米])[、]?(?=(?![A-Za-z])[^\W\d_]|[“《])"
        ),
    ),
    ("arabic", re.compile(r"(\d{1,3})(?:、(?!\d)|[.](?!\d)|[.、](?=(?:19|20)\d\d年))|([⒈-⒛])")),
    ("arabic_paren", re.compile(r"(?:[(\[〔【](\d{1,3})[)\]〕】]|([⑴-⒇]))[、.:]?")),
    ("arabic_half", re.compile(r"(\d{1,3})\)[、.]?")),
    ("circled", re.compile(rf"([{_CIRCLES}])[、.]?")),
    ("roman", re.compile("([Ⅰ-Ⅻ])[、.]")),
    ("latin", re.compile(r"([A-Ha-h])[.、](?=(?![A-Za-z])[^\W\d_]|[“《])")),
    ("dash", re.compile(r"(?:—{1,3}|-{2,3}|―{1,2}|─{1,2})()(?=(?![A-Za-z])[^\W\d_]|[“《(])")),
    ("bullet", re.compile(rf"([{BULLETS}])+")),
    ("bare", re.compile(r"([一二三四五六七八九十]{1,3})()(?=(?![A-Za-z])[^\W\d_]|[“])(?!是|要)")),
)
# 关键词一: 任务1: 行动二、 : a word and a number that head a group.
_WORDED = re.compile(
    rf"[{BULLETS}]*[【(]?(?P<word>关键词|关键字|[^\W\d_]{{0,4}}?(?:任务|行动|工程|举措|措施|专题|板块|抓手|目标|重点|篇章?|项目|亮点|清单))"
    rf"(?P<n>{_CN}|\d{{1,2}}|[{_CIRCLES}])(?P<stop>[】)]?[:、.]?)(?=.)"
)
# 专栏1: a box with details of the task above it.
_BOX = re.compile(rf"(?:专栏|附表|图表?|表)({_CN}|\d{{1,2}})")
_SPACED = re.compile(rf"(\d{{1,2}}|{_CN})(?=(?![A-Za-z])[^\W\d_]|[“])")
# Inside a paragraph a series goes on behind the end of a sentence or clause, or behind white space.
_INSIDE = re.compile(
    rf"(?P<is>{_CN})(?:是|要(?!求|素|点|闻|务))"
    rf"|\((?P<cn_paren>{_CN})\)"
    r"|\((?P<arabic_paren>\d{1,3})\)"
    rf"|(?P<circled>[{_CIRCLES}])"
    r"|(?P<arabic>\d{1,3})(?:、(?!\d)|\.(?!\d))"
    rf"|第(?P<ordinal>{_CN})[,、:]"
    rf"|(?P<cn>{_CN})、(?=(?![A-Za-z])[^\W\d_]|[“《])"
)
_STOPS = frozenset("。;:,!?…”)")

_FLAT = 1500  # characters of a paragraph that holds a whole outline
_GLUED = frozenset({"cn_paren", "arabic", "arabic_paren"})
_COUNTED = frozenset("附件表图第共约近达到的为0123456789.、(")  # what stands before a number that is no mark
SPOKEN = frozenset({"is", "ordinal"})  # 一是 …: a series told in running text

# Which series usually stands over which; only a hint where the text itself does not show it.
RANK = {
    kind: rank
    for rank, kinds in enumerate(
        (
            ("part",),
            ("chapter",),
            ("section", "roman"),
            ("cn",),
            ("cn_paren", "cn_half", "bare"),
            ("article", "item"),
            ("arabic", "decimal2"),
            ("arabic_paren", "arabic_half", "decimal3"),
            ("circled",),
            ("latin",),
            ("is", "ordinal"),
            ("dash", "bullet"),
        )
    )
    for kind in kinds
}


def numeral(text: str) -> int | None:
    """The value of a numeral in Chinese characters (十二, 一百零三), digits or one drawn sign; else None."""
    if text.isdecimal():
        return int(text)
    if text in _DRAWN:
        return _DRAWN[text]
    if text in _LATIN:
        return _LATIN[text]
    hundreds, found, rest = text.rpartition("百")
    total = 100 * (_DIGITS.get(hundreds, 0) or 1) if found else 0
    rest = rest.lstrip("零") if found else rest
    tens, found, ones = rest.rpartition("十")
    if found:
        if len(tens) > 1 or len(ones) > 1:
            return None
        return total + 10 * (_DIGITS.get(tens, 0) or 1) + (_DIGITS.get(ones, 0) if ones else 0)
    if len(rest) > 1:
        return None
    return total + _DIGITS.get(rest, 0) if rest or total else None


def leading_marks(view: View) -> list[Mark]:
    """The marks that the begin of a paragraph may be, likeliest first; usually none or one."""
    text = view.text[:16]
    word = _WORDED.match(text)
    if word and (word["stop"] or _set_off(view, word.end())):
        return [Mark("word:" + word["word"], numeral(word["n"]), word["n"], 0, word.end())]
    found = []
    for kind, pattern in _LEADING:
        match = pattern.match(text)
        if not match:
            continue
        if kind == "bullet":
            return [Mark("bullet:" + match[1], None, None, 0, match.end())]
        if kind == "dash":
            return [Mark("dash", None, None, 0, match.end())]
        numerals = next(filter(None, match.groups()), "")
        value = numeral(numerals)
        if value is not None:
            printed = match[0].rstrip(".、") if kind.startswith("decimal") else numerals
            found.append(Mark(kind, value, printed, 0, match.end()))
    return found or _spaced(view)


def _spaced(view: View) -> list[Mark]:
    """A number that only white space sets off: 1 总体要求, 一 指导思想."""
    match = _SPACED.match(view.text)
    if not match or not _set_off(view, match.end()):
        return []
    kind = "arabic" if match[1].isdecimal() else "cn"
    return [Mark(kind, numeral(match[1]), match[1], 0, match.end())] if numeral(match[1]) is not None else []


def _set_off(view: View, i: int) -> bool:
    """Whether white space stands before the i-th character."""
    return i < len(view) and view.at[i] > view.at[i - 1] + 1


def is_box(view: View) -> bool:
    """Whether a paragraph heads a box (专栏1 …)."""
    return len(view) <= 40 and bool(_BOX.match(view.text))


def inside_marks(view: View) -> Iterator[Mark]:
    """The marks that stand inside a paragraph, behind the end of a sentence or clause or behind white space.

    In a text without line breaks they may also stand right behind the words of a heading.
    """
    flat = len(view) >= _FLAT
    for match in _INSIDE.finditer(view.text):
        kind, at = match.lastgroup or "", match.start()
        if not at or not _may_stand(view, at, kind, flat=flat):
            continue
        value = numeral(match[kind])
        if value is not None:
            yield Mark(kind, value, match[kind], at, match.end())


def _may_stand(view: View, at: int, kind: str, *, flat: bool) -> bool:
    before = view.text[at - 1]
    if before in _STOPS:
        return True
    if kind in SPOKEN:
        return False
    return _set_off(view, at) or (flat and kind in _GLUED and before not in _COUNTED)
