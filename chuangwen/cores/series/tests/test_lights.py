"""Paths and lights by examples. What is due was worked out by hand; the sum stands in the sentence or beside it.

Days of a year at the end of each month: 31 59 90 120 151 181 212 243 273 304 334 365. Day 73 is 14 March, a
fifth of the year. The plan has 1095 days, so that of 219 a fifth of one is due each day.
"""

from datetime import date
from fractions import Fraction

import pytest

from chuangwen.cores.series.course import Course, Thresholds
from chuangwen.cores.series.lights import Light, attained, lacking, light
from chuangwen.cores.series.paths import due_on, over_the_plan, path

from .examples import course, day, reports

TOTAL = course("cumulative", "plan_to_date", "2023 219")
FLOWS = course("cumulative", "flow", "2023 219")
YEARS = course("cumulative", "year_to_date", "2023 219")
PER_YEAR = course("per_year", "flow", "2021 73; 2022 146; 2023 73")
PER_YEAR_TO_DATE = course("per_year", "year_to_date", "2021 73; 2022 146; 2023 73")
SHARES = course("per_year", "level", "2021 50; 2022 55; 2023 60", baseline="40")
NO_START = course("per_year", "level", "2021 50; 2022 55; 2023 60")
ANEW = course("yearly_anew", "year_to_date", "2023 5")
ANEW_TOTAL = course("yearly_anew", "plan_to_date", "2023 5")
ANEW_RATE = course("yearly_anew", "level", "2023 80", strength="mandatory")
HELD = course("held_floor", "level", "2023 90", strength="mandatory")
HELD_BY_YEAR = course("held_floor", "level", "2021 90; 2023 95")
EACH = course("each", "level", "2021 600")
EACH_ANEW = course("each yearly_anew", "flow", "2023 4")
EACH_ANEW_TOTAL = course("each yearly_anew", "plan_to_date", "2023 4")
AREAS = course("per_area", "level", "2021 86", strength="mandatory")
FEWER = course("against_base", "level", "2023 20", baseline="200", change="fall_pct")
MORE_POINTS = course("against_base", "level", "2023 4", baseline="80", change="rise")
FROM_61 = course("against_base", "level", "2023 85", baseline="61")
LAST_YEAR = course("against_base yearly_anew", "level", "2023 3", baseline="100", change="fall_pct")
ABOVE = course("from_above", "level", "2023 -", baseline="30")
CLASS = course("ordered_class", "level", '2022-06 "B', classes=("A", "B", "C", "D"), strength="mandatory")
WATER = course("ordered_class", "level", '2021 > "Ⅲ', classes=("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"))
HELD_CLASS = course("ordered_class held_floor", "level", '2023 "B', classes=("A", "B", "C"))
RANGE = course("range", "plan_to_date", "2023 2-3")
ABOUT = course("about", "plan_to_date", "2021 100")
NO_MORE = course("no_growth", "level", "", baseline="50")
NOTHING_NEW = course("no_growth", "flow", "")
MILESTONE = course("milestone", "level", "2022-06 -", strength="mandatory")
WISHED = course("milestone", "level", "2022-06 -", strength="stretch")
JUDGED = course("judged", "level", "2023 -")
CEILING = course("yearly_anew", "year_to_date", "2023 <= 10", strength="mandatory")
DUST = course("", "level", "2023 <= 10", baseline="20")
STEPS = course("cumulative", "plan_to_date", "2021 20; 2022 60; 2023 120", shape="stepwise")
DRAWN = course(
    "cumulative",
    "plan_to_date",
    "2023 120",
    shape="drawn",
    drawn=((date(2021, 12, 31), Fraction(20)), (date(2022, 12, 31), Fraction(60))),
)
GOING_WELL = course("", "level", "2023 85", baseline="90")
HARD = course("cumulative", "plan_to_date", "2023 219", strength="mandatory")
STRETCH = course("cumulative", "plan_to_date", "2023 219", strength="stretch")
STAGES = course("cumulative", "plan_to_date", "2021 36; 2023 120", strength="mandatory")

