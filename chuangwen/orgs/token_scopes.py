"""What a token may be allowed: rooms name scopes in `apps.py`; the interface for programs asks for them."""

from collections.abc import Mapping

from django.utils.functional import Promise

_SCOPES: dict[str, str | Promise] = {}


def add(scopes: Mapping[str, str | Promise]) -> None:
    """Offer scopes: code ("plans:read") → lazy words for what it allows."""
    _SCOPES.update(scopes)


def offered() -> dict[str, str | Promise]:
    return dict(_SCOPES)
