"""Do two markers see the same? Cohen's κ: agreement beyond what chance would give."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .kinds import Outcome, Rated
from .rollup import Key

Mark = int | str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Of `n` pairs, `same` are equal. `kappa` is None without a pair, or where both always said one and the
    same: then chance alone explains all, and κ is not defined.
    """

    n: int
    same: int
    kappa: Fraction | None


def category(outcome: Outcome) -> Mark:
    """What is compared: the rate in nano-points, or "na" whatever the reason."""
    return outcome.nano if isinstance(outcome, Rated) else "na"


def agreement(pairs: Iterable[tuple[Mark, Mark]]) -> Agreement:
    """κ = (observed − expected) / (1 − expected), unweighted (Cohen 1960); exact."""
    given = list(pairs)
    n, same = len(given), sum(first == second for first, second in given)
    if not n:
        return Agreement(n=0, same=0, kappa=None)
    firsts, seconds = Counter(first for first, _ in given), Counter(second for _, second in given)
    expected = Fraction(sum(count * seconds[mark] for mark, count in firsts.items()), n * n)
    kappa = None if expected == 1 else (Fraction(same, n) - expected) / (1 - expected)
    return Agreement(n=n, same=same, kappa=kappa)


def by_item(pairs: Iterable[tuple[Key, Mark, Mark]]) -> dict[Key, Agreement]:
    """The same for each item: (item, first mark, second mark)."""
    items: dict[Key, list[tuple[Mark, Mark]]] = defaultdict(list)
    for item, first, second in pairs:
        items[item].append((first, second))
    return {item: agreement(found) for item, found in items.items()}
