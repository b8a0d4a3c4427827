"""Reads: a version as a tree for the rooms above, what a city has, what changed."""

from .trees import point_types, published_versions, tree, types_of

__all__ = ["point_types", "published_versions", "tree", "types_of"]
