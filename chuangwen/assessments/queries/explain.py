"""Why a score is what it is: each lost point as a line, what mending some gains, and what if weights were
others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chuangwen.cores.scoring.explain import Explanation
from chuangwen.cores.scoring.rollup import Key
from chuangwen.cores.scoring.scale import MILLI, NANO
from chuangwen.standards.queries import tree
from chuangwen.standards.rules.tree import ItemRow, NodeRow

from ..models import FramePoint, Mark, Objection, Round, UnitScore
from ..rules.inputs import group
from .inputs import RoundInputs, round_inputs, scores_now
from .kept import kept

FIX = 5


@dataclass(frozen=True)
class LostLine:
    """`cost_nano` of full (1): how much higher the total would be with this mark at full. `caps`: it is a
    critical item that was not met.
    """

    mark: Mark
    cost_nano: int
    standard: NodeRow
    item: ItemRow
    objections: list[Objection]

    @property
    def point(self) -> FramePoint:
        return self.mark.visit.point

    @property
    def caps(self) -> bool:
        met = self.item.marking.met_from_milli * (NANO // MILLI)
        return bool(self.item.critical) and self.mark.nano is not None and self.mark.nano < met


@dataclass(frozen=True)
class Explained:
    """`lost`: number of the mark and its cost, the most costly first. `fixed`: the marks that are mended;
    `gain_nano` what all of them gain together.
    """

    total_nano: int | None
    marks: int
    lost: Sequence[tuple[int, int]]
    fixed: Collection[int]
    gain_nano: int


def explained(score: UnitScore, pick: Collection[int] = ()) -> Explained:
    """All lost points of a score. `pick`: marks to mend, for which it is scored anew; none: the five that
    gain most.
    """
    told = kept(score.round, group(score.role, score.unit_id), lambda: _explained(score))
    chosen = {pk for pk, _cost in told.lost}.intersection(pick)
    return _explained(score, chosen) if chosen else told


def _explained(score: UnitScore, pick: Collection[int] = ()) -> Explained:
    made = round_inputs(score.round)
    told = _explanation(made, score)
    if pick:
        chosen: list[Key] = [key for key, pk in made.marks.items() if pk in pick]
        gain = told.gain(chosen)
    else:
        chosen, gain = told.best(FIX)
    return Explained(
        total_nano=told.total_nano,
        marks=told.score.counts.marks,
        lost=[(made.marks[one.observation], one.cost_nano) for one in told.lost()],
        fixed={made.marks[key] for key in chosen},
        gain_nano=gain,
    )


def _explanation(made: RoundInputs, score: UnitScore) -> Explanation:
    inputs = made.inputs
    name = group(score.role, score.unit_id)
    return Explanation(inputs.system, inputs.points, inputs.observations, name, inputs.given)


def lines_of(found: Round, lost: Sequence[tuple[int, int]]) -> list[LostLine]:
    """A fixed number of queries for any number of lines."""
    marks = (
        Mark.objects.filter(pk__in=[pk for pk, _cost in lost])
        .select_related("visit__point__unit", "visit__team", "visit__marked_by")
        .prefetch_related("photos", "objections__unit")
    )
    by_key = {one.pk: one for one in marks}
    system = tree(found.system_version_id)
    items = {one.key: one for one in system.items}
    return [
        LostLine(
            mark=by_key[pk],
            cost_nano=cost,
            standard=system.node[system.standard_at[items[by_key[pk].item].node_id]],
            item=items[by_key[pk].item],
            objections=list(by_key[pk].objections.all()),
        )
        for pk, cost in lost
    ]


@dataclass(frozen=True)
class Weights:
    """In thousandths, as they are; of types by code, those that the round's frame holds."""

    methods: Mapping[str, int]
    types: Mapping[str, int]
    type_names: Mapping[str, str]


def weights_of(found: Round) -> Weights:
    visited = set(FramePoint.objects.filter(round=found).values_list("type_code", flat=True))
    types = [one for one in tree(found.system_version_id).types if one.code in visited]
    return Weights(
        methods={name: int(weight) for name, weight in found.method_weights.items() if weight},
        types={one.code: one.weight_milli for one in types},
        type_names={one.code: one.name for one in types},
    )


@dataclass(frozen=True)
class WhatIf:
    """`rows`: group, total as it is, total with the other weights; of all that the round ranks."""

    total_nano: int | None
    rows: list[tuple[str, int | None, int | None]]


def what_if(score: UnitScore, methods: Mapping[str, int], types: Mapping[str, int]) -> WhatIf:
    """Totals over the methods that have a value, with other weights (thousandths) of methods and types."""
    found = score.round
    now = scores_now(found)
    before = {one.group: one.known_nano for one in now}
    after = {
        one.group: one.known_nano for one in scores_now(found, methods=methods, types=dict(types.items()))
    }
    name = group(score.role, score.unit_id)
    named = set(found.units.values_list("unit", flat=True))
    peers = [one.group for one in now if one.group in {group(score.role, unit) for unit in named}]
    rows = [(one, before.get(one), after.get(one)) for one in dict.fromkeys([*peers, name])]
    rows.sort(key=lambda row: -(row[2] if row[2] is not None else -1))
    return WhatIf(after.get(name), rows)
