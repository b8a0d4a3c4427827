"""Sentences cut into clauses, and what governs an amount in each: a date, 每年, 力争, past or future."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chuangwen.cores.reading.dates import Calendar, Mention, mentions
from chuangwen.cores.reading.view import View

LONGEST = 400  # a clause is cut here at the latest, so that work on it stays bounded
_CLOSING = {"“": "”", "‘": "’", "《": "》", "「": "」"}
_MARK = re.compile(r"[“‘《「,;。!?:…]")
_BRACKET = re.compile(r"[()]")
# (次), (户) … belong to the unit before them.
_UNIT_BRACKET = re.compile(r"\((?:次|套|户|家|处|座|个|只|株|人)\)")

_STRETCH = "力争|努力|争取|力求|力促|争创"
_MANDATORY = "确保|必须|务必|保证"
_STRENGTH = re.compile(rf"(?P<stretch>{_STRETCH})|(?P<mandatory>{_MANDATORY})")
# Told as done: these hold for the rest of their sentence …
_PAST = re.compile(
    r"去年|上年(?!同期)|过去|近年来|[年月日](?:\d+日)?以来|(?<!不)(?<!而)已经?(?=完成|建|实现|达|累计|开展|有|发|整|组织|培|举办|新|改|投|超|突破|连续|成|评|获)(?![^,。]{0,9}的)|截至|截止|目前|"
    r"[成现到得举出供行展新加定升长高](?<!为)了|仅[为有]|先后|荣获|获评|被评|同比|上半年(?!要|力争|完成)|前[一二三]季度"
)
# … of these, in a stretch that tells what is to come, only the plainest.
_SURELY_PAST = re.compile(
    "(?:去年|上年|过去)[^,]{0,6}[,完实建]|[年月日]以来|(?<!不)(?<!而)已(?:经)?(?:完成|建成|实现|达)|截至|截止|目前[,已]"
)
# … unless one of these has come before them.
_FUTURE = re.compile(
    rf"{_STRETCH}|{_MANDATORY}|将(?=进一步|再|继续|全力|新|建|投|着|围|在|以|按|加|推|实|开|大|完)|计划(?=[新到用投建开完今于在实])|(?<![模虚])拟(?=[新建投在于用定])|今后|下一步|未来|预期目标|目标[是为]"
)
_COMPARED = re.compile(r"(?:比|较|与|同|在|由|从)(?:去年|上年|过去|目前|截至)|基础上")


@dataclass(slots=True)
class Clause:
    """`text[start:end]` of a view, without the mark that ends it, and what governs it.

    `due` and `yearly` are inherited from a date before it; `years` are the years of a series; `dates` the
    mentions in the clause itself. `past` is True or False where the words tell, None where they do not.
    """

    start: int
    end: int
    sentence: int
    dates: list[Mention] = field(default_factory=list)
    due: str | None = None
    yearly: bool = False
    years: tuple[int, ...] = ()
    strength: str | None = None
    past: bool | None = None
    only_date: bool = False
    spelled_out: bool = False

    def governed(self, position: int, text: str) -> tuple[str | None, bool]:
        """Deadline and whether 每年 holds, for an amount at `position`."""
        due, yearly = self.due, self.yearly
        own = [date for date in self.dates if not date.base]
        before = [date for date in own if date.end <= position]
        if not before and own and not re.search("[、和][到至于在力争]*$", text[position : own[0].start]):
            before = own[:1]  # 30所学校8月底前改完
        for date in before:
            if date.yearly:
                yearly = True
            elif date.deadline is not None:
                due = date.deadline
        return due, yearly


def unbracketed(view: View) -> tuple[View, list[View]]:
    """A view without what stands in round brackets, and each bracketed stretch as a view of its own."""
    inner: list[View] = []
    keep: list[tuple[int, int]] = []
    depth = start = opened = 0
    for match in _BRACKET.finditer(view.text):
        at = match.start()
        if match[0] == "(":
            if depth == 0:
                if _UNIT_BRACKET.match(view.text, at):
                    continue
                keep.append((start, at))
                opened = at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                inner.append(view.part(opened + 1, at))
                start = at + 1
    if depth:  # never closed: it is no bracket
        start = opened
    keep.append((start, len(view.text)))
    outer = View(
        "".join(view.text[i:j] for i, j in keep), [at for i, j in keep for at in view.at[i:j]], view.source
    )
    return outer, inner


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Short stretches in quotation marks or book-title marks: names, in which amounts are not read."""
    spans = []
    position = 0
    while match := re.compile(r"[“‘《「]").search(text, position):
        closing = text.find(_CLOSING[match[0]], match.end(), match.end() + 60)
        position = closing + 1 if closing > 0 else match.end()
        if closing > 0 and (match[0] == "《" or not re.search("[,。;]", text[match.end() : closing])):
            spans.append((match.start(), closing + 1))
    return spans


def clauses(text: str, calendar: Calendar, past: bool | None) -> list[Clause]:
    """The clauses of a view's text with what governs each; `past` is what is known of the whole."""
    found: list[Clause] = []
    dates = mentions(text, calendar)
    at = 0
    for sentence, pieces in enumerate(_sentences(text)):
        rule = _Rule(calendar, past)
        for piece in pieces:
            rule.new_piece()
            for start, end in piece:
                clause = Clause(start, end, sentence)
                while at < len(dates) and dates[at].start < end:
                    if dates[at].start >= start:
                        clause.dates.append(dates[at])
                    at += 1
                rule.govern(clause, text)
                found.append(clause)
    return found


