"""What the pages of one plan have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from chuangwen.kit import clock, files
from chuangwen.orgs.actors import Request

from .. import access

if TYPE_CHECKING:
    from ..models import Following


def plan_page(
    request: Request, template: str, following: Following, tab: str, status: int = 200, **found: Any
) -> HttpResponse:
    """Render a page of a plan that is followed; `names` is whether it may name single units."""
    context = {
        "following": following,
        "plan": following.plan,
        "tab": tab,
        "today": clock.today(),
        "names": access.names_units(request.actor),
        "keeps": access.keeps_progress(request.actor),
        "my_unit": request.actor.unit_id if access.has_unit_page(request.actor) else None,
        **found,
    }
    return render(request, template, context, status=status)


def file_answer(name: str, sha256: str, media_type: str) -> HttpResponse:
    """A file as it was handed in: to be saved, never shown by the browser itself."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(files.read(sha256), content_type=media_type, headers=headers)