SOME_YEARS = course("per_year", "flow", "2021 73; 2023 73")
HALF_YEAR = course("", "flow", "2021-06 20; 2021 50")
FIFTY = course("", "level", "2021 50")
MONTHLY = course("held_floor", "flow", "2023 8")
HELD_CEILING = course("held_floor", "level", "2023 <= 5")
MEAN = course("mean", "flow", "2021 14.5", baseline="12")
DENSITY = course("per_head", "year_to_date", "2021 14.5", baseline="12")
NO_BASE = course("against_base", "level", "2023 20", change="fall_pct")
BASE_0 = course("against_base", "level", "2023 20", baseline="0", change="rise_pct")
LEVEL_NO_BASE = course("against_base", "level", "2023 85")
ISSUED = course("from_above", "level", "2023 40", baseline="30")
NO_COUNT = course("no_growth", "level", "")
MONTHLY_CEILING = course("yearly_anew", "flow", "2023 <= 10")
NO_NUMBER = course("", "level", "")
ABOVE_50 = course("", "level", "2021 > 50")
ONE_YEAR = course("per_year", "flow", "2021 73")
EACH_YEARS_OWN = course("cumulative per_year", "flow", "2021 73; 2022 146; 2023 73")
HALF_A_YEAR = course("yearly_anew", "year_to_date", "2021 181", ends=date(2022, 6, 30))
DEFICIT = course("against_base", "level", "2023 20", baseline="-50", change="rise_pct")
SLACKENS = course("", "level", "2021 60; 2022 30", baseline="40")
ABOVE_90 = course("held_floor", "level", "2023 > 90")
ABOUT_35 = course("about", "level", "2021 <= 35")

