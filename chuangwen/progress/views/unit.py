"""One unit in a plan that is followed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from chuangwen.kit import clock
from chuangwen.orgs.actors import Request

from .. import queries
from .drawing import trend_chart
from .pages import plan_page

TRENDS_AT_ONCE = 12


@require_GET
def unit(request: Request, plan_id: int, unit_id: int) -> HttpResponse:
    """Its indicators beside its peers, what it leads, its tasks and reports; no league table."""
    found = queries.unit_page(request.actor, plan_id, unit_id, clock.now(), clock.today())
    page = Paginator(found.own, TRENDS_AT_ONCE).get_page(request.GET.get("page"))
    trends = [(trend, trend_chart(trend)) for trend in found.trends(list(page.object_list))]
    return plan_page(
        request, "progress/unit.html", found.following, "unit", found=found, page=page, trends=trends
    )
