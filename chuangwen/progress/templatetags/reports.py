"""How reports are worded on their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.kit.formats import MISSING, number, quantity
from chuangwen.kit.http import Words, words_for
from chuangwen.plans.queries import IndicatorRow
from chuangwen.plans.words import accrual_words
from chuangwen.progress import doubt_words
from chuangwen.progress.forms.reports import JUDGED
from chuangwen.progress.queries.cards import Awaited, Card, Line, shown, typed_number
from chuangwen.progress.queries.locks import Lock
from chuangwen.progress.rules.filling import Gap

if TYPE_CHECKING:
    from chuangwen.progress.models import Evidence

register = template.Library()

GAPS: dict[str, str | Promise] = {
    "progress.say_how_it_stands": _("Say how it stands."),
    "progress.say_what_is_stuck": _("Say in a sentence what is stuck."),
    "progress.say_value_or_why": _("Give the number, or say in a few words why there is none."),
    "progress.say_why_it_is_so": _("Correct it, or say in a few words why it is so."),
}
CHOICES: dict[str, str | Promise] = {
    "waits": _("waits for me"),
    "handed_in": _("all that is handed in"),
    "returned": _("returned"),
    "confirmed": _("confirmed"),
}
LACKS: dict[str, str | Promise] = {"number": _("number"), "date": _("day"), "file": _("file")}
FIELDS: dict[str, str | Promise] = {
    "progress": _("How the task stands"),
    "done_words": _("What has been done"),
    "stuck_words": _("What is stuck"),
    "helper": _("Who must help"),
    "next_step": _("Next step"),
    "evidence": _("Files"),
}


@register.filter
def locked(lock: Lock) -> Words:
    """Why nothing can be typed, and what to do."""
    return words_for(NotAllowedNow(lock.code, **lock.params))


@register.filter
def still(gap: Gap) -> str:
    """What must still be said."""
    return str(GAPS[gap.code])


@register.filter
def proves_in(evidence: Evidence, card: Card) -> str:
    """The indicator that a file proves, by its name."""
    names = {line.entry.indicator_id: line.row.name for line in card.lines}
    return names.get(evidence.indicator_id or 0, "")


@register.filter
def counted(row: IndicatorRow) -> str:
    """What a value of the indicator counts."""
    return accrual_words(row.accrual)


@register.filter
def doubt(found: Mapping[str, Any], row: IndicatorRow) -> str:
    return doubt_words.sentence(found, row.unit_of_measure, row.accrual)


@register.filter
def answers(found: Mapping[str, Any]) -> list[str]:
    return [str(answer) for answer in doubt_words.answers(found)]


@register.filter
def judged(word: str) -> str:
    """What a person decided in words, or the class that was reached."""
    return str(JUDGED.get(word, word))


@register.filter
def given(line: Line) -> str:
    """What is given of an indicator now."""
    entry = line.entry
    return _said(entry.words, line.amount, entry.numerator, entry.denominator, line.row)


@register.filter
def given_now(line: Line) -> str:
    """What counts of it now."""
    value = line.value
    if value is None:
        return MISSING
    amount = shown(value.numerator, value.denominator, line.row.unit_of_measure)
    return _said(value.words, amount, value.numerator, value.denominator, line.row)


@register.filter
def given_last(line: Line) -> str:
    """What was given last time."""
    last = line.last
    return (
        _said(last.words, line.last_amount, last.numerator, last.denominator, line.row) if last else MISSING
    )


def _said(
    words: str, amount: Decimal | None, numerator: int | None, denominator: int | None, row: IndicatorRow
) -> str:
    """A share with what it is a share of: 90 % (9/10)."""
    if words:
        return judged(words)
    said = quantity(amount, row.unit_of_measure)
    if denominator is None:
        return said
    return f"{said} ({number(typed_number(numerator))}/{number(typed_number(denominator))})"


@register.filter
def field_words(name: str, lines: Iterable[Line]) -> str:
    """What a remark speaks of: a field of the task, or one of its indicators."""
    named = {line.key: line.row.name for line in lines}
    return named.get(name) or str(FIELDS.get(name, name))


@register.filter
def without_sign(amount: Decimal) -> Decimal:
    return abs(amount)


@register.filter
def typed(millionths: int | None) -> str:
    """One of the numbers of an amount, as it was typed."""
    return number(typed_number(millionths))


@register.filter
def at(found: Mapping[str, Any] | None, name: str) -> Any:
    """What stands under a name that a variable holds; "" where nothing does."""
    return (found or {}).get(name, "")


@register.filter
def choice_words(state: str) -> str:
    """A choice of the list that is looked over."""
    return str(CHOICES[state])


@register.filter
def lacks(awaited: Awaited) -> str:
    """What a document to be issued still needs."""
    return "、".join(str(LACKS[name]) for name in awaited.lacks)
