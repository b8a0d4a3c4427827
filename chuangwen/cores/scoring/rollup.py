"""From marks to the scores of units: sums of integers, one division at each level, rounded half up to nano.

What is not applicable leaves numerator and denominator and is counted. What has no value anywhere below has
no value, which is never zero. A point counts for every group that it names: its unit and all units above
it, its lead department, the venue itself. A parent is scored from all points below it, not from its
children's scores.

1. Point × standard: r = Σ w·mark / Σ w over the applicable marks of all accepted visits. A critical item
that is
   not met at any of them caps the point, or fails it (0): r = min(r, cap), for each of the point's
   standards and for the point as a whole. The lowest cap holds.
2. Group × standard × type (a cell): R = Σ W·r / Σ W over the points that have r; W is the design weight.
3. Standard: Σ ω·R / Σ ω over the types that have a value. Content, category and method, at any depth:
   Σ weight·child / Σ weight over the children that have a value.
4. Total: Σ μ·R / Σ μ over the methods. One that has no value makes the total "missing method".
5. Coverage = Σ W·applicable weight / Σ W·expected weight over the drawn points. Below the threshold the
score is
   withheld. What is withheld is still part of the score above it: withholding is about what may be shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from chuangwen.cores.errors import BadInput

from .kinds import Rule
from .scale import MILLI, NANO, half_up

Key = int | str
FAIL, CAP = "fail", "cap"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An item of a checklist. Below `met_nano` it is not met: a critical one caps its point at `cap`."""

    key: Key
    standard: Key
    weight_milli: int
    types: frozenset[Key]
    critical: str = ""  # "", "cap" or "fail"
    cap_nano: int = 0
    met_nano: int = NANO

    @property
    def cap(self) -> int:
        """What a point is worth at most where this item is not met."""
        return 0 if self.critical == FAIL else self.cap_nano if self.critical else NANO


