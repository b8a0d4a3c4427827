from typing import Any

from django.http import HttpRequest

from . import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs: the actor (None before signing in) and the rail."""
    actor = getattr(request, "actor", None)
    view = request.resolver_match.view_name if request.resolver_match else ""
    return {"actor": actor, "rail": list(menu.parts_for(actor)) if actor else [], "view_name": view}
