"""Doubts while a number is typed, by examples worked out by hand."""

from fractions import Fraction

import pytest

from chuangwen.cores.series.checks import Entry, warnings
from chuangwen.cores.series.kinds import Accrual

from .examples import day, reports

# Typed value | unit | accrual | what was reported | codes
EXAMPLES = """
2022-06 100   | %  | level        |                                                     |
2022-06 100.1 | %  | level        |                                                     | beyond_whole
2022-06 101   | ％ | level        |                                                     | beyond_whole
2022-06 1001  | ‰  | level        |                                                     | beyond_whole
2022-06 500   | 处 | level        |                                                     |
2022-06 -     | %  | level        |                                                     |
2022-06 -5    | 处 | level        | 2022-05 3                                           | below_zero
2022-06 -5    | 处 | level        | 2022-05 -1                                          |
2022-06 39    | 处 | plan_to_date | 2022-04 40; 2022-05 38                              | total_shrank
2022-06 40    | 处 | plan_to_date | 2022-04 40; 2022-05 -                               |
2022-01 3     | 处 | year_to_date | 2021-12 40                                          |
2022-03 3     | 处 | year_to_date | 2022-02 4                                           | total_shrank
2022-05 30    | 处 | plan_to_date | 2022-04 10; 2022-06 20                              | total_exceeds_later
2021-12 30    | 处 | year_to_date | 2022-01 2                                           |
2022-06 3     | 处 | flow         | 2022-05 9                                           |
2022-06 3     | %  | level        | 2022-05 9                                           |
# flows: median 10, distances 1 0 1 0 2 → 1; spread 1.4826, but a quarter of 10 at least; 3.5 × 2.5 = 8.75
2022-06 18    | 处 | flow | 2022-01 9; 2022-02 10; 2022-03 11; 2022-04 10; 2022-05 12 |
2022-06 19    | 处 | flow | 2022-01 9; 2022-02 10; 2022-03 11; 2022-04 10; 2022-05 12 | jumped
2022-06 1     | 处 | flow | 2022-01 9; 2022-02 10; 2022-03 11; 2022-04 10; 2022-05 12 | jumped
# four are too few to tell
2022-06 999   | 处 | flow | 2022-02 10; 2022-03 11; 2022-04 10; 2022-05 12            |
# median 20, distances 10 5 0 5 10 → 5; spread 7.413; 3.5 × 7.413 = 25.9
2022-06 45    | 处 | flow | 2022-01 10; 2022-02 15; 2022-03 20; 2022-04 25; 2022-05 30 |
2022-06 46    | 处 | flow | 2022-01 10; 2022-02 15; 2022-03 20; 2022-04 25; 2022-05 30 | jumped
# more than half are 0: mean distance 12 / 5 × 1.2533 × 3.5 = 10.53
2022-06 10    | 处 | flow | 2022-01 0; 2022-02 0; 2022-03 12; 2022-04 0; 2022-05 0    |
2022-06 11    | 处 | flow | 2022-01 0; 2022-02 0; 2022-03 12; 2022-04 0; 2022-05 0    | jumped
# levels by their steps, all 0; a fiftieth of 95 × 3.5 = 6.65
2022-07 88.4  | %  | level | 2022-01 95; 2022-02 95; 2022-03 95; 2022-04 95; 2022-05 95; 2022-06 95 |
2022-07 88.3  | %  | level | 2022-01 95; 2022-02 95; 2022-03 95; 2022-04 95; 2022-05 95; 2022-06 95 | jumped
# totals by day, one a day; 0.875 more at most: 30 June + 31 × 1.875 = 58.1
2022-07-31 239 | 处 | plan_to_date | 2022-01 31; 2022-02 59; 2022-03 90; 2022-04 120; 2022-05 151; 2022-06 181 |
2022-07-31 240 | 处 | plan_to_date | 2022-01 31; 2022-02 59; 2022-03 90; 2022-04 120; 2022-05 151; 2022-06 181 | jumped
# the new year's 31 days bring 31, as each day did
2022-01 31    | 处 | year_to_date | 2021-07 212; 2021-08 243; 2021-09 273; 2021-10 304; 2021-11 334; 2021-12 365 |
2022-01 365   | 处 | year_to_date | 2021-07 212; 2021-08 243; 2021-09 273; 2021-10 304; 2021-11 334; 2021-12 365 | jumped
"""
CASES = [
    [cell.strip() for cell in line.split("|")]
    for line in EXAMPLES.strip().splitlines()
    if not line.startswith("#")
]


def entries(text: str) -> list[Entry]:
    return [Entry(on=reading.on, value=reading.value) for reading in reports(text)]


@pytest.mark.parametrize("case", CASES, ids=[" ".join(case) for case in CASES])
def test_what_is_doubtful(case: list[str]) -> None:
    typed, unit, accrual, known, codes = case
    found = warnings(unit, Accrual(accrual), entries(known), entries(typed)[0])
    assert [each.code for each in found] == codes.split()


def test_a_doubt_names_the_numbers_that_raised_it() -> None:
    found = warnings("处", Accrual.PLAN_TO_DATE, entries("2022-04 40; 2022-05 38"), entries("2022-06 39")[0])
    assert found[0].params == {"value": 39, "before": 40, "on": day("2022-04")}


def test_what_was_usual_long_ago_is_forgotten() -> None:
    long_ago = [Entry(on=day(f"2020-{month}"), value=Fraction(90)) for month in range(1, 13)]
    since = [Entry(on=day(f"2021-{month}"), value=Fraction(10)) for month in range(1, 13)]
    new = Entry(on=day("2022-01"), value=Fraction(90))
    assert [each.code for each in warnings("处", Accrual.FLOW, long_ago + since, new)] == ["jumped"]


def test_what_is_corrected_is_not_compared_with_what_it_replaces() -> None:
    assert warnings("处", Accrual.PLAN_TO_DATE, entries("2022-06 40"), entries("2022-06 39")[0]) == []


@pytest.mark.parametrize(
    ("before", "now", "doubtful"),
    [
        ([50, 50, 50], 40, True),
        ([50], 40, True),
        ([50, 50, 50], 50, False),
        ([50, 48, 50], 40, False),  # a number observed, which always differs
        ([10, 50, 50, 50], 40, True),
        ([], 40, False),
        ([None, None], 40, False),
        ([50, 50, 50], None, False),
    ],
)
def test_a_denominator_that_was_steady_and_changed_is_doubtful(
    before: list[int | None], now: int | None, doubtful: bool
) -> None:
    def entry(month: int, denominator: int | None) -> Entry:
        below = None if denominator is None else Fraction(denominator)
        return Entry(on=day(f"2022-{month}"), value=Fraction(80), denominator=below)

    history = [entry(month, denominator) for month, denominator in enumerate(before, 1)]
    found = warnings("%", Accrual.LEVEL, history, entry(6, now))
    assert [each.code for each in found] == ["denominator_changed"] * doubtful
