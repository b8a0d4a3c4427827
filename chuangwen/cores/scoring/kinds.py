"""What an item asks, what a marker may answer, and what that is worth: 0 to 1, exact, rounded once to nano.

Rules and marks are JSON. Thousandths (`_milli`) are whole numbers; measured values are texts ("4.5") or
numbers. `key` is a short name that stays (letters of any script, digits, `_`, `-`); `title` is for people
and may be left out. Each kind with its rule, a mark, and what it is worth:

    yes_no          {}
                    {"met": true}                                   1 or 0
    k_of_n          {"n": 5}
                    {"k": 3}                                        k / n
    deductions      {"faults": [{"key": "litter", "title": "垃圾", "each_milli": 200}, …], "floor_milli": 0}
                    {"counts": {"litter": 2, …}}                    1 − Σ each × count, not below the floor
    grades          {"grades": [{"key": "A", "title": "优", "weight_milli": 1000}, {"key": "B", …}, …]}
                    {"grade": "A"}                                  the weight of the grade; the best is 1000
    measured        {"unit": "个", "comparator": ">=", "value": "5"}
                    {"value": "4"}                                  1 or 0
      with steps    {"unit": "%", "comparator": ">=", "steps": [{"value": "30", "weight_milli": 1000},
                                                                {"value": "20", "weight_milli": 500}]}
                    {"value": "24.5"}                               the first step that holds, else 0
    observed        {"least": 20}
                    {"seen": 40, "compliant": 30}                   compliant / seen; fewer seen than `least`:
                                                                    not applicable, "too_few_seen"
    all_or_nothing  {"parts": [{"key": "fence", "title": "围挡"}, …]}
                    {"met": {"fence": true, …}}                     1 if every part is met, else 0
    hotline         {"parts": [{"key": "answered", "title": "接通", "share_milli": 400}, …]}
                    {"met": {"answered": true, …}}                  Σ shares that are met; all make 1000

- Every rule may have "met_from_milli" (1 to 1000, default 1000): from which worth on the item counts as
  met. A critical item that is not met caps or fails its point (`rollup`).
- Every kind takes the mark {"na": "why"}: not applicable, with a reason of 1 to 200 characters.
- Every fault is counted and every part is answered: what is left out is refused, for it is not known to be
  none.
- Comparators: >= > = <= <. Steps are written best first; each asks less than the one before.
- A field that is not named here is refused.

`Rule.data` and `Mark.data` are the same JSON in its full form: read again, they give the same. Refusals are
BadInput with one of `CODES`; `field` names the place ("faults.2.each_milli"; lists count from 1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from chuangwen.cores.errors import BadInput

from .scale import MILLI, NANO, half_up


class Kind(StrEnum):
    YES_NO = "yes_no"
    K_OF_N = "k_of_n"
    DEDUCTIONS = "deductions"
    GRADES = "grades"
    MEASURED = "measured"
    OBSERVED = "observed"
    ALL_OR_NOTHING = "all_or_nothing"
    HOTLINE = "hotline"


CODES: Final = {
    "scoring.kind_unknown": "kind",
    "scoring.rule_not_an_object": "field",
    "scoring.rule_field_missing": "field",
    "scoring.rule_field_unknown": "field",
    "scoring.rule_not_whole": "field, least, most",
    "scoring.rule_not_a_number": "field",
    "scoring.rule_not_a_text": "field, most",
    "scoring.rule_not_a_key": "field",
    "scoring.rule_not_one_of": "field, allowed",
    "scoring.rule_not_a_list": "field, least, most",
    "scoring.rule_key_twice": "field, key",
    "scoring.rule_shares": "total (thousandths; must be 1000)",
    "scoring.rule_no_full_grade": "the best grade is not worth 1000",
    "scoring.rule_steps_order": "field",
    "scoring.rule_value_or_steps": "both or neither are given",
    "scoring.mark_not_an_object": "field",
    "scoring.mark_field_missing": "field",
    "scoring.mark_field_unknown": "field",
    "scoring.mark_not_whole": "field, least, most",
    "scoring.mark_not_a_number": "field",
    "scoring.mark_not_a_text": "field, most",
    "scoring.mark_not_one_of": "field, allowed",
    "scoring.mark_not_yes_or_no": "field",
    "scoring.mark_na_and_more": "a mark that is not applicable says nothing else",
}
"""Every refusal of this module, with its parameters."""

COMPARATORS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    ">=": lambda value, bound: value >= bound,
    ">": lambda value, bound: value > bound,
    "=": lambda value, bound: value == bound,
    "<=": lambda value, bound: value <= bound,
    "<": lambda value, bound: value < bound,
}
MOST_COUNT, MOST_LIST, MOST_REASON, MOST_TITLE = 10**6, 40, 200, 200
TOO_FEW_SEEN = "too_few_seen"
_KEY = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True)
class Choice:
    """A fault, a grade, a step or a part: `milli` is its deduction, weight or share; `bound` is a step's."""

    key: str
    title: str = ""
    milli: int = 0
    bound: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What an item asks. `choices`: its faults, grades, steps or parts in order; the rest as in the JSON."""

    kind: Kind
    data: Mapping[str, Any] = field(compare=False)
    choices: tuple[Choice, ...] = ()
    n: int = 0
    least: int = 0
    floor_milli: int = 0
    unit: str = ""
    comparator: str = ""
    met_from_milli: int = MILLI

    def met(self, nano: int) -> bool:
        """Whether a rate counts as met, where the item is critical."""
        return nano * MILLI >= self.met_from_milli * NANO


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A marker's answer. `na` is the reason why the item does not apply, "" where it does."""

    data: Mapping[str, Any] = field(compare=False)
    na: str = ""
    number: int = 0  # k, or compliant
    seen: int = 0
    value: Decimal = Decimal(0)
    key: str = ""
    counts: tuple[int, ...] = ()  # in the order of the rule's choices; parts: 1 or 0


