"""Plans that are followed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chuangwen.cores.errors import Denied
from chuangwen.orgs.actors import Request

from .. import access


@require_GET
def followings(request: Request) -> HttpResponse:
    """The plans in force, each with how it is followed."""
    if not access.sees_progress(request.actor):
        raise Denied
    return render(request, "progress/list.html", {"followings": access.visible_followings(request.actor)})
