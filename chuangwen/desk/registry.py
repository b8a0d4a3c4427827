"""What can be asked: each room names its kinds in `apps.py` and gives their subjects titles and addresses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from chuangwen.cores.worktime import TimeUnit
from chuangwen.orgs.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One thing that a room asks.

    `words` says it without naming the subject. `titles` names, at once, the subjects that the actor may see;
    one left out stays nameless. `by_hand`: may be marked done at the desk, where nothing else shows
    that it was done. `allowance` None: no deadline unless the ask gives one.
    """

    code: str
    words: str | Promise
    titles: Callable[[Actor, Collection[int]], Mapping[int, str]]
    url: Callable[[int], str]
    by_hand: bool = False
    allowance: int | None = None
    time_unit: TimeUnit = TimeUnit.WORKING_DAYS
    minutes: int = 0
    photos: int = 0


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.code] = kind


def kinds() -> list[Kind]:
    """Everything that can be asked, in the order of the rooms."""
    return list(_KINDS.values())


def kind(code: str) -> Kind:
    """Raises LookupError for a kind that no room has named."""
    return _KINDS[code]
