"""Opening accounts: invitations, new passwords, doors that were closed, log-ins that are ended."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from chuangwen.cores.errors import Denied, Hidden, NotAllowedNow
from chuangwen.kit import audit

from .. import account_access, lockout, passwords
from ..actors import Actor
from ..models import Invitation, Lockout, Person

INVITATION_DAYS = 7


@transaction.atomic
def make_invitation(*, actor: Actor, person_id: int, now: datetime) -> str:
    """The token of a link by which the person sets a password, once, within seven days.

    Links made before for the same person end; the present password stays good until the link is used.
    Raises Hidden, Denied.
    """
    person = account_access.account_to_invite(actor, person_id, timezone.localdate(now))
    audit.record(actor, "orgs.invited", person)
    return tokens_for([person], now)[0]


def tokens_for(people: Sequence[Person], now: datetime) -> list[str]:
    """One for each, in their order; called inside an action that has looked at who may invite whom."""
    tokens = [secrets.token_urlsafe(32) for _person in people]
    Invitation.objects.filter(person__in=people, used_at=None).delete()
    Invitation.objects.bulk_create(
        Invitation(
            person=person,
            purpose="reset" if person.has_usable_password() else "first",
            digest=_digest(token),
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
        for person, token in zip(people, tokens, strict=True)
    )
    return tokens


def open_invitation(token: str, now: datetime) -> Invitation:
    """The invitation that the token opens. Raises NotAllowedNow if it is unknown, used or too old."""
    invitation = (
        Invitation.objects.select_related("person")
        .filter(digest=_digest(token), used_at=None, expires_at__gt=now, person__is_active=True)
        .first()
    )
    if invitation is None:
        raise NotAllowedNow("orgs.invitation_over")
    return invitation


@transaction.atomic
def use_invitation(*, token: str, password: str, address: str, now: datetime) -> Person:
    """Sets the password; its form has checked it. Log-ins of before end. Raises NotAllowedNow as above."""
    invitation = open_invitation(token, now)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now):
        raise NotAllowedNow("orgs.invitation_over")
    person = invitation.person
    passwords.set_password(person, password, now)
    audit.record(Actor(person=person, via="invitation", address=address), "orgs.password_changed", person)
    return person


@transaction.atomic
def require_new_password(*, actor: Actor) -> None:
    """The password has become too old."""
    if actor.person is None:
        raise Denied
    Person.objects.filter(pk=actor.person.pk).update(must_change_password=True)
    audit.record(actor, "orgs.password_expired", actor.person)


@transaction.atomic
def unlock(*, actor: Actor, lockout_id: int, now: datetime) -> None:
    """Opens a door that wrong tries have closed. Raises Denied; Hidden for people of other cities."""
    account_access.require_security(actor)
    found = Lockout.objects.select_related("person").filter(pk=lockout_id).first()
    if found is None:
        raise Hidden
    if found.person is not None:
        account_access.account(actor, found.person.pk, timezone.localdate(now))
    audit.record(actor, "orgs.unlocked", found.person or found, address=found.address)
    lockout.open_again(found)


@transaction.atomic
def remove_second_factor(*, actor: Actor, person_id: int, now: datetime) -> None:
    """For somebody who lost the phone and the recovery codes. Raises Hidden, Denied."""
    account_access.require_security(actor)
    person = account_access.account(actor, person_id, timezone.localdate(now))
    Authenticator.objects.filter(user_id=person.pk).delete()
    audit.record(actor, "orgs.second_factor_removed", person)


@transaction.atomic
def end_log_in(*, actor: Actor, log_in_id: int) -> None:
    """Ends one of the actor's own log-ins. Raises Hidden."""
    session = UserSession.objects.filter(pk=log_in_id, user_id=actor.person_id).first()
    if session is None or actor.person is None:
        raise Hidden
    session.end()
    audit.record(actor, "orgs.log_in_ended", actor.person)


@transaction.atomic
def end_other_log_ins(*, actor: Actor, session_key: str) -> None:
    """Where people may be logged in only once: the newest log-in stays."""
    others = list(UserSession.objects.filter(user_id=actor.person_id).exclude(session_key=session_key))
    if others and actor.person is not None:
        for session in others:
            session.end()
        audit.record(actor, "orgs.log_in_ended", actor.person)


@transaction.atomic
def record_second_factor(*, actor: Actor, on: bool) -> None:
    if actor.person is None:
        raise Denied
    audit.record(actor, "orgs.second_factor_set" if on else "orgs.second_factor_removed", actor.person)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