# What it says | course | reports | today | lamp and code | due | reached
EXAMPLES = """
# over the whole plan: 219 × 546 / 1095 = 109.2
a total with more than is due | TOTAL | 2022-06 110 | 2022-06 | go on_course | 546/5 | 110
100 of 109.2 is 91.6 % | TOTAL | 2022-06 100 | 2022-06 | near behind | 546/5 | 100
day 400: 62 of 80 due | TOTAL | 2022-01 62 | 2022-02-04 | late behind | 80 | 62
72 of 80 is just 90 % | TOTAL | 2022-01 72 | 2022-02-04 | near behind | 80 | 72
15 days, a fifth each | TOTAL | 2021-01-10 3 | 2021-01-15 | go on_course | 3 | 3
flows add up over years | FLOWS | 2021-06 30; 2021-12 40; 2022-06 40 | 2022-06 | go on_course | 546/5 | 110
years to date add up | YEARS | 2021-06 30; 2021-12 70; 2022-06 40 | 2022-06 | go on_course | 546/5 | 110
an unanswered flow is no zero | FLOWS | 2021-06 30; 2021-12 -; 2022-06 40 | 2022-06 | none gaps | 546/5 | 70
enough without it | FLOWS | 2021-06 70; 2021-12 -; 2022-06 40 | 2022-06 | go on_course | 546/5 | 110
an unanswered year's end | YEARS | 2021-06 30; 2021-12 -; 2022-06 40 | 2022-06 | none gaps | 546/5 | 70
a year without a report | YEARS | 2022-06 40 | 2022-06 | none gaps | 546/5 | 40
the last flow is not in yet | FLOWS | 2021-12 70; 2022-06 - | 2022-06 | late behind | 546/5 | 70
last month not in yet | TOTAL | 2022-05 100; 2022-06 - | 2022-06 | near behind | 546/5 | 100
all of it early | TOTAL | 2022-06 219 | 2022-06 | go reached | 546/5 | 219
reports of tomorrow | TOTAL | 2022-06 110; 2022-07 219 | 2022-06 | go on_course | 546/5 | 110
reports from before the plan | TOTAL | 2020-12 300 | 2022-06 | none no_data | 546/5 | -
nothing reported | TOTAL |  | 2022-06 | none no_data | 546/5 | -
asked, not answered | TOTAL | 2022-06 - | 2022-06 | none no_data | 546/5 | -
a true zero is a report | TOTAL | 2022-06 0 | 2022-06 | late behind | 546/5 | 0
before the plan begins | TOTAL |  | 2020-12 | none not_begun | - | -
the last given of a day stands | TOTAL | 2022-06 20; 2022-06 110 | 2022-06 | go on_course | 546/5 | 110
a lower total is not swallowed | TOTAL | 2022-05 112; 2022-06 100 | 2022-06 | near behind | 546/5 | 100
an unanswered flow at the deadline | FLOWS | 2022-12 200; 2023-06 -; 2023-12 10 | 2024-01 | none gaps | 219 | 210
# deadlines
确保 missed | HARD | 2023-12 200 | 2024-01-10 | late breach | 219 | 200
力争 missed | STRETCH | 2023-12 20 | 2024-01-10 | near not_reached | 219 | 20
missed without either word | TOTAL | 2023-12 218 | 2024-01-10 | late missed | 219 | 218
the last day is in time | HARD | 2023-12 200 | 2023-12 | near behind | 219 | 200
the final report is not in | HARD | 2023-11 210 | 2024-01-10 | near behind | 219 | 210
reached at the deadline | HARD | 2023-12 219 | 2024-01-10 | go reached | 219 | 219
reached after it | HARD | 2023-12 200; 2024-01-05 219 | 2024-01-10 | go reached | 219 | 219
力争 never burns red | STRETCH | 2022-06 1 | 2022-06 | near behind | 546/5 | 1
# 36 + 84 × 90 / 730 = 36 + 756 / 73
a stage missed | STAGES | 2022-03 30 | 2022-03 | late breach | 3384/73 | 30
a stage reached | STAGES | 2022-03 47 | 2022-03 | go on_course | 3384/73 | 47
# one value for each year: 146 × 181 / 365 = 72.4; day 73 of 2022: 29.2
the year's own flows | PER_YEAR | 2021-12 99; 2022-03 40; 2022-06 33 | 2022-06 | go on_course | 362/5 | 73
no surplus of last year | PER_YEAR | 2021-12 99; 2022-06 33 | 2022-06 | late behind | 362/5 | 33
the year's count so far | PER_YEAR_TO_DATE | 2021-12 99; 2022-03 40; 2022-06 70 | 2022-06 | near behind | 362/5 | 70
last year's gap is last year's | PER_YEAR | 2021-12 -; 2022-06 73 | 2022-06 | go on_course | 362/5 | 73
this year's gap | PER_YEAR | 2022-03 -; 2022-06 33 | 2022-06 | none gaps | 362/5 | 33
of each year's own, though over three years | EACH_YEARS_OWN | 2021-12 99; 2022-06 73 | 2022-06 | go on_course | 362/5 | 73
no value for any later year | ONE_YEAR | 2022-06 5 | 2022-06 | none not_due | - | 5
a year without a value | SOME_YEARS | 2022-06 5 | 2022-06 | none not_due | - | 5
after the plan its last year counts | PER_YEAR | 2022-12 999; 2023-12 70 | 2024-03 | late missed | 73 | 70
a half-year's value missed | HALF_YEAR | 2021-06 19 | 2021-07 | late missed | 4610/184 | 19  # 20 + 30 × 31 / 184
# 40 → 50 → 55 → 60, a fifth of the way on day 73
shares by year from the base | SHARES | 2021-03-14 42 | 2021-03-14 | go on_course | 42 | 42
of 2 points due 1 is made | SHARES | 2021-03-14 41 | 2021-03-14 | late behind | 42 | 41
10.5 of 11 points | SHARES | 2021-12 50; 2022-03-14 50.5 | 2022-03-14 | near behind | 51 | 101/2
no path without a base | NO_START | 2021-06 45 | 2021-06 | none not_due | - | 45
without a path, a month before | NO_START | 2021-11 45 | 2021-12-01 | near due_soon | - | 45
without a path, 32 days before | NO_START | 2021-10 45 | 2021-11-29 | none not_due | - | 45
there before it is due | NO_START | 2021-06 52 | 2021-06 | go on_course | - | 52
there for good | NO_START | 2021-06 60 | 2021-06 | go reached | - | 60
fell back after the deadline | FIFTY | 2021-12 50; 2022-06 48 | 2022-06 | near behind | 50 | 48
promised less later: 20 of 30 | SLACKENS | 2021-06 20 | 2022 | late behind | 30 | 20
worse than the start | SHARES | 2021-03-14 39 | 2021-03-14 | late behind | 42 | 39
# every year anew: 5 × 73 / 365 = 1
a fifth of the year's five | ANEW | 2022-03-14 1 | 2022-03-14 | go on_course | 1 | 1
the new year starts at nothing | ANEW | 2021-12 5 | 2022-01 | none no_data | 31/73 | -
none this year is a report | ANEW | 2021-12 5; 2022-01 0 | 2022-01 | late behind | 31/73 | 0
seven less last year's five | ANEW_TOTAL | 2021-12 5; 2022-03-14 7 | 2022-03-14 | go on_course | 1 | 2
in the first year all of it | ANEW_TOTAL | 2021-03-14 2 | 2021-03-14 | go on_course | 1 | 2
last year's end unanswered | ANEW_TOTAL | 2021-12 -; 2022-03-14 7 | 2022-03-14 | none gaps | 1 | -
the year's quota done | ANEW | 2022-03-14 5 | 2022-03-14 | go reached | 1 | 5
the last year ends with the plan | HALF_A_YEAR | 2022-03-14 73 | 2022-03-14 | go on_course | 73 | 73
a yearly rate within the year | ANEW_RATE | 2022-06 75 | 2022-06 | none not_due | - | 75
a yearly rate in December | ANEW_RATE | 2022-11 75 | 2022-12-10 | near due_soon | - | 75
last year's rate is not this year's | ANEW_RATE | 2021-12 95 | 2022-03 | none no_data | - | -
the last year's rate | ANEW_RATE | 2023-12 79 | 2024-01-10 | late breach | 80 | 79
# to be held on every day
held from the first day | HELD | 2021-01 92 | 2021-02 | go held | 90 | 92
88 of 90 is 97.8 % | HELD | 2022-05 92; 2022-06 88 | 2022-06 | near dip | 90 | 88
70 of 90 is 77.8 % | HELD | 2022-06 70 | 2022-06 | late dip | 90 | 70
a dip that is over | HELD | 2022-03 91; 2022-04 88; 2022-06 91 | 2022-06 | go held_again | 90 | 91
above 90 is not 90 | ABOVE_90 | 2022-06 90 | 2022-06 | near dip | 90 | 90
not held at the end | HELD | 2023-12 89 | 2024-01-10 | late breach | 90 | 89
each year's own floor | HELD_BY_YEAR | 2023-03 93 | 2023-03 | near dip | 95 | 93
the old floor until then | HELD_BY_YEAR | 2022-12 93 | 2022-12 | go held | 90 | 93
every month's own flow | MONTHLY | 2022-05 9; 2022-06 8 | 2022-06 | go held | 8 | 8
one month's flow short | MONTHLY | 2022-05 20; 2022-06 4 | 2022-06 | late dip | 8 | 4
a ceiling to be held | HELD_CEILING | 2022-06 6 | 2022-06 | late dip | 5 | 6  # 5 / 6
# least of each, and every area
the smallest decides | EACH | 2021-12 620 甲=640,乙=610,丙=590 | 2022-01-10 | late missed | 600 | 590
all are large enough | EACH | 2021-12 620 甲=640,乙=610,丙=600 | 2022-01-10 | go reached | 600 | 600
one is not known | EACH | 2021-12 620 甲=640,乙=- | 2022-01-10 | none parts_missing | 600 | 640
none of them is known | EACH | 2021-12 590 甲=-,乙=- | 2022-01-10 | none parts_missing | 600 | 590
the least one as reported | EACH | 2021-12 604 | 2022-01-10 | go reached | 600 | 604
# 4 × 181 / 365 of 2022
four a year in each village | EACH_ANEW | 2021-12 9 东村=4,西村=5; 2022-03 3 东村=1,西村=2; 2022-06 3 东村=1,西村=1 | 2022-06 | go on_course | 724/365 | 2
a village that did not answer once | EACH_ANEW | 2022-03 2 东村=-,西村=2; 2022-06 3 东村=2,西村=1 | 2022-06 | none parts_missing | 724/365 | 3
every village answered, the sum is not in | EACH_ANEW | 2022-03 - 东村=1,西村=2; 2022-06 3 东村=1,西村=1 | 2022-06 | go on_course | 724/365 | 2
every village answered, one is short | EACH_ANEW | 2022-03 - 东村=1,西村=2; 2022-06 3 东村=0,西村=1 | 2022-06 | late behind | 724/365 | 1
totals of villages less last year's | EACH_ANEW_TOTAL | 2021-12 9 东村=4,西村=5; 2022-06 3 东村=8,西村=7 | 2022-06 | go on_course | 724/365 | 2
no total of a village last year | EACH_ANEW_TOTAL | 2021-12 9 东村=4; 2022-06 3 东村=8,西村=7 | 2022-06 | none parts_missing | 724/365 | 4
one county at 85 % | AREAS | 2021-12 92 东县=85,西县=99 | 2022-01-10 | late breach | 86 | 85
the mean alone does not say it | AREAS | 2021-12 92 | 2022-01-10 | none parts_missing | 86 | 92
a county without a number | AREAS | 2021-12 92 东县=88,西县=- | 2022-01-10 | none parts_missing | 86 | 88
a short one is named all the same | AREAS | 2021-12 92 东县=80,西县=- | 2022-01-10 | late breach | 86 | 80
# means and densities never add up; 12 + 2.5 × 73 / 365 = 12.5 by day 73, of a plan of a year
a mean is not added | MEAN | 2021-02 12.2; 2021-03-14 12.6 | 2021-03-14 | go on_course | 25/2 | 63/5
a density is not added | DENSITY | 2021-02 12.2; 2021-03-14 12.4 | 2021-03-14 | late behind | 25/2 | 62/5
# against a base: 20 % × 219 / 1095 = 4 % by day 219, 7 August
200 down to 190 is 5 % | FEWER | 2021-08-07 190 | 2021-08-07 | go on_course | 4 | 5
200 up to 210 is -5 % | FEWER | 2021-08-07 210 | 2021-08-07 | late behind | 4 | -5
200 down to 160 is all | FEWER | 2021-08-07 160 | 2021-08-07 | go reached | 4 | 20
80 up to 80.8 points | MORE_POINTS | 2021-08-07 80.8 | 2021-08-07 | go on_course | 4/5 | 4/5
no base, no light | NO_BASE | 2021-08 190 | 2021-08 | none base_missing | 972/219 | -  # 20 × 243 / 1095
no per cent of a base of 0 | BASE_0 | 2021-08-07 1 | 2021-08-07 | none base_missing | 4 | -
from -50 to -48 | DEFICIT | 2021-08-07 -48 | 2021-08-07 | go on_course | 4 | 4
61 % to 85 % | FROM_61 | 2021-08-07 66 | 2021-08-07 | go on_course | 329/5 | 66  # 61 + 24 / 5
a level without its base | LEVEL_NO_BASE | 2021-08-07 66 | 2021-08-07 | none base_missing | - | 66
# 3 % below the year before, a fifth of it by 14 March
against last year | LAST_YEAR | 2021-12 90; 2022-03-14 89.1 | 2022-03-14 | go on_course | 3/5 | 1
last year is not known | LAST_YEAR | 2022-03-14 89.1 | 2022-03-14 | none base_missing | 3/5 | -
0.5 of 0.6 against the first year's base | LAST_YEAR | 2021-03-14 99.5 | 2021-03-14 | late behind | 3/5 | 1/2
# issued from above
not issued yet | ABOVE | 2022-06 36 | 2022-06 | none not_entered | - | 36
issued | ISSUED | 2021-08-07 32 | 2021-08-07 | go on_course | 32 | 32
# classes, best first
a better class | CLASS | 2022-03 "A | 2022-03 | go reached | - | -
the class itself | CLASS | 2022-03 "B | 2022-03 | go reached | - | -
a worse class in time | CLASS | 2022-03 "C | 2022-03 | none not_due | - | -
a worse class a month before | CLASS | 2022-03 "C | 2022-06-10 | near due_soon | - | -
a worse class at the deadline | CLASS | 2022-06 "C | 2022-07-10 | late breach | - | -
fell back to C since | CLASS | 2022-06 "B; 2022-07 "C | 2022-08 | late behind | - | -
no new class since | CLASS | 2022-03 "C | 2022-07-10 | late behind | - | -
better than Ⅲ is not Ⅲ | WATER | 2021-12 "Ⅲ | 2022-01-10 | late missed | - | -
better than Ⅲ is Ⅱ | WATER | 2021-12 "Ⅱ | 2022-01-10 | go reached | - | -
no such class | CLASS | 2022-03 "F | 2022-03 | none class_unknown | - | -
no class reported | CLASS |  | 2022-03 | none no_data | - | -
a class to be held | HELD_CLASS | 2022-03 "C | 2022-03 | late dip | - | -
a class that is held | HELD_CLASS | 2022-03 "B | 2022-03 | go held | - | -
# ranges, about: the path goes to the lower end, and to the number itself; 2 × 546 / 1095, 100 × 181 / 365
within the range | RANGE | 2022-06 2 | 2022-06 | go reached | 364/365 | 2
less than is due of it | RANGE | 2022-06 0 | 2022-06 | late behind | 364/365 | 0
more than the range | RANGE | 2022-06 4 | 2022-06 | near above_range | 364/365 | 4
about a hundred: 90 | ABOUT | 2021-12 90 | 2022-01-10 | go reached | 100 | 90
about a hundred: 89 | ABOUT | 2021-12 89 | 2022-01-10 | late missed | 100 | 89
about a hundred: 110 | ABOUT | 2021-12 110 | 2022-01-10 | go reached | 100 | 110
about a hundred: 111 | ABOUT | 2021-12 111 | 2022-01-10 | near above_range | 100 | 111
about what is due | ABOUT | 2021-06 45 | 2021-06 | go on_course | 3620/73 | 45  # at least 44.6
about 35 and it should fall: 20 | ABOUT_35 | 2021-06 20 | 2021-06 | go reached | - | 20
about 35 and it should fall: 40 | ABOUT_35 | 2021-06 40 | 2021-06 | none not_due | - | 40
about 35 and it should fall: 38 | ABOUT_35 | 2021-12 38 | 2022-01 | go reached | 35 | 38
# no growth
no more than before | NO_MORE | 2022-06 50 | 2022-06 | go held | 50 | 50
52 where 50 were is 96 % | NO_MORE | 2022-06 52 | 2022-06 | near grew | 50 | 52
60 where 50 were is 83 % | NO_MORE | 2022-06 60 | 2022-06 | late grew | 50 | 60
grew and went back | NO_MORE | 2022-05 52; 2022-06 50 | 2022-06 | go held_again | 50 | 50
how many there were is not known | NO_COUNT | 2022-06 50 | 2022-06 | none base_missing | - | 50
one new, one month unanswered | NOTHING_NEW | 2022-02 -; 2022-03 1 | 2022-03 | late grew | 0 | 1
none new that is known of | NOTHING_NEW | 2022-02 -; 2022-03 0 | 2022-03 | none gaps | 0 | 0
nothing new this year | NOTHING_NEW | 2021-06 3; 2022-03 0; 2022-06 0 | 2022-06 | go held | 0 | 0
one new this year | NOTHING_NEW | 2022-03 1; 2022-06 0 | 2022-06 | late grew | 0 | 1
# milestones
open, due in half a year | MILESTONE |  | 2022-01 | none not_due | - | -
open, due in a month | MILESTONE | 2022-05 "open | 2022-06-01 | near due_soon | - | -
done | MILESTONE | 2022-05 "done | 2022-06-01 | go done | - | -
done and said again | MILESTONE | 2022-05 "done; 2022-08 "done | 2022-08 | go done | - | -
done after its day | MILESTONE | 2022-07-02 "done | 2022-08 | go done_late | - | -
open after its day | MILESTONE |  | 2022-07-01 | late breach | - | -
a wish open after its day | WISHED |  | 2022-07-01 | near not_reached | - | -
taken back | MILESTONE | 2022-03 "done; 2022-04 "open | 2022-04 | none not_due | - | -
# judged by a person
a person says near | JUDGED | 2022-03 "go; 2022-06 "near | 2022-06 | near judged | - | -
nobody has said | JUDGED | 2022-06 99 | 2022-06 | none not_judged | - | -
# ceilings on what adds up: 10 × 73 / 365 = 2 by day 73
less than the year's share | CEILING | 2022-03-14 2 | 2022-03-14 | go on_course | 2 | 2
more than the year's share | CEILING | 2022-03-14 9 | 2022-03-14 | near over_pace | 2 | 9
the ceiling is broken for good | CEILING | 2022-03-14 11 | 2022-03-14 | late breach | 2 | 11
kept to the end | CEILING | 2022-12 10 | 2022-12 | go reached | 10 | 10
over the pace in any case | MONTHLY_CEILING | 2022-02 -; 2022-03-14 3 | 2022-03-14 | near over_pace | 2 | 3
broken in any case | MONTHLY_CEILING | 2022-02 -; 2022-03-14 11 | 2022-03-14 | late missed | 2 | 11
an unanswered month of a ceiling | MONTHLY_CEILING | 2022-02 -; 2022-03-14 1 | 2022-03-14 | none gaps | 2 | 1
# levels that fall: 20 − 10 × 219 / 1095 = 18
falls as due | DUST | 2021-08-07 18 | 2021-08-07 | go on_course | 18 | 18
fell by 1.5 of 2 | DUST | 2021-08-07 18.5 | 2021-08-07 | late behind | 18 | 37/2
fell by 1.9 of 2 | DUST | 2021-08-07 18.1 | 2021-08-07 | near behind | 18 | 181/10
fell all the way | DUST | 2021-08-07 9 | 2021-08-07 | go reached | 18 | 9
# shapes
nothing due before the first step | STEPS | 2021-06 0 | 2021-06 | go on_course | 0 | 0
a step in a month | STEPS | 2021-11 15 | 2021-12-10 | near due_soon | 0 | 15
a step in a month that is made | STEPS | 2021-11 20 | 2021-12-10 | go on_course | 0 | 20
between the steps | STEPS | 2022-06 19 | 2022-06 | late missed | 20 | 19
drawn: 20 + 40 × 181 / 365 | DRAWN | 2022-06 29 | 2022-06 | late behind | 2908/73 | 29
better from the start | GOING_WELL | 2021-06 86 | 2021-06 | go reached | 85 | 86
no number anywhere | NO_NUMBER | 2022-06 5 | 2022-06 | none no_number | - | 5
strictly above is not equal | ABOVE_50 | 2021-12 50 | 2022-01-10 | late missed | 50 | 50
"""
CASES = [
    [cell.strip() for cell in line.split("  #")[0].split("|")]
    for line in EXAMPLES.strip().splitlines()
    if not line.startswith("#")
]


