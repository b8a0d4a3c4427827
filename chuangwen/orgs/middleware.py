"""Puts the actor on the request: the person who signed in, in one of the seats that are theirs today."""

from collections.abc import Callable
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from chuangwen.kit import clock
from chuangwen.kit.http import client_address, whole_page

from . import account_queries, queries
from .actors import Actor, Request
from .models import Person, Seat

ALWAYS_OPEN = {"orgs:change_password", "orgs:sign_out", "orgs:choose_language"}
OPEN_BEFORE_CODE = ALWAYS_OPEN | {"mfa_activate_totp", "account_reauthenticate"}
SEAT_KEY = "seat"  # in the session: the seat chosen by a person who has several
BEGAN_KEY, SEEN_KEY = "began", "seen"  # in the session: seconds since the epoch
SEEN_EVERY = 60  # seconds between two notes that somebody is still there


class ActorMiddleware:
    """`request.actor` exists after signing in, and not before. Ends what was idle or open for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person) and not is_still_good(request):
            logout(request)
        if isinstance(request.user, Person):
            seats = queries.seats_of(request.user, clock.today())
            seat = chosen_seat(seats, request.session.get(SEAT_KEY))
            cast(Request, request).seats = seats
            actor = Actor(person=request.user, seat=seat, address=client_address(request))
            cast(Request, request).actor = actor
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *args: Any) -> HttpResponse | None:
        """A password that must be changed, or a second step that is missing, opens its own page alone."""
        if not isinstance(request.user, Person):
            return None
        if request.user.must_change_password:
            page, also_open = "orgs:change_password", ALWAYS_OPEN
        elif account_queries.lacks_code(request.user, clock.today()):
            page, also_open = "mfa_activate_totp", OPEN_BEFORE_CODE
        else:
            return None
        cast(Request, request).confined = True
        at = request.resolver_match.view_name if request.resolver_match else ""
        return None if at in also_open else whole_page(request, page)


def is_still_good(request: HttpRequest) -> bool:
    """Whether the log-in is within both limits; notes once a minute that its person is there."""
    now = int(clock.now().timestamp())
    began, seen = request.session.get(BEGAN_KEY, 0), request.session.get(SEEN_KEY, 0)
    if now - seen > settings.IDLE_MINUTES * 60 or now - began > settings.SESSION_COOKIE_AGE:
        return False
    if now - seen >= SEEN_EVERY:
        request.session[SEEN_KEY] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=clock.now())
    return True


def chosen_seat(seats: list[Seat], chosen: object) -> Seat | None:
    """The seat with the chosen id, else the first; None for a person without any."""
    return next((seat for seat in seats if seat.pk == chosen), seats[0] if seats else None)
