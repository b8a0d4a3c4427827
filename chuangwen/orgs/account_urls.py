"""The pages of django-allauth that this house needs, and no others: there is no way to register."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter

from . import views

View = Callable[..., HttpResponse]


class Base36:
    """The number of a person as django-allauth writes it; a hyphen ends it."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Base36, "base36")


def told(view: View) -> View:
    """A form that was refused is answered 422, as everywhere in the house."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        response = view(request, *args, **options)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and getattr(form, "errors", None):
            response.status_code = 422
        return response

    return wrapper


urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("change-password/", views.change_password, name="account_change_password"),
    path("sign-in/code/", told(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/again/", told(account.reauthenticate), name="account_reauthenticate"),
    path("sign-in/again/code/", told(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("forgotten/", told(account.password_reset), name="account_reset_password"),
    path("forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "forgotten/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path(
        "forgotten/<base36:uidb36>-<key>/",
        told(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("two-steps/", mfa.index, name="mfa_index"),
    path("two-steps/on/", told(totp.activate_totp), name="mfa_activate_totp"),
    path("two-steps/off/", told(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("two-steps/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("two-steps/codes/new/", told(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("single-sign-on/<provider_id>/", oidc.login, name="openid_connect_login"),
    path("single-sign-on/<provider_id>/back/", oidc.callback, name="openid_connect_callback"),
]
