"""The same scores by other means: dense numpy arrays of whole numbers, written from
docs/reference/scoring.md alone.

Nothing of `rollup`, `variance` or `engine` is used but the objects that go in.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from chuangwen.cores.scoring.rollup import Key, Observation, Point, System
from chuangwen.cores.scoring.variance import Stratum

BIG = np.dtype(object)


def nearest(top: Any, bottom: Any) -> Any:
    return (2 * top + bottom) // (2 * bottom)


def oracle(
    system: System, points: list[Point], marks: list[Observation], strata: list[Stratum], group: Key
) -> tuple[dict[tuple[Key, Key], tuple[int, int]], int | None, float | None]:
    """Cells (Σ W·r, Σ W), the total, and its standard error, of one group; no part scores."""
    standards = [node.key for node in system.nodes if node.method]
    kinds = list(system.type_weights)
    row = {point.key: n for n, point in enumerate(points)}
    column = {key: n for n, key in enumerate(standards)}
    top = np.zeros((len(points), len(standards)), dtype=BIG)
    bottom = np.zeros_like(top)
    cap = np.full(len(points), 10**9, dtype=BIG)
    items = {entry.key: entry for entry in system.items}
    for mark in marks:
        entry = items[mark.item]
        if mark.nano is None:
            continue
        place = row[mark.point], column[entry.standard]
        top[place] += entry.weight_milli * mark.nano
        bottom[place] += entry.weight_milli
        if entry.critical and mark.nano < entry.met_nano:
            cap[place[0]] = min(cap[place[0]], 0 if entry.critical == "fail" else entry.cap_nano)
    there = bottom > 0
    rate = np.where(there, nearest(top, np.where(there, bottom, 1)), 0)
    rate = np.minimum(rate, cap[:, None])
    inside = np.array([group in point.groups for point in points])
    weight = np.array([point.weight_micro for point in points], dtype=BIG)
    kind = np.array([kinds.index(point.type) for point in points])
    cells: dict[tuple[Key, Key], tuple[int, int]] = {}
    tops = np.zeros((len(standards), len(kinds)), dtype=BIG)
    bottoms = np.zeros_like(tops)
    for k, name in enumerate(kinds):
        chosen = inside & (kind == k)
        tops[:, k] = (weight[chosen, None] * rate[chosen] * there[chosen]).sum(axis=0) if chosen.any() else 0
        bottoms[:, k] = (weight[chosen, None] * there[chosen]).sum(axis=0) if chosen.any() else 0
        for s, standard in enumerate(standards):
            if bottoms[s, k]:
                cells[standard, name] = int(tops[s, k]), int(bottoms[s, k])
    total, shares = _tree(system, cells, standards, kinds)
    return cells, total, _error(points, strata, inside, weight, kind, rate, there, tops, bottoms, shares)


def _tree(
    system: System, cells: dict[tuple[Key, Key], tuple[int, int]], standards: list[Key], kinds: list[Key]
) -> tuple[int | None, np.ndarray[Any, Any]]:
    """The total, recursively from the top; and how much it moves with each cell."""
    moved = np.zeros((len(standards), len(kinds)))

    def value(key: Key | None, method: str) -> tuple[int | None, np.ndarray[Any, Any]]:
        mine = np.zeros_like(moved)
        node = next((one for one in system.nodes if one.key == key), None)
        parts: list[tuple[int, int, np.ndarray[Any, Any]]] = []
        if node is not None and node.method:
            if node.method == method:
                for k, kind in enumerate(kinds):
                    if (node.key, kind) in cells:
                        one = np.zeros_like(moved)
                        one[standards.index(node.key), k] = 1
                        parts.append((system.type_weights[kind], nearest(*cells[node.key, kind]), one))
        else:
            for child in system.nodes:
                if child.parent == key:
                    found, pull = value(child.key, method)
                    if found is not None:
                        parts.append((child.weight_milli, found, pull))
        whole = sum(part[0] for part in parts)
        if not whole:
            return None, mine
        for part in parts:
            mine += part[0] / whole * part[2]
        return nearest(sum(part[0] * part[1] for part in parts), whole), mine

    known = [(weight, *value(None, method)) for method, weight in system.method_weights.items() if weight]
    present = [(weight, found, pull) for weight, found, pull in known if found is not None]
    whole = sum(weight for weight, _, _ in present)
    if not whole:
        return None, moved
    for weight, _, pull in present:
        moved += weight / whole * pull
    return nearest(sum(weight * found for weight, found, _ in present), whole), moved


def _error(
    points: list[Point],
    strata: list[Stratum],
    inside: Any,
    weight: Any,
    kind: Any,
    rate: Any,
    there: Any,
    tops: Any,
    bottoms: Any,
    shares: Any,
) -> float | None:
    filled = np.where(bottoms > 0, bottoms, 1).astype(float)
    mean = tops.astype(float) / filled
    pull = (shares / filled)[:, kind].T * weight.astype(float)[:, None] * there  # points × standards
    valued = inside & there.any(axis=1)
    stratum = np.array([point.stratum for point in points], dtype=BIG)
    open_ones = [
        one
        for one in sorted(strata, key=lambda one: one.position)
        if one.visited < one.population and (valued & (stratum == one.key)).any()
    ]
    if not open_ones:
        return 0.0 if valued.any() else None
    variance = 0.0
    for unit in {one.unit for one in open_ones}:
        here = [one for one in open_ones if one.unit == unit]
        m = [int((valued & (stratum == one.key)).sum()) for one in here]
        joined = [n for n, size in enumerate(m) if size == 1]
        if len(joined) == 1:
            if len(here) == 1:
                return None
            joined.append(joined[0] + 1 if joined[0] + 1 < len(here) else joined[0] - 1)
        judged = [([here[n] for n in joined], True)] if joined else []
        judged += [([one], False) for n, one in enumerate(here) if n not in joined]
        for together, pool in judged:
            chosen = valued & np.isin(stratum, [one.key for one in together])
            a, r = pull[chosen], rate[chosen].astype(float)
            about = mean[:, kind[chosen]].T
            if pool:
                sums = a.sum(axis=0)
                about = np.broadcast_to((a * r).sum(axis=0) / np.where(sums > 0, sums, 1), a.shape)
            u = (a * (r - about)).sum(axis=1) / 1e9
            visited, population = (
                sum(one.visited for one in together),
                sum(one.population for one in together),
            )
            n = int(chosen.sum()) if pool else visited
            variance += (1 - visited / population) * n / (n - 1) * (float(u @ u) - float(u.sum()) ** 2 / n)
    return float(np.sqrt(variance))
