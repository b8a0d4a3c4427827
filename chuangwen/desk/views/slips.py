"""Supervision slips: the list, the sheet that prints, and the decision."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chuangwen.kit import clock
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import version_of

PAGE_ROWS = 50


@require_GET
def slips(request: Request) -> HttpResponse:
    page = Paginator(queries.slips(request.actor), PAGE_ROWS).get_page(request.GET.get("page"))
    lines = queries.lines(request.actor, [slip.todo for slip in page], clock.now())
    context = {"page": page, "rows": list(zip(page, lines, strict=True))}
    return render(request, "desk/slips.html", context)


@require_GET
def slip(request: Request, slip_id: int) -> HttpResponse:
    found = access.one_slip(request.actor, slip_id)
    (line,) = queries.lines(request.actor, [found.todo], clock.now())
    keeper = access.keeps_desk(request.actor)
    return render(request, "desk/slip.html", {"slip": found, "line": line, "keeper": keeper})


@require_POST
def issue(request: Request, slip_id: int) -> HttpResponse:
    access.slip_to_decide(request.actor, slip_id)
    version = version_of(request.POST)
    actions.issue_slip(actor=request.actor, slip_id=slip_id, version=version, now=clock.now())
    return redirect("desk:slip", slip_id)


@require_POST
def discard(request: Request, slip_id: int) -> HttpResponse:
    access.slip_to_decide(request.actor, slip_id)
    actions.discard_slip(actor=request.actor, slip_id=slip_id, version=version_of(request.POST))
    return redirect("desk:slips")
