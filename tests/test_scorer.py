"""The scorer gives the figures that the gate of the real documents gives."""

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.scorer import Tally, alike, pooled, score

DATA = Path(__file__).parent / "data"


def stems() -> list[str]:
    return sorted(path.stem for path in DATA.joinpath("gold").glob("*.json"))


def annotated(stem: str) -> tuple[str, dict[str, Any]]:
    text = DATA.joinpath("documents", f"{stem}.txt").read_text(encoding="utf-8")
    gold: dict[str, Any] = json.loads(DATA.joinpath("gold", f"{stem}.json").read_text(encoding="utf-8"))
    return text, gold


def as_told(text: str, gold: dict[str, Any]) -> dict[str, Any]:
    """The annotation in the form of a perfect reading."""
    told = copy.deepcopy(gold)
    for item in told["indicators"]:
        item["start"] = text.find(item["quote"])
        item["end"] = item["start"] + len(item["quote"])
    told["doubts"] = told.get("damaged")
    return told


def degraded(told: dict[str, Any], noise: list[str], chance: random.Random) -> dict[str, Any]:
    """A reading with faults of every kind: left out, doubled, changed, shifted, noise in a title."""
    worse = copy.deepcopy(told)
    for key in ("actions", "tasks", "indicators", "mechanisms", "doubts"):
        worse[key] = [item for item in worse.get(key) or [] if chance.random() > 0.1]
    worse["indicators"] += copy.deepcopy(chance.sample(worse["indicators"], len(worse["indicators"]) // 9))
    for item in worse["indicators"]:
        change = chance.choice(["", "", "", "value", "unit", "comparator", "deadline", "kind", "start"])
        if change == "value":
            item["value"] *= chance.choice([10, 1])
        elif change == "start":
            item["start"] += 1
        elif change:
            item[change] = chance.choice(["%", ">=", "2022", "result", "", None])
    for task in worse["tasks"]:
        if chance.random() < 0.2:
            task["title"] = task["title"][: chance.randrange(1, 12)]
        if chance.random() < 0.2:
            task["member_units"] = [*task["member_units"], chance.choice(noise or ["各区"])]
        if chance.random() < 0.1:
            task["number"], task["lead_leader"] = "99", "某某"
    if chance.random() < 0.5:
        worse["document"] |= {"title": worse["document"]["title"] or "某计划", "period": None}
    return worse


@pytest.mark.parametrize("stem", stems())
def test_the_annotation_itself_scores_full_marks(stem: str) -> None:
    text, gold = annotated(stem)
    result = score(text, gold, as_told(text, gold))
    assert set(pooled([result]).values()) == {1.0}
    assert not result.missed and not result.extra


def test_a_wrong_deadline_is_detected_but_not_exact() -> None:
    text, gold = annotated("01_three_year_plan")
    told = as_told(text, gold)
    told["indicators"][0]["deadline"] = "1999"
    tallies = score(text, gold, told).tallies
    assert tallies["detect"].f1 == 1.0
    assert tallies["exact"].hit == tallies["exact"].gold - 1


def test_a_quote_that_is_not_the_text_at_its_place_does_not_count() -> None:
    text, gold = annotated("01_three_year_plan")
    told = as_told(text, gold)
    told["indicators"][0]["start"] += 1
    result = score(text, gold, told)
    assert result.missed == [gold["indicators"][0]]
    assert result.extra == [told["indicators"][0]]


def test_a_piece_of_noise_in_a_unit_is_not_clean() -> None:
    text, gold = annotated("07_opinions_spam")
    told = as_told(text, gold)
    told["tasks"][3]["member_units"].append(gold["noise"][2])
    noise = score(text, gold, told).tallies["noise"]
    assert noise.hit == noise.gold - 1


def test_nothing_to_find_and_nothing_told_is_full_marks() -> None:
    assert Tally().f1 == 1.0
    assert Tally(0, 3, 0).f1 == 0.0
    assert Tally(0, 0, 3).f1 == 0.0


def test_words_are_alike_by_their_pairs_of_characters() -> None:
    assert alike("推进垃圾分类", "推进垃圾分类。") == 1.0
    assert alike("推进垃圾分类", "推进垃圾分类工作") == pytest.approx(6 / 7)
    assert alike("推进垃圾分类", "优化政务服务") == 0.0
    assert alike("", "优化政务服务") == 0.0


@pytest.fixture(scope="module")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_it_agrees_with_the_gate_on_faulty_readings(shared: Path, reference: ModuleType) -> None:
    chance = random.Random(20210416)  # noqa: S311
    cases = [(*annotated(stem), stem) for stem in stems()]
    for folder, gold_folder in (("documents", "gold"), ("reports", "reports")):
        for path in sorted(shared.joinpath(folder).glob("*.txt")):
            gold = json.loads(shared.joinpath(gold_folder, f"{path.stem}.json").read_text(encoding="utf-8"))
            cases.append((path.read_text(encoding="utf-8"), gold, path.stem))
    for text, gold, stem in cases:
        gold = {"document": {}} | gold
        told = degraded(as_told(text, gold), gold.get("noise") or [], chance)
        expected, (clean, noise), missed, extra = reference.score(text, gold, told)
        ours = score(text, gold, told)
        for name, tally in expected.items():
            found = ours.tallies[name]
            assert (found.hit, found.gold, found.told) == (tally.hit, tally.gold, tally.told), (stem, name)
            assert found.f1 == pytest.approx(tally.figures()[2]), (stem, name)
        assert (ours.tallies["noise"].hit, ours.tallies["noise"].gold) == (clean, noise), stem
        assert (ours.missed, ours.extra) == (missed, extra), stem
