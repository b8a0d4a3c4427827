"""All values of a plan as CSV, row by row: a city's may be millions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from fractions import Fraction

from django.utils.timezone import localtime
from django.utils.translation import gettext

from chuangwen.orgs.actors import Actor

from .. import access, formula_words
from ..models import Following, Rollup
from ..models.values import ORIGINS
from ..rules.amounts import MICRO, decimal, value_of
from ..rules.states import Origin

AT_ONCE = 5000
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"  # by which spreadsheet programs know UTF-8
_OF_VALUE = (
    "indicator",
    "unit__name",
    "first_day",
    "last_day",
    "revision",
    "current",
    "numerator",
    "denominator",
    "words",
    "missing",
    "as_of",
    "evidence_on",
    "origin",
    "reason",
    "made_at",
)
_OF_ROLLUP = ("indicator", "first_day", "last_day", "numerator", "denominator", "as_of", "have", "expected")


def values(actor: Actor, following: Following) -> Iterator[str]:
    """Lines of CSV: each revision of each value that the actor may see, then what is made from areas."""
    writer = csv.writer(_Line())
    yield MARK + writer.writerow(_head())
    rows = following.plan_version.indicatorversion_rows.values_list(
        "indicator", "indicator__key", "name", "unit_of_measure"
    )
    named = {id_: (key, name, measure) for id_, key, name, measure in rows}
    found = access.visible_values(actor).filter(indicator__in=list(named)).values_list(*_OF_VALUE)
    for row in found.iterator(chunk_size=AT_ONCE):
        yield writer.writerow(_of_value(row, *named[row[0]]))
    rolled = Rollup.objects.filter(indicator__in=list(named)).values_list(*_OF_ROLLUP)
    for row in rolled.iterator(chunk_size=AT_ONCE):
        yield writer.writerow(_of_rollup(row, *named[row[0]], following.plan.jurisdiction.name))


class _Line:
    """What a writer of CSV writes to: `write` gives the line back."""

    def write(self, line: str) -> str:
        return line


def _head() -> list[str]:
    return [
        gettext("Key of the indicator"),
        gettext("Indicator"),
        gettext("Unit"),
        gettext("First day"),
        gettext("Last day"),
        gettext("Revision"),
        gettext("Counts"),
        gettext("Value"),
        gettext("Unit of measure"),
        gettext("Numerator"),
        gettext("Denominator"),
        gettext("In words"),
        gettext("Why it is missing"),
        gettext("Data as of"),
        gettext("Date of the evidence"),
        gettext("Origin"),
        gettext("Reason"),
        gettext("Written at"),
        gettext("Units with a number"),
        gettext("Units expected"),
    ]


def _of_value(row: tuple[object, ...], key: str, name: str, measure: str) -> list[str]:
    (
        _,
        unit,
        first,
        last,
        revision,
        current,
        above,
        below,
        words,
        missing,
        as_of,
        evidence,
        origin,
        why,
        at,
    ) = row
    return [
        *_safe([key, name, str(unit)]),
        *_days(first, last),
        str(revision),
        gettext("yes") if current else gettext("no"),
        *_amounts(above, below, measure),
        *_safe([str(words), formula_words.why_missing(str(missing))]),
        *_days(as_of, evidence),
        str(ORIGINS[Origin(str(origin))]),
        *_safe([str(why)]),
        localtime(at).isoformat(timespec="minutes") if isinstance(at, datetime) else "",
        "",
        "",
    ]


def _of_rollup(row: tuple[object, ...], key: str, name: str, measure: str, city: str) -> list[str]:
    _, first, last, above, below, as_of, have, expected = row
    return [
        *_safe([key, name, city]),
        *_days(first, last),
        "",
        gettext("yes"),
        *_amounts(above, below, measure),
        "",
        "",
        *_days(as_of, None),
        gettext("from the areas"),
        "",
        "",
        str(have),
        str(expected),
    ]


def _amounts(above: object, below: object, measure: str) -> list[str]:
    """The value with its unit, and the two numbers of a ratio; nothing where it is missing."""
    numerator = above if isinstance(above, int) else None
    denominator = below if isinstance(below, int) else None
    value = decimal(value_of(numerator, denominator, measure))
    parts = [] if denominator is None else [numerator, denominator]
    both = [str(decimal(Fraction(one, MICRO))) for one in parts if one is not None]
    return ["" if value is None else f"{value:f}", *_safe([measure]), *(both if len(both) == 2 else ["", ""])]


def _days(*days: object) -> list[str]:
    return [day.isoformat() if isinstance(day, date) else "" for day in days]


def _safe(texts: Iterable[str]) -> list[str]:
    """What people wrote, so that no spreadsheet program takes it for a formula."""
    return [f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text for text in texts]