def told(found: Light) -> tuple[str, str, str]:
    numbers = ["-" if number is None else str(number) for number in (found.due, found.reached)]
    return f"{found.lamp} {found.code}", numbers[0], numbers[1]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_the_light_says(case: list[str]) -> None:
    _, name, reported, today, expected, due, reached = case
    found = light(globals()[name], reports(reported), day(today))
    numbers = [number if number == "-" else str(Fraction(number)) for number in (due, reached)]
    assert told(found) == (expected, *numbers)


def seen(subject: Course, reported: str, today: str, **thresholds: int) -> Light:
    return light(subject, reports(reported), day(today), Thresholds(**thresholds))


def test_those_who_fall_short_are_named_the_worst_first_and_the_missing_apart() -> None:
    found = seen(AREAS, "2021-12 92 东县=85,南县=70,西县=99,北县=-,中县=70", "2022-01-10")
    assert found.named == ("中县", "南县", "东县")
    assert found.params["missing"] == ("北县",)
    assert found.params["whole"] == 92
    assert found.reached == 70


def test_of_what_should_fall_the_largest_is_the_worst() -> None:
    dust = course("per_area", "level", "2021 <= 30")
    assert seen(dust, "2021-12 29 东县=33,南县=41,西县=20", "2022-01-10").named == ("南县", "东县")


