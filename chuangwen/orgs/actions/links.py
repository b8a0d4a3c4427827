"""Links for firms and shops: made, opened, revoked."""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.kit import audit

from .. import link_access
from ..actors import Actor
from ..models import FirmLink
from .tokens import LAST_USE_KEPT_EVERY, LONGEST
from .units import require_not_ended


@transaction.atomic
def make_firm_link(
    *, actor: Actor, unit_id: int, label: str, expires_at: datetime, now: datetime, today: date
) -> tuple[FirmLink, str]:
    """A link for a firm of the actor's reach, and its token, which is told this once.

    Raises Hidden, Denied; BadInput for an end that is past or more than a year away; NotAllowedNow for a unit
    that is no firm, or has ended.
    """
    unit = link_access.firm_for_link(actor, unit_id)
    require_not_ended(unit, today)
    if actor.person is None:
        raise Denied
    if not now < expires_at <= now + LONGEST:
        raise BadInput("orgs.link_too_long")
    token = secrets.token_urlsafe(32)
    link = FirmLink.objects.create(
        unit=unit, label=label, digest=_digest(token), made_by=actor.person, expires_at=expires_at
    )
    audit.record(actor, "orgs.firm_link_made", unit, link=str(link), expires_at=expires_at)
    return link, token


@transaction.atomic
def revoke_firm_link(*, actor: Actor, link_id: int, now: datetime) -> FirmLink:
    """Raises Hidden; NotAllowedNow if it was revoked before."""
    link = link_access.one_link(actor, link_id)
    if not FirmLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        raise NotAllowedNow("orgs.link_revoked_already")
    audit.record(actor, "orgs.firm_link_revoked", link.unit, link=str(link))
    return link


def open_firm_link(*, token: str, now: datetime, today: date) -> FirmLink:
    """The link that the token opens. Raises NotAllowedNow where it opens nothing, or nothing any more."""
    return _good(Q(digest=_digest(token)), now, today)


def use_firm_link(*, link_id: int, address: str, now: datetime, today: date) -> Actor:
    """Who acts by a link that was opened before. Raises NotAllowedNow as above."""
    link = _good(Q(pk=link_id), now, today)
    if link.last_used_at is None or link.last_used_at <= now - LAST_USE_KEPT_EVERY:
        FirmLink.objects.filter(pk=link.pk).update(last_used_at=now)
    return Actor(link=link, via=f"{audit.GUEST}{link.pk}", address=address)


def _good(which: Q, now: datetime, today: date) -> FirmLink:
    links = FirmLink.objects.filter(which, revoked_at=None, expires_at__gt=now).select_related("unit")
    link = links.first()
    if link is None or link.unit.has_ended_on(today):
        raise NotAllowedNow("orgs.link_over")
    return link


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
