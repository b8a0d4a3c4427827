"""Files that a unit has handed in already: rooms tell of theirs, and who asks for papers offers them first.

A room registers in `apps.py`. What is offered is for the staff of that unit: who shows it checks who looks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Paper:
    """`key` names it for good ("progress.evidence:12"); `caption` says in words what it was handed in for.

    `day` is the day that the file says of itself, else the day it came. Its bytes are in `kit.files`.
    """

    key: str
    name: str
    sha256: str
    caption: str
    day: date


Read = Callable[[int], Iterable[Paper]]  # by the id of a unit

_READS: list[Read] = []


def register(read: Read) -> None:
    _READS.append(read)


def of_unit(unit_id: int) -> list[Paper]:
    """Newest first; a file that was handed in twice once, as it was last."""
    found = sorted(
        (paper for read in _READS for paper in read(unit_id)), key=lambda one: one.day, reverse=True
    )
    return list({one.sha256: one for one in reversed(found)}.values())[::-1]
