"""The worked example of docs/explanation/worked-example.md: 2 units, 3 types, 12 points, two methods.

Streets, a market and parks of the fictional 云浦市. Numbers are worked out by hand there.
"""

from chuangwen.cores.scoring.rollup import Given, Item, Node, Observation, Point, System

ROAD, MARKET, PARK = "road", "market", "park"
SYSTEM = System(
    nodes=[
        Node(key="A", parent=None, weight_milli=600),
        Node(key="B", parent=None, weight_milli=400),
        Node(key="A1", parent="A", weight_milli=500, method="field"),
        Node(key="A2", parent="A", weight_milli=500, method="field"),
        Node(key="B1", parent="B", weight_milli=1000, method="field"),
        Node(key="B2", parent="B", weight_milli=1000, method="material"),
    ],
    items=[
        Item(key="clean", standard="A1", weight_milli=2000, types=frozenset({ROAD, MARKET, PARK})),
        Item(key="bins", standard="A1", weight_milli=1000, types=frozenset({ROAD, MARKET, PARK})),
        Item(
            key="exit",
            standard="A2",
            weight_milli=1000,
            types=frozenset({MARKET}),
            critical="cap",
            cap_nano=500_000_000,
        ),
        Item(key="parking", standard="A2", weight_milli=1000, types=frozenset({ROAD, MARKET})),
        Item(key="ads", standard="B1", weight_milli=1000, types=frozenset({ROAD, MARKET, PARK})),
    ],
    type_weights={ROAD: 1000, MARKET: 1000, PARK: 500},
    method_weights={"field": 700, "material": 300},
)
E9, HALF = 10**9, 500_000_000


def _point(key: str, unit: str, kind: str, weight: int, visits: int = 1) -> Point:
    return Point(
        key=key,
        type=kind,
        stratum=f"{unit}/{kind}",
        groups=(unit, "city"),
        weight_micro=weight,
        visits=visits,
    )


# East draws 2 of 4 roads, 2 of 2 markets, 2 of 3 parks; West 3 of 6 roads, 1 of 1 market, 2 of 2 parks.
POINTS = [
    _point("e1", "east", ROAD, 2_000_000),
    _point("e2", "east", ROAD, 2_000_000),
    _point("e3", "east", MARKET, 1_000_000),
    _point("e4", "east", MARKET, 1_000_000),
    _point("e5", "east", PARK, 1_500_000),
    _point("e6", "east", PARK, 1_500_000),
    _point("w1", "west", ROAD, 2_000_000),
    _point("w2", "west", ROAD, 2_000_000, visits=0),
    _point("w3", "west", ROAD, 2_000_000, visits=0),
    _point("w4", "west", MARKET, 1_000_000, visits=0),
    _point("w5", "west", PARK, 1_000_000),
    _point("w6", "west", PARK, 1_000_000),
]
MARKS: list[tuple[str, str, int | None]] = [
    ("e1", "clean", E9),
    ("e1", "bins", 0),
    ("e1", "parking", HALF),
    ("e1", "ads", E9),
    ("e2", "clean", HALF),
    ("e2", "bins", E9),
    ("e2", "parking", E9),
    ("e2", "ads", None),
    ("e3", "clean", E9),
    ("e3", "bins", E9),
    ("e3", "exit", 0),
    ("e3", "parking", E9),
    ("e3", "ads", E9),
    ("e4", "clean", 0),
    ("e4", "bins", E9),
    ("e4", "exit", E9),
    ("e4", "parking", HALF),
    ("e4", "ads", 0),
    ("e5", "clean", E9),
    ("e5", "bins", E9),
    ("e5", "ads", 0),
    ("e6", "clean", HALF),
    ("e6", "bins", 0),
    ("e6", "ads", None),
    ("w1", "clean", E9),
    ("w1", "bins", E9),
    ("w1", "parking", 0),
    ("w1", "ads", E9),
    ("w5", "clean", E9),
    ("w5", "bins", 0),
    ("w5", "ads", E9),
    ("w6", "clean", None),
    ("w6", "bins", E9),
    ("w6", "ads", 0),
]
OBSERVATIONS = [
    Observation(key=f"{point}/{item}", point=point, item=item, nano=nano) for point, item, nano in MARKS
]
GIVEN = [
    Given(
        group="east", method="material", standard="B2", nano=900_000_000, n=4, source="review of materials"
    ),
    Given(
        group="west", method="material", standard="B2", nano=800_000_000, n=4, source="review of materials"
    ),
]
