"""What documents say that they contain."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chuangwen.cores.reading.announced import read_announced
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Indicator, Measure, Program, Reading, Span, Task
from chuangwen.cores.reading.view import view_of

HERE = Span(0, 1)


def reading_of(text: str, *, programs: int = 0, tasks: int = 0, indicators: int = 0) -> Reading:
    target = Indicator("名称", "target", ">=", Decimal(1), "个", HERE, HERE)
    return Reading(
        text,
        Heading(),
        programs=[Program(f"提升行动{n}", HERE, HERE) for n in range(programs)],
        tasks=[Task(f"任务{n}", HERE, HERE) for n in range(tasks)],
        indicators=[target] * indicators,
    )


ANNOUNCED = {
    "本方案共提出八大行动、28项具体任务、96项量化指标。": "programs 8/2 tasks 28/3 indicators 96/4",
    "《行动方案》围绕推进九大工程": "programs 9/2",
    "《方案》明确12个专项行动、40个项目、120个重点指标。": "programs 12/2 tasks 40/3 indicators 120/4",
    "我市将推进“七项惠民行动”，全员参与。": "programs 7/2",
    "“六大行动”的26项具体任务逐项分解。": "tasks 26/3",
    "全年完成40个项目。": "",
    "去年以来，完成三大工程。": "",
    "对照国家五大指标体系。": "",
    "落实省委部署的六大行动。": "",
    "开展一项行动。": "",
}


@pytest.mark.parametrize(("text", "counts"), ANNOUNCED.items())
def test_counts_of_the_whole_document(text: str, counts: str) -> None:
    reading = reading_of(text, programs=2, tasks=3, indicators=4)
    found = read_announced([Part(view_of(text))], reading)
    assert " ".join(f"{said.what} {said.count}/{said.found}" for said in found) == counts


def test_the_measures_of_a_task_are_counted_against_its_own() -> None:
    text = "突出抓好五项工作：扩绿；增园。"
    reading = reading_of(text, tasks=1)
    reading.tasks[0].measures = [Measure("扩绿", HERE), Measure("增园", HERE)]
    (said,) = read_announced([Part(view_of(text), task=0)], reading)
    assert (said.what, said.count, said.found) == ("measures", 5, 2)
    assert text[said.span.start : said.span.end] == "抓好五项工作"


def test_a_count_is_told_once() -> None:
    text = "《方案》提出八大行动。《方案》推进八大行动。"
    assert len(read_announced([Part(view_of(text))], reading_of(text))) == 1


def test_under_a_program_its_own_tasks_count() -> None:
    text = "推进“三大文明行动”升级"
    reading = reading_of(text, programs=2, tasks=4)
    for task, program in zip(reading.tasks, (0, 1, 1, 1), strict=True):
        task.program = program
    (said,) = read_announced([Part(view_of(text), kind="heading", program=1)], reading)
    assert (said.count, said.found) == (3, 3)
