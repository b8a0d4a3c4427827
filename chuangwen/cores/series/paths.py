"""What is due on a day (序时进度): the planned path from the start through the values promised."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from operator import itemgetter

from .course import Aim, Course
from .kinds import Kind, Shape
from .legs import aims_of_year


def due_on(course: Course, day: date) -> Fraction | None:
    """What is due by the end of a day. None where nothing is: no number, not begun, no path to the first aim.

    After the last aim its value stays due. What is owed yearly stays at its last year once the plan ended.
    """
    if day < course.begins:
        return None
    at = min(day, course.close).toordinal() if course.yearly else day.toordinal()
    legs = course.legs
    n = bisect_left(legs, at, key=itemgetter(2))
    if n == len(legs):
        return None if course.yearly or not legs else legs[-1].end
    first, start, last, end = legs[n]
    if at <= first:
        return start if at == first else None
    if at == last or start == end:
        return end
    a, b = start.as_integer_ratio()
    c, d = end.as_integer_ratio()
    return Fraction(a * d * (last - at) + c * b * (at - first), b * d * (last - first))


def path(course: Course, until: date | None = None) -> list[tuple[date, Fraction]]:
    """The corners of the path for a chart, to the end of the plan or `until` a day. A restart has two."""
    stop = min(until or course.close, course.close)
    corners: list[tuple[date, Fraction]] = []
    for leg in course.legs:
        if stop.toordinal() <= leg.first < leg.last:
            break
        for day, value in ((leg.first, leg.start), (leg.last, leg.end)):
            corner = date.fromordinal(day), value
            if corner[0] <= stop and corner not in corners[-1:]:
                corners.append(corner)
    due = due_on(course, stop)
    if corners and corners[-1][0] < stop and due is not None:
        corners.append((stop, due))
    return corners


def over_the_plan(course: Course) -> Course:
    """What is owed for each year on its own, as one total over all years: due and reached add up."""
    aims: list[Aim] = []
    sum_so_far: Fraction | None = Fraction(0)
    for year in range(course.begins.year, course.close.year + 1):
        for aim in aims_of_year(course, year)[-1:]:
            sum_so_far = None if aim.value is None or sum_so_far is None else sum_so_far + aim.value
            aims.append(replace(aim, value=sum_so_far, upper=None))
    kinds = course.kinds - {Kind.PER_YEAR, Kind.YEARLY_ANEW, Kind.RANGE} | {Kind.CUMULATIVE}
    shape = Shape.LINEAR if course.shape is Shape.DRAWN else course.shape
    return replace(course, kinds=kinds, aims=tuple(aims), shape=shape, drawn=())


def aim_on(course: Course, day: date) -> Aim | None:
    """The aim that a day works towards: the next, or the last once all are past. Owed yearly: of its year."""
    aims: Sequence[Aim] = course.ordered
    if course.yearly:
        aims = aims_of_year(course, min(day, course.close).year)
    return next((aim for aim in aims if aim.by >= day), aims[-1] if aims else None)
