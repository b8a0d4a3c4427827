"""Filters of the pages of systems."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.functional import Promise

from chuangwen.kit import formats
from chuangwen.standards import telling
from chuangwen.standards.models import CRITICAL, DEADLINE_CLASSES, LEVELS, METHODS, SEVERITIES
from chuangwen.standards.rules.rule_text import decimal
from chuangwen.standards.rules.tree import ItemRow, TypeRow
from chuangwen.standards.rules.words import MILLI, NANO
from chuangwen.standards.wording import ITEM_KINDS

register = template.Library()
WORDS: dict[str, Mapping[Any, str | Promise]] = {
    "level": LEVELS,
    "method": METHODS,
    "kind": ITEM_KINDS,
    "critical": CRITICAL,
    "severity": SEVERITIES,
    "deadline": DEADLINE_CLASSES,
}


@register.filter
def weight(value_milli: int) -> str:
    """Thousandths as people write them: 600 → 0.6."""
    return decimal(value_milli)


@register.filter
def nano(value: int | None) -> str:
    """A rate of nano-points as a decimal; "" for none."""
    return "" if value is None else decimal(value * MILLI // NANO)


@register.filter
def worded(code: str, what: str) -> str:
    """The word for a code: `item.kind|worded:"kind"`; "" for none."""
    return str(WORDS[what].get(code, "")) if code else ""


@register.filter
def month(value: date) -> str:
    """2021 年 6 月"""
    return formats.month(value)


@register.filter
def rule(item: ItemRow) -> str:
    return telling.rule_words(item)


@register.filter
def names(type_ids: tuple[int, ...], types: dict[int, TypeRow]) -> str:
    """主干道、次干道"""
    return "、".join(types[one].name for one in type_ids if one in types)
