"""Accounts that one keeps for others: links for a password, closed doors, lost phones; one's log-ins."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chuangwen.cores.errors import Denied
from chuangwen.kit import clock
from chuangwen.kit.http import client_address, posted

from .. import account_access, account_queries, actions
from ..account_forms import InvitationForm
from ..actors import Request

TOKEN_KEY = "invitation"  # noqa: S105 (in the session: the token of the link that was opened)
PER_PAGE = 50


@require_safe
def accounts(request: Request) -> HttpResponse:
    if not account_access.keeps_accounts(request.actor):
        raise Denied
    text = request.GET.get("text", "")
    found = account_queries.accounts(request.actor, text, clock.today())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for person in page:
        person.may_invite = account_access.may_invite(request.actor, person.sitting)  # type: ignore[attr-defined]
    closed = account_queries.lockouts(request.actor, clock.now(), clock.today())
    return render(request, "orgs/accounts.html", {"page": page, "text": text, "closed": closed})


@never_cache
@require_POST
def invite(request: Request, person_id: int) -> HttpResponse:
    """Shows the link once; it is stored nowhere."""
    token = actions.make_invitation(actor=request.actor, person_id=person_id, now=clock.now())
    link = request.build_absolute_uri(reverse("orgs:open_invitation", args=[token]))
    return render(request, "orgs/invitation_made.html", {"link": link})


@require_POST
def unlock(request: Request, lockout_id: int) -> HttpResponse:
    actions.unlock(actor=request.actor, lockout_id=lockout_id, now=clock.now())
    messages.success(request, _("The sign-in is open again."))
    return redirect("orgs:accounts")


@require_POST
def remove_second_factor(request: Request, person_id: int) -> HttpResponse:
    actions.remove_second_factor(actor=request.actor, person_id=person_id, now=clock.now())
    messages.success(request, _("Two-step sign-in is off for this person."))
    return redirect("orgs:accounts")


@login_not_required
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address, so that no log or history keeps one that still opens."""
    request.session[TOKEN_KEY] = token
    return redirect("orgs:invitation")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    token = request.session.get(TOKEN_KEY, "")
    person = actions.open_invitation(token, clock.now()).person
    form = InvitationForm(person, posted(request))
    if request.method == "POST" and form.is_valid():
        password, address = form.cleaned_data["new_password1"], client_address(request)
        actions.use_invitation(token=token, password=password, address=address, now=clock.now())
        request.session.flush()
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("orgs:sign_in")
    context = {"form": form, "person": person}
    return render(request, "orgs/invitation.html", context, status=422 if form.errors else 200)


@require_safe
def log_ins(request: Request) -> HttpResponse:
    context = {"log_ins": account_queries.log_ins(request.user), "key": request.session.session_key}
    return render(request, "orgs/log_ins.html", context)


@require_POST
def end_log_in(request: Request, log_in_id: int) -> HttpResponse:
    actions.end_log_in(actor=request.actor, log_in_id=log_in_id)
    messages.success(request, _("The log-in was ended."))
    return redirect("orgs:log_ins")
