"""What is written into a draft: values of a node and of an item, before they are rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chuangwen.cores.errors import BadInput

from .words import NANO, Critical, DeadlineClass, Level, Method, Severity

RANKS = {Level.CATEGORY: 0, Level.CONTENT: 1, Level.STANDARD: 2}
MOST_PHOTOS = 20
MOST_WEIGHT_MILLI = 1_000_000


@dataclass(frozen=True, kw_only=True)
class NodeValues:
    level: Level
    title: str
    number: str = ""
    weight_milli: int = 1000
    method: Method | str = ""
    evidence: str = ""
    unit_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemValues:
    """`rule` None: nobody wrote it yet."""

    title: str
    kind: str
    rule: Any = None
    number: str = ""
    weight_milli: int = 1000
    critical: Critical | str = ""
    cap_nano: int | None = None
    photos_least: int = 0
    severity: Severity | str = Severity.LIGHT
    deadline_class: DeadlineClass | str = DeadlineClass.THREE_DAYS
    requires_reason: bool = True
    type_ids: tuple[int, ...] = ()


def check_node(values: NodeValues, above: list[Level]) -> None:
    """`above` are the levels of what it stands under, the first level first.

    Raises BadInput: standards.title_missing, standards.level_order, standards.weight_too_big.
    """
    if not values.title.strip():
        raise BadInput("standards.title_missing")
    if not 0 <= values.weight_milli <= MOST_WEIGHT_MILLI:
        raise BadInput("standards.weight_too_big")
    if not may_stand(values.level, above):
        raise BadInput("standards.level_order")


def may_stand(level: Level, above: list[Level]) -> bool:
    """Categories stand at the top, contents under categories, standards under either; groups anywhere below.

    Nothing but groups stands inside a standard.
    """
    if level == Level.GROUP:
        return bool(above)
    if level == Level.CATEGORY:
        return not above
    if not above or Level.STANDARD in above:
        return False
    return max(RANKS[one] for one in above if one in RANKS) < RANKS[level]


def check_item(values: ItemValues) -> None:
    """Raises BadInput: standards.title_missing, standards.cap_missing, standards.photos, ….weight_too_big."""
    if not values.title.strip():
        raise BadInput("standards.title_missing")
    if not 0 <= values.weight_milli <= MOST_WEIGHT_MILLI:
        raise BadInput("standards.weight_too_big")
    capped = values.cap_nano is not None and 0 <= values.cap_nano <= NANO
    if (values.critical == Critical.CAP) != (values.cap_nano is not None) or (
        values.critical == Critical.CAP and not capped
    ):
        raise BadInput("standards.cap_missing")
    if not 0 <= values.photos_least <= MOST_PHOTOS:
        raise BadInput("standards.photos", most=MOST_PHOTOS)
