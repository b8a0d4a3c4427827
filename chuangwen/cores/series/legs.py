"""The planned path of a course as a row of legs, on each of which the value due grows day by day.

A step is a leg of one day, a value to be held is a flat one, a value that falls due without a path is a leg
without length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from .kinds import Change, Kind, Shape

if TYPE_CHECKING:
    from .course import Aim, Course

ZERO = Fraction(0)
Corner = tuple[int, Fraction | None]


class Leg(NamedTuple):
    """From the end of day `first` to the end of day `last`, as ordinals."""

    first: int
    start: Fraction
    last: int
    end: Fraction


def legs_of(course: Course) -> tuple[Leg, ...]:
    """The legs in order; none where no number is due at all."""
    if not course.numbered:
        return ()
    if Kind.NO_GROWTH in course.kinds:
        most = ceiling(course)
        return () if most is None else (Leg(_eve(course), most, course.close.toordinal(), most),)
    if course.held:
        return tuple(_held(course))
    return tuple(_yearly(course) if course.yearly else _through(course))


def aims_of_year(course: Course, year: int) -> list[Aim]:
    """The aims of a year. Owed yearly anew, a year without one has the next year's, else the last known."""
    own = [aim for aim in course.ordered if aim.by.year == year]
    if own:
        return own
    within = course.begins.year <= year <= course.close.year
    if Kind.YEARLY_ANEW not in course.kinds or not course.aims or not within:
        return []
    model = next((aim for aim in course.ordered if aim.by.year > year), course.ordered[-1])
    return [replace(model, by=min(date(year, 12, 31), course.close))]


def ceiling(course: Course) -> Fraction | None:
    """What must not be exceeded where nothing is to be added: a number that is named, the base, or zero."""
    named = [aim.value for aim in course.ordered if aim.value is not None]
    if named:
        return named[-1]
    return ZERO if course.accrues else course.baseline


def _eve(course: Course) -> int:
    return course.begins.toordinal() - 1


def _held(course: Course) -> Iterator[Leg]:
    """Each value from the beginning of its year (the first from the beginning of the plan) to its day."""
    at, before = _eve(course), None
    for aim in course.ordered:
        if aim.value is None:
            continue
        year = date(aim.by.year, 1, 1).toordinal() - 1
        if before is not None and year > at:
            yield Leg(at, before, year, before)
            at = year
        yield Leg(at, aim.value, aim.by.toordinal(), aim.value)
        at, before = aim.by.toordinal(), aim.value


def _through(course: Course) -> Iterator[Leg]:
    """From the start through all aims. Where the start is better than the first aim, that is due at once."""
    at, start = _eve(course), _start(course)
    corners = _corners(course, course.ordered, at)
    if start is not None and not course.accrues:
        goal = next((value for _, value in corners if value is not None), start)
        start = max(start, goal) if course.falls else min(start, goal)
        if course.baseline_on and corners and at < course.baseline_on.toordinal() < corners[0][0]:
            at = course.baseline_on.toordinal()
    yield from _between(at, start, corners, stepped=course.shape is Shape.STEPWISE)


def _yearly(course: Course) -> Iterator[Leg]:
    """Every year from nothing to its own value, which then stays due until the year is over."""
    rises = course.accrues or course.change is not Change.NONE
    for year in range(course.begins.year, course.close.year + 1):
        at = max(_eve(course), date(year, 1, 1).toordinal() - 1)
        legs = list(
            _between(
                at,
                ZERO if rises else None,
                _corners(course, aims_of_year(course, year), at),
                stepped=course.shape is Shape.STEPWISE,
            )
        )
        yield from legs
        close = date(year, 12, 31).toordinal()
        if legs and legs[-1].last < close:
            yield Leg(legs[-1].last, legs[-1].end, close, legs[-1].end)


def _start(course: Course) -> Fraction | None:
    if course.accrues or course.change is not Change.NONE:
        return ZERO
    return course.baseline


def _corners(course: Course, aims: Iterable[Aim], after: int) -> list[Corner]:
    """The days on which a value is promised, and between them the corners of a drawn path, in order."""
    promised: dict[int, Fraction | None] = {
        aim.by.toordinal(): aim.value for aim in aims if aim.by.toordinal() > after
    }
    if course.shape is not Shape.DRAWN or not promised:
        return list(promised.items())
    drawn: dict[int, Fraction | None] = {day.toordinal(): value for day, value in course.drawn}
    last = max(promised)
    corners = {day: value for day, value in drawn.items() if after < day < last} | promised
    return sorted(corners.items(), key=itemgetter(0))


def _between(at: int, value: Fraction | None, corners: Iterable[Corner], *, stepped: bool) -> Iterator[Leg]:
    """The legs to each corner. Until a value that is not entered, the aim before stays due, if any."""
    aimed = False
    for day, goal in corners:
        if goal is None:
            if aimed and value is not None:
                yield Leg(at, value, day, value)
        elif value is None:
            yield Leg(day, goal, day, goal)
        elif stepped:
            if at < day - 1:
                yield Leg(at, value, day - 1, value)
            yield Leg(day - 1, value, day, goal)
        else:
            yield Leg(at, value, day, goal)
        aimed = aimed or goal is not None
        at, value = day, value if goal is None else goal
