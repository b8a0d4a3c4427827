"""Twenty designs, as our objects and as the rows that R reads (`r_survey.R`). Data come of a fixed
recurrence.

`python -m chuangwen.cores.scoring.tests.designs` asks R anew and writes data/r_survey.json.
"""

from __future__ import annotations

import csv
import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chuangwen.cores.scoring.rollup import Item, Key, Node, Observation, Point, System, roll_up
from chuangwen.cores.scoring.scale import MICRO, NANO, half_up
from chuangwen.cores.scoring.variance import Spread, group_spread, strata_of

GROUP = "all"
WEIGHTS: dict[Key, int] = {"a": 1000, "b": 700, "c": 1500, "d": 400}
STANDARDS = {"s": 600, "t": 400}


@dataclass(frozen=True)
class Sampled:
    """`n` of a stratum's `population`; `absent`: which of its points have no value in s (and in t, the next)."""

    unit: str
    type: str
    population: int
    n: int
    absent: tuple[int, ...] = ()
    pool: str = ""  # strata that are judged together have the same word
    absent_t: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sample:
    """`form` is how R is asked: mean, types, standards, pooled. `outside`: every so many-th point is another's."""

    name: str
    form: str
    strata: tuple[Sampled, ...]
    base: float = 0.6
    outside: int = 0
    rows: list[dict[str, object]] = field(default_factory=list, compare=False)


S = Sampled
SAMPLES = [
    Sample("mean of three units", "mean", (S("u", "a", 40, 5), S("v", "a", 25, 4), S("w", "a", 60, 7))),
    Sample("hardly any correction", "mean", (S("u", "a", 90000, 6), S("v", "a", 40000, 6))),
    Sample("nearly everything", "mean", (S("u", "a", 10, 8), S("v", "a", 12, 10), S("w", "a", 7, 5))),
    Sample("a stratum that is certain", "mean", (S("u", "a", 30, 5), S("v", "a", 3, 3), S("w", "a", 20, 4))),
    Sample(
        "single points that are certain", "mean", (S("u", "a", 30, 6), S("v", "a", 1, 1), S("w", "a", 1, 1))
    ),
    Sample(
        "some not applicable",
        "mean",
        (S("u", "a", 40, 6, (1,)), S("v", "a", 25, 5, (0, 3)), S("w", "a", 60, 10, (2, 5))),
    ),
    Sample(
        "a department's points",
        "mean",
        (S("u", "a", 40, 9), S("v", "a", 25, 8), S("w", "a", 60, 12)),
        outside=3,
    ),
    Sample(
        "a department, some not applicable, some certain",
        "mean",
        (S("u", "a", 40, 12, (4,)), S("v", "a", 9, 9, (1,)), S("w", "a", 60, 12)),
        base=0.3,
        outside=4,
    ),
    Sample("three types", "types", (S("u", "a", 40, 5), S("u", "b", 25, 4), S("u", "c", 60, 7))),
    Sample(
        "four types, large shares drawn",
        "types",
        (S("u", "a", 8, 5), S("u", "b", 6, 4), S("u", "c", 12, 7), S("u", "d", 5, 2)),
    ),
    Sample(
        "types, some not applicable",
        "types",
        (S("u", "a", 40, 5, (2,)), S("u", "b", 25, 4, (0,)), S("u", "c", 60, 7, (1, 4))),
    ),
    Sample("a type that is certain", "types", (S("u", "a", 40, 5), S("u", "b", 4, 4), S("u", "c", 60, 7))),
    Sample(
        "a city of two units and three types",
        "types",
        (
            *(S("u", "a", 40, 5, (2,)), S("u", "b", 25, 4), S("u", "c", 60, 7)),
            *(S("v", "a", 90, 6), S("v", "b", 15, 3), S("v", "c", 20, 4, (1,))),
        ),
    ),
    Sample("two standards", "standards", (S("u", "a", 40, 5), S("u", "b", 25, 6))),
    Sample(
        "a city, two standards, not applicable here and there",
        "standards",
        (
            *(S("u", "a", 40, 5, (2,), "", (1,)), S("u", "b", 25, 4, (), "", (0,)), S("u", "c", 60, 7)),
            *(S("v", "a", 90, 6), S("v", "b", 15, 4, (1,), "", (1,)), S("v", "c", 20, 4, (1,), "", (2,))),
        ),
    ),
    Sample(
        "a department, two standards, a certain type",
        "standards",
        (S("u", "a", 40, 12, (3,)), S("u", "b", 9, 9), S("u", "c", 60, 9, (), "", (2,))),
        outside=4,
    ),
    Sample(
        "two types of one point each",
        "pooled",
        (S("u", "a", 40, 1, (), "p"), S("u", "b", 25, 1, (), "p"), S("u", "c", 60, 7)),
    ),
    Sample(
        "one type of one point, and the next",
        "pooled",
        (S("u", "a", 40, 1, (), "p"), S("u", "b", 25, 4, (), "p"), S("u", "c", 60, 7)),
    ),
    Sample(
        "the last type of one point, and the one before",
        "pooled",
        (S("u", "a", 40, 5), S("u", "b", 3, 3), S("u", "c", 60, 6, (), "p"), S("u", "d", 9, 1, (), "p")),
    ),
    Sample(
        "three of one point, one of them since the other was not applicable",
        "pooled",
        (
            *(S("u", "a", 40, 1, (), "p"), S("u", "b", 25, 2, (1,), "p")),
            *(S("u", "c", 60, 6), S("u", "d", 9, 1, (), "p")),
        ),
        base=0.93,
    ),
]


