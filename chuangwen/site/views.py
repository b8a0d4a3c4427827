from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from chuangwen.desk import access
from chuangwen.orgs.actors import Request


@require_safe
def home(request: Request) -> HttpResponse:
    """Each to the page where their work is; without a seat, to where that is said."""
    if request.actor.seat is None:
        return redirect("orgs:profile")
    return redirect("desk:desk" if access.sees_desk(request.actor) else "orgs:units")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves, on pages that name no icon."""
    return redirect(static("kit/favicon.ico"))
