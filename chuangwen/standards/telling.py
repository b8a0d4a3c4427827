"""Trees in words: what a fault is, what another version changes, what an item asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import parse_rule
from chuangwen.kit.http import words_for

from .exchange.incoming import CellError
from .models import CRITICAL, DEADLINE_CLASSES, LEVELS, METHODS, SEVERITIES, SUMS
from .rules.checks import Fault
from .rules.differences import Change
from .rules.rule_text import decimal, rule_to_text
from .rules.tree import ItemRow
from .rules.words import MILLI, NANO
from .wording import FAULTS, ITEM_KINDS

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

FIELDS: dict[str, str | Promise] = {
    "level": gettext_lazy("Level"),
    "number": gettext_lazy("Number"),
    "title": gettext_lazy("Title"),
    "weight_milli": gettext_lazy("Weight"),
    "method": gettext_lazy("Method"),
    "evidence": gettext_lazy("What is to be filed"),
    "unit_ids": gettext_lazy("Responsible units"),
    "kind": gettext_lazy("Kind of item"),
    "rule": gettext_lazy("Rule"),
    "critical": gettext_lazy("Critical"),
    "cap_nano": gettext_lazy("Caps the point at"),
    "photos_least": gettext_lazy("Photos at least"),
    "severity": gettext_lazy("Severity of a fault"),
    "deadline_class": gettext_lazy("To be put right"),
    "requires_reason": gettext_lazy("Reason where it does not apply"),
    "under": gettext_lazy("Stands under"),
    "types": gettext_lazy("Point types"),
    "sums": gettext_lazy("Where weights must add up"),
    "total_milli": gettext_lazy("Total of the first level"),
}
HOWS: dict[str, str | Promise] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
}
_CODES: dict[str, Mapping[Any, str | Promise]] = {
    "level": LEVELS,
    "method": METHODS,
    "kind": ITEM_KINDS,
    "critical": CRITICAL,
    "severity": SEVERITIES,
    "deadline_class": DEADLINE_CLASSES,
    "sums": SUMS,
}


@dataclass(frozen=True)
class FaultLine:
    """`title` names the place; `node_id` is where the tree is opened, None at the top."""

    title: str
    what: str
    node_id: int | None


@dataclass(frozen=True)
class ChangeLine:
    how: str
    title: str
    what: str
    before: str
    after: str


RULE_FIELDS: dict[str, str | Promise] = {
    "each_milli": gettext_lazy("Deducts each"),
    "weight_milli": gettext_lazy("Is worth"),
    "share_milli": gettext_lazy("Share"),
    "value": gettext_lazy("Bound"),
    "title": gettext_lazy("Title"),
    "key": gettext_lazy("Code"),
    "n": gettext_lazy("How many are asked"),
    "least": gettext_lazy("How many are seen at least"),
    "unit": gettext_lazy("Unit of measure"),
    "comparator": gettext_lazy("The value is"),
    "floor_milli": gettext_lazy("Not below"),
    "met_from_milli": gettext_lazy("Counts as met from"),
    "faults": gettext_lazy("Fault"),
    "grades": gettext_lazy("Grade"),
    "steps": gettext_lazy("Steps"),
    "parts": gettext_lazy("Part"),
}


def place_words(field: str) -> str:
    """Where in a rule: "faults.2.each_milli" → Fault, line 2, Deducts each."""
    words = (
        _("line %(n)s") % {"n": part} if part.isdecimal() else str(RULE_FIELDS.get(part, part))
        for part in field.split(".")
    )
    return "·".join(words)


def refused_words(error: BadInput) -> str:
    """What of a rule or a cell cannot be taken."""
    params = dict(error.params)
    if error.code.startswith("scoring.rule_"):
        params["field"] = place_words(str(params.get("field", "")))
        return str(FAULTS[error.code]) % params
    return str(words_for(error).happened)


def fault_line(fault: Fault) -> FaultLine:
    params = {
        name: decimal(value) if name in {"total", "wanted"} else value for name, value in fault.params.items()
    }
    if "field" in params:
        params["field"] = place_words(str(params["field"]))
    place = fault.item or fault.node
    title = f"{place.number} {place.title}".strip() if place else _("The first level")
    node_id = fault.item.node_id if fault.item else fault.node.id if fault.node else None
    return FaultLine(title, str(FAULTS[fault.code]) % params, node_id)


def cell_line(error: CellError) -> tuple[str, str]:
    """Sheet and cell, and what is wrong there."""
    return error.place, refused_words(BadInput(error.code, **error.params))


def change_lines(change: Change, units: Mapping[int, Unit]) -> list[ChangeLine]:
    """One line for each field that changed; one for what was added or removed."""
    place = change.item or change.node
    title = f"{place.number} {place.title}".strip() if place else _("The whole system")
    how = str(HOWS[change.how])
    if not change.fields:
        return [ChangeLine(how, title, "", "", "")]
    kinds = change.fields.get("kind", (change.item.kind,) * 2 if change.item else ("", ""))
    lines = []
    for name, pair in change.fields.items():
        before, after = (
            _rule(kind, value) if name == "rule" else value_words(name, value, units)
            for kind, value in zip(kinds, pair, strict=True)
        )
        lines.append(ChangeLine(how, title, str(FIELDS[name]), before, after))
    return lines


def value_words(name: str, value: Any, units: Mapping[int, Unit]) -> str:
    """What a field says; a dash for nothing."""
    if name in _CODES:
        return str(_CODES[name].get(value, value)) if value else "—"
    word: Callable[[Any], str] = _WORDS.get(name, str)
    if name == "unit_ids":
        return "、".join(str(units.get(one, one)) for one in value) or "—"
    return word(value) if value not in (None, "", ()) else "—"


_WORDS: dict[str, Callable[[Any], str]] = {
    "weight_milli": decimal,
    "total_milli": decimal,
    "cap_nano": lambda value: decimal(value * MILLI // NANO),
    "requires_reason": lambda value: _("yes") if value else _("no"),
    "types": "、".join,
}


def rule_words(item: ItemRow) -> str:
    """What the item asks, as a table of the system says it; "" where there is no rule, or nothing to say."""
    return _rule(item.kind, item.rule)


def _rule(kind: str, rule: Any) -> str:
    try:
        return rule_to_text(parse_rule(kind, rule)) if rule is not None else ""
    except BadInput:
        return ""
