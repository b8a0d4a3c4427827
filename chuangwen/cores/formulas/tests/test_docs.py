"""The page about formulas says what the code does."""

import re
from pathlib import Path

import pytest

from chuangwen.cores import formulas
from chuangwen.cores.formulas import parse, to_text

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs/reference/formulas.md").read_text()
LANGUAGE = PAGE.partition("## The language")[2].partition("## Examples")[0]
EXAMPLES = PAGE.partition("## Examples")[2].partition("## Units")[0]


def test_every_code_is_on_the_page_and_no_other() -> None:
    sources = Path(formulas.__file__).parent.glob("*.py")
    code = "\n".join(path.read_text() for path in sources)
    written = set(re.findall(r'"(formulas\.\w+)"', code)) - {"formulas.bad"}
    assert set(re.findall(r"`(formulas\.\w+)`", PAGE)) == written


@pytest.mark.parametrize("text", re.findall(r"`([^`]+)`", "".join(re.findall(r"^\|(.*?)\|", LANGUAGE, re.M))))
def test_every_form_on_the_page_is_read(text: str) -> None:
    formula = parse(text.replace("…", "I3、I4"))
    assert parse(to_text(formula)) == formula


@pytest.mark.parametrize("text", re.findall(r"^\| `([^`]+)`", EXAMPLES, re.M))
def test_every_example_on_the_page_is_canonical(text: str) -> None:
    assert to_text(parse(text)) == text
