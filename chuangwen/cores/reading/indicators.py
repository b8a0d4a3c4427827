"""Quantified targets and results: numbers with what they count, by when, how firmly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from chuangwen.cores.reading.clauses import Clause, clauses, quoted_spans, unbracketed
from chuangwen.cores.reading.dates import Calendar
from chuangwen.cores.reading.indicators_names import conjuncts, measured, name_of, subject
from chuangwen.cores.reading.indicators_refused import Place, refused
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Indicator, Span, Trait
from chuangwen.cores.reading.quantities import COUNT, RATIO, Quantity, quantities
from chuangwen.cores.reading.quantities_coverage import COVERAGE, coverages
from chuangwen.cores.reading.view import View

LONGEST_QUOTE = 80
_JOIN = {"、", "和", "及", "与", "以及", "和至少", ""}
_SECTION_YEAR = re.compile(r"((?:19|20)\d\d)年[^,。]{0,12}(?:工作|任务|安排|目标|打算|重点)")
_REVIEW = re.compile("回顾|总结|工作成效|完成情况|主要成绩|取得的成绩|工作情况")
_PLANNED = re.compile(
    "工作任务|工作安排|重点工作|目标任务|主要任务|发展目标|工作打算|下一步|指导思想|总体要求|预期目标|奋斗目标|主要工作"
)


def read_indicators(parts: Sequence[Part], heading: Heading) -> list[Indicator]:
    """The indicators of all parts, in the order of the text."""
    found: list[Indicator] = []
    calendar = _calendar(heading)
    told = any(part.reports is not None for part in parts)
    reports: bool | None = None
    for part in parts:
        if part.kind == "duty":
            continue
        calendar = _at(part, heading, calendar)
        if not told and len(part.view) <= 40:
            reports = _section(part.view.text, reports)
        past = part.reports if told else reports
        if past is None and heading.kind == "work_report":
            past = None
        found += _part(part, heading, calendar, past)
    return _without_teasers(found)


def _calendar(heading: Heading) -> Calendar:
    first, last = heading.period or (None, None)
    issued = int(heading.issued[:4]) if heading.issued else None
    report = heading.kind == "work_report"
    now = first if report or (first is not None and first == last) else issued
    return Calendar(
        first, now if now is not None else issued, single=report or (first is not None and first == last)
    )


def _at(part: Part, heading: Heading, calendar: Calendar) -> Calendar:
    """A heading such as 2016年主要工作 says what 今年 is below it."""
    if len(part.view) > 40 or heading.kind != "work_report":
        return calendar
    year = _SECTION_YEAR.search(part.view.text)
    return replace(calendar, now=int(year[1])) if year else calendar


def _section(text: str, reports: bool | None) -> bool | None:
    if _REVIEW.search(text):
        return True
    return False if _PLANNED.search(text) else reports


def _part(part: Part, heading: Heading, calendar: Calendar, past: bool | None) -> list[Indicator]:
    outer, inner = unbracketed(part.view)
    found: list[Indicator] = []
    for view in [outer, *inner]:
        spelled_out = view is not outer and view.text.startswith("即")
        found += _Stretch(view, part, heading, calendar, past, spelled_out).indicators()
    return sorted(found, key=lambda indicator: indicator.value_span)


def _without_teasers(found: list[Indicator]) -> list[Indicator]:
    """A summary outside the tasks that repeats what a task says is not entered again."""
    inside = {(i.value, i.unit) for i in found if i.task is not None}
    names = {
        key: [i.name for i in found if i.task is not None and (i.value, i.unit) == key] for key in inside
    }
    return [
        i
        for i in found
        if i.task is not None
        or not any(_same_thing(i.name, name) for name in names.get((i.value, i.unit), ()))
    ]


def _same_thing(one: str, other: str) -> bool:
    shared = set(pairwise(one)) & set(pairwise(other))
    return len(shared) * 2 >= min(len(one), len(other)) - 1


class _Stretch:
    """One view without brackets: its clauses, its amounts, and what is known of the stretch."""

    def __init__(
        self,
        view: View,
        part: Part,
        heading: Heading,
        calendar: Calendar,
        past: bool | None,
        spelled_out: bool,
    ) -> None:
        self.view, self.part, self.heading, self.calendar = view, part, heading, calendar
        self.text = view.text
        self.past, self.spelled_out = past, spelled_out
        self.quoted = quoted_spans(self.text)

    def indicators(self) -> Iterator[Indicator]:
        """The indicators of the stretch, from left to right."""
        amounts = sorted(
            [*quantities(self.text), *coverages(self.text)], key=lambda q: (q.start, q.kind != COVERAGE)
        )
        amounts = _apart(amounts)
        at, quote = 0, 0
        inherited, sentence = "", -1
        recent: list[str] = []
        previous: Clause | None = None
        for clause in clauses(self.text, self.calendar, self.past):
            mine = []
            while at < len(amounts) and amounts[at].start < clause.end:
                if amounts[at].start >= clause.start:
                    mine.append(amounts[at])
                at += 1
            while quote < len(self.quoted) and self.quoted[quote][1] <= clause.start:
                quote += 1
            if clause.sentence != sentence:
                sentence, inherited, recent = clause.sentence, "", []
            if not mine:
                words = subject(self._plain(clause, clause.start, clause.end))
                inherited = words if 2 <= len(words) <= 24 and not clause.only_date else inherited
            else:
                places = self._places(clause, mine, quote)
                for indicator in self._read(clause, places, inherited, recent, previous):
                    recent.append(indicator.name)
                    inherited = re.sub("(?:增速|.{2}幅度|涨幅)$", "", indicator.name)
                    yield indicator
            previous = clause

    def _plain(self, clause: Clause, start: int, end: int) -> str:
        """Words of the clause with its dates blanked."""
        words = list(self.text[start:end])
        for date in clause.dates:
            lead = 1 if self.text[date.start - 1 : date.start] in {"到", "至", "于", "截"} else 0
            if not date.base:
                for i in range(max(date.start - lead, start), min(date.end, end)):
                    words[i - start] = "\0"
        return "".join(words)

    def _places(self, clause: Clause, mine: list[Quantity], quote: int) -> list[Place]:
        places = []
        some = any(q.kind == COUNT and q.value > 1 for q in mine)
        for i, quantity in enumerate(mine):
            before_at = max(clause.start, mine[i - 1].right if i else clause.start)
            after_at = min(clause.end, mine[i + 1].left if i + 1 < len(mine) else clause.end)
            quoted = False
            for start, end in self.quoted[quote:]:
                if start > quantity.start:
                    break
                quoted = quoted or quantity.start < end
            places.append(
                Place(
                    self.text,
                    clause,
                    quantity,
                    before=self.text[before_at : quantity.start] if before_at <= quantity.start else "",
                    after=self.text[quantity.right : after_at],
                    lead=self.text[clause.start : quantity.start],
                    previous=mine[i - 1] if i else None,
                    next=mine[i + 1] if i + 1 < len(mine) else None,
                    quoted=quoted,
                    listed=some and len(mine) > 2,
                    spelled_out=self.spelled_out,
                )
            )
        return places

    def _read(
        self, clause: Clause, places: list[Place], inherited: str, recent: list[str], previous: Clause | None
    ) -> Iterator[Indicator]:
        kept = [place for place in places if not refused(place)]
        i = 0
        while i < len(kept):
            group = [kept[i]]
            while i + len(group) < len(kept) and self._joined(group[-1], kept[i + len(group)]):
                group.append(kept[i + len(group)])
            yield from self._group(clause, group, inherited, recent, previous)
            i += len(group)

    def _joined(self, one: Place, two: Place) -> bool:
        between = self.text[one.quantity.right : two.quantity.left]
        return between in _JOIN and "分别" in one.before

    def _group(
        self, clause: Clause, group: list[Place], inherited: str, recent: list[str], previous: Clause | None
    ) -> Iterator[Indicator]:
        first = group[0]
        before = self._plain(clause, first.quantity.start - len(first.before), first.quantity.start)
        names, years = self._names(clause, group, before, inherited, recent)
        if len(group) == 1:
            for name in names:
                yield self._indicator(clause, first, name, previous)
            return
        for k, place in enumerate(group):
            indicator = self._indicator(clause, place, names[k % len(names)], previous)
            if years:
                indicator.deadline, indicator.frequency = str(years[k]), None
                indicator.traits = (*indicator.traits, Trait.PER_YEAR)
            yield indicator

    def _names(
        self, clause: Clause, group: list[Place], before: str, inherited: str, recent: list[str]
    ) -> tuple[list[str], tuple[int, ...]]:
        """Names for the amounts of a group (or several for one shared amount), and the years of a series."""
        place = group[0]
        head = before.split("分别")[0] if "分别" in before else before
        parts = conjuncts(subject(head))
        if len(group) > 1:
            if len(parts) == len(group):
                return [
                    name_of(p, self._instead(before, part), inherited)
                    for p, part in zip(group, parts, strict=True)
                ], ()
            if len(clause.years) == len(group):
                return [name_of(place, before, inherited)], clause.years
            if len(parts) < 2 and len(recent) >= len(group) and not subject(head):
                return [name_of(place, before, old) for old in recent[-len(group) :]], ()
            return [name_of(place, before, inherited)], ()
        shared = self._shared(place, before, parts)
        if shared:
            return [name_of(place, self._instead(before, part), inherited) for part in shared], ()
        return [name_of(place, before, inherited)], ()

    def _instead(self, before: str, part: str) -> str:
        """The words before an amount with one of the joined subjects in place of all."""
        tail = (
            before.rsplit("分别", 1)[1]
            if "分别" in before
            else re.search("(?:增长|下降|提高|降低|减少|增加|削减|达到|达|均|各)*$", before)
        )
        return part + (tail if isinstance(tail, str) else tail[0] if tail else "")

    def _shared(self, place: Place, before: str, parts: list[str]) -> list[str]:
        """The subjects that share one amount: A率、B率达到95%, A和B各1个, 三个100%."""
        if len(parts) < 2:
            return []
        if re.search(
            "(?:各|分别(?:达到|达|为|实现)?)$",
            before[: len(before) - (place.quantity.start - place.quantity.left)] or before,
        ) and (place.previous is None or place.quantity.kind == COUNT):
            return parts
        if place.quantity.kind in {RATIO, COVERAGE} or place.quantity.bound or place.quantity.comparator:
            each = measured(parts)
            if len(each) > 1:
                return each
            said = re.search(
                r"(\d{1,2}|[二两三四五六七八九十])个100%",
                self.text[max(0, place.clause.start - 60) : place.quantity.start],
            )
            if said and place.quantity.value == 100:
                return parts if str(len(parts)) == said[1] else []
        return []

    def _indicator(self, clause: Clause, place: Place, name: str, previous: Clause | None) -> Indicator:
        quantity = place.quantity
        result = self._is_result(clause)
        deadline, yearly = clause.governed(quantity.start, self.text)
        if not deadline and self.part.deadline:
            deadline = self.part.deadline
        if re.search("年均|年平均|平均每年|年递增", place.before):
            yearly = True
        return Indicator(
            name=name,
            kind="result" if result else "target",
            comparator=_comparator(quantity, result),
            value=quantity.value,
            unit=quantity.unit,
            span=self._quote(clause, quantity, previous),
            value_span=self.view.span(quantity.start, quantity.end),
            deadline=None if result else deadline,
            frequency="yearly" if yearly else None,
            strength=clause.strength,
            upper=quantity.upper,
            task=self.part.task,
        )

    def _is_result(self, clause: Clause) -> bool:
        if clause.past is not None:
            return clause.past
        if self.past is not None:
            return self.past
        return self.heading.kind == "work_report"

    def _quote(self, clause: Clause, quantity: Quantity, previous: Clause | None) -> Span:
        start, end = clause.start, clause.end
        if previous and previous.only_date and previous.sentence == clause.sentence:
            start = previous.start
        at = self.view.at
        while start < quantity.left and (
            at[end - 1] + 1 - at[start] > LONGEST_QUOTE or self._broken(start, quantity.left)
        ):
            cut = self.text.find("、", start, quantity.left)
            start = cut + 1 if cut >= 0 and cut + 1 < quantity.left else min(start + 8, quantity.left)
        while end > quantity.right and (
            at[end - 1] + 1 - at[start] > LONGEST_QUOTE or self._broken(quantity.right - 1, end)
        ):
            end -= 1
        return self.view.span(start, end)

    def _broken(self, start: int, end: int) -> bool:
        """Whether masked text lies between."""
        at, source = self.view.at, self.view.source
        gaps = (
            source[at[i] + 1 : at[i + 1]].strip()
            for i in range(start, min(end, len(at)) - 1)
            if at[i + 1] - at[i] > 1
        )
        return any(gap and gap[0] not in "(（" for gap in gaps)


def _apart(amounts: list[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for amount in amounts:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _comparator(quantity: Quantity, result: bool) -> str:
    if quantity.comparator:
        return quantity.comparator
    if quantity.value == 100 and quantity.unit == "%":
        return "="
    if result:
        return "="
    return "<=" if quantity.bound == "down" else ">="