def test_nobody_is_named_where_all_are_there() -> None:
    assert seen(AREAS, "2021-12 92 东县=86,西县=99", "2022-01-10").named == ()


def test_what_is_lacking_and_which_share_is_made_stand_beside_the_light() -> None:
    found = seen(TOTAL, "2022-01 62", "2022-02-04").params
    assert (found["gap"], found["share"]) == (18, Fraction(62, 80))
    assert (found["on"], found["as_of"], found["by"]) == (day("2022-02-04"), day("2022-01"), day("2023"))
    assert found["aim"] == 219


def test_reports_that_are_lacking_in_a_sum_are_shown_even_where_it_is_enough() -> None:
    found = seen(FLOWS, "2021-06 70; 2021-12 -; 2022-06 40", "2022-06")
    assert found.params["gaps"] == (day("2021-12"),)


def test_of_a_missed_deadline_the_gap_is_what_is_lacking_of_the_promise() -> None:
    found = seen(STAGES, "2022-03 30", "2022-03").params
    assert (found["by"], found["aim"], found["gap"]) == (day("2021"), 36, 6)


@pytest.mark.parametrize(
    ("reported", "today", "dips", "first", "last", "days", "lowest"),
    [
        # 30 April to 30 June
        ("2022-03 91; 2022-04 88; 2022-05 87; 2022-06 91", "2022-07", 1, "2022-04", "2022-06", 61, 87),
        # 31 May to today, 15 June; the one of 2021 is another
        ("2021-02 80; 2021-03 90; 2022-05 89", "2022-06-15", 2, "2022-05", "2022-06-15", 15, 89),
        ("2022-04 88; 2022-05 -; 2022-06 90; 2022-07 91", "2022-07", 1, "2022-04", "2022-06", 61, 88),
    ],
)
def test_a_dip_is_shown_with_its_length(
    reported: str, today: str, dips: int, first: str, last: str, days: int, lowest: int
) -> None:
    found = seen(HELD, reported, today).params
    assert [found[name] for name in ("dips", "first", "last", "days", "lowest")] == [
        dips, day(first), day(last), days, lowest,
    ]  # fmt: skip


