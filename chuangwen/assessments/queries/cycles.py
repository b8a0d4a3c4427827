"""A cycle of years: mock means beside official results, what was gathered, what the last year must bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from chuangwen.cores.scoring.cycle import Cycle as Gathered
from chuangwen.cores.scoring.cycle import Needed, accumulate, needed
from chuangwen.cores.scoring.scale import half_up
from chuangwen.orgs.actors import Actor
from chuangwen.standards.rules.words import Purpose

from .. import access
from ..models import Cycle, OfficialResult, RoundUnit, UnitScore
from ..rules.states import RoundState
from ..rules.years import Scored, Year, year_of

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

NANO = 10**9


@dataclass(frozen=True)
class YearCell:
    """`counts` is what enters the cycle: the official score where there is one, else the mock mean."""

    year: int
    mock: Year
    official: OfficialResult | None
    counts: int | None

    @property
    def gap(self) -> int | None:
        """Mock mean less official score, nano-points."""
        if self.official is None or self.mock.nano is None:
            return None
        return self.mock.nano - self.official.score_nano

    @property
    def quarters(self) -> list[tuple[int, int]]:
        """Number (1 to 4) and mock mean of those in which something was scored."""
        return [(at, nano) for at, nano in enumerate(self.mock.quarters, 1) if nano is not None]


@dataclass(frozen=True)
class CycleLine:
    unit: Unit
    peers: str
    cells: list[YearCell]
    gathered: Gathered
    needed: Needed

    @property
    def gathered_nano(self) -> int:
        return half_up(self.gathered.gathered.numerator, self.gathered.gathered.denominator)


def cycle_lines(
    actor: Actor, cycle: Cycle, now: datetime, *, goal_nano: int, purpose: str = Purpose.TOTAL.value
) -> list[tuple[str, list[CycleLine]]]:
    """Peer groups with their units, the best first. Only locked rounds of the `purpose` count: a round of the
    minors' own system never enters the city's total.
    """
    years = [cycle.first_year + at for at in range(len(cycle.weights_milli))]
    scores = (
        access.visible_scores(actor, now)
        .filter(
            round__jurisdiction=cycle.jurisdiction_id,
            round__state=RoundState.LOCKED,
            round__system_version__system__purpose=purpose,
            round__last_day__year__gte=years[0],
            round__last_day__year__lte=years[-1],
        )
        .select_related("round", "unit")
        .order_by("round__last_day", "pk")
    )
    scored: dict[int, list[Scored]] = defaultdict(list)
    units: dict[int, Unit] = {}
    peers: dict[int, str] = {}
    named = _named(scores)
    for one in scores:
        if (one.round_id, one.unit_id) not in named or one.role == "venue":
            continue
        units[one.unit_id], peers[one.unit_id] = one.unit, one.peer_group
        scored[one.unit_id].append(
            Scored(last_day=one.round.last_day, weighs_milli=one.round.weighs_milli, nano=one.final_nano)
        )
    official: dict[tuple[int, int], OfficialResult] = {}
    if purpose == Purpose.TOTAL:
        for result in cycle.official_results.select_related("unit").order_by("pk"):
            official[result.unit_id, result.year] = result
            units.setdefault(result.unit_id, result.unit)
            peers.setdefault(result.unit_id, "")
    cells = {
        key: [_cell(cycle, scored[key], year, official.get((key, year))) for year in years] for key in units
    }
    groups: dict[str, list[int]] = defaultdict(list)
    for key, name in peers.items():
        groups[name].append(key)
    found = []
    for name, keys in sorted(groups.items()):
        rows: dict[int | str, list[int | None]] = {key: [cell.counts for cell in cells[key]] for key in keys}
        gathered = accumulate(cycle.weights_milli, rows)
        lines = [
            CycleLine(
                unit=units[key],
                peers=name,
                cells=cells[key],
                gathered=gathered[key],
                needed=needed(cycle.weights_milli, rows[key][:-1], Fraction(goal_nano)),
            )
            for key in keys
        ]
        lines.sort(key=lambda line: (line.gathered.rank is None, line.gathered.rank or 0, line.unit.path))
        found.append((name, lines))
    return found


def _named(scores: Iterable[UnitScore]) -> set[tuple[int, int]]:
    """Rounds with the units that they name."""
    rounds = {one.round_id for one in scores}
    return set(RoundUnit.objects.filter(round__in=rounds).values_list("round", "unit"))


def _cell(cycle: Cycle, scored: list[Scored], year: int, official: OfficialResult | None) -> YearCell:
    mock = year_of(scored, year, cycle.quarters_milli)
    return YearCell(year, mock, official, official.score_nano if official else mock.nano)


def titles_of_rounds(actor: Actor, ids: Collection[int], now: datetime) -> dict[int, str]:
    """Names of rounds that the actor may see, for the desk."""
    return dict(access.visible_rounds(actor, now).filter(pk__in=ids).values_list("pk", "name"))
