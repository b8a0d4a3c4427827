"""The frame and the draw as they are published, and how many points a margin needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from chuangwen.cores.scoring import draw as drawing
from chuangwen.cores.scoring.planner import Plan, PlannedStratum, plan
from chuangwen.orgs.actors import system_actor
from chuangwen.points.queries import PointRow, points_for_frame
from chuangwen.standards.queries import tree

from ..models import Draw, FramePoint, Round
from ..rules.planning import names_of_strata, stratum_of

READING = system_actor("assessments.reading")


def frame_rows(found: Round) -> list[drawing.FramePoint]:
    """The frame of a round as it is published; it was frozen, and stands so whatever is renamed."""
    return [as_published(one) for one in FramePoint.objects.filter(round=found)]


def as_published(one: FramePoint) -> drawing.FramePoint:
    return drawing.FramePoint(
        number=one.number,
        unit=one.stratum_name,
        type=one.type_code,
        certain=one.certain,
        name=one.name,
    )


def public_files(draw: Draw) -> tuple[str, str]:
    """frame.csv and draw.json: with the list where the seed was revealed, else with the commitment alone."""
    frame = frame_rows(draw.round)
    if draw.seed:
        made = drawn(draw, draw.seed)
    else:
        made = drawing.Draw(
            frame_sha256=draw.frame_sha256,
            seed_sha256=draw.seed_sha256,
            beacon=draw.beacon,
            design=drawing.Design(**draw.design),
            strata=strata(draw),
            points=(),
        )
    return drawing.frame_csv(frame), drawing.draw_json(made, draw.seed or None)


def drawn(draw: Draw, seed: str) -> drawing.Draw:
    """The draw once more. Raises BadInput where the stored frame or seed is not the committed one."""
    return drawing.redraw(
        frame_rows(draw.round),
        drawing.Design(**draw.design),
        seed,
        draw.beacon,
        frame_hash=draw.frame_sha256,
        seed_hash=draw.seed_sha256,
    )


def strata(draw: Draw) -> list[drawing.DrawnStratum]:
    """How many points are drawn in each stratum: public, for it follows from frame and design."""
    return drawing.strata_of_frame(frame_rows(draw.round), drawing.Design(**draw.design))


def candidates(found: Round) -> list[tuple[PointRow, int]]:
    """Open points of the round's types, with the appraised unit in which each lies."""
    units = {one.unit.path: one.unit_id for one in found.units.select_related("unit")}
    rows = points_for_frame(
        READING,
        found.jurisdiction_id,
        unit_ids=list(units.values()),
        type_codes=found.type_codes or None,
    )
    placed = [(row, stratum_of(row.unit_path, units)) for row in rows]
    return [(row, unit) for row, unit in placed if unit is not None]


def stratum_names(found: Round) -> dict[int, str]:
    """What the frame calls each appraised unit."""
    units = [one.unit for one in found.units.select_related("unit")]
    return names_of_strata([(one.pk, str(one), one.name) for one in units])


@dataclass(frozen=True)
class PlannedUnit:
    """How many points of a unit would be drawn so that its score is known within a margin."""

    name: str
    population: int
    plan: Plan


@dataclass(frozen=True)
class Planned:
    units: list[PlannedUnit]
    points: int
    visits: int
    person_days: float
    sizes: Mapping[int, int]  # points by id of the unit


def planned(
    found: Round, margin: float, *, sd: float, visits_per_day: float, team: int, least: int = 2
) -> Planned:
    """For each appraised unit the fewest points with which its score is known within ± `margin` (of 100).

    `sd`: how far points lie apart, as a share of 1.
    """
    weights = {one.code: one.weight_milli for one in tree(found.system_version_id).types}
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row, unit_id in candidates(found):
        counts[unit_id][row.type_code] += 1
    units, sizes = [], {}
    for one in found.units.select_related("unit"):
        strata = [
            PlannedStratum(type=code, population=n, weight_milli=weights.get(code, 1000), sd=sd)
            for code, n in sorted(counts[one.unit_id].items())
        ]
        made = plan(
            strata,
            margin / 100,
            least=least,
            visits_per_point=found.visits_per_point,
            visits_per_day=visits_per_day,
            team=team,
        )
        sizes[one.unit_id] = made.total
        units.append(PlannedUnit(str(one.unit), sum(counts[one.unit_id].values()), made))
    return Planned(
        units=units,
        points=sum(one.plan.total for one in units),
        visits=sum(one.plan.visits for one in units),
        person_days=sum(one.plan.person_days for one in units),
        sizes=sizes,
    )
