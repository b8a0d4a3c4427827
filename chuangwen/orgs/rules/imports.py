"""What becomes of the rows of a table that is imported: added, changed, as it is already, or wrong.

Shared by the tables of units (unit_sheet.py) and of people (people_sheet.py). Rules give codes with
parameters; `import_wording` has the sentences.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from chuangwen.cores.sheets import Cells

_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COUNTED_DAY = re.compile(r"[2-7]\d{4}")  # 1954 to 2118
_FIRST_DAY = date(1899, 12, 30)  # from which spreadsheets count the days
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_COMMAS = re.compile(r"[、，,；;\s]+")


class ImportKind(StrEnum):
    UNITS = "units"
    PEOPLE = "people"


class ImportState(StrEnum):
    OPEN = "open"  # may be looked at, handed in anew, taken over
    TAKEN = "taken"
    UNDONE = "undone"
    DISCARDED = "discarded"


class Fate(StrEnum):
    WRONG = "wrong"
    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: the column's name, and the code of the sentence with its parameters."""

    column: str
    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """A cell that differs from what is there; both as texts."""

    column: str
    before: str
    after: str


@dataclass
class Line:
    """A row of the file, and what it would do. `new` if there is nothing yet that it could change."""

    number: int
    cells: Cells
    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    new: bool = False

    @property
    def fate(self) -> Fate:
        if self.faults:
            return Fate.WRONG
        if self.new:
            return Fate.ADDED
        return Fate.CHANGED if self.changes else Fate.SAME

    def wrong(self, column: str, code: str, **params: str | int) -> None:
        self.faults.append(Fault(column, code, params))


def fates(lines: Iterable[Line]) -> dict[Fate, int]:
    """How many lines there are of each fate."""
    found = Counter(line.fate for line in lines)
    return {fate: found[fate] for fate in Fate}


def digest(lines: Iterable[Line]) -> str:
    """Of what the lines would do: whoever takes it over takes what the page has shown."""
    said = [(line.number, line.fate, line.cells, line.changes) for line in lines]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def name_in(text: str) -> str:
    """A name as it is meant: 王　强 and a name broken over two lines lose the gap between characters."""
    return _BETWEEN.sub("", text)


def names_in(text: str) -> list[str]:
    """Each once, in their order."""
    return list(dict.fromkeys(name for name in _COMMAS.split(text) if name))


def code_in(text: str) -> str:
    """Half width and without spaces, as codes, accounts and numbers are."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def day_in(text: str) -> date | None:
    """The day; None for what is none. Takes 2026-3-1, 2026/3/1, 2026年3月1日, 20260301, and counted days."""
    plain = code_in(text)
    found = _DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain)
    if found is None:
        return _FIRST_DAY + timedelta(days=int(plain)) if _COUNTED_DAY.fullmatch(plain) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def day_of(line: Line, column: str) -> date | None:
    """The day in a cell; a cell that says something else is a fault of the line."""
    text = line.cells[column]
    found = day_in(text) if text else None
    if text and found is None:
        line.wrong(column, "bad_day", text=text)
    return found


def require_order(line: Line, first: date | None, last: date | None, column: str) -> None:
    """The period must not be empty; else the fault stands in `column`."""
    if first is not None and last is not None and last <= first:
        line.wrong(column, "empty_period", first=first.isoformat(), last=last.isoformat())


def require_length(line: Line, column: str, text: str, most: int) -> None:
    if len(text) > most:
        line.wrong(column, "too_long", most=most)
