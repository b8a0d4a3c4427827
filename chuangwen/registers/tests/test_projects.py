"""What is done of a list by a day, and what was changed by it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from chuangwen.cores.errors import BadInput, NotAllowedNow

from ..rules.projects import ProjectState, Tally, Work, checked_days, effect, lamp, moves_from, next_state

PLANNED, UNDER_WAY, DONE = ProjectState
MARCH, MAY, JULY = (date(2022, month, 1) for month in (3, 5, 7))
TIME = ("高峰通行时间", "分钟")


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (PLANNED, {"start": UNDER_WAY, "finish": DONE, "remove": PLANNED}),
        (UNDER_WAY, {"finish": DONE, "reopen": PLANNED}),
        (DONE, {"reopen": UNDER_WAY}),
    ],
)
def test_a_project_moves_as_the_table_says_and_not_otherwise(
    state: ProjectState, moves: dict[str, ProjectState]
) -> None:
    assert moves_from(state) == moves.keys()
    for move in ("start", "finish", "reopen", "remove"):
        if move in moves:
            assert next_state(state, move) == moves[move]
        else:
            with pytest.raises(NotAllowedNow):
                next_state(state, move)


@pytest.mark.parametrize(
    ("started_on", "done_on", "in_march", "in_may", "in_july"),
    [
        (None, None, PLANNED, PLANNED, PLANNED),
        (MAY, None, PLANNED, UNDER_WAY, UNDER_WAY),
        (MARCH, MAY, UNDER_WAY, DONE, DONE),
        (None, JULY, PLANNED, PLANNED, DONE),
        (JULY, JULY, PLANNED, PLANNED, DONE),
    ],
)
def test_the_days_tell_the_state_on_a_day(
    started_on: date | None,
    done_on: date | None,
    in_march: ProjectState,
    in_may: ProjectState,
    in_july: ProjectState,
) -> None:
    work = Work("望江一巷", started_on=started_on, done_on=done_on)
    assert [work.state_on(day) for day in (MARCH, MAY, JULY)] == [in_march, in_may, in_july]


def test_announced_named_and_what_is_left_without_a_name() -> None:
    works = (Work("甲", done_on=MARCH), Work("乙", started_on=MARCH), Work("丙", done_on=JULY))
    may = Tally(works, MAY, 5)
    assert (may.done, may.under_way, may.planned) == (1, 1, 1)
    assert (may.named, may.unnamed, may.total, may.share_pct) == (3, 2, 5, Decimal(20))
    assert [work.name for work in Tally(works, JULY, 5).done_since(JULY)] == ["丙"]
    assert [work.name for work in Tally(works, JULY, 5).done_since(MARCH)] == ["甲", "丙"]
    assert (Tally(works, MAY, 2).total, Tally(works, MAY, None).total) == (3, 3)
    assert Tally((), MAY, None).share_pct is None


@pytest.mark.parametrize(
    ("works", "found"),
    [
        ([], "registers.nothing_measured"),
        ([("14", None)], "registers.nothing_measured"),
        ([("14", "9")], (Fraction(-5), Fraction(14))),
        ([("14", "9"), ("11.5", "8"), ("3", None)], (Fraction(-17, 2), Fraction(51, 2))),
        ([("0", "9")], "registers.nothing_before"),
    ],
)
def test_the_effect_is_the_change_of_the_sums_of_what_was_measured_twice(
    works: list[tuple[str, str | None]], found: object
) -> None:
    measured = [
        Work("甲", measure=TIME, before=Decimal(before), after=Decimal(after) if after else None)
        for before, after in works
    ]
    assert effect(measured) == found


def test_what_was_measured_differently_is_not_added_up() -> None:
    speed = Work("乙", measure=("车速", "km/h"), before=Decimal(20), after=Decimal(25))
    time = Work("甲", measure=TIME, before=Decimal(14), after=Decimal(9))
    assert effect([speed, time]) == "registers.measures_differ"


@pytest.mark.parametrize(
    ("state", "planned_on", "shown"),
    [
        (PLANNED, None, "none"),
        (PLANNED, JULY, "go"),
        (UNDER_WAY, date(2022, 5, 31), "near"),
        (UNDER_WAY, MAY, "near"),
        (UNDER_WAY, date(2022, 4, 30), "late"),
        (DONE, MARCH, "go"),
    ],
)
def test_only_what_is_past_its_planned_day_is_late(
    state: ProjectState, planned_on: date | None, shown: str
) -> None:
    assert lamp(state, planned_on, MAY) == shown


def test_days_to_come_and_an_end_before_the_beginning_are_refused() -> None:
    for started_on, done_on, code in [
        (JULY, None, "registers.day_to_come"),
        (None, JULY, "registers.day_to_come"),
        (MAY, MARCH, "registers.done_before_started"),
    ]:
        with pytest.raises(BadInput) as refused:
            checked_days(started_on, done_on, MAY)
        assert refused.value.code == code
    checked_days(MARCH, MAY, MAY)
