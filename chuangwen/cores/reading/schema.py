"""A Reading as JSON: a versioned superset of the annotation schema (docs/reference/reading-json.md)."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from chuangwen.cores.reading.doubts import WORDS
from chuangwen.cores.reading.model import Indicator, Reading, Span, Task

SCHEMA = "chuangwen.reading/1"


def reading_json(reading: Reading) -> dict[str, Any]:
    """The reading as lists and dictionaries. Values are int or, with a fraction, float of what is printed."""
    heading = reading.heading
    return {
        "schema": SCHEMA,
        "text": {
            "characters": len(reading.text),
            "sha256": hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest(),
        },
        "document": {
            "title": heading.title,
            "city": heading.city,
            "kind": heading.kind,
            "issued": heading.issued,
            "period": list(heading.period) if heading.period else None,
            "goals": [goal.title for goal in reading.goals],
        },
        "goals": [
            {
                "title": goal.title,
                "strength": goal.strength,
                "jurisdictions": list(goal.jurisdictions),
                "year": goal.year,
                **_place(reading, goal.span),
            }
            for goal in reading.goals
        ],
        "actions": [
            {"number": program.number, "title": program.title, **_place(reading, program.title_span)}
            for program in reading.programs
        ],
        "tasks": [_task(reading, task) for task in reading.tasks],
        "indicators": [
            _indicator(reading, indicator) for indicator in reading.indicators if indicator.value is not None
        ],
        "conditions": [
            {"words": indicator.words, **_indicator(reading, indicator)}
            for indicator in reading.indicators
            if indicator.value is None
        ],
        "stages": [
            {
                "title": stage.title,
                "deadline": stage.deadline,
                "goals": [{"title": goal.title, **_place(reading, goal.span)} for goal in stage.goals],
                **_place(reading, stage.span),
            }
            for stage in reading.stages
        ],
        "rhythm": [
            {"period": beat.period, "duty": beat.duty, **_place(reading, beat.span)}
            for beat in reading.rhythm
        ],
        "mechanisms": [
            {"name": mechanism.name, **_place(reading, mechanism.span)} for mechanism in reading.mechanisms
        ],
        "announced": [
            {"what": said.what, "count": said.count, "found": said.found, **_place(reading, said.span)}
            for said in reading.announced
        ],
        "doubts": [
            {
                "code": doubt.code,
                "why": WORDS[doubt.code].format(**doubt.params),
                "options": list(doubt.options),
                **_place(reading, doubt.span),
            }
            for doubt in reading.doubts
        ],
        "left_out": [{"code": piece.code, **_place(reading, piece.span)} for piece in reading.left_out],
    }


def _place(reading: Reading, span: Span) -> dict[str, Any]:
    return {"quote": reading.quote(span), "start": span.start, "end": span.end}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _task(reading: Reading, task: Task) -> dict[str, Any]:
    names = {
        role: [a.name for a in task.assignments if a.role == role] for role in ("leader", "lead", "member")
    }
    return {
        "number": task.number,
        "title": task.title,
        "action": None if task.program is None else reading.programs[task.program].title,
        "action_index": task.program,
        "lead_leader": "、".join(names["leader"]) or None,
        "lead_units": names["lead"],
        "member_units": names["member"],
        "deadline": task.deadline,
        "assignments": [
            {"role": a.role, "name": a.name, **_place(reading, a.span)} for a in task.assignments
        ],
        "measures": [{"title": m.title, **_place(reading, m.span)} for m in task.measures],
        "start": task.span.start,
        "end": task.span.end,
    }


def _indicator(reading: Reading, indicator: Indicator) -> dict[str, Any]:
    baseline = indicator.baseline
    return {
        "name": indicator.name,
        "kind": indicator.kind,
        "comparator": indicator.comparator,
        "value": _number(indicator.value),
        "upper": _number(indicator.upper),
        "unit": indicator.unit,
        "deadline": indicator.deadline,
        "frequency": indicator.frequency,
        "strength": indicator.strength,
        "scope": indicator.scope,
        "traits": [trait.value for trait in indicator.traits],
        "baseline": None
        if baseline is None
        else {
            "words": baseline.words,
            "value": _number(baseline.value),
            "unit": baseline.unit,
            "year": baseline.year,
        },
        "task": None if indicator.task is None else reading.tasks[indicator.task].title,
        "task_index": indicator.task,
        "value_start": indicator.value_span.start,
        "value_end": indicator.value_span.end,
        **_place(reading, indicator.span),
    }
