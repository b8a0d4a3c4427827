"""From the inputs of a round to scores, intervals, ranks as ranges, and why a score is withheld.

- A unit is scored by all methods of the round. A lead department and a venue are scored by what was seen on
  their points alone, unless a part score names them: that they have no survey is no gap.
- Bonus and penalty are capped, and move the final score, never the interval's width.
- A part score of a whole method with a known standard error counts in the interval; one without is taken as
  it stands. Degrees of freedom are joined as Satterthwaite does.
- Ranked is, inside its peer group, whoever the round names; never one whose score is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from math import sqrt
from typing import Any

from chuangwen.cores.scoring import engine
from chuangwen.cores.scoring.ranks import Apart, Entry, points_to_separate, ranked
from chuangwen.cores.scoring.rollup import Counts, Given, GroupScore, Key, System, final_nano
from chuangwen.cores.scoring.scale import NANO
from chuangwen.cores.scoring.variance import Pool, Spread, interval

from .inputs import MICRO_POINT, UNIT, Inputs, Ranked, parts_of

FILINGS = "filings_open"
PLACES = 10  # decimals in which a standard error is kept, the same on every machine


@dataclass(frozen=True, kw_only=True)
class Result:
    """What is stored of a group; see `models.UnitScore`. `nodes` {(method, node or ""): nano}."""

    group: str
    peers: str
    known_nano: int | None
    total_nano: int | None
    raw_nano: int | None
    final_nano: int | None
    low_nano: int | None
    high_nano: int | None
    se: float | None
    df: float | None
    withheld: tuple[str, ...]
    missing: tuple[str, ...]
    drawn: int
    visited: int
    marks: int
    not_applicable: int
    coverage_nano: int | None
    rank: int | None = None
    rank_first: int | None = None
    rank_last: int | None = None
    tier: int | None = None
    tied: bool = False
    nodes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    pools: Sequence[Pool] = field(default=(), repr=False)

    def data(self) -> dict[str, Any]:
        """JSON, under the lock."""
        found = asdict(replace(self, pools=(), nodes={}))
        del found["pools"]
        found["nodes"] = {f"{method}/{node}": nano for (method, node), nano in sorted(self.nodes.items())}
        return found | {"withheld": list(self.withheld), "missing": list(self.missing)}

    @property
    def entry(self) -> Entry:
        df = self.df if self.df else float("inf")
        return Entry(key=self.group, nano=(self.final_nano or 0) // 100, se=self.se, df=df, pools=self.pools)


def results(
    inputs: Inputs, threads: int | None = None, *, seen: Iterable[engine.Seen] | None = None
) -> list[Result]:
    """The scores of every group, by group. Raises BadInput as `cores.scoring` does.

    `seen`: marks that stream by, in the place of `inputs.observations`. With one thread the last digits of
    standard errors are the same each time, as a lock wants them.
    """
    observations = inputs.observations if seen is None else seen
    tables = engine.tables(inputs.system, inputs.points, observations, inputs.strata)
    sums = engine.on_duckdb(tables, threads=threads)
    return from_sums(inputs, sums)


def from_sums(inputs: Inputs, sums: engine.Sums) -> list[Result]:
    """The same from sums that the engine gave already."""
    scored = engine.scored(inputs.system, sums, inputs.given, threshold_milli=inputs.threshold_milli)
    named = {one.group: one for one in inputs.ranked}
    given: dict[Key, list[Given]] = defaultdict(list)
    for part in inputs.given:
        given[part.group].append(part)
    groups: dict[Key, GroupScore] = {**{key: _nothing(inputs.system) for key in named}, **scored.groups}
    found = [
        _result(
            inputs,
            str(key),
            score,
            scored.spreads.get(key, Spread(se=None, df=0, n=0, code="no_points")),
            named.get(str(key)),
            given[key],
            sums.pools.get(key, ()),
        )
        for key, score in groups.items()
    ]
    return _placed(sorted(found, key=lambda one: parts_of(one.group)), named)


def _nothing(system: System) -> GroupScore:
    missing = tuple(name for name, weight in system.method_weights.items() if weight)
    return GroupScore(
        methods={},
        nodes={},
        known_nano=None,
        missing=missing,
        withheld=("nothing",),
        counts=Counts(),
        cells={},
        given=(),
    )


def _result(
    inputs: Inputs,
    key: str,
    score: GroupScore,
    spread: Spread,
    named: Ranked | None,
    given: Sequence[Given],
    pools: Sequence[Pool],
) -> Result:
    withheld, missing = list(score.withheld), score.missing
    if parts_of(key)[0] != UNIT and not given:
        withheld, missing = [code for code in withheld if code != "missing_method"], ()
    if named is not None and named.waiting:
        withheld.append(FILINGS)
    spread = with_parts(inputs.system, score, spread, given)
    known = score.known_nano
    bounds = interval(known / NANO, spread) if known is not None else None
    final = None
    if known is not None and not withheld:
        final = final_nano(
            known,
            bonus=named.bonus_milli * MICRO_POINT if named else 0,
            penalty=named.penalty_milli * MICRO_POINT if named else 0,
            bonus_cap=inputs.bonus_cap_milli * MICRO_POINT,
            penalty_cap=inputs.penalty_cap_milli * MICRO_POINT,
        )
    counts = score.counts
    return Result(
        group=key,
        peers=named.peers if named else "",
        known_nano=known,
        total_nano=None if withheld else known,
        raw_nano=counts.raw_nano,
        final_nano=final,
        low_nano=round(bounds.low * NANO) if bounds else None,
        high_nano=round(bounds.high * NANO) if bounds else None,
        se=None if spread.se is None else round(spread.se, PLACES),
        df=None if spread.se is None else round(float(spread.df), 6),
        withheld=tuple(withheld),
        missing=missing,
        drawn=counts.drawn,
        visited=counts.visited,
        marks=counts.marks,
        not_applicable=counts.not_applicable,
        coverage_nano=counts.coverage_nano,
        nodes={
            **{(method, ""): nano for method, nano in score.methods.items()},
            **{(method, str(node)): nano for (method, node), nano in score.nodes.items()},
        },
        pools=pools,
    )


def with_parts(system: System, score: GroupScore, spread: Spread, given: Iterable[Given]) -> Spread:
    """The error of the points joined with that of part scores of whole methods; see the head."""
    parts = [one for one in given if one.standard is None and one.se_nano is not None and one.n > 1]
    if not parts or (spread.se is None and spread.code != "no_points"):
        return spread
    known = sum(system.method_weights.get(name, 0) for name in score.methods)
    if not known:
        return spread
    terms = [((spread.se or 0.0) ** 2, float(spread.df))]
    for one in parts:
        share = system.method_weights.get(one.method, 0) / known
        terms.append(((share * float(one.se_nano or 0) / NANO) ** 2, float(one.n - 1)))
    whole = sum(variance for variance, _ in terms)
    below = sum(variance**2 / df for variance, df in terms if variance and df)
    if not whole:
        return spread
    df = whole**2 / below if below else 1.0
    return Spread(
        se=sqrt(whole),
        df=max(int(df), 1),
        n=spread.n + sum(one.n for one in parts),
        collapsed=spread.collapsed,
    )


def _placed(found: list[Result], named: Mapping[str, Ranked]) -> list[Result]:
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for one in found:
        if one.group in named and one.final_nano is not None:
            groups[parts_of(one.group)[0], one.peers].append(one)
    places = {
        key: place for rows in groups.values() for key, place in ranked(one.entry for one in rows).items()
    }
    return [
        replace(
            one,
            rank=place.rank,
            rank_first=place.first,
            rank_last=place.last,
            tier=place.tier,
            tied=place.tied,
        )
        if (place := places.get(one.group))
        else one
        for one in found
    ]


def neighbours(found: Sequence[Result]) -> dict[str, Apart]:
    """What would tell each ranked group from the next below it in its peer group."""
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for one in found:
        if one.rank is not None:
            groups[parts_of(one.group)[0], one.peers].append(one)
    apart = {}
    for rows in groups.values():
        rows.sort(key=lambda one: (-(one.final_nano or 0), one.group))
        pairs = len(rows) * (len(rows) - 1) // 2
        for upper, lower in pairwise(rows):
            apart[upper.group] = points_to_separate(upper.entry, lower.entry, pairs)
    return apart
