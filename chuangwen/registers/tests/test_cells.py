"""What people write into the cells of a table."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from chuangwen.cores.errors import BadInput

from ..rules import cells
from ..rules.coverage import MarkState
from ..rules.projects import ProjectState

YES, NO, UNKNOWN = MarkState


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *((text, YES) for text in ["有", "是", "√", "✔", "已建立", " 有 ", "１", "Y", "TRUE"]),
        *((text, NO) for text in ["无", "否", "×", "没有", "未建立", "０", "n", "Ｘ"]),
        *((text, UNKNOWN) for text in ["不明", "？", "待核实"]),
        *((text, None) for text in ["", "  ", "\u3000"]),
    ],
)
def test_yes_and_no_in_the_ways_of_the_field(text: str, state: MarkState | None) -> None:
    assert cells.mark_state(text) == state


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-05-01", date(2021, 5, 1)),
        ("2021/5/1", date(2021, 5, 1)),
        ("2021.5.1", date(2021, 5, 1)),
        ("２０２１年５月１日", date(2021, 5, 1)),
        ("2021 年 5 月 1 日", date(2021, 5, 1)),
        ("20210501", date(2021, 5, 1)),
        ("2021年5月", date(2021, 5, 1)),
        ("2021-05", date(2021, 5, 1)),
        ("", None),
    ],
)
def test_days_as_people_type_them(text: str, day: date | None) -> None:
    assert cells.day(text) == day


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", None),
        ("在建", ProjectState.UNDER_WAY),
        ("已完工", ProjectState.DONE),
        ("拟建", ProjectState.PLANNED),
    ],
)
def test_states_of_projects(text: str, state: ProjectState | None) -> None:
    assert cells.project_state(text) == state


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (cells.mark_state, "大概有"),
        (cells.day, "2021-02-30"),
        (cells.day, "2021"),
        (cells.day, "去年"),
        (cells.project_state, "快了"),
        (cells.value, "约 12"),
    ],
)
def test_what_means_nothing_is_refused_and_not_guessed(reader: Callable[[str], object], text: str) -> None:
    with pytest.raises(BadInput):
        reader(text)


def test_numbers_are_exact_and_names_keep_their_brackets() -> None:
    assert cells.value("1,234.5") == Decimal("1234.5")
    assert cells.value("１２．５") == Decimal("12.5")
    assert cells.value("") is None
    assert cells.plain_name("第１２村（东）　") == "第12村（东）"
