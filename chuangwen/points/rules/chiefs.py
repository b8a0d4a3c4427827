"""Chiefs as a cell says them: 街道级点位长 张三（街道主任） 2026-01-01；社区级路长 李四 至2026-07-01."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from chuangwen.cores.errors import BadInput

from .states import ChiefKind, Level, checked_term

LEVEL_WORDS = {
    Level.CITY: ["市级"],
    Level.DISTRICT: ["区级", "县级", "区县级"],
    Level.STREET: ["街道级", "镇级", "乡镇级", "镇街级"],
    Level.COMMUNITY: ["社区级", "村级", "村居级"],
    Level.GRID: ["网格级"],
}
KIND_WORDS = {ChiefKind.POINT: "点位长", ChiefKind.ROAD: "路长", ChiefKind.LANE: "巷长"}
MOST_NAME, MOST_POST, MOST_CHIEFS = 64, 100, 20
_LEVEL_OF = {word: level for level, words in LEVEL_WORDS.items() for word in words}
_KIND_OF = {word: kind for kind, word in KIND_WORDS.items()}
_DAY = r"(\d{4}-\d{1,2}-\d{1,2})"
_CHIEF = re.compile(
    rf"({'|'.join(_LEVEL_OF)})({'|'.join(_KIND_OF)})?[\s:：]+(.+?)\s*(?:[（(](.*)[）)])?"
    rf"(?:\s*{_DAY}起?)?(?:\s*至\s*{_DAY})?"
)
_BETWEEN = re.compile(r"[;；\n]+")


@dataclass(frozen=True, eq=False)
class ChiefTerm:
    """From `starts_on` to before `ends_on`; None: open. Equal are two that a cell says alike."""

    level: Level
    kind: ChiefKind
    name: str
    post: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ChiefTerm) and _written(self) == _written(other)

    def __hash__(self) -> int:
        return hash(_written(self))

    @property
    def same(self) -> str:
        """Equal for one chief, whenever the term ends."""
        return written([replace(self, ends_on=None)])


def read(text: str) -> tuple[ChiefTerm, ...]:
    """Who is named, each once, in one order. Raises BadInput: points.cell_chief, points.days_out_of_order."""
    pieces = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()]
    if len(pieces) > MOST_CHIEFS:
        raise BadInput("points.cell_chief", text=pieces[MOST_CHIEFS])
    return ordered({_chief(piece) for piece in pieces})


def ordered(terms: Iterable[ChiefTerm]) -> tuple[ChiefTerm, ...]:
    return tuple(sorted(terms, key=lambda term: (list(Level).index(term.level), written([term]))))


def written(terms: Iterable[ChiefTerm]) -> str:
    """As `read` reads it again."""
    return "；".join(_written(term) for term in terms)


def _written(term: ChiefTerm) -> str:
    told = f"{LEVEL_WORDS[term.level][0]}{KIND_WORDS[term.kind]} {term.name}"
    told += f"（{term.post}）" if term.post else ""
    told += f" {term.starts_on}" if term.starts_on else ""
    told += f" 至{term.ends_on}" if term.ends_on else ""
    return _BETWEEN.sub("、", told)


def _chief(text: str) -> ChiefTerm:
    found = _CHIEF.fullmatch(text)
    if found is None or len(found[3]) > MOST_NAME or len(found[4] or "") > MOST_POST:
        raise BadInput("points.cell_chief", text=text)
    try:
        first, last = (date(*map(int, day.split("-"))) if day else None for day in found.groups()[4:])
    except ValueError:
        raise BadInput("points.cell_chief", text=text) from None
    checked_term(first, last)
    kind = _KIND_OF[found[2]] if found[2] else ChiefKind.POINT
    return ChiefTerm(_LEVEL_OF[found[1]], kind, found[3].strip(), (found[4] or "").strip(), first, last)
