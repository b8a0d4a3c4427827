"""The commands as a person types them: each a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "chuangwen"
PLAN = """云浦市垃圾分类行动方案
一、主要任务
1.建成垃圾分类示范小区不少于30个，2026年底前完成。（牵头单位：市城管局）
"""


def chuangwen(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {
        name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")
    }
    return subprocess.run(
        [COMMAND, *arguments],
        env=clean | {"PYTHONUTF8": "1"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN)
    return path


def test_help_is_in_chinese_unless_the_system_speaks_english() -> None:
    assert "用法：chuangwen 命令" in chuangwen().stdout
    assert "用法：chuangwen 命令" in chuangwen("--help", LANG="zh_CN.UTF-8").stdout
    assert "Usage: chuangwen COMMAND" in chuangwen("--help", LANG="en_GB.UTF-8").stdout
    assert "用法：chuangwen 命令" in chuangwen("--help", LANG="en_GB.UTF-8", CHUANGWEN_LANG="zh").stdout
    assert "--table" in chuangwen("read", "--help").stdout


def test_read_prints_json_whose_quotes_stand_where_it_says(plan: Path) -> None:
    done = chuangwen("read", plan)
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    (indicator,) = reading["indicators"]
    assert indicator["value"] == 30
    assert PLAN[indicator["start"] : indicator["end"]] == indicator["quote"]


def test_read_prints_a_table_for_people(plan: Path) -> None:
    done = chuangwen("read", plan, "--table")
    assert done.returncode == 0, done.stderr
    assert "市城管局" in done.stdout


def test_read_of_a_text_loads_neither_django_nor_what_other_formats_need(plan: Path) -> None:
    script = (
        "import sys; from chuangwen.cli import run; run(['read', sys.argv[1]]);"
        "heavy = {'django', 'trafilatura', 'lxml', 'docx', 'pypdfium2', 'rich', 'numpy'};"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script, plan], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["missing", "empty", "folder", "picture", "noise"])
def test_what_cannot_be_read_gives_one_sentence_and_exit_code_2(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64))
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 8)
    done = chuangwen("read", tmp_path / name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr


@pytest.mark.parametrize("arguments", [["read"], ["read", "a", "b"], ["read", "a", "--colour"]])
def test_arguments_that_make_no_sense_give_one_sentence_and_exit_code_2(arguments: list[str]) -> None:
    done = chuangwen(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
