"""Stages of a plan by the day they end on."""

from __future__ import annotations

from datetime import date

from chuangwen.plans.queries import Commitments, target_day

from ..rules.rhythm import Span, stage_spans


def stage_ends(promises: Commitments) -> list[tuple[str, date]]:
    """(title, last day) of stages with a deadline, in order; the first title where two end on one day."""
    ends: dict[date, str] = {}
    for row in promises.stages:
        day = target_day(row.deadline)
        if day is not None:
            ends.setdefault(day, row.title)
    return [(title, day) for day, title in sorted(ends.items())]


def stages_of(promises: Commitments) -> list[Span]:
    """The stages themselves, from the beginning of the plan."""
    return stage_spans(promises.begins, [day for _title, day in stage_ends(promises)])
