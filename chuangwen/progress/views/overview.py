"""Plans that are followed: the list, one at a glance, ten lines for leaders, its indicators."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chuangwen.cores.errors import Denied
from chuangwen.kit import clock
from chuangwen.orgs.actors import Request
from chuangwen.orgs.rules import Role

from .. import access, queries
from ..queries.turns import turn_links
from .pages import plan_page

PAGE_ROWS = 50
FIRST_NEEDS = 6


def _overview(request: Request, plan_id: int) -> queries.Overview:
    return queries.overview(request.actor, plan_id, clock.now(), clock.today())


@require_GET
def followings(request: Request) -> HttpResponse:
    """The plans that are followed; how each stands is fetched after the page."""
    if not access.sees_progress(request.actor):
        raise Denied
    lines = queries.followed_plans(request.actor)
    context = {"lines": lines, "leads": request.actor.role == Role.LEADER}
    return render(request, "progress/list.html", context)


@require_GET
def judgement(request: Request, plan_id: int) -> HttpResponse:
    """How one plan stands in a sentence: a piece of the list and of the plan's page."""
    return render(request, "progress/_judgement.html", {"tally": _overview(request, plan_id).tally})


@require_GET
def overview(request: Request, plan_id: int) -> HttpResponse:
    found = _overview(request, plan_id)
    first, rest = found.needs[:FIRST_NEEDS], max(len(found.needs) - FIRST_NEEDS, 0)
    return plan_page(
        request,
        "progress/overview.html",
        found.following,
        "overview",
        found=found,
        needs=first,
        rest=rest,
        turns=turn_links(request.actor, found.following, found.judge.promises, found.today),
    )


@require_GET
def leader(request: Request, plan_id: int) -> HttpResponse:
    """领导要看的: what needs a leader, in ten lines."""
    found = _overview(request, plan_id)
    ten = queries.ten_lines(found)
    return plan_page(request, "progress/leader.html", found.following, "leader", found=found, ten=ten)


@require_GET
def indicators(request: Request, plan_id: int) -> HttpResponse:
    """All indicators, or those of `?lamp=`, `?chance=`, `?program=` and `?task=`."""
    found = _overview(request, plan_id)
    which = queries.Wanted(**{name: request.GET.get(name, "") for name in queries.Wanted.NAMES})
    shown = queries.wanted(found, which)
    page = Paginator(shown, PAGE_ROWS).get_page(request.GET.get("page"))
    return plan_page(
        request,
        "progress/indicators.html",
        found.following,
        "indicators",
        found=found,
        which=which,
        page=page,
        tasks={task.id: task.row for task in found.judge.promises.tasks},
    )
