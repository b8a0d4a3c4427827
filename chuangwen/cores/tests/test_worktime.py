"""Working time: every example was counted by hand on the State Council's calendars."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.cores.worktime import ZONE, TimeUnit, WorkCalendar

USUAL = WorkCalendar()
HOURS, WORKDAYS, DAYS = TimeUnit.WORKING_HOURS, TimeUnit.WORKING_DAYS, TimeUnit.NATURAL_DAYS

# start, allowance, unit, due
EXAMPLES = """
2021-09-30T16:00   4 working_hours 2021-10-08T11:30  National Day: 1 to 7 October are free
2021-09-30T16:00   1 working_hours 2021-09-30T17:00
2021-09-30T17:30   1 working_hours 2021-10-08T10:00
2021-09-30T09:00   7 working_hours 2021-09-30T17:30  a whole day
2021-09-30T09:00   8 working_hours 2021-10-08T10:00
2021-10-08T16:30   2 working_hours 2021-10-09T10:00  Saturday 9 October is made up for
2021-10-09T17:00   1 working_hours 2021-10-11T09:30
2021-09-18T10:00   3 working_hours 2021-09-18T14:30  Saturday before Mid-Autumn is worked
2021-09-18T17:00   1 working_hours 2021-09-22T09:30  Mid-Autumn 19 to 21 September
2021-09-26T08:00   2 working_hours 2021-09-26T11:00  Sunday made up for
2023-05-10T10:00   2 working_hours 2023-05-10T12:00  to the minute at which lunch begins
2023-05-10T11:00   2 working_hours 2023-05-10T14:30  across lunch
2023-05-10T12:30   1 working_hours 2023-05-10T14:30  from lunch
2023-05-10T20:00   1 working_hours 2023-05-11T10:00  from the evening
2023-05-10T06:00   1 working_hours 2023-05-10T10:00  from before opening
2023-05-12T17:00   1 working_hours 2023-05-15T09:30  across a weekend
2023-05-13T11:00   4 working_hours 2023-05-15T14:30  from a Saturday
2023-05-12T09:00  35 working_hours 2023-05-18T17:30  five days of seven hours
2023-04-28T16:00   4 working_hours 2023-05-04T11:30  Labour Day, to 3 May
2023-05-10T10:00   0 working_hours 2023-05-10T10:00
2021-09-30T16:00   1 working_days  2021-10-08T17:30
2021-09-30T16:00   3 working_days  2021-10-11T17:30  8, 9 (made up for), 11
2021-02-10T09:00   1 working_days  2021-02-18T17:30  Spring Festival 11 to 17 February
2021-02-10T09:00   3 working_days  2021-02-20T17:30  Saturday 20 is made up for
2023-05-12T09:00   3 working_days  2023-05-17T17:30
2023-05-13T09:00   3 working_days  2023-05-17T17:30  given on a Saturday
2023-06-21T09:00   1 working_days  2023-06-25T17:30  Dragon Boat; Sunday 25 is made up for
2023-12-29T09:00   1 working_days  2024-01-02T17:30  New Year
2020-01-23T09:00   1 working_days  2020-02-03T17:30  prolonged by notice in 2020
2024-09-30T09:00   7 working_days  2024-10-15T17:30  12 October is made up for
2025-01-27T09:00   1 working_days  2025-02-05T17:30  Spring Festival from 28 January
2025-09-30T09:00   2 working_days  2025-10-10T17:30  National Day and Mid-Autumn to 8 October
2026-02-13T09:00   1 working_days  2026-02-14T17:30  Saturday made up for
2023-05-10T09:00   0 working_days  2023-05-10T17:30  today
2023-05-10T19:00   0 working_days  2023-05-10T19:00  today is over: at once
2023-05-12T09:00   3 natural_days  2023-05-15T17:30
2021-09-30T16:00   7 natural_days  2021-10-07T17:30  runs through the holidays
2024-02-28T09:00   1 natural_days  2024-02-29T17:30
2023-05-10T23:59   1 natural_days  2023-05-11T17:30
"""
ROWS = [line.split(maxsplit=4) for line in EXAMPLES.strip().splitlines()]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row) for row in ROWS])
def test_what_is_due_when(row: list[str]) -> None:
    due = USUAL.due(at(row[0]), int(row[1]), TimeUnit(row[2]))
    assert due.at == at(row[3])
    assert not due.provisional


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    assert USUAL.due(datetime.fromisoformat("2021-09-30T08:00+00:00"), 4, HOURS).at == at("2021-10-08T11:30")


def test_beyond_the_known_calendar_it_is_provisional() -> None:
    year = 2100
    due = USUAL.due(datetime(year, 9, 30, 16, tzinfo=ZONE), 4, HOURS)
    assert due.provisional
    assert due.at.date() > date(year, 10, 1)
    assert USUAL.due(datetime(2026, 12, 31, 16, tzinfo=ZONE), 1, WORKDAYS).provisional
    assert not USUAL.due(datetime(year, 9, 30, 16, tzinfo=ZONE), 3, DAYS).provisional


def test_days_that_the_city_has_said_are_known() -> None:
    own = WorkCalendar(days={date(2100, 9, 29): True, date(2100, 9, 30): False, date(2100, 10, 8): True})
    assert own.is_known(date(2100, 9, 30))
    assert not own.due(datetime(2100, 9, 29, 9, tzinfo=ZONE), 2, HOURS).provisional


def test_the_citys_own_days_go_before_the_states() -> None:
    own = WorkCalendar(days={date(2021, 10, 1): True, date(2021, 10, 8): False})
    assert own.due(at("2021-09-30T16:00"), 4, HOURS).at == at("2021-10-01T11:30")
    assert own.due(at("2021-09-30T16:00"), 2, WORKDAYS).at == at("2021-10-09T17:30")


def test_the_citys_own_hours_count() -> None:
    summer = WorkCalendar(hours=((time(8, 30), time(12)), (time(15), time(18))))
    assert summer.due(at("2023-07-10T11:00"), 2, HOURS).at == at("2023-07-10T16:00")


@pytest.mark.parametrize("hours", [(), ((time(9), time(9)),), ((time(9), time(12)), (time(11), time(17)))])
def test_hours_that_are_none_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="in order"):
        WorkCalendar(hours=hours)


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        USUAL.due(at("2023-05-10T09:00"), -1, DAYS)


def test_elapsed_counts_only_what_was_worked() -> None:
    assert USUAL.elapsed(at("2021-09-30T16:00"), at("2021-10-08T11:30")) == timedelta(hours=4)
    assert USUAL.elapsed(at("2021-10-01T09:00"), at("2021-10-07T17:30")) == timedelta()
    assert USUAL.elapsed(at("2021-10-08T11:30"), at("2021-09-30T16:00")) == timedelta()


def test_a_pause_leaves_what_was_left() -> None:
    assert USUAL.resumed(
        at("2023-05-10T17:30"), at("2023-05-10T15:30"), at("2023-05-12T10:00"), HOURS
    ).at == at("2023-05-12T12:00")
    assert USUAL.resumed(
        at("2023-05-10T17:30"), at("2023-05-09T10:00"), at("2023-05-12T10:00"), WORKDAYS
    ).at == at("2023-05-15T17:30")
    assert USUAL.resumed(
        at("2023-05-10T17:30"), at("2023-05-09T10:00"), at("2023-05-12T10:00"), DAYS
    ).at == at("2023-05-13T17:30")


def test_a_pause_does_not_heal_what_was_overdue() -> None:
    overdue = at("2023-05-08T12:00")
    assert USUAL.resumed(overdue, at("2023-05-09T10:00"), at("2023-05-12T10:00"), HOURS).at == overdue


MINUTES = 60 * 24 * 365 * 7
MOMENTS = st.integers(0, MINUTES).map(lambda minutes: at("2019-01-01T00:00") + timedelta(minutes=minutes))
ALLOWANCES = st.integers(0, 60)
UNITS = st.sampled_from(TimeUnit)


@given(MOMENTS, MOMENTS, ALLOWANCES, UNITS)
def test_what_begins_later_is_not_due_earlier(
    one: datetime, other: datetime, allowance: int, unit: TimeUnit
) -> None:
    first, second = sorted([one, other])
    assert USUAL.due(first, allowance, unit).at <= USUAL.due(second, allowance, unit).at


@given(MOMENTS, ALLOWANCES, ALLOWANCES, UNITS)
def test_who_has_more_time_is_not_due_earlier(start: datetime, one: int, other: int, unit: TimeUnit) -> None:
    less, more = sorted([one, other])
    assert start <= USUAL.due(start, less, unit).at <= USUAL.due(start, more, unit).at


@given(MOMENTS, ALLOWANCES)
def test_what_was_allowed_in_hours_has_elapsed_when_due(start: datetime, allowance: int) -> None:
    assert USUAL.elapsed(start, USUAL.due(start, allowance, HOURS).at) == timedelta(hours=allowance)
