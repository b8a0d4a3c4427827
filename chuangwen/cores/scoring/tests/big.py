"""A larger round, made by a fixed recurrence: three units, a city, a department, five types, two methods on
points.

With caps, fails, several visits, items that do not apply, points not visited, strata of one, certain strata
and a standard without weight: what the three engines and the oracle must agree on.
"""

from __future__ import annotations

from collections.abc import Iterator

from chuangwen.cores.scoring.rollup import Item, Node, Observation, Point, System
from chuangwen.cores.scoring.scale import MICRO, NANO, half_up
from chuangwen.cores.scoring.variance import Stratum

TYPES: dict[int | str, int] = {"road": 1000, "market": 800, "park": 1200, "estate": 700, "station": 0}
SYSTEM = System(
    nodes=[
        *(
            Node(key=key, parent=None, weight_milli=weight)
            for key, weight in (("A", 600), ("B", 300), ("C", 0))
        ),
        *(Node(key=f"A{n}", parent="A", weight_milli=100 * n) for n in (1, 2)),
        *(Node(key=f"A1{n}", parent="A1", weight_milli=250 * n, method="field") for n in (1, 2, 3)),
        Node(key="A21", parent="A2", weight_milli=1000, method="field"),
        Node(key="A22", parent="A2", weight_milli=0, method="field"),
        Node(key="A23", parent="A2", weight_milli=500, method="online"),
        *(Node(key=f"B{n}", parent="B", weight_milli=333, method="field") for n in (1, 2)),
        Node(key="B3", parent="B", weight_milli=333, method="online"),
        Node(key="C1", parent="C", weight_milli=1000, method="field"),
    ],
    items=[
        Item(
            key=f"{standard}.{n}",
            standard=standard,
            weight_milli=1000 + 500 * n,
            types=frozenset(TYPES),
            critical="" if n else {"A11": "cap", "B2": "fail"}.get(standard, ""),
            cap_nano=600_000_000,
            met_nano=300_000_000,
        )
        for standard in ("A11", "A12", "A13", "A21", "A22", "A23", "B1", "B2", "B3", "C1")
        for n in range(3)
    ],
    type_weights=TYPES,
    method_weights={"field": 700, "online": 200},
)
# unit, type → points, drawn, not visited
DRAWN = [
    *(
        ("甲", "road", 40, 6, 0),
        ("甲", "market", 9, 3, 1),
        ("甲", "park", 5, 5, 0),
        ("甲", "estate", 30, 4, 0),
    ),
    *(
        ("乙", "road", 60, 1, 0),
        ("乙", "market", 8, 4, 0),
        ("乙", "park", 11, 2, 0),
        ("乙", "station", 4, 2, 0),
    ),
    *(
        ("丙", "road", 33, 5, 0),
        ("丙", "market", 7, 2, 1),
        ("丙", "park", 9, 1, 0),
        ("丙", "estate", 50, 7, 0),
    ),
]


def numbers() -> Iterator[int]:
    state = 2026
    while True:
        state = (1103515245 * state + 12345) % 2**31
        yield state >> 8


def build() -> tuple[list[Point], list[Observation], list[Stratum]]:
    chance = numbers()
    points: list[Point] = []
    marks: list[Observation] = []
    strata: list[Stratum] = []
    for position, (unit, kind, population, drawn, absent) in enumerate(DRAWN):
        stratum = f"{unit}/{kind}"
        strata.append(
            Stratum(key=stratum, unit=unit, position=position, population=population, visited=drawn - absent)
        )
        for n in range(drawn):
            visits = 0 if n < absent else 1 + (next(chance) % 4 == 0)
            groups: tuple[int | str, ...] = (unit, "市")
            if next(chance) % 3 == 0:
                groups += ("城管局",)
            point = Point(
                key=f"{stratum}/{n}",
                type=kind,
                stratum=stratum,
                groups=groups,
                weight_micro=half_up(population * MICRO, drawn),
                visits=visits,
            )
            points.append(point)
            for visit in range(visits):
                for entry in SYSTEM.items:
                    dice = next(chance) % 100
                    if dice < 10:
                        continue  # not marked at all
                    nano = None if dice < 25 else NANO if dice < 70 else next(chance) % (NANO + 1)
                    marks.append(
                        Observation(
                            key=f"{point.key}/{visit}/{entry.key}", point=point.key, item=entry.key, nano=nano
                        )
                    )
    return points, marks, strata
