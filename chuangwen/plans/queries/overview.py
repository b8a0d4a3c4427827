"""The plan at a glance: how much of what, who leads it, what is due when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Assignment, Goal, Mechanism, PlanVersion, Program, Rhythm, Role, Stage
from ..rules.states import RowState
from .book import Book, TaskLine, distinct

if TYPE_CHECKING:
    from chuangwen.orgs.models import Post, Unit

LEADING = (Role.LEAD, Role.RESPONSIBLE)


@dataclass(frozen=True)
class Figures:
    programs: int
    tasks: int
    measures: int
    indicators: int
    targets: int
    units: int


@dataclass(frozen=True)
class ProgramLine:
    """`row` is None for the tasks that stand in no program; `leads` are the names of the lead units."""

    row: Program | None
    tasks: int
    indicators: int
    leads: list[str]


@dataclass(frozen=True)
class UnitLine:
    """`unit` is None for a name that is matched with none; `printed` then is the name."""

    unit: Unit | None
    printed: str
    led: int
    helped: int
    indicators: int


@dataclass(frozen=True)
class LeaderLine:
    post: Post | None
    name: str
    tasks: int
    indicators: int


@dataclass(frozen=True)
class DueLine:
    """`deadline` is "" for what the document sets no deadline for."""

    deadline: str
    indicators: int
    tasks: int


@dataclass(frozen=True)
class Overview:
    version: PlanVersion
    figures: Figures
    programs: list[ProgramLine]
    units: list[UnitLine]
    leaders: list[LeaderLine]
    due: list[DueLine]
    goals: list[Goal]
    stages: list[Stage]
    rhythm: list[Rhythm]
    mechanisms: list[Mechanism]

    @property
    def announced(self) -> list[dict[str, Any]]:
        return list(self.version.announced)


def overview(actor: Actor, version_id: int) -> Overview:
    """Raises Hidden. A fixed number of queries."""
    version = access.one_version(actor, version_id)
    book = Book(version)
    units = _units(book.tasks)
    goals = version.goal_rows.prefetch_related("jurisdictions")
    return Overview(
        version=version,
        figures=Figures(
            programs=len(book.programs),
            tasks=len(book.tasks),
            measures=sum(len(line.measures) for line in book.tasks),
            indicators=len(book.indicators),
            targets=sum(len(line.targets) for line in book.indicators),
            units=len(units),
        ),
        programs=_programs(book),
        units=units,
        leaders=_leaders(book.tasks),
        due=_due(book),
        goals=[row for row in goals if row.state != RowState.DROPPED],
        stages=[row for row in version.stage_rows.all() if row.state != RowState.DROPPED],
        rhythm=[row for row in version.rhythm_rows.all() if row.state != RowState.DROPPED],
        mechanisms=[row for row in version.mechanism_rows.all() if row.state != RowState.DROPPED],
    )


def _programs(book: Book) -> list[ProgramLine]:
    lines = []
    for row in [*book.programs, None]:
        tasks = [line for line in book.tasks if line.row.program_id == (row.pk if row else None)]
        indicators = distinct(one for line in tasks for one in line.indicators)
        leads = dict.fromkeys(str(one.unit or one.printed) for line in tasks for one in line.leads)
        if row or tasks:
            lines.append(ProgramLine(row, len(tasks), len(indicators), list(leads)))
    return lines


def _units(tasks: list[TaskLine]) -> list[UnitLine]:
    """Units and names that stand in no register, those with the most to lead first."""
    units: dict[int | str, tuple[Unit | None, str]] = {}
    led: dict[int | str, list[TaskLine]] = {}
    helped: dict[int | str, list[TaskLine]] = {}
    for line in tasks:
        for one in line.assignments:
            if one.role == Role.LEADER:
                continue
            for key, unit in _bearers(one):
                units.setdefault(key, (unit, one.printed))
                group = led if one.role in LEADING else helped
                group.setdefault(key, []).append(line)
    lines = []
    for key, (unit, printed) in units.items():
        leading = {line.row.pk: line for line in led.get(key, ())}
        helping = {line.row.pk for line in helped.get(key, ())} - set(leading)
        indicators = distinct(one for line in leading.values() for one in line.indicators)
        lines.append(UnitLine(unit, printed, len(leading), len(helping), len(indicators)))
    return sorted(lines, key=lambda line: (-line.led, -line.helped))


def _bearers(one: Assignment) -> list[tuple[int | str, Unit | None]]:
    """Units that bear the work, or the printed name where none is known (yet)."""
    frozen: list[tuple[int | str, Unit | None]] = [(bound.unit_id, bound.unit) for bound in one.units.all()]
    if frozen:
        return frozen
    return [(one.unit_id, one.unit)] if one.unit_id else [(one.printed, None)]


def _leaders(tasks: list[TaskLine]) -> list[LeaderLine]:
    posts: dict[int | str, tuple[Post | None, str]] = {}
    led: dict[int | str, list[TaskLine]] = {}
    for line in tasks:
        for one in line.leaders:
            key = one.post_id or one.printed
            posts.setdefault(key, (one.post, one.post.title if one.post else one.printed))
            led.setdefault(key, []).append(line)
    return [
        LeaderLine(post, name, len(led[key]), len(distinct(i for line in led[key] for i in line.indicators)))
        for key, (post, name) in posts.items()
    ]


def _due(book: Book) -> list[DueLine]:
    indicators = Counter(
        deadline for line in book.indicators for deadline in {t.deadline for t in line.targets}
    )
    tasks = Counter(line.row.deadline for line in book.tasks if line.row.deadline)
    deadlines = sorted(set(indicators) | set(tasks), key=lambda deadline: (not deadline, deadline))
    return [DueLine(deadline, indicators[deadline], tasks[deadline]) for deadline in deadlines]
