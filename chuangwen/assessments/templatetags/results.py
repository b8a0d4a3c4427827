"""Scores as they are printed: rounded once, here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chuangwen.cores.scoring.scale import printed
from chuangwen.kit.formats import MISSING

from .. import result_wording
from ..queries.board import Line
from ..rules.filings import Doubt
from ..wording import METHODS

register = template.Library()
METHOD_NAMES: dict[str, str | Promise] = {str(code): name for code, name in METHODS.items()}
RANGE = (
    '<svg class="range-bar" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label="{}">'
    '<rect class="way" y="7" width="100" height="2"/>{}{}</svg>'
)


@register.filter
def points(nano: int | None) -> str:
    """Nano-points of a hundred: 81.23, −1.50"""
    return MISSING if nano is None else printed(nano).replace("-", "−")


@register.filter
def rate(nano: int | None) -> str:
    """Nano of full, as a score of a hundred: 81.23"""
    return MISSING if nano is None else printed(100 * nano)


@register.filter
def pct(nano: int | None) -> str:
    """Nano of full, as whole per cents."""
    return MISSING if nano is None else f"{printed(100 * nano, 0)}%"


@register.filter
def fine(nano: int | None) -> str:
    """What a mark costs, in points of a hundred, to a thousandth."""
    return MISSING if nano is None else printed(100 * nano, 3)


@register.filter
def milli(value: int) -> str:
    """Thousandths of a point."""
    return printed(value * 10**6, 3).rstrip("0").rstrip(".")


@register.filter
def share(value: int) -> str:
    """Thousandths as per cents."""
    return f"{value / 10:g}%"


@register.filter
def of(rows: Mapping[str, Any], key: str) -> Any:
    """What stands under `key`; None where nothing does."""
    return rows.get(key)


@register.filter
def why(code: str) -> str | Promise:
    return result_wording.WITHHELD.get(code, code)


@register.filter
def method_name(code: str) -> str | Promise:
    return METHOD_NAMES.get(code, code)


@register.filter
def role_name(code: str) -> str | Promise:
    return result_wording.ROLES.get(code, code)


@register.filter
def needed_word(code: str) -> str | Promise:
    return result_wording.NEEDED.get(code, code)


@register.filter
def apart_word(code: str) -> str | Promise:
    return result_wording.APART.get(code, code)


@register.filter
def doubt_words(doubt: Doubt) -> str:
    return str(result_wording.DOUBTS[doubt.code]) % {"about": doubt.about}


@register.simple_tag
def range_bar(line: Line, words: str) -> SafeString:
    """The interval as a bar, the score as a tick; the table beside it holds the numbers."""
    bar = (
        ""
        if line.left is None
        else format_html('<rect class="is" x="{}" y="4" width="{}" height="8"/>', line.left, line.width)
    )
    tick = "" if line.at is None else format_html('<path class="due" d="M{} 0V16"/>', line.at)
    return format_html(RANGE, words, bar, tick)