def test_thresholds_are_the_plans_own() -> None:
    assert told(seen(TOTAL, "2022-01 62", "2022-02-04", near_pct=77))[0] == "near behind"
    assert told(seen(TOTAL, "2022-01 62", "2022-02-04", near_pct=78))[0] == "late behind"  # 77.5 %
    assert told(seen(MILESTONE, "", "2022-06-01", near_days=28))[0] == "none not_due"  # 29 days
    assert told(seen(ABOUT, "2021-12 95", "2022-01-10", about_pct=4))[0] == "late missed"


def test_a_report_that_may_lag_is_judged_on_its_own_day() -> None:
    # by the end of January 2022, day 396, 79.2 were due; by 20 February 83.2
    assert told(seen(TOTAL, "2022-01 80", "2022-02-20")) == ("near behind", "416/5", "80")
    assert told(seen(TOTAL, "2022-01 80", "2022-02-20", lag_days=20)) == ("go on_course", "396/5", "80")
    assert told(seen(TOTAL, "2022-01 80", "2022-02-20", lag_days=19))[0] == "near behind"
    assert told(seen(AREAS, "2021-12 92 东县=0", "2022-01-10", lag_days=31))[0] == "late breach"


def test_last_year_is_judged_in_january_where_reports_may_lag() -> None:
    assert told(seen(PER_YEAR, "2021-12 70", "2022-01-20", lag_days=31)) == ("late missed", "73", "70")


