"""People, their posts and seats, and what they change of their own account."""

from datetime import date, datetime

from django.db import transaction

from chuangwen.cores.errors import BadInput, Denied
from chuangwen.kit import audit

from .. import access, passwords, seat_access
from ..actors import Actor
from ..models import Person, Post, PostTerm


@transaction.atomic
def add_post(
    *, actor: Actor, unit_id: int, title: str, holder_name: str = "", starts_on: date | None = None
) -> Post:
    """A post of the unit, and who holds it if known. Raises Hidden, Denied; BadInput if it is there."""
    unit = access.unit_for_change(actor, unit_id)
    if Post.objects.filter(unit=unit, title=title).exists():
        raise BadInput("orgs.post_exists", title=title)
    post = Post.objects.create(unit=unit, title=title)
    if holder_name:
        PostTerm.objects.create(post=post, holder_name=holder_name, starts_on=starts_on)
    audit.record(actor, "orgs.post_added", unit, title=title, held=bool(holder_name))
    return post


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    username: str,
    name: str,
    password: str | None,
    must_change_password: bool,
    home_id: int | None = None,
) -> Person:
    """An account without any seat yet; None is no password.

    `home_id` is the unit that keeps it, None only for a system. Raises Hidden, Denied; BadInput if the
    account's name is taken.
    """
    home = None if actor.is_system and home_id is None else seat_access.home_for(actor, home_id or 0)
    if Person.objects.filter(username=username).exists():
        raise BadInput("orgs.account_taken", username=username)
    person = Person(username=username, name=name, must_change_password=must_change_password, home=home)
    person.set_password(password)
    person.save()
    audit.record(
        actor, "orgs.person_added", person, about=person.pk, personal={"username": username, "name": name}
    )
    return person


@transaction.atomic
def close_account(*, actor: Actor, person_id: int) -> Person:
    """The person signs in no more, and every log-in ends with the next page. Raises Hidden, Denied."""
    return _opened(actor, person_id, False)


@transaction.atomic
def reopen_account(*, actor: Actor, person_id: int) -> Person:
    """Raises Hidden, Denied."""
    return _opened(actor, person_id, True)


def _opened(actor: Actor, person_id: int, is_active: bool) -> Person:
    person = seat_access.person_for_change(actor, person_id)
    Person.objects.filter(pk=person.pk).update(is_active=is_active)
    audit.record(actor, "orgs.account_reopened" if is_active else "orgs.account_closed", person)
    return person


@transaction.atomic
def change_profile(*, actor: Actor, email: str, language: str) -> None:
    person = _oneself(actor)
    personal = {"email": email, "email_before": person.email}
    before = {"language": person.language}
    Person.objects.filter(pk=person.pk).update(email=email, language=language)
    audit.record(
        actor,
        "orgs.profile_changed",
        person,
        before=before,
        about=person.pk,
        personal=personal,
        language=language,
    )


@transaction.atomic
def change_password(*, actor: Actor, password: str, now: datetime) -> None:
    """Raises nothing: whether `password` is good enough, its form has checked."""
    person = _oneself(actor)
    passwords.set_password(person, password, now)
    audit.record(actor, "orgs.password_changed", person)


@transaction.atomic
def record_sign_in(*, actor: Actor) -> None:
    audit.record(actor, "orgs.signed_in", _oneself(actor))


def _oneself(actor: Actor) -> Person:
    if actor.person is None:
        raise Denied
    return actor.person
