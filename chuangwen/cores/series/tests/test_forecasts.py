"""Forecasts by examples. Trend, interval and days were worked out by hand; the sums stand beside them.

Reports mostly stand ten days apart, so that slopes are plain: 20 March is 10 days after 10 March.
"""

from datetime import date
from fractions import Fraction
from math import factorial

import pytest

from chuangwen.cores.series.course import Course
from chuangwen.cores.series.forecasts import _CUT, Forecast, NoForecast, forecast

from .examples import course, day, reports

TEN = "2022-01-10 10; 2022-01-20 20; 2022-01-30 30"  # one a day, without any scatter
BENT = "2022-01-10 10; 2022-01-20 20; 2022-01-30 40"
STEADY = "2022-03-10 50; 2022-03-20 52; 2022-03-30 54"  # 0.2 a day
SHAKY = "2022-03-10 50; 2022-03-20 54; 2022-03-30 52"
FALLING = "2022-03-10 100; 2022-03-20 90; 2022-03-30 80"
# 70 days after 30 January is 10 April
HUNDRED = course("cumulative", "plan_to_date", "2022-04-10 100")
HUNDRED_AND_ONE = course("cumulative", "plan_to_date", "2022-04-10 101")
HUNDRED_THIRTY = course("cumulative", "plan_to_date", "2022-04-10 130")
FLOWS = course("cumulative", "flow", "2022-04-10 100")
# 20 days after 30 January is 19 February
SEVENTY = course("cumulative", "plan_to_date", "2022-02-19 70")
FORTY_FIVE = course("cumulative", "plan_to_date", "2022-02-19 45")
NINETY_FIVE = course("cumulative", "plan_to_date", "2022-02-19 95")
# 30 days after 30 March is 29 April, 20 days after it 19 April
SIXTY = course("", "level", "2022-04-29 60")
SIXTY_ONE = course("", "level", "2022-04-29 61")
HELD = course("held_floor", "level", "2022-04-29 50")
AT_MOST_50 = course("", "level", "2022-04-29 <= 50")
AT_MOST_40 = course("", "level", "2022-04-29 <= 40")
NONE_LEFT = course("", "level", "2022-07-28 <= 0")
RATE = course("yearly_anew", "level", "2023 80")
FROM_45 = course("", "level", "2022-04-19 45")
FROM_60 = course("", "level", "2022-04-19 60")
FROM_70 = course("", "level", "2022-04-19 70")
YEARLY = course("yearly_anew", "flow", "2023 365")
YEARLY_TO_DATE = course("yearly_anew", "year_to_date", "2023 365")
PER_YEAR = course("per_year", "flow", "2021 999; 2022 364; 2023 999")
SHARE = course("", "level", "2022-04-29 99", most=Fraction(58))
DOWN_20_PCT = course("against_base", "level", "2022-04-29 40", baseline="125", change="fall_pct")
WORST = course("per_area", "level", "2022-04-29 60")
TWO_TO_THREE = course("range", "level", "2022-04-29 55-59")
ABOUT_55 = course("about", "level", "2022-04-29 55")
NO_MORE = course("no_growth", "level", "", baseline="53", ends=date(2022, 4, 29))
AREAS = course("per_area cumulative", "plan_to_date", "2022-04-10 100")
CEILING = course("cumulative", "plan_to_date", "2022-04-10 <= 99")
SHRUNK = course("cumulative", "plan_to_date", "2022-02-19 40")

