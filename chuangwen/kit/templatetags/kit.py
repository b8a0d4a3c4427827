"""Tags and filters of every template (built in: no `load` is needed). The page /kit/ shows each of them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.db import models
from django.forms import BoundField
from django.template.context import RequestContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chuangwen.kit import audit, formats, masking, slots
from chuangwen.kit.models import AuditEntry

register = template.Library()

LAMPS = {"go", "near", "late", "none"}
SLIPS = {"blue", "yellow", "red"}
HISTORY_ROWS = 20
PATH_BAR = (
    '<svg class="path-bar {}" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label="{}">'
    '<rect class="way" y="4" width="100" height="8"/>'
    '<rect class="is" y="4" width="{}" height="8"/>{}</svg>'
)


@register.filter
def number(value: Decimal | int | None) -> str:
    return formats.number(value)


@register.filter
def quantity(value: Decimal | int | None, unit: str) -> str:
    return formats.quantity(value, unit)


@register.filter
def day(value: date | None) -> str:
    return formats.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    return formats.moment(value)


@register.filter
def deadline(value: str) -> str:
    return formats.deadline(value)


@register.filter
def masked(value: str | None) -> str:
    """138****5678"""
    return masking.masked(value)


@register.filter
def sentence(entry: AuditEntry) -> str:
    return audit.sentence(entry)


@register.filter
def by(entry: AuditEntry) -> str:
    return audit.by(entry)


@register.simple_tag
def lamp(state: str, word: str) -> SafeString:
    """A state by colour and word; go (on course), near (due soon), late (past due), none (no data)."""
    return format_html('<span class="lamp {}">{}</span>', _one_of(state, LAMPS), word)


@register.simple_tag
def slip(colour: str, word: str) -> SafeString:
    return format_html('<span class="slip {}">{}</span>', _one_of(colour, SLIPS), word)


@register.simple_tag
def chip(word: str, kind: str = "") -> SafeString:
    """A small label; must (mandatory) has a dark edge, try (stretch) a dashed one."""
    return format_html('<span class="chip {}">{}</span>', kind, word)


@register.simple_tag
def path_bar(reached_pct: Decimal | int, due_pct: Decimal | int | None, state: str, words: str) -> SafeString:
    """What is reached of the target, with a tick at what is due today; `words` says it to a reader."""
    due = "" if due_pct is None else format_html('<path class="due" d="M{} 0V16"/>', _within(due_pct))
    return format_html(PATH_BAR, _one_of(state, LAMPS), words, _within(reached_pct), due)


@register.simple_tag
def progress(done: int, total: int, words: str) -> SafeString:
    bar = format_html('<progress value="{}" max="{}" aria-label="{}"></progress>', done, max(total, 1), words)
    return format_html('<div class="progress">{}<span>{} {} / {}</span></div>', bar, words, done, total)


@register.inclusion_tag("kit/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field with its label, help and errors tied to it."""
    return {"field": bound}


@register.inclusion_tag("kit/_history.html")
def history(subject: models.Model) -> dict[str, Any]:
    """What was done to `subject`, in words, the latest first."""
    return {"entries": audit.history(subject, HISTORY_ROWS)}


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, subject: object) -> SafeString:
    """The panels that upper rooms show here."""
    panels = slots.panels(name, context["request"], subject)
    return format_html_join("\n", "{}", ((panel,) for panel in panels))


def _one_of(word: str, known: set[str]) -> str:
    if word not in known:
        raise template.TemplateSyntaxError(f"{word!r} is none of {sorted(known)}")
    return word


def _within(share_pct: Decimal | int) -> Decimal | int:
    return min(max(share_pct, 0), 100)
