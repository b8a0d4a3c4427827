"""Reads: rounds and their progress, frames and draws, visits and agreement."""

from .frames import public_files

__all__ = ["public_files"]
