"""Writes: points, their chiefs and photos, boundaries, tables brought in."""

from .boundaries import bring_in_boundaries, remove_boundary
from .chiefs import add_chief, end_chief
from .photos import add_photo, remove_photo
from .points import (
    Facts,
    add_point,
    change_point,
    close_point,
    keep_apart,
    merge_points,
    reopen_point,
    resume_point,
    suspend_point,
)
from .tables import bring_in_points

__all__ = [
    "Facts",
    "add_chief",
    "add_photo",
    "add_point",
    "bring_in_boundaries",
    "bring_in_points",
    "change_point",
    "close_point",
    "end_chief",
    "keep_apart",
    "merge_points",
    "remove_boundary",
    "remove_photo",
    "reopen_point",
    "resume_point",
    "suspend_point",
]
