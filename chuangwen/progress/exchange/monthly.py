"""A unit's table over time: each of its indicators, and what it was in each period."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from chuangwen.kit import formats

from .. import light_words, period_words
from ..queries import Judged, UnitPage
from ..rules.amounts import decimal
from ..rules.rhythm import every_of
from .book import Cell, Column, Sheet, workbook

Span = tuple[date, date]


def monthly(found: UnitPage) -> bytes:
    """Its own indicators, then those of the city that it answers for, each on a sheet that is not empty."""
    sheets = [
        _sheet(found, name, judged)
        for name, judged in (
            (gettext("Its own indicators"), found.own),
            (gettext("Answers for"), found.led),
        )
        if judged
    ]
    return workbook(sheets or [_sheet(found, gettext("Its own indicators"), [])])


def _sheet(found: UnitPage, name: str, judged: list[Judged]) -> Sheet:
    spans: list[Span] = sorted(
        {(point.first_day, point.last_day) for one in judged for point in one.points},
        key=lambda span: (span[1], span[0]),
    )
    head = [
        Column(gettext("Indicator"), 22),
        Column(gettext("Unit of measure"), 8),
        Column(gettext("Target"), 10),
        Column(gettext("Deadline"), 11),
    ]
    periods = [Column(period_words.title(every_of(*span), *span), 10, number=True) for span in spans]
    tail = [
        Column(gettext("Due today"), 9, number=True),
        Column(gettext("Reached"), 9, number=True),
        Column(gettext("State"), 10),
    ]
    return Sheet(
        name=name,
        title=gettext("%(unit)s: progress by period") % {"unit": found.unit.name},
        subtitle=gettext("%(plan)s, as of %(day)s")
        % {
            "plan": found.following.plan_version.title or found.following.plan.title,
            "day": formats.day(found.today),
        },
        columns=[*head, *periods, *tail],
        rows=[_cells(one, spans, found.judge.city_id) for one in judged],
        frozen=1,
    )


def _cells(judged: Judged, spans: list[Span], city: int) -> list[Cell]:
    row, aims, places = judged.promise.row, judged.course.ordered, light_words.places(judged)
    points = {(point.first_day, point.last_day): point for point in judged.points}
    given: list[Cell] = []
    for span in spans:
        point = points.get(span)
        words = point.words if point else ""
        given.append(words or (decimal(point.value(row.unit_of_measure), places) if point else None))
    return [
        row.name,
        row.unit_of_measure,
        light_words.aim(judged),
        light_words.by(aims[-1].by) if aims else "",
        *given,
        decimal(judged.light.due, places),
        decimal(judged.light.reached, places),
        light_words.word(judged) if judged.unit_id == city else light_words.unit_word(judged),
    ]
