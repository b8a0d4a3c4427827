"""How django-allauth works in this house: nobody registers, tries are counted, the words are ours."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_username
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from chuangwen.kit import clock, vault
from chuangwen.kit.http import client_address

from . import account_queries, actions, lockout
from .actors import Actor
from .models import Person

logger = logging.getLogger(__name__)

TOO_MANY = _("Too many tries. Wait a quarter of an hour, or ask the security administrator for help.")
MISMATCH = _("Account and password do not go together. Check both and try again.")
WRONG_CODE = _("The code is not right. Use the newest one that the app shows.")
TOLD = {
    "mfa/messages/totp_activated.txt": _("Two-step sign-in is on."),
    "mfa/messages/totp_deactivated.txt": _("Two-step sign-in is off."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes were made; the old ones are void."),
    "account/messages/password_changed.txt": _("Your password was changed."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": MISMATCH,
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": TOO_MANY,
        "incorrect_code": WRONG_CODE,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tries are counted below, for all processes together."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """A wrong account, a wrong password and a closed account sound the same."""
        attempt = lockout.try_password(credentials.get("username", ""), client_address(request), clock.now())
        if attempt is None:
            raise self.validation_error("too_many_login_attempts")
        person = super().authenticate(request, **credentials)
        if not isinstance(person, Person) or not person.is_active:
            return None
        attempt.succeeded()
        return person

    def set_password(self, user: Person, password: str) -> None:
        actor = Actor(person=user, via="mail", address=client_address(self.request))
        actions.change_password(actor=actor, password=password, now=clock.now())

    def send_mail(self, *args: Any, **options: Any) -> None:
        """A mail that cannot leave is for the log: the page must not tell which addresses are known."""
        try:
            super().send_mail(*args, **options)
        except OSError as error:
            logger.error("The mail for a new password could not leave: %s", type(error).__name__)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        return refused(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **options: Any,
    ) -> None:
        if message_template in TOLD:
            messages.add_message(request, level, TOLD[message_template])


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are encrypted with the keys that stand outside the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _("Your seat requires two-step sign-in."),
    }

    def encrypt(self, text: str) -> str:
        return vault.encrypt(text, "mfa.Authenticator")

    def decrypt(self, encrypted_text: str) -> str:
        return vault.decrypt(encrypted_text, "mfa.Authenticator")

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not account_queries.must_have_code(authenticator.user, clock.today())


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signs in only whom we know: by a stored link, or by an account name that the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        person = self._named(sociallogin.account.extra_data)
        if person is None:
            raise ImmediateHttpResponse(refused(request))
        sociallogin.connect(request, person)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """Nothing of what the provider says is stored with the person."""
        user: Person = sociallogin.user
        user_username(user, "")
        return user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *args: Any, **options: Any
    ) -> None:
        raise ImmediateHttpResponse(refused(request))

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """No mail goes out for a link that the administrator has set up."""

    def _named(self, said: dict[str, Any]) -> Person | None:
        claims = said.get("userinfo") or said.get("id_token") or said
        name = claims.get(settings.OIDC_CLAIM) if settings.OIDC_CLAIM else None
        return Person.objects.filter(username=name, is_active=True).first() if name else None


def refused(request: HttpRequest) -> HttpResponse:
    """The single sign-on named nobody whom we know."""
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        return redirect("home")
    return render(request, "socialaccount/refused.html", status=403)
