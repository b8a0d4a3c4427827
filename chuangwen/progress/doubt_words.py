"""What is doubted of a number that somebody types, and the likeliest answers: each is one tap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.series.kinds import Accrual
from chuangwen.kit import formats

from .rules.amounts import decimal

SENTENCES: dict[str, str | Promise] = {
    "beyond_whole": _("%(value)s is more than the whole, %(most)s"),
    "below_zero": _("%(value)s is less than nothing"),
    "total_shrank": _("%(value)s in all is less than the %(before)s given on %(on)s"),
    "total_exceeds_later": _("%(value)s in all is more than the %(after)s given later, on %(on)s"),
    "jumped": _("A change of %(step)s, where %(usual)s is usual"),
    "denominator_changed": _("What it is a share of was %(before)s on %(on)s, and is %(denominator)s now"),
}
PACE = _("%(step)s a day, where %(usual)s is usual")
TOTALS = {Accrual.YEAR_TO_DATE, Accrual.PLAN_TO_DATE}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TRUE, CORRECTED, OTHER_WHOLE = (
    _("It is true"),
    _("Too much was given before"),
    _("What it is a share of has changed"),
)
ANSWERS: dict[str, tuple[str | Promise, ...]] = {
    "beyond_whole": (TRUE, OTHER_WHOLE),
    "below_zero": (TRUE, CORRECTED),
    "total_shrank": (CORRECTED, TRUE),
    "total_exceeds_later": (TRUE,),
    "jumped": (TRUE, OTHER_WHOLE),
    "denominator_changed": (OTHER_WHOLE, TRUE),
}


def sentence(doubt: Mapping[str, Any], unit_of_measure: str, accrual: str) -> str:
    """A doubt as it was stored, in words; a running total jumps by its pace."""
    code, params = str(doubt["code"]), doubt["params"]
    words = PACE if code == "jumped" and accrual in TOTALS else SENTENCES[code]
    unit = "" if code == "denominator_changed" else unit_of_measure
    return str(words) % {name: _shown(text, unit) for name, text in params.items()}


def answers(doubt: Mapping[str, Any]) -> tuple[str | Promise, ...]:
    """What a person is likeliest to say to it."""
    return ANSWERS[str(doubt["code"])]


def _shown(text: str, unit: str) -> str:
    if DAY.fullmatch(text):
        return formats.day(date.fromisoformat(text))
    return formats.quantity(decimal(Fraction(text), places=2), unit)
