"""Every code of a light and a forecast has its sentence, with the numbers of its case."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from chuangwen.cores.series import forecasts, lights
from chuangwen.cores.series.course import Course
from chuangwen.cores.series.tests.examples import course, day, reports
from chuangwen.plans.queries import IndicatorPromise
from chuangwen.plans.rules.content import IndicatorRow
from chuangwen.progress import light_words
from chuangwen.progress.queries.judging import Judged

LANES = course("cumulative", "plan_to_date", "2023 120")
ASSURED = course("cumulative", "plan_to_date", "2021 40", strength="mandatory")
STRIVEN = course("cumulative", "plan_to_date", "2021 40", strength="stretch")
PLAIN = course("cumulative", "plan_to_date", "2021 40")
HELD = course("held_floor", "level", "2023 90", strength="mandatory")
AREAS = course("per_area", "level", "2021 86", strength="mandatory")
CEILING = course("yearly_anew", "year_to_date", "2023 <= 10")
DUST = course("", "level", "2023 <= 10", baseline="20")
CLASS = course("ordered_class", "level", '2022-06 "B', classes=("A", "B", "C", "D"), strength="mandatory")
HELD_CLASS = course("ordered_class held_floor", "level", '2023 "B', classes=("A", "B", "C"))
MILESTONE = course("milestone", "level", "2022-06 -", strength="mandatory")
RANGE = course("range", "plan_to_date", "2023 2-3")
NO_PATH = course("per_year", "level", "2021 50; 2022 55")

# Code, course, reports, today, unit, what is said of the light alone.
SAID: list[tuple[str, Course, str, str, str, str]] = [
    ("reached", LANES, "2022-06 120", "2022-06", "条", "要求 2023 年底达到 120 条，已达 120 条"),
    ("reached", DUST, "2022-06 9.5", "2022-06", "微克", "要求 2023 年底不超过 10 微克，现为 9.5 微克"),
    ("on_course", LANES, "2022-06 60", "2022-06", "条", "今日应达 60 条，已达 60 条"),
    ("on_course", CEILING, "2021-06 3", "2021-06", "起", "今日应不超过 5 起，现为 3 起"),
    ("on_course", NO_PATH, "2021-03 52", "2021-03", "%", "要求 2021 年底达到 50 %，已达 52 %"),
    ("held", HELD, "2022-06 91.5", "2022-06", "%", "要求保持 90 % 以上，现为 91.5 %"),
    ("held", HELD_CLASS, '2022-06 "A', "2022-06", "", "要求保持B级，现为A级"),
    (
        "held_again",
        HELD,
        "2022-01 88; 2022-02 91",
        "2022-02",
        "%",
        "要求保持 90 % 以上，现为 91 %；曾 1 次低于要求，最近一次自 2022 年 1 月 31 日起，历时 28 天，最低 88 %",
    ),
    ("done", MILESTONE, '2022-05 "done', "2022-08", "", "2022 年 5 月 31 日完成，时限为 2022 年 6 月底"),
    (
        "done_late",
        MILESTONE,
        '2022-07 "done',
        "2022-08",
        "",
        "2022 年 7 月 31 日完成，比时限（2022 年 6 月底）晚 31 天",
    ),
    ("behind", LANES, "2022-06 29", "2022-06", "条", "今日应达 60 条，已达 29 条，差 31 条"),
    (
        "behind",
        LANES,
        "2022-04 29",
        "2022-06",
        "条",
        "今日应达 60 条，已达 29 条，差 31 条；数据截至 2022 年 4 月 30 日",
    ),
    ("behind", DUST, "2022-06 18", "2022-06", "微克", "今日应不超过 15 微克，现为 18 微克，超出 3 微克"),
    (
        "due_soon",
        NO_PATH,
        "2021-12-10 49.5",
        "2021-12-10",
        "%",
        "2021 年底应达 50 %，已达 49.5 %，还差 0.5 个百分点",
    ),
    ("due_soon", MILESTONE, '2022-05 "open', "2022-06-10", "", "时限为 2022 年 6 月底，尚未完成"),
    ("due_soon", CLASS, '2022-05 "C', "2022-06-10", "", "2022 年 6 月底应达到B级，现为C级"),
    (
        "over_pace",
        CEILING,
        "2021-06 7",
        "2021-06",
        "起",
        "要求 2021 年底不超过 10 起，按进度今日应不超过 5 起，现有 7 起，超出 2 起",
    ),
    (
        "dip",
        HELD,
        "2022-01 91; 2022-02 89",
        "2022-03",
        "%",
        "要求保持 90 % 以上，现为 89 %，低 1 个百分点；自 2022 年 2 月 28 日起已 31 天",
    ),
    ("dip", HELD_CLASS, '2022-06 "C', "2022-06", "", "要求保持B级，现为C级"),
    (
        "dip",
        course("held_floor", "level", "2023 > 90"),
        "2022-06 90",
        "2022-06",
        "%",
        "要求保持高于 90 %，现为 90 %",
    ),
    (
        "grew",
        course("no_growth", "level", "", baseline="50"),
        "2022-06 52",
        "2022-06",
        "家",
        "要求不超过 50 家，现为 52 家，超出 2 家",
    ),
    ("above_range", RANGE, "2022-06 4", "2022-06", "家", "要求 2 家至 3 家，已达 4 家，超出范围"),
    ("breach", ASSURED, "2021 31", "2022-01", "条", "确保 2021 年底达到 40 条，实际 31 条，差 9 条，未兑现"),
    (
        "breach",
        MILESTONE,
        '2022-07 "open',
        "2022-07",
        "",
        "确保 2022 年 6 月底完成，至今未完成，未兑现",
    ),
    ("breach", CLASS, '2022-06 "C', "2022-07", "", "确保 2022 年 6 月底达到B级，实际为C级，未兑现"),
    (
        "not_reached",
        STRIVEN,
        "2021 31",
        "2022-01",
        "条",
        "力争 2021 年底达到 40 条，实际 31 条，差 9 条，未达到",
    ),
    ("missed", PLAIN, "2021 31", "2022-01", "条", "2021 年底应达 40 条，实际 31 条，差 9 条，逾期未达"),
    (
        "judged",
        course("judged", "level", "2023 -"),
        '2022-06 "near',
        "2022-07",
        "",
        "2022 年 6 月 30 日人工评定为临近",
    ),
    ("not_begun", LANES, "", "2020-06", "条", "方案自 2021 年 1 月 1 日起实施，尚未开始"),
    ("not_due", NO_PATH, "2021-03 41", "2021-03", "%", "时限为 2021 年底，此前无应达数；已达 41 %"),
    ("not_due", MILESTONE, "", "2021-03", "", "时限为 2022 年 6 月底，尚未完成"),
    (
        "not_entered",
        course("from_above", "level", "2023 -"),
        "2022-06 3",
        "2022-06",
        "%",
        "上级尚未下达指标数，录入后再评定",
    ),
    ("no_number", course("", "level", "2023 -"), "2022-06 3", "2022-06", "", "未设目标数，不作评定"),
    (
        "base_missing",
        course("against_base", "level", "2023 20", change="fall_pct"),
        "2022-06 3",
        "2022-06",
        "%",
        "缺少基数，无法评定",
    ),
    ("no_data", LANES, "", "2022-06", "条", "今日应达 60 条，尚无数据，不计为零"),
    ("no_data", CLASS, "", "2021-06", "", "尚无数据，不计为零"),
    (
        "gaps",
        course("cumulative", "flow", "2023 120"),
        "2021-01 3; 2021-02 -; 2021-03 2",
        "2021-06",
        "条",
        "缺 1 期数据，累计数不全，无法评定；已报部分 5 条；数据截至 2021 年 3 月 31 日",
    ),
    (
        "on_course",
        course("cumulative", "flow", "2023 120"),
        "2021-01 30; 2021-02 -; 2021-03 2",
        "2021-04",
        "条",
        "今日应达 13 条，已达 32 条；缺 1 期数据",
    ),
    (
        "parts_missing",
        AREAS,
        "2021-12 90 东区=90,西区=-",
        "2021-12",
        "%",
        "有 1 个单位无数据，无法评定；全市 90 %",
    ),
    ("parts_missing", AREAS, "2021-12 90", "2021-12", "%", "各单位均无数据，无法评定"),
    ("not_judged", course("judged", "level", "2023 -"), "", "2022-07", "", "尚无人评定"),
    ("class_unknown", CLASS, '2022-05 "优', "2022-05", "", "报送的“优”不是可识别的等级，请核对"),
    (
        "class_unknown",
        course("ordered_class", "level", '2023 "优', classes=("A", "B")),
        "",
        "2022-05",
        "",
        "要求的等级无法识别，请核对",
    ),
]


def judged(promised: Course, given: str, today: str, unit: str) -> Judged:
    row = IndicatorRow(key="I1", name="整修小路", unit_of_measure=unit)
    readings, on = reports(given), day(today)
    return Judged(
        promise=IndicatorPromise(1, row, ()),
        unit_id=1,
        course=promised,
        points=[],
        light=lights.light(promised, readings, on),
        readings=readings,
        today=on,
    )


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("code", "promised", "given", "today", "unit", "said"), SAID)
def test_the_sentence_of_a_light(
    code: str, promised: Course, given: str, today: str, unit: str, said: str
) -> None:
    found = judged(promised, given, today, unit)
    assert found.light.code == code
    with translation.override("zh-hans"):
        assert plain(light_words.light_words(found)) == said
    with translation.override("en"):
        assert not re.search(r"%|—|None", light_words.light_words(found).replace("\u202f%", ""))


def test_every_code_has_its_sentence_and_its_case() -> None:
    codes = set(re.findall(r"`(\w+)`", str(lights.__doc__)))
    assert {code for code, _ in light_words.SAID} == codes == {row[0] for row in SAID}
    assert set(light_words.NO_FORECAST) == set(re.findall(r"`(\w+)`", str(forecasts.NoForecast.__doc__))) - {
        "points",
        "needed",
    }
    assert set(light_words.METHODS) == set(re.findall(r"`(theil_sen_\w+)`", str(forecasts.__doc__)))
    assert set(light_words.CHANCES) == set(
        re.findall(r'"(likely|unlikely|at_risk)"', str(forecasts.Forecast.__doc__))
    )


def test_the_forecast_stands_behind_the_reason() -> None:
    # Slopes 2/31, 2/30 and 4/61 a day; the middle one, over 549 days, brings 36.0: 29 + 36.0 = 65.0. The 91 that
    # lack take 91 × 61 / 4 = 1387.75 days from 30 June 2022: 18 April 2026.
    found = judged(LANES, "2022-04 25; 2022-05 27; 2022-06 29", "2022-06", "条")
    with translation.override("zh-hans"):
        words = plain(light_words.sentence(found))
    assert words.startswith(
        "今日应达 60 条，已达 29 条，差 31 条；照近 3 期的速度，到 2023 年底约完成 65（64–66）条"
    )
    assert words.endswith("，不大可能达到，照此到 2026 年 4 月达到，晚 28 个月。")


def test_below_three_points_there_is_no_forecast_and_it_says_so() -> None:
    found = judged(LANES, "2022-06 29", "2022-06", "条")
    with translation.override("zh-hans"):
        assert plain(light_words.sentence(found)) == (
            "今日应达 60 条，已达 29 条，差 31 条；已有 1 期数据，不足 3 期，暂不预测。"
        )


def test_what_is_settled_is_not_foreseen() -> None:
    found = judged(LANES, "2022-04 118; 2022-05 119; 2022-06 120", "2022-06", "条")
    with translation.override("en"):
        assert plain(light_words.sentence(found)) == "120 条 asked by end of 2023, 120 条 reached."


def test_a_gap_is_never_printed_as_none() -> None:
    # 120 × 546 / 1095 = 59.8356 are due: as many as are reached, in whole numbers.
    found = judged(LANES, "2022-06 59.8", "2022-06", "条")
    with translation.override("zh-hans"):
        assert plain(light_words.light_words(found)) == "今日应达 59.84 条，已达 59.8 条，差 0.04 条"


def test_units_that_fall_short_are_named_only_to_those_who_may_know() -> None:
    found = judged(AREAS, "2021-12 92 东区=96,西区=85,北区=-", "2021-12", "%")
    with translation.override("zh-hans"):
        unnamed, named = (plain(light_words.light_words(found, names=one)) for one in (False, True))
    assert "已达 85 %（最低者）" in named
    assert "未达到的有西区；无数据的有北区；全市 92 %" in named
    assert "有 1 个单位未达到；有 1 个单位无数据；全市 92 %" in unnamed
    assert "区" not in unnamed


def test_a_day_that_is_not_today_is_named() -> None:
    found = judged(course("per_year", "flow", "2021 10; 2022 20"), "2022 8", "2024-03", "场")
    assert found.light.params["on"] == date(2023, 12, 31)
    with translation.override("zh-hans"):
        assert light_words.light_words(found) == "今年无应达数"


@pytest.mark.parametrize(
    "day_,said", [("2023", "2023 年底"), ("2023-06", "2023 年 6 月底"), ("2023-06-15", "2023 年 6 月 15 日")]
)
def test_deadlines_as_officials_say_them(day_: str, said: str) -> None:
    with translation.override("zh-hans"):
        assert light_words.by(day(day_)) == said
