"""From the tables of a round to what `rules.scores` takes. Nobody is asked who looks: check that before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from chuangwen.cores.scoring.draw import Design, strata_of_frame
from chuangwen.cores.scoring.draw import FramePoint as DrawPoint
from chuangwen.cores.scoring.engine import Seen
from chuangwen.cores.scoring.kinds import NotApplicable, parse_mark, rate
from chuangwen.cores.scoring.rollup import (
    Given,
    Item,
    Key,
    Node,
    Observation,
    Point,
    System,
    item,
    score_point,
)
from chuangwen.cores.scoring.scale import MICRO, half_up
from chuangwen.cores.scoring.variance import Stratum
from chuangwen.orgs.rules import PATH_STEP
from chuangwen.standards.queries import tree as tree_of
from chuangwen.standards.rules.tree import ItemRow, Tree
from chuangwen.standards.rules.words import Method

from ..models import Adjustment, Draw, Filing, FramePoint, Mark, PartScore, Round, Visit
from ..rules.inputs import LEAD, UNIT, VENUE, Inputs, Ranked, group
from ..rules.scores import Result, results
from ..rules.states import FilingState, VisitState

Place = tuple[int, str, bool]  # unit of the stratum, type, certain
ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class RoundInputs:
    """`marks`: the mark behind each observation."""

    round: Round
    tree: Tree
    inputs: Inputs
    marks: Mapping[Key, int]

    @cached_property
    def node_ids(self) -> dict[str, int]:
        return {one.key: one.id for one in self.tree.nodes}

    @cached_property
    def items(self) -> dict[str, ItemRow]:
        return {one.key: one for one in self.tree.items}


def system_of(tree: Tree, method_weights: Mapping[str, int]) -> System:
    """The published version as `cores.scoring` takes it: keys of nodes and items, codes of types."""
    key = {one.id: one.key for one in tree.nodes}
    code = {one.id: one.code for one in tree.types}
    inside = {
        one.id for one in tree.nodes if (at := tree.standard_at.get(one.id)) is not None and at != one.id
    }
    nodes = [
        Node(
            key=one.key,
            parent=key[one.parent_id] if one.parent_id is not None else None,
            weight_milli=one.weight_milli,
            method=one.method if one.level == "standard" else "",
        )
        for one in tree.nodes
        if one.id not in inside
    ]
    items: list[Item] = []
    for one in tree.items:
        standard = tree.standard_at.get(one.node_id)
        if standard is not None:
            types = [code[type_] for type_ in one.type_ids if type_ in code]
            cap = one.cap_nano or 0
            items.append(
                item(one.key, key[standard], one.weight_milli, types, one.marking, one.critical, cap)
            )
    return System(
        nodes=nodes,
        items=items,
        type_weights={one.code: one.weight_milli for one in tree.types},
        method_weights={name: int(weight) for name, weight in method_weights.items() if weight},
    )


def scores_now(
    found: Round, *, methods: Mapping[str, int] | None = None, types: Mapping[Key, int] | None = None
) -> list[Result]:
    """What the marks of today give, for ten millions of them too: they go by as columns, none is kept.

    `methods`, `types`: what if they weighed otherwise (thousandths).
    """
    inputs = _inputs(found).inputs
    system = inputs.system.weighing(methods=methods, types=types)
    return results(replace(inputs, system=system), seen=_seen(found))


def round_inputs(found: Round) -> RoundInputs:
    """With every mark by name. A fixed number of queries for any number of points and marks."""
    made = _inputs(found)
    observations, marks = _observations(found)
    return replace(made, inputs=replace(made.inputs, observations=observations), marks=marks)


def _inputs(found: Round) -> RoundInputs:
    """All but the marks. Units are shared by the points that lie in them."""
    tree = tree_of(found.system_version_id)
    system = system_of(tree, found.method_weights)
    frame = list(FramePoint.objects.filter(round=found).prefetch_related("unit", "stratum_unit"))
    points, strata = _points(found, frame)
    ranked, groups_of = _ranked(found, frame)
    filed, waiting = _filed(found, tree, system, groups_of)
    inputs = Inputs(
        system=system,
        points=points,
        observations=(),
        strata=strata,
        given=[*_given(found, groups_of), *filed],
        ranked=[replace(one, waiting=waiting[one.group]) for one in ranked],
        threshold_milli=found.threshold_milli,
        bonus_cap_milli=found.bonus_cap_milli,
        penalty_cap_milli=found.penalty_cap_milli,
    )
    return RoundInputs(found, tree, inputs, {})


def _place(point: FramePoint) -> Place:
    return point.stratum_unit_id, point.type_code, point.certain


def _key(place: Place) -> str:
    return f"{place[0]}|{place[1]}|{'certain' if place[2] else ''}"


def _points(found: Round, frame: list[FramePoint]) -> tuple[list[Point], list[Stratum]]:
    """Points that were opened; for each that was drawn and is still closed, one without name or visit."""
    opened: dict[int, list[Visit]] = defaultdict(list)
    visits = Visit.objects.filter(round=found, second=False).exclude(state=VisitState.CANCELLED)
    for visit in visits.only("point_id", "state", "weight_micro"):
        opened[visit.point_id].append(visit)
    sizes = Counter(_place(one) for one in frame)
    points, visited, seen = [], Counter[Place](), Counter[Place]()
    for one in frame:
        if one.pk in opened:
            accepted = sum(visit.state == VisitState.ACCEPTED for visit in opened[one.pk])
            seen[_place(one)] += 1
            visited[_place(one)] += accepted > 0
            points.append(
                Point(
                    key=one.number,
                    type=one.type_code,
                    stratum=_key(_place(one)),
                    groups=groups_of_point(one),
                    weight_micro=opened[one.pk][0].weight_micro,
                    visits=accepted,
                )
            )
    paths = {one.stratum_unit_id: one.stratum_unit.path for one in frame}
    for place, drawn in _drawn(found, frame).items():
        for number in range(drawn - seen[place]):
            points.append(
                Point(
                    key=f"closed {_key(place)} {number + 1}",
                    type=place[1],
                    stratum=_key(place),
                    groups=_above(paths[place[0]]),
                    weight_micro=half_up(sizes[place] * MICRO, drawn),
                    visits=0,
                )
            )
    ordered = sorted(sizes, key=lambda place: (place[0], place[1].encode(), place[2]))
    strata = [
        Stratum(
            key=_key(place),
            unit=str(place[0]),
            position=position,
            population=sizes[place],
            visited=visited[place],
        )
        for position, place in enumerate(ordered, 1)
    ]
    return points, strata


def groups_of_point(point: FramePoint) -> tuple[str, ...]:
    """The territorial unit with all above it, the lead department, the venue."""
    found = list(_above(point.unit.path))
    if point.lead_unit_id is not None:
        found.append(group(LEAD, point.lead_unit_id))
    if point.venue_unit_id is not None:
        found.append(group(VENUE, point.venue_unit_id))
    return tuple(found)


def _above(path: str) -> tuple[str, ...]:
    """Paths are made of the numbers of units."""
    steps = range(0, len(path), PATH_STEP)
    return tuple(group(UNIT, int(path[at : at + PATH_STEP], 16)) for at in steps)


def _drawn(found: Round, frame: list[FramePoint]) -> dict[Place, int]:
    """How many points were drawn in each stratum: that follows from frame and design, not from the seed."""
    draw = Draw.objects.filter(round=found).first()
    if draw is None:
        return {}
    rows = [
        DrawPoint(
            number=one.number,
            unit=str(one.stratum_unit_id),
            type=one.type_code,
            certain=one.certain,
            name=one.name,
        )
        for one in frame
    ]
    names = {_unit_name(one): str(one.stratum_unit_id) for one in frame}
    data: dict[str, Any] = dict(draw.design)
    data["sizes"] = {names.get(key, key): size for key, size in data.get("sizes", {}).items()}
    return {
        (int(one.unit), one.type, one.certain): one.drawn for one in strata_of_frame(rows, Design(**data))
    }


def _unit_name(point: FramePoint) -> str:
    """What the published frame calls the unit."""
    return point.stratum_name or str(point.stratum_unit)


COUNTS = {"visit__second": False, "visit__state": VisitState.ACCEPTED}


def _seen(found: Round) -> Iterator[Seen]:
    rows = Mark.objects.filter(visit__round=found, **COUNTS).order_by()
    number = dict(Visit.objects.filter(round=found).values_list("pk", "point__number"))
    for visit, key, nano in rows.values_list("visit", "item", "nano").iterator(ROWS_AT_ONCE):
        yield Seen(number[visit], key, nano)


def _observations(found: Round) -> tuple[list[Observation], dict[Key, int]]:
    rows = Mark.objects.filter(visit__round=found, **COUNTS)
    observations: list[Observation] = []
    marks: dict[Key, int] = {}
    columns = ("pk", "visit__point__number", "visit__turn", "item", "nano")
    for pk, number, turn, key, nano in rows.order_by("pk").values_list(*columns).iterator(5000):
        name = f"{number}/{turn}/{key}"
        observations.append(Observation(key=name, point=number, item=key, nano=nano))
        marks[name] = pk
    return observations, marks


def _ranked(found: Round, frame: list[FramePoint]) -> tuple[list[Ranked], dict[int, list[str]]]:
    """Groups that the round names; and those of each of its units, by the number of the RoundUnit."""
    milli: dict[tuple[int, str], int] = defaultdict(int)
    for one in Adjustment.objects.filter(round_unit__round=found):
        milli[one.round_unit_id, one.kind] += one.points_milli
    leads = {one.lead_unit_id for one in frame}
    venues = {one.venue_unit_id for one in frame}
    paths = {one.unit.path for one in frame}
    ranked, groups = [], {}
    for unit in found.units.select_related("unit"):
        below = any(path.startswith(unit.unit.path) for path in paths)
        roles = [role for role, known in ((LEAD, leads), (VENUE, venues)) if unit.unit_id in known]
        if below or not roles:
            roles = [UNIT]  # an area is appraised for what lies in it
        groups[unit.pk] = [group(role, unit.unit_id) for role in roles]
        for name in groups[unit.pk]:
            ranked.append(
                Ranked(
                    group=name,
                    peers=unit.peer_group,
                    bonus_milli=milli[unit.pk, "bonus"],
                    penalty_milli=milli[unit.pk, "penalty"],
                )
            )
    return ranked, groups


def _given(found: Round, groups: Mapping[int, list[str]]) -> list[Given]:
    return [
        Given(
            group=name,
            method=one.method,
            nano=one.nano,
            standard=one.node or None,
            n=one.n,
            source=one.source,
            se_nano=one.se_nano,
        )
        for one in PartScore.objects.filter(round_unit__round=found).order_by("pk")
        for name in groups[one.round_unit_id]
    ]


def _filed(
    found: Round, tree: Tree, system: System, groups: Mapping[int, list[str]]
) -> tuple[list[Given], Counter[str]]:
    """What reviewers gave for filings, by standard; and how many of each group wait for a decision."""
    items = {one.key: one for one in tree.items}
    given, waiting = [], Counter[str]()
    for filing in Filing.objects.filter(round=found).order_by("pk"):
        names = groups[filing.for_unit_id]
        if filing.state != FilingState.ACCEPTED:
            waiting.update(names)
            continue
        marks: list[tuple[Key, int | None]] = []
        for key, data in sorted(filing.marks.items()):
            outcome = rate(items[key].marking, parse_mark(items[key].marking, data))
            marks.append((key, None if isinstance(outcome, NotApplicable) else outcome.nano))
        nano = score_point(system, marks).standards.get(filing.node)
        if nano is not None:
            n = sum(mark is not None for _, mark in marks)
            for name in names:
                method = Method.MATERIAL.value
                given.append(
                    Given(group=name, method=method, nano=nano, standard=filing.node, n=n, source="filing")
                )
    return given, waiting
