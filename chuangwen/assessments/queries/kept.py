"""What takes long to find of the scores of a round is found once, and kept until something of it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from ..code_version import code_version
from ..models import Adjustment, Filing, PartScore, Round, UnitScore, Visit
from ..rules.inputs import digest

SECONDS = 24 * 60 * 60
Found = TypeVar("Found")


def kept(found: Round, name: str, find: Callable[[], Found]) -> Found:
    """`find()`, or what it gave before for the same marks, part scores, filings and scoring."""
    key = f"assessments:{found.pk}:{name}:{_stamp(found)}"
    there: Found | None = cache.get(key)
    if there is None:
        there = find()
        cache.set(key, there, SECONDS)
    return there


def _stamp(found: Round) -> str:
    """Another one after each change: marks change with the version of their visit, or, by an objection, with
    a new scoring.
    """
    rows = (
        Visit.objects.filter(round=found),
        PartScore.objects.filter(round_unit__round=found),
        Adjustment.objects.filter(round_unit__round=found),
        Filing.objects.filter(round=found),
    )
    counts = [one.aggregate(Count("pk"), Max("pk"), Sum("version")) for one in rows]
    last = UnitScore.objects.filter(round=found).aggregate(Max("pk"))
    version = Round.objects.values_list("version", flat=True).get(pk=found.pk)
    return digest([code_version(), version, last, counts])[:32]
