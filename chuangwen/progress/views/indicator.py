"""One indicator of the city."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from chuangwen.kit import clock
from chuangwen.orgs.actors import Request

from .. import queries
from .drawing import path_chart
from .pages import plan_page

AREAS_AT_ONCE = 50


@require_GET
def indicator(request: Request, plan_id: int, key: str) -> HttpResponse:
    """How it stands, its path, values and forecast, where they come from, and its areas."""
    found = queries.indicator_page(request.actor, plan_id, key, clock.today())
    page = Paginator(found.areas, AREAS_AT_ONCE).get_page(request.GET.get("page"))
    return plan_page(
        request,
        "progress/indicator.html",
        found.following,
        "indicators",
        found=found,
        chart=path_chart(found.judged, found.trace, clock.today()),
        page=page,
        areas=found.area_lines(list(page.object_list)),
    )
