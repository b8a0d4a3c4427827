"""How well a reading agrees with what is really in a document: hits, and how many there were to hit.

Figures: `detect` (an indicator is found: value, unit and kind agree and the quotes overlap), `exact` (so do
comparator, deadline and frequency), `tasks` and `programs` (title alike), `assign` (unit or person and role
on a found task), `fields` (of the document), `goals` and `mechanisms` (words alike), `damage` (a doubt
overlaps the place), `noise` (share of the noise of which nothing reached the reading).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
TERMS = ("comparator", "deadline", "frequency")
LONGEST_QUOTE = 160
PIECE = 8  # so many characters of a string of noise give it away


@dataclass(slots=True)
class Tally:
    """What was found of what there is (`gold`), and how much was told in all."""

    hit: int = 0
    gold: int = 0
    told: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hit + other.hit, self.gold + other.gold, self.told + other.told)

    @property
    def f1(self) -> float:
        """1 where there was nothing to find and nothing was told."""
        if not self.gold and not self.told:
            return 1.0
        precision = self.hit / self.told if self.told else 0.0
        recall = self.hit / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if self.hit else 0.0


@dataclass(slots=True)
class Score:
    """One tally for each figure; of the indicators, also which were missed and which are in excess."""

    tallies: dict[str, Tally]
    missed: list[Record] = field(default_factory=list)
    extra: list[Record] = field(default_factory=list)


def pooled(scores: Iterable[Score]) -> dict[str, float]:
    """F1 of each figure over all the documents together."""
    pool: dict[str, Tally] = {}
    for one in scores:
        pool = {name: pool.get(name, Tally()) + tally for name, tally in one.tallies.items()}
    return {name: tally.f1 for name, tally in pool.items()}


def score(text: str, gold: Record, told: Record) -> Score:
    """Compares a reading as JSON (`told`) with the annotation of the same text (`gold`)."""
    indicators, told_indicators = gold["indicators"], told.get("indicators") or []
    pairs = _pair_indicators(text, indicators, told_indicators)
    exact = sum(_same_terms(indicators[i], told_indicators[j]) == len(TERMS) for i, j in pairs)
    sizes = (len(indicators), len(told_indicators))
    tasks, told_tasks = gold["tasks"], told.get("tasks") or []
    paired = _pair_tasks(tasks, told_tasks)
    document, said = gold.get("document") or {}, told.get("document") or {}
    tallies = {
        "detect": Tally(len(pairs), *sizes),
        "exact": Tally(exact, *sizes),
        "tasks": Tally(len(paired), len(tasks), len(told_tasks)),
        "assign": Tally(
            sum(len(_roles(tasks[i]) & _roles(told_tasks[j])) for i, j in paired),
            sum(len(_roles(task)) for task in tasks),
            sum(len(_roles(task)) for task in told_tasks),
        ),
        "programs": _alike_tally(gold, told, "actions", "title", 0.7),
        "fields": _fields(document, said),
        "goals": _alike_tally(document, said, "goals", "title", 0.5),
        "mechanisms": _alike_tally(gold, told, "mechanisms", "quote", 0.5),
        "damage": _damage(text, gold, told),
        "noise": _noise(gold, told),
    }
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    return Score(
        tallies,
        [item for i, item in enumerate(indicators) if i not in found],
        [item for j, item in enumerate(told_indicators) if j not in used],
    )


def plain(words: str | None) -> str:
    """Words without white space and punctuation, full-width characters folded."""
    return re.sub(r"[\s，,。；;、：:“”\"'‘’《》()（）]", "", unicodedata.normalize("NFKC", words or ""))


def alike(one: str | None, other: str | None) -> float:
    """0 to 1: the share of pairs of neighbouring characters (Dice); at least 0.8 if one holds the other."""
    a, b = plain(one), plain(other)
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return max(0.8, 2 * min(len(a), len(b)) / (len(a) + len(b)))
    x, y = _pairs_of_characters(a), _pairs_of_characters(b)
    return 2 * (x & y).total() / (x.total() + y.total())


def _pairs_of_characters(words: str) -> Counter[str]:
    return Counter(words[i : i + 2] for i in range(len(words) - 1)) or Counter([words])


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    if not quote:
        return []
    return [(m.start(), m.start() + len(quote)) for m in re.finditer(f"(?={re.escape(quote)})", text)]


def _overlap(one: Iterable[tuple[int, int]], other: Sequence[tuple[int, int]]) -> bool:
    return any(start < end2 and start2 < end for start, end in one for start2, end2 in other)


def _pair_indicators(text: str, gold: Sequence[Record], told: Sequence[Record]) -> list[tuple[int, int]]:
    """Pairs of positions, each used once, those that agree on most terms and on the name first."""
    options: list[tuple[int, float, int, int]] = []
    for i, item in enumerate(gold):
        places = _places(text, item["quote"])
        for j, other in enumerate(told):
            span = _span(text, other)
            if span and _overlap([span], places) and _same_value(item, other):
                options.append((-_same_terms(item, other), -alike(item["name"], other.get("name")), i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(options):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _span(text: str, told: Record) -> tuple[int, int] | None:
    """Where a told indicator stands; None unless its quote is the text there and short enough."""
    start, end = told.get("start"), told.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    fits = 0 <= start < end <= start + LONGEST_QUOTE and text[start:end] == told.get("quote")
    return (start, end) if fits else None


def _same_value(gold: Record, told: Record) -> bool:
    value = told.get("value")
    if value is None or abs(float(gold["value"]) - float(value)) > 1e-9 * max(1.0, abs(float(value))):
        return False
    return _unit(gold) == _unit(told) and gold["kind"] == told.get("kind")


def _unit(item: Record) -> str:
    unit = unicodedata.normalize("NFKC", (item.get("unit") or "").strip())
    return {"个百分点": "百分点", "pct": "%"}.get(unit, unit)


def _same_terms(gold: Record, told: Record) -> int:
    return sum((gold.get(term) or None) == (told.get(term) or None) for term in TERMS)


def _pair_tasks(gold: Sequence[Record], told: Sequence[Record]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    rest = list(range(len(told)))
    for i, task in enumerate(gold):
        number = plain(task.get("number"))
        options = [j for j in rest if not number or number == plain(told[j].get("number"))]
        likeness = {j: alike(task["title"], told[j].get("title")) for j in options}
        best = max(options, key=lambda j: likeness[j], default=None)
        if best is not None and likeness[best] >= 0.7:
            rest.remove(best)
            pairs.append((i, best))
    return pairs


def _roles(task: Record) -> set[tuple[str, str]]:
    named = {("lead", plain(unit)) for unit in task.get("lead_units") or []}
    named |= {("member", plain(unit)) for unit in task.get("member_units") or []}
    return named | ({("leader", plain(task["lead_leader"]))} if task.get("lead_leader") else set())


def _texts(record: Record, key: str, part: str) -> list[str]:
    items = record.get(key) or []
    return [str((item.get(part) if isinstance(item, Mapping) else item) or "") for item in items]


def _alike_tally(gold: Record, told: Record, key: str, part: str, least: float) -> Tally:
    """Texts under a key that have a told text alike, each told text used once. A missing key asks nothing."""
    if key not in gold:
        return Tally()
    words, rest = _texts(gold, key, part), _texts(told, key, part)
    sizes, hit = (len(words), len(rest)), 0
    for word in words:
        best = max(rest, key=lambda other: alike(word, other), default=None)
        if best is not None and alike(word, best) >= least:
            rest.remove(best)
            hit += 1
    return Tally(hit, *sizes)


def _fields(document: Record, said: Record) -> Tally:
    keys = [key for key in ("title", "city", "kind", "issued", "period") if key in document]
    hit = sum((document[key] or None) == (said.get(key) or None) for key in keys if key != "title")
    hit += "title" in keys and alike(document["title"], said.get("title")) >= 0.8
    return Tally(hit, len(keys), len(keys))


def _damage(text: str, gold: Record, told: Record) -> Tally:
    """Recall alone: a reader may doubt more than is damaged."""
    doubts = [place for quote in _texts(told, "doubts", "quote") for place in _places(text, quote)]
    damaged = _texts(gold, "damaged", "quote")
    met = sum(_overlap(_places(text, quote), doubts) for quote in damaged)
    return Tally(met, len(damaged), met)


def _noise(gold: Record, told: Record) -> Tally:
    own = {plain((gold.get("document") or {}).get("title"))}
    own |= {plain(title) for key in ("actions", "tasks") for title in _texts(gold, key, "title")}
    words = [word for word in _words(told) if plain(word) not in own]
    quotes = _texts(told, "indicators", "quote")
    right = "\n".join(_texts(gold, "indicators", "quote"))  # noise inside a right quote cannot be left out
    noise = gold.get("noise") or []
    clean = 0
    for string in noise:
        pieces = _pieces(string)
        in_words = any(piece in word for piece in pieces for word in words)
        clean += not in_words and not any(p in quote for p in pieces if p not in right for quote in quotes)
    return Tally(clean, len(noise), len(noise))


def _words(told: Record) -> list[str]:
    """Everything told that noise must not reach, but for the quotes."""
    words = _texts(told.get("document") or {}, "goals", "title") + _texts(told, "indicators", "name")
    words += _texts(told, "actions", "title") + _texts(told, "tasks", "title")
    tasks = told.get("tasks") or []
    return words + [
        unit for task in tasks for key in ("lead_units", "member_units") for unit in task.get(key) or []
    ]


def _pieces(noise: str) -> set[str]:
    noise = noise.strip()
    return {noise[i : i + PIECE] for i in range(max(1, len(noise) - PIECE + 1))}
