"""Panels that an upper room shows on a lower room's page: the lower page names the slot and knows no more."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

Panel = Callable[[HttpRequest, Any], SafeString]

_PANELS: dict[str, list[Panel]] = {}


def fill(slot: str, panel: Panel) -> None:
    """Show `panel(request, subject)` in `slot` ("orgs.unit"). Called in `apps.py`; "" shows nothing."""
    _PANELS.setdefault(slot, []).append(panel)


def panels(slot: str, request: HttpRequest, subject: object) -> list[SafeString]:
    return [panel(request, subject) for panel in _PANELS.get(slot, [])]
