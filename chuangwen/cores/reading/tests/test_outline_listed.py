"""Programs that stand only in a list of names."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.layout import paragraphs
from chuangwen.cores.reading.outline_listed import listed_programs


def _names(text: str) -> list[str]:
    found = listed_programs(paragraphs(text, []))
    assert all(text[each.title_span.start : each.title_span.end] == each.title for each in found)
    return [each.title for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "开展“三大行动”，即市容提升行动、交通畅行行动和乡风文明行动。",
            ["市容提升行动", "交通畅行行动", "乡风文明行动"],
        ),
        (
            "实施4项工程，包括铸魂工程、提质工程、惠民工程以及清风工程，为创建打基础。",
            ["铸魂工程", "提质工程", "惠民工程", "清风工程"],
        ),
        ("重点推进三大工程：铸魂工程、提质工程、惠民工程。", ["铸魂工程", "提质工程", "惠民工程"]),
        (
            "推进“四项工程”，包括思想铸魂、城市提质、民生惠民和清风护航。",
            ["思想铸魂", "城市提质", "民生惠民", "清风护航"],
        ),
        (
            "今年，全市深入实施思想铸魂、城市提质、民生惠民三大工程，成效明显。",
            ["思想铸魂", "城市提质", "民生惠民"],
        ),
        ("实施“铸魂、提质、惠民”等三项工程。", ["铸魂", "提质", "惠民"]),
        ("开展三大行动，即市容提升行动、交通畅行行动。", []),
        ("开展“三大行动”。市容更加整洁。", []),
        ("全市上下迅速行动，实施惠民工程。", []),
    ],
)
def test_as_many_names_as_announced_are_read(text: str, expected: list[str]) -> None:
    assert _names(text) == expected
