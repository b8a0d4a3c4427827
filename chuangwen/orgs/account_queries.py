"""Reads about accounts: who must sign in in two steps, one's log-ins, the list of accounts one keeps."""

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from . import account_access
from .actors import Actor
from .models import Lockout, Person, Seat
from .rules import ADMINISTRATORS, Role

MUST_HAVE_CODE = ADMINISTRATORS | {Role.CAMPAIGN_OFFICE}


def must_have_code(person: Person, day: date) -> bool:
    """Whether a seat of the person requires two-step sign-in (CHUANGWEN_REQUIRE_TOTP)."""
    seats = Seat.objects.on(day).filter(person=person, role__in=MUST_HAVE_CODE)
    return bool(settings.REQUIRE_TOTP) and seats.exists()


def lacks_code(person: Person, day: date) -> bool:
    return must_have_code(person, day) and not _codes().filter(user_id=person.pk).exists()


def log_ins(person: Person) -> list[UserSession]:
    """Where the person is signed in, the latest first; what ended since is forgotten."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda one: one.last_seen_at, reverse=True)


def accounts(actor: Actor, text: str, day: date) -> QuerySet[Person]:
    """People whose accounts the actor keeps, with `sitting` (seats of the day) and `two_steps`."""
    people = account_access.visible_accounts(actor, day)
    for word in text.split():
        people = people.filter(Q(name__icontains=word) | Q(username__icontains=word))
    seats = Prefetch("seats", Seat.objects.on(day).select_related("unit"), to_attr="sitting")
    return (
        people.annotate(two_steps=Exists(_codes().filter(user_id=OuterRef("pk"))))
        .prefetch_related(seats)
        .order_by("pk")
    )


def lockouts(actor: Actor, now: datetime, day: date) -> QuerySet[Lockout]:
    """Closed doors: of people of the city, and of addresses. For the security administrator, else none."""
    if actor.role != Role.SECURITY_ADMINISTRATOR:
        return Lockout.objects.none()
    own = Q(person__in=account_access.visible_accounts(actor, day)) | Q(person=None)
    return Lockout.objects.filter(own, until__gt=now).select_related("person")


def _codes() -> QuerySet[Authenticator]:
    codes: QuerySet[Authenticator] = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    return codes
