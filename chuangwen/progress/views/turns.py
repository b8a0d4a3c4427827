"""What a beat brings out, turn by turn: computed when it is looked at."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from chuangwen.cores.errors import Hidden
from chuangwen.kit import clock
from chuangwen.orgs.actors import Request

from ..queries.turns import sections_of
from ..queries.turns import turn as turn_of
from .pages import plan_page


@require_GET
def turn(request: Request, plan_id: int, every: str) -> HttpResponse:
    """The turn of `?day=`, for those whom the beat is for."""
    found = turn_of(request.actor, plan_id, every, _day(request), clock.now(), clock.today())
    parts = sections_of(found.beat.produces)
    return plan_page(request, "progress/turn.html", found.following, "periods", found=found, parts=parts)


def _day(request: Request) -> date | None:
    """Raises Hidden for what is no day."""
    text = request.GET.get("day", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Hidden from None