@pytest.mark.parametrize(
    ("found", "share"),
    [
        (seen(TOTAL, "2022-01 62", "2022-02-04"), Fraction(62, 80)),
        (seen(TOTAL, "2022-01 999", "2022-02-04"), Fraction(1)),
        (seen(TOTAL, "", "2022-02-04"), None),
        (seen(SHARES, "2021-03-14 39", "2021-03-14"), Fraction(0)),
        (seen(RANGE, "2022-06 4", "2022-06"), Fraction(1)),
        (seen(MILESTONE, "", "2022-06-01"), None),
        (seen(MILESTONE, "", "2022-07-01"), Fraction(0)),
        (seen(JUDGED, '2022-06 "go', "2022-06"), Fraction(1)),
    ],
)
def test_what_is_attained_of_what_is_due(found: Light, share: Fraction | None) -> None:
    assert attained(found) == share


def test_a_milestone_is_open_until_number_date_and_file_are_in() -> None:
    assert lacking("云政办发〔2022〕7号", date(2022, 5, 9), True) == ()
    assert lacking(" ", date(2022, 5, 9), True) == ("number",)
    assert lacking("云政办发〔2022〕7号", None, False) == ("date", "file")


CORNERS = [
    (TOTAL, None, "2020-12 0; 2023 219"),
    (TOTAL, "2022-02-04", "2020-12 0; 2022-02-04 80"),
    (PER_YEAR, None, "2020-12 0; 2021 73; 2021 0; 2022 146; 2022 0; 2023 73"),
    (SHARES, None, "2020-12 40; 2021 50; 2022 55; 2023 60"),
    (NO_START, None, "2021 50; 2022 55; 2023 60"),
    (STEPS, None, "2020-12 0; 2021-12-30 0; 2021 20; 2022-12-30 20; 2022 60; 2023-12-30 60; 2023 120"),
    (DRAWN, None, "2020-12 0; 2021 20; 2022 60; 2023 120"),
    (HELD_BY_YEAR, None, "2020-12 90; 2021 90; 2022 90; 2022 95; 2023 95"),
    (ANEW, "2022", "2020-12 0; 2021 5; 2021 0; 2022 5"),
    (ANEW_RATE, None, "2021 80; 2022 80; 2023 80"),
    (EACH, None, "2021 600; 2023 600"),
    (NO_MORE, None, "2020-12 50; 2023 50"),
    (MILESTONE, None, ""),
    (course("", "level", "2023 60", baseline="40", baseline_on=date(2021, 12, 31)), None, "2021 40; 2023 60"),
    (
        course("", "level", "2023 60", baseline="40", baseline_on=date(2018, 12, 31)),
        None,
        "2020-12 40; 2023 60",
    ),
    # the value of 2022 is issued from above and not entered: what was due stays due until it is
    (
        course("from_above", "level", "2021 50; 2022 -; 2023 60", baseline="40"),
        None,
        "2020-12 40; 2021 50; 2022 50; 2023 60",
    ),
]


