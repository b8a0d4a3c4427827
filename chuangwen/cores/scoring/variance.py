"""How sure a score is: linearised (Taylor) standard errors under the design, and intervals.

The sample is drawn without replacement in strata (unit × type). For a group, each drawn point p has

    u_p = Σ c · W·(r − R) / D        over the standards s for which p has a value

with R and D = ΣW those of the point's cell (group, s, type of p), and c = ∂total/∂R: the product of the
shares of type, standard, content, category and method among those that have a value. Then

    v = Σ (1 − n/N) · n/(n − 1) · (Σu² − (Σu)²/n)        over the strata

n of the stratum's N points were visited; visited points of other groups, or where nothing applied, are in n
with u = 0. The shares that depend on which parts have a value are taken as given.

- A stratum that is wholly visited (n = N: certainty points, small strata) adds nothing.
- A stratum of which the group has **one** point with a value says nothing of its own spread. All such strata
  of a unit are collapsed into one pool; a single one is collapsed with the next stratum of its unit, or the
  one before where it is the last. In a pool R is the mean over the pool, weighted by c·W/D (Hansen, Hurwitz
  and Madow 1953), and n counts only its points with a value; 1 − n/N is of all that were visited. Differences
  between the types then count as error: the interval is too wide rather than too narrow. A lone stratum
  without a neighbour in its unit gives no interval (`one_point`).
- Degrees of freedom: points with a value, less one for each stratum or pool, over those not wholly visited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from .rollup import GroupScore, Key, Point, PointScore, System
from .scale import NANO


@dataclass(frozen=True, kw_only=True, slots=True)
class Stratum:
    """`population` points in the frame, `visited` of them visited. `position`: the order inside its unit."""

    key: Key
    unit: Key
    position: int
    population: int
    visited: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """A stratum or several: visited `n` of `population`, of which `m` have a value in the group; Σu, Σu²."""

    n: int
    population: int
    m: int
    total: float
    squares: float
    collapsed: bool = False

    @property
    def variance(self) -> float:
        n = self.m if self.collapsed else self.n
        if self.n >= self.population or n < 2:
            return 0.0
        spread = max(self.squares - self.total * self.total / n, 0.0)
        return (1 - self.n / self.population) * n / (n - 1) * spread


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """The standard error of a total as a share of 1, and its degrees of freedom.

    `code` says why there is none: "one_point", "no_points"; with "census" everything was visited and se is 0.
    `n` counts the points with a value in strata that were not wholly visited.
    """

    se: float | None
    df: int
    n: int
    code: str = ""
    collapsed: bool = False


def strata_of(points: Iterable[Point], population: Mapping[Key, tuple[Key, int, int]]) -> list[Stratum]:
    """Strata with what was visited of them. `population`: stratum → (unit, position, points in the frame)."""
    visited: dict[Key, int] = defaultdict(int)
    for point in points:
        visited[point.stratum] += point.visits > 0
    return [
        Stratum(key=key, unit=unit, position=position, population=size, visited=visited[key])
        for key, (unit, position, size) in population.items()
    ]


def pools_of(
    system: System,
    score: GroupScore,
    points: Iterable[Point],
    scored: Mapping[Key, PointScore],
    strata: Iterable[Stratum],
    shares: Mapping[tuple[Key, Key], float] | None = None,
) -> list[Pool]:
    """The sums that the variance of a group's total needs. `points`: those of the group.

    `shares`: c of each cell; by default those of the total (`cell_shares`).
    """
    shares = cell_shares(system, score) if shares is None else shares
    by_stratum: dict[Key, list[Point]] = defaultdict(list)
    for point in points:
        if scored[point.key].standards:
            by_stratum[point.stratum].append(point)
    pools = []
    for together in _collapsed([one for one in strata if one.key in by_stratum], by_stratum):
        members = [point for one in together for point in by_stratum[one.key]]
        means = _pool_means(score, members, scored, shares) if len(together) > 1 else {}
        values = []
        for point in members:
            u = 0.0
            for standard, nano in scored[point.key].standards.items():
                cell = score.cells[standard, point.type]
                mean = means[standard] if means else cell.top / cell.bottom
                u += (
                    shares.get((standard, point.type), 0.0) * point.weight_micro * (nano - mean) / cell.bottom
                )
            values.append(u / NANO)
        pools.append(
            Pool(
                n=sum(one.visited for one in together),
                population=sum(one.population for one in together),
                m=len(members),
                total=sum(values),
                squares=sum(u * u for u in values),
                collapsed=len(together) > 1,
            )
        )
    return pools


def _collapsed(
    strata: Sequence[Stratum], members: Mapping[Key, Sequence[Point]]
) -> Iterable[Sequence[Stratum]]:
    """Strata as they are judged together: see the head of this module."""
    units: dict[Key, list[Stratum]] = defaultdict(list)
    for one in strata:
        if one.visited >= one.population:
            yield [one]
        else:
            units[one.unit].append(one)
    for unit in units.values():
        unit.sort(key=lambda one: one.position)
        together = [one for one in unit if len(members[one.key]) == 1]
        if len(together) == 1 and len(unit) > 1:
            place = unit.index(together[0])
            together.append(unit[place + 1] if place + 1 < len(unit) else unit[place - 1])
        if together:
            yield together
        yield from ([one] for one in unit if one not in together)


def _pool_means(
    score: GroupScore,
    members: Iterable[Point],
    scored: Mapping[Key, PointScore],
    shares: Mapping[tuple[Key, Key], float],
) -> dict[Key, float]:
    tops: dict[Key, float] = defaultdict(float)
    bottoms: dict[Key, float] = defaultdict(float)
    for point in members:
        for standard, nano in scored[point.key].standards.items():
            place = standard, point.type
            weight = shares.get(place, 0.0) * point.weight_micro / score.cells[place].bottom
            tops[standard] += weight * nano
            bottoms[standard] += weight
    return {key: tops[key] / bottom if bottom else 0.0 for key, bottom in bottoms.items()}


def cell_shares(
    system: System, score: GroupScore, node: tuple[str, Key] | None = None
) -> dict[tuple[Key, Key], float]:
    """c of each cell: how much the total moves with its mean. `node` (method, key): instead of the total,
    that node.

    A part score that was given in the place of marks moves with nothing.
    """
    given_methods = {part.method for part in score.given if part.standard is None}
    given_standards = {part.standard for part in score.given}
    below: dict[tuple[str, Key | None], int] = defaultdict(int)
    for method, key in score.nodes:
        one = system.node[key]
        below[method, one.parent] += one.weight_milli
    types: dict[Key, int] = defaultdict(int)
    for standard, kind in score.cells:
        types[standard] += system.type_weights[kind]
    all_methods = sum(system.method_weights.get(name, 0) for name in score.methods)
    shares = {}
    for standard, kind in score.cells:
        method = system.node[standard].method
        if standard in given_standards or (node is None and method in given_methods) or not types[standard]:
            continue
        share = system.type_weights[kind] / types[standard]
        for key in system.paths[standard]:
            if node == (method, key):
                break
            whole = below[method, system.node[key].parent]
            share *= system.node[key].weight_milli / whole if whole else 0.0
        else:
            weight = system.method_weights.get(method, 0)
            share *= 0.0 if node is not None else weight / all_methods if all_methods else 0.0
        shares[standard, kind] = share
    return shares


def spread(pools: Iterable[Pool]) -> Spread:
    """The standard error from the pools of a group."""
    pools = list(pools)
    open_ones = [pool for pool in pools if pool.n < pool.population]
    n = sum(pool.m for pool in open_ones)
    if not pools:
        return Spread(se=None, df=0, n=0, code="no_points")
    if not open_ones:
        return Spread(se=0.0, df=0, n=0, code="census")
    collapsed = any(pool.collapsed for pool in open_ones)
    if any(pool.m < 2 for pool in open_ones):
        return Spread(se=None, df=0, n=n, code="one_point", collapsed=collapsed)
    variance = sum(pool.variance for pool in open_ones)
    return Spread(se=sqrt(variance), df=n - len(open_ones), n=n, collapsed=collapsed)


def group_spread(
    system: System,
    score: GroupScore,
    points: Iterable[Point],
    scored: Mapping[Key, PointScore],
    strata: Iterable[Stratum],
    node: tuple[str, Key] | None = None,
) -> Spread:
    """The standard error of a group's total, or of one of its nodes (method, key)."""
    shares = cell_shares(system, score, node)
    return spread(pools_of(system, score, points, scored, strata, shares))


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """From `low` to `high`, shares of 1. `method`: "logit"; "exact" at the edges; "census": low = high."""

    low: float
    high: float
    method: str


