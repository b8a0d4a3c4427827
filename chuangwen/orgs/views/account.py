"""Signing in and out, one's password, language and seat."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chuangwen.kit import clock
from chuangwen.kit.http import client_address, posted

from .. import actions, queries
from ..actors import Actor, Request
from ..forms import ProfileForm, SignInForm
from ..middleware import SEAT_KEY

if TYPE_CHECKING:
    from django.contrib.auth.forms import AuthenticationForm


class SignIn(views.LoginView):
    template_name = "orgs/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: "AuthenticationForm") -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: "AuthenticationForm") -> HttpResponse:
        """Signs in, in the language that the person chose."""
        response = super().form_valid(form)
        person = form.get_user()
        actions.record_sign_in(actor=Actor(person=person, address=client_address(self.request)))
        _remember_language(response, person.language)
        return response


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
        _remember_language(response, form.cleaned_data["language"])
        return response
    seats = queries.seats_of(person, clock.today())
    context = {"form": form, "seats": seats}
    return render(request, "orgs/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_password(request: Request) -> HttpResponse:
    form = PasswordChangeForm(request.user, posted(request))
    if request.method == "POST" and form.is_valid():
        actions.change_password(actor=request.actor, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
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
        _remember_language(response, language)
    return response


def _remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
