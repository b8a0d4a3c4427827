"""Each import contract is seen to fail: a violation planted in a copy of the package breaks that contract."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# contract (how its name begins): (file to append to or make, what is planted)
VIOLATIONS = {
    "Floors": ("chuangwen/kit/planted.py", "import chuangwen.orgs.models\n"),
    "Floors (an unplaced room)": ("chuangwen/gossip/__init__.py", ""),
    "Shelves": ("chuangwen/orgs/access.py", "import chuangwen.orgs.actions\n"),
    "Pure": ("chuangwen/cores/planted.py", "import django.db\n"),
    "Pure (rules)": ("chuangwen/plans/rules.py", "import chuangwen.plans.models\n"),
    "Doors": ("chuangwen/plans/views.py", "import chuangwen.plans.models\n"),
    "Doors (jobs)": ("chuangwen/jobs/planted.py", "import chuangwen.orgs.models\n"),
    "Tables of kit": ("chuangwen/orgs/planted.py", "import chuangwen.kit.models\n"),
    "Tables of orgs": ("chuangwen/plans/planted.py", "import chuangwen.orgs.models\n"),
    "Tables of plans": ("chuangwen/site/planted.py", "import chuangwen.plans.models\n"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("tests", "templates", "static", "locale", "__pycache__")
    shutil.copytree(ROOT / "chuangwen", tmp_path / "chuangwen", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(root: Path) -> list[str]:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    assert "Contracts" in done.stdout, done.stdout + done.stderr
    return re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE)


def test_the_package_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert broken_contracts(copy) == []


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(copy: Path, contract: str) -> None:
    name, planted = VIOLATIONS[contract]
    path = copy / name
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write(planted)
    assert any(line.startswith(contract.split(" (")[0]) for line in broken_contracts(copy))