@dataclass(frozen=True)
class Rated:
    nano: int


@dataclass(frozen=True)
class NotApplicable:
    """`reason` is the marker's own, or "too_few_seen"."""

    reason: str


Outcome = Rated | NotApplicable


def parse_rule(kind: str, data: object) -> Rule:
    """The rule of an item. Raises BadInput with one of CODES."""
    if kind not in _RULES:
        raise BadInput("scoring.kind_unknown", kind=str(kind))
    read = _Reader("rule", data)
    from_milli = read.whole("met_from_milli", 1, MILLI, default=MILLI)
    more = _RULES[Kind(kind)](read)
    read.close()
    if from_milli != MILLI:
        read.out["met_from_milli"] = from_milli
    return Rule(kind=Kind(kind), data=read.out, met_from_milli=from_milli, **more)


def parse_mark(rule: Rule, data: object) -> Mark:
    """A mark for an item with this rule. Raises BadInput with one of CODES."""
    read = _Reader("mark", data)
    if "na" in read.data:
        reason = read.text("na", MOST_REASON, least=1)
        if len(read.data) > 1:
            raise BadInput("scoring.mark_na_and_more")
        return Mark(data=read.out, na=reason)
    more = _MARKS[rule.kind](rule, read)
    read.close()
    return Mark(data=read.out, **more)


def rate(rule: Rule, mark: Mark) -> Outcome:
    """What a mark is worth."""
    if mark.na:
        return NotApplicable(mark.na)
    worth = _WORTH[rule.kind](rule, mark)
    if worth is None:
        return NotApplicable(TOO_FEW_SEEN)
    return Rated(half_up(worth.numerator * NANO, worth.denominator))


