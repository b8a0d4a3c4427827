"""Search and filters over tasks and indicators, as one object that lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chuangwen.kit.http import whole_number
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import PlanVersion, Program, Role, Strength
from ..rules.deadlines import year_of
from .book import Book, IndicatorLine, TaskLine, bound_units

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

KINDS = ("", "task", "indicator")


@dataclass(frozen=True)
class Filter:
    """What is looked for; None and "" mean "any". What the URL says wrongly is passed over.

    `program` is a key (P2), `unit` a unit's number, `role` a Role, `kind` "task" or "indicator".
    """

    text: str = ""
    program: str = ""
    unit: int | None = None
    role: str = ""
    year: int | None = None
    strength: str = ""
    kind: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filter:
        return cls(
            text=query.get("text", "").strip(),
            program=query.get("program", ""),
            unit=whole_number(query.get("unit", "")),
            role=_one_of(query.get("role", ""), Role.values),
            year=whole_number(query.get("year", "")),
            strength=_one_of(query.get("strength", ""), Strength.values),
            kind=_one_of(query.get("kind", ""), KINDS),
        )


@dataclass(frozen=True)
class Found:
    """`programs`, `units` and `years` are the choices that the version offers."""

    version: PlanVersion
    wanted: Filter
    tasks: list[TaskLine]
    indicators: list[IndicatorLine]
    programs: list[Program]
    units: list[Unit]
    years: list[int]


def find(actor: Actor, version_id: int, wanted: Filter) -> Found:
    """Tasks and indicators that meet every condition. A fixed number of queries. Raises Hidden."""
    book = Book(access.one_version(actor, version_id))
    kept = {line.row.pk for line in book.tasks if _task_in_scope(line, wanted)}
    tasks = [line for line in book.tasks if line.row.pk in kept and _task_meets(line, wanted)]
    indicators = [line for line in book.indicators if _indicator_meets(line, kept, wanted)]
    return Found(
        version=book.version,
        wanted=wanted,
        tasks=tasks if wanted.kind != "indicator" else [],
        indicators=indicators if wanted.kind != "task" else [],
        programs=book.programs,
        units=_units(book),
        years=_years(book),
    )


def _task_in_scope(line: TaskLine, wanted: Filter) -> bool:
    """Whether the task itself, with its units, lies in the program and the unit's work that are wanted."""
    if wanted.program and (line.row.program is None or line.row.program.key != wanted.program):
        return False
    if wanted.unit is None and not wanted.role:
        return True
    return any(
        (not wanted.role or one.role == wanted.role)
        and (wanted.unit is None or wanted.unit in bound_units(one))
        for one in line.assignments
    )


def _task_meets(line: TaskLine, wanted: Filter) -> bool:
    row = line.row
    names = " ".join([row.number, row.title, row.text, *(one.printed for one in line.assignments)])
    if not _has(names, wanted.text):
        return False
    if wanted.strength and not any(one.row.strength == wanted.strength for one in line.indicators):
        return False
    years = {year_of(row.deadline), *(year for one in line.indicators for year in _due_years(one))}
    return wanted.year is None or wanted.year in years


def _indicator_meets(line: IndicatorLine, tasks: set[int], wanted: Filter) -> bool:
    row = line.row
    scoped = bool(wanted.program or wanted.role or wanted.unit is not None)
    if scoped and not any(task.pk in tasks for task in line.tasks):
        return False
    if wanted.strength and row.strength != wanted.strength:
        return False
    if wanted.year is not None and wanted.year not in _due_years(line):
        return False
    return _has(
        " ".join([row.name, row.scope, row.words, line.quote.text if line.quote else ""]), wanted.text
    )


def _due_years(line: IndicatorLine) -> set[int]:
    return {year for target in line.targets if (year := year_of(target.deadline))}


def _has(text: str, wanted: str) -> bool:
    """Every word wanted is there, in any case."""
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())


def _units(book: Book) -> list[Unit]:
    units = {
        bound.unit_id: bound.unit for t in book.tasks for one in t.assignments for bound in one.units.all()
    }
    units |= {one.unit_id: one.unit for t in book.tasks for one in t.assignments if one.unit and one.unit_id}
    return sorted(units.values(), key=lambda unit: unit.path)


def _years(book: Book) -> list[int]:
    tasks = {year for line in book.tasks if (year := year_of(line.row.deadline))}
    return sorted(tasks.union(*(_due_years(line) for line in book.indicators)))


def _one_of(text: str, choices: tuple[str, ...] | list[str]) -> str:
    return text if text in choices else ""
