"""What is asked of a firm, for who came by its link: a panel on the firm's page, and the two answers."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from chuangwen.kit import clock
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.firm_door import firm_actor

from .. import access, actions, queries
from ..forms import ReasonForm, version_of

ROWS = 20


def firm_panel(request: HttpRequest, firm: object) -> SafeString:
    """On the page of the firm; `firm` is the actor who came by the link."""
    actor = cast(Actor, firm)
    page = Paginator(queries.asked_of_firm(actor), ROWS).get_page(request.GET.get("page"))
    lines = queries.lines(actor, page.object_list, clock.now())
    return render_to_string("desk/_firm.html", {"page": page, "lines": lines}, request)


@login_not_required
@never_cache
@require_POST
def firm_done(request: HttpRequest, todo_id: int) -> HttpResponse:
    actor = firm_actor(request)
    access.todo_to_do(actor, todo_id)
    actions.finish_by_hand(actor=actor, todo_id=todo_id, version=version_of(request.POST), now=clock.now())
    messages.success(request, _("Thank you: it is marked as done."))
    return redirect("orgs:firm")


@login_not_required
@never_cache
@require_POST
def firm_return(request: HttpRequest, todo_id: int) -> HttpResponse:
    actor = firm_actor(request)
    todo = access.todo_to_do(actor, todo_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        (line,) = queries.lines(actor, [todo], clock.now())
        return render(request, "desk/firm_return.html", {"form": form, "line": line}, status=422)
    actions.return_to_asker(actor=actor, todo_id=todo_id, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("It went back to who asked, with your reason."))
    return redirect("orgs:firm")
