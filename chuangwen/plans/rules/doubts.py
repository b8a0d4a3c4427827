"""Which doubts a draft cannot be confirmed with, and what an answer about time means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chuangwen.cores.reading.doubts import DAMAGE
from chuangwen.cores.reading.doubts_time import NO_DEADLINE

from .deadlines import DEADLINE
from .from_reading import TOO_LONG

SENTENCE_END = re.compile("[。；;\n]")
PART_OF_A_DATE = re.compile(r"[\d年今去明当每本该]$")


def blocks(code: str) -> bool:
    """Whether the doubt tells of damage: what was lost must be looked up before the plan is confirmed."""
    return code in DAMAGE or code == TOO_LONG


def meant_deadline(answer: str, options: Sequence[str]) -> str | None:
    """The deadline that an offered answer sets, "" where it says that there is none; None: not about time."""
    if answer not in options:
        return None
    if answer == NO_DEADLINE:
        return ""
    return answer if DEADLINE.fullmatch(answer) else None


def replaceable(deadline: str, options: Sequence[str]) -> bool:
    """Whether a target's deadline may follow the answer: it has none, or the one that the words can mean."""
    years = [option for option in options if option != NO_DEADLINE]
    return not deadline or years == [deadline]


def reaches(text: str, words: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches that the doubtful words govern: from each place of `words` to the end of its sentence.

    [start, end) is the place of the doubt itself; words that belong to a full date elsewhere are passed over.
    """
    places = [(start, end)]
    at = text.find(words, end) if words else -1
    while at >= 0:
        if not PART_OF_A_DATE.search(text[max(at - 1, 0) : at]):
            places.append((at, at + len(words)))
        at = text.find(words, at + len(words))
    stops = (SENTENCE_END.search(text, after) for _, after in places)
    return [
        (first, stop.start() if stop else len(text)) for (first, _), stop in zip(places, stops, strict=True)
    ]
