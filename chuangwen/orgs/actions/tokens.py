"""Tokens for programs: made, used, revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.kit import audit

from .. import access, token_scopes
from ..actors import Actor
from ..models import ApiToken
from ..queries import seats_of

PREFIX = "cw_"
SHOWN = 8  # characters that stay readable: the prefix and five of 43
LONGEST = timedelta(days=366)
LAST_USE_KEPT_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class TokenUse:
    """Who acts by a token, and within which scopes."""

    token_id: int
    actor: Actor
    scopes: frozenset[str]


@transaction.atomic
def make_token(
    *, actor: Actor, name: str, scopes: Iterable[str], expires_at: datetime, now: datetime
) -> tuple[ApiToken, str]:
    """A token for the actor's seat, and its secret, which is told this once.

    Raises Denied without a seat; BadInput for a scope that no room offers, or an end that is past or more
    than a year away.
    """
    if actor.person is None or actor.seat is None:
        raise Denied
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= token_scopes.offered().keys():
        raise BadInput("orgs.unknown_scope")
    if not now < expires_at <= now + LONGEST:
        raise BadInput("orgs.token_too_long")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=actor.person,
        seat=actor.seat,
        name=name,
        scopes=wanted,
        digest=_digest(secret),
        shown=secret[:SHOWN],
        created_at=now,
        expires_at=expires_at,
    )
    audit.record(actor, "orgs.token_made", token, name=name, scopes=wanted, expires_at=expires_at)
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int, now: datetime) -> ApiToken:
    """Raises Hidden; NotAllowedNow if it was revoked before."""
    token = access.one_token(actor, token_id)
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        raise NotAllowedNow("orgs.token_revoked_already")
    audit.record(actor, "orgs.token_revoked", token, name=token.name)
    return token


def use_token(*, secret: str, now: datetime, today: date, address: str) -> TokenUse | None:
    """Who the secret stands for.

    None where there is no such token, or it was revoked or has expired, or its seat has ended or the account
    is closed.
    """
    tokens = ApiToken.objects.filter(revoked_at=None, expires_at__gt=now, person__is_active=True)
    token = tokens.select_related("person").filter(digest=_digest(secret)).first()
    if token is None:
        return None
    seat = next((seat for seat in seats_of(token.person, today) if seat.pk == token.seat_id), None)
    if seat is None:
        return None
    _keep_use(token, now)
    actor = Actor(person=token.person, seat=seat, via="token", address=address)
    return TokenUse(token.pk, actor, frozenset(token.scopes))


def _keep_use(token: ApiToken, now: datetime) -> None:
    due = Q(last_used_at=None) | Q(last_used_at__lte=now - LAST_USE_KEPT_EVERY)
    if token.last_used_at is None or token.last_used_at <= now - LAST_USE_KEPT_EVERY:
        ApiToken.objects.filter(due, pk=token.pk).update(last_used_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
