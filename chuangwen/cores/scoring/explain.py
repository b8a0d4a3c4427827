"""Why a unit has the score it has: what each mark costs it, and what mending some would gain.

Costs are found by scoring anew with the marks at full, not by an approximation: two costs need not add up
to what both together gain, since a cap may hold until the last critical item is met, and each level rounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .rollup import Given, Key, Observation, Point, PointScore, System, roll_up, score_point
from .scale import NANO, half_up

Place = tuple[str, Key]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A mark below full. `cost_nano`: how much higher the group's total would be with this mark at full.

    `caps`: it is a critical item that was not met. A cost of zero is possible: another cap still holds.
    """

    observation: Key
    point: Key
    item: Key
    standard: Key
    nano: int
    cost_nano: int
    caps: bool


class Explanation:
    """One group's marks, quickly scored anew. Totals are over the methods that have a value."""

    def __init__(
        self,
        system: System,
        points: Iterable[Point],
        observations: Iterable[Observation],
        group: Key,
        given: Iterable[Given] = (),
    ) -> None:
        self.system = system
        self._points = {point.key: point for point in points if group in point.groups}
        seen = [one for one in observations if one.point in self._points]
        self._seen = {one.key: one for one in seen}
        self._marks: dict[Key, dict[Key, list[Observation]]] = defaultdict(lambda: defaultdict(list))
        for one in seen:
            self._marks[one.point][system.item[one.item].standard].append(one)
        scores = roll_up(system, self._points.values(), seen, [part for part in given if part.group == group])
        self.score = scores.groups[group]
        self._scored: Mapping[Key, PointScore] = scores.points
        self._fixed = {part.method for part in self.score.given if part.standard is None}
        self._fixed_standards = {part.standard for part in self.score.given}
        self._sums: dict[Place, list[int]] = defaultdict(lambda: [0, 0])
        self._tops: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for (standard, kind), cell in self.score.cells.items():
            weight = system.type_weights[kind]
            self._add((system.node[standard].method, standard), weight, cell.nano)
        for (method, key), nano in self.score.nodes.items():
            node = system.node[key]
            if node.parent is None:
                self._tops[method][0] += node.weight_milli * nano
                self._tops[method][1] += node.weight_milli
            else:
                self._add((method, node.parent), node.weight_milli, nano)

    def _add(self, place: Place, weight: int, nano: int) -> None:
        pair = self._sums[place]
        pair[0] += weight * nano
        pair[1] += weight

    @property
    def total_nano(self) -> int | None:
        return self.score.known_nano

    def lost(self) -> list[Lost]:
        """Every mark below full, the most costly first; equal ones by key."""
        return list(self._lost)

    @cached_property
    def _lost(self) -> list[Lost]:
        lines = [
            Lost(
                observation=one.key,
                point=one.point,
                item=one.item,
                standard=self.system.item[one.item].standard,
                nano=one.nano,
                cost_nano=self.gain([one.key]),
                caps=bool(self.system.item[one.item].critical)
                and one.nano < self.system.item[one.item].met_nano,
            )
            for one in self._seen.values()
            if one.nano is not None and one.nano < NANO
        ]
        return sorted(lines, key=lambda line: (-line.cost_nano, str(line.observation)))

    def gain(self, observations: Iterable[Key], to_nano: int = NANO) -> int:
        """How much higher the total would be with these marks at `to_nano`; not applicable ones stay so."""
        if self.score.known_nano is None:
            return 0
        mended = {key for key in observations if self._seen[key].nano is not None}
        cells: dict[tuple[Key, Key], int] = defaultdict(int)
        touched: dict[Key, set[Key]] = defaultdict(set)
        for one in mended:
            entry = self.system.item[self._seen[one].item]
            point_key = self._seen[one].point
            touched[point_key] |= self._marks[point_key].keys() if entry.critical else {entry.standard}
        for key, standards in touched.items():
            point, before = self._points[key], self._scored[key]
            anew = score_point(
                self.system,
                (
                    (one.item, to_nano if one.key in mended else one.nano)
                    for standard in standards
                    for one in self._marks[key][standard]
                ),
            )
            whole = len(standards) == len(self._marks[key])  # else no critical item was mended: the cap holds
            for standard, nano in anew.standards.items():
                if not whole and before.cap is not None and before.cap < nano:
                    nano = before.cap
                if nano != before.standards[standard]:
                    cells[standard, point.type] += point.weight_micro * (nano - before.standards[standard])
        return self._total_with(cells) - self.score.known_nano

    def best(self, n: int) -> tuple[list[Key], int]:
        """Up to `n` marks to mend, and what all gain together: one after the other, always what gains most.

        The critical items of a point that were not met count as one step, for one alone may gain nothing.
        """
        lines = self.lost()
        capped: dict[Key, list[Key]] = defaultdict(list)
        for line in lines:
            if line.caps:
                capped[line.point].append(line.observation)
        steps: list[tuple[Key, ...]] = [(line.observation,) for line in lines[: max(4 * n, 20)]]
        steps += [tuple(keys) for keys in capped.values() if len(keys) > 1]
        chosen: list[Key] = []
        gained = 0
        while steps := [step for step in steps if len(chosen) + len({*step} - {*chosen}) <= n]:
            gains = [self.gain([*chosen, *step]) for step in steps]
            most = max(gains)
            if most <= gained:
                break
            gained = most
            chosen += [key for key in steps.pop(gains.index(most)) if key not in chosen]
        return chosen, gained

    def _total_with(self, changes: Mapping[tuple[Key, Key], int]) -> int:
        """The total after Σ W·r of some cells changed: only the nodes above them are computed anew."""
        system, moved = self.system, dict[Place, int]()
        sums: dict[Place, int] = defaultdict(int)
        for (standard, kind), change in changes.items():
            if standard in self._fixed_standards:
                continue
            cell = self.score.cells[standard, kind]
            shift = half_up(cell.top + change, cell.bottom) - cell.nano
            sums[system.node[standard].method, standard] += system.type_weights[kind] * shift
        tops: dict[str, int] = defaultdict(int)
        while sums:
            level = max(system.depth[key] for _, key in sums)
            for place in [place for place in sums if system.depth[place[1]] == level]:
                method, key = place
                top, bottom = self._sums[place]
                if not bottom:
                    sums.pop(place)
                    continue
                moved[place] = half_up(top + sums.pop(place), bottom) - self.score.nodes[place]
                node = system.node[key]
                if node.parent is None:
                    tops[method] += node.weight_milli * moved[place]
                else:
                    sums[method, node.parent] += node.weight_milli * moved[place]
        top = bottom = 0
        for method, nano in self.score.methods.items():
            if method in tops and method not in self._fixed and self._tops[method][1]:
                nano = half_up(self._tops[method][0] + tops[method], self._tops[method][1])
            top += system.method_weights.get(method, 0) * nano
            bottom += system.method_weights.get(method, 0)
        return half_up(top, bottom)
