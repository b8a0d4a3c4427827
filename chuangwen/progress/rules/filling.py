"""What "no change" copies, what must be in an item before it is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chuangwen.cores.errors import BadInput
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


MOST_WORDS = {"done_words": 1000, "stuck_words": 1000, "next_step": 500}
MOST_OF_REMARK = 500
MOST_OF_ENTRY = {"words": 100, "missing": 200, "why": 200}


def checked_words(most: Mapping[str, int], said: Mapping[str, str]) -> None:
    """Raises BadInput for words that are longer than what is kept."""
    for name, words in said.items():
        if len(words) > most[name]:
            raise BadInput("progress.words_too_long", field=name, most=most[name], length=len(words))


def checked_amount(key: str, amount: Amount, *, of_sums: bool) -> None:
    """Raises BadInput for a share of nothing or of less, and for half a share.

    `of_sums`: the city's share is made from sums over areas, which a percentage alone does not give.
    """
    if amount.numerator is None and amount.denominator is not None:
        raise BadInput("progress.half_a_share", field=key)
    if amount.denominator is not None and amount.denominator <= 0:
        raise BadInput("progress.share_of_nothing", field=key)
    if amount.numerator is not None and amount.denominator is None and of_sums:
        raise BadInput("progress.half_a_share", field=key)


def checked_days(key: str, days: Iterable[date | None], today: date) -> None:
    """Raises BadInput for a day to come."""
    for day in days:
        if day is not None and day > today:
            raise BadInput("progress.day_to_come", field=key, day=day.isoformat())


def fields_of(keys: Iterable[str]) -> set[str]:
    """What a remark may speak of: the fields of an item and its indicators (I3)."""
    return {"progress", *MOST_WORDS, "helper", "evidence", *keys}


def joined(own: str, others: Iterable[tuple[str, str]], most: int) -> str:
    """One's own words with what others said, a line for each (name, words); what stands there already stays
    once. What is too long for the field is cut: the whole stands with who said it.
    """
    lines = [own] if own.strip() else []
    for name, words in others:
        line = f"{name}：{words}"
        if words.strip() and line not in own:
            lines.append(line)
    text = "\n".join(lines)
    return text if len(text) <= most else f"{text[: most - 1]}…"
