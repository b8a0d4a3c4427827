"""Why a score is what it is: each lost point as a line, what mending some gains, and what if weights were
others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chuangwen.cores.scoring.explain import Explanation, Lost
from chuangwen.cores.scoring.rollup import Key, roll_up
from chuangwen.standards.rules.tree import ItemRow, NodeRow

from ..models import Mark, Objection, UnitScore
from ..rules.inputs import group
from .inputs import RoundInputs, round_inputs

if TYPE_CHECKING:
    from ..models import FramePoint

FIX = 5


@dataclass(frozen=True)
class LostLine:
    """`cost_nano` of full (1): how much higher the total would be with this mark at full."""

    lost: Lost
    mark: Mark
    standard: NodeRow
    item: ItemRow
    objections: list[Objection]
    fixed: bool = False

    @property
    def point(self) -> FramePoint:
        return self.mark.visit.point


@dataclass(frozen=True)
class Explained:
    """`fixed`: keys of the marks that are mended; `gain_nano` what all of them gain together."""

    total_nano: int | None
    lines: list[LostLine]
    fixed: set[int]
    gain_nano: int
    marks: int

    @property
    def lost(self) -> int:
        return len(self.lines)


def explained(score: UnitScore, pick: Collection[int] = ()) -> tuple[Explained, RoundInputs]:
    """All lost points of a score, the most costly first. `pick`: marks to mend; none: the five that gain
    most.
    """
    made = round_inputs(score.round)
    inputs = made.inputs
    name = group(score.role, score.unit_id)
    told = Explanation(inputs.system, inputs.points, inputs.observations, name, inputs.given)
    lost = told.lost()
    key_of = {pk: key for key, pk in made.marks.items()}
    lines = {line.observation for line in lost}
    chosen: list[Key] = [key_of[pk] for pk in pick if pk in key_of and key_of[pk] in lines]
    if chosen:
        gain = told.gain(chosen)
    else:
        chosen, gain = told.best(FIX)
    shown = lines_of(made, lost, set(chosen))
    fixed = {made.marks[key] for key in chosen}
    return Explained(told.total_nano, shown, fixed, gain, told.score.counts.marks), made


def lines_of(made: RoundInputs, lost: Iterable[Lost], fixed: Collection[Key] = ()) -> list[LostLine]:
    """Four queries for any number of lines."""
    rows = list(lost)
    marks = (
        Mark.objects.filter(pk__in=[made.marks[one.observation] for one in rows])
        .select_related("visit__point__unit", "visit__team", "visit__marked_by")
        .prefetch_related("photos", "objections__unit")
    )
    by_key = {one.pk: one for one in marks}
    items = made.items
    standards = {one.key: one for one in made.tree.nodes}
    found = []
    for one in rows:
        mark = by_key[made.marks[one.observation]]
        found.append(
            LostLine(
                lost=one,
                mark=mark,
                standard=standards[str(one.standard)],
                item=items[str(one.item)],
                objections=list(mark.objections.all()),
                fixed=one.observation in fixed,
            )
        )
    return found


@dataclass(frozen=True)
class WhatIf:
    """`rows`: group, total as it is, total with the other weights; of all that the round ranks."""

    total_nano: int | None
    rows: list[tuple[str, int | None, int | None]]


def what_if(
    made: RoundInputs, score: UnitScore, methods: Mapping[str, int], types: Mapping[str, int]
) -> WhatIf:
    """Totals over the methods that have a value, with other weights (thousandths) of methods and types."""
    inputs = made.inputs
    other = inputs.system.weighing(methods=methods, types=dict(types.items()))
    after = roll_up(other, inputs.points, inputs.observations, inputs.given).groups
    before = roll_up(inputs.system, inputs.points, inputs.observations, inputs.given).groups
    name = group(score.role, score.unit_id)
    peers = [one.group for one in inputs.ranked if one.group.startswith(f"{score.role}:")]
    rows = [
        (
            one,
            before[one].known_nano if one in before else None,
            after[one].known_nano if one in after else None,
        )
        for one in dict.fromkeys([*peers, name])
    ]
    rows.sort(key=lambda row: -(row[2] if row[2] is not None else -1))
    return WhatIf(after[name].known_nano if name in after else None, rows)