# What it says | course | reports | value | low | high | chance | reached on | months late | reports counted
EXAMPLES = """
# counts: 30 + 70 × 1; each stretch of ten days brought ten, so that nothing scatters
just there | HUNDRED | TEN | 100 | 100 | 100 | likely | 2022-04-10 | - | 3
a day late in the same month | HUNDRED_AND_ONE | TEN | 100 | 100 | 100 | unlikely | 2022-04-11 | 0 | 3
thirty days late | HUNDRED_THIRTY | TEN | 100 | 100 | 100 | unlikely | 2022-05-10 | 1 | 3
flows are added first | FLOWS | 2022-01-10 10; 2022-01-20 10; 2022-01-30 10 | 100 | 100 | 100 | likely | 2022-04-10 | - | 3
# slopes 1, 1.5, 2: 40 + 20 × 1.5; the stretches differ by −5 and +5, 25/10 + 25/10 = 5 by one degree of freedom;
# still to come 20 days and 20²/20 for the pace: 5 × 40 = 200; 1.732 × √200 = 24.4941789, outwards 24.494179
half of the interval | SEVENTY | BENT | 70 | 45.505821 | 94.494179 | at_risk | 2022-02-19 | - | 3
the low end is there | FORTY_FIVE | BENT | 70 | 45.505821 | 94.494179 | likely | 2022-02-03 | - | 3
the high end is not | NINETY_FIVE | BENT | 70 | 45.505821 | 94.494179 | unlikely | 2022-03-08 | 1 | 3
# levels: 54 + 30 × 0.2 = 60
a steady share | SIXTY | STEADY | 60 | 60 | 60 | likely | 2022-04-29 | - | 3
five days late | SIXTY_ONE | STEADY | 60 | 60 | 60 | unlikely | 2022-05-04 | 1 | 3
held and rising | HELD | STEADY | 60 | 60 | 60 | likely | 2022-03-30 | - | 3
at most 50 | AT_MOST_50 | FALLING | 50 | 50 | 50 | likely | 2022-04-29 | - | 3
at most 40 | AT_MOST_40 | FALLING | 50 | 50 | 50 | unlikely | 2022-05-09 | 1 | 3
# slopes −0.2, 0.1, 0.4. With 0.1 the reports stand at 52, 55, 52 on the last day: 52, and 3 off at most; 52 + 2 = 54.
# With −0.2 at 46, 52, 52: 52 − 4 − 3 = 45. With 0.4 at 58, 58, 52: 58 + 8 + 3 = 69.
the worst end is there | FROM_45 | SHAKY | 54 | 45 | 69 | likely | 2022-03-30 | - | 3
within the interval | FROM_60 | SHAKY | 54 | 45 | 69 | at_risk | 2022-06-18 | 2 | 3
beyond the best end | FROM_70 | SHAKY | 54 | 45 | 69 | unlikely | 2022-09-26 | 5 | 3
none is the least that there is: 80 − 120 | NONE_LEFT | FALLING | 0 | 0 | 0 | likely | 2022-06-18 | - | 3
never turns round | AT_MOST_50 | STEADY | 60 | 60 | 60 | unlikely | - | - | 3
# 54 + 276 days × 0.2, this year's reports alone
a rate owed every year | RATE | 2021-11 1; 2021-12 2; 2022-03-10 50; 2022-03-20 52; 2022-03-30 54 | 109.2 | 109.2 | 109.2 | likely | 2022-08-07 | - | 3
# a share never passes what there is
no more than all | SHARE | STEADY | 58 | 58 | 58 | unlikely | 2022-11-10 | 7 | 3
# 20 %, 28 %, 36 % less than 125: 0.8 a day, 36 + 30 × 0.8
a change against its base | DOWN_20_PCT | FALLING | 60 | 60 | 60 | likely | 2022-04-04 | - | 3
# the worst of the areas: 50, 52, 54
the worst area decides | WORST | 2022-03-10 70 东=50,西=90; 2022-03-20 70 东=88,西=52; 2022-03-30 70 东=54,西=86 | 60 | 60 | 60 | likely | 2022-04-29 | - | 3
more than the range | TWO_TO_THREE | STEADY | 60 | 60 | 60 | unlikely | 2022-04-04 | - | 3
about 55 reaches from 49.5 to 60.5 | ABOUT_55 | STEADY | 60 | 60 | 60 | likely | 2022-03-30 | - | 3
what may not grow | NO_MORE | STEADY | 60 | 60 | 60 | unlikely | - | - | 3
a ceiling is broken by one | CEILING | TEN | 100 | 100 | 100 | unlikely | - | - | 3
# 10, 20, 30 of the east; the west is further
the worst area's own total | AREAS | 2022-01-10 60 东=10,西=50; 2022-01-20 90 东=20,西=70; 2022-01-30 160 东=30,西=130 | 100 | 100 | 100 | likely | 2022-04-10 | - | 3
# years joined to one total: 10 for each of three times ten days; 365 days from 31 December 2021
nothing yet this year | YEARLY | 2021-12-11 10; 2021-12-21 10; 2021-12-31 10; 2022-01-05 - | 365 | 365 | 365 | likely | 2022-12-31 | - | 3
# 200, 210, 210 + 10, 210 + 20; 20 + 345 days from 20 January
the year before goes on | YEARLY_TO_DATE | 2021-12-21 200; 2021-12-31 210; 2022-01-10 10; 2022-01-20 20 | 365 | 365 | 365 | likely | 2022-12-31 | - | 4
this year's own value | PER_YEAR | 2021-12-21 10; 2021-12-31 10; 2022-01-10 10; 2022-01-20 10 | 365 | 365 | 365 | likely | 2022-12-30 | - | 4
nothing since the 21st of December | YEARLY | 2021-12-01 10; 2021-12-11 10; 2021-12-21 10; 2022-01-05 - | 365 | 365 | 365 | likely | 2022-12-31 | - | 3
# the unanswered report of 11 December cuts off what was before
a gap of last year | YEARLY | 2021-12-01 900; 2021-12-11 -; 2021-12-21 10; 2021-12-31 10; 2022-01-10 10; 2022-01-20 10 | 365 | 365 | 365 | likely | 2022-12-31 | - | 4
a year that was closed in November | YEARLY_TO_DATE | 2021-11-30 900; 2022-01-10 10; 2022-01-20 20; 2022-01-30 30 | 365 | 365 | 365 | likely | 2022-12-31 | - | 3
# 30, then corrected to 20, 10: the pace is −1, so nothing is added, and nothing taken back; the stretches are
# 10 and 10 less than nothing: (100/10 + 100/10) × 40 = 800; 1.732 × √800 = 48.9883578
a total that was corrected downwards | SHRUNK | 2022-01-10 30; 2022-01-20 20; 2022-01-30 10 | 10 | 10 | 58.988358 | at_risk | - | - | 3
"""
CASES = [
    [cell.strip() for cell in line.split("|")]
    for line in EXAMPLES.strip().splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_the_forecast_says(case: list[str]) -> None:
    _, name, reported, *expected = case
    kept = reports(globals().get(reported, reported))
    found = forecast(globals()[name], kept, max(reading.on for reading in kept))
    assert isinstance(found, Forecast)
    numbers = [str(float(number)).removesuffix(".0") for number in (found.value, found.low, found.high)]
    rest = [str(found.reaches_on or "-"), "-" if found.months_late is None else str(found.months_late)]
    assert [*numbers, found.chance, *rest, str(found.points)] == expected


@pytest.mark.parametrize(
    ("subject", "reported", "today", "code"),
    [
        (HUNDRED, "2022-01-10 10; 2022-01-20 20; 2022-01-30 -", "2022-01", "too_few_points"),
        (HUNDRED, TEN, "2022-01-20", "too_few_points"),
        (HUNDRED, TEN, "2022-04-11", "past_deadline"),
        (HUNDRED, TEN, "2020-12", "not_begun"),
        (FLOWS, "2022-01-10 10; 2022-01-15 -; 2022-01-20 10; 2022-01-30 10", "2022-01", "gaps"),
        (YEARLY, "2022-01-10 10; 2022-01-15 -; 2022-01-20 10; 2022-01-30 10", "2022-01", "gaps"),
        (YEARLY, TEN, "2024-01", "past_deadline"),
        (course("per_year", "flow", "2021 9; 2023 9"), TEN, "2022-01", "no_number"),
        (
            course("yearly_anew", "level", "2023 80"),
            "2021-06 1; 2021-09 2; 2021-12 3; 2022-01 4",
            "2022-01",
            "too_few_points",
        ),
        (
            WORST,
            "2022-03-10 70 东=50,西=90; 2022-03-20 70 东=88,西=-; 2022-03-30 70 东=54,西=86",
            "2022-03",
            "too_few_points",
        ),
        (AREAS, "2022-01-10 60 东=10,西=50; 2022-01-20 90 东=20,西=-", "2022-01", "parts_missing"),
        (course("milestone", "level", "2023 -"), TEN, "2022-01", "no_number"),
        (course("", "level", "2023 -"), TEN, "2022-01", "no_number"),
        (course("from_above", "level", "2023 -"), TEN, "2022-01", "not_entered"),
        (course("against_base", "level", "2023 85"), TEN, "2022-01", "base_missing"),
        (course("no_growth", "level", ""), TEN, "2022-01", "base_missing"),
    ],
)
def test_there_is_no_forecast_where_it_would_be_a_guess(
    subject: Course, reported: str, today: str, code: str
) -> None:
    found = forecast(subject, reports(reported), day(today))
    assert isinstance(found, NoForecast)
    assert found.code == code


def test_how_many_reports_there_are_stands_beside_a_refusal() -> None:
    found = forecast(HUNDRED, reports("2022-01-10 10; 2022-01-20 20"), day("2022-01"))
    assert found == NoForecast("too_few_points", {"points": 2, "needed": 3})


def test_one_wrong_report_does_not_turn_the_trend() -> None:
    wrong = "2022-01-10 50; 2022-01-20 51; 2022-01-30 52; 2022-02-09 530; 2022-02-19 54; 2022-03-01 55"
    found = forecast(course("", "level", "2022-03-11 56"), reports(wrong), day("2022-03-01"))
    assert isinstance(found, Forecast)
    assert found.value == 56


def test_only_the_last_twelve_reports_count() -> None:
    kept = reports(
        "2021-01-01 0; 2021-01-02 500" + "".join(f"; 2021-{month} {month}" for month in range(1, 13))
    )
    found = forecast(course("", "level", "2022-04-10 100"), kept, day("2021"))
    assert isinstance(found, Forecast)
    assert (found.points, found.confidence_pct) == (12, 95)
    assert found.high < 20


def test_a_forecast_says_how_it_was_made_and_how_sure_it_is() -> None:
    count, level = (
        forecast(HUNDRED, reports(TEN), day("2022-01")),
        forecast(SIXTY, reports(STEADY), day("2022-03")),
    )
    assert isinstance(count, Forecast)
    assert isinstance(level, Forecast)
    assert (count.method, level.method) == ("theil_sen_count", "theil_sen_level")
    assert (count.confidence_pct, count.by) == (66, day("2022-04-10"))


def orders_with_inversions(reports_counted: int) -> list[int]:
    """How many orders of so many things have 0, 1, 2 … inversions: what Kendall's statistic rests on."""
    orders = [1]
    for more in range(2, reports_counted + 1):
        longer = [0] * (len(orders) + more - 1)
        for inversions, count in enumerate(orders):
            for added in range(more):
                longer[inversions + added] += count
        orders = longer
    return orders


@pytest.mark.parametrize("count", range(3, 13))
def test_slopes_are_cut_as_kendalls_distribution_allows(count: int) -> None:
    orders = orders_with_inversions(count)
    one_in_forty = factorial(count) / 40
    assert sum(orders[: _CUT[count]]) <= one_in_forty
    assert _CUT[count] == 0 or sum(orders[: _CUT[count] + 1]) <= one_in_forty
    assert sum(orders[: _CUT[count] + 2]) > one_in_forty
