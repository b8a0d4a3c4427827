from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from . import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs: the actor (None before signing in) and the rail."""
    actor = getattr(request, "actor", None)
    view = request.resolver_match.view_name if request.resolver_match else ""
    rail = (
        [(part, [_shown(entry, view) for entry in entries]) for part, entries in menu.parts_for(actor)]
        if actor
        else []
    )
    return {"actor": actor, "rail": rail, "view_name": view}


def _shown(entry: menu.Entry, view: str) -> dict[str, Any]:
    return {"title": entry.title, "href": reverse(entry.url), "lit": view.startswith(entry.lit)}
