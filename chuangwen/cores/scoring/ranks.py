"""Ranks that say how sure they are: ranges and tiers in a peer group, and what would tell two units apart.

**Told apart.** Two units a, b are told apart when |a − b| > t · √(se_a² + se_b²): the points of two units
are drawn independently of each other. t is Student's two-sided quantile with the degrees of freedom of
Welch and Satterthwaite, for the confidence level^(1 / pairs) (Šidák 1967), so that with the probability
`level` no pair of the group at all is told apart wrongly, and all its ranges hold together. This was chosen
before a joint draw of normal errors, since it needs no random numbers: everybody who repeats it gets the
same. Whether two intervals overlap decides nothing; the difference is judged.

**Range.** From 1 + (units told apart above it) to n − (units told apart below it). A unit without a
standard error (one point in a stratum) has a range from 1 to n, and is told apart from nobody.

**Rank.** 1 + the number of units with a higher score; equal scores (to the nano-point) share a rank.

**Tiers.** From the best downwards: a unit begins a new tier when it is told apart from the first unit of
the tier. Inside a tier nobody should be praised or criticised for a place.

Units whose strata overlap (departments with points in the same stratum) are treated as independent too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf, sqrt

from .rollup import Key
from .scale import NANO
from .variance import Pool, t_quantile


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A unit: its score (`nano` of 1), `se` as a share of 1 (None: there is none), `pools` of its total."""

    key: Key
    nano: int
    se: float | None
    df: float = inf
    pools: Sequence[Pool] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """`rank` by score, shared where `tied`; the true rank is from `first` to `last`; `tier` counts from 1."""

    rank: int
    tied: bool
    first: int
    last: int
    tier: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """What would tell two units apart, if their scores stay as they are.

    `code`: "apart" already; "tied" (equal scores: no number does); "unknown" (no standard error); "points":
    `more` is the number of further points of each, in proportion in all strata; "census": only all points do.
    """

    code: str
    more: tuple[int, int] = (0, 0)


def told_apart(one: Entry, other: Entry, pairs: int = 1, level: float = 0.95) -> bool:
    """Whether the difference of two of a group of so many pairs is more than chance."""
    if one.se is None or other.se is None or one.nano == other.nano:
        return False
    margin = _critical(one, other, pairs, level) * sqrt(one.se**2 + other.se**2)
    return abs(one.nano - other.nano) / NANO > margin


def _critical(one: Entry, other: Entry, pairs: int, level: float) -> float:
    a, b = (one.se or 0.0) ** 2, (other.se or 0.0) ** 2
    terms = sum(v * v / entry.df for v, entry in ((a, one), (b, other)) if v and entry.df != inf)
    df = (a + b) ** 2 / terms if terms else inf
    return t_quantile(level ** (1 / max(pairs, 1)), df)


def ranked(entries: Iterable[Entry], level: float = 0.95) -> dict[Key, Place]:
    """The places of a peer group, the best first; nothing depends on the order of what is given."""
    group = sorted(entries, key=lambda entry: (-entry.nano, str(entry.key)))
    pairs = len(group) * (len(group) - 1) // 2
    places: dict[Key, Place] = {}
    leader, tier = None, 0
    for entry in group:
        apart = [other for other in group if told_apart(entry, other, pairs, level)]
        above = sum(other.nano > entry.nano for other in apart)
        if leader is None or (entry.nano < leader.nano and told_apart(leader, entry, pairs, level)):
            leader, tier = entry, tier + 1
        places[entry.key] = Place(
            rank=1 + sum(other.nano > entry.nano for other in group),
            tied=sum(other.nano == entry.nano for other in group) > 1,
            first=1 + above,
            last=len(group) - (len(apart) - above),
            tier=tier,
        )
    return places


def points_to_separate(one: Entry, other: Entry, pairs: int = 1, level: float = 0.95) -> Apart:
    """How many more points would tell two units apart: every stratum of both grows by the same factor."""
    if one.se is None or other.se is None:
        return Apart(code="unknown")
    if one.nano == other.nano:
        return Apart(code="tied")
    if told_apart(one, other, pairs, level):
        return Apart(code="apart")
    wanted = abs(one.nano - other.nano) / NANO / _critical(one, other, pairs, level)
    low, high = 1.0, max(pool.population / pool.n for entry in (one, other) for pool in entry.pools if pool.n)

    def enough(factor: float) -> bool:
        return sum(_variance(entry.pools, factor) for entry in (one, other)) < wanted * wanted

    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    more = _added(one.pools, high), _added(other.pools, high)
    left = tuple(sum(pool.population - pool.n for pool in entry.pools) for entry in (one, other))
    return Apart(code="census" if more == left else "points", more=more)


def _grown(pool: Pool, factor: float) -> int:
    return min(ceil(pool.n * factor - 1e-9), pool.population)


def _variance(pools: Iterable[Pool], factor: float) -> float:
    """What the variance would be with that many more points of the same spread."""
    total = 0.0
    for pool in pools:
        if pool.variance:
            rest = 1 / pool.n - 1 / pool.population
            total += pool.variance / rest * (1 / _grown(pool, factor) - 1 / pool.population)
    return total


def _added(pools: Iterable[Pool], factor: float) -> int:
    return sum(_grown(pool, factor) - pool.n for pool in pools)
