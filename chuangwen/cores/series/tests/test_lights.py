"""Paths and lights by examples. Every number was worked out by hand; the sum stands beside it."""

from datetime import date
from fractions import Fraction

from chuangwen.cores.series.course import Aim, Course, Reading
from chuangwen.cores.series.kinds import Accrual, Kind, Lamp
from chuangwen.cores.series.lights import light
from chuangwen.cores.series.paths import due_on

LANES = Course(
    kinds=frozenset({Kind.CUMULATIVE}),
    accrual=Accrual.PLAN_TO_DATE,
    begins=date(2021, 1, 1),
    ends=date(2023, 12, 31),
    aims=(Aim(by=date(2023, 12, 31), value=Fraction(120)),),
)


def test_what_is_due_grows_with_the_days() -> None:
    # 365 + 181 = 546 of 1095 days: 120 × 546 / 1095
    assert due_on(LANES, date(2022, 6, 30)) == Fraction(65520, 1095)


def test_who_is_far_behind_what_is_due_is_late() -> None:
    found = light(LANES, [Reading(on=date(2022, 6, 30), value=Fraction(29))], date(2022, 6, 30))
    assert (found.lamp, found.code, found.reached) == (Lamp.LATE, "behind", 29)
