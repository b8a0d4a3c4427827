"""The indicators of one stretch of text: its amounts refused or named, and what governs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chuangwen.cores.reading.clauses import Clause, clauses, quoted_spans
from chuangwen.cores.reading.dates import Calendar
from chuangwen.cores.reading.indicators_names import subject
from chuangwen.cores.reading.indicators_refused import Place, refused
from chuangwen.cores.reading.indicators_shared import SERIES, one_each, series, sharing
from chuangwen.cores.reading.indicators_traits import (
    Condition,
    baseline_of,
    conditions,
    may_have_conditions,
    scope_of,
    traits_of,
)
from chuangwen.cores.reading.model import Indicator, Span, Trait
from chuangwen.cores.reading.quantities import COUNT, MONEY, TIME, Quantity, quantities
from chuangwen.cores.reading.quantities_coverage import COVERAGE, coverages
from chuangwen.cores.reading.view import View

LONGEST_QUOTE = 80
NEAR = 150  # how far words beside an amount are looked at, so that work on one stays bounded
_JOINS = {"", "、", "和", "及", "与", "以及", ","}
_PER_YEAR = re.compile("年均(?!值|浓度|气温)|年平均(?=增|提|下|递|降)|平均每年|年递增|每年(?!人)")
_OF_CHANGE = re.compile("(?:增速|..幅度|涨幅|(?:增长|增加|提高|减少|纯增)[额值])$")


@dataclass(slots=True)
class _Spoken:
    """What a sentence has been about so far: names told, and the last name or clause without an amount."""

    sentence: int
    names: list[str] = field(default_factory=list)
    last: list[str | Clause] = field(default_factory=list)


class Stretch:
    """A view without brackets. `past` is what is known of it, `result` what to take where nothing tells."""

    def __init__(
        self, view: View, calendar: Calendar, past: bool | None, result: bool, spelled_out: bool = False
    ) -> None:
        self.view = view
        self.text = view.text
        self.calendar = calendar
        self.past = past
        self.result = result
        self.spelled_out = spelled_out
        self.quoted = quoted_spans(self.text)

    def indicators(self) -> Iterator[Indicator]:
        """From left to right. `task` is not set."""
        amounts = _apart([*quantities(self.text), *coverages(self.text)])
        if not amounts and not may_have_conditions(self.text):
            return
        at = quote = 0
        spoken = _Spoken(-1)
        before: Clause | None = None
        for clause in clauses(self.text, self.calendar, self.past):
            mine = []
            while at < len(amounts) and amounts[at].start < clause.end:
                if amounts[at].start >= clause.start and not self._is_date(clause, amounts[at]):
                    mine.append(amounts[at])
                at += 1
            while quote < len(self.quoted) and self.quoted[quote][1] <= clause.start:
                quote += 1
            if clause.sentence != spoken.sentence:
                spoken = _Spoken(clause.sentence)
            told = list(self._read(clause, mine, quote, spoken, before))
            yield from told
            yield from self._conditions(clause, told, spoken, before)
            spoken.names += [indicator.name for indicator in told]
            if not told and not clause.only_date:
                spoken.last.append(clause)
            before = clause

    def _is_date(self, clause: Clause, amount: Quantity) -> bool:
        """A year of a date, or a bare 亿元 as in 亿元以上订单, is no amount at all."""
        if amount.lone and amount.kind == MONEY and not amount.bound:
            return True
        return amount.kind in {TIME, "bare"} and any(
            date.start <= amount.start < date.end for date in clause.dates
        )

    def _inherited(self, spoken: _Spoken) -> str:
        """What an amount without a subject of its own is about: 增长8% after 旅游收入达到80亿元."""
        for last in reversed(spoken.last[-3:]):
            words = last if isinstance(last, str) else subject(self._plain(last, last.start, last.end))
            if 2 <= len(words) <= (40 if isinstance(last, str) else 24) and words[0] not in "按据是":
                return words
        return ""

    def _plain(self, clause: Clause, start: int, end: int) -> str:
        """Words of the clause with its dates blanked."""
        words = list(self.text[start:end])
        for date in clause.dates:
            lead = 1 if self.text[date.start - 1 : date.start] in {"到", "至", "于", "截"} else 0
            if not date.base:
                for i in range(max(date.start - lead, start), min(date.end, end)):
                    words[i - start] = "\0"
        return "".join(words)

    def _places(self, clause: Clause, mine: Sequence[Quantity], quote: int) -> Iterator[Place]:
        listed = len(mine) > 2 and any(q.kind == COUNT and q.value > 1 for q in mine)
        for i, quantity in enumerate(mine):
            start = max(clause.start, mine[i - 1].right if i else clause.start)
            end = min(clause.end, mine[i + 1].left if i + 1 < len(mine) else clause.end)
            yield Place(
                self.text,
                clause,
                quantity,
                before=self.text[min(start, quantity.left) : quantity.start],
                after=self.text[quantity.right : end],
                lead=self.text[max(clause.start, quantity.start - NEAR) : quantity.start],
                rest=self.text[quantity.end : min(clause.end, quantity.end + NEAR)],
                previous=mine[i - 1] if i else None,
                next=mine[i + 1] if i + 1 < len(mine) else None,
                quoted=self._in_quotes(quantity, quote),
                listed=listed,
                spelled_out=self.spelled_out or clause.spelled_out,
            )

    def _in_quotes(self, quantity: Quantity, quote: int) -> bool:
        for start, end in self.quoted[quote : quote + 40]:
            if start > quantity.start:
                return False
            if quantity.start < end:
                return True
        return False

    def _read(
        self,
        clause: Clause,
        mine: Sequence[Quantity],
        quote: int,
        spoken: _Spoken,
        before: Clause | None,
    ) -> Iterator[Indicator]:
        kept = [place for place in self._places(clause, mine, quote) if not refused(place)]
        i, told = 0, clause.start
        while i < len(kept):
            group = self._values(clause, kept[i:])
            words = self._plain(clause, min(told, group[0].quantity.left), group[0].quantity.start)
            for indicator in self._group(clause, group, words, spoken, before):
                spoken.last.append(_OF_CHANGE.sub("", indicator.name))
                yield indicator
            i, told = i + len(group), group[-1].quantity.right

    def _values(self, clause: Clause, places: list[Place]) -> list[Place]:
        """The amount and those that follow it in one list of values: 分别50%、60%, or one for each year."""
        group = places[:1]
        for place in places[1:]:
            between = self.text[group[-1].quantity.right : place.quantity.left]
            if between not in _JOINS or (not between and place.quantity.unit != group[0].quantity.unit):
                break
            group.append(place)
        if not SERIES.search(places[0].before) and len(group) != len(clause.years) and not one_each(group):
            return places[:1]
        for place in group[1:]:
            place.quantity.compare_as(group[0].quantity)
        return group

    def _group(
        self,
        clause: Clause,
        group: list[Place],
        words: str,
        spoken: _Spoken,
        before: Clause | None,
    ) -> Iterator[Indicator]:
        first, inherited = group[0], self._inherited(spoken)
        if len(group) == 1:
            for name in sharing(first, words, inherited):
                yield self._indicator(clause, first, name, before)
            return
        names, years = series(group, words, inherited, spoken.names, self.calendar)
        for k, place in enumerate(group):
            indicator = self._indicator(clause, place, names[k], before)
            if _PER_YEAR.search(first.before):
                indicator.frequency = "yearly"
            if years and indicator.kind == "target":
                indicator.deadline, indicator.frequency = str(years[k]), None
            if years:
                indicator.traits = (*indicator.traits, Trait.PER_YEAR)
            yield indicator

    def _indicator(self, clause: Clause, place: Place, name: str, before: Clause | None) -> Indicator:
        quantity = place.quantity
        result = self._is_result(clause)
        deadline, yearly = clause.governed(quantity.start, self.text)
        level = quantity.bound in {"up", "down"} and not place.text.startswith("控制", quantity.left)
        if yearly and level and "每年" not in place.lead:
            yearly = False  # a level to reach is not owed again every year
        if _PER_YEAR.search(place.before):
            yearly = True
        baseline = baseline_of(self.view, clause)
        return Indicator(
            name=name or self.text[clause.start : clause.end][:20],
            kind="result" if result else "target",
            comparator=_comparator(quantity, result),
            value=quantity.value,
            unit=self._unit(quantity),
            span=self._quote(clause, quantity.left, quantity.right, before),
            value_span=self.view.span(quantity.start, quantity.end),
            deadline=None if result else deadline,
            frequency="yearly" if yearly else None,
            strength=None if result else clause.strength,
            scope=scope_of(place.lead),
            baseline=baseline,
            upper=quantity.upper,
            traits=traits_of(place, name, yearly, baseline),
        )

    def _conditions(
        self, clause: Clause, told: list[Indicator], spoken: _Spoken, before: Clause | None
    ) -> Iterator[Indicator]:
        """Targets without a number; a class that stands behind 全部达到 belongs to that coverage."""
        for condition in conditions(self.text, clause):
            place = self.view.span(condition.start, condition.end)
            same = next((each for each in told if _touch(each.value_span, place)), None)
            if same:
                same.words = condition.words
                same.traits = (*same.traits, condition.trait)
            elif not self._is_result(clause):
                yield self._condition(clause, condition, spoken, before)

    def _condition(
        self, clause: Clause, condition: Condition, spoken: _Spoken, before: Clause | None
    ) -> Indicator:
        start, end = condition.start, condition.end
        due, yearly = clause.governed(start, self.text)
        return Indicator(
            name=subject(self._plain(clause, clause.start, start)) or self._inherited(spoken),
            kind="target",
            comparator=condition.comparator,
            value=None,
            unit="",
            span=self._quote(clause, start, end, before),
            value_span=self.view.span(start, end),
            deadline=due,
            frequency="yearly" if yearly else None,
            strength=clause.strength,
            scope=scope_of(self.text[clause.start : start]),
            words=condition.words,
            traits=(condition.trait,),
        )

    def _is_result(self, clause: Clause) -> bool:
        if clause.past is not None:
            return clause.past
        return self.result if self.past is None else self.past

    def _unit(self, quantity: Quantity) -> str:
        """The unit as printed, full-width letters and signs aside."""
        start = quantity.end - len(quantity.unit)
        if self.text[start : quantity.end] != quantity.unit or not quantity.unit:
            return quantity.unit
        printed = self.view.printed(start, quantity.end)
        return "".join(
            plain if char > "\uff00" else char for plain, char in zip(quantity.unit, printed, strict=False)
        )

    def _quote(self, clause: Clause, left: int, right: int, before: Clause | None) -> Span:
        """The clause and a date that stands before it, cut where too long or broken by masked text.

        `left` and `right` bound what must stay in it.
        """
        start, end = clause.start, clause.end
        if before and before.only_date and before.sentence == clause.sentence:
            start = before.start
        start = next((i for i in range(left, start, -1) if self._masked_before(i)), start)
        end = next((i for i in range(right, end) if self._masked_before(i)), end)
        at = self.view.at
        while start < left and at[end - 1] + 1 - at[start] > LONGEST_QUOTE:
            cut = self.text.find("、", start, left)
            start = cut + 1 if 0 <= cut < left - 1 else min(start + 6, left)
        while end > right and at[end - 1] + 1 - at[start] > LONGEST_QUOTE:
            end -= 1
        return self.view.span(start, end)

    def _masked_before(self, i: int) -> bool:
        """Whether more than white space or a bracket was left out of the view before its i-th character."""
        gap = self.view.source[self.view.at[i - 1] + 1 : self.view.at[i]].strip()
        return bool(gap) and gap[0] not in "(（"


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _apart(amounts: list[Quantity]) -> list[Quantity]:
    """Amounts in order, of two that overlap the first."""
    kept: list[Quantity] = []
    for amount in sorted(amounts, key=lambda each: (each.start, each.kind != COVERAGE)):
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _comparator(quantity: Quantity, result: bool) -> str:
    if quantity.comparator:
        return quantity.comparator
    if result or (quantity.value == 100 and quantity.unit == "%"):
        return "="
    return "<=" if quantity.bound == "down" else ">="
