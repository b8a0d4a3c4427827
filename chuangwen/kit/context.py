from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import clock, menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs: the actor (None before signing in), the seats to choose from and the rail.

    A guest has a link and no account: neither rail nor sign-in are for them. Nor has one a rail for whom
    only one page is open, since it would lead nowhere else.
    """
    guest = getattr(request, "guest", False)
    actor = None if guest else getattr(request, "actor", None)
    view = request.resolver_match.view_name if request.resolver_match else ""
    rail = list(menu.parts_for(actor, view)) if actor and not getattr(request, "confined", False) else []
    seats = getattr(request, "seats", [])
    frame = {"actor": actor, "rail": rail, "view_name": view, "seats_to_choose": seats, "guest": guest}
    return frame | {"test_day": clock.today() if settings.TODAY_SHIFT else None}
