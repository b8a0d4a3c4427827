"""Facts about rounds, what was seen in them, and what came of it."""

from .results import (
    Adjustment,
    Cycle,
    LostPoint,
    NodeScore,
    OfficialPart,
    OfficialResult,
    PartScore,
    RoundLock,
    UnitScore,
)
from .rounds import Draw, FramePoint, Round, RoundUnit, Team, TeamMember
from .visits import Filing, FilingFile, Mark, MarkPhoto, Objection, ObjectionFile, Reply, Visit

__all__ = [
    "Adjustment",
    "Cycle",
    "Draw",
    "Filing",
    "FilingFile",
    "FramePoint",
    "LostPoint",
    "Mark",
    "MarkPhoto",
    "NodeScore",
    "Objection",
    "ObjectionFile",
    "OfficialPart",
    "OfficialResult",
    "PartScore",
    "Reply",
    "Round",
    "RoundLock",
    "RoundUnit",
    "Team",
    "TeamMember",
    "UnitScore",
    "Visit",
]
