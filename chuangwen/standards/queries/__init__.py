"""Reads: a version as a tree for the rooms above, what a city has, what changed."""

from .negative import negative_lines, occurrences_of
from .negative import reports as negative_reports
from .pages import checklist, outline, system_lines, type_counts, unit_names, versions_of
from .trees import point_types, published_versions, tree, types_of

__all__ = [
    "checklist",
    "negative_lines",
    "negative_reports",
    "occurrences_of",
    "outline",
    "point_types",
    "published_versions",
    "system_lines",
    "tree",
    "type_counts",
    "types_of",
    "unit_names",
    "versions_of",
]
