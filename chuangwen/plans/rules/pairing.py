"""Which row of one content is which row of another: by number and title, by name and unit, by the words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from .content import Content, IndicatorRow, Row, TaskRow
from .likeness import bigrams, likeness, normal

ENOUGH = 0.5  # share of bigrams from which two titles or sentences are taken for one
Pairs = dict[int, int]  # index in the old list -> index in the new one


def pair_titles(old: Sequence[Any], new: Sequence[Any]) -> Pairs:
    """Pairs rows with a title: the same title first, then the likest, a same number counting a little."""
    pairs = _exact(old, new, {}, lambda row: normal(row.title))
    taken = set(pairs.values())
    free = [(j, _words(row), getattr(row, "number", "")) for j, row in enumerate(new) if j not in taken]
    scores = []
    for i, row in enumerate(old):
        if i not in pairs:
            words, number = _words(row), getattr(row, "number", "")
            for j, other, other_number in free:
                bonus = 0.2 if number and number == other_number else 0.0
                scores.append((max(map(likeness, words, other)) + bonus, i, j))
    return _greedy(pairs, scores)


def pair_exactly(old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], Hashable]) -> Pairs:
    """Pairs rows with the same key, in order."""
    return _exact(old, new, {}, key)


def pair_indicators(
    old: Content,
    new: Content,
    tasks: dict[str, str],
    words: Callable[[Row], str],
    new_words: Callable[[Row], str],
) -> Pairs:
    """Pairs indicators: in the same task by name, unit and values, then by their words; at last across tasks.

    `tasks` gives the key in `new` of each task of `old`; `words` and `new_words` the quote of a row.
    """

    def home(row: IndicatorRow) -> str:
        return tasks.get(row.tasks[0], "gone") if row.tasks else ""

    def new_home(row: IndicatorRow) -> str:
        return row.tasks[0] if row.tasks else ""

    pairs: Pairs = {}
    a, b = old.indicators, new.indicators
    for key in (_values, _name_and_unit, _name):
        pairs = _exact(a, b, pairs, _both(home, key), _both(new_home, key))
    scores = [
        (likeness(bigrams(_letters(words(row))), bigrams(_letters(new_words(other)))), i, j)
        for i, row in enumerate(a)
        if i not in pairs
        for j, other in enumerate(b)
        if home(row) == new_home(other)
    ]
    pairs = _greedy(pairs, scores)
    return _exact(a, b, pairs, _name_and_unit, _name_and_unit)


def _both(first: Callable[[Any], Hashable], second: Callable[[Any], Hashable]) -> Callable[[Any], Hashable]:
    return lambda row: (first(row), second(row))


def _words(row: Any) -> tuple[frozenset[str], ...]:
    return (bigrams(row.title), bigrams(row.text)) if isinstance(row, TaskRow) else (bigrams(row.title),)


def _letters(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())


def _values(row: IndicatorRow) -> Hashable:
    return (_name_and_unit(row), tuple((t.deadline, t.comparator, t.value, t.upper) for t in row.targets))


def _name_and_unit(row: IndicatorRow) -> Hashable:
    return (normal(row.name), row.unit_of_measure)


def _name(row: IndicatorRow) -> Hashable:
    return normal(row.name)


def _exact(
    old: Sequence[Any],
    new: Sequence[Any],
    pairs: Pairs,
    key: Callable[[Any], Hashable],
    new_key: Callable[[Any], Hashable] | None = None,
) -> Pairs:
    """Pairs what has the same key and no partner yet, in order."""
    taken = set(pairs.values())
    free: dict[Hashable, list[int]] = {}
    for j, row in enumerate(new):
        if j not in taken:
            free.setdefault((new_key or key)(row), []).append(j)
    found = dict(pairs)
    for i, row in enumerate(old):
        if i not in found and (partners := free.get(key(row))):
            found[i] = partners.pop(0)
    return found


def _greedy(pairs: Pairs, scores: Iterable[tuple[float, int, int]]) -> Pairs:
    """Pairs the likest that have no partner yet, as long as they are like enough."""
    found, taken = dict(pairs), set(pairs.values())
    for score, i, j in sorted(scores, key=lambda one: (-one[0], one[1], one[2])):
        if score < ENOUGH:
            break
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found
