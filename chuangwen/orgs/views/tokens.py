"""Tokens for programs: one's own, or for the security administrator those of the city."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for

from .. import access, actions, queries
from ..actors import Request
from ..forms import TokenForm

TOKENS_ON_A_PAGE = 50


@require_GET
def tokens(request: Request) -> HttpResponse:
    found = queries.tokens_for(request.actor)
    context = {
        "page": Paginator(found, TOKENS_ON_A_PAGE).get_page(request.GET.get("page")),
        "of_the_city": access.keeps_tokens(request.actor),
        "now": clock.now(),
    }
    return render(request, "orgs/tokens.html", context)


@require_http_methods(["GET", "POST"])
def make_token(request: Request) -> HttpResponse:
    """The answer to a POST holds the secret: it is shown this once and kept nowhere."""
    access.require_seat(request.actor)
    form = TokenForm(posted(request), initial={"until": clock.today() + timedelta(days=90)})
    if request.method == "POST" and form.is_valid():
        until = timezone.make_aware(datetime.combine(form.cleaned_data.pop("until"), time.max))
        try:
            token, secret = actions.make_token(
                actor=request.actor, **form.cleaned_data, expires_at=until, now=clock.now()
            )
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        else:
            response = render(request, "orgs/token_made.html", {"token": token, "secret": secret})
            response.headers["Cache-Control"] = "no-store"
            return response
    return render(request, "orgs/make_token.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def revoke_token(request: Request, token_id: int) -> HttpResponse:
    token = actions.revoke_token(actor=request.actor, token_id=token_id, now=clock.now())
    messages.success(request, _("%(name)s opens nothing any more.") % {"name": token.name})
    return redirect("orgs:tokens")
