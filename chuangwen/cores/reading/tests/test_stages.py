"""Wordings of years and phases and the stages in them."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Stage
from chuangwen.cores.reading.stages import read_stages
from chuangwen.cores.reading.view import view_of


def stages_of(*lines: str, period: tuple[int, int] | None = (2021, 2023)) -> list[Stage]:
    """The stages of paragraphs; one that begins with # is a heading."""
    text = "\n".join(line.lstrip("#") for line in lines)
    parts, at = [], 0
    for line in lines:
        words = line.lstrip("#")
        kind = "heading" if line.startswith("#") else "text"
        parts.append(Part(view_of(text, at, at + len(words)), kind=kind))
        at += len(words) + 1
    return read_stages(parts, Heading(period=period))


STAGES: list[tuple[tuple[str, ...], list[tuple[str, str | None, list[str]]]]] = [
    (
        ("按照“一年强基础、两年提品质、三年创一流”的思路推进。",),
        [("一年强基础", "2021", []), ("两年提品质", "2022", []), ("三年创一流", "2023", [])],
    ),
    (
        ("一年强基础，两年创特色。", "到2021年底，机制健全，水平提升。", "到2022年底，全面起势。"),
        [("一年强基础", "2021", ["机制健全", "水平提升"]), ("两年创特色", "2022", ["全面起势"])],
    ),
    (
        ("到2021年，机制健全；到2023年，走在前列。",),
        [("到2021年", "2021", ["机制健全"]), ("到2023年", "2023", ["走在前列"])],
    ),
    (
        ("2021年为启动年、2022年为攻坚年、2023年为决胜年。",),
        [("启动年", "2021", []), ("攻坚年", "2022", []), ("决胜年", "2023", [])],
    ),
    (
        ("第一阶段（2021年1月—6月）：完成动员；成立机构。", "第二阶段（2021年7月—2022年12月）：全面推进。"),
        [("第一阶段", "2021-06", ["完成动员", "成立机构"]), ("第二阶段", "2022-12", ["全面推进"])],
    ),
    (
        (
            "#（一）启动阶段（2021.3-2021.6）",
            "召开动员会。",
            "#（二）巩固阶段（2021年7月—2023年底）",
            "开展回头看。",
        ),
        [("启动阶段", "2021-06", ["召开动员会"]), ("巩固阶段", "2023", ["开展回头看"])],
    ),
    (
        ("#实施步骤", "#第一步，打基础（2021年）", "补短板。", "#第二步，创典范（2022—2023年）", "树标杆。"),
        [("第一步,打基础", "2021", ["补短板"]), ("第二步,创典范", "2023", ["树标杆"])],
    ),
    (
        ("分两步走：2022年3月至5月为启动阶段，6月至12月为攻坚阶段。",),
        [("启动阶段", "2022-05", []), ("攻坚阶段", "2022-12", [])],
    ),
    (("到2023年底，建成全国文明城市。",), []),
    (("2019年，我市获得提名资格。2020年，我市继续努力。",), []),
    (("现阶段，全市上下齐心协力。",), []),
]


@pytest.mark.parametrize(("lines", "stages"), STAGES)
def test_stages(lines: tuple[str, ...], stages: list[tuple[str, str | None, list[str]]]) -> None:
    assert [(s.title, s.deadline, [g.title for g in s.goals]) for s in stages_of(*lines)] == stages


def test_dates_without_a_year_are_those_of_a_plan_of_one_year() -> None:
    lines = (
        "第一阶段：动员部署（4月1日至4月10日）。印发方案。",
        "第二阶段：集中攻坚（4月11日至6月30日）。挂图作战。",
    )
    assert [s.deadline for s in stages_of(*lines, period=(2023, 2023))] == ["2023-04", "2023-06"]
    assert [s.deadline for s in stages_of(*lines, period=(2022, 2024))] == [None, None]


def test_years_of_a_slogan_need_a_period() -> None:
    found = stages_of("坚持一年打基础、两年上台阶、三年成典范。", period=None)
    assert [(s.title, s.deadline) for s in found] == [
        ("一年打基础", None),
        ("两年上台阶", None),
        ("三年成典范", None),
    ]