def _rates(base: float) -> Iterator[int]:
    """Whole nano-points that look spread, the same on every machine."""
    state = 12345
    while True:
        state = (1103515245 * state + 12345) % 2**31
        share = base + (state / 2**31 - 0.5) * 0.9
        yield round(min(max(share, 0.0), 1.0) * NANO)


def build(sample: Sample) -> tuple[System, list[Point], list[Observation], dict[Key, tuple[Key, int, int]]]:
    """Our objects; fills `sample.rows` with what R reads."""
    standards = STANDARDS if sample.form == "standards" else {"s": 600}
    system = System(
        nodes=[
            Node(key=key, parent=None, weight_milli=weight, method="field")
            for key, weight in standards.items()
        ],
        items=[
            Item(key=f"i{key}", standard=key, weight_milli=1000, types=frozenset(WEIGHTS))
            for key in standards
        ],
        type_weights=WEIGHTS,
        method_weights={"field": 1},
    )
    rates = _rates(sample.base)
    points: list[Point] = []
    marks: list[Observation] = []
    population: dict[Key, tuple[Key, int, int]] = {}
    sample.rows.clear()
    for position, one in enumerate(sample.strata):
        stratum = one.unit + one.type
        population[stratum] = (one.unit, position, one.population)
        for n in range(one.n):
            key = f"{stratum}{n}"
            ours = not (sample.outside and len(points) % sample.outside == 1)
            point = Point(
                key=key,
                type=one.type,
                stratum=stratum,
                groups=(GROUP,) if ours else ("others",),
                weight_micro=half_up(one.population * MICRO, one.n),
            )
            points.append(point)
            row: dict[str, object] = {
                "sample": sample.name,
                "stratum": one.pool or stratum,
                "type": one.type,
                "weight": point.weight_micro / MICRO,
                "population": sum(
                    other.population for other in sample.strata if other.pool and other.pool == one.pool
                )
                or one.population,
                "certain": int(one.n == one.population),
                "ours": int(ours),
                "pool": int(bool(one.pool)),
            }
            for standard, absent in (("s", one.absent), ("t", one.absent_t)):
                nano = None if n in absent else next(rates)
                row[standard] = "NA" if nano is None else nano / NANO
                if standard in standards:
                    marks.append(
                        Observation(key=f"{key}{standard}", point=key, item=f"i{standard}", nano=nano)
                    )
            sample.rows.append(row)
    return system, points, marks, population


def ours(sample: Sample) -> tuple[float, Spread]:
    """The estimate, from whole sums but without the rounding to nano-points, and its spread."""
    system, points, marks, population = build(sample)
    scores = roll_up(system, points, marks)
    score = scores.groups[GROUP]
    inside = [point for point in points if GROUP in point.groups]
    spread = group_spread(system, score, inside, scores.points, strata_of(points, population))
    assert score.known_nano is not None
    return score.known_nano / NANO, spread


def write_rows(path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = None
        for sample in SAMPLES:
            build(sample)
            for row in sample.rows:
                if writer is None:
                    writer = csv.DictWriter(file, [*row, "form", "omega"])
                    writer.writeheader()
                writer.writerow(row | {"form": sample.form, "omega": WEIGHTS[str(row["type"])]})


EXPECTED = Path(__file__).parent / "data/r_survey.json"
COLUMNS = ("name", "value", "se", "df", "wald", "logit", "korn_graubard")


def asked_of_r() -> list[dict[str, object]]:
    """What R's survey says of each design; the last is None where it is no plain mean."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.csv"
        write_rows(rows)
        command = ["Rscript", str(Path(__file__).parent / "r_survey.R"), str(rows)]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    answers: list[dict[str, object]] = []
    for line in out.splitlines():
        name, value, se, df, *ends = line.split("\t")
        numbers = [None if end == "NA" else float(end) for end in ends]
        pairs = [None if None in numbers[n : n + 2] else numbers[n : n + 2] for n in (0, 2, 4)]
        answers.append(dict(zip(COLUMNS, (name, float(value), float(se), int(df), *pairs), strict=True)))
    return answers


if __name__ == "__main__":
    EXPECTED.write_text(json.dumps(asked_of_r(), indent=1) + "\n")
