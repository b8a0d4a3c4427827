"""Puts the actor on the request: the person who signed in, in one of the seats that are theirs today."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from chuangwen.kit import clock
from chuangwen.kit.http import client_address

from . import queries
from .actors import Actor, Request
from .models import Person, Seat

OPEN_BEFORE_CHANGE = {"orgs:change_password", "orgs:sign_out", "orgs:choose_language"}
SEAT_KEY = "seat"  # in the session: the seat chosen by a person who has several


class ActorMiddleware:
    """`request.actor` exists after signing in, and not before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            seat = chosen_seat(queries.seats_of(request.user, clock.today()), request.session.get(SEAT_KEY))
            actor = Actor(person=request.user, seat=seat, address=client_address(request))
            cast(Request, request).actor = actor
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *args: Any) -> HttpResponse | None:
        """A password that somebody else set opens nothing but the page on which it is changed."""
        must = isinstance(request.user, Person) and request.user.must_change_password
        at = request.resolver_match.view_name if request.resolver_match else ""
        return redirect("orgs:change_password") if must and at not in OPEN_BEFORE_CHANGE else None


def chosen_seat(seats: list[Seat], chosen: object) -> Seat | None:
    """The seat with the chosen id, else the first; None for a person without any."""
    return next((seat for seat in seats if seat.pk == chosen), seats[0] if seats else None)
