"""What tests need of the machine: each marker with how to tell whether it is there and how to get it."""

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["tests.migrated", "tests.kept"]

ROOT = Path(__file__).parent
FULL = os.environ.get("CHUANGWEN_FULL") == "1"


def shared_directory() -> Path:
    return Path(os.environ.get("CHUANGWEN_SHARED") or ROOT.parent / "shared")


def r_has(package: str) -> bool:
    folders = ("/usr/lib/R/site-library", "/usr/local/lib/R/site-library", "/usr/lib/R/library")
    return shutil.which("Rscript") is not None and any(Path(folder, package).is_dir() for folder in folders)


PRESENT: dict[str, Callable[[], bool]] = {
    "browser": lambda: shutil.which("chromium") is not None,
    "office": lambda: shutil.which("soffice") is not None,
    "r": lambda: r_has("survey"),
    "spark": lambda: importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None,
    "shared": lambda: (shared_directory() / "documents").is_dir(),
}
EXTRAS = {"spark"}  # 450 MB of an extra that few install: left out of the full run too, which says so
HOW_TO_INCLUDE = {
    "browser": "browser tests (install chromium and fonts-noto-cjk)",
    "office": "spreadsheet and Word tests (install libreoffice-calc and libreoffice-writer)",
    "r": "comparison with R's survey (install r-cran-survey)",
    "spark": "scoring on Spark (pip install --require-hashes -r requirements-spark.lock, and Java 17)",
    "shared": "tests on real documents (put them in ../shared or set CHUANGWEN_SHARED)",
}


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the machine cannot run.

    The run on PostgreSQL (CHUANGWEN_DATABASE names one) is for tests that touch the database: the others
    would only run a second time.
    """
    absent = {marker for marker, present in PRESENT.items() if not present()}
    on_postgresql = os.environ.get("CHUANGWEN_DATABASE", "").startswith("postgresql:")
    if not on_postgresql:
        absent.add("postgres")
    out = [
        item
        for item in items
        if absent & {mark.name for mark in item.iter_markers()}
        or (on_postgresql and not touches_database(item))
    ]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be left out, a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if FULL and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FULL:
        for report in terminalreporter.stats.get("skipped", []):
            terminalreporter.write_line(f"SKIPPED, and nothing may be: {report.nodeid} {report.longrepr}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The directory of real documents; only for tests marked `shared`."""
    return shared_directory()