def _sentences(text: str) -> Iterator[list[list[tuple[int, int]]]]:
    """Sentences (ended by 。!?) as lists of pieces (ended by ;) of clauses (ended by , or :)."""
    sentence: list[list[tuple[int, int]]] = [[]]
    start = 0
    for at, mark in _marks(text):
        if at > start:
            sentence[-1].append((start, at))
        start = at + (1 if mark else 0)
        if mark == ";":
            sentence.append([])
        elif mark in {"。", "!", "?", "…"}:
            yield sentence
            sentence = [[]]
    if start < len(text):
        sentence[-1].append((start, len(text)))
    yield sentence


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """The marks that end a clause, outside names in quotation marks; "" where an overlong clause is cut."""
    position = last = 0
    while match := _MARK.search(text, position):
        at, mark = match.start(), match[0]
        while at - last > LONGEST:
            last += LONGEST
            yield last, ""
        position = at + 1
        if mark in _CLOSING:
            closing = text.find(_CLOSING[mark], at + 1, at + 60)
            if closing > 0 and not re.search("[。;]", text[at:closing]):
                position = closing + 1
        elif not _inside_number(text, at, mark):
            last = position
            yield at, mark
    while len(text) - last > LONGEST:
        last += LONGEST
        yield last, ""


def _inside_number(text: str, at: int, mark: str) -> bool:
    """7:43:50, 8:30 and 1,200 hold together."""
    if not text[at - 1 : at].isdigit() or not text[at + 1 : at + 2].isdigit():
        return False
    return mark == ":" or (mark == "," and bool(re.match(r"\d{3}(?!\d)", text[at + 1 : at + 5])))


class _Rule:
    """What governs the clauses of one sentence, from left to right."""

    def __init__(self, calendar: Calendar, past: bool | None) -> None:
        self.calendar = calendar
        self.whole = past
        self.past = past
        self.list_due: str | None = None
        self.list_years: tuple[int, ...] = ()
        self.first = True
        self.spelled_out = False
        self.ahead = False  # whether a date to come has been named
        self.after_date_only = False
        self.new_piece()

    def new_piece(self) -> None:
        """After ; nothing governs but a range of years at the head of the whole list."""
        self._forget_dates()
        self.strength: str | None = None

    def govern(self, clause: Clause, text: str) -> None:
        words = text[clause.start : clause.end]
        own = [date for date in clause.dates if not date.base]
        strength = _STRENGTH.search(words)
        clause.only_date = bool(own) and _only_dates(words, clause)
        if strength:
            self.strength = strength.lastgroup
        clause.strength = self.strength
        if own and not self.after_date_only:
            self._forget_dates()
        if strength and not self.after_date_only:
            clause.due, clause.years = self.list_due, self.list_years
        else:
            clause.due, clause.years, clause.yearly = self.due, self.years, self.yearly
        self._take_dates(own, clause, text)
        self.spelled_out = self.spelled_out or words.startswith("即")
        clause.spelled_out = self.spelled_out
        clause.past = self._past(text, words, own)
        self.after_date_only = clause.only_date
        self.first = False

    def _forget_dates(self) -> None:
        self.yearly = False
        self.due, self.years = self.list_due, self.list_years

    def _take_dates(self, own: list[Mention], clause: Clause, text: str) -> None:
        for date in own:
            if date.yearly:
                self.yearly = True
                continue
            self.yearly = False
            if re.search(r"\d", text[clause.start : date.start]):
                continue  # 30所学校8月底前改完: of this clause alone
            self.due, self.years = date.deadline, date.years
            if date.years:
                clause.years = date.years
                if self.first and clause.only_date:
                    self.list_due, self.list_years = date.deadline, date.years

    def _past(self, text: str, words: str, own: list[Mention]) -> bool | None:
        if self.whole is True:
            return True
        past = (_SURELY_PAST if self.whole is False else _PAST).search(words)
        if past and _COMPARED.search(words):
            past = None
        future = _FUTURE.search(words)
        years = [int(date.deadline[:4]) for date in own if date.deadline]
        first = self.calendar.first or self.calendar.now
        if past and not (future and future.start() < past.start()):
            self.past = True
        elif future or (first and any(_by(text, date) >= first for date in own)):
            self.past = False
        elif first and any(year >= first for year in years):
            self.ahead, self.past = True, self.whole
        elif first and years and not self.ahead:
            self.past = True
        return self.past


def _by(text: str, date: Mention) -> int:
    """The year of 到2025年 and 2025年底前, which speak of what is to come; 0 for another date."""
    by = text[date.start - 1 : date.start] == "到" or text[date.end - 1] == "前"
    return int(date.deadline[:4]) if by and date.deadline else 0


def _only_dates(words: str, clause: Clause) -> bool:
    """到2025年 or 力争用三年时间 with nothing else in the clause."""
    rest = list(words)
    for date in clause.dates:
        for i in range(date.start - clause.start, min(date.end, clause.end) - clause.start):
            rest[i] = ""
    left = _STRENGTH.sub("", "".join(rest))
    return not re.sub("[到至在于截,我全市县区前通过用再“”]|期间|左右|时间", "", left)
