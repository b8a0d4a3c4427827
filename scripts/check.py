"""Runs every check that needs no test: one line each, and what a failing one printed.

python scripts/check.py [NAME…]
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv/bin"

CHECKS: dict[str, list[str]] = {
    "types": ["mypy"],
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "imports": ["lint-imports", "--no-cache"],
    "migrations": ["chuangwen", "makemigrations", "--check", "--dry-run"],
    "catalogue": ["python", "scripts/catalogue.py"],
    "templates": ["djlint", "chuangwen", "--lint", "--quiet"],
    "security": ["bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "chuangwen"],
    "dependencies": ["deptry", "."],
    "dead code": ["vulture"],
    "front end": ["python", "hatch_build.py", "check"],
    "locks": ["python", __file__, "--locks"],
}


def run(name: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    program, *arguments = CHECKS[name]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run(
            [str(BIN / program), *arguments],
            cwd=ROOT,
            env=os.environ | {"CHUANGWEN_DATA": data, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return name, time.monotonic() - begun, done


def hosts_in_locks() -> Iterator[str]:
    for path in [*ROOT.glob("requirements*"), ROOT / "ui/package-lock.json"]:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"(https?|file|git\+\w+)://", line) and '"url":' not in line:
                yield f"{path.relative_to(ROOT)}:{number}: names a host: {line.strip()}"


def main(names: list[str]) -> int:
    if names == ["--locks"]:
        lines = list(hosts_in_locks())
        print("\n".join(lines))
        return 1 if lines else 0
    failed = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for name, seconds, done in pool.map(run, names or CHECKS):
            print(f"{'FAILED' if done.returncode else 'ok':<7} {name:<13} {seconds:5.1f} s", flush=True)
            if done.returncode:
                failed += 1
                print(done.stdout.rstrip())
    print(f"{len(names or CHECKS)} checks, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
