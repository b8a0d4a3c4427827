"""What goes out of the results of rounds. Points are of 100, as decimals; None is withheld or not known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from .shapes import Shape

Role = Literal["unit", "lead", "venue"]


class RoundOut(Shape):
    """`covert_until` None: no secret."""

    id: int
    name: str
    state: str
    first_day: date
    last_day: date
    full_area: bool
    system_version_id: int
    method_weights_milli: dict[str, int]
    replies_until: datetime | None
    covert_until: datetime | None


class ScoreOut(Shape):
    """The score of an owner. `score`: with bonus and penalty; `low`, `high`: its 95 % interval; `weighted`:
    of the methods that have a result; `raw`: without weights and caps. `withheld`: why there is no `score`.
    `rank_first` to `rank_last`: where it may stand among its peers. `coverage` is a share of 1.
    """

    unit_id: int
    unit: str
    role: str
    peer_group: str
    score: str | None
    low: str | None
    high: str | None
    weighted: str | None
    raw: str | None
    withheld: list[str]
    missing_methods: list[str]
    rank: int | None
    rank_first: int | None
    rank_last: int | None
    tier: int | None
    tied: bool
    drawn: int
    visited: int
    marks: int
    not_applicable: int
    coverage: str | None


class LostPointOut(Shape):
    """A mark below full. `cost`: what the weighted score would gain with it at full; costs need not add up.
    `worth` is a share of 1; `caps`: a critical item that was not met.
    """

    mark_id: int
    cost: str
    worth: str
    caps: bool
    standard: str
    standard_number: str
    standard_title: str
    item: str
    item_title: str
    point_number: str
    point_name: str
    point_type: str
    unit_id: int
    note: str
    photos: int
    visited_at: datetime | None
    objections: list[str]