@pytest.mark.parametrize(("subject", "until", "expected"), CORNERS)
def test_a_path_has_these_corners(subject: Course, until: str | None, expected: str) -> None:
    corners = [(reading.on, reading.value) for reading in reports(expected)]
    assert path(subject, day(until) if until else None) == corners


def test_what_is_owed_by_year_adds_up_over_the_plan() -> None:
    whole = over_the_plan(PER_YEAR)
    assert path(whole) == [(r.on, r.value) for r in reports("2020-12 0; 2021 73; 2022 219; 2023 292")]
    # 73 + 146 × 181 / 365
    assert told(seen(whole, "2021-12 99; 2022-06 40", "2022-06")) == ("near behind", "727/5", "139")
    assert [aim.value for aim in over_the_plan(ANEW).aims] == [5, 10, 15]


def test_a_total_over_the_plan_waits_for_a_number_from_above() -> None:
    whole = over_the_plan(course("per_year from_above", "flow", "2021 73; 2022 -; 2023 73"))
    assert [aim.value for aim in whole.aims] == [73, None, None]


def test_after_the_plan_what_was_due_stays_due() -> None:
    assert due_on(TOTAL, date(2025, 1, 1)) == 219
    assert due_on(PER_YEAR, date(2025, 1, 1)) == 73
    assert due_on(ONE_YEAR, date(2022, 1, 1)) is None


def test_what_is_due_is_the_same_on_each_corner_as_on_the_path() -> None:
    for subject in (TOTAL, SHARES, DRAWN, STEPS, ABOUT):
        assert all(due_on(subject, on) == value for on, value in path(subject) if on >= subject.begins)
