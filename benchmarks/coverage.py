"""How often the 95 % interval of a score holds: simulated rounds whose truth is known.

`python -m benchmarks.coverage [ROUNDS]`: for each cell of the grid 2,000 rounds, 40 made-up units of six point types
and 50 draws of each (seeded, so that every run says the same). Everything goes the way of the product: points and
marks, `roll_up`, `group_spread`, `interval`. A cell counts as claimed where docs/explanation/ranges.md says that the
interval holds: at least 10 points with a value that are not certain, from strata of at least two, and a score
between 10 and 90. Then rank ranges: how often all ranges of a group of six units hold together.
"""

import sys
import time
from collections.abc import Iterator
from itertools import product
from math import inf

import numpy as np
from numpy.random import Generator, default_rng

from chuangwen.cores.scoring.ranks import Entry, ranked
from chuangwen.cores.scoring.rollup import Item, Node, Observation, Point, Scores, System, roll_up
from chuangwen.cores.scoring.scale import MICRO, NANO, half_up
from chuangwen.cores.scoring.variance import Spread, Stratum, group_spread, interval

TYPES = {"a": 1000, "b": 800, "c": 1200, "d": 500, "e": 1000, "f": 700}
SIZES = dict(zip(TYPES, (20, 25, 30, 40, 50, 60), strict=True))
ITEMS, UNITS = (
    10,
    40,
)  # a point is marked on ten items of yes and no; they agree with each other, as points do
SYSTEM = System(
    nodes=[Node(key="s", parent=None, weight_milli=1, method="field")],
    items=[Item(key="i", standard="s", weight_milli=1, types=frozenset(TYPES))],
    type_weights=TYPES,
    method_weights={"field": 1},
)
GRID = list(product((1, 2, 10), (0.03, 0.5, 0.97), (0.0, 0.2), (False, True)))

Rates = dict[str, list[int | None]]


def made_up(chance: Generator, rate: float, absent: float, certain: bool) -> tuple[Rates, Rates]:
    """Rates of all points of a unit by type, None where nothing applies; and of those that are certain."""
    free: Rates = {}
    sure: Rates = {}
    for n, kind in enumerate(TYPES):
        centre = min(max(rate + (-0.02, 0.02, 0, 0.03, -0.03, 0.01)[n], 0.01), 0.99)
        met = chance.binomial(ITEMS, chance.beta(8 * centre, 8 * (1 - centre), SIZES[kind]))
        gone = chance.random(SIZES[kind]) < absent
        free[kind] = [None if out else int(k) * NANO // ITEMS for k, out in zip(met, gone, strict=True)]
        sure[kind] = [int(chance.binomial(ITEMS, centre)) * NANO // ITEMS] if certain else []
    return free, sure


def scored(chosen: Rates, sure: Rates, name: str = "u") -> tuple[Scores, list[Point], list[Stratum]]:
    points: list[Point] = []
    marks: list[Observation] = []
    strata: list[Stratum] = []
    for position, kind in enumerate(TYPES):
        whole = {"": SIZES[kind], "!": len(sure[kind])}
        for mark, rates in (("", chosen[kind]), ("!", sure[kind])):
            stratum = name + kind + mark
            if rates:
                strata.append(
                    Stratum(
                        key=stratum, unit=name, position=position, population=whole[mark], visited=len(rates)
                    )
                )
            for n, nano in enumerate(rates):
                key = f"{stratum}{n}"
                weight = half_up(whole[mark] * MICRO, len(rates))
                points.append(Point(key=key, type=kind, stratum=stratum, groups=(name,), weight_micro=weight))
                marks.append(Observation(key=key, point=key, item="i", nano=nano))
    return roll_up(SYSTEM, points, marks, threshold_milli=0), points, strata


def drawn(chance: Generator, free: Rates, n: int) -> Rates:
    return {
        kind: [rates[place] for place in chance.choice(len(rates), n, replace=False)]
        for kind, rates in free.items()
    }


def one_round(
    chance: Generator, free: Rates, sure: Rates, n: int, name: str = "u"
) -> tuple[int | None, Spread]:
    scores, points, strata = scored(drawn(chance, free, n), sure, name)
    score = scores.groups[name]
    return score.known_nano, group_spread(SYSTEM, score, points, scores.points, strata)


def truth(free: Rates, sure: Rates) -> int | None:
    return scored(free, sure)[0].groups["u"].known_nano


def cell(n: int, rate: float, absent: float, certain: bool, rounds: int) -> tuple[int, int, float]:
    """Of so many rounds: how many intervals there were, how many held, and their mean width."""
    chance = default_rng([n, round(100 * rate), round(100 * absent), certain])
    given = held = 0
    width = 0.0
    for _ in range(UNITS):
        free, sure = made_up(chance, rate, absent, certain)
        real = truth(free, sure)
        for _ in range(rounds // UNITS):
            value, found = one_round(chance, free, sure, n)
            shown = None if value is None else interval(value / NANO, found)
            if shown is not None and real is not None:
                given += 1
                held += shown.low <= real / NANO <= shown.high
                width += shown.high - shown.low
    return given, held, width / max(given, 1)


def claimed(n: int, rate: float) -> bool:
    return n * len(TYPES) >= 10 and n >= 2 and 0.1 <= rate <= 0.9


def ranges(rounds: int) -> Iterator[tuple[str, float]]:
    """How often all ranges of six units hold together, and how wide they are on average."""
    for title, rates in (
        ("six units alike", [0.7] * 6),
        ("six units apart", [0.5, 0.58, 0.66, 0.74, 0.82, 0.9]),
    ):
        for n in (2, 10):
            chance = default_rng([n, 7, len(set(rates))])
            held, width = 0, 0.0
            for _ in range(rounds):
                units = [made_up(chance, rate, 0.0, False) for rate in rates]
                real = [truth(*unit) or 0 for unit in units]
                entries = []
                for place, unit in enumerate(units):
                    value, found = one_round(chance, *unit, n)
                    entries.append(Entry(key=place, nano=value or 0, se=found.se, df=found.df or inf))
                places = ranked(entries)
                ranks = [1 + sum(other > mine for other in real) for mine in real]
                held += all(places[k].first <= rank <= places[k].last for k, rank in enumerate(ranks))
                width += float(np.mean([places[k].last - places[k].first for k in places]))
            yield f"{title}, {n} points a type: all ranges hold {held / rounds:.1%}, width", width / rounds


def main(rounds: int) -> int:
    begun, outside = time.perf_counter(), 0
    print(f"Coverage of the 95 % interval, {rounds:,} rounds a cell")
    print("n a type  rate  n.a.  certain  given   holds   width  claimed")
    for n, rate, absent, certain in GRID:
        given, held, width = cell(n, rate, absent, certain, rounds)
        share = held / given if given else float("nan")
        verdict = ""
        if claimed(n, rate):
            verdict = "yes" if 0.93 <= share <= 0.97 else "yes, OUTSIDE 93–97 %"
            outside += "OUTSIDE" in verdict
        print(
            f"{n:8}  {rate:.2f}  {absent:4.0%}  {'yes' if certain else 'no':7}  {given / rounds:5.1%}  "
            f"{share:6.1%}  {100 * width:6.1f}  {verdict or 'no'}",
            flush=True,
        )
    print("Joint coverage of rank ranges (meant: at least 95 %)")
    for title, width in ranges(rounds // 4):
        print(f"{title} {width:.2f} places")
    print(f"{time.perf_counter() - begun:.0f} s; claimed cells outside 93–97 %: {outside}")
    return outside


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
