"""Rhythms as data: the three of DOMAIN.md, their periods, and what a document's own rhythm proposes."""

from datetime import date

import pytest

from chuangwen.progress.rules.rhythm import (
    Asks,
    Every,
    Product,
    Span,
    before,
    may_ask,
    period_of,
    periods,
    products_of,
    proposed,
    stage_spans,
)

FIVE_BEATS = [("day", "督查"), ("week", "通报"), ("month", "晒榜"), ("quarter", "测评"), ("year", "考核")]
OBSERVED = [("week", "观察"), ("month", "分析"), ("quarter", "通报"), ("year", "考核")]
TESTED = [("month", "测评"), ("quarter", "公布"), ("year", "年底算总账")]


def test_three_rhythms_are_proposed_as_their_cities_chose_them() -> None:
    five = {line.every: line for line in proposed(FIVE_BEATS, False)}
    assert [line.produces[0] for line in five.values()] == [
        Product.SUPERVISION,
        Product.BULLETIN,
        Product.BOARD,
        Product.ASSESSMENT,
        Product.APPRAISAL,
    ]
    assert [line.produces for line in proposed(OBSERVED, False)] == [
        (Product.ANALYSIS,),
        (Product.ANALYSIS, Product.REPORT),
        (Product.BULLETIN,),
        (Product.APPRAISAL,),
    ]
    assert [(line.every, line.produces[0]) for line in proposed(TESTED, True)] == [
        (Every.MONTH, Product.ASSESSMENT),
        (Every.QUARTER, Product.BOARD),
        (Every.YEAR, Product.APPRAISAL),
        (Every.STAGE, Product.APPRAISAL),
    ]


@pytest.mark.parametrize("rhythm", [FIVE_BEATS, OBSERVED, TESTED, [("week", "调度")], []])
def test_one_beat_asks_everybody_and_none_shorter_than_a_month(rhythm: list[tuple[str, str]]) -> None:
    asking = [line.every for line in proposed(rhythm, True) if line.asks is not Asks.NOBODY]
    assert asking == [Every.MONTH if ("month" in dict(rhythm)) else Every.QUARTER]


@pytest.mark.parametrize(
    ("every", "asks", "may"),
    [
        (Every.DAY, Asks.ALL, False),
        (Every.WEEK, Asks.ALL, False),
        (Every.WEEK, Asks.KEY_TASKS, True),
        (Every.DAY, Asks.NOBODY, True),
        (Every.MONTH, Asks.ALL, True),
    ],
)
def test_short_beats_ask_for_key_projects_at_most(every: Every, asks: Asks, may: bool) -> None:
    assert may_ask(every, asks) is may


@pytest.mark.parametrize(
    ("duty", "products"),
    [
        ("周通报", (Product.BULLETIN,)),
        ("月晒榜", (Product.BOARD,)),
        ("年底算总账", (Product.APPRAISAL,)),
        ("每周跟进", (Product.REPORT,)),
        ("测评并通报", (Product.ASSESSMENT, Product.BULLETIN)),
        ("开会", (Product.ANALYSIS,)),
    ],
)
def test_what_a_duty_brings_out(duty: str, products: tuple[Product, ...]) -> None:
    assert products_of(duty) == products


STAGES = stage_spans(date(2021, 1, 1), [date(2022, 12, 31), date(2021, 12, 31), date(2021, 12, 31)])


@pytest.mark.parametrize(
    ("every", "day", "span"),
    [
        (Every.DAY, "2021-06-30", ("2021-06-30", "2021-06-30")),
        (Every.WEEK, "2021-01-01", ("2020-12-28", "2021-01-03")),  # a Friday
        (Every.MONTH, "2020-02-10", ("2020-02-01", "2020-02-29")),
        (Every.QUARTER, "2021-11-30", ("2021-10-01", "2021-12-31")),
        (Every.HALF_YEAR, "2021-06-30", ("2021-01-01", "2021-06-30")),
        (Every.HALF_YEAR, "2021-07-01", ("2021-07-01", "2021-12-31")),
        (Every.YEAR, "2021-07-01", ("2021-01-01", "2021-12-31")),
        (Every.STAGE, "2022-01-01", ("2022-01-01", "2022-12-31")),
        (Every.STAGE, "2023-01-01", None),
    ],
)
def test_the_period_of_a_day(every: Every, day: str, span: tuple[str, str] | None) -> None:
    found = period_of(every, date.fromisoformat(day), STAGES)
    assert found == (span and Span(date.fromisoformat(span[0]), date.fromisoformat(span[1])))


def test_periods_follow_each_other() -> None:
    found = list(periods(Every.QUARTER, date(2021, 1, 1), date(2021, 12, 31)))
    assert [span.first.month for span in found] == [1, 4, 7, 10]
    assert before(Every.QUARTER, found[0]) == Span(date(2020, 10, 1), date(2020, 12, 31))
    assert list(periods(Every.STAGE, date(2021, 1, 1), date(2023, 12, 31), STAGES)) == STAGES
    assert before(Every.STAGE, STAGES[0], STAGES) is None
