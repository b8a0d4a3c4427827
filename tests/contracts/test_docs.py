"""The documentation mentions every setting, command, job and address."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from chuangwen.cli import COMMANDS

ROOT = Path(__file__).parents[2]
SOURCES = [*ROOT.glob("chuangwen/**/*.py"), *ROOT.glob("scripts/*"), ROOT / "Makefile", ROOT / "conftest.py"]
DOCS = "\n".join(path.read_text() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address)
        elif isinstance(entry, URLPattern):
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", address)


def missing(names: set[str]) -> list[str]:
    return sorted(name for name in names if f"`{name}`" not in DOCS)


def test_every_setting_is_in_the_docs() -> None:
    found = (re.findall(r"CHUANGWEN_[A-Z_]+", path.read_text()) for path in SOURCES if path.is_file())
    assert missing({name for names in found for name in names}) == []


def test_every_command_is_in_the_docs_and_in_the_help() -> None:
    ours = {path.stem for path in ROOT.glob("chuangwen/*/management/commands/[a-z]*.py")}
    assert ours <= COMMANDS.keys()
    assert missing({f"chuangwen {name}" for name in COMMANDS}) == []
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets
    assert missing({f"make {name}" for name in targets[1].split() if name != "help"}) == []


def test_every_job_is_in_the_docs() -> None:
    sources = [path.read_text() for path in ROOT.glob("chuangwen/*/jobs.py")]
    assert (
        missing(
            {name for text in sources for name in re.findall(r"@(?:task|scheduled)\(.*\)\ndef (\w+)", text)}
        )
        == []
    )


def test_every_address_is_in_the_docs() -> None:
    assert missing(set(addresses(get_resolver()))) == []
