"""How well the reader reads: no figure may fall below its floor (F1 pooled over the documents)."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from chuangwen.cores.reading import read_text, reading_json
from chuangwen.cores.reading.files import load
from tests.scorer import Score, Tally, pooled, score

DATA = Path(__file__).parents[4] / "tests" / "data"
OWN = {
    "detect": 0.98,
    "exact": 0.97,
    "tasks": 0.97,
    "assign": 0.99,
    "programs": 0.97,
    "fields": 0.95,
    "goals": 0.95,
    "mechanisms": 0.93,
    "damage": 0.95,
    "noise": 1.0,
}
DOCUMENTS = {
    "detect": 0.97,
    "exact": 0.93,
    "tasks": 0.97,
    "assign": 0.99,
    "programs": 0.97,
    "fields": 0.95,
    "goals": 0.75,
    "mechanisms": 0.75,
    "damage": 0.75,
}
REPORTS = {"detect": 0.92, "exact": 0.82, "tasks": 0.85}
FILES = [
    "01_three_year_plan.docx",
    "02_task_table.docx",
    "03_press_report.html",
    "05_articles_hard_wrapped.pdf",
]


def told(path: Path) -> dict[str, Any]:
    return reading_json(read_text(load(path).text))


def scores(texts: Path, gold: Path) -> dict[str, Score]:
    found = {}
    for annotation in sorted(gold.glob("*.json")):
        path = texts / f"{annotation.stem}.txt"
        document = json.loads(annotation.read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        found[path.stem] = score(text, document, told(path))
    return found


def cleanest(texts: Path, gold: Path) -> float:
    """The share of noise left out by the annotations themselves, told as a reading.

    It is not 1: a headline that counts as noise holds the name of the honour that is a goal of the plan.
    """
    found = []
    for annotation in sorted(gold.glob("*.json")):
        text = (texts / f"{annotation.stem}.txt").read_text(encoding="utf-8")
        right = json.loads(annotation.read_text(encoding="utf-8"))
        found.append(score(text, right, right | {"doubts": right["damaged"]}))
    return pooled(found)["noise"]


def below(floors: dict[str, float], found: dict[str, Score]) -> list[str]:
    """The figures that fall below their floors, with the documents that pull them down most."""
    figures = pooled(found.values())
    return [
        f"{name} {figures[name]:.3f} is below {floor}: "
        + ", ".join(
            f"{stem} {one.tallies[name].f1:.2f}"
            for stem, one in found.items()
            if one.tallies[name].f1 < floor
        )
        for name, floor in floors.items()
        if figures[name] < floor
    ]


def test_documents_of_our_own_are_read_above_the_floors() -> None:
    assert below(OWN, scores(DATA / "documents", DATA / "gold")) == []


@pytest.mark.shared
def test_real_documents_are_read_above_the_floors(shared: Path) -> None:
    texts, gold = shared / "documents", shared / "gold"
    assert below(DOCUMENTS | {"noise": cleanest(texts, gold)}, scores(texts, gold)) == []


@pytest.mark.shared
def test_real_reports_are_read_above_the_floors(shared: Path) -> None:
    assert below(REPORTS, scores(shared / "reports", shared / "reports")) == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_like_its_text(name: str) -> None:
    path = DATA / "files" / name
    gold = json.loads(DATA.joinpath("gold", f"{path.stem}.json").read_text(encoding="utf-8"))
    reading = told(path)
    tallies = score(load(path).text, gold, reading).tallies
    figures = {figure: tallies[figure].f1 for figure in ("tasks", "programs", "assign")}
    figures["facts"] = shared_facts(gold["indicators"], reading["indicators"]).f1
    assert {figure: value for figure, value in figures.items() if value < 0.9} == {}


def shared_facts(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> Tally:
    """What both say of the numbers, wherever these stand: each file breaks its lines its own way."""
    keys = ("kind", "comparator", "unit", "deadline", "frequency")
    facts, told_facts = (
        Counter((float(item["value"]), *(item[key] for key in keys)) for item in items)
        for items in (gold, found)
    )
    return Tally((facts & told_facts).total(), facts.total(), told_facts.total())
