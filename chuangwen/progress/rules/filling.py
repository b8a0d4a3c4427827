"""What "no change" copies, what must be in an item before it is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chuangwen.cores.series.kinds import Accrual

from .states import Progress


@dataclass(frozen=True)
class Amount:
    """Millionths; both None: missing."""

    numerator: int | None
    denominator: int | None = None
    words: str = ""


NOTHING = Amount(0)
UNKNOWN = Amount(None)


def unchanged(accrual: Accrual, last: Amount | None, last_day: date | None, day: date) -> Amount:
    """What "no change" means: a level stays, a flow was nothing, a count since January is nothing in a new
    year.

    UNKNOWN where there is nothing to stay as it was.
    """
    if accrual is Accrual.FLOW:
        return NOTHING
    if last is None or last_day is None:
        return UNKNOWN
    if accrual is Accrual.YEAR_TO_DATE and last_day.year != day.year:
        return NOTHING
    return last


@dataclass(frozen=True)
class Filled:
    """An entry as the rule sees it."""

    key: str
    amount: Amount
    missing: str
    warned: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Gap:
    """What must still be said: `field` as remarks name it; code: what is wanted."""

    field: str
    code: str


def gaps(progress: str, stuck_words: str, entries: Iterable[Filled]) -> list[Gap]:
    """What keeps an item from being handed in; [] if nothing does. A task that is not due owes no values."""
    if not progress:
        return [Gap("progress", "progress.say_how_it_stands")]
    found = []
    if progress == Progress.STUCK and not stuck_words.strip():
        found.append(Gap("stuck_words", "progress.say_what_is_stuck"))
    if progress == Progress.NOT_DUE:
        return found
    for entry in entries:
        given = entry.amount.numerator is not None or bool(entry.amount.words)
        if not given and not entry.missing.strip():
            found.append(Gap(entry.key, "progress.say_value_or_why"))
        elif given and entry.warned and not entry.why.strip():
            found.append(Gap(entry.key, "progress.say_why_it_is_so"))
    return found
