"""What is covered on a day."""

from datetime import date

import pytest

from chuangwen.cores.errors import BadInput

from ..rules.coverage import (
    Column,
    Coverage,
    MarkState,
    Member,
    Statement,
    checked_statement,
    coverage,
    state_on,
)

YES, NO, UNKNOWN = MarkState.YES, MarkState.NO, MarkState.UNKNOWN
BODIES = ["村民议事会", "红白理事会", "道德评议会", "禁毒禁赌会", "村规民约"]
COLUMNS = [Column(key, name) for key, name in enumerate(BODIES)]
JANUARY, MARCH, MAY, JULY = (date(2022, month, 1) for month in (1, 3, 5, 7))


def village(number: int, **besides: MarkState) -> Member:
    """All five there as of March, but for those named by their column: c1="no"; "unknown" is nothing said."""
    states = {column.key: besides.get(f"c{column.key}", YES) for column in COLUMNS}
    said = {key: [Statement(MARCH, state)] for key, state in states.items() if state != UNKNOWN}
    return Member(number, f"第{number}村", statements=said)


def silent(number: int) -> Member:
    return Member(number, f"第{number}村")


def ten(*others: Member) -> list[Member]:
    return [*others, *(village(number) for number in range(10 - len(others)))]


def closed(number: int, on: date) -> Member:
    return Member(number, f"第{number}村", closed_on=on, statements=village(number).statements)


def counts(found: Coverage) -> tuple[int, int, int, int, int]:
    return found.covered, found.total, found.lacking, found.unknown, found.unnamed


@pytest.mark.parametrize(
    ("members", "announced", "day", "covered_total_lacking_unknown_unnamed"),
    [
        (ten(), None, MAY, (10, 10, 0, 0, 0)),
        (ten(village(99, c1=NO)), None, MAY, (9, 10, 1, 0, 0)),  # the example of the issue: 90 %
        (ten(village(99, c1=NO, c2=NO)), None, MAY, (9, 10, 1, 0, 0)),
        (ten(village(99, c1=UNKNOWN)), None, MAY, (9, 10, 0, 1, 0)),
        (ten(village(99, c1=NO, c2=UNKNOWN)), None, MAY, (9, 10, 1, 0, 0)),  # known to lack counts first
        (ten(silent(98), silent(97)), None, MAY, (8, 10, 0, 2, 0)),
        (ten(closed(99, MAY)), None, MARCH, (10, 10, 0, 0, 0)),
        (ten(closed(99, MAY)), None, MAY, (9, 9, 0, 0, 0)),
        (ten(), 12, MAY, (10, 12, 0, 0, 2)),  # announced, and nobody says which
        (ten(), 9, MAY, (10, 10, 0, 0, 0)),  # the list knows better than what was announced
        (ten(), None, JANUARY, (0, 10, 0, 10, 0)),  # before anything was said
    ],
)
def test_a_member_is_covered_when_all_that_is_required_is_there(
    members: list[Member],
    announced: int | None,
    day: date,
    covered_total_lacking_unknown_unnamed: tuple[int, ...],
) -> None:
    found = coverage(COLUMNS, members, day, announced=announced)
    assert counts(found) == covered_total_lacking_unknown_unnamed


def test_who_lacks_is_named_with_what_and_who_is_not_known_comes_after() -> None:
    found = coverage(COLUMNS, ten(silent(98), village(99, c1=NO, c4=UNKNOWN)), MAY)
    first, second = found.not_covered
    assert (first.member.name, first.lacking, first.unknown) == ("第99村", ("红白理事会",), ("村规民约",))
    assert (second.member.name, second.lacking, second.unknown) == ("第98村", (), tuple(BODIES))
    assert found.lacks == [("红白理事会", 1)]


def test_what_is_not_required_does_not_count_and_a_column_counts_in_its_days_only() -> None:
    extra = [*COLUMNS, Column(5, "文化礼堂", required=False), Column(6, "新风馆", starts_on=JULY)]
    assert coverage(extra, ten(), MAY).covered == 10
    assert coverage(extra, ten(), JULY).covered == 0
    ended = [Column(0, "村民议事会"), Column(1, "红白理事会", ends_on=MAY)]
    lacks = ten(village(99, c1=NO))
    assert [coverage(ended, lacks, day).covered for day in (MARCH, MAY)] == [9, 10]


@pytest.mark.parametrize(
    ("columns", "members", "why"),
    [
        (COLUMNS, [], "registers.no_members"),
        ([Column(5, "文化礼堂", required=False)], ten(), "registers.no_columns"),
        (COLUMNS, [silent(1), silent(2)], "registers.nothing_said"),
        (COLUMNS, [silent(1), village(2, c0=NO)], ""),
    ],
)
def test_where_there_is_nothing_to_count_there_is_no_number(
    columns: list[Column], members: list[Member], why: str
) -> None:
    assert coverage(columns, members, MAY).no_number == why


def test_the_number_is_as_of_the_last_day_for_which_something_was_said() -> None:
    later = Member(99, "第99村", statements={0: [Statement(JULY, YES, since=MARCH)]})
    found = [coverage(COLUMNS, ten(later), day) for day in (JANUARY, MAY, date(2022, 9, 1))]
    assert [one.as_of for one in found] == [JANUARY, MAY, JULY]


YES_IN_MAY = Statement(MAY, YES)
SINCE_MARCH = Statement(MAY, YES, since=MARCH)
LOST_IN_JULY = Statement(JULY, NO)


@pytest.mark.parametrize(
    ("statements", "in_january", "in_march", "in_may", "in_july"),
    [
        ([], UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        ([YES_IN_MAY], UNKNOWN, UNKNOWN, YES, YES),
        ([SINCE_MARCH], NO, YES, YES, YES),
        ([Statement(MAY, NO)], UNKNOWN, UNKNOWN, NO, NO),
        ([SINCE_MARCH, LOST_IN_JULY], NO, YES, YES, NO),
        ([Statement(JANUARY, NO), SINCE_MARCH], NO, YES, YES, YES),
        ([Statement(JANUARY, NO), YES_IN_MAY], NO, NO, YES, YES),
        ([Statement(JANUARY, YES), Statement(MAY, UNKNOWN)], YES, YES, UNKNOWN, UNKNOWN),
        ([Statement(JANUARY, YES), Statement(MARCH, NO), Statement(JULY, YES, since=MAY)], YES, NO, YES, YES),
    ],
)
def test_what_is_said_later_does_not_change_how_it_stood_before(
    statements: list[Statement],
    in_january: MarkState,
    in_march: MarkState,
    in_may: MarkState,
    in_july: MarkState,
) -> None:
    found = [state_on(statements, day) for day in (JANUARY, MARCH, MAY, JULY)]
    assert found == [in_january, in_march, in_may, in_july]


@pytest.mark.parametrize(
    ("since", "as_of", "code"),
    [
        (None, JULY, "registers.day_to_come"),
        (JULY, MAY, "registers.day_to_come"),
        (MAY, MARCH, "registers.since_after_as_of"),
    ],
)
def test_nothing_is_said_about_days_to_come_or_in_the_wrong_order(
    since: date | None, as_of: date, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        checked_statement(YES, since, as_of, today=MAY)
    assert refused.value.code == code


def test_since_when_is_kept_only_of_what_is_there() -> None:
    assert checked_statement(NO, MARCH, MAY, MAY) == Statement(MAY, NO)
    assert checked_statement(YES, MARCH, MAY, MAY) == Statement(MAY, YES, since=MARCH)