SAME = 1e-12  # below this a standard error is a rounding of zero


def interval(share: float, spread: Spread, level: float = 0.95) -> Interval | None:
    """The interval of a total; None where `spread.code` says why there is none, or no degree of freedom is
    left.

    On the scale of log odds with Student's quantile. Where all points are alike (no spread, or a share of 0
    or 1) it is Clopper and Pearson's of so many points, as Korn and Graubard adjust it. Where it holds, and
    where not: docs/explanation/ranges.md, from `benchmarks.coverage`.
    """
    if spread.code == "census":
        return Interval(low=share, high=share, method="census")
    if spread.se is None or spread.df < 1:
        return None
    if SAME < share < 1 - SAME and spread.se > SAME:
        low, high = logit(share, spread.se, spread.df, level)
        return Interval(low=low, high=high, method="logit")
    low, high = korn_graubard(share, 0.0, spread.df, spread.n, level)
    return Interval(low=min(low, share), high=max(high, share), method="exact")


def t_quantile(level: float, df: float) -> float:
    """Student's, two-sided: 2.776 for 0.95 and 4. `df` may be inf."""
    from scipy.special import ndtri, stdtrit  # loaded where it is needed

    upper = (1 + level) / 2
    return float(ndtri(upper) if df == float("inf") else stdtrit(df, upper))


def wald(share: float, se: float, df: float, level: float = 0.95) -> tuple[float, float]:
    """share ± t·se: symmetric, may leave 0 to 1."""
    wide = t_quantile(level, df) * se
    return share - wide, share + wide


def logit(share: float, se: float, df: float, level: float = 0.95) -> tuple[float, float]:
    """The same on the scale of log odds and back; needs 0 < share < 1."""
    middle, wide = log(share / (1 - share)), t_quantile(level, df) * se / (share * (1 - share))
    return _odds(middle - wide), _odds(middle + wide)


def _odds(value: float) -> float:
    return 1 / (1 + exp(-value)) if value > -700 else 0.0


def korn_graubard(share: float, se: float, df: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper and Pearson's with the effective sample size, adjusted for the degrees of freedom (1998)."""
    from scipy.special import betaincinv

    effective = share * (1 - share) / (se * se) if se > SAME else float(n)
    effective *= (t_quantile(level, max(n - 1, 1)) / t_quantile(level, df)) ** 2
    met = min(max(effective * share, 0.0), effective)
    low = float(betaincinv(met, effective - met + 1, (1 - level) / 2)) if met > 0 else 0.0
    high = float(betaincinv(met + 1, effective - met, (1 + level) / 2)) if met < effective else 1.0
    return low, high
