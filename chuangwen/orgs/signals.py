"""What happens when somebody signs in, whichever way."""

from typing import Any

from allauth.account.signals import user_logged_in as entered
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

from chuangwen.kit import clock
from chuangwen.kit.http import client_address

from . import actions, passwords
from .actors import Actor
from .language import remember_language
from .middleware import BEGAN_KEY, SEEN_KEY
from .models import Person


def listen() -> None:
    user_logged_in.connect(begin)
    entered.connect(enter)
    authenticator_added.connect(second_factor)
    authenticator_removed.connect(second_factor)


def begin(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """From here run the limits on a log-in."""
    request.session[BEGAN_KEY] = request.session[SEEN_KEY] = int(clock.now().timestamp())


def enter(request: HttpRequest, user: Person, response: HttpResponse, **kwargs: Any) -> None:
    actor = _actor(request, user)
    remember_language(response, user.language)
    actions.record_sign_in(actor=actor)
    if passwords.is_expired(user, clock.now()):
        actions.require_new_password(actor=actor)
    if settings.SINGLE_LOGIN:
        actions.end_other_log_ins(actor=actor, session_key=request.session.session_key or "")


def second_factor(request: HttpRequest, user: Person, authenticator: Any, signal: Any, **kwargs: Any) -> None:
    if authenticator.type == authenticator.Type.TOTP:
        actions.record_second_factor(actor=_actor(request, user), on=signal is authenticator_added)


def _actor(request: HttpRequest, person: Person) -> Actor:
    return Actor(person=person, address=client_address(request))
