"""What a cell of a table says, in the ways people write it: yes or no, a day, a number, a project's state."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from chuangwen.cores.errors import BadInput
from chuangwen.plans.rules.measuring import number

from .coverage import MarkState
from .projects import ProjectState

YES, NO, NOT_KNOWN = "有", "无", "不明"
SHOWN = {MarkState.YES: YES, MarkState.NO: NO, MarkState.UNKNOWN: ""}
_YES_WORDS = "有 是 已有 已建 已建立 已成立 已设立 达标 齐全 √ ✓ ✔ ☑ 对 1 y yes true"
_NO_WORDS = "无 否 没有 未有 未建 未建立 未成立 未设立 不达标 缺 × ✗ ✘ x 错 0 n no false"
_NOT_KNOWN_WORDS = "不明 未知 不详 待核 待核实 ? unknown"
_STATES = {
    MarkState.YES: _YES_WORDS.split(),
    MarkState.NO: _NO_WORDS.split(),
    MarkState.UNKNOWN: _NOT_KNOWN_WORDS.split(),
}
_STATE_OF = {word: state for state, words in _STATES.items() for word in words}
PROJECT_WORDS = {
    ProjectState.PLANNED: ["未开工", "计划", "计划中", "拟建", "待建", "planned"],
    ProjectState.UNDER_WAY: ["在建", "进行中", "实施中", "施工中", "推进中", "已开工", "under_way"],
    ProjectState.DONE: ["完成", "已完成", "完工", "已完工", "建成", "已建成", "竣工", "done"],
}
_PROJECT_STATE_OF = {word: state for state, words in PROJECT_WORDS.items() for word in words}
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:(?:-|/|\.|月)(\d{1,2})日?|月)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def folded(text: str) -> str:
    """Full-width letters, digits and signs as usual ones, and no space at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def plain_name(text: str) -> str:
    """A name with usual letters and digits; its brackets and commas stay as they are written."""
    return "".join(
        folded(char) if char.isalnum() and len(folded(char)) == 1 else char for char in text
    ).strip()


def mark_state(text: str) -> MarkState | None:
    """What a cell says of a member; None for an empty one: it says nothing. Raises BadInput."""
    word = folded(text).lower()
    if not word:
        return None
    if word not in _STATE_OF:
        raise BadInput("registers.cell_state", text=text)
    return _STATE_OF[word]


def project_state(text: str) -> ProjectState | None:
    """None for an empty cell. Raises BadInput."""
    word = folded(text).lower()
    if not word:
        return None
    if word not in _PROJECT_STATE_OF:
        raise BadInput("registers.cell_project_state", text=text)
    return _PROJECT_STATE_OF[word]


def day(text: str) -> date | None:
    """A day as a date cell gives it or as people type it; of a month alone its first. None for an empty cell.

    Raises BadInput.
    """
    plain = re.sub(r"\s", "", folded(text))
    if not plain:
        return None
    found = _DAY.fullmatch(plain) or _DIGITS.fullmatch(plain)
    if found is None:
        raise BadInput("registers.cell_day", text=text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        raise BadInput("registers.cell_day", text=text) from None


def value(text: str) -> Decimal | None:
    """A number, with separators of thousands or without. None for an empty cell. Raises BadInput."""
    plain = folded(text)
    return number(plain) if plain else None
