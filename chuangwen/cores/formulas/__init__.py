"""Formulas of computed indicators: a small language, read, unit-checked and computed exactly, never `eval`.

    from chuangwen.cores.formulas import check, evaluate, parse
    formula = parse("占比(I3、I4)")
    check(formula, {Reference("I3"): Measure("座"), Reference("I4"): Measure("座")})  # Measure("%")
    evaluate(formula, look_up)  # a Value, or a Missing that says why there is none

Shelves, lowest first: `model` < `text` < `parsing`, `units`, `ordering` < `computing`. The language stands in
docs/reference/formulas.md.
"""

from chuangwen.cores.formulas.computing import evaluate
from chuangwen.cores.formulas.model import (
    BadFormula,
    Expression,
    Input,
    Measure,
    Missing,
    Outcome,
    Period,
    Reference,
    UsedInput,
    Value,
    references,
)
from chuangwen.cores.formulas.ordering import order
from chuangwen.cores.formulas.parsing import parse
from chuangwen.cores.formulas.text import PART_CODES, Part, in_words, to_text
from chuangwen.cores.formulas.units import check

__all__ = [
    "PART_CODES",
    "BadFormula",
    "Expression",
    "Input",
    "Measure",
    "Missing",
    "Outcome",
    "Part",
    "Period",
    "Reference",
    "UsedInput",
    "Value",
    "check",
    "evaluate",
    "in_words",
    "order",
    "parse",
    "references",
    "to_text",
]
