"""Runs every check and every test that this machine allows, and says in one line what was left out.

CHUANGWEN_FULL=1         nothing may be left out or skipped but extras (Spark)
CHUANGWEN_TEST_DATABASE  postgresql://user:password@host/name: the suite runs on that server too, in test_name
CHUANGWEN_SHARED         the directory of real documents; default: `shared` beside the repository
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import check

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import conftest  # noqa: E402

NOTHING_COLLECTED = 5  # pytest: no browser on this machine, and nothing else asked for
FULL = os.environ.get("CHUANGWEN_FULL") == "1"


def left_out() -> list[str]:
    server = os.environ.get("CHUANGWEN_TEST_DATABASE")
    return [
        *(
            []
            if server
            else ["PostgreSQL (set CHUANGWEN_TEST_DATABASE=postgresql://user:password@host/name)"]
        ),
        *(how for marker, how in conftest.HOW_TO_INCLUDE.items() if not conftest.PRESENT[marker]()),
    ]


@contextmanager
def suite(database: str, *arguments: str, log: Path | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """pytest on one database; its output goes to the terminal, or to `log`."""
    with tempfile.TemporaryDirectory() as data, (log or Path(os.devnull)).open("wb") as file:
        environment = os.environ | {"CHUANGWEN_DATA": data, "CHUANGWEN_DATABASE": database}
        yield subprocess.Popen(
            [str(ROOT / ".venv/bin/python"), "-m", "pytest", "--quiet", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file if log else None,
            stderr=subprocess.STDOUT if log else None,
        )


def suites(log: Path) -> bool:
    """The suite on SQLite; where there is a server, beside it on PostgreSQL and then in the browser."""
    server = os.environ.get("CHUANGWEN_TEST_DATABASE", "")
    if not server:
        with suite("") as sqlite:
            return sqlite.wait() == 0
    quiet = ("-p", "no:cacheprovider")
    # Who may see what does not depend on the database, nor do the words of pages, of the API, of a demo city.
    who = (
        *("--ignore=tests/contracts", "--ignore-glob=*/test_access_table.py"),
        *("--ignore-glob=*/test_demo.py", "--ignore-glob=*/test_*page*.py"),
        "--ignore=chuangwen/api/tests/test_description.py",
    )
    on_database = ("-m", "not browser and not office and (not shared or both_databases)", *who, *quiet)
    with suite("", "--ignore=tests/browser") as sqlite:
        beside = {"On PostgreSQL": (server, *on_database), "In the browser": ("", "tests/browser", *quiet)}
        passed = [ran_quietly(title, log, *arguments) for title, arguments in beside.items()]
        return sqlite.wait() == 0 and all(passed)


def ran_quietly(title: str, log: Path, database: str, *arguments: str) -> bool:
    """Whether the suite passed; its last line is printed, all of them where it failed."""
    with suite(database, *arguments, log=log) as run:
        passed = run.wait() in {0, NOTHING_COLLECTED}
    lines = log.read_text(errors="replace").splitlines()
    print(f"\n{title}:", *(lines[-1:] if passed else lines), sep="\n", flush=True)
    return passed


def main() -> int:
    missing = left_out()
    if FULL and set(missing) - {conftest.HOW_TO_INCLUDE[marker] for marker in conftest.EXTRAS}:
        print(f"CHUANGWEN_FULL=1, but this machine lacks: {'; '.join(missing)}.", file=sys.stderr)
        return 1
    checks_failed = check.main([])
    if missing:
        print(f"Left out: {'; '.join(missing)}.", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        tests_passed = suites(Path(folder) / "log")
    if checks_failed:
        print("Checks failed too: see the lines marked FAILED before the tests.")
    return 0 if tests_passed and not checks_failed else 1


if __name__ == "__main__":
    sys.exit(main())
