"""Signing in and out, one's password, language and seat."""

from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chuangwen.kit import clock
from chuangwen.kit.http import posted

from .. import actions, queries
from ..actors import Request
from ..forms import PhoneForm, ProfileForm
from ..language import remember_language
from ..middleware import SEAT_KEY

if TYPE_CHECKING:
    from django.forms import Form


class SignIn(LoginView):  # type: ignore[misc]
    template_name = "orgs/sign_in.html"

    def form_invalid(self, form: "Form") -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**options)
        return context | {"single_sign_on": settings.OIDC_NAME, "single_sign_on_id": settings.OIDC_ID}


@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return redirect("orgs:sign_in")


@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    person = request.user
    form = ProfileForm(posted(request), initial={"email": person.email, "language": person.language})
    if request.method == "POST" and form.is_valid():
        actions.change_profile(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        response = redirect("orgs:profile")
        remember_language(response, form.cleaned_data["language"])
        return response
    seats = queries.seats_of(person, clock.today())
    context = {"form": form, "seats": seats, "person": person, "phone_form": PhoneForm()}
    return render(request, "orgs/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_password(request: Request) -> HttpResponse:
    form = PasswordChangeForm(request.user, posted(request))
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        actions.change_password(actor=request.actor, password=password, now=clock.now())
        update_session_auth_hash(request, request.user)
        password_changed.send(sender=type(request.user), request=request, user=request.user)
        messages.success(request, _("Your password was changed."))
        return redirect("home")
    return render(request, "orgs/change_password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def choose_seat(request: Request) -> HttpResponse:
    """Act from another of one's seats, until signing out."""
    seats = queries.seats_of(request.user, clock.today())
    chosen = next((seat for seat in seats if str(seat.pk) == request.POST.get("seat")), None)
    if chosen is not None:
        request.session[SEAT_KEY] = chosen.pk
    return redirect("home")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The language of all pages, for this browser."""
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(to if safe and to.startswith("/") else reverse("home"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember_language(response, language)
    return response
