"""What the repository holds is written for it: no stretch of a real document stands in a tracked file."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# So many Chinese characters in a row, without a stop between them, are a phrase of somebody's.
LENGTH = 12
# Titles and fixed formulas that every such document has.
FORMULAS = (
    "以习近平新时代中国特色社会主义思想为指导",
    "以人民为中心的发展思想",
    "全国文明典范城市",
    "三年行动计划",
    "市民文明素质和城市文明程度",
    "重点公共区域视频监控覆盖率",
)
CHINESE = re.compile("[\u4e00-\u9fff]+")
TEXT = {".css", ".html", ".in", ".json", ".md", ".mjs", ".po", ".py", ".toml", ".ts", ".txt", ""}


def phrases(text: str) -> Iterator[str]:
    for formula in FORMULAS:
        text = text.replace(formula, "|")
    for run in CHINESE.findall(text):
        yield from (run[at : at + LENGTH] for at in range(len(run) - LENGTH + 1))


def tracked_files() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).suffix in TEXT and (ROOT / name).is_file():
            yield ROOT / name


@pytest.mark.shared
def test_no_tracked_file_holds_a_phrase_of_a_real_document(shared: Path) -> None:
    sources = [*shared.glob("documents/*.txt"), *shared.glob("reports/*.txt")]
    assert sources
    foreign = {phrase for path in sources for phrase in phrases(path.read_text(errors="replace"))}
    copied = [
        f"{path.relative_to(ROOT)}: {phrase}"
        for path in tracked_files()
        for phrase in phrases(path.read_text(errors="replace"))
        if phrase in foreign
    ]
    assert copied == []


def test_a_phrase_ends_at_a_stop_and_a_formula_is_nobodys() -> None:
    assert list(phrases("开展“甲乙丙丁戊己庚辛壬癸子丑”活动")) == ["甲乙丙丁戊己庚辛壬癸子丑"]
    assert list(phrases("甲乙丙丁戊己，庚辛壬癸子丑")) == []
    assert list(phrases("争创全国文明典范城市三年行动计划")) == []
