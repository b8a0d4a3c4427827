"""The board of a round, and one result: what pages show of scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from chuangwen.cores.scoring.ranks import Apart
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor, system_actor
from chuangwen.standards.queries import tree
from chuangwen.standards.rules.tree import NodeRow, Tree

from .. import access
from ..models import Round, UnitScore
from ..rules.inputs import ROLES, group, parts_of
from ..rules.scores import neighbours
from .inputs import scores_now
from .kept import kept

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

FULL_NANO = 10**11
PAD_NANO = 20_000_000  # what the chart leaves free on both sides


@dataclass(frozen=True)
class Line:
    """A score as a line of the board. `left`, `width`, `at` place its range in the chart, in per cent of it;
    None where there is none. `apart`: what would tell it from the next.
    """

    score: UnitScore
    final_low: int | None
    final_high: int | None
    left: float | None = None
    width: float | None = None
    at: float | None = None
    apart: Apart | None = None


@dataclass(frozen=True)
class Peers:
    """A peer group, the best first; those that are withheld last. `low`, `high`: the ends of the chart."""

    role: str
    name: str
    lines: list[Line]
    low: int
    high: int

    @property
    def tiers(self) -> int:
        return max((line.score.tier or 0 for line in self.lines), default=0)

    @property
    def places(self) -> list[tuple[str, list[Unit]]]:
        """Places as ranges ("2–3"), the best first, with the units that may stand there."""
        found: dict[str, list[Unit]] = {}
        for one in (line.score for line in self.lines):
            if one.rank is not None:
                last = "" if one.rank_first == one.rank_last else f"–{one.rank_last}"
                found.setdefault(f"{one.rank_first}{last}", []).append(one.unit)
        return list(found.items())

    @property
    def neighbours(self) -> list[tuple[Line, Line]]:
        """Each line of which it is known what would tell it from the next, with that one."""
        return [pair for pair in pairwise(self.lines) if pair[0].apart is not None]


@dataclass(frozen=True)
class Board:
    """`peers`: who is ranked, each group for itself. `others`: who is scored and not ranked, by role.
    `without`: of those, what all of one role lack in the same way, by role: a score that says so for all.
    """

    peers: list[Peers]
    others: dict[str, list[Line]]
    withheld: int

    @property
    def without(self) -> dict[str, UnitScore]:
        rows = {role: [line.score for line in lines] for role, lines in self.others.items()}
        return {
            role: scores[0]
            for role, scores in rows.items()
            if scores[0].withheld and len({(*one.withheld, *one.missing) for one in scores}) == 1
        }

    @property
    def empty(self) -> bool:
        return not self.peers and not any(self.others.values())


def board(actor: Actor, found: Round, now: datetime, *, apart: bool = False) -> Board:
    """Three queries for any number of units; with `apart` also what would separate neighbours, for which the
    round is scored anew unless nothing changed since.
    """
    scores = list(access.visible_scores(actor, now).filter(round=found).select_related("unit"))
    named = set(found.units.values_list("unit", flat=True))
    ranked: dict[tuple[str, str], list[UnitScore]] = defaultdict(list)
    others: dict[str, list[Line]] = defaultdict(list)
    separate: Mapping[str, Apart] = {}
    if apart and scores:
        separate = kept(found, "apart", lambda: neighbours(scores_now(found)))
    roles = _roles(scores, named)
    for one in scores:
        if one.unit_id in named and one.role in roles[one.unit_id]:
            ranked[one.role, one.peer_group].append(one)
        else:
            others[one.role].append(line_of(one))
    peers = [
        _peers(role, name, rows, separate)
        for (role, name), rows in sorted(
            ranked.items(), key=lambda pair: (ROLES.index(pair[0][0]), pair[0][1])
        )
    ]
    return Board(peers, dict(others), sum(bool(one.withheld) for one in scores if one.unit_id in named))


def _roles(scores: Iterable[UnitScore], named: set[int]) -> dict[int, set[str]]:
    """In which roles a unit that the round names is ranked: an area as a unit, else as what it has points."""
    found: dict[int, set[str]] = defaultdict(set)
    for one in scores:
        if one.unit_id in named:
            found[one.unit_id].add(one.role)
    return {unit: {"unit"} if "unit" in roles else roles for unit, roles in found.items()}


def line_of(one: UnitScore) -> Line:
    """The interval moves with bonus and penalty."""
    if one.final_nano is None or one.total_nano is None or one.low_nano is None or one.high_nano is None:
        return Line(one, None, None)
    moved = one.final_nano - 100 * one.total_nano
    return Line(one, 100 * one.low_nano + moved, 100 * one.high_nano + moved)


def _peers(role: str, name: str, rows: Sequence[UnitScore], apart: Mapping[str, Apart]) -> Peers:
    lines = [line_of(one) for one in rows]
    known = [
        value
        for line in lines
        for value in (line.final_low, line.final_high, line.score.final_nano)
        if value is not None
    ]
    low = max(min(known, default=0) - PAD_NANO * 100, 0)
    high = min(max(known, default=FULL_NANO) + PAD_NANO * 100, FULL_NANO)
    placed = [_placed(line, low, high, apart.get(group(role, line.score.unit_id))) for line in lines]
    placed.sort(key=lambda line: (line.score.final_nano is None, -(line.score.final_nano or 0)))
    return Peers(role, name, placed, low, high)


def _placed(line: Line, low: int, high: int, apart: Apart | None) -> Line:
    def place(value: int) -> float:
        return round(100 * (value - low) / (high - low), 2)

    final = line.score.final_nano
    if final is None:
        return Line(line.score, None, None, apart=apart)
    if line.final_low is None or line.final_high is None:
        return Line(line.score, None, None, at=place(final), apart=apart)
    left, right = place(line.final_low), place(line.final_high)
    return Line(
        line.score, line.final_low, line.final_high, left, max(right - left, 0.4), place(final), apart
    )


@dataclass(frozen=True)
class NodeLine:
    """`nano` None: without a value. `best`, `mean` over the peers that have one."""

    node: NodeRow
    depth: int
    method: str
    nano: int | None
    mean: int | None


def node_lines(score: UnitScore) -> list[NodeLine]:
    """Standards and what stands above them, in the order of the tree; with the mean of the peers."""
    system = tree(score.round.system_version_id)
    values: dict[str, dict[str, int]] = defaultdict(dict)
    for method, key, nano in score.nodes.values_list("method", "node", "nano"):
        if key:
            values[key][method] = nano
    peers = _peer_means(score)
    found = []
    for node, depth in _depths(system):
        methods = values.get(node.key, {})
        if node.method:
            method = node.method
            found.append(NodeLine(node, depth, method, methods.get(method), peers.get((method, node.key))))
        else:
            for method, nano in sorted(methods.items()) or [("", 0)]:
                shown = nano if method else None
                found.append(NodeLine(node, depth, method, shown, peers.get((method, node.key))))
    return found


def _depths(system: Tree) -> Iterable[tuple[NodeRow, int]]:
    depth: dict[int, int] = {}
    for one in system.nodes:
        depth[one.id] = depth[one.parent_id] + 1 if one.parent_id is not None else 0
        at = system.standard_at.get(one.id)
        if at is None or at == one.id:
            yield one, depth[one.id]


def _peer_means(score: UnitScore) -> dict[tuple[str, str], int]:
    """Of those in the same peer group; empty where it stands in none."""
    if score.rank is None:
        return {}
    rows = UnitScore.objects.filter(
        round=score.round_id, role=score.role, peer_group=score.peer_group, rank__isnull=False
    ).values_list("nodes__method", "nodes__node", "nodes__nano")
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    for method, node, nano in rows:
        if nano is not None:
            sums[method, node].append(nano)
    return {key: sum(values) // len(values) for key, values in sums.items()}


def names_of(groups: Iterable[str]) -> dict[str, str]:
    """Names of units by group."""
    ids = {name: parts_of(name)[1] for name in groups}
    units = visible_units(system_actor("assessments")).in_bulk(set(ids.values()))
    return {name: str(units[key]) for name, key in sorted(ids.items()) if key in units}
