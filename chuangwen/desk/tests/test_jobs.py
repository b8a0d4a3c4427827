"""The rules by the clock."""

from datetime import date, datetime, timedelta

import pytest

from chuangwen.cores.worktime import ZONE, TimeUnit, WorkCalendar
from chuangwen.desk import actions as desk
from chuangwen.desk import jobs
from chuangwen.desk.models import Slip, Todo
from chuangwen.desk.rules import Delay
from chuangwen.desk.rules.settling import Granted
from chuangwen.desk.rules.settling import settled as due_after
from chuangwen.kit import audit
from chuangwen.orgs.testing import Cast

from .world import NOW, ask


def test_the_rules_run_twice_do_no_more_than_once(cast: Cast) -> None:
    ask(cast)
    for _ in range(2):
        jobs.apply_rules(NOW + timedelta(days=30))
    assert Todo.objects.get().escalated == 2
    assert Slip.objects.get().colour == "red"


FAR = datetime(2030, 1, 7, 10, 0, tzinfo=ZONE)  # a Monday of which no calendar of the country knows


def set_days(cast: Cast, free: set[int], until: int) -> None:
    """The city says of each day of January 2030 from the 7th until `until` what it is."""
    for day in range(7, until + 1):
        worked = day not in free
        desk.set_city_day(actor=cast.office, day=date(2030, 1, day), is_worked=worked, words="安排")


def settled(todo: Todo, now: datetime = FAR) -> tuple[str, bool]:
    jobs.settle_due_times(now)
    todo.refresh_from_db()
    assert todo.due_at is not None
    return f"{todo.due_at.astimezone(ZONE):%d %H:%M}", todo.provisional


def test_a_provisional_due_time_is_settled_once_the_last_day_on_the_way_is_known(cast: Cast) -> None:
    todo = ask(cast, now=FAR)
    set_days(cast, free={8}, until=10)
    assert settled(todo) == ("10 17:30", True)
    desk.set_city_day(actor=cast.office, day=date(2030, 1, 11), is_worked=True, words="安排")
    for _ in range(2):
        assert settled(todo) == ("11 17:30", False)
    assert [entry.action for entry in audit.history(todo)] == ["desk.due_settled", "desk.asked"]
    assert audit.by(audit.history(todo)[0]) == "待办规则"


def test_what_is_known_already_keeps_its_time_when_the_city_changes_a_day(cast: Cast) -> None:
    todo = ask(cast)
    desk.set_city_day(actor=cast.office, day=date(2021, 9, 28), is_worked=False, words="台风")
    assert settled(todo) == ("30 17:30", False)


def test_a_settled_due_time_counts_pauses_and_extensions_from_the_beginning(cast: Cast) -> None:
    todo = ask(cast, now=FAR)
    pause(cast, todo, date(2030, 1, 8))
    assert settled(todo) == ("10 17:30", True)
    desk.resume(actor=cast.office, todo_id=todo.pk, version=todo.version, now=FAR.replace(day=10))
    assert settled(todo) == ("14 17:30", True)
    set_days(cast, free={9, 12, 13, 14}, until=15)
    assert settled(todo) == ("15 17:30", False)


def test_the_end_of_a_pause_makes_nothing_certain_that_was_provisional(cast: Cast) -> None:
    todo = ask(cast, now=FAR)
    desk.set_city_day(actor=cast.office, day=date(2030, 1, 10), is_worked=True, words="安排")
    pause(cast, todo, date(2030, 1, 8))
    now = FAR.replace(day=8, hour=15)
    desk.resume(actor=cast.office, todo_id=todo.pk, version=todo.version, now=now)
    assert settled(todo) == ("10 17:30", True)


def pause(cast: Cast, todo: Todo, on: date) -> None:
    now = FAR.replace(day=on.day)
    delay = desk.ask_for_delay(
        actor=cast.urban_staff,
        todo_id=todo.pk,
        version=todo.version,
        kind=Delay.PAUSE,
        reason="雨",
        until=None,
        now=now,
    )
    desk.decide_delay(actor=cast.office, delay_id=delay.pk, version=1, granted=True, now=now)
    todo.refresh_from_db()


def test_what_went_up_too_early_comes_down_again(cast: Cast) -> None:
    todo = ask(cast, now=FAR)
    jobs.apply_rules(FAR.replace(day=11))
    set_days(cast, free={8, 9, 10, 12, 13}, until=15)
    assert settled(todo, FAR.replace(day=11)) == ("15 17:30", False)
    assert todo.escalated == 0


AT = datetime(2030, 1, 7, 10, 0, tzinfo=ZONE)
KNOWN = WorkCalendar(days={date(2030, 1, day): day not in (12, 13, 19, 20) for day in range(1, 32)})


def granted(at: int, until: int | None = None, resumed: int | None = None) -> Granted:
    days = [AT.replace(day=day) if day else None for day in (at, until, resumed)]
    assert days[0] is not None
    return Granted(days[0], days[1], days[2])


@pytest.mark.parametrize(
    ("allowance", "delays", "due"),
    [
        (3, [], "10 17:30"),
        (3, [granted(8, resumed=9)], "11 17:30"),
        (3, [granted(8, resumed=11), granted(9, resumed=11)], "15 17:30"),  # overlapping pauses are one
        (3, [granted(8, until=22)], "22 10:00"),
        (3, [granted(8, until=22), granted(9, resumed=10)], "23 17:30"),
        (3, [granted(8, resumed=9), granted(10, until=17)], "17 10:00"),
        (3, [granted(8)], None),  # a pause whose end nobody noted
        (None, [], None),
        (None, [granted(8, until=22), granted(9, resumed=10)], "23 17:30"),
        (None, [granted(8, resumed=9)], None),
    ],
)
def test_the_due_time_follows_from_what_happened(
    allowance: int | None, delays: list[Granted], due: str | None
) -> None:
    found = due_after(KNOWN, AT, allowance, TimeUnit.WORKING_DAYS, delays)
    assert (found and f"{found.at:%d %H:%M}") == due
