"""Part scores and adjustments of a round. Nobody is asked who looks: check that before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from ..models import Adjustment, PartScore, Round


def parts_of_round(found: Round) -> QuerySet[PartScore]:
    rows = PartScore.objects.filter(round_unit__round=found).select_related("round_unit__unit")
    return rows.order_by("round_unit__unit__path", "method", "node")


def adjustments_of(found: Round) -> QuerySet[Adjustment]:
    rows = Adjustment.objects.filter(round_unit__round=found).select_related("round_unit__unit")
    return rows.order_by("round_unit__unit__path", "pk")


def one_part_of(found: Round, number: str) -> dict[str, Any]:
    """What a form begins with; empty where there is no such part score."""
    rows = parts_of_round(found)
    one = rows.filter(pk=int(number[:18])).first() if number.isascii() and number.isdecimal() else None
    if one is None:
        return {}
    return {
        "unit_id": one.round_unit.unit_id,
        "method": one.method,
        "score": Decimal(one.nano) / 10**7,
        "n": one.n,
        "se": None if one.se_nano is None else Decimal(one.se_nano) / 10**7,
        "source": one.source,
        "version": one.version,
    }
