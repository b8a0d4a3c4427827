"""What a unit is told of its own points, and may object to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chuangwen.cores.scoring.scale import NANO
from chuangwen.orgs.actors import Actor
from chuangwen.standards.queries import tree
from chuangwen.standards.rules.tree import ItemRow, NodeRow, Tree

from .. import result_access
from ..models import Mark, Objection, Reply, Round
from ..rules.states import ObjectionState, RoundState

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit


@dataclass(frozen=True)
class Finding:
    """A mark below full, or one that was changed. `own`: what the unit objected, the last first."""

    mark: Mark
    item: ItemRow
    standard: NodeRow | None
    own: list[Objection]

    @property
    def may_object(self) -> bool:
        return not any(one.state != ObjectionState.WITHDRAWN for one in self.own)


@dataclass(frozen=True)
class Findings:
    """`marks` counts all marks on the unit's points, `lines` are those below full."""

    lines: list[Finding]
    marks: int
    points: int
    reply: Reply | None
    open: bool  # replies may still be given


def findings(actor: Actor, found: Round, unit: Unit, now: datetime) -> Findings:
    """A fixed number of queries for any number of findings."""
    marks = result_access.marks_of_unit(actor, found, unit, now)
    counts = marks.values_list("visit__point", flat=True)
    points = set(counts)
    shown = marks.filter(nano__lt=NANO) | marks.filter(before__isnull=False)
    rows = (
        shown.distinct()
        .select_related("visit__point", "visit__team", "visit__marked_by")
        .prefetch_related("photos", "objections__unit")
        .order_by("visit__point__number", "visit__turn", "pk")
    )
    system = tree(found.system_version_id)
    lines = list(_lines(system, rows, unit.pk))
    until = found.replies_until
    return Findings(
        lines=lines,
        marks=marks.count(),
        points=len(points),
        reply=Reply.objects.filter(round=found, unit=unit).select_related("by").first(),
        open=found.state == RoundState.REPLYING and (until is None or now <= until),
    )


def _lines(system: Tree, marks: Iterable[Mark], unit_id: int | None) -> Iterable[Finding]:
    items = {one.key: one for one in system.items}
    for mark in marks:
        item = items[mark.item]
        at = system.standard_at.get(item.node_id)
        own = [one for one in mark.objections.all() if one.unit_id == unit_id]
        yield Finding(mark, item, system.node[at] if at is not None else None, own[::-1])


def one_finding(mark: Mark) -> Finding:
    system = tree(mark.visit.round.system_version_id)
    return next(iter(_lines(system, [mark], None)))


def objection_item(objection: Objection) -> ItemRow:
    system = tree(objection.mark.visit.round.system_version_id)
    return next(one for one in system.items if one.key == objection.mark.item)
