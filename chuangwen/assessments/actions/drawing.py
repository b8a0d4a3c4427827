"""The draw: frame frozen, seed committed and sealed; points opened to teams; the seed revealed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow, Stale
from chuangwen.cores.scoring import draw as drawing
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Draw, FramePoint, Round, Team, Visit
from ..queries.frames import as_published, candidates, drawn, stratum_names
from ..rules.opening import Job, assigned, marked_twice, opening_order
from ..rules.sealing import COST, seal, unseal
from ..rules.states import ROUND, RoundState, VisitState, next_state
from .told import tell

REVEALED_IN = (RoundState.REPLYING, RoundState.LOCKED, RoundState.CANCELLED)
AT_ONCE = 500


@dataclass(frozen=True)
class Slot:
    """When a visit is made; None: any time."""

    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True)
class Opened:
    """How many points were opened now, with how many visits, and how many drawn points are still closed."""

    points: int
    visits: int
    left: int


@transaction.atomic
def draw_points(
    *,
    actor: Actor,
    round_id: int,
    version: int,
    design: drawing.Design,
    passphrase: str,
    now: datetime,
    certain: Collection[str] = (),
    beacon: str = "",
    seed: str = "",
    cost: int = COST,
) -> Draw:
    """Freeze the frame and commit to a seed; the list of drawn points is stored nowhere.

    `certain` are numbers of points that are visited in any case. `seed` is made here unless given (in tests).
    Raises Hidden; Denied to all but the lead; Stale, NotAllowedNow; BadInput: no units, no points, a short
    passphrase, a certain point that is not there, what `scoring.draw` refuses.
    """
    found = access.round_to_open(actor, round_id, now)
    check_current(found, version)
    state = next_state(ROUND, RoundState(found.state), "draw")
    if not found.method_weights.get("field"):
        raise NotAllowedNow("assessments.no_field")
    rows = _frozen(found, certain)
    frame = [as_published(one) for one in rows]
    seed = seed or drawing.new_seed()
    made = drawing.redraw(frame, design, seed, beacon)
    if not made.points:
        raise BadInput("assessments.nothing_drawn")
    found.state = state
    save_if_current(found, version, fields=["state"])  # first, so that the second of two is told
    FramePoint.objects.bulk_create(rows, batch_size=AT_ONCE)
    draw = Draw.objects.create(
        round=found,
        design=design.data(),
        frame_sha256=made.frame_sha256,
        seed_sha256=made.seed_sha256,
        beacon=beacon,
        sealed=seal(seed, passphrase, cost=cost),
        drawn_at=now,
    )
    tell(
        actor,
        "assessments.points_drawn",
        found,
        now,
        frame=made.frame_sha256[:12],
        seed=made.seed_sha256[:12],
        population=len(rows),
    )
    return draw


def _frozen(found: Round, certain: Collection[str]) -> list[FramePoint]:
    names = stratum_names(found)
    if not names:
        raise BadInput("assessments.units_missing")
    rows = [
        FramePoint(
            round=found,
            point_id=row.id,
            number=row.number,
            name=_one_line(row.name),
            type_code=row.type_code,
            certain=row.number in certain,
            unit_id=row.unit_id,
            stratum_unit_id=unit_id,
            stratum_name=names[unit_id],
            lead_unit_id=row.lead_unit_id,
            venue_unit_id=row.venue_unit_id,
        )
        for row, unit_id in candidates(found)
    ]
    absent = set(certain) - {one.number for one in rows}
    if absent:
        raise BadInput("assessments.certain_absent", numbers="、".join(sorted(absent)))
    if not rows:
        raise BadInput("assessments.frame_empty")
    return rows


def _one_line(name: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())


def _draw_of(found: Round) -> Draw:
    draw = Draw.objects.filter(round=found).first()
    if draw is None:
        raise NotAllowedNow("assessments.draw_first")
    return draw


@transaction.atomic
def open_points(
    *,
    actor: Actor,
    round_id: int,
    version: int,
    passphrase: str,
    now: datetime,
    unit_ids: Collection[int] = (),
    most: int = 0,
    slots: Sequence[Slot] = (),
) -> Opened:
    """Open drawn points to the teams, in an order that the seed says: to each the team with the least to do
    that has no interest in it.

    `unit_ids`: of these appraised units; none: of all. `most` 0: all that are left. `slots`: one for each
    timed visit of a point. A share of the points goes to a second team as well.

    Raises Hidden; Denied to all but the lead; Stale; NotAllowedNow; BadInput: another passphrase, slots that
    end before they begin, points that no team may visit.
    """
    found = access.round_to_open(actor, round_id, now)
    check_current(found, version)
    state = next_state(ROUND, RoundState(found.state), "open")
    draw = _draw_of(found)
    seed = draw.seed or unseal(draw.sealed, passphrase, draw.seed_sha256)
    made = drawn(draw, seed)
    _require_slots(slots)
    rows = {
        one.number: one
        for one in found.frame.select_related("unit", "stratum_unit", "lead_unit", "venue_unit")
    }
    opened = set(found.visits.values_list("point__number", flat=True))
    waiting = [
        number
        for number in opening_order(made, seed)
        if number not in opened and (not unit_ids or rows[number].stratum_unit_id in unit_ids)
    ]
    chosen = waiting[:most] if most else waiting
    if not chosen:
        raise NotAllowedNow("assessments.all_open")
    visits = _visits(found, [rows[number] for number in chosen], made, seed, slots)
    found.state = state
    save_if_current(found, version, fields=["state"])  # first, so that the second of two is told
    Visit.objects.bulk_create(visits, batch_size=AT_ONCE)
    tell(actor, "assessments.points_opened", found, now, count=len(chosen))
    return Opened(len(chosen), len(visits), len(waiting) - len(chosen))


def _require_slots(slots: Sequence[Slot]) -> None:
    for one in slots:
        if one.begins is not None and one.ends is not None and one.ends <= one.begins:
            raise BadInput("assessments.slot_order")


def _visits(
    found: Round, points: Sequence[FramePoint], made: drawing.Draw, seed: str, slots: Sequence[Slot]
) -> list[Visit]:
    """Raises BadInput where no team may visit a point; the units of such points are named, not they."""
    twice = marked_twice(made, seed, found.second_pct)
    by_number = {one.number: one for one in made.points}
    teams = free_teams(found, points)
    turns = range(1, found.visits_per_point + 1)
    jobs = [
        *(Job(one.number, turn, False, teams[one.pk]) for one in points for turn in turns),
        *(Job(one.number, 1, True, teams[one.pk]) for one in points if one.number in twice),
    ]
    given = assigned(jobs, _load(found), {})
    if given.without:
        units = {one.stratum_name for one in points if one.number in given.without}
        raise BadInput("assessments.no_free_team", count=len(given.without), units="、".join(sorted(units)))
    rows = {one.number: one for one in points}
    visits = []
    for (number, turn, second), team_id in given.teams.items():
        slot = slots[turn - 1] if turn <= len(slots) else Slot()
        visits.append(
            Visit(
                round=found,
                point=rows[number],
                team_id=team_id,
                turn=turn,
                second=second,
                stratum=by_number[number].stratum,
                weight_micro=by_number[number].weight_micro,
                slot_from=slot.begins,
                slot_until=slot.ends,
            )
        )
    return visits


def free_teams(found: Round, points: Sequence[FramePoint]) -> dict[int, list[int]]:
    """Teams with members of which none belongs to an owner of the point, by point."""
    paths: dict[int, set[str]] = defaultdict(set)
    for team, path in Team.objects.filter(round=found).values_list("pk", "members__seat__unit__path"):
        if path:
            paths[team].add(path)
    return {
        point.pk: [
            team
            for team, homes in sorted(paths.items())
            if not any(access.concerns(point, home) for home in homes)
        ]
        for point in points
    }


def _load(found: Round) -> Counter[int]:
    there = found.visits.exclude(state=VisitState.CANCELLED)
    return Counter(there.values_list("team", flat=True))


@transaction.atomic
def reveal_seed(*, actor: Actor, round_id: int, version: int, passphrase: str, now: datetime) -> Draw:
    """Publish the seed, so that anyone can draw again; possible once marking is over.

    Raises Hidden; Denied to all but the lead; Stale, NotAllowedNow; BadInput for another passphrase.
    """
    found = access.round_to_open(actor, round_id, now)
    check_current(found, version)
    draw = _draw_of(found)
    if found.state not in REVEALED_IN:
        raise NotAllowedNow("assessments.reveal_later")
    if draw.seed:
        raise NotAllowedNow("assessments.revealed_already")
    seed = unseal(draw.sealed, passphrase, draw.seed_sha256)
    drawn(draw, seed)
    save_if_current(found, version, fields=[])
    if not Draw.objects.filter(pk=draw.pk, seed="").update(seed=seed, revealed_at=now):
        raise Stale
    draw.seed, draw.revealed_at = seed, now
    tell(actor, "assessments.seed_revealed", found, now)
    return draw
