"""Measures the reader on the longest document there is: ../shared/documents if present, else our own.

Three questions: does time grow in proportion to the text (1×, 10×, 100×, within 20 %), how does it compare
with what jieba takes to segment the same text (both warm, same process), and how long does `chuangwen read`
take as a whole process.

Then lights and forecasts, the tree of units and the progress of a plan, on SQLite and, where
CHUANGWEN_TEST_DATABASE names one, on PostgreSQL. Last, the scoring of a round beside group-bys by hand and
from the rows of a database, and how often its intervals hold.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
from rich.console import Console
from rich.table import Table

from benchmarks.coverage import main as measure_coverage
from benchmarks.growth import measure_growth
from benchmarks.scoring import measure_scoring
from benchmarks.series import measure_series
from chuangwen.cores.reading import files, read_text
from conftest import shared_directory

ROOT = Path(__file__).parents[1]
FOLDERS = (shared_directory() / "documents", ROOT / "tests/data/documents")


def documents() -> list[Path]:
    """The text documents of the first folder that there is, shortest first."""
    folder = next(folder for folder in FOLDERS if folder.is_dir())
    return sorted(folder.glob("*.txt"), key=lambda path: path.stat().st_size)


def shortest_seconds(work: Callable[[], object], times: int, clock: Callable[[], float]) -> float:
    """What else the machine does only ever adds."""
    taken = []
    for _ in range(times):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return min(taken)


def growth(text: str) -> dict[int, float]:
    """How many copies were read as one text → seconds of processor time for one reading.

    Each row reads a hundred copies in all, in a hundred, ten or one reading, so that all last equally long.
    """
    means = {}
    for factor in (1, 10, 100):
        long = "\n".join([text] * factor)
        begun = time.process_time()
        for _ in range(100 // factor):
            read_text(long)
        means[factor] = (time.process_time() - begun) / (100 // factor)
    return means


def main() -> None:
    jieba.setLogLevel(logging.WARNING)
    shortest, longest = documents()[0], documents()[-1]
    text = files.load(longest).text
    read_text(text)
    list(jieba.cut(text))

    table = Table("measured", "seconds", "compared")
    means = growth(text)
    for factor, mean in means.items():
        share = mean / factor / means[1]
        verdict = f"{share:.2f} of linear ({'within' if 0.8 <= share <= 1.2 else 'OUTSIDE'} 20 %)"
        table.add_row(f"read {len(text) * factor:,} characters (×{factor})", f"{mean:.3f}", verdict)
    reading = shortest_seconds(lambda: read_text(text), 20, time.process_time)
    segmenting = shortest_seconds(lambda: list(jieba.cut(text)), 20, time.process_time)
    table.add_row("read it, best of 20", f"{reading:.3f}", "")
    verdict = f"reading takes {reading / segmenting:.2f} of that (at most 3)"
    table.add_row("jieba segments it, best of 20", f"{segmenting:.3f}", verdict)
    command = [str(Path(sys.executable).parent / "chuangwen"), "read", str(shortest)]
    whole = shortest_seconds(
        lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True),  # noqa: S603
        5,
        time.perf_counter,
    )
    table.add_row(f"chuangwen read {shortest.name}, whole process", f"{whole:.3f}", "at most 0.5")
    Console(width=110).print(f"{longest.name}:", table)
    measure_growth()
    measure_series()
    measure_on_each_database("benchmarks.imports")
    measure_trees()
    measure_on_each_database("benchmarks.progress")
    measure_scoring()
    measure_on_each_database("benchmarks.rounds")
    measure_coverage(2000)


def measure_trees() -> None:
    if not (shared_directory() / "data/divisions").is_dir():
        print("Left out: the tree of units (put the divisions in ../shared/data or set CHUANGWEN_SHARED)")
        return
    measure_on_each_database("benchmarks.tree")


def measure_on_each_database(what: str) -> None:
    """On SQLite and, where CHUANGWEN_TEST_DATABASE names one, on PostgreSQL."""
    for database in filter(None, ("sqlite", os.environ.get("CHUANGWEN_TEST_DATABASE"))):
        place = {"CHUANGWEN_DATABASE": "" if database == "sqlite" else database}
        command = [sys.executable, "-m", what]
        subprocess.run(command, check=True, cwd=ROOT, env=os.environ | place)  # noqa: S603


if __name__ == "__main__":
    main()