def item(
    key: Key,
    standard: Key,
    weight_milli: int,
    types: Iterable[Key],
    rule: Rule,
    critical: str = "",
    cap: int = 0,
) -> Item:
    """An item with what its rule says of when it is met."""
    return Item(
        key=key,
        standard=standard,
        weight_milli=weight_milli,
        types=frozenset(types),
        critical=critical,
        cap_nano=cap,
        met_nano=rule.met_from_milli * (NANO // MILLI),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A category, content or standard. A standard names its method; others have none."""

    key: Key
    parent: Key | None
    weight_milli: int
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class System:
    """What is scored: a tree of nodes, items under its standards, weights of types and of methods.

    Methods stand in the order of their names, in whatever order they come (a database may keep one of its
    own): no result depends on it.

    Raises BadInput: `scoring.tree_cycle`, `scoring.tree_no_parent`, `scoring.tree_standard_inside`,
    `scoring.tree_item_astray`, `scoring.tree_weight`, each with `key`.
    """

    nodes: Sequence[Node]
    items: Sequence[Item]
    type_weights: Mapping[Key, int]
    method_weights: Mapping[str, int]

    def __post_init__(self) -> None:
        object.__setattr__(self, "method_weights", dict(sorted(self.method_weights.items())))
        nodes = self.node
        for node in self.nodes:
            if node.weight_milli < 0:
                raise BadInput("scoring.tree_weight", key=node.key)
            seen, above = {node.key}, node.parent
            while above is not None:
                if above not in nodes:
                    raise BadInput("scoring.tree_no_parent", key=node.key)
                if above in seen:
                    raise BadInput("scoring.tree_cycle", key=node.key)
                if nodes[above].method:
                    raise BadInput("scoring.tree_standard_inside", key=node.key)
                seen.add(above)
                above = nodes[above].parent
        for entry in self.items:
            if entry.standard not in nodes or not nodes[entry.standard].method:
                raise BadInput("scoring.tree_item_astray", key=entry.key)
            if entry.weight_milli < 0:
                raise BadInput("scoring.tree_weight", key=entry.key)
        for key, weight in [*self.type_weights.items(), *self.method_weights.items()]:
            if weight < 0:
                raise BadInput("scoring.tree_weight", key=key)

    @cached_property
    def node(self) -> dict[Key, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def item(self) -> dict[Key, Item]:
        return {entry.key: entry for entry in self.items}

    @cached_property
    def paths(self) -> dict[Key, tuple[Key, ...]]:
        """Each standard with the nodes from itself up to the top."""
        paths = {}
        for node in self.nodes:
            if node.method:
                path, above = [node.key], node.parent
                while above is not None:
                    path.append(above)
                    above = self.node[above].parent
                paths[node.key] = tuple(path)
        return paths

    @cached_property
    def depth(self) -> dict[Key, int]:
        """How many nodes stand above each."""
        return {key: len(path) - n for path in self.paths.values() for n, key in enumerate(path, 1)}

    @cached_property
    def expected(self) -> dict[Key, int]:
        """The weight of all items that apply to a type, in thousandths."""
        expected: dict[Key, int] = dict.fromkeys(self.type_weights, 0)
        for entry in self.items:
            for kind in entry.types:
                expected[kind] = expected.get(kind, 0) + entry.weight_milli
        return expected

    def weighing(
        self,
        *,
        methods: Mapping[str, int] | None = None,
        types: Mapping[Key, int] | None = None,
        nodes: Mapping[Key, int] | None = None,
        items: Mapping[Key, int] | None = None,
    ) -> System:
        """What if: the same system with some other weights, in thousandths; score it anew."""
        others, parts = nodes or {}, items or {}
        return System(
            nodes=[
                replace(node, weight_milli=others.get(node.key, node.weight_milli)) for node in self.nodes
            ],
            items=[
                replace(entry, weight_milli=parts.get(entry.key, entry.weight_milli)) for entry in self.items
            ],
            type_weights={**self.type_weights, **(types or {})},
            method_weights={**self.method_weights, **(methods or {})},
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A drawn point. `groups`: whoever its score goes to. `visits` accepted, 0: drawn but not visited."""

    key: Key
    type: Key
    stratum: Key
    groups: tuple[Key, ...]
    weight_micro: int
    visits: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """A mark of an accepted visit: `nano` of full, None where the item was not applicable."""

    key: Key
    point: Key
    item: Key
    nano: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A part score that was not marked on points: of a whole method, or (`standard`) of one standard.

    `n` and `source` are shown beside it; `se_nano` is its standard error, None where that is not known.
    """

    group: Key
    method: str
    nano: int
    standard: Key | None = None
    n: int = 0
    source: str = ""
    se_nano: float | None = None


@dataclass(slots=True)
class Cell:
    """Group × standard × type: Σ W·r and Σ W over the points that have r, and how many they are."""

    top: int = 0
    bottom: int = 0
    n: int = 0

    @property
    def nano(self) -> int:
        return half_up(self.top, self.bottom)


@dataclass(slots=True)
class Counts:
    """What was asked and what came back. Raw: Σ w·mark and Σ w, without any other weight or cap."""

    marks: int = 0
    not_applicable: int = 0
    drawn: int = 0
    visited: int = 0
    covered: int = 0  # Σ W · applicable weight
    expected: int = 0  # Σ W · expected weight
    raw_top: int = 0
    raw_bottom: int = 0

    @property
    def coverage_nano(self) -> int | None:
        """None where nothing was expected."""
        return half_up(self.covered * NANO, self.expected) if self.expected else None

    @property
    def raw_nano(self) -> int | None:
        return half_up(self.raw_top, self.raw_bottom) if self.raw_bottom else None


@dataclass(frozen=True, kw_only=True, slots=True)
class PointScore:
    """`standards` and `nano` after the cap; `cap` is None where no critical item was missed."""

    nano: int | None
    cap: int | None
    standards: Mapping[Key, int]
    applicable_milli: int


@dataclass(frozen=True, kw_only=True)
class GroupScore:
    """A unit, a department or a venue.

    `nodes` and `methods` hold only what has a value. `known_nano` is the total over the methods that have
    one; `total_nano` is None where it must not be shown, and `withheld` says why: "missing_method",
    "coverage", "nothing". `missing` names the methods without a value.
    """

    methods: Mapping[str, int]
    nodes: Mapping[tuple[str, Key], int]
    known_nano: int | None
    missing: tuple[str, ...]
    withheld: tuple[str, ...]
    counts: Counts
    cells: Mapping[tuple[Key, Key], Cell] = field(repr=False)
    given: Sequence[Given] = field(repr=False)

    @property
    def total_nano(self) -> int | None:
        return None if self.withheld else self.known_nano


@dataclass(frozen=True, kw_only=True)
class Scores:
    groups: Mapping[Key, GroupScore]
    points: Mapping[Key, PointScore]


def score_point(system: System, marks: Iterable[tuple[Key, int | None]]) -> PointScore:
    """A point from its marks (item, nano or None). Raises BadInput `scoring.item_unknown`."""
    sums: dict[Key, list[int]] = {}
    cap: int | None = None
    items = system.item
    for key, nano in marks:
        entry = items.get(key)
        if entry is None:
            raise BadInput("scoring.item_unknown", key=key)
        if nano is None:
            continue
        pair = sums.setdefault(entry.standard, [0, 0])
        pair[0] += entry.weight_milli * nano
        pair[1] += entry.weight_milli
        if entry.critical and nano < entry.met_nano:
            cap = entry.cap if cap is None or entry.cap < cap else cap
    top, bottom = sum(pair[0] for pair in sums.values()), sum(pair[1] for pair in sums.values())
    return PointScore(
        nano=_capped(top, bottom, cap) if bottom else None,
        cap=cap,
        standards={key: _capped(pair[0], pair[1], cap) for key, pair in sums.items() if pair[1]},
        applicable_milli=bottom,
    )


def _capped(top: int, bottom: int, cap: int | None) -> int:
    nano = half_up(top, bottom)
    return nano if cap is None or nano < cap else cap


def roll_up(
    system: System,
    points: Iterable[Point],
    observations: Iterable[Observation],
    given: Iterable[Given] = (),
    *,
    threshold_milli: int = 600,
) -> Scores:
    """The scores of every group that a point or a given part score names; nothing depends on the order.

    Raises BadInput: `scoring.point_unknown`, `scoring.item_unknown`, `scoring.nano_out_of_range`, each with
    `key`; `scoring.type_unknown`.
    """
    drawn = {point.key: point for point in points}
    marks: dict[Key, list[tuple[Key, int | None]]] = {key: [] for key in drawn}
    for seen in observations:
        if seen.point not in marks:
            raise BadInput("scoring.point_unknown", key=seen.point)
        if seen.nano is not None and not 0 <= seen.nano <= NANO:
            raise BadInput("scoring.nano_out_of_range", key=seen.key)
        marks[seen.point].append((seen.item, seen.nano))
    cells: dict[Key, dict[tuple[Key, Key], Cell]] = defaultdict(lambda: defaultdict(Cell))
    counts: dict[Key, Counts] = defaultdict(Counts)
    scored: dict[Key, PointScore] = {}
    for key, point in drawn.items():
        if point.type not in system.type_weights:
            raise BadInput("scoring.type_unknown", key=point.type)
        result = scored[key] = score_point(system, marks[key])
        weight = point.weight_micro
        raw_top = sum(system.item[one].weight_milli * nano for one, nano in marks[key] if nano is not None)
        absent = sum(nano is None for _, nano in marks[key])
        expected = system.expected[point.type] * max(point.visits, 1)
        for group in point.groups:
            count = counts[group]
            count.marks += len(marks[key])
            count.not_applicable += absent
            count.drawn += 1
            count.visited += point.visits > 0
            count.covered += weight * result.applicable_milli
            count.expected += weight * expected
            count.raw_top += raw_top
            count.raw_bottom += result.applicable_milli
            for standard, nano in result.standards.items():
                cell = cells[group][standard, point.type]
                cell.top += weight * nano
                cell.bottom += weight
                cell.n += 1
    return Scores(groups=score_groups(system, cells, counts, given, threshold_milli), points=scored)


def score_groups(
    system: System,
    cells: Mapping[Key, Mapping[tuple[Key, Key], Cell]],
    counts: Mapping[Key, Counts],
    given: Iterable[Given] = (),
    threshold_milli: int = 600,
) -> dict[Key, GroupScore]:
    """From the sums of cells up; the engine gives the same sums (`engine`)."""
    parts: dict[Key, list[Given]] = defaultdict(list)
    for part in given:
        parts[part.group].append(part)
    groups = {}
    for group in dict.fromkeys([*counts, *parts]):
        of_group, count = cells.get(group, {}), counts.get(group, Counts())
        nodes, methods = score_tree(system, of_group, parts[group])
        missing = tuple(
            name for name, weight in system.method_weights.items() if weight and name not in methods
        )
        known = score_total(system, methods)
        withheld = []
        if known is None:
            withheld.append("nothing")
        elif missing:
            withheld.append("missing_method")
        if count.expected and count.covered * MILLI < threshold_milli * count.expected:
            withheld.append("coverage")
        groups[group] = GroupScore(
            methods=methods,
            nodes=nodes,
            known_nano=known,
            missing=missing,
            withheld=tuple(withheld),
            counts=count,
            cells=of_group,
            given=tuple(parts[group]),
        )
    return groups


def score_total(system: System, methods: Mapping[str, int]) -> int | None:
    return _mean([(system.method_weights.get(name, 0), nano) for name, nano in methods.items()])


def score_tree(
    system: System, cells: Mapping[tuple[Key, Key], Cell], given: Iterable[Given] = ()
) -> tuple[dict[tuple[str, Key], int], dict[str, int]]:
    """Values of nodes by (method, node), and of methods. A given part score replaces what it names."""
    by_standard: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for (standard, kind), cell in cells.items():
        by_standard[standard].append((system.type_weights[kind], cell.nano))
    values: dict[tuple[str, Key], int] = {}
    for standard, weighed in by_standard.items():
        nano = _mean(weighed)
        if nano is not None:
            values[system.node[standard].method, standard] = nano
    methods: dict[str, int] = {}
    for part in given:
        if part.standard is None:
            methods[part.method] = part.nano
        elif part.standard in system.paths:
            values[part.method, part.standard] = part.nano
        else:
            raise BadInput("scoring.standard_unknown", key=part.standard)
    waiting: dict[int, set[tuple[str, Key]]] = defaultdict(set)
    for method, key in values:
        waiting[system.depth[key]].add((method, key))
    tops: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for level in range(max(waiting, default=-1), -1, -1):
        below: dict[tuple[str, Key], list[tuple[int, int]]] = defaultdict(list)
        for method, key in waiting[level]:
            node = system.node[key]
            pair = (node.weight_milli, values[method, key])
            if node.parent is None:
                tops[method].append(pair)
            else:
                below[method, node.parent].append(pair)
        for place, weighed in below.items():
            nano = _mean(weighed)
            if nano is not None:
                values[place] = nano
                waiting[level - 1].add(place)
    for method, weighed in tops.items():
        nano = _mean(weighed)
        if nano is not None and method not in methods:
            methods[method] = nano
    return values, methods


def _mean(weighed: Sequence[tuple[int, int]]) -> int | None:
    """Σ weight·value / Σ weight; None where nothing has a weight."""
    bottom = sum(weight for weight, _ in weighed)
    return half_up(sum(weight * nano for weight, nano in weighed), bottom) if bottom else None


def final_nano(
    total_nano: int,
    *,
    bonus: int = 0,
    penalty: int = 0,
    bonus_cap: int | None = None,
    penalty_cap: int | None = None,
) -> int:
    """100 · total + bonus − penalty, in nano-points of a hundred; each of the two at most its cap."""
    if bonus < 0 or penalty < 0:
        raise ValueError("Bonus and penalty are not below zero.")
    bonus = bonus if bonus_cap is None else min(bonus, bonus_cap)
    penalty = penalty if penalty_cap is None else min(penalty, penalty_cap)
    return 100 * total_nano + bonus - penalty
