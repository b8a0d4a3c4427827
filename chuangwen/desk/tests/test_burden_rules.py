"""Weeks, caps and duty lists by tables of examples."""

from datetime import date, datetime

import pytest

from chuangwen.cores.worktime import ZONE
from chuangwen.desk.rules import burden
from chuangwen.desk.rules.burden import Level, Limit, Load, Over

# Moment, by which clock; Monday and name of its week by the city's clock.
WEEKS = """
2026-11-22T23:59+08:00  2026-11-16  2026-W47  Sunday, one minute to midnight
2026-11-23T00:00+08:00  2026-11-23  2026-W48  Monday begins
2026-11-22T15:59+00:00  2026-11-16  2026-W47  the same two, told in UTC
2026-11-22T16:00+00:00  2026-11-23  2026-W48  .
2026-12-31T12:00+08:00  2026-12-28  2026-W53  a year with 53 weeks
2027-01-03T23:59+08:00  2026-12-28  2026-W53  its last week ends in January
2027-01-04T00:00+08:00  2027-01-04  2027-W01  .
2024-12-30T00:00+08:00  2024-12-30  2025-W01  a first week that begins in December
2024-12-29T23:59+08:00  2024-12-23  2024-W52  .
"""


@pytest.mark.parametrize("line", WEEKS.strip().splitlines())
def test_a_moment_falls_into_the_week_of_the_citys_day(line: str) -> None:
    moment, monday, name = line.split()[:3]
    at = datetime.fromisoformat(moment)
    assert burden.week_of(at) == date.fromisoformat(monday)
    assert burden.week_name(burden.week_of(at)) == name
    assert burden.week_named(name) == date.fromisoformat(monday)
    first, end = burden.bounds(date.fromisoformat(monday))
    assert first <= at < end
    assert (end - first).days == 7
    assert first.tzinfo == ZONE


@pytest.mark.parametrize("text", ["", "2026", "2026-W00", "2026-W54", "x-W1", "2026-W-1", "0-W1"])
def test_what_names_no_week_is_none(text: str) -> None:
    assert burden.week_named(text) is None


def test_thirteen_weeks_are_shown() -> None:
    shown = burden.weeks_until(date(2027, 1, 4))
    assert (len(shown), shown[0], shown[-2:]) == (
        13,
        date(2026, 10, 12),
        [date(2026, 12, 28), date(2027, 1, 4)],
    )


# Cap of asks and of minutes (- none), asks and minutes of the week, what is passed, share in percent, level.
CAPS = """
3  120   0    0  -        0    within
3  120   2   60  -        67   within
3  120   2   96  -        80   near
3  120   1  119  -        99   near
3  120   3   20  -        100  full
3  120   1  120  -        100  full
3  120   4   20  asks     133  above
3  120   1  121  minutes  101  above
3  120   4  121  asks     133  above
3  -     9    0  asks     300  above
-  120   9  120  -        100  full
-  -     9  999  -        -    none
8  -     1    0  -        13   within
"""


@pytest.mark.parametrize("line", CAPS.strip().splitlines())
def test_a_cap_is_passed_by_asks_or_by_minutes(line: str) -> None:
    asks, minutes, asked, took, passed, share, level = line.split()
    limit = Limit(*(None if text == "-" else int(text) for text in (asks, minutes)))
    load = Load(int(asked), int(took))
    assert burden.over(limit, load) == (None if passed == "-" else Over(passed))
    assert burden.share_pct(limit, load) == (None if share == "-" else int(share))
    assert burden.level(limit, load) == Level(level)


# Kind, duty that it names (- none), kinds of the list, duties of the list, whether it is outside.
OUTSIDE = """
letter  -     -       -          no
letter  -     letter  -          no
letter  -     slip    -          yes
letter  -     -       网格巡查    yes
free    网格巡查  -    网格巡查    no
free    植树    slip    网格巡查    yes
free    -     slip    网格巡查    yes
"""


@pytest.mark.parametrize("line", OUTSIDE.strip().splitlines())
def test_outside_is_what_is_on_no_list_where_there_is_one(line: str) -> None:
    kind, duty, kinds, duties, expected = (text.replace("-", "") for text in line.split())
    assert burden.outside(kind, duty, kinds.split(), duties.split()) == (expected == "yes")


def test_communities_and_villages_have_a_cap_as_shipped() -> None:
    assert {kind: (cap.asks, cap.minutes) for kind, cap in burden.SHIPPED.items()} == {
        "community": (3, 120),
        "village": (3, 120),
    }
