"""What is reached on a day: reports added up as their accrual asks, never with a gap counted as nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import lcm

from .course import Course, Reading
from .kinds import Accrual, Change, Kind

Point = tuple[date, Fraction | None]
ZERO = Fraction(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """`value` as of the day of the last report in it, None where nothing is known.

    `gaps` are days of reports that should be in the value and are not: it is then a lower bound of what was
    added. `base_missing`: a change was asked for and there is nothing to measure it against.
    """

    value: Fraction | None = None
    as_of: date | None = None
    gaps: tuple[date, ...] = ()
    base_missing: bool = False
    parts: dict[str, Fraction | None] = field(default_factory=dict)


def in_order(course: Course, readings: Iterable[Reading], day: date) -> list[Reading]:
    """The reports since the plan began to a day, one for each day, in order."""
    begins = course.begins
    kept = {reading.on: reading for reading in readings if begins <= reading.on <= day}
    return [kept[on] for on in sorted(kept)]


def standing(course: Course, kept: Sequence[Reading], day: date) -> Standing:
    """Where the course stands on a day; `kept` are its reports to that day, in order."""
    value, as_of, gaps = counted(course, [(reading.on, reading.value) for reading in kept], day)
    parts = _parts(course, kept, day)
    if course.change is Change.NONE or value is None:
        return Standing(value=value, as_of=as_of, gaps=gaps, parts=parts)
    changed = change_from(course, kept, value, day)
    return Standing(value=changed, as_of=as_of, base_missing=changed is None)


def history(course: Course, kept: Sequence[Reading]) -> list[tuple[date, Fraction]]:
    """What counts at each report of what does not add up: the worst of the parts where those are judged."""
    parted = bool(course.kinds & {Kind.EACH, Kind.PER_AREA}) and course.change is Change.NONE
    values: list[tuple[date, Fraction]] = []
    for reading in kept:
        value = reading.value
        if parted and reading.parts:
            known = [part for part in reading.parts.values() if part is not None]
            value = (max if course.falls else min)(known) if len(known) == len(reading.parts) else None
        if value is not None and course.change is not Change.NONE:
            value = change_from(course, kept, value, reading.on)
        if value is not None:
            values.append((reading.on, value))
    return values


def change_from(course: Course, kept: Sequence[Reading], value: Fraction, day: date) -> Fraction | None:
    """A value as the change asked for; None without a base. Owed yearly, the base is the year before."""
    base = course.baseline
    if course.yearly and day.year > course.begins.year:
        before = [reading.value for reading in kept if reading.on.year == day.year - 1]
        base = next((known for known in reversed(before) if known is not None), None)
    if base is None:
        return None
    if course.change in {Change.RISE, Change.FALL}:
        return value - base if course.change is Change.RISE else base - value
    if not base:
        return None
    return (value - base if course.change is Change.RISE_PCT else base - value) * 100 / abs(base)


def counted(
    course: Course, points: Sequence[Point], day: date
) -> tuple[Fraction | None, date | None, tuple[date, ...]]:
    """The value that counts on a day, the day that it is known for, and the gaps in it."""
    year = day.year
    known = [(on, value) for on, value in points if value is not None]
    mine = [(on, value) for on, value in known if on.year == year] if course.yearly else known
    if not mine:
        return None, None, ()
    as_of, last = mine[-1]
    if _is_the_last(course):
        return last, as_of, ()
    if course.accrual is Accrual.FLOW:
        gaps = [
            on
            for on, value in points
            if value is None and on < as_of and (on.year == year or not course.yearly)
        ]
        return total(value for _, value in mine), as_of, tuple(gaps)
    if course.accrual is Accrual.PLAN_TO_DATE:
        if year == course.begins.year:
            return last, as_of, ()
        before = _of_year(points, year - 1)
        if before is None:
            return None, None, (date(year - 1, 12, 31),)
        return last - before, as_of, ()
    years = {on.year: value for on, value in known}
    closed = range(course.begins.year, as_of.year)
    gaps = [date(past, 12, 31) for past in closed if _of_year(points, past) is None]
    return total(years.values()), as_of, tuple(gaps)


def _is_the_last(course: Course) -> bool:
    """Whether what counts is simply the last report."""
    if not course.accrues:
        return True
    return course.accrual is (Accrual.YEAR_TO_DATE if course.yearly else Accrual.PLAN_TO_DATE)


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum, over integers: several times faster than over fractions."""
    known = list(values)
    scale = lcm(*(value.denominator for value in known))
    return Fraction(sum(value.numerator * (scale // value.denominator) for value in known), scale)


def _of_year(points: Sequence[Point], year: int) -> Fraction | None:
    """The last report of a year; None where there is none or it was not answered."""
    return next((value for on, value in reversed(points) if on.year == year), None)


def _parts(course: Course, kept: Sequence[Reading], day: date) -> dict[str, Fraction | None]:
    """Each area's or each one's own value; None for one that the last report, or a sum, lacks."""
    if not course.kinds & {Kind.EACH, Kind.PER_AREA} or course.change is not Change.NONE:
        return {}
    asked = [reading for reading in kept if reading.parts]
    mine = [reading for reading in asked if reading.on.year == day.year] if course.yearly else asked
    parts = {
        name: mine[-1].parts.get(name) for name in sorted({name for each in mine for name in each.parts})
    }
    if _is_the_last(course):
        return parts
    for name, last in parts.items():
        value, _, gaps = counted(course, [(each.on, each.parts.get(name)) for each in asked], day)
        parts[name] = None if last is None or gaps else value
    return parts
