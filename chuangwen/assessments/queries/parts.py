"""Part scores and adjustments of a round. Nobody is asked who looks: check that before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from chuangwen.standards.rules.words import Method

from ..models import Adjustment, Filing, PartScore, Round

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit


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


def methods_missing(found: Round) -> list[tuple[Unit, list[str]]]:
    """Units that lack the result of a method which is not marked on points, with those methods. Three
    queries. Material that was asked for is on its way, and is not missing here.
    """
    methods = [name for name, weight in found.method_weights.items() if weight and name != Method.FIELD]
    there = set(PartScore.objects.filter(round_unit__round=found).values_list("round_unit", "method"))
    asked = set(Filing.objects.filter(round=found).values_list("for_unit", flat=True))
    there |= {(unit, Method.MATERIAL.value) for unit in asked}
    rows = [
        (one.unit, [name for name in methods if (one.pk, name) not in there])
        for one in found.units.select_related("unit")
    ]
    return [(unit, lacking) for unit, lacking in rows if lacking]
