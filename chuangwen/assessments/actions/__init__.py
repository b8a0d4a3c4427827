"""Writes: each is one transaction with one audit row."""

from .scoring import score_round

__all__ = ["score_round"]