class _Reader:
    """An object of JSON: each field is read once, what is left over is refused. `out` is its full form."""

    def __init__(self, what: str, data: object, place: str = "") -> None:
        self.what, self.place = what, place
        self.out: dict[str, Any] = {}
        if not isinstance(data, Mapping):
            raise self._bad("not_an_object", "")
        self.data: Mapping[str, Any] = data
        self._left = dict.fromkeys(str(name) for name in data)

    def _bad(self, code: str, name: str, **params: object) -> BadInput:
        return BadInput(f"scoring.{self.what}_{code}", field=f"{self.place}{name}".rstrip("."), **params)

    def _take(self, name: str, default: object = None) -> Any:
        self._left.pop(name, None)
        if name not in self.data:
            if default is None:
                raise self._bad("field_missing", name)
            return default
        return self.data[name]

    def close(self) -> None:
        for name in self._left:
            raise self._bad("field_unknown", name)

    def whole(self, name: str, least: int, most: int, *, default: int | None = None) -> int:
        value = self._take(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._bad("not_whole", name, least=least, most=most)
        if default is None:
            self.out[name] = value
        return value

    def decimal(self, name: str) -> Decimal:
        value = self._take(name)
        if isinstance(value, (int, float, str)) and not isinstance(value, bool):
            try:
                number = Decimal(str(value).strip().replace("_", "?"))
            except InvalidOperation:
                number = Decimal("NaN")
            if number.is_finite() and abs(number) < 10**12 and number == round(number, 9):
                self.out[name] = str(value).strip()
                return number
        raise self._bad("not_a_number", name)

    def text(self, name: str, most: int, *, least: int = 0) -> str:
        value = self._take(name, "" if not least else None)
        if not isinstance(value, str) or not least <= len(value.strip()) <= most:
            raise self._bad("not_a_text", name, most=most)
        if name in self.data:
            self.out[name] = value.strip()
        return value.strip()

    def key(self) -> str:
        value = self._take("key")
        if not isinstance(value, str) or not _KEY.fullmatch(value):
            raise self._bad("not_a_key", "key")
        self.out["key"] = value
        return value

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        value = self._take(name)
        if not isinstance(value, str) or value not in allowed:
            raise self._bad("not_one_of", name, allowed=", ".join(allowed))
        self.out[name] = value
        return value

    def yes(self, name: str) -> bool:
        value = self._take(name)
        if not isinstance(value, bool):
            raise self._bad("not_yes_or_no", name)
        self.out[name] = value
        return value

    def inner(self, name: str) -> _Reader:
        inside = _Reader(self.what, self._take(name), f"{self.place}{name}.")
        self.out[name] = inside.out
        return inside

    def choices(self, name: str, read: Callable[[_Reader], Choice], *, least: int = 1) -> tuple[Choice, ...]:
        value = self._take(name)
        if not isinstance(value, (list, tuple)) or not least <= len(value) <= MOST_LIST:
            raise self._bad("not_a_list", name, least=least, most=MOST_LIST)
        found: list[Choice] = []
        self.out[name] = []
        for number, data in enumerate(value, 1):
            row = _Reader(self.what, data, f"{self.place}{name}.{number}.")
            choice = read(row)
            row.close()
            if any(choice.key == other.key for other in found):
                raise self._bad("key_twice", f"{name}.{number}", key=choice.key)
            found.append(choice)
            self.out[name].append(row.out)
        return tuple(found)


def _choice(milli: str = "", least: int = 0) -> Callable[[_Reader], Choice]:
    def read(row: _Reader) -> Choice:
        key, title = row.key(), row.text("title", MOST_TITLE)
        return Choice(key, title, row.whole(milli, least, MILLI) if milli else 0)

    return read


def _step(row: _Reader) -> Choice:
    bound = row.decimal("value")
    return Choice(str(bound.normalize()), milli=row.whole("weight_milli", 1, MILLI), bound=bound)


def _deductions_rule(read: _Reader) -> dict[str, Any]:
    faults = read.choices("faults", _choice("each_milli", 1))
    floor = read.whole("floor_milli", 0, MILLI - 1, default=0)
    read.out["floor_milli"] = floor
    return {"choices": faults, "floor_milli": floor}


def _grades_rule(read: _Reader) -> dict[str, Any]:
    grades = read.choices("grades", _choice("weight_milli"), least=2)
    if max(grade.milli for grade in grades) != MILLI:
        raise BadInput("scoring.rule_no_full_grade")
    return {"choices": grades}


def _measured_rule(read: _Reader) -> dict[str, Any]:
    unit, comparator = read.text("unit", 20), read.one_of("comparator", tuple(COMPARATORS))
    if ("value" in read.data) == ("steps" in read.data):
        raise BadInput("scoring.rule_value_or_steps")
    if "value" in read.data:
        steps: tuple[Choice, ...] = (Choice("value", milli=MILLI, bound=read.decimal("value")),)
    else:
        steps = read.choices("steps", _step)
        for number, (better, worse) in enumerate(pairwise(steps), 2):
            rises, falls = worse.bound > better.bound, worse.bound < better.bound
            asks_less = falls if comparator in {">=", ">"} else rises if comparator in {"<=", "<"} else True
            if worse.milli >= better.milli or not asks_less:
                raise BadInput("scoring.rule_steps_order", field=f"steps.{number}")
    return {"choices": steps, "unit": unit, "comparator": comparator}


def _hotline_rule(read: _Reader) -> dict[str, Any]:
    parts = read.choices("parts", _choice("share_milli", 1))
    total = sum(part.milli for part in parts)
    if total != MILLI:
        raise BadInput("scoring.rule_shares", total=total)
    return {"choices": parts}


_RULES: Final[Mapping[Kind, Callable[[_Reader], dict[str, Any]]]] = {
    Kind.YES_NO: lambda read: {},
    Kind.K_OF_N: lambda read: {"n": read.whole("n", 1, MOST_COUNT)},
    Kind.DEDUCTIONS: _deductions_rule,
    Kind.GRADES: _grades_rule,
    Kind.MEASURED: _measured_rule,
    Kind.OBSERVED: lambda read: {"least": read.whole("least", 1, MOST_COUNT)},
    Kind.ALL_OR_NOTHING: lambda read: {"choices": read.choices("parts", _choice(), least=2)},
    Kind.HOTLINE: _hotline_rule,
}


def _counts_mark(rule: Rule, read: _Reader) -> dict[str, Any]:
    counts = read.inner("counts")
    found = tuple(counts.whole(fault.key, 0, MOST_COUNT) for fault in rule.choices)
    counts.close()
    return {"counts": found}


def _parts_mark(rule: Rule, read: _Reader) -> dict[str, Any]:
    parts = read.inner("met")
    found = tuple(int(parts.yes(part.key)) for part in rule.choices)
    parts.close()
    return {"counts": found}


def _observed_mark(rule: Rule, read: _Reader) -> dict[str, Any]:
    seen = read.whole("seen", 0, MOST_COUNT)
    return {"seen": seen, "number": read.whole("compliant", 0, seen)}


_MARKS: Final[Mapping[Kind, Callable[[Rule, _Reader], dict[str, Any]]]] = {
    Kind.YES_NO: lambda rule, read: {"counts": (int(read.yes("met")),)},
    Kind.K_OF_N: lambda rule, read: {"number": read.whole("k", 0, rule.n)},
    Kind.DEDUCTIONS: _counts_mark,
    Kind.GRADES: lambda rule, read: {"key": read.one_of("grade", [grade.key for grade in rule.choices])},
    Kind.MEASURED: lambda rule, read: {"value": read.decimal("value")},
    Kind.OBSERVED: _observed_mark,
    Kind.ALL_OR_NOTHING: _parts_mark,
    Kind.HOTLINE: _parts_mark,
}


def _deducted(rule: Rule, mark: Mark) -> Fraction:
    lost = sum(fault.milli * count for fault, count in zip(rule.choices, mark.counts, strict=True))
    return Fraction(max(MILLI - lost, rule.floor_milli), MILLI)


def _stepped(rule: Rule, mark: Mark) -> Fraction:
    holds = COMPARATORS[rule.comparator]
    return Fraction(next((step.milli for step in rule.choices if holds(mark.value, step.bound)), 0), MILLI)


_WORTH: Final[Mapping[Kind, Callable[[Rule, Mark], Fraction | None]]] = {
    Kind.YES_NO: lambda rule, mark: Fraction(mark.counts[0]),
    Kind.K_OF_N: lambda rule, mark: Fraction(mark.number, rule.n),
    Kind.DEDUCTIONS: _deducted,
    Kind.GRADES: lambda rule, mark: Fraction(
        next(grade.milli for grade in rule.choices if grade.key == mark.key), MILLI
    ),
    Kind.MEASURED: _stepped,
    Kind.OBSERVED: lambda rule, mark: Fraction(mark.number, mark.seen) if mark.seen >= rule.least else None,
    Kind.ALL_OR_NOTHING: lambda rule, mark: Fraction(int(all(mark.counts))),
    Kind.HOTLINE: lambda rule, mark: Fraction(
        sum(part.milli for part, met in zip(rule.choices, mark.counts, strict=True) if met), MILLI
    ),
}
