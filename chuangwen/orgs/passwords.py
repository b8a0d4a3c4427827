"""What a password must be, beyond its length and the list of common ones, and how the last five are kept."""

import string
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import PasswordRecord, Person

CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
CLASSES_NEEDED = 3
REMEMBERED = 5


class ThreeClasses:
    """Small letters, capitals, digits, anything else: three of these four."""

    def validate(self, password: str, user: Person | None = None) -> None:
        known = "".join(CLASSES)
        found = sum(any(sign in kind for sign in password) for kind in CLASSES)
        if found + any(sign not in known for sign in password) < CLASSES_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("Use three of these four: small letters, capitals, digits, other signs.")


class NotTheAccount:
    """The name of the account is no part of it, in whatever case."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if user is not None and user.username and user.username.lower() in password.lower():
            raise ValidationError(self.get_help_text(), code="password_like_account")

    def get_help_text(self) -> str:
        return _("It must not contain the name of your account.")


class NotOneOfTheLast:
    """None of the last five passwords, the present one among them."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if user is None or user.pk is None:
            return
        former = PasswordRecord.objects.filter(person=user).values_list("password", flat=True)[:REMEMBERED]
        if any(check_password(password, known) for known in {user.password, *former}):
            raise ValidationError(self.get_help_text(), code="password_used")

    def get_help_text(self) -> str:
        return _("It must not be one of your last five passwords.")


def set_password(person: Person, password: str, now: datetime) -> None:
    """A password that the person chose: kept with the last five. Called inside an action."""
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    PasswordRecord.objects.create(person=person, password=person.password, set_at=now)
    kept = PasswordRecord.objects.filter(person=person).values("pk")[:REMEMBERED]
    PasswordRecord.objects.filter(person=person).exclude(pk__in=[row["pk"] for row in kept]).delete()


def is_expired(person: Person, now: datetime) -> bool:
    """Whether the password that the person chose is older than it may be; never for one set by others."""
    if not settings.PASSWORD_DAYS:
        return False
    latest = PasswordRecord.objects.filter(person=person).first()
    return latest is not None and latest.set_at < now - timedelta(days=settings.PASSWORD_DAYS)
