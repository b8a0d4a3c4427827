"""What the repository holds is written for it: no stretch of a real document stands in a tracked file."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# So many Chinese characters in a row, without a stop between them, are a phrase of somebody's.
LENGTH = 12
# Titles, names of indicators and fixed formulas that every such document has.
FORMULAS = (
    "以习近平新时代中国特色社会主义思想为指导",
    "以人民为中心的发展思想",
    "人民日益增长的美好生活需要",
    "培育和践行社会主义核心价值观",
    "物质文明和精神文明",
    "国民经济和社会发展",
    "经济社会发展",
    "意识形态工作责任制",
    "市民文明素质和城市文明程度",
    "全国文明典范城市",
    "全国文明城市",
    "文明城市",
    "三年行动计划",
    "实施意见",
    "纳入年度绩效考核",
    "重点公共区域视频监控覆盖率",
    "城镇居民人均可支配收入",
    "互联网新闻信息服务许可证",
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
