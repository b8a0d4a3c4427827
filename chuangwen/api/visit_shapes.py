"""What goes in and out of visits. `rule` and `data` are those of `cores.scoring.kinds`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from .shapes import Body, Shape, Version, sentence


class VisitLineOut(Shape):
    """A visit of the seat's teams. `slot_from` and `slot_until` None: any time."""

    id: int
    version: int
    round_id: int
    round: str
    state: str
    point_number: str
    point_name: str
    point_type: str
    unit_id: int
    turn: int
    slot_from: datetime | None
    slot_until: datetime | None
    visited_at: datetime | None
    remark: str


class ItemToMarkOut(Shape):
    """`data` None: not answered yet. `photos` counts those that are there."""

    item: str
    number: str
    title: str
    kind: str
    rule: dict[str, Any]
    critical: str
    photos_least: int
    requires_reason: bool
    data: dict[str, Any] | None
    note: str
    photos: int


class VisitOut(VisitLineOut):
    items: list[ItemToMarkOut]


class PhotoIn(Body):
    """`data`: a JPEG, PNG or WebP file in base64."""

    name: Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")]
    data: Annotated[str, Field(max_length=5_000_000, pattern=r"^[A-Za-z0-9+/]+={0,2}$")]


class MarkIn(Body):
    item: Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[\w.-]+$")]
    data: dict[str, Any]
    note: str = sentence(500)
    photos: list[PhotoIn] = Field([], max_length=20)


class VisitIn(Body):
    """What was found of every item of the point: all of it is taken, or nothing."""

    version: Version
    visited_at: AwareDatetime
    remark: str = sentence(500)
    marks: list[MarkIn] = Field(max_length=500)
