"""Measures inside the text of a task."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.heading import read_heading
from chuangwen.cores.reading.layout import paragraphs
from chuangwen.cores.reading.outline import read_outline


def _measures(task: str) -> list[str]:
    text = f"云浦市创建文明城市行动方案\n为提升城市文明程度，制定本方案。\n一、市容行动\n1.{task}\n2.清理广告。随有随清。"
    lines = paragraphs(text, [])
    found = read_outline(lines, read_heading(lines)).tasks[0].measures
    assert all(text[each.span.start : each.span.end] == each.title for each in found)
    return [each.title for each in found]


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (
            "整治街巷。突出抓好三项工作：清理占道，规范停车；修补路面，畅通排水；增设路灯。到2023年完成60条。",
            ["清理占道", "修补路面", "增设路灯"],
        ),
        ("整治街巷。突出抓好三项工作：清理占道；修补路面。", []),
        ("整治街巷。（1）清理占道。规范停车。（2）修补路面。畅通排水。", ["清理占道", "修补路面"]),
        ("整治街巷。一是清理占道。规范停车。二是修补路面。畅通排水。", ["清理占道", "修补路面"]),
        (
            "整治街巷。聚焦市民反映强烈的问题，改善环境。清理占道经营。取缔流动摊点，规范设置疏导点。修补破损路面。更换井盖，畅通排水，方便出行。",
            ["清理占道经营", "修补破损路面"],
        ),
        ("整治街巷。完成60条，新建公厕20座。", []),
    ],
)
def test_measures_are_those_counted_numbered_or_headed(task: str, expected: list[str]) -> None:
    assert _measures(task) == expected
