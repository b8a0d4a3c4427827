"""Puts the actor on the request: the person who signed in, in one of the seats that are theirs today."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from chuangwen.kit import clock

from . import queries
from .actors import Actor, Request
from .models import Person, Seat

SEAT_KEY = "seat"  # in the session: the seat chosen by a person who has several


class ActorMiddleware:
    """`request.actor` exists after signing in, and not before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            seat = chosen_seat(queries.seats_of(request.user, clock.today()), request.session.get(SEAT_KEY))
            address = request.META.get("REMOTE_ADDR", "")
            cast(Request, request).actor = Actor(person=request.user, seat=seat, address=address)
        return self.get_response(request)


def chosen_seat(seats: list[Seat], chosen: object) -> Seat | None:
    """The seat with the chosen id, else the first; None for a person without any."""
    return next((seat for seat in seats if seat.pk == chosen), seats[0] if seats else None)
