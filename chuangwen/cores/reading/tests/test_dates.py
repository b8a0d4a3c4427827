"""Examples of the date grammar, for a plan of 2021-2023 issued in 2021."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.dates import Calendar, mentions

PLAN = Calendar(first=2021, last=2023, now=2021)
REPORT = Calendar(first=2022, last=2022, now=2022, single=True)

IN_A_PLAN = {
    "到2023年底": "2023",
    "2023年底前": "2023",
    "2025年前": "2025",
    "2022年6月底前": "2022-06",
    "2022年上半年": "2022-06",
    "2022年三季度末": "2022-09",
    "2021-2023年": "2023",
    "2021年至2023年": "2023",
    "三年内": "2023",
    "2年内": "2022",
    "用三年时间": "2023",
    "利用两年左右时间": "2022",
    "分三年改造": "2023",
    "三年培养": "2023",
    "今后五年": "2025",
    "“十四五”期末": "2025",
    "十三五末": "2020",
    "今年": "2021",
    "明年": "2022",
    "二零二五年": "2025",
}
IN_A_REPORT = {
    "年底前": "2022",
    "年内": "2022",
    "全年": "2022",
    "10月底前": "2022-10",
    "上半年": "2022-06",
    "二季度末": "2022-06",
}


@pytest.mark.parametrize(("text", "deadline"), IN_A_PLAN.items())
def test_a_date_gives_its_deadline(text: str, deadline: str) -> None:
    (mention,) = mentions(text, PLAN)
    assert (mention.deadline, mention.base, mention.yearly) == (deadline, False, False)


@pytest.mark.parametrize(("text", "deadline"), IN_A_REPORT.items())
def test_a_date_without_a_year_means_that_of_the_report(text: str, deadline: str) -> None:
    (mention,) = mentions(text, REPORT)
    assert mention.deadline == deadline


@pytest.mark.parametrize("text", ["年底前", "10月底前", "全年"])
def test_a_date_without_a_year_gives_no_deadline_in_a_plan_of_several(text: str) -> None:
    (mention,) = mentions(text, PLAN)
    assert mention.deadline is None


def test_years_of_a_duration_need_a_period() -> None:
    (mention,) = mentions("三年内", Calendar())
    assert mention.deadline is None


@pytest.mark.parametrize(
    "text", ["比2020年提高", "较2020年", "由2020年的61%", "2035年远景目标", "从2021年起"]
)
def test_a_year_to_compare_with_is_no_deadline(text: str) -> None:
    (mention,) = mentions(text, PLAN)
    assert mention.base


@pytest.mark.parametrize(
    "text",
    [
        "三年行动计划",
        "近三年",
        "连续3年",
        "今年以来",
        "每人每年",
        "11.3年",
        "举办2022年艺术节",
        "实施三年建设计划",
    ],
)
def test_names_and_past_years_are_no_dates(text: str) -> None:
    assert mentions(text, PLAN) == []


@pytest.mark.parametrize(
    ("text", "years"), [("2021-2023年", (2021, 2022, 2023)), ("2021年、2023年", (2021, 2023))]
)
def test_a_range_or_list_keeps_its_years(text: str, years: tuple[int, ...]) -> None:
    (mention,) = mentions(text, PLAN)
    assert mention.years == years


def test_every_year_is_a_frequency() -> None:
    (mention,) = mentions("每年", PLAN)
    assert mention.yearly
