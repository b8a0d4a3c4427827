"""Measures the reader on the longest document there is: ../shared/documents if present, else our own.

Three questions: does time grow in proportion to the text (1×, 10×, 100×, within 20 %), how does it compare
with what jieba takes to segment the same text (both warm, same process), and how long does `chuangwen read`
take as a whole process.
"""

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
from rich.console import Console
from rich.table import Table

from chuangwen.cores.reading import files, read_text
from conftest import shared_directory

ROOT = Path(__file__).parents[1]
FOLDERS = (shared_directory() / "documents", ROOT / "tests/data/documents")


def documents() -> list[Path]:
    """The text documents of the first folder that there is, shortest first."""
    folder = next(folder for folder in FOLDERS if folder.is_dir())
    return sorted(folder.glob("*.txt"), key=lambda path: path.stat().st_size)


def seconds(work: Callable[[], object], times: int) -> float:
    """The shortest of `times` runs: what else the machine does only ever adds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def measured_growth(text: str) -> list[tuple[int, float]]:
    """(times the document, seconds) for 1, 10 and 100."""
    pairs = []
    for factor, runs in ((1, 20), (10, 5), (100, 2)):
        long = "\n".join([text] * factor)
        pairs.append((factor, seconds(lambda long=long: read_text(long), runs)))  # type: ignore[misc]
    return pairs


def main() -> None:
    jieba.setLogLevel(logging.WARNING)
    shortest, longest = documents()[0], documents()[-1]
    text = files.load(longest).text
    read_text(text)
    list(jieba.cut(text))

    table = Table("measured", "seconds", "compared")
    pairs = measured_growth(text)
    for factor, taken in pairs:
        share = taken / factor / pairs[0][1]
        verdict = (
            ""
            if factor == 1
            else f"{share:.2f} of linear ({'within' if 0.8 <= share <= 1.2 else 'OUTSIDE'} 20 %)"
        )
        table.add_row(
            f"read {longest.name} ×{factor}, {len(text) * factor:,} characters", f"{taken:.3f}", verdict
        )
    segmented = seconds(lambda: list(jieba.cut(text)), 20)
    ratio = pairs[0][1] / segmented
    table.add_row(
        "jieba segments it ×1", f"{segmented:.3f}", f"reading takes {ratio:.2f} of that (at most 3)"
    )
    command = [str(Path(sys.executable).parent / "chuangwen"), "read", str(shortest)]
    whole = seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True), 5)  # noqa: S603
    table.add_row(f"chuangwen read {shortest.name}, whole process", f"{whole:.3f}", "at most 0.5")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
