"""Places where the text itself is damaged: lost digits and words, spam, marks that do not pair, cut ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Doubt, LeftOut, Reading, Span
from chuangwen.cores.reading.sections import LETTER
from chuangwen.cores.reading.view import View

_LONGEST = 160

# 年 that begins a word or stands for "yearly": never a sign of lost digits.
_YEAR_WORD = (
    "度终内底末初中均级龄轻货夜份检审薪限产人后来前间老迈幼少青长成节会关味画鉴报休假年复利租费销收"
    "入接新处营游投用载运供发吞加增净综可总"
)
# The patterns begin with the character that they look for and look back from it: that makes them fast.
_LOST_YEAR = re.compile(
    r"年(?:(?:(?<=^年)|(?<=[。;!?:]年))(?=[,是到至-]|我[市县区州]|全[市县区]|以来|起[,至]|创建)"
    rf"|(?<=[从自到至和与及于在以~(《“-]年)(?![{_YEAR_WORD}])"
    r"|(?<=[市县区省州]年)(?=[创建工开召第上下计规行])"
    r"|(?<![\d*xX×今去明前后每当本同次翌上隔历近多两半往该全]年)(?=\d{1,2}月)"
    r"|(?<=(?:19|20)\d年)(?<!\d{4}年)(?=[底末前初到至,]|\d{1,2}月))"
)
_LOST_NUMBER = re.compile(
    r"周年(?<=(?:成立|建党|建国|建市|建军|诞辰|解放|胜利|创建|逝世|回归|颁布|实施|发表|开放|举办)周年)"
    r"|第(?=[届批轮次]|季度)"
    r"|[%‰](?<=[达到长高降为占少低于过至约率超].)"
    r"|[于过到增建造成育设](?:个|座|所|处|名|万[户人个名]|公里|平方米|平方公里|人次|场次)(?=[、,。;]|以上|左右)"
    r"|(?:面积|绿地|道路|里程|管网|绿道)(?:约|达到|达|为)?万?(?:公顷|公里|平方米|平方公里|亩)(?=[、,。;])"
    r"|(?:投资|投入|资金)(?:约|达到|达|超)?[万亿]元(?=[、,。;])"
    r"|(?<=[的会])届(?=[一二三四五六七八九]中全会)"
    r"|[到于过](?=以[上下内](?:[、,。;]|$))"
    r"|年月日|\d月日|月(?<![\d当本每次同上下该一二三四五六七八九十]月)\d{1,2}日"
)
# 整治隐患 处: a gap in the line where the number of a count stood
_COUNTED = re.compile(
    LETTER + "(?=(?:个|处|座|条|项|家|户|名|所|块|公里|人次|场次|平方米)(?:以上|左右)?[、,。;])"
)
# 发布时间: 年 月 日, in a line that is left out
_UNDATED = re.compile(r"(?:时间|日期)[:：]\s*年\s*月\s*日")
_MASKED = re.compile(r"20[*xX×]{1,2}年|[xX×*]{2,4}(?=[市县区年月日局])")
_LETTER_FOR_DIGIT = re.compile(
    r"[一二三四五六七八九]O|O[一二三四五六七八九]|\d[OoIl](?=\d|[年月日%个])|[OoIl](?<![A-Za-z\d].)(?=\d{1,3}[年月日%个])"
)
_LOST_CHARACTER = re.compile("未成人(?!年)")
_LOST_WORDS = re.compile(r"《》|“”|\(\)|、(?=[。;,)])|[,;](?=[。;,、])|[(“《](?=[、,。;])|[,、](?<=[。;].)")
_GARBLED = re.compile("\ufffd+|锟斤拷|烫烫烫|ï¿½|(?<=[^\\W\\d_])(?:[□■]{1,3}|\\?{2,})(?=[\\w，、。；])")

# A text that begins in the middle of a sentence.
_BEGUN = re.compile(r"\s*(?P<words>[,，、;；。][^\n]{0,20})")
_UNUSUAL = re.compile("[\ufffd锟烫ï□■?]")

_OPENERS = {"《": "》", "“": "”", "(": ")", "（": ")", "[": "]", "【": "】", "〔": "〕", "「": "」"}
_CLOSERS = {"》": "》", "”": "”", ")": ")", "）": ")", "]": "]", "】": "】", "〕": "〕", "」": "」"}
_MARKS = re.compile(r"[《》“”()（）\[\]【】〔〕「」\n]")
_ENUMERATOR = re.compile(r"(?:^|[\s。；;：:，,、！？])(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3})$")
_LINES_APART = 3
_DEEPEST = 20

_SENTENCE_END = "。;!?…:)》”】]"
_RUN_ON = re.compile(r"[^,、。;:!?()\d]{4,40}$")


def damage(parts: Sequence[Part], reading: Reading) -> Iterator[Doubt]:
    """All doubts about the state of the text, in no order."""
    spam = list(_spam_among_words(reading))
    yield from spam
    taken = [doubt.span for doubt in spam]
    for part in parts:
        yield from _in_part(part, taken)
    for piece in reading.left_out:
        if undated := _UNDATED.search(reading.text, *piece.span):
            yield Doubt("lost_year", Span(*undated.span()))
    for match in _GARBLED.finditer(reading.text) if _UNUSUAL.search(reading.text) else ():
        yield Doubt("garbled", _around(reading.text, match.start(), match.end()))
    begun = _BEGUN.match(reading.text)
    if begun:
        yield Doubt("lost_words", Span(*begun.span("words")))
    yield from _unpaired(reading)
    yield from _ends(parts)
    yield from _run_on_beginnings(reading.text)


def _in_part(part: Part, taken: list[Span]) -> Iterator[Doubt]:
    view = part.view
    for code, pattern in (
        ("lost_year", _LOST_YEAR),
        ("lost_number", _LOST_NUMBER),
        ("masked", _MASKED),
        ("letter_for_digit", _LETTER_FOR_DIGIT),
        ("lost_character", _LOST_CHARACTER),
    ):
        for match in pattern.finditer(view.text):
            yield Doubt(code, _clause_around(view, *match.span()))
    for match in _COUNTED.finditer(view.text):
        if _is_gap(view, match.end()) and not _is_gap(view, match.start()):
            yield Doubt("lost_number", _clause_around(view, *match.span()))
    for match in _LOST_WORDS.finditer(view.text):
        at = view.span(match.start(), match.end())
        if not any(span.start <= at.end and at.start <= span.end for span in taken):
            yield Doubt("lost_words", _clause_around(view, *match.span()))


def _is_gap(view: View, i: int) -> bool:
    """Whether blanks stand before the i-th character, in the same line."""
    between = view.source[view.at[i - 1] + 1 : view.at[i]] if i else ""
    return between != "" and not between.strip() and "\n" not in between


def _clause_around(view: View, start: int, end: int) -> Span:
    """The place with up to a dozen characters before and behind it, not across a full stop."""
    begin = max(0, start - 12)
    begin = max(begin, view.text.rfind("。", begin, start) + 1)
    stop = view.text.find("。", end, end + 14)
    return view.span(begin, min(end + 14, len(view)) if stop < 0 else max(stop, end))


def _around(text: str, start: int, end: int) -> Span:
    """The place with its neighbours in the same line, at most 160 characters."""
    begin = max(0, start - 10)
    begin = max(begin, text.rfind("\n", begin, start) + 1)
    stop = text.find("\n", end, end + 10)
    stop = min(end + 10, len(text)) if stop < 0 else stop
    return Span(begin, min(stop, begin + _LONGEST))


def _spam_among_words(reading: Reading) -> Iterator[Doubt]:
    """Adverts that do not stand on a line or between sentences of their own: words were lost there."""
    text, last = reading.text, 0
    for piece in reading.left_out:
        if piece.code in {"spam", "advert"} and not _stands_alone(text, piece):
            span = _around(text, *piece.span)
            yield Doubt("spam_among_words", Span(max(span.start, min(last, piece.span.start)), span.end))
            last = span.end


def _stands_alone(text: str, piece: LeftOut) -> bool:
    before = text[max(0, piece.span.start - 20) : piece.span.start].rstrip(" \t　")[-1:]
    after = text[piece.span.end : piece.span.end + 20].lstrip(" \t　")[:1]
    return before in {"", "\n", *"。；！？"} and after in {"", "\n", *"。；！？"}


def _unpaired(reading: Reading) -> Iterator[Doubt]:
    """Brackets, quotation marks and book-title marks that have no partner nearby."""
    text = reading.text
    open_marks: list[tuple[int, int]] = []  # place, line
    line = 0
    left_out = iter([*reading.left_out, LeftOut(Span(len(text), len(text)), "")])
    piece = next(left_out)
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        while piece.span.end <= at:
            piece = next(left_out)
        if mark == "\n":
            line += 1
            while open_marks and open_marks[0][1] < line - _LINES_APART:
                yield _no_partner(text, open_marks.pop(0)[0])
        elif piece.span.start <= at:
            continue
        elif mark in _OPENERS:
            open_marks.append((at, line))
            if len(open_marks) > _DEEPEST:
                yield _no_partner(text, open_marks.pop(0)[0])
        else:
            lost = _close(text, open_marks, mark)
            if lost is None and not _ENUMERATOR.search(text[max(0, at - 4) : at]):
                begin = max(0, at - 12)
                begin = max(begin, text.rfind("\n", begin, at) + 1)
                yield Doubt("unpaired", Span(begin, at + 1), {"mark": mark})
            for place in lost or ():
                yield _no_partner(text, place)
    for place, _ in open_marks:
        yield _no_partner(text, place)


def _close(text: str, open_marks: list[tuple[int, int]], mark: str) -> list[int] | None:
    """Take the partner of a closing mark off the open ones: the marks left open inside it, None if none."""
    for depth in range(len(open_marks) - 1, -1, -1):
        if _OPENERS[text[open_marks[depth][0]]] == _CLOSERS[mark]:
            lost = [place for place, _ in open_marks[depth + 1 :]]
            del open_marks[depth:]
            return lost
    return None


def _no_partner(text: str, at: int) -> Doubt:
    stop = text.find("\n", at, at + 24)
    return Doubt("unpaired", Span(at, min(at + 24, len(text)) if stop < 0 else stop), {"mark": text[at]})


def _ends(parts: Sequence[Part]) -> Iterator[Doubt]:
    """Paragraphs that stop short, and headings that run on behind one."""
    whole = [p for p in _paragraphs(parts) if any(part.kind in {"text", "heading"} for part in p)]
    texts = ["".join(part.view.text for part in paragraph) for paragraph in whole]
    for n, paragraph in enumerate(whole):
        text, last = texts[n], paragraph[-1]
        stop = text.rfind("。") + 1
        is_last_word = n == len(whole) - 1 and text.count(",") > 1
        if stop == len(text) or not (stop or is_last_word) or last.kind not in {"text", "heading"}:
            continue
        tail = text[stop:]
        if text[-1] in _SENTENCE_END or len(last.view) < min(len(tail), 4):
            continue
        if last.kind == "heading" or (_RUN_ON.match(tail) and len(tail) <= 24):
            begin = max(0, len(last.view) - len(tail))
            yield Doubt("run_on_heading", last.view.span(begin, len(last.view)))
        elif _neighbours_end(texts, n):
            yield Doubt("cut_off", last.view.span(max(0, len(last.view) - 20), len(last.view)))


def _paragraphs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts of each paragraph together."""
    line = 0
    keyed: list[tuple[int, Part]] = []
    for part in parts:
        if not len(part.view):
            continue
        if keyed:
            before = keyed[-1][1].view
            if "\n" in part.view.source[before.at[-1] : part.view.at[0]]:
                line += 1
        keyed.append((line, part))
    for _, group in groupby(keyed, key=lambda pair: pair[0]):
        yield [part for _, part in group]


