from decimal import Decimal

from chuangwen.cores.reading.model import (
    Assignment,
    Baseline,
    Doubt,
    Goal,
    Heading,
    Indicator,
    LeftOut,
    Program,
    Reading,
    Span,
    Task,
    Trait,
)
from chuangwen.plans.rules.from_reading import content_of

TEXT = (
    "一、宜居行动\n"
    "1.修路。2021年、2022年分别修路20条、40条。广告位招租（牵头单位：市路政局）\n"
    "2.改房。到2022年改造旧房4.5万户。\n"
    "3.管房。到2022年改造旧房4.5万户，去年已改造旧房9000户。\n"
)


def place(words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def promise(
    name: str, value: str, unit: str, words: str, task: int, nth: int = 1, **more: object
) -> Indicator:
    span = place(words, nth)
    return Indicator(
        name=name,
        kind=str(more.pop("kind", "target")),
        comparator=">=",
        value=Decimal(value),
        unit=unit,
        span=span,
        value_span=span,
        task=task,
        **more,  # type: ignore[arg-type]
    )


def reading() -> Reading:
    lines = [place(line) for line in TEXT.splitlines()]
    return Reading(
        TEXT,
        Heading("三年计划", city="云浦", issued="2021-02-30", period=(2021, 2023)),
        goals=[Goal("成为文明县城", place("宜居"), jurisdictions=("青坞县",))],
        programs=[Program("宜居行动", lines[0], Span(0, len(TEXT)), number="一")],
        tasks=[
            Task(
                "修路", place("修路"), lines[1], "1", 0, [Assignment("lead", "市路政局", place("市路政局"))]
            ),
            Task("改房", place("改房"), lines[2], "2", 0),
            Task("管房", place("管房"), lines[3], "3", 0),
        ],
        indicators=[
            promise("修路", "20", "条", "20条", 0, deadline="2021", traits=(Trait.PER_YEAR,)),
            promise("修路", "40", "条", "40条", 0, deadline="2022", traits=(Trait.PER_YEAR,)),
            promise("改造旧房", "45000", "户", "4.5万户", 1, deadline="2022"),
            promise("旧房改造", "45000", "户", "4.5万户", 2, nth=2, deadline="2022"),
            promise("改造旧房", "9000", "户", "9000户", 2, kind="result"),
        ],
        doubts=[Doubt("year_unclear", place("去年"), {"words": "去年"}, ("2020",))],
        left_out=[LeftOut(place("广告位招租"), "advert")],
    )


def test_values_for_named_years_become_one_indicator_with_several_targets() -> None:
    roads = content_of(reading(), 7).indicators[0]
    assert [(t.deadline, t.value) for t in roads.targets] == [("2021", Decimal(20)), ("2022", Decimal(40))]
    assert roads.tasks == ["T1"]
    assert roads.accrual == "flow"
    assert {place.document for place in roads.places} == {7}


def test_two_values_for_one_year_stay_two_indicators() -> None:
    twice = reading()
    twice.indicators[1].deadline = "2021"
    assert [len(row.targets) for row in content_of(twice, 1).indicators] == [1, 1, 1, 1]


def test_a_result_is_never_a_target_and_points_to_the_promise_of_its_name() -> None:
    content = content_of(reading(), 1)
    assert [row.name for row in content.indicators] == ["修路", "改造旧房", "旧房改造"]
    (result,) = content.results
    assert (result.value, result.task, result.indicator) == (Decimal(9000), "T3", "I2")


def test_the_same_target_under_two_tasks_is_asked_about_and_not_merged() -> None:
    content = content_of(reading(), 1)
    asked = [doubt for doubt in content.doubts if doubt.code == "plans.same_target"]
    assert [doubt.params["keys"] for doubt in asked] == ["I2,I3"]
    assert asked[0].options == ["merge", "keep"]


def test_words_of_a_task_leave_out_what_is_no_part_of_the_document() -> None:
    road = content_of(reading(), 1).tasks[0]
    assert road.text == "2021年、2022年分别修路20条、40条。（牵头单位：市路政局）"
    assert (road.key, road.program, road.number) == ("T1", "P1", "1")


def test_a_day_that_no_calendar_has_is_left_empty() -> None:
    assert content_of(reading(), 1).issued_on is None


def test_a_value_too_long_to_keep_becomes_a_doubt() -> None:
    long = reading()
    long.indicators[2].value = Decimal("1234567890123456")
    content = content_of(long, 1)
    assert "plans.too_many_digits" in [doubt.code for doubt in content.doubts]
    assert [row.name for row in content.indicators] == ["修路", "旧房改造"]


def test_a_baseline_is_kept_with_its_year() -> None:
    based = reading()
    based.indicators[2].baseline = Baseline("2020年的1万户", place("改造旧房"), Decimal(10000), "户", 2020)
    row = content_of(based, 1).indicators[1]
    assert (row.baseline_value, row.baseline_year, row.baseline_words) == (
        Decimal(10000),
        2020,
        "2020年的1万户",
    )