def _neighbours_end(texts: Sequence[str], n: int) -> bool:
    """Whether the paragraphs around, headings aside, end with a full stop."""
    before = next((t for t in reversed(texts[max(0, n - 3) : n]) if "。" in t), "")
    if n == len(texts) - 1:
        return before.endswith(("。", ";", ")", "]"))
    after = next((t for t in texts[n + 1 : n + 4] if "。" in t), "")
    return before.endswith(("。", ";", ")", "]")) and after.endswith(("。", ";", ")", "]"))


_NUMBERED_LINE = re.compile(r"^[ \t　]*[一二三四五六七八九十]{1,3}、(?P<title>[^\n]{2,})", re.MULTILINE)
_TITLE_LENGTH = 30
_SHORTEST_TITLE = 8


def _run_on_beginnings(text: str) -> Iterator[Doubt]:
    """A numbered heading (一、…) that goes over into a sentence, where others are lines of their own."""
    lines = list(_NUMBERED_LINE.finditer(text))
    whole = sum(len(line["title"].strip()) <= _TITLE_LENGTH and "。" not in line["title"] for line in lines)
    if whole < 2 or whole <= len(lines) / 2:
        return
    for line in lines:
        first = re.match(r"[^,，。：:;；]*", line["title"])
        length = first.end() if first else 0
        if (
            len(line["title"]) > 2 * _TITLE_LENGTH
            and length > _SHORTEST_TITLE
            and line["title"][length : length + 1] in {",", "，"}
        ):
            yield Doubt("run_on_heading", Span(line.start(), line.start("title") + min(length, 60)))
